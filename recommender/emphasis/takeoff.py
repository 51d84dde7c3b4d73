"""How likely a term is to become a hot research topic, by the titles it has so far.

Few take off from nothing, and a worn word can hardly treble. How often each number of titles led to a
hot year is counted from the titles themselves, over as many years as lie between the last titles
and the year asked for, so that titles that ended years ago count for what they still tell.
"""

import numpy as np

from recommender.emphasis.history import Collection, Counts, Flags, Floats, total, totals, years_until

BEFORE = 3  # years a rate is compared with
HOT_TITLES, HOT_RATIO = 6, 3.0  # hot: titles in a year, and times the rate of the years before
_MANY = 15  # titles from which more say nothing more
_PSEUDO = 100  # terms at the average rate, added to every count


def takeoffs(titles: Collection, until: int, as_of: int, among: Flags) -> tuple[Counts, Floats | None]:
    """Titles of each term in the last three years up to ``until``, and how often a term with as many
    was hot as long after as ``as_of`` is: (n_terms,) each, the second in (0, 1).

    among: the terms to count, (n_terms,). The rates are None where nothing was ever hot.
    """
    years = years_until(titles, until)
    if not years:
        return np.zeros(len(among), dtype=np.int64), None
    used = np.column_stack([totals(titles.mentions, columns) for columns in years.values()])
    of = np.array([total(titles, columns) for columns in years.values()])
    recent: Counts = used[:, -BEFORE:].sum(axis=1)
    rates = _rates(used[among], of, max(1, as_of - max(years)))
    return recent, None if rates is None else rates[np.minimum(recent, _MANY)]


def _rates(used: Counts, of: Counts, lag: int) -> Floats | None:
    """How often a term was hot ``lag`` years after three with 0, 1, 2 … titles: (_MANY + 1,).

    used: (n_terms, n_years), titles of a year with the term. of: (n_years,), titles of a year.
    """
    terms, hot = np.zeros(_MANY + 1), np.zeros(_MANY + 1)
    for year in range(BEFORE + lag - 1, len(of)):
        level = np.minimum(used[:, year - lag - BEFORE + 1 : year - lag + 1].sum(axis=1), _MANY)
        terms += np.bincount(level, minlength=_MANY + 1)
        hot += np.bincount(level, weights=_is_hot(used, of, year), minlength=_MANY + 1)
    if not hot.any():
        return None
    rates: Floats = (hot + _PSEUDO * hot.sum() / terms.sum()) / (terms + _PSEUDO)
    return rates


def _is_hot(used: Counts, of: Counts, year: int) -> Flags:
    """Which terms enough titles of a year use, at so many times their rate of the years before."""
    past = slice(year - BEFORE, year)
    before = used[:, past].sum(axis=1) / of[past].sum()
    hot: Flags = (used[:, year] >= HOT_TITLES) & (used[:, year] / of[year] >= HOT_RATIO * before)
    return hot
