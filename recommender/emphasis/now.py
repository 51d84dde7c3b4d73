"""What the shipped history says of a wording at a date: is policy taking it up?

Only periods up to the date are looked at. The provincial reports of a year are given in its first
weeks, so an issue of that year may use them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from recommender.emphasis.bursts import find_bursts
from recommender.emphasis.history import Collection, History
from recommender.fold import bare

_RECENT, _EARLIER = 2, 4  # years compared: two of now with the four before
_LONGEST = 12


def shipped_terms(wording: str, history: History) -> list[str]:
    """The common shipped terms of a wording, the longest first served, in reading order and none in
    another.

    Longest first, not first come: else a chance term across two words (化产 in 深化产教融合) would
    take the beginning of the real one.

    >>> from recommender.emphasis.history import load_history
    >>> shipped_terms("深化产教融合实训", load_history())[0]
    '产教融合'
    """
    text = bare(wording)
    taken: list[tuple[int, int]] = []
    for size in range(min(_LONGEST, len(text)), 1, -1):
        for start in range(len(text) - size + 1):
            free = all(start + size <= begin or end <= start for begin, end in taken)
            if free and history.is_common(text[start : start + size]):
                taken.append((start, start + size))
    return [text[start:end] for start, end in sorted(taken)]


def rise(terms: Sequence[str], history: History, as_of: str) -> float:
    """Mean change of the share of provincial reports that mention the terms: the last two years
    against the four before; −1 … 1, 0 where nothing is known."""
    collection = history.named("provincial")
    changes = [_change(shares(collection, history.index[term], as_of)) for term in terms]
    return float(np.mean(changes)) if changes else 0.0


def in_burst(terms: Sequence[str], history: History, as_of: str) -> float:
    """Share of the terms that are in a burst in the last year up to the date, 0 … 1."""
    now = [bool(uptake(term, history, as_of).since) for term in terms]
    return sum(now) / len(now) if now else 0.0


@dataclass(frozen=True, slots=True)
class Uptake:
    """How provincial reports take a term up. years: the last two up to a date, as ``2023—2024``.

    hits of documents mention it in those years, earlier_hits of earlier_documents in the four before.
    since: the first year of the burst it is in at the date, "" when it is in none.
    """

    term: str
    years: str
    hits: int
    documents: int
    earlier_hits: int
    earlier_documents: int
    since: str

    @property
    def change(self) -> float:
        """Share now less share before, −1 … 1; 0 where there is nothing before."""
        if not self.documents or not self.earlier_documents:
            return 0.0
        return self.hits / self.documents - self.earlier_hits / self.earlier_documents


@lru_cache(maxsize=10_000)
def uptake(term: str, history: History, as_of: str) -> Uptake:
    """The counts behind ``rise`` and ``in_burst`` for one term of the history."""
    collection = history.named("provincial")
    width = _columns(collection, as_of)
    hits = _mentions(collection, history.index[term])[:width]
    totals = collection.documents[:width].tolist()
    years = [period[:4] for period in collection.periods[:width]]
    now, before = slice(-_RECENT, None), slice(-_RECENT - _EARLIER, -_RECENT)
    starts = [years[burst.start] for burst in find_bursts(hits, totals) if burst.end == width - 1]
    return Uptake(
        term=term,
        years="—".join(dict.fromkeys((years[now][0], years[now][-1]))) if years else "",
        hits=sum(hits[now]),
        documents=sum(totals[now]),
        earlier_hits=sum(hits[before]),
        earlier_documents=sum(totals[before]),
        since=starts[0] if starts else "",
    )


def shares(collection: Collection, row: int, as_of: str) -> list[float]:
    """Share of a collection's documents that mention a term, period by period up to the date."""
    width = _columns(collection, as_of)
    counts = zip(_mentions(collection, row)[:width], collection.documents[:width].tolist(), strict=True)
    return [hits / of for hits, of in counts if of]


def _mentions(collection: Collection, row: int) -> list[int]:
    found: list[int] = collection.mentions.row(row).tolist()
    return found


def _columns(collection: Collection, as_of: str) -> int:
    """How many periods do not lie after the date (periods are as precise as their own names)."""
    return sum(period <= as_of[: len(period)] for period in collection.periods)


def _change(values: Sequence[float]) -> float:
    if len(values) <= _RECENT:
        return 0.0
    earlier = values[-_RECENT - _EARLIER : -_RECENT]
    return sum(values[-_RECENT:]) / _RECENT - sum(earlier) / len(earlier)
