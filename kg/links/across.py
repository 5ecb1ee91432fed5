"""Acts of many documents → proposed links between them.

What is proposed: accusations that make one allegation, in whatever words and language; rebuttals and
retractions with the accusations of other documents that they answer or take back; documents that are one
statement in two languages; actors that may be one.  Everything is a proposal with a score and reasons.
Nothing is merged: each record stays as it is, and a proposal that a person rejects is not made again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.links.across_actors import find_same_actors
from kg.links.across_answers import Answering, link_answers
from kg.links.across_groups import WINDOW, group_accusations
from kg.links.across_proposals import Decisions, Links, Proposal, Relation
from kg.links.across_retractions import link_retractions
from kg.links.across_similarity import Prepared, weigh
from kg.links.across_translations import Texts, find_translations
from kg.links.normal import NormalForm, PlacedAct, PlacedDocument, normalise
from kg.model import Act, ActType


@dataclass(frozen=True, slots=True)
class Options:
    """How linking works.

    Attributes:
        decisions: of people about earlier proposals; they hold whatever the score.
        window: days between two accusations that may be one allegation.
    """

    decisions: Decisions
    window: int = WINDOW


NO_DECISIONS = Options({})


def link_acts(
    acts: Sequence[PlacedAct],
    texts: Texts,
    options: Options = NO_DECISIONS,
    documents: Iterable[PlacedDocument] = (),
) -> Links:
    """Propose links between acts, documents and actors.

    The work grows with the number of acts, not of pairs: what is compared shares an accused or an accuser, a
    window of time and a term.  The order of ``acts`` does not matter.

    Args:
        acts: all acts, with what is known of their documents.
        texts: returns the text of a document, for those that may be translations of each other.
        options: decisions of people, and limits.
        documents: all documents, as one without acts may be a version of another.
    """
    translations, aligned = find_translations(acts, texts, options.decisions, documents)
    same_actors, same_side = find_same_actors((placed.act for placed in acts), options.decisions)
    forms = normal_forms(acts)
    weighing = weigh(forms)
    by_type: defaultdict[ActType, list[Prepared]] = defaultdict(list)
    for form in forms:
        by_type[form.act.type].append(weighing.prepare(form))
    accusations = by_type[ActType.ACCUSATION]
    same, groups = group_accusations(accusations, aligned, options.decisions, same_side, options.window)
    named = [tuple(accusations[place].form.act.id for place in group) for group in groups]
    members = {act: group for group in named for act in group}
    context = Answering(members, aligned, options.decisions, same_side)
    denials = by_type[ActType.REBUTTAL]
    answers = link_answers(denials, accusations, context)
    retractions = link_retractions(by_type[ActType.RETRACTION], [*accusations, *denials], context)
    proposals = [*same, *answers, *retractions, *translations, *same_actors]
    return Links(tuple(sorted(proposals, key=_strongest_first)), tuple(named))


def normal_forms(acts: Iterable[PlacedAct]) -> list[NormalForm]:
    """Return the normal forms of acts in order of time, then of document and place in it."""
    sentences: defaultdict[tuple[str, int, int], list[Act]] = defaultdict(list)
    ordered = sorted(acts, key=_time_order)
    for placed in ordered:
        sentences[placed.document, placed.act.start, placed.act.end].append(placed.act)
    return [
        normalise(placed, sentences[placed.document, placed.act.start, placed.act.end]) for placed in ordered
    ]


def _time_order(placed: PlacedAct) -> tuple[str, str, int, int, str]:
    return placed.date or "9999", placed.document, placed.act.start, placed.act.cue.start, placed.act.id


_ORDER = {relation: place for place, relation in enumerate(Relation)}


def _strongest_first(proposal: Proposal) -> tuple[int, float, str, str]:
    return _ORDER[proposal.relation], -proposal.score, proposal.subject, proposal.object
