"""Document → its clauses, each with the chain of who holds it: the attribution layer by itself.

A clause is a verb, or a nominal predicate, with what hangs on it.  Words of it that somebody else holds, as
quoted words are, stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from spacy.tokens import Token

from kg.acts.modality import is_hedged
from kg.attributions.holders import Attributions, Holder, HolderKind
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.grammar import clause_of
from kg.model import UNNAMED, Document, Quote, Span
from kg.parties.discourse import Discourse, open_discourse
from kg.segments import split_segments
from kg.sentences import Sentence, parse_sentences

NARRATOR = "the narrator"
"""Who holds a clause that has no holder in the text."""


@dataclass(frozen=True, slots=True)
class ClauseHolder:
    """One level of a chain.

    Attributes:
        kind: how they come to hold it.
        words, cue: the words for them and the words that attribute ("said", "according to"); None for the
            speaker, a turn or a question.
        label: the speaker label of a transcript.
        name, side: who it is; unnamed when the text does not say.
        resolution: how that was found, in words.
    """

    kind: HolderKind
    words: Quote | None
    cue: Quote | None
    label: str
    name: str
    side: str
    resolution: str


@dataclass(frozen=True, slots=True)
class HeldClause:
    """Words with one chain of holders.

    Attributes:
        document: name of the document.
        sentence: range of the sentence.
        pieces: the words, in runs that nothing else interrupts.
        holders: outermost first; none for a narrator's own words.
        is_hedged: whether the innermost holder does not vouch (hearsay conditional, "allegedly").
    """

    document: str
    sentence: Span
    pieces: tuple[Quote, ...]
    holders: tuple[ClauseHolder, ...]
    is_hedged: bool


def find_held_clauses(document: Document, gazetteer: Gazetteer | None = None) -> Iterator[HeldClause]:
    """Yield the clauses of a document in text order.

    Args:
        document: the text with its metadata; its genre decides who holds what nobody is said to hold.
        gazetteer: who is who; the shipped one when None.
    """
    gazetteer = gazetteer or load_gazetteer()
    sentences = parse_sentences(split_segments(document), document)
    discourse = open_discourse(document, sentences, gazetteer)
    attributions = discourse.attributions
    for sentence in sentences:
        discourse.read(sentence)
        for tokens in _clauses(sentence, attributions):
            chain = _distinct(attributions.chain(sentence, tokens[0]))
            holders = tuple(_holder(chain[: depth + 1], sentence, discourse) for depth in range(len(chain)))
            hedged = is_hedged(clause_of(tokens[0]), attributions.hedges(sentence))
            yield HeldClause(
                document.name, sentence.span, tuple(_pieces(tokens, sentence)), holders, hedged
            )  # fmt: skip


def _clauses(sentence: Sentence, attributions: Attributions) -> Iterable[list[Token]]:
    """Return the tokens of each clause, those apart that another chain holds, in text order."""
    groups: dict[tuple[int, tuple[Key, ...]], list[Token]] = {}
    for token in sentence.tokens:
        if not token.is_space:
            chain = tuple(map(_key, _distinct(attributions.chain(sentence, token))))
            groups.setdefault((clause_of(token).i, chain), []).append(token)
    return (tokens for tokens in groups.values() if any(t.is_alpha for t in tokens))


Key = tuple[HolderKind, Token | None, Token | None, str]


def _key(holder: Holder) -> Key:
    return holder.kind, holder.source, holder.cue, holder.label


def _pieces(tokens: Sequence[Token], sentence: Sentence) -> Iterator[Quote]:
    """Yield runs of neighbouring tokens that hold a word."""
    for _, run in groupby(enumerate(tokens), key=lambda placed: placed[1].i - placed[0]):
        words = [token for _, token in run]
        if any(token.is_alpha or token.like_num for token in words):
            yield sentence.quote_tokens(words)


def _distinct(chain: Sequence[Holder]) -> list[Holder]:
    """Keep one level of those that the same words make, the quotation if there is one."""
    kept: list[Holder] = []
    for holder in chain:
        if not kept or not _same_words(holder, kept[-1]):
            kept.append(holder)
        elif kept[-1].kind is not HolderKind.DIRECT:
            kept[-1] = holder
    return kept


def _same_words(one: Holder, other: Holder) -> bool:
    same_source = one.source is not None and one.source == other.source
    return same_source or one.cue is not None and one.cue == other.cue


def _holder(chain: Sequence[Holder], sentence: Sentence, discourse: Discourse) -> ClauseHolder:
    holder = chain[-1]
    place = holder.sentence or sentence
    found = discourse.holder(chain)
    return ClauseHolder(
        holder.kind,
        place.quote_tokens([holder.source]) if holder.source is not None else None,
        place.quote_tokens([holder.cue]) if holder.cue is not None else None,
        holder.label,
        found.referent.name if found is not None else UNNAMED,
        found.referent.side if found is not None else UNNAMED,
        found.how if found is not None else "",
    )


def clause_json(clause: HeldClause) -> dict[str, Any]:
    """Return a clause as a JSON object; offsets are half-open code-point ranges in the document's text."""
    return {
        "document": clause.document,
        "sentence": clause.sentence._asdict(),
        "pieces": [piece._asdict() for piece in clause.pieces],
        "hedged": clause.is_hedged,
        "holders": [_holder_json(holder) for holder in clause.holders],
    }


def _holder_json(holder: ClauseHolder) -> dict[str, Any]:
    return {
        "kind": holder.kind.value,
        "words": holder.words and holder.words._asdict(),
        "cue": holder.cue and holder.cue._asdict(),
        "label": holder.label,
        "name": holder.name,
        "side": holder.side,
        "resolution": holder.resolution,
    }


def clause_text(clause: HeldClause) -> str:
    """Return a clause as two lines: its words with their place, and its chain of holders."""
    words = " … ".join(" ".join(piece.text.split()) for piece in clause.pieces)
    chain = " > ".join(map(_holder_text, clause.holders)) or NARRATOR
    return f"[{clause.pieces[0].start}] {words}\n    {chain}{' (hedged)' if clause.is_hedged else ''}"


def _holder_text(holder: ClauseHolder) -> str:
    side = f" ({holder.side})" if holder.side not in {UNNAMED, holder.name.lower()} else ""
    words = [f'"{quote.text}"' for quote in (holder.words, holder.cue) if quote is not None]
    label = [f"{holder.label}:"] if holder.label else []
    told = f" [{' '.join(label + words)}]" if label or words else ""
    return f"{holder.kind}: {holder.name}{side}{told}"
