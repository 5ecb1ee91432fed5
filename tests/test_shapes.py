"""What the writer writes conforms to the shapes, and each constraint has a graph that breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

from kg.model import Extraction
from kg.rdf.namespaces import CT, PREFIXES
from kg.rdf.reviews import Decision, ProposedLink, Review, link_quads, review_quads
from kg.rdf.validate import Finding, Severity, ValidationReport, validate
from kg.rdf.write import document_quads
from kg.resources import ontology_file
from tests.example import courier, embassy, extractions, letter, reply

SHAPES = ontology_file("ct-shapes.ttl")
PROLOGUE = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


def decisions() -> list[ox.Quad]:
    """A review and a proposed link, with nothing else."""
    link = ProposedLink("https://example.org/a", CT.rebuts, "https://example.org/b", 0.5)
    review = Review(link.iri, Decision.REJECTED, "Ada", datetime(2024, 1, 1, tzinfo=UTC))
    return [*link_quads(link), *review_quads(review)]


BASES = {
    "letter": lambda: document_quads(letter()),
    "reply": lambda: document_quads(reply()),
    "courier": lambda: document_quads(courier()),
    "embassy": lambda: document_quads(embassy()),
    "decisions": decisions,
}


def after(quads: Iterable[ox.Quad], update: str) -> ValidationReport:
    """Validate the merged quads after a SPARQL update that must change them."""
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in quads)
    before = set(store)
    store.update(PROLOGUE + update)
    assert set(store) != before, "the update changes nothing"
    return validate(store)


@pytest.mark.parametrize("extraction", extractions(), ids=lambda found: found.document.name)
def test_what_is_written_conforms(extraction: Extraction) -> None:
    assert validate(document_quads(extraction)).findings == ()


def test_decisions_conform() -> None:
    assert validate(decisions()).findings == ()


def drop(pattern: str) -> str:
    return f"DELETE WHERE {{ {pattern} }}"


def put(triples: str, where: str) -> str:
    return f"INSERT {{ {triples} }} WHERE {{ {where} }}"


def change(predicate: str, value: str) -> str:
    return f"DELETE {{ ?s {predicate} ?o }} INSERT {{ ?s {predicate} {value} }} WHERE {{ ?s {predicate} ?o }}"


X = "<https://example.org/x>"
BROKEN = [
    # document
    ("letter", drop("?s dcterms:identifier ?o"), "A document has one name."),
    ("letter", change("ct:textSha256", '"abc"'), "A document has the SHA-256 of its text."),
    ("letter", put('?s schema:text "two"', "?s schema:text ?o"), "A document has one text."),
    ("letter", put('?s dcterms:title "two"', "?s dcterms:title ?o"), "A document has at most one title."),
    ("letter", change("dcterms:issued", '"May 2023"'), "A document's date is a day, a month or a year"),
    ("letter", change("schema:inLanguage", '"English"'), "A document's language is a tag"),
    ("letter", put('?s schema:url "x"', "?s a ct:Document"), "A document's address is one xsd:anyURI."),
    ("letter", put(f"?s ct:genre {X}", "?s a ct:Document"), "A document's genre is a concept"),
    # passage
    ("letter", drop("?s oa:hasSource ?o"), "A passage lies in one document."),
    ("letter", drop("?s a oa:TextQuoteSelector"), "A passage has one quotation."),
    ("letter", drop("?s a oa:TextPositionSelector"), "A passage has one pair of offsets."),
    ("letter", change("oa:exact", '"other words"'), "The quotation is not at its offsets in the text"),
    ("letter", change("schema:text", '"another text"'), "The quotation is not at its offsets in the text"),
    ("letter", drop("?s oa:exact ?o"), "A quotation has words."),
    ("letter", change("oa:start", "-1"), "Offsets start at 0 or later."),
    ("letter", change("oa:end", "0"), "Offsets end after they start."),
    ("letter", drop("?s oa:end ?o"), "Offsets have an end."),
    # actor
    ("letter", drop("?s ct:side ?o ; rdfs:label ?name"), "An actor has a name"),
    ("letter", drop("?s ct:side ?o"), "An actor is on one side."),
    # act
    ("letter", drop("?s ct:inDocument ?o"), "An act was read in one document."),
    ("letter", drop("?s ct:speaker ?o"), "An act has one speaker"),
    ("letter", put(f"?s ct:target {X}", "?s ct:target ?o"), "An act has at most one target"),
    ("letter", drop("?s ct:target ?o"), "An act that is no report has a target and a reading."),
    ("letter", drop("?s ct:evidence ?o"), "No act without its passage."),
    ("letter", change("oa:hasSource", X), "The evidence lies in the act's own document."),
    ("letter", drop("?s ct:reading ?o"), "A reading is of one act."),
    ("letter", put(f"?s ct:reading {X}", "?s a ct:SpeechAct"), "An act is read in readings."),
    ("letter", put(f"?s ct:denies {X}", "?s a ct:SpeechAct"), "An act is about propositions."),
    ("letter", put(f"?s ct:respondsTo {X}", "?s a ct:SpeechAct"), "An act answers acts."),
    ("letter", drop("?s ct:cue ?o ; ct:actType ?type"), "A reading has one cue."),
    (
        "letter",
        "INSERT { ?s oa:end 1 } WHERE { ?s oa:end 41 }; DELETE WHERE { ?s oa:end 41 }",
        "The cue is outside",
    ),
    # types of act
    ("letter", drop("?s a ct:Allegation"), "An accusation affirms an allegation."),
    (
        "letter",
        change("ct:actType", "<https://w3id.org/claimtrack/voc/act/demand>"),
        "An accusation has a reading as one.",
    ),
    (
        "reply",
        drop("?s ct:actType <https://w3id.org/claimtrack/voc/act/rebuttal>"),
        "A rebuttal has a reading as one.",
    ),
    ("reply", put("?s ct:rebuts ?s", "?s a ct:Rebuttal"), "A rebuttal rebuts accusations."),
    ("reply", drop("?s ct:requests ?o"), "A demand requests something."),
    (
        "reply",
        drop("?s ct:actType <https://w3id.org/claimtrack/voc/act/demand>"),
        "A demand has a reading as one.",
    ),
    (
        "embassy",
        "DELETE { ?s ct:affirms ?o } WHERE { ?s a ct:Warning ; ct:affirms ?o }",
        "A warning announces something.",
    ),
    (
        "embassy",
        drop("?s ct:actType <https://w3id.org/claimtrack/voc/act/warning>"),
        "A warning has a reading as one.",
    ),
    (
        "reply",
        "DELETE { ?s ct:affirms ?o } WHERE { ?s a ct:Position ; ct:affirms ?o }",
        "A position affirms something.",
    ),
    (
        "reply",
        drop("?s ct:actType <https://w3id.org/claimtrack/voc/act/position>"),
        "A position has a reading as one.",
    ),
    (
        "reply",
        drop("?s ct:actType <https://w3id.org/claimtrack/voc/act/retraction>"),
        "A retraction has a reading as one.",
    ),
    ("courier", drop("?s ct:reports ?o"), "A report reports one act."),
    (
        "courier",
        put("?s ct:reports ?s", "?s a ct:Report"),
        "A report reports itself, directly or through others",
    ),
    ("reply", drop("?s a ct:Rebuttal"), "Only a rebuttal rebuts."),
    ("reply", drop("?s a ct:Retraction"), "Only a retraction retracts."),
    ("courier", drop("?s a ct:Report"), "Only a report reports."),
    ("letter", drop("?s a ct:Allegation"), "Only an allegation has an accused."),
    # reading
    ("letter", put(f"{X} ct:reading ?s", "?s a ct:Reading"), "A reading is of one act."),
    ("letter", change("ct:actType", X), "A reading has one act type."),
    ("letter", put(f"?s ct:content {X}", "?s a ct:Reading"), "A reading has at most one content."),
    ("letter", change("ct:targetMention", X), "A mention is a passage."),
    (
        "letter",
        change("ct:certainty", "<https://w3id.org/claimtrack/voc/act/demand>"),
        "A reading has one certainty.",
    ),
    ("letter", change("ct:topic", X), "A topic is a concept of scheme topic."),
    ("reply", change("ct:rebuttalType", X), "A rebuttal type is a concept of scheme rebuttal."),
    ("reply", change("ct:counter", '"yes"'), "ct:counter is true or left out."),
    ("courier", change("ct:via", X), "ct:via leads to a report."),
    ("letter", change("ct:confidence", "1.5"), "A reading has one confidence, from 0 to 1."),
    (
        "letter",
        put("?s ct:mainTopic <https://w3id.org/claimtrack/voc/topic/threat>", "?s a ct:Reading"),
        "The main topic is none",
    ),
    # proposition
    ("letter", put('?s rdfs:label "two"', "?s a ct:Proposition"), "A proposition has its words."),
    ("letter", drop("?s ct:accused ?o"), "An allegation has one accused."),
    # decisions
    ("decisions", drop("?s rdf:subject ?o"), "A link has one subject."),
    ("decisions", change("rdf:predicate", "ct:accuses"), "A link has one predicate"),
    ("decisions", drop("?s rdf:object ?o"), "A link has one object."),
    ("decisions", drop("?s ct:confidence ?o"), "A link has one confidence"),
    ("decisions", drop("?s oa:hasTarget ?o"), "A review is of one record."),
    ("decisions", change("ct:decision", X), "A review has one decision."),
    ("decisions", drop("?s prov:wasAttributedTo ?o"), "A review is by one person."),
    ("decisions", change("prov:generatedAtTime", '"noon"'), "A review has the time of the decision."),
]


@pytest.mark.parametrize(("base", "update", "message"), BROKEN, ids=[f"{b}: {m}" for b, _, m in BROKEN])
def test_each_constraint_finds_what_breaks_it(base: str, update: str, message: str) -> None:
    report = after(BASES[base](), update)
    assert not report.conforms
    assert [finding for finding in report.findings if finding.message.startswith(message)]


def test_a_warning_leaves_a_graph_conforming() -> None:
    same = "DELETE { ?a ct:speaker ?x } INSERT { ?a ct:speaker ?y }"
    where = " WHERE { ?r ct:rebuts ?a ; ct:speaker ?y . ?a ct:speaker ?x }"
    report = after(document_quads(reply()), same + where)
    assert report.conforms
    assert [finding.severity for finding in report.findings] == [Severity.WARNING]
    assert report.findings[0].message.startswith("A rebuttal answers an accusation of its own speaker")


def test_a_finding_says_where_what_and_why() -> None:
    report = after(document_quads(letter()), change("ct:confidence", "1.5"))
    reading = f"https://w3id.org/claimtrack/id/{letter().acts[0].id}"
    message = "A reading has one confidence, from 0 to 1."
    expected = Finding(reading, CT.confidence.value, "1.5", message, Severity.VIOLATION)
    assert report.findings == (expected,)


def test_every_message_of_the_shapes_has_a_failing_example() -> None:
    shapes = rdflib.Graph().parse(SHAPES)
    messages = {str(message).partition(":")[0] for message in shapes.objects(None, SH.message)}
    tried = {message.partition(":")[0] for _, _, message in BROKEN}
    vocabulary = {found for found in messages if found.startswith("A concept is")}
    warned = {"A rebuttal answers an accusation of its own speaker"}
    untried = {m for m in messages - vocabulary - warned if not any(m.startswith(t) for t in tried)}
    assert untried == set()


def test_every_property_of_a_record_shape_has_a_message() -> None:
    shapes = rdflib.Graph().parse(SHAPES)
    named = [
        prop
        for shape, prop in shapes.subject_objects(SH.property)
        if isinstance(shape, rdflib.URIRef) and "shapes#In" not in shape
    ]
    assert len(named) > 40
    assert [prop for prop in named if shapes.value(prop, SH.message) is None] == []
