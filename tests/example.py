"""Four documents with acts chosen by hand: what graph tests count and compare.

The first is the embassy statement that the repository ships as quoted source material; the others
belong to an invented dispute.  The acts are examples of records, no gold standard.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.identifiers import act_iri, actor_iri, record_id
from kg.model import (
    Act,
    ActType,
    Document,
    Extraction,
    Metadata,
    Modality,
    Party,
    Quote,
    RebuttalKind,
    Topic,
)

STATEMENT = Path(__file__).parent.parent / "data" / "statements" / "cn_embassy_belgium_2020-07-25.txt"

SIDES = {
    "Spokesperson of the Embassy of China in Belgium": "CN",
    "China": "CN",
    "two Chinese cybercriminals": "CN",
    "US Department of Justice": "US",
    "United States": "US",
    "Belgian media": "BE",
    "The Velmar Courier": "the velmar courier",
    "Marvenia": "XM",
    "Ministry of Marvenia": "XM",
    "Tarsilia": "XT",
    "Orvane": "orvane",
    "certain circles": "unnamed",
    "unnamed": "unnamed",
}


@dataclass
class Maker:
    """Collects acts of one document; words are looked up in its text."""

    document: Document
    speaker: str
    acts: list[Act] = field(default_factory=list)

    def sentence(self, words: str) -> Quote:
        for found in re.finditer(r"[^.?|\n ][^.?|\n]*[.?]?", self.document.text):
            if words in found[0]:
                return Quote(*found.span(), found[0])
        raise AssertionError(f"{words!r} is not in the text")

    def quote(self, words: str, sentence: Quote) -> Quote | None:
        if not words:
            return None
        start = self.document.text.index(words, sentence.start, sentence.end)
        return Quote(start, start + len(words), words)

    def party(self, name: str, words: str, sentence: Quote) -> Party:
        side = SIDES[name]
        return Party(self.quote(words, sentence), name, side, actor_iri(side, name, self.document))

    def add(  # noqa: PLR0913 - one argument a field of the record
        self,
        type_: ActType,
        cue: str,
        target: tuple[str, str],
        *,
        source: tuple[str, str] | None = None,
        content: str = "",
        via: tuple[str, ...] = (),
        rebuts: tuple[str, ...] = (),
        topics: tuple[Topic, ...] = (),
        kind: RebuttalKind | None = None,
        hedged: bool = False,
        counter: bool = False,
        confidence: float = 0.8,
    ) -> str:
        sentence = self.sentence(cue)
        speaks = self.party(*(source or (self.speaker, "")), sentence)
        aimed = self.party(*target, sentence)
        cue_quote = self.quote(cue, sentence)
        assert cue_quote is not None
        iri = act_iri(self.document, sentence.text, 1, speaks.iri, aimed.iri)
        act = Act(
            record_id(iri, type_),
            iri,
            self.document.name,
            type_,
            sentence.start,
            sentence.end,
            sentence.text,
            cue_quote,
            self.quote(content, sentence),
            speaks,
            aimed,
            via=tuple(self.party(name, "", sentence) for name in via),
            modality=Modality.HEDGED if hedged else Modality.ASSERTED,
            topics=topics,
            kind=kind,
            rebuts=rebuts,
            counter=counter,
            confidence=confidence,
            reasons=("by hand",),
        )
        self.acts.append(act)
        return act.id

    def extraction(self) -> Extraction:
        ordered = sorted(self.acts, key=lambda act: (act.start, act.end, act.cue.start, act.type, act.id))
        return Extraction(self.document, tuple(ordered))


def embassy() -> Extraction:
    about = json.loads(STATEMENT.with_suffix(".meta.json").read_text(encoding="utf-8"))
    names = ("title", "publisher", "speaker", "date", "language", "genre", "licence")
    metadata = Metadata(**{name: about[name] for name in names})
    document = Document(STATEMENT.stem, STATEMENT.read_text(encoding="utf-8"), metadata)
    make = Maker(document, "Spokesperson of the Embassy of China in Belgium")
    hackers = "two Chinese cybercriminals"
    make.add(
        ActType.ACCUSATION,
        "tapage",
        ("Belgian media", "certains médias belges"),
        topics=(Topic.DISINFORMATION,),
    )
    make.add(
        ActType.ACCUSATION,
        "inculpation",
        (hackers, "deux « cybercriminels » chinois"),
        source=("US Department of Justice", "le département américain de la Justice"),
        content="espionnage",
        via=("Belgian media",),
        topics=(Topic.ESPIONAGE,),
        confidence=0.95,
    )
    theft = make.add(
        ActType.ACCUSATION,
        "auraient volé",
        (hackers, "ils"),
        source=("Belgian media", "des médias belges"),
        content="auraient volé des secrets industriels d'une entreprise belge",
        topics=(Topic.ESPIONAGE, Topic.FRAUD),
        hedged=True,
    )
    make.add(
        ActType.ACCUSATION,
        "menaient depuis toujours",
        ("United States", "les États-Unis"),
        content="l'opération d'espionnage de la plus grande envergure dans le monde",
        topics=(Topic.ESPIONAGE,),
        counter=True,
    )
    calumny = {
        "target": ("United States", "la partie américaine"),
        "content": "les calomnies contre la Chine",
    }
    make.add(ActType.DEMAND, "demandons", **calumny)
    make.add(ActType.ACCUSATION, "calomnies", **calumny, topics=(Topic.DISINFORMATION,), counter=True)
    uses = make.add(
        ActType.ACCUSATION,
        "accusant",
        ("China", "la Chine"),
        source=("unnamed", ""),
        content="utiliser des « cybercriminels », des ressortissants",
        topics=(Topic.ESPIONAGE,),
    )
    make.add(
        ActType.REBUTTAL,
        "pur mensonge",
        ("unnamed", ""),
        rebuts=(theft, uses),
        kind=RebuttalKind.DISMISSAL,
        confidence=0.9,
    )
    lies = ("United States", "les États-Unis")
    make.add(
        ActType.ACCUSATION,
        "inventer des mensonges",
        lies,
        topics=(Topic.DISINFORMATION,),
        counter=True,
    )
    make.add(
        ActType.REBUTTAL,
        "calomnieux",
        lies,
        content="mensonges calomnieux contre la Chine",
        kind=RebuttalKind.DISMISSAL,
    )
    make.add(ActType.WARNING, "sera un jour victime", ("unnamed", "Celui qui tente"))
    make.add(
        ActType.REBUTTAL,
        "ne constitue aucune menace",
        ("unnamed", ""),
        content="menace pour la Belgique",
        kind=RebuttalKind.DENIAL,
    )
    return make.extraction()


def courier() -> Extraction:
    text = (
        "Marvenia accuses Tarsilia of poisoning the river Ombre.\n"
        "According to Marvenia, the firm Orvane may have bribed two inspectors. "
        "Certain circles say that Orvane hides its records."
    )
    metadata = Metadata(
        title="Poison in the Ombre",
        publisher="The Velmar Courier",
        date="2023-03-02",
        language="en",
        genre="narrated",
        url="https://courier.example/ombre",
        inferred=("title", "language"),
    )
    make = Maker(Document("courier", text, metadata), "The Velmar Courier")
    make.add(
        ActType.ACCUSATION,
        "accuses",
        ("Tarsilia", "Tarsilia"),
        source=("Marvenia", "Marvenia"),
        content="poisoning the river Ombre",
        via=("The Velmar Courier",),
        topics=(Topic.NEGLIGENCE,),
    )
    make.add(
        ActType.ACCUSATION,
        "bribed",
        ("Orvane", "the firm Orvane"),
        source=("Marvenia", "Marvenia"),
        content="may have bribed two inspectors",
        via=("The Velmar Courier", "certain circles"),
        topics=(Topic.CORRUPTION,),
        hedged=True,
        confidence=0.6,
    )
    make.add(
        ActType.ACCUSATION,
        "hides",
        ("Orvane", "Orvane"),
        source=("certain circles", "Certain circles"),
        content="hides its records",
        via=("The Velmar Courier",),
        topics=(Topic.FRAUD,),
    )
    return make.extraction()


def reply() -> Extraction:
    text = (
        "Tarsilia has never poisoned the river Ombre, whatever Marvenia claims. "
        "Marvenia itself jams our radio stations and must stop. "
        "We said that Orvane lied to us. "
        "We withdraw that remark. "
        "Our two countries share one river."
    )
    metadata = Metadata(
        title="A reply", publisher="Tarsilia", speaker="Tarsilia", date="2023-03", language="en"
    )
    make = Maker(Document("reply", text, metadata), "Tarsilia")
    claim = make.add(
        ActType.ACCUSATION,
        "claims",
        ("Tarsilia", "Tarsilia"),
        source=("Marvenia", "Marvenia"),
        content="poisoned the river Ombre",
        topics=(Topic.NEGLIGENCE,),
    )
    make.add(
        ActType.REBUTTAL,
        "never",
        ("Marvenia", "Marvenia"),
        content="poisoned the river Ombre",
        rebuts=(claim,),
        kind=RebuttalKind.DENIAL,
    )
    jams = ("Marvenia", "Marvenia")
    make.add(
        ActType.ACCUSATION,
        "jams",
        jams,
        content="jams our radio stations",
        topics=(Topic.AGGRESSION, Topic.INTERFERENCE),
        counter=True,
    )
    make.add(ActType.DEMAND, "must stop", jams, content="stop")
    lied = make.add(
        ActType.ACCUSATION, "lied", ("Orvane", "Orvane"), content="lied to us", topics=(Topic.DISINFORMATION,)
    )
    make.add(ActType.RETRACTION, "withdraw", ("Orvane", ""), rebuts=(lied,))
    make.add(ActType.POSITION, "share", ("Marvenia", ""), content="share one river")
    return make.extraction()


def letter() -> Extraction:
    text = "Tarsilia let the river Ombre be poisoned. Whoever drinks from it will fall ill."
    metadata = Metadata(
        title="Open letter", publisher="Orvane", speaker="Orvane", date="2023-05", language="en"
    )
    make = Maker(Document("letter", text, metadata), "Orvane")
    make.add(ActType.ACCUSATION, "let", ("Tarsilia", "Tarsilia"), topics=(Topic.NEGLIGENCE,), confidence=0.7)
    return make.extraction()


def extractions() -> list[Extraction]:
    """All of them."""
    return [embassy(), courier(), reply(), letter()]
