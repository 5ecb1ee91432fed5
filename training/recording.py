"""Annotated documents → rows: runs the extractor and notes what it may choose and what gold says.

Which targets there are hangs on the source that was chosen, and who was accused before on the choices before.
So the documents are read twice: with the prior, to fit a first ranker for each fold on the other folds, and
with these, whose choices on a document that they have not seen are like those on any new text.  The second
reading is what is recorded; nothing hangs on the weights that happen to be shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from fitting import PRIOR, Table, fit_rankers
from kg.acts.accusations import Decided
from kg.acts.candidates import Candidate
from kg.acts.confidence import confidence_features
from kg.acts.options import Option
from kg.acts.ranking import Ranked, Ranker, Role
from kg.evaluation.acts import COMPARED, ComparedAct, Named
from kg.evaluation.gold import Annotated, read_gold
from kg.evaluation.matching import LEAST_OVERLAP, match_acts, overlap, same_party
from kg.gazetteer import load_gazetteer
from kg.parties.referents import Referent
from kg.pipeline import find_acts
from rows import FOLDS, Choice, LabelledAct, LabelledOption, Rows, fold


class Recorder(Ranker):
    """A ranker that notes the choices of one document whose right answer gold knows.

    Attributes:
        choices: what was noted, in the order of reading.
    """

    def __init__(self, weights: Mapping[str, Table], number: int, gold: Sequence[ComparedAct]) -> None:
        super().__init__(weights)
        self._number = number
        self._gold = gold
        self.choices: list[Choice] = []

    def rank(self, role: Role, candidate: Candidate, options: Sequence[Option]) -> list[Ranked]:
        """Rank the options and note them if gold has the candidate."""
        gold = _gold_of(candidate, self._gold)
        if gold and options:
            wanted = [act.source if role is Role.SOURCE else act.target for act in gold]
            labelled = (
                LabelledOption(tuple(sorted(option.features)), _is_among(option, wanted))
                for option in options
            )
            self.choices.append(Choice(self._number, role, tuple(labelled)))
        return super().rank(role, candidate, options)


def record(folders: Iterable[Path]) -> Rows:
    """Read annotated folders and return what can be learned from them.

    Raises:
        EvaluationError, DocumentError: a folder holds no gold or what cannot be read.
    """
    documents = [item for folder in folders for item in read_gold(folder)]
    first: list[Choice] = []
    for number, item in enumerate(documents):
        first += _read(number, item, PRIOR)[0]
    rankers = [fit_rankers(c for c in first if fold(c.document) != k) for k in range(FOLDS)]
    choices: list[Choice] = []
    acts: list[LabelledAct] = []
    for number, item in enumerate(documents):
        chosen, found = _read(number, item, rankers[fold(number)])
        choices += chosen
        acts += found
    return Rows(tuple(choices), tuple(acts))


def _read(
    number: int, item: Annotated, weights: Mapping[str, Table]
) -> tuple[list[Choice], list[LabelledAct]]:
    recorder = Recorder(weights, number, item.gold.acts)
    acts = find_acts(item.document, load_gazetteer(), recorder)
    return recorder.choices, list(_labelled(number, acts, item.gold.acts))


def _labelled(number: int, acts: Iterable[Decided], gold: Sequence[ComparedAct]) -> Iterator[LabelledAct]:
    decided = [act for act in acts if act.type in COMPARED]
    compared = [
        _compared(str(i), act.candidate, _named(act.source.referent), _named(act.target.referent))
        for i, act in enumerate(decided)
    ]
    right = {pair.predicted.id for pair in match_acts(gold, compared) if pair.is_right}
    for i, act in enumerate(decided):
        features = {name: round(value, 4) for name, value in confidence_features(act).items()}
        yield LabelledAct(number, features, str(i) in right)


def _compared(name: str, candidate: Candidate, source: Named, target: Named) -> ComparedAct:
    span = candidate.sentence.span
    return ComparedAct("", name, candidate.type, span.start, span.end, source, target)


def _gold_of(candidate: Candidate, gold: Iterable[ComparedAct]) -> list[ComparedAct]:
    """Return the gold acts of the candidate's sentence and type: those about its very cue, if any are."""
    own = _compared("", candidate, Named(), Named())
    here = [act for act in gold if act.type is own.type and overlap(act, own) >= LEAST_OVERLAP]
    return [act for act in here if _is_about_cue(act, candidate)] or here


def _is_about_cue(act: ComparedAct, candidate: Candidate) -> bool:
    cue = candidate.sentence.quote_tokens(candidate.match.tokens)
    place = act.sentence.find(act.cue)
    start = act.start + place
    return place >= 0 and start < cue.end and cue.start < start + len(act.cue)


def _is_among(option: Option, wanted: Iterable[Named]) -> bool:
    party = _named(option.resolution.referent)
    return any(same_party(party, other) for other in wanted)


def _named(referent: Referent) -> Named:
    return Named(referent.side, referent.name)
