"""From a store to files and back: what is chosen, in every format; RDF files into a store."""
