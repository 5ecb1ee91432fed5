"""Decided acts → records with exact evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from kg.acts.accusations import Decided
from kg.acts.confidence import confidence
from kg.acts.constructions import construction
from kg.acts.decisions import describe
from kg.identifiers import act_iri, actor_iri, record_id
from kg.model import Act, ActType, Document, Party, Quote, Topic
from kg.parties.referents import Resolution
from kg.sentences import Sentence


def build_records(
    acts: Sequence[Decided], links: Mapping[int, tuple[int, ...]], document: Document
) -> tuple[Act, ...]:
    """Return the records of decided acts in text order."""
    occurrences = _occurrences(acts)
    ids = [_id(act, document, occurrences) for act in acts]
    records = [
        _record(act, ids[i], [ids[j][1] for j in links.get(i, ())], document) for i, act in enumerate(acts)
    ]
    unique = {record.id: record for record in records}
    return tuple(sorted(unique.values(), key=lambda r: (r.start, r.end, r.cue.start, r.type, r.id)))


def _occurrences(acts: Sequence[Decided]) -> dict[int, int]:
    """Number equal sentences of a document from 1."""
    seen: Counter[str] = Counter()
    places: dict[int, int] = {}
    for act in acts:
        sentence = act.candidate.sentence
        if sentence.index not in places:
            words = _words(sentence)
            seen[words] += 1
            places[sentence.index] = seen[words]
    return places


def _words(sentence: Sentence) -> str:
    span = sentence.span
    return sentence.document[span.start : span.end]


def _id(act: Decided, document: Document, occurrences: Mapping[int, int]) -> tuple[str, str]:
    sentence = act.candidate.sentence
    # Who takes an accusation back in the sentence that tells it does two things, not one that is both.
    apart = act.type.value if act.type is ActType.RETRACTION else ""
    iri = act_iri(
        document, _words(sentence), occurrences[sentence.index],
        _iri(act.source, document), _iri(act.target, document) + apart,
    )  # fmt: skip
    return iri, record_id(iri, act.type)


def _iri(resolution: Resolution, document: Document) -> str:
    return actor_iri(resolution.referent.side, resolution.referent.name, document)


def _party(resolution: Resolution, document: Document) -> Party:
    mention = None
    if resolution.token is not None and resolution.sentence is not None:
        mention = _phrase(resolution.sentence, resolution.token)
    referent = resolution.referent
    return Party(mention, referent.name, referent.side, _iri(resolution, document), resolution.how)


def _phrase(sentence: Sentence, head: Token) -> Quote:
    """The words of a noun phrase up to the first clause that hangs on it."""
    if head.pos_ in {"PRON", "DET", "ADJ"}:
        return sentence.quote_tokens([head])
    cut = {
        t.i
        for c in head.children
        if c.dep_ in {"relcl", "acl", "acl:relcl", "appos", "conj", "cc"}
        for t in c.subtree
    }
    kept = [t for t in head.subtree if t.i not in cut and not t.is_space]
    while len(kept) > 1 and (kept[-1].is_punct or kept[-1].pos_ == "ADP"):
        kept.pop()
    while len(kept) > 1 and (kept[0].is_punct or kept[0].pos_ == "ADP"):
        kept.pop(0)
    return sentence.quote_tokens(kept)


def _record(act: Decided, ids: tuple[str, str], rebuts: Sequence[str], document: Document) -> Act:
    candidate = act.candidate
    sentence = candidate.sentence
    span = sentence.span
    entry = candidate.match.entry
    content = sentence.quote_tokens([*candidate.content]) if candidate.content else None
    return Act(
        id=ids[1],
        act=ids[0],
        document=document.name,
        type=act.type,
        start=span.start,
        end=span.end,
        sentence=_words(sentence),
        cue=sentence.quote_tokens(candidate.match.tokens),
        content=content,
        source=_party(act.source, document),
        target=_party(act.target, document),
        via=tuple(_party(v, document) for v in act.via),
        modality=candidate.modality,
        topics=(entry.topic or Topic.OTHER,) if act.type is ActType.ACCUSATION else (),
        kind=candidate.kind,
        rebuts=tuple(rebuts),
        confidence=round(confidence(act), 2),
        reasons=(entry.name, f"construction: {construction(candidate.match)}", *act.reasons),
        holders=tuple(describe(h) for h in candidate.chain),
    )
