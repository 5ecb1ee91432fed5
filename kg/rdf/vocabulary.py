"""The ontology and its concepts as quads, for the store.

With them in the store, queries can show the labels of concepts in both languages and follow
``skos:broader``, and every term has a description to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.rdf.namespaces import VOCABULARY
from kg.resources import ontology_file

FILES = ("ct.ttl", "ct-voc.ttl")
"""What is loaded: terms and concepts.  Alignments and shapes are for those who ask for them."""


@cache
def vocabulary_quads() -> tuple[Quad, ...]:
    """Return the ontology and the concepts in the vocabulary graph, sorted.

    Class expressions (``owl:unionOf``, disjointness) are left out: they need blank nodes, and a graph
    with blank nodes is not replaced by loading it again.
    """
    quads = {quad for name in FILES for quad in _named(name)}
    return tuple(sorted(quads, key=str))


def _named(name: str) -> Iterator[Quad]:
    for quad in parse(path=str(ontology_file(name)), format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
            yield Quad(quad.subject, quad.predicate, quad.object, VOCABULARY)
