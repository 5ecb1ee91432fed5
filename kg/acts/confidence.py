"""How sure an act is: the share of acts like it that are right, both parties included.

A logistic regression (after Platt 1999, "Probabilistic outputs for support vector machines") over how likely
the parties are, how clear the cue is and what makes an act doubtful, fitted by ``training/fit_weights.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from kg.acts.accusations import Decided
from kg.acts.ranking import load_weights
from kg.model import ActType

_SUREST = 0.99


def confidence_features(act: Decided) -> dict[str, float]:
    """Return what tells how sure an act is, by the names of the table ``confidence`` of ``weights.toml``."""
    likely = min(_SUREST, max(1 - _SUREST, act.likely))
    named = act.source.referent.is_named and act.target.referent.is_named
    doubtful = act.candidate.negated or act.candidate.irrealis is not None
    return {
        "bias": 1.0,
        "log-odds of both parties": log(likely / (1 - likely)),
        "score of the cue": act.score,
        "both parties named": float(named),
        "rebuttal": float(act.type is ActType.REBUTTAL),
        "negated or not asserted": float(doubtful),
    }


def confidence(act: Decided) -> float:
    """Return the probability that an act and both its parties are right, between 0.01 and 0.99.

    Acts that are no accusations and rebuttals have the score of their cue: nothing was fitted for them.
    """
    if act.type not in (ActType.ACCUSATION, ActType.REBUTTAL):
        return min(_SUREST, act.score)
    sure = probability(confidence_features(act), load_weights()["confidence"])
    return min(_SUREST, max(1 - _SUREST, sure))


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return what the logistic regression says of features, between 0 and 1."""
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in features.items())))
