"""Weights that follow the editors: from stated priors towards what their picks have in common.

Pairwise logistic regression (RankNet's loss on a linear score; Burges et al. 2005): in each issue a
picked candidate should stand above each that was not. The prior is normal around the stated
weights, so that nine labels shade them and ninety make them the office's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_STEPS = 25


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the editors did with an issue.

    values: (n_candidates, n_features), as the ranker weighs them. labels: (n_candidates,), in [−1, 1]:
    above 0 what was picked, below 0 what was left out on purpose, each by its weight; 0 the rest.
    """

    issue: str
    values: Values
    labels: Values


def learn_weights(lessons: Sequence[Lesson], priors: Values, spread: Values) -> Values:
    """The most probable weights, ≥ 0: (n_features,), the priors themselves without lessons.

    spread: standard deviation of the belief in each prior; 0 for a weight that is not learned.
    Newton's method on a convex loss; ends at the same point in whatever order the lessons come.
    """
    free = spread > 0
    pairs = [_pairs(lesson) for lesson in sorted(lessons, key=lambda lesson: lesson.issue)]
    differences = np.concatenate([rows for rows, _ in pairs]) if pairs else np.empty((0, len(priors)))
    shares = np.concatenate([share for _, share in pairs]) if pairs else np.empty(0)
    precision = 1 / spread[free] ** 2
    weights = priors.copy()
    for _ in range(_STEPS):
        doubt = shares / (1 + np.exp(differences @ weights))  # how wrong each pair still is
        known = differences[:, free]
        slope = known.T @ doubt - precision * (weights - priors)[free]
        bend = (known.T * (doubt * (1 - doubt / np.maximum(shares, 1e-12)))) @ known
        step = np.linalg.solve(bend + np.diag(precision), slope)
        weights[free] += step
        if np.abs(step).max(initial=0) < 1e-10:
            break
    return np.where(free, np.maximum(weights, 0), priors)


def _pairs(lesson: Lesson) -> tuple[Values, Values]:
    """Better less worse, (n_pairs, n_features), and the weight of each pair.

    What was picked is better than all that was not, what was left out is worse than all on which
    nothing was said; a label shares its weight among its pairs, so that one among many others teaches
    as much as one among few.
    """
    values, labels = lesson.values, lesson.labels
    picked, others, unsaid, left_out = labels > 0, labels <= 0, labels == 0, labels < 0
    rows = (_differences(values[picked], values[others]), _differences(values[unsaid], values[left_out]))
    shares = (
        np.repeat(labels[picked] / max(int(others.sum()), 1), int(others.sum())),
        np.tile(-labels[left_out] / max(int(unsaid.sum()), 1), int(unsaid.sum())),
    )
    return np.concatenate(rows), np.concatenate(shares)


def _differences(better: Values, worse: Values) -> Values:
    """Every better less every worse one: (n_better · n_worse, n_features)."""
    return (better[:, None, :] - worse[None, :, :]).reshape(-1, better.shape[1])


def in_order(weights: Mapping[str, float], priors: Mapping[str, float]) -> Values:
    """Weights by name in the order of the priors; the prior where a name is missing."""
    return np.array([weights.get(name, prior) for name, prior in priors.items()])
