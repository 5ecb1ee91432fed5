"""Records made by Hypothesis: documents and acts as the extractor may hand them on."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kg.identifiers import act_iri, actor_iri, record_id
from kg.model import (
    UNNAMED,
    Act,
    ActType,
    Document,
    Extraction,
    Genre,
    Metadata,
    Modality,
    Party,
    Quote,
    RebuttalKind,
    Topic,
)

# no test may depend on how fast the machine is
settings.register_profile(
    "no-clock", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("no-clock")

# What can go wrong in a text: quotation marks, escapes, line ends, an emoji, a combining accent, controls.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\\r\n\t\f<>&{}«»“’é😀\u0301')),
    min_size=8,
    max_size=60,
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
METADATA = st.builds(
    Metadata,
    title=st.one_of(st.just(""), WORDS),
    publisher=st.one_of(st.just(""), WORDS),
    speaker=st.one_of(st.just(""), WORDS),
    date=st.sampled_from(["", "2020", "2020-07", "2020-07-25", "0999-12-31", "2020-02-30", "summer 2020"]),
    language=st.sampled_from(["", "fr", "en", "fr-BE", "not a language"]),
    url=st.sampled_from(["", "https://example.org/a?b=c d#é"]),
    genre=st.sampled_from(["", *Genre, "spokesperson Q&A"]),
    licence=st.sampled_from(["", "CC BY 4.0"]),
    inferred=st.lists(st.sampled_from(["title", "date", "language"]), unique=True).map(tuple),
)
PARTIES = [("China", "CN"), ("Embassy of China", "CN"), ("United States", "US"), ("Le Monde", "le monde")]
UNNAMED_PARTIES = [("certain media", UNNAMED), ("unnamed", UNNAMED)]


@st.composite
def quotes(draw: st.DrawFn, text: str) -> Quote:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Quote(start, end, text[start:end])


@st.composite
def parties(draw: st.DrawFn, document: Document) -> Party:
    name, side = draw(st.sampled_from(PARTIES + UNNAMED_PARTIES))
    mention = draw(st.one_of(st.none(), quotes(document.text)))
    iri = actor_iri(side, name, document)
    return Party(mention, name, side, iri, draw(st.sampled_from(["", "pronoun: the last state named"])))


def topics(draw: st.DrawFn) -> tuple[Topic, ...]:
    chosen = draw(st.lists(st.sampled_from(list(Topic)), unique=True, max_size=3))
    rest = sorted(chosen[1:], key=list(Topic).index)
    return tuple(chosen[:1] + rest)


def acts_of_sentence(draw: st.DrawFn, document: Document, accusations: list[Act]) -> list[Act]:
    """One sentence, source and target: one act, read as one or two types."""
    sentence = draw(quotes(document.text))
    source, target = draw(parties(document)), draw(parties(document))
    occurrence = document.text[: sentence.start].count(sentence.text) + 1
    act = act_iri(document, sentence.text, occurrence, source.iri, target.iri)
    types = draw(st.lists(st.sampled_from(list(ActType)), min_size=1, max_size=2, unique=True))
    found = []
    for type_ in types:
        answers = type_ in (ActType.REBUTTAL, ActType.RETRACTION)
        pool = st.sampled_from(accusations) if accusations else st.nothing()
        answered = draw(st.lists(pool, unique_by=lambda other: other.id)) if answers else []
        source_here, target_here = (
            Party(draw(parties(document)).mention, party.name, party.side, party.iri, party.resolution)
            for party in (source, target)
        )
        found.append(
            Act(
                id=record_id(act, type_),
                act=act,
                document=document.name,
                type=type_,
                start=sentence.start,
                end=sentence.end,
                sentence=sentence.text,
                cue=draw(quotes(document.text)),
                content=draw(st.one_of(st.none(), quotes(document.text))),
                source=source_here,
                target=target_here,
                via=tuple(draw(st.lists(parties(document), max_size=3))),
                modality=draw(st.sampled_from(Modality)),
                topics=topics(draw),
                kind=draw(st.sampled_from(RebuttalKind)) if type_ is ActType.REBUTTAL else None,
                rebuts=tuple(o.id for o in sorted(answered, key=lambda o: (o.start, o.end, o.id))),
                counter=type_ is ActType.ACCUSATION and draw(st.booleans()),
                confidence=draw(st.integers(0, 1_000_000)) / 1_000_000,
                reasons=tuple(draw(st.lists(WORDS, max_size=3))),
                holders=tuple(draw(st.lists(WORDS, max_size=3))),
            )
        )
    return found


@st.composite
def extractions(draw: st.DrawFn, name: str = "") -> Extraction:
    """An extraction; with a ``name``, one of a document that differs from any of another name."""
    metadata = draw(METADATA)
    if name:
        metadata = replace(metadata, url=f"https://example.org/{name}")
    document = Document(name or draw(WORDS), draw(TEXTS), metadata)
    acts: dict[str, Act] = {}
    for _ in range(draw(st.integers(0, 4))):
        accusations = [act for act in acts.values() if act.type is ActType.ACCUSATION]
        new = acts_of_sentence(draw, document, accusations)
        if new[0].act not in {act.act for act in acts.values()}:
            acts.update((act.id, act) for act in new)
    ordered = sorted(acts.values(), key=lambda act: (act.start, act.end, act.cue.start, act.type, act.id))
    return Extraction(document, tuple(ordered))
