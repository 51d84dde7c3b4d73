"""What is known of every term as of a year: counts and shares, of that year and of those before.

Nothing later is read: no document, no title, and no phrase that only later text made a term.
"""

from dataclasses import dataclass

import numpy as np

from recommender.emphasis.discovery import LEAST
from recommender.emphasis.history import (
    Collection,
    Columns,
    Counts,
    Flags,
    Floats,
    History,
    total,
    totals,
    years_until,
)
from recommender.emphasis.takeoff import BEFORE, takeoffs

TITLES = "titles"
CYCLE = 5  # years: plans begin, congresses meet and governments change as they did so long before


@dataclass(frozen=True, eq=False)
class Evidence:
    """The numbers of all terms as of a year, (n_terms,) each.

    present: whether it may be ranked. share, before: of the documents that mention it, in the last
    year and the three before, in [0, 1]; usual: the larger of before and the share of five years
    ago. stressed, stressed_before: likewise in headings and leads. said, said_before: how often it
    occurs in the last year, and in as many documents of the three before. titles: of the last three
    years; takeoff: see ``takeoffs``, None without titles.
    """

    present: Flags
    share: Floats
    before: Floats
    usual: Floats
    stressed: Floats
    stressed_before: Floats
    said: Floats
    said_before: Floats
    titles: Counts
    takeoff: Floats | None


def gather(history: History, as_of: int, titles_until: int, collection: str) -> Evidence | None:
    """Count what is known; None before the second year with documents.

    Raises KeyError when there is no such collection.
    """
    main = history.named(collection)
    years = years_until(main, as_of)
    if len(years) < 2:
        return None
    *earlier, last = years
    now, past = years[last], [column for year in earlier[-BEFORE:] for column in years[year]]
    before = _share(main, past)
    mentioned = totals(main.mentions, now)
    present = (mentioned >= LEAST) & history.subject & (history.since <= as_of)
    titles, takeoff = _research(history, titles_until, as_of, present)
    said_before = totals(main.occurrences, past) * np.float64(total(main, now) / total(main, past))
    return Evidence(
        present=present,
        share=mentioned / total(main, now),
        before=before,
        usual=np.maximum(before, _share(main, years[last - CYCLE])) if last - CYCLE in years else before,
        stressed=totals(main.stresses, now) / total(main, now),
        stressed_before=totals(main.stresses, past) / total(main, past),
        said=totals(main.occurrences, now).astype(np.float64),
        said_before=said_before,
        titles=titles,
        takeoff=takeoff,
    )


def _share(collection: Collection, columns: Columns) -> Floats:
    shares: Floats = totals(collection.mentions, columns) / total(collection, columns)
    return shares


def _research(history: History, until: int, as_of: int, among: Flags) -> tuple[Counts, Floats | None]:
    """Titles of each term in the last three years, and how often such terms became hot."""
    titles = next((c for c in history.collections if c.name == TITLES), None)
    if titles is None:
        return np.zeros(len(history.index), dtype=np.int64), None
    return takeoffs(titles, until, as_of, among)
