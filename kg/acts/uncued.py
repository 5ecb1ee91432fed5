"""Accusations without a word for a wrong: a speaker goes on to tell what the party just accused does.

About a third of the accusations in speeches have no such word: "Now they say that nothing happened."  They
follow other accusations, and their subject is the party that the speech accuses most.
"""

from __future__ import annotations

from kg.acts.candidates import Candidate
from kg.attributions.holders import Attributions, HolderKind
from kg.grammar import surface_subjects
from kg.lexicon.entries import Entry, Family, Pos
from kg.lexicon.matching import Match
from kg.model import ActType, Modality
from kg.parties.discourse import Discourse
from kg.sentences import Sentence

TIMES = 2
"""Accusations against a party from which a speech is held to be against it."""
WEIGHT = 0.4
_OWN = frozenset({HolderKind.SPEAKER, HolderKind.TURN, HolderKind.DIRECT})


def find_uncued(sentence: Sentence, attributions: Attributions, discourse: Discourse) -> Candidate | None:
    """Return what a speaker tells of the party accused just before, None where nothing shows it."""
    accused = discourse.memory.accused_on(sentence, TIMES)
    if accused is None:
        return None
    root = sentence.tokens.root
    chain = attributions.chain(sentence, root)
    if not chain or chain[-1].kind not in _OWN or root.pos_ != "VERB":
        return None
    if any(token.text == "?" for token in sentence.tokens[-3:]):
        return None
    holder = discourse.holder(chain)
    if holder is not None and holder.referent.side == accused.side:
        return None
    subjects = surface_subjects(root)
    found = (discourse.resolve(token, sentence, chain) for token in subjects)
    if all(r is None or r.referent.side != accused.side for r in found):
        return None
    entry = Entry(sentence.language, Family.WRONGDOING, Pos.VERB, "told of the accused", "", weight=WEIGHT)
    return Candidate(
        sentence, Match(entry, (root,), root), ActType.ACCUSATION, (), True, tuple(subjects), (), chain,
        Modality.ASSERTED, WEIGHT,
    )  # fmt: skip
