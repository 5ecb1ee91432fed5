"""The ontology has none of the usual pitfalls, and the checker finds each that is planted."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from pitfalls import PITFALLS, Checker

from kg.rdf.namespaces import CT, PREFIXES
from kg.resources import ontology_file

SOURCE = ontology_file("ct.ttl").read_text(encoding="utf-8")
PROLOGUE = "".join(
    f"PREFIX {prefix}: <{base}>\n"
    for prefix, base in {**PREFIXES, "owl": "http://www.w3.org/2002/07/owl#"}.items()
)
EXPLAINED = (
    'rdfs:label "new"@en , "neuf"@fr ; rdfs:comment "Something new."@en , "Quelque chose de neuf."@fr ; '
    "rdfs:isDefinedBy <https://w3id.org/claimtrack/ns>"
)
PLANTED = {
    "P02": "INSERT DATA { ct:Actor owl:equivalentClass ct:Document }",
    "P04": f"INSERT DATA {{ ct:Island a owl:Class ; {EXPLAINED} }}",
    "P06": "INSERT DATA { ct:SpeechAct rdfs:subClassOf ct:Accusation }",
    "P07": f"INSERT DATA {{ ct:ActorOrBody a owl:Class ; rdfs:subClassOf ct:Actor ; {EXPLAINED} }}",
    "P08": "DELETE { ct:speaker rdfs:label ?l } WHERE { ct:speaker rdfs:label ?l FILTER(LANG(?l) = 'fr') }",
    "P10": "INSERT DATA { ct:Actor rdfs:subClassOf ct:Document }",
    "P11": "INSERT DATA { ct:speaker rdfs:domain ct:Report }",
    "P20": "DELETE { ct:side rdfs:comment ?c } INSERT { ct:side rdfs:comment 'x'@en , 'y'@fr } "
    "WHERE { ct:side rdfs:comment ?c }",
    "P22": f"INSERT DATA {{ ct:Has_part a owl:Class ; rdfs:subClassOf ct:Actor ; {EXPLAINED} }}",
    "P23": "DELETE DATA { ct:side rdfs:range xsd:string } ; INSERT DATA { ct:side rdfs:range ct:Actor }",
    "P32": "INSERT { ct:Actor rdfs:label ?l } WHERE { ct:Document rdfs:label ?l }",
    "P34": "INSERT DATA { ct:Actor rdfs:subClassOf ct:Nowhere }",
    "P36": "DELETE WHERE { ct:speaker rdfs:isDefinedBy ?o }",
    "P38": "DELETE WHERE { <https://w3id.org/claimtrack/ns> owl:versionIRI ?o }",
}


def checked(update: str = "") -> list[str]:
    """What the checker finds after an update."""
    store = ox.Store()
    store.load(SOURCE.encode(), ox.RdfFormat.TURTLE)
    if update:
        before = len(store), set(store)
        store.update(PROLOGUE + update)
        assert (len(store), set(store)) != before, "the update changes nothing"
    turtle = store.dump(format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    return Checker(rdflib.Graph().parse(data=turtle, format="turtle"), CT.base).findings()


def test_the_ontology_has_no_pitfall() -> None:
    assert checked() == []


@pytest.mark.parametrize("code", PITFALLS)
def test_a_planted_pitfall_is_found(code: str) -> None:
    assert [found for found in checked(PLANTED[code]) if found.startswith(code)]
