"""Between pyoxigraph's terms and rdflib's, without a change to any literal.

rdflib normalises literals as it makes them (``Z`` to ``+00:00``, ``1`` to ``1.0``) unless told not to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import GraphError

RdflibNode = rdflib.URIRef | rdflib.BNode | rdflib.Literal
Term = ox.NamedNode | ox.BlankNode | ox.Literal

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib_term(term: object) -> RdflibNode:
    """Return an rdflib term equal to a pyoxigraph term.

    Raises:
        GraphError: for a quoted triple, which rdflib does not have.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise GraphError(f"{term}: has no counterpart in rdflib")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language, normalize=False)
    datatype = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def from_rdflib_term(term: object) -> Term:
    """Return a pyoxigraph term equal to an rdflib term.

    Raises:
        GraphError: for a variable, a formula or a path.
    """
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise GraphError(f"{term!r}: no RDF term")
    if term.language:
        return ox.Literal(str(term), language=term.language)
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return ox.Literal(str(term), datatype=datatype)


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return quads merged into one rdflib graph; the names of graphs are dropped."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((to_rdflib_term(quad.subject), to_rdflib_term(quad.predicate), to_rdflib_term(quad.object)))
    return graph


def to_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Return quads as an rdflib dataset whose default graph is the union of all (as in our queries)."""
    dataset = rdflib.Dataset(default_union=True)
    for quad in quads:
        graph = dataset.graph(_graph_name(quad.graph_name))
        graph.add((to_rdflib_term(quad.subject), to_rdflib_term(quad.predicate), to_rdflib_term(quad.object)))
    return dataset


def _graph_name(name: object) -> RdflibNode:
    return DATASET_DEFAULT_GRAPH_ID if isinstance(name, ox.DefaultGraph) else to_rdflib_term(name)


def from_dataset(dataset: rdflib.Dataset) -> Iterator[ox.Quad]:
    """Yield the quads of an rdflib dataset."""
    for subject, predicate, value, name in dataset.quads((None, None, None, None)):
        named = name is not None and name != DATASET_DEFAULT_GRAPH_ID
        graph = from_rdflib_term(name) if named else ox.DefaultGraph()
        node, property_ = from_rdflib_term(subject), from_rdflib_term(predicate)
        if isinstance(node, ox.Literal) or not isinstance(property_, ox.NamedNode):
            raise GraphError(f"{subject!r} {predicate!r}: no RDF triple")
        assert not isinstance(graph, ox.Literal)
        yield ox.Quad(node, property_, from_rdflib_term(value), graph)


def from_graph(graph: rdflib.Graph) -> Iterator[ox.Quad]:
    """Yield the triples of an rdflib graph as quads of the default graph."""
    dataset = rdflib.Dataset()
    dataset.default_graph += graph
    return from_dataset(dataset)
