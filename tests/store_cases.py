"""Documents and backends for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator

from factory import a_document, a_party, an_act, quote

from kg.identifiers import document_iri
from kg.model import ActType, Extraction, RebuttalKind, Topic
from kg.rdf.namespaces import VOCABULARY
from kg.store import Store

CHINA, RURITANIA, FREEDONIA = ("China", "CN"), ("Ruritania", "RU"), ("Freedonia", "FR")
PARTIES = (CHINA, RURITANIA, FREEDONIA, ("Sylvania", "SY"), ("Le Courrier", "courrier"))


def accusing(
    name: str, text: str, *pairs: tuple[tuple[str, str], tuple[str, str]], **metadata: str
) -> Extraction:
    """A document whose whole text is one accusation for each pair of parties."""
    document = a_document(text, name, **metadata)
    word = text.split()[0]
    acts = [
        an_act(
            document,
            text,
            word,
            source=a_party(document, *source),
            target=a_party(document, *target),
            topics=(Topic.AGGRESSION,),
        )
        for source, target in pairs
    ]
    return Extraction(document, tuple(acts))


def dispute() -> list[Extraction]:
    """Three documents that share actors; in the last one an accusation is denied."""
    answer = a_document("They bombed us. That is a lie.", "answer", date="2024-03-05", title="The answer")
    first = an_act(answer, "They bombed us.", "bombed", target=a_party(answer, *RURITANIA, words="They"))
    denial = an_act(
        answer,
        "That is a lie.",
        "lie",
        type=ActType.REBUTTAL,
        kind=RebuttalKind.DENIAL,
        content=quote(answer, "That"),
        source=a_party(answer, *RURITANIA),
        target=first.source,
        rebuts=(first.id,),
    )
    return [
        accusing(
            "one",
            "Ruritania lies – “toujours”, \\ said\tthe 'ministry'.",
            (FREEDONIA, RURITANIA),
            date="2024-01",
        ),
        accusing("two", "Bombs fell.", (RURITANIA, FREEDONIA), (CHINA, RURITANIA), date="2024-02-10"),
        Extraction(answer, (first, denial)),
    ]


def many(number: int) -> Iterator[Extraction]:
    """Documents of ten acts each, in which every party accuses another."""
    for n in range(number):
        pairs = [(PARTIES[(n + i) % 5], PARTIES[(n + i * 2 + 1) % 5]) for i in range(10)]
        yield accusing(f"doc{n}", f"Statement {n} of a long quarrel.", *dict.fromkeys(pairs))


def iri(extraction: Extraction) -> str:
    """The document's IRI."""
    return document_iri(extraction.document)


def lines(store: Store) -> list[str]:
    """All but the vocabulary as sorted N-Quads."""
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != VOCABULARY)
