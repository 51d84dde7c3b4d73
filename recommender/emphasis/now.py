"""What the shipped history says of a wording at a date: is policy taking it up?

Only periods up to the date are looked at. The provincial reports of a year are given in its first
weeks, so an issue of that year may use them.
"""

from collections.abc import Sequence

import numpy as np

from recommender.emphasis.bursts import find_bursts
from recommender.emphasis.history import Collection, History
from recommender.fold import bare

_RECENT, _EARLIER = 2, 4  # years compared: two of now with the four before
_LONGEST = 12


def shipped_terms(wording: str, history: History) -> list[str]:
    """The longest common terms that stand in a wording, in reading order, none inside another.

    >>> from recommender.emphasis.history import load_history
    >>> shipped_terms("推进产教融合实训", load_history())[0]
    '产教融合'
    """
    text = bare(wording)
    found: list[str] = []
    start = 0
    while start < len(text) - 1:
        sizes = range(min(_LONGEST, len(text) - start), 1, -1)
        term = next((text[start : start + n] for n in sizes if text[start : start + n] in history.common), "")
        found += [term] if term else []
        start += len(term) or 1
    return found


def rise(terms: Sequence[str], history: History, as_of: str) -> float:
    """Mean change of the share of provincial reports that mention the terms: the last two years
    against the four before; −1 … 1, 0 where nothing is known."""
    collection = history.named("provincial")
    changes = [_change(shares(collection, history.index[term], as_of)) for term in terms]
    return float(np.mean(changes)) if changes else 0.0


def in_burst(terms: Sequence[str], history: History, as_of: str) -> float:
    """Share of the terms that are in a burst in the last year up to the date, 0 … 1."""
    collection = history.named("provincial")
    width = _columns(collection, as_of)
    totals = collection.documents[:width].tolist()
    now = [
        any(burst.end == width - 1 for burst in find_bursts(hits, totals))
        for hits in (_mentions(collection, history.index[term])[:width] for term in terms)
    ]
    return sum(now) / len(now) if now else 0.0


def shares(collection: Collection, row: int, as_of: str) -> list[float]:
    """Share of a collection's documents that mention a term, period by period up to the date."""
    width = _columns(collection, as_of)
    counts = zip(_mentions(collection, row)[:width], collection.documents[:width].tolist(), strict=True)
    return [hits / of for hits, of in counts if of]


def _mentions(collection: Collection, row: int) -> list[int]:
    return [int(count) for count in collection.mentions[row].toarray().ravel()]


def _columns(collection: Collection, as_of: str) -> int:
    """How many periods do not lie after the date (periods are as precise as their own names)."""
    return sum(period <= as_of[: len(period)] for period in collection.periods)


def _change(values: Sequence[float]) -> float:
    if len(values) <= _RECENT:
        return 0.0
    earlier = values[-_RECENT - _EARLIER : -_RECENT]
    return sum(values[-_RECENT:]) / _RECENT - sum(earlier) / len(earlier)
