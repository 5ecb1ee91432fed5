"""The triples of acts, with the actors, propositions, reports and passages that belong to them.

An *act* is what was done with words: who, against whom, in which sentence, what it puts forward and what
it answers.  A *reading* is what was read off the text for one type of the act: cue, content, certainty,
topics, confidence, reasons.  An act that is two things (a counter-accusation that rebuts) has two
classes and two readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.identifiers import (
    act_of_record,
    document_iri,
    passage_iri,
    proposition_iri,
    reading_iri,
    report_iri,
)
from kg.model import UNNAMED, Act, ActType, Extraction, Party, Quote
from kg.rdf import literals
from kg.rdf.namespaces import CT, OA, RDF, RDFS, concept

CONTEXT = 32
"""Code points before and after a quotation whose words occur more than once (prefix and suffix)."""

Triple = tuple[NamedNode, NamedNode, Literal | NamedNode]


class Kind(NamedTuple):
    """How one :class:`ActType` is written."""

    act_class: NamedNode
    proposition: NamedNode
    """From the act to what it puts forward."""
    answers: NamedNode
    """From the act to the acts it answers."""


KINDS = {
    ActType.ACCUSATION: Kind(CT.Accusation, CT.affirms, CT.respondsTo),
    ActType.REBUTTAL: Kind(CT.Rebuttal, CT.denies, CT.rebuts),
    ActType.DEMAND: Kind(CT.Demand, CT.requests, CT.respondsTo),
    ActType.WARNING: Kind(CT.Warning, CT.affirms, CT.respondsTo),
    ActType.POSITION: Kind(CT.Position, CT.affirms, CT.respondsTo),
    ActType.RETRACTION: Kind(CT.Retraction, CT.withdraws, CT.retracts),
}

ANSWERING = (ActType.REBUTTAL, ActType.RETRACTION)
"""Acts whose proposition is that of the accusations they answer."""


def actor_triples(party: Party) -> Iterator[Triple]:
    """Yield what is known of a party apart from the text: its name and side."""
    actor = NamedNode(party.iri)
    yield actor, RDF.type, CT.Actor
    yield actor, RDFS.label, literals.words(party.name, "en")
    yield actor, CT.side, literals.text(party.side)


class ActWriter:
    """Writes the acts of one extraction."""

    def __init__(self, extraction: Extraction) -> None:
        self._document = extraction.document
        self._node = NamedNode(document_iri(extraction.document))
        self._acts = extraction.acts
        self._labels: dict[str, str] = {}
        """Words of each proposition as they first occur."""
        self._accusations = {
            act.id: self._own_proposition(act) for act in self._acts if act.type is ActType.ACCUSATION
        }

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of all acts; some more than once."""
        for act in self._acts:
            yield from self.whole_act_triples(act)

    def whole_act_triples(self, act: Act) -> Iterator[Triple]:
        """Yield the triples of one record and of its unnamed actors, which belong to the document."""
        yield from self.act_triples(act)
        for party in (act.source, act.target, *act.via):
            if party.side == UNNAMED:
                yield from actor_triples(party)

    def act_triples(self, act: Act) -> Iterator[Triple]:
        """Yield the triples of one record, without those of its actors."""
        yield from self._act(act)
        yield from self._propositions(act)
        yield from self._reading(act)
        yield from self._via(act)

    def _act(self, act: Act) -> Iterator[Triple]:
        node, kind = NamedNode(act.act), KINDS[act.type]
        evidence = Quote(act.start, act.end, act.sentence)
        yield node, RDF.type, CT.SpeechAct
        yield node, RDF.type, kind.act_class
        yield node, CT.inDocument, self._node
        yield node, CT.speaker, NamedNode(act.source.iri)
        yield node, CT.target, NamedNode(act.target.iri)
        yield node, CT.reading, NamedNode(reading_iri(act.id))
        for record in act.rebuts:
            yield node, kind.answers, NamedNode(act_of_record(record))
        yield from self._passage(node, CT.evidence, evidence)

    def _own_proposition(self, act: Act) -> str:
        words = (act.content or act.cue).text
        accused = act.target.iri if act.type is ActType.ACCUSATION else ""
        iri = proposition_iri(self._document, accused, words)
        self._labels.setdefault(iri, words)
        return iri

    def _propositions(self, act: Act) -> Iterator[Triple]:
        """Yield what the act puts forward.

        A rebuttal denies the propositions of the accusations it answers: several acts share one
        proposition.  One that answers nothing in this document and does not say what it denies has none.
        """
        answered = [self._accusations[record] for record in act.rebuts if record in self._accusations]
        if act.type in ANSWERING:
            iris = answered or ([self._own_proposition(act)] if act.content else [])
        else:
            iris = [self._own_proposition(act)]
        language = self._document.metadata.language
        for iri in iris:
            proposition = NamedNode(iri)
            yield NamedNode(act.act), KINDS[act.type].proposition, proposition
            yield proposition, RDF.type, CT.Proposition
            yield proposition, RDFS.label, literals.words(self._labels[iri], language)
        if act.type is ActType.ACCUSATION:
            yield proposition, RDF.type, CT.Allegation
            yield proposition, CT.accused, NamedNode(act.target.iri)

    def _reading(self, act: Act) -> Iterator[Triple]:
        node = NamedNode(reading_iri(act.id))
        yield node, RDF.type, CT.Reading
        yield node, CT.actType, concept(act.type)
        yield node, CT.certainty, concept(act.modality)
        yield node, CT.confidence, literals.decimal(act.confidence)
        yield from self._passage(node, CT.cue, act.cue)
        yield from self._passage(node, CT.content, act.content)
        yield from self._party(node, CT.speakerMention, CT.speakerResolution, act.source)
        yield from self._party(node, CT.targetMention, CT.targetResolution, act.target)
        for topic in act.topics:
            yield node, CT.topic, concept(topic)
        if len(act.topics) > 1:
            yield node, CT.mainTopic, concept(act.topics[0])
        if act.kind:
            yield node, CT.rebuttalType, concept(act.kind)
        if act.counter:
            yield node, CT.counter, literals.true()
        if act.reasons:
            yield node, CT.reasons, literals.lines(act.reasons)
        if act.holders:
            yield node, CT.holders, literals.lines(act.holders)

    def _party(
        self, node: NamedNode, mention: NamedNode, resolution: NamedNode, party: Party
    ) -> Iterator[Triple]:
        yield from self._passage(node, mention, party.mention)
        if party.resolution:
            yield node, resolution, literals.text(party.resolution)

    def _via(self, act: Act) -> Iterator[Triple]:
        """Yield the chain of reports, from the innermost: X reports that Y reports the act."""
        inner = act.act
        for party in reversed(act.via):
            report = self._report_iri(act, inner, party)
            yield from self._report(act, NamedNode(report), NamedNode(inner), party)
            inner = report
        if act.via:
            yield NamedNode(reading_iri(act.id)), CT.via, NamedNode(inner)

    def _report_iri(self, act: Act, inner: str, party: Party) -> str:
        mention = party.mention
        place = (str(mention.start - act.start), str(mention.end - act.start)) if mention else ("", "")
        return report_iri(inner, party.iri, *place, party.resolution)

    def _report(self, act: Act, report: NamedNode, inner: NamedNode, party: Party) -> Iterator[Triple]:
        yield report, RDF.type, CT.SpeechAct
        yield report, RDF.type, CT.Report
        yield report, CT.inDocument, self._node
        yield report, CT.speaker, NamedNode(party.iri)
        yield report, CT.reports, inner
        yield report, CT.evidence, NamedNode(passage_iri(self._document, act.start, act.end))
        yield from self._party(report, CT.speakerMention, CT.speakerResolution, party)

    def _passage(self, subject: NamedNode, predicate: NamedNode, quote: Quote | None) -> Iterator[Triple]:
        """Yield a span of the text with a quotation and offsets, as the Web Annotation model has them."""
        if quote is None:
            return
        iri = passage_iri(self._document, quote.start, quote.end)
        passage, words, place = NamedNode(iri), NamedNode(iri + "-quote"), NamedNode(iri + "-position")
        yield subject, predicate, passage
        yield passage, RDF.type, CT.Passage
        yield passage, OA.hasSource, self._node
        yield passage, OA.hasSelector, words
        yield passage, OA.hasSelector, place
        yield words, RDF.type, OA.TextQuoteSelector
        yield words, OA.exact, literals.text(quote.text)
        yield place, RDF.type, OA.TextPositionSelector
        yield place, OA.start, literals.integer(quote.start)
        yield place, OA.end, literals.integer(quote.end)
        yield from self._context(words, quote)

    def _context(self, words: NamedNode, quote: Quote) -> Iterator[Triple]:
        text = self._document.text
        if text.count(quote.text) < 2:
            return
        if before := text[max(0, quote.start - CONTEXT) : quote.start]:
            yield words, OA.prefix, literals.text(before)
        if after := text[quote.end : quote.end + CONTEXT]:
            yield words, OA.suffix, literals.text(after)
