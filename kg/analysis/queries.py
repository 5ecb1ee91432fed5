"""The aggregated questions from which the actor graph is made.

The first ones look into the graphs of some documents at a time and join by hashing (see
:func:`kg.analysis.rows.part`), so that the engine holds the acts of those documents and no more.  The last
ones follow links between documents, which are few.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pyoxigraph import Literal

from kg.analysis.rows import part
from kg.identifiers import act_of_record
from kg.links.across_proposals import Decisions, Relation
from kg.model import ActType, Topic
from kg.rdf.namespaces import ACTORS, concept

TYPES, TOPICS = tuple(ActType), tuple(Topic)
"""Acts and topics by the numbers that questions give them: a number costs less to hand over than an IRI."""

ACTORS_QUESTION = f"""
SELECT ?actor (MIN(?label) AS ?name) (MIN(?side) AS ?its) {{
  GRAPH {ACTORS} {{ ?actor a ct:Actor ; rdfs:label ?label ; ct:side ?side }}
}} GROUP BY ?actor"""
"""Asks for: named actor, name, side."""

DOCUMENTS = """
SELECT ?graph ?document ?day {
  GRAPH ?graph { ?document a ct:Document } OPTIONAL { ?document dcterms:issued ?day }
}"""
"""Asks for: graph, document, date."""


def _numbered(variables: str, members: Iterable[StrEnum], bits: bool = False) -> str:
    """Return concepts with their numbers, or with the bits of these numbers, as values of a query."""
    found = (f"({concept(member)} {1 << n if bits else n})" for n, member in enumerate(members))
    return f"VALUES ({variables}) {{ {' '.join(found)} }}"


_SPEAKER = part("?act ?source", "?act ct:speaker ?source")
_TARGET = part("?act ?target", "?act ct:target ?target")
_ACCUSATION = part("?act", "?act a ct:Accusation")
_TYPE = part("?type ?written", _numbered("?written ?type", TYPES)) + part(
    "?reading ?written", "?reading ct:actType ?written"
)
_TOPICS = (
    "{ SELECT ?reading (SUM(?bit) AS ?topics) { "
    + part("?concept ?bit", _numbered("?concept ?bit", TOPICS, bits=True))
    + part("?reading ?concept", "?reading ct:topic ?concept")
    + " } GROUP BY ?reading }"
)
_DAY = part(
    "?act ?day",
    part("?document ?day", "?document dcterms:issued ?day")
    + part("?act ?document", "?act ct:inDocument ?document"),
)

ACTS = f"""
SELECT ?source ?target ?type ?day ?topics (COUNT(?reading) AS ?n) {{
  {_TYPE} OPTIONAL {_TOPICS} {part("?act ?reading", "?act ct:reading ?reading")}
  {_SPEAKER} {_TARGET} OPTIONAL {_DAY}
}} GROUP BY ?source ?target ?type ?day ?topics"""
"""Asks for: source, target, type, date, topics (bits), number of acts."""

ANSWERS = f"""
SELECT ?act ?source ?target ?by {{
  {part("?answer ?act", "?answer ct:rebuts ?act")} {_ACCUSATION} {_SPEAKER} {_TARGET}
  {part("?answer ?by", "?answer ct:speaker ?by")}
}}"""
"""Asks for: accusation, accuser, accused, who answers it in the same document."""

_ACCUSING = part("?reading", f"?reading ct:actType {concept(ActType.ACCUSATION)}")
_REPORTED = part("?report ?act", "?report ct:reports ?act")
_REPORTER = part("?report ?reporter", "?report ct:speaker ?reporter")

CHAINS = f"""
SELECT ?source ?reporter ?publisher ?deeper (COUNT(?reading) AS ?n) {{
  {_ACCUSING} {part("?reading ?report", "?reading ct:via ?report")} {_REPORTER} {_REPORTED} {_SPEAKER}
  {part("?report ?document", "?report ct:inDocument ?document")}
  OPTIONAL {part("?document ?publisher", "?document dc:publisher ?publisher")}
  OPTIONAL {part("?act ?deeper", "?act ct:reports ?next BIND(?act AS ?deeper)")}
}} GROUP BY ?source ?reporter ?publisher ?deeper"""
"""Asks of accusations that are reported for: who is reported, who reports it in the end, publisher of the
document, the report that is reported (unbound if it is the accusation itself), number of accusations.
"""

INNER_REPORTS = f"""
SELECT ?report ?reporter ?act ?source {{
  {part("?report", "?outer ct:reports ?report")} {_REPORTED} {_REPORTER} {_SPEAKER}
}}"""
"""Asks, for each report that is reported, for: report, who reports, what it reports, who performs that."""


def linked(relation: Relation, decisions: Decisions, proposals: bool) -> str:
    """Ask for: two acts that are linked across documents (or two of what else one predicate links).

    Args:
        relation: answers, or one allegation.
        decisions: what people decided; a link that one rejected does not count, one that they accepted does.
        proposals: whether links count that nobody has decided about.
    """
    predicate = "ct:rebuts" if relation is Relation.ANSWERS else "prov:alternateOf"
    link = f"?link rdf:predicate {predicate} ; rdf:subject ?one ; rdf:object ?other"
    said = {verdict: _decided(decisions, relation, verdict) for verdict in (True, False)}
    found = [part("?one ?other", link)] if proposals else []
    found += [part("?one ?other", f"VALUES (?one ?other) {{ {said[True]} }}")] if said[True] else []
    union = " UNION ".join(f"{{ {pattern} }}" for pattern in found) or "VALUES (?one ?other) {}"
    rejected = f"MINUS {{ VALUES (?one ?other) {{ {said[False]} }} }}" if said[False] else ""
    return f"SELECT DISTINCT ?one ?other {{ {union} {rejected} }}"


def _decided(decisions: Decisions, relation: Relation, verdict: bool) -> str:
    pairs = sorted(link for link, said in decisions.items() if said is verdict and link.relation is relation)
    return " ".join(f"(<{act_of_record(link.subject)}> <{act_of_record(link.object)}>)" for link in pairs)


def details(iris: Iterable[str]) -> str:
    """Ask for: act, source, target, date, document."""
    values = " ".join(f"<{iri}>" for iri in iris)
    return f"""
SELECT ?act ?source ?target ?day ?document {{
  VALUES ?act {{ {values} }} ?act ct:speaker ?source ; ct:target ?target ; ct:inDocument ?document
  OPTIONAL {{ ?document dcterms:issued ?day }}
}}"""


def named(names: Iterable[str]) -> str:
    """Ask for: document, name; of the documents with these names."""
    values = " ".join(str(Literal(name)) for name in sorted(names))
    return f"SELECT ?document ?name {{ VALUES ?name {{ {values} }} ?document dcterms:identifier ?name }}"
