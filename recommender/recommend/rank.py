"""From feature values to an ordered list: ranks within the issue, a weighted sum, then variety."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.fold import bigrams
from recommender.recommend.wording import content

_TELLING = 4  # characters of content from which it names an object by itself
SAME_OBJECT = 0.6  # Dice of character bigrams from which two wordings name one object


def percentiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the column each value exceeds, ties counting half: (n, n_features), in [0, 1].

    A column without differences is 0.5 throughout, so that it favours nobody.
    """
    if not len(values):
        return values
    result = np.empty(values.shape)
    for number, column in enumerate(values.T):
        ordered = np.sort(column)
        below, up_to = (np.searchsorted(ordered, column, side) for side in ("left", "right"))
        result[:, number] = (below + up_to) / 2 / len(values)
    return result


def scale_within(
    values: NDArray[np.float64], groups: Sequence[str], ranked: Sequence[bool]
) -> NDArray[np.float64]:
    """Values as the ranker weighs them: (n, n_features).

    Columns marked ranked become percentiles within each group of candidates (headings are judged
    among headings, titles among titles); the others stay as they are.
    """
    scaled = values.copy()
    columns = np.flatnonzero(ranked)
    for group in sorted(set(groups)):
        rows = np.flatnonzero([member == group for member in groups])
        scaled[np.ix_(rows, columns)] = percentiles(values[np.ix_(rows, columns)])
    return scaled


def dice(one: str, other: str) -> float:
    """Dice coefficient of the character bigrams of two wordings, 0 … 1.

    >>> dice("贸易数字化", "贸易数字化"), dice("贸易", "养老")
    (1.0, 0.0)
    """
    a, b = bigrams(one), bigrams(other)
    common = sum(min(a.count(gram), b.count(gram)) for gram in set(a))
    return 2 * common / (len(a) + len(b))


def same_object(one: str, other: str) -> bool:
    """Whether two wordings name the same object (推进贸易数字化 / 贸易数字化).

    What they speak of counts: 服务消费高质量发展 and 服务贸易高质量发展 share six characters of nine,
    and no object. Where that is a single word (贸易方式, 服务贸易), the whole wordings must agree too.
    """
    a, b = content(one), content(other)
    if min(len(a), len(b)) >= _TELLING:
        return a in b or b in a or dice(a, b) >= SAME_OBJECT
    return a == b and dice(one, other) >= SAME_OBJECT


def diversify(
    cores: Sequence[str],
    scores: NDArray[np.float64],
    likeness: NDArray[np.float64],
    variety: float,
    count: int,
) -> list[int]:
    """Maximal marginal relevance (Carbonell, Goldstein 1998): indexes of the list, best first.

    likeness: (n, n), in [0, 1]. variety: 0 takes the scores as they are, 1 only difference.
    Of wordings with the same object only the best stays. Ties go to the earlier candidate.
    """
    span = float(np.ptp(scores)) if len(scores) else 0.0
    relevance = (scores - scores.min()) / span if span else np.zeros(len(scores))
    chosen: list[int] = []
    left = list(range(len(cores)))
    while left and len(chosen) < count:
        nearest = likeness[:, chosen].max(axis=1) if chosen else np.zeros(len(cores))
        gain = np.round((1 - variety) * relevance - variety * nearest, 12)
        best = min(left, key=lambda i: (-gain[i], i))
        chosen.append(best)
        left = [i for i in left if i != best and not same_object(cores[i], cores[best])]
    return chosen
