"""Rows → tables of weights: a conditional logit for each role, a logistic regression for the confidence."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.acts.ranking import Role
from rows import Choice, LabelledAct, Rows

Table = Mapping[str, float]
"""The weight of each feature, in log-odds."""

PRIOR: Mapping[str, Table] = tomllib.loads(Path(__file__).with_name("prior.toml").read_text(encoding="utf-8"))
PULL = 6.0
"""How strongly weights are pulled to the prior (L2); chosen by cross-validation over documents."""
LEAST_SEEN = 4
"""Options that must have a feature; with fewer it keeps its prior."""
LEAST_WEIGHT = 0.05
"""Smaller weights are left out of a table: they hardly move a probability."""
DIGITS = 2
_BIAS = "bias"

_Vector = NDArray[np.float64]


def fit_tables(rows: Rows) -> dict[str, Table]:
    """Return the tables of ``weights.toml`` in their order."""
    return {**fit_rankers(rows.choices), "confidence": fit_confidence(rows.acts)}


def fit_rankers(choices: Iterable[Choice]) -> dict[str, Table]:
    """Return the table of each role, as it is shipped: rounded, without what weighs next to nothing."""
    chosen = list(choices)
    return {role: fit_role([c for c in chosen if c.role is role], PRIOR[role]) for role in Role}


def fit_role(choices: Sequence[Choice], prior: Table) -> Table:
    """Return the likeliest weights of one role, given the prior.

    A choice is right with the sum of the probabilities of its right options: where gold knows several acts
    in a sentence, any of their parties may be meant.
    """
    seen = Counter(feature for c in choices for option in c.options for feature in option.features)
    names = sorted({feature for feature, times in seen.items() if times >= LEAST_SEEN} | set(prior))
    telling = [choice for choice in choices if choice.tells]
    expected = np.array([prior.get(name, 0.0) for name in names])
    weights = _likeliest(telling, names, expected) if telling else expected
    return _table(names, weights, LEAST_WEIGHT)


def _likeliest(choices: Sequence[Choice], names: Sequence[str], prior: _Vector) -> _Vector:
    design = _design(choices, names)
    columns = design.T.tocsr()
    right = np.array([option.right for c in choices for option in c.options])
    sizes = [len(choice.options) for choice in choices]
    starts = np.cumsum([0, *sizes[:-1]])

    def loss(weights: _Vector) -> tuple[float, _Vector]:
        scores = design @ weights
        kept = np.where(right, scores, -np.inf)
        total = np.logaddexp.reduceat(scores, starts)
        wanted = np.logaddexp.reduceat(kept, starts)
        surplus = np.exp(scores - np.repeat(total, sizes)) - np.exp(kept - np.repeat(wanted, sizes))
        away = weights - prior
        return float((total - wanted).sum() + PULL / 2 * away @ away), columns @ surplus + PULL * away

    # A gradient this small is, by the pull, a weight that is off by far less than its rounding.
    exact = {"ftol": 0.0, "gtol": PULL * 1e-5, "maxiter": 2000}
    found: _Vector = minimize(loss, prior, jac=True, method="L-BFGS-B", options=exact).x
    return found


def _design(choices: Sequence[Choice], names: Sequence[str]) -> csr_matrix:
    """Return one row for each option and one column for each name: 1 where the option has the feature."""
    column = {name: i for i, name in enumerate(names)}
    options = [option for choice in choices for option in choice.options]
    places = [
        (i, column[feature]) for i, o in enumerate(options) for feature in o.features if feature in column
    ]
    lines, columns = zip(*places, strict=True)
    return csr_matrix((np.ones(len(places)), (lines, columns)), shape=(len(options), len(names)))


def fit_confidence(acts: Sequence[LabelledAct]) -> Table:
    """Return the table of the confidence: how features tell the share of acts that is right.

    Raises:
        ValueError: the acts are not some right and some wrong.
    """
    names = [name for name in acts[0].features if name != _BIAS]
    values = np.array([[act.features[name] for name in names] for act in acts])
    fitted = LogisticRegression(tol=1e-8, max_iter=10_000).fit(values, [act.right for act in acts])
    return _table([_BIAS, *names], np.array([fitted.intercept_[0], *fitted.coef_[0]]), 0.0)


def _table(names: Sequence[str], weights: _Vector, least: float) -> Table:
    return {
        name: round(float(weight), DIGITS)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= least
    }
