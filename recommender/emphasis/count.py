"""Count collections of public text into a History: which terms, how many documents a period."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from recommender.emphasis.discovery import LEAST, discover
from recommender.emphasis.history import History, common_among
from recommender.emphasis.sources import Row
from recommender.emphasis.tally import Counted, tally
from recommender.emphasis.vocabulary import Run, names_subject, plus_terms, runs_of, terms_in
from recommender.features.phrases import Words
from recommender.features.segment import Cut, part_of_speech, segmenter
from recommender.parallel import ALONE, Workers, mapped

_LEAD = 40  # characters of a paragraph's first sentence that count as its lead
_YEAR, _MONTH = 4, 7  # characters of an ISO period
# A beginning thinner than this share of the fullest of the next years is left out. Not of all years: what
# comes much later must not change the history of the years before it.
_COMPLETE, _NEXT = 2 / 3, 3


@dataclass(frozen=True, slots=True)
class Source:
    """One collection to count. defining: whether its text defines terms (titles only use them)."""

    name: str
    label: str
    rows: Sequence[Row]
    defining: bool = True


def build_history(sources: Sequence[Source], workers: Workers = ALONE) -> History:
    """Find the terms and count them. The same documents in any order, counted by anyone, give the same
    history."""
    defining = [source for source in sources if source.defining]
    texts = (row for source in defining for row in source.rows)
    phrases = discover(((row.date, f"{row.title}\n{row.text}") for row in texts), _runs, workers)
    counted = {source.name: _count(source.rows, phrases, workers) for source in sources}
    index = _index(counted[source.name] for source in defining)
    since, subject = _facts(index, phrases)
    tallied = tuple(tally(source.name, source.label, counted[source.name], index) for source in sources)
    return History(index, since, subject, tallied, common_among(since, tallied))


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
    order = sorted(counts)
    sizes = [counts[period] for period in order]
    following = [max(sizes[i + 1 : i + 1 + _NEXT], default=0) for i in range(len(order))]
    full = [
        period
        for period, size, next_ones in zip(order, sizes, following, strict=True)
        if unit == _MONTH or size >= _COMPLETE * next_ones
    ]
    return [period if full and period >= full[0] else "" for period in periods]


def _runs(text: str) -> list[Run]:
    return runs_of(text, segmenter())


def _count(rows: Sequence[Row], phrases: Collection[Words], workers: Workers) -> list[Counted]:
    periods = periods_of([row.date for row in rows])
    dated = [(row, period) for row, period in zip(rows, periods, strict=True) if period]
    return mapped(partial(_count_row, frozenset(phrases)), dated, workers)


def _count_row(phrases: Collection[Words], dated: tuple[Row, str]) -> Counted:
    (row, period), cut = dated, segmenter()
    whole, lead = f"{row.title}\n{row.text}", leads(row)
    said, stressed = _terms(whole, phrases, cut), _terms(lead, phrases, cut)
    return Counted(period, said, frozenset(stressed))


def _terms(text: str, phrases: Collection[Words], cut: Cut) -> Counter[str]:
    """How often each term stands in a text; those that end in a plus sign count once."""
    found = Counter("".join(words) for words in terms_in(runs_of(text, cut), phrases))
    found.update(plus_terms(text, cut))
    return found


def leads(row: Row) -> str:
    """The title, and the head of every paragraph: where a text says what it means most."""
    firsts = (re.split("[。；]", line.strip("#* 　"))[0][:_LEAD] for line in row.text.split("\n"))
    return "\n".join((row.title, *filter(None, firsts)))


def _index(counted: Iterable[Iterable[Counted]]) -> dict[str, int]:
    """Terms mentioned by enough documents, in code-point order."""
    counts = Counter(term for documents in counted for document in documents for term in document.mentioned)
    kept = sorted(term for term, count in counts.items() if count >= LEAST)
    return {term: row for row, term in enumerate(kept)}


def _facts(index: Iterable[str], phrases: Mapping[Words, int]) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """Since when each term is one, and whether it may name a subject; one text may be cut in two ways."""
    tag = part_of_speech()
    ways: dict[str, list[Words]] = defaultdict(list)
    for words in phrases:
        ways["".join(words)].append(words)
    since = [min((phrases[words] for words in ways.get(term, ())), default=0) for term in index]
    subject = [any(names_subject(words, tag) for words in ways.get(term, [(term,)])) for term in index]
    return np.array(since, dtype=np.int16), np.array(subject, dtype=np.bool_)
