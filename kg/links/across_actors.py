"""Actors that may be one: "Seefeld Laboratory" and "Laboratoire de Seefeld", "Banda" and "Moses Banda".

States and international bodies are known by their code and need no proposal.  An embassy shares the side of
its state without being it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.links.across_proposals import Decisions, Proposal, Relation, pair, propose
from kg.links.normal_concepts import GRAMMAR, LANGUAGES, load_concepts
from kg.links.normal_stems import fold, skeleton, stem
from kg.model import UNNAMED, Act, Party

THRESHOLD = 0.6
"""Lowest score at which two actors are proposed to be one."""
SURE = 0.8
"""Score from which the acts of two actors are compared as if they were of one."""
COMMON = 25
"""Actors that share a word above which the word says nothing."""
_WORD = re.compile(r"[^\W_]+")
_OF = re.compile(r"\b(?:of|de|du|des|for|pour)\b|\bd'")
"""What makes another one of a name: "doctor of Maja Kern"."""
_CODE = re.compile(r"[A-Z][A-Z0-9]+")
_GRAMMAR = frozenset().union(*GRAMMAR.values())
_TITLES = frozenset("mr mrs ms mme mlle m dr sir lord lady madame monsieur".split())


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor with the words of its name.

    Attributes:
        iri: of the actor.
        name: as it is usually written.
        side: of the actor.
        words: each word of the name, by everything that it may be compared by.
        initials: of the words, as an acronym writes them.
    """

    iri: str
    name: str
    side: str
    words: tuple[frozenset[str], ...]
    initials: str

    @property
    def keys(self) -> frozenset[str]:
        """All that the words of the name are compared by."""
        return frozenset().union(*self.words)


def named_actors(acts: Iterable[Act]) -> list[NamedActor]:
    """Return the actors of some acts that are known by name and not by code, by IRI."""
    found: dict[str, NamedActor] = {}
    for act in acts:
        for party in (act.source, act.target, *act.via):
            if party.iri and party.iri not in found and _is_named(party):
                found[party.iri] = _named(party)
    return [found[iri] for iri in sorted(found)]


def find_same_actors(acts: Iterable[Act], decisions: Decisions) -> tuple[list[Proposal], dict[str, str]]:
    """Return proposals of actors that may be one, and for each side the one that stands for it.

    A person's "no" keeps two apart, whatever their names.
    """
    actors = named_actors(acts)
    by_iri = {actor.iri: actor for actor in actors}
    proposals = []
    sure: list[tuple[str, str]] = []
    for one, other in _candidates(actors):
        decided = decisions.get(pair(Relation.SAME_ACTOR, one.iri, other.iri))
        score, reasons = (1.0, ["accepted by a person"]) if decided else compare_names(one, other)
        if decided is False or score < THRESHOLD:
            continue
        proposals.append(propose(Relation.SAME_ACTOR, one.iri, other.iri, score, reasons))
        if score >= SURE and one.side != other.side:
            sure.append((one.side, other.side))
    for key, accepted in decisions.items():
        if accepted and key.relation is Relation.SAME_ACTOR and {key.subject, key.object} <= by_iri.keys():
            sure.append((by_iri[key.subject].side, by_iri[key.object].side))
    ordered = sorted(set(proposals), key=lambda p: (-p.score, p.subject, p.object))
    return ordered, _representatives(sure)


def compare_names(one: NamedActor, other: NamedActor) -> tuple[float, list[str]]:
    """Return how likely two actors are one by their names, 0 to 1, with reasons."""
    short, long = sorted((one, other), key=lambda actor: (len(actor.words), actor.iri))
    if short.name.isupper() and short.name == long.initials:
        return 0.7, [f"{short.name} are the initials of {long.name}"]
    matched = [word for word in short.words if any(word & theirs for theirs in long.words)]
    if one.side == other.side:  # one may speak for the other without being it
        return (0.75 if matched else 0.0), [f"both are of the side {one.side}"]
    reasons = [f"{len(matched)} of {len(short.words)} words of {short.name} are in {long.name}"]
    if len(matched) == len(short.words) == len(long.words):
        return 0.9, reasons
    if len(matched) == len(short.words) and len(short.words) == 1 and len(long.words) == 2:
        return 0.65, [*reasons, "a surname, or part of a longer name"]
    if _OF.search(long.name) and not _OF.search(short.name):
        return 0.0, reasons
    total = len(short.words) + len(long.words)
    return 1.7 * len(matched) / total if len(matched) == len(short.words) > 1 else 0.0, reasons


def _is_named(party: Party) -> bool:
    return party.side != UNNAMED and not _CODE.fullmatch(party.side)


def _named(party: Party) -> NamedActor:
    written = [word for word in _WORD.findall(party.name) if fold(word) not in _GRAMMAR | _TITLES]
    initials = "".join(word[0] for word in written).upper()
    return NamedActor(party.iri, party.name, party.side, tuple(map(_keys, written)), initials)


def _keys(word: str) -> frozenset[str]:
    """Return what a word of a name is compared by: itself, its cognates, its meaning in either language."""
    keys = {fold(word)}
    if bare := skeleton(word):
        keys.add(f"~{bare}")
    for language in LANGUAGES:
        concepts = load_concepts(language).words.get(stem(word, language), ())
        keys.update(f"{concept.name}/" for concept in concepts if concept.kind != "frames")
    return frozenset(keys)


def _candidates(actors: list[NamedActor]) -> Iterator[tuple[NamedActor, NamedActor]]:
    """Yield pairs that share a word that is not common, or a side, or an acronym."""
    by_key: defaultdict[str, list[NamedActor]] = defaultdict(list)
    for actor in actors:
        for key in sorted(actor.keys):
            by_key[key].append(actor)
        by_key[f"side {actor.side}"].append(actor)
        by_key[f"initials {actor.name if actor.name.isupper() else actor.initials}"].append(actor)
    seen: set[tuple[str, str]] = set()
    for key in sorted(by_key):
        block = by_key[key]
        if len(block) > COMMON:
            continue
        for one, other in combinations(block, 2):
            if (one.iri, other.iri) not in seen:
                seen.add((one.iri, other.iri))
                yield one, other


def _representatives(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each side of a chain of pairs the most frequent one of the chain."""
    parent: dict[str, str] = {}

    def root(side: str) -> str:
        while parent.get(side, side) != side:
            side = parent[side]
        return side

    counts: Counter[str] = Counter()
    for one, other in pairs:
        counts.update((one, other))
        a, b = sorted((root(one), root(other)))
        parent[a], parent[b] = a, a
    chains: defaultdict[str, list[str]] = defaultdict(list)
    for side in counts:
        chains[root(side)].append(side)
    found: Mapping[str, str] = {
        side: min(chain, key=lambda s: (-counts[s], s)) for chain in chains.values() for side in chain
    }
    return dict(found)
