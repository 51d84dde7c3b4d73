"""How far a mean over issues may be off by chance: the percentile bootstrap (Efron, Tibshirani 1993)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 4000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over issues with the percentile interval of its bootstrap distribution, low ≤ high."""

    mean: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the interval: how far the mean may be off either way."""
        return (self.high - self.low) / 2


def mean_interval(values: ArrayLike, level: float = 0.95, seed: int = 0) -> Interval:
    """The interval of the mean of one value an issue; issues are drawn with replacement.

    values: (n_issues,), n_issues ≥ 1. level: in (0, 1). With few issues the interval is too narrow (see
    ``expanded_level``), and with one it is a point: say how many there are beside it.
    Raises ValueError for no values.

    >>> mean_interval([0.0, 1.0, 1.0, 1.0])
    Interval(mean=0.75, low=0.25, high=1.0)
    """
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim != 1 or not len(sample):
        raise ValueError(f"needs one value an issue, at least one, not shape {sample.shape}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level}")
    low, high = np.quantile(_means(sample, seed), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(sample.mean()), float(low), float(high))


def expanded_level(level: float, n_issues: int) -> float:
    """The level to ask for so that, with few issues, the percentile interval covers about ``level``.

    The bootstrap draws from a spread that is too small by √((n−1)/n), and knows nothing of Student's t:
    the expanded percentile interval makes up for both (Hesterberg 2015, "What Teachers Should Know
    About the Bootstrap", 3.3). In (0, 1), at least ``level``; needs two issues or more.

    >>> round(expanded_level(0.95, 5), 4), round(expanded_level(0.95, 100), 4)
    (0.9981, 0.9539)
    """
    from scipy.special import ndtr, stdtrit

    if n_issues < 2:
        raise ValueError("one issue says nothing of the spread")
    far = stdtrit(n_issues - 1, (1 + level) / 2) * np.sqrt(n_issues / (n_issues - 1))
    return min(float(2 * ndtr(far) - 1), 1 - 1e-9)  # two issues ask for more than a double can say


def difference_interval(
    one: Sequence[float], other: Sequence[float], level: float = 0.95, seed: int = 0
) -> Interval:
    """The interval of the mean of ``one - other`` on the same issues in the same order.

    Raises ValueError for unlike lengths, or none.

    >>> difference_interval([0.5, 0.5], [0.25, 0.25]).low
    0.25
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} values against {len(other)}: not the same issues")
    return mean_interval(np.subtract(one, other), level, seed)


def _means(sample: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Means of RESAMPLES samples drawn with replacement, the same for the same seed: (RESAMPLES,)."""
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, len(sample), size=(RESAMPLES, len(sample)))
    means: NDArray[np.float64] = sample[drawn].mean(axis=1)
    return means
