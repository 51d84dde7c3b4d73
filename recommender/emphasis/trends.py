"""Whether a series rises or fades: Theil–Sen slope, Mann–Kendall test, and one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["new", "rising", "steady", "fading"]

MIN_PERIODS = 5  # below it no order of the values is significant
WINDOW = 10  # what counts as now: the last ten periods with documents
_SIGNIFICANT = 0.05
_NEW_PERIODS = 3  # a term is new for its first three periods
_PRESENT = 0.1  # share from which a term is there, not a slip of one document


@dataclass(frozen=True, slots=True)
class Trend:
    """verdict with the numbers behind it.

    slope: change of the share a period (Theil–Sen), None under MIN_PERIODS. p: of Mann–Kendall's
    test, two-sided, None likewise. periods: how many were looked at.
    """

    verdict: Verdict
    slope: float | None
    p: float | None
    periods: int


def find_trend(shares: Sequence[float | None], window: int = WINDOW) -> Trend:
    """The trend of the last ``window`` periods; None is one without documents, which is left out.

    >>> find_trend([0.1, 0.2, 0.3, 0.5, 0.6, 0.8]).verdict, find_trend([0.0, 0.0, 0.0, 0.4]).verdict
    ('rising', 'new')
    """
    known = [(i, share) for i, share in enumerate(shares) if share is not None]
    recent = known[-window:]
    slope, p = _slope_and_test(recent)
    if _is_new([share for _, share in known]):
        return Trend("new", slope, p, len(recent))
    if slope is None or p is None or p >= _SIGNIFICANT or slope == 0:
        return Trend("steady", slope, p, len(recent))
    return Trend("rising" if slope > 0 else "fading", slope, p, len(recent))


def _slope_and_test(points: Sequence[tuple[int, float]]) -> tuple[float | None, float | None]:
    """Theil–Sen slope and the p of Kendall's tau against time, which is Mann–Kendall's test."""
    if len(points) < MIN_PERIODS:
        return None, None
    from scipy.stats import kendalltau, theilslopes  # see ``season``

    times, values = zip(*points, strict=True)
    if len(set(values)) == 1:
        return 0.0, 1.0
    return float(theilslopes(values, times).slope), float(kendalltau(times, values).pvalue)


def _is_new(shares: Sequence[float]) -> bool:
    """Absent but for its last one to three periods, and there now."""
    if len(shares) < 2 or shares[-1] < _PRESENT:
        return False
    first = next(i for i, share in enumerate(shares) if share >= _PRESENT)
    return first > 0 and len(shares) - first <= _NEW_PERIODS
