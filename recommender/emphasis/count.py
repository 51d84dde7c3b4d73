"""Count collections of public text into a History: which terms, how many documents a period."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.emphasis.history import Counted, History, tally
from recommender.emphasis.sources import Row, read_rows
from recommender.emphasis.vocabulary import FREE, discover, plus_terms, runs_of, terms_in
from recommender.features.phrases import Words
from recommender.features.segment import Cut, segmenter

_MIN_DOCUMENTS = 5
_MIN_PERIODS = 5  # a collection of fewer gives words, but no history
_LEAD = 40  # characters of a paragraph's first sentence that count as its lead
_YEAR, _MONTH = 4, 7  # characters of an ISO period
_COMPLETE = 2 / 3  # of the usual number of documents; a thinner beginning is left out


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One collection. defining: whether its text defines terms (titles only use them)."""

    name: str
    label: str
    paths: tuple[Path, ...]
    defining: bool = True


def build_history(specs: Sequence[SourceSpec]) -> History:
    """Read, find the terms, count. The same files in any order give the same history."""
    cut = segmenter()
    rows = {spec.name: [row for path in sorted(spec.paths) for row in read_rows(path)] for spec in specs}
    texts = [row for spec in specs if spec.defining for row in rows[spec.name]]
    phrases = discover([runs_of(f"{row.title}\n{row.text}", cut) for row in texts])
    counted = {spec.name: _count(rows[spec.name], phrases, cut) for spec in specs}
    index = _index(counted[spec.name] for spec in specs if spec.defining)
    joined = {"".join(words): free for words, free in phrases.items()}
    freedom = np.array([joined.get(term, FREE) for term in index], dtype=np.float32)
    tallied = (tally(spec.name, spec.label, counted[spec.name], index) for spec in specs)
    return History(index, freedom, tuple(c for c in tallied if len(c.periods) >= _MIN_PERIODS))


def periods_of(dates: Sequence[str]) -> list[str]:
    """The period of each date, "" for one that is left out: undated, or before the collection is
    complete.

    Months where documents come all year round, two a month or more; else years.
    """
    months = {date[5:_MONTH] for date in dates if len(date) >= _MONTH}
    years = {date[:_YEAR] for date in dates if date}
    unit = _MONTH if len(months) >= 8 and len(dates) >= 24 * len(years) else _YEAR
    periods = [date[:unit] if len(date) >= unit else "" for date in dates]
    counts = Counter(period for period in periods if period)
    usual = statistics.median(counts.values()) if counts else 0
    full = [period for period in sorted(counts) if unit == _MONTH or counts[period] >= _COMPLETE * usual]
    return [period if full and period >= full[0] else "" for period in periods]


def _count(rows: Sequence[Row], phrases: dict[Words, float], cut: Cut) -> list[Counted]:
    periods = periods_of([row.date for row in rows])
    return [
        _count_row(row, period, phrases, cut) for row, period in zip(rows, periods, strict=True) if period
    ]


def _count_row(row: Row, period: str, phrases: dict[Words, float], cut: Cut) -> Counted:
    whole, lead = f"{row.title}\n{row.text}", leads(row)
    return Counted(
        period,
        frozenset(terms_in(runs_of(whole, cut), phrases)) | plus_terms(whole, cut),
        frozenset(terms_in(runs_of(lead, cut), phrases)) | plus_terms(lead, cut),
    )


def leads(row: Row) -> str:
    """The title, and the head of every paragraph: where a text says what it means most."""
    firsts = (re.split("[。；]", line.strip("#* 　"))[0][:_LEAD] for line in row.text.split("\n"))
    return "\n".join((row.title, *filter(None, firsts)))


def _index(counted: Iterable[Iterable[Counted]]) -> dict[str, int]:
    """Terms mentioned by enough documents, in code-point order."""
    counts = Counter(term for documents in counted for document in documents for term in document.mentioned)
    kept = sorted(term for term, count in counts.items() if count >= _MIN_DOCUMENTS)
    return {term: row for row, term in enumerate(kept)}
