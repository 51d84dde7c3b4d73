"""What returns every year: a theme of every spring is no news, and no burst.

Months and quarters differ when Kruskal and Wallis's test says so; the yearly rhythm is then taken
out before a trend is looked for, as in seasonally adjusted series.
"""

from collections import defaultdict
from collections.abc import Sequence

from recommender.emphasis.bursts import Burst
from recommender.emphasis.trends import WINDOW

_SIGNIFICANT = 0.01
_MIN_YEARS = 3  # a rhythm that was seen twice may be chance


def season_of(period: str) -> str:
    """The part of the year a period is: ``05`` of 2023-05, ``Q2`` of 2023-Q2, "" of a year or issue.

    >>> season_of("2023-05"), season_of("2023-Q2"), season_of("2023")
    ('05', 'Q2', '')
    """
    year, dash, part = period.partition("-")
    is_part = part[:1] == "Q" or (len(part) == 2 and part.isdigit())
    return part if dash and len(year) == 4 and year.isdigit() and is_part else ""


def peak_season(periods: Sequence[str], shares: Sequence[float | None]) -> str:
    """The part of the year that stresses a term most, where the parts differ; else "".

    Each part needs three years with documents.
    """
    from scipy.stats import kruskal  # here: it takes as long to load as all else the page needs

    groups = _by_season(periods, shares)
    enough = {season: values for season, values in groups.items() if len(values) >= _MIN_YEARS}
    if len(enough) < 2 or len({value for values in enough.values() for value in values}) < 2:
        return ""
    if kruskal(*enough.values()).pvalue >= _SIGNIFICANT:
        return ""
    return max(enough, key=lambda season: (_mean(enough[season]), season))


def adjusted(periods: Sequence[str], shares: Sequence[float | None]) -> list[float | None]:
    """The shares less what is usual for their part of the year; the mean of all stays the same."""
    usual = {season: _mean(values) for season, values in _by_season(periods, shares).items()}
    level = _mean([share for share in shares if share is not None])
    return [
        None if share is None else share - usual[season_of(period)] + level
        for period, share in zip(periods, shares, strict=True)
    ]


def without_returning(bursts: Sequence[Burst], periods: Sequence[str]) -> list[Burst]:
    """The bursts that do not begin in the same part of the year as another one."""
    starts = [season_of(periods[burst.start]) for burst in bursts]
    return [burst for burst, start in zip(bursts, starts, strict=True) if starts.count(start) == 1]


def window_of(periods: Sequence[str]) -> int:
    """How many periods a trend is looked for in: three years of months or quarters, or the usual."""
    last = season_of(periods[-1]) if periods else ""
    return WINDOW if not last else 3 * (4 if last.startswith("Q") else 12)


def _by_season(periods: Sequence[str], shares: Sequence[float | None]) -> dict[str, list[float]]:
    groups: dict[str, list[float]] = defaultdict(list)
    for period, share in zip(periods, shares, strict=True):
        if share is not None and season_of(period):
            groups[season_of(period)].append(share)
    return groups


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
