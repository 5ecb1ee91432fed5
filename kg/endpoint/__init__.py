"""The graph over HTTP: SPARQL 1.1 protocol, graph store protocol, linked data and a query page."""
