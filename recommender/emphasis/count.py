"""Count collections of public text into a History: which terms, how many documents a period."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.emphasis.history import Counted, History, tally
from recommender.emphasis.sources import Row, read_rows
from recommender.emphasis.vocabulary import FREE, Words, discover, plus_terms, runs_of, terms_in
from recommender.features.segment import Cut, segmenter

_MIN_DOCUMENTS = 5
_LEAD = 40  # characters of a paragraph's first sentence that count as its lead


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """How one collection is counted. unit: length of an ISO period, 4 for years, 7 for months.

    since: the first period. defining: whether its text defines terms (titles only use them).
    """

    name: str
    label: str
    paths: tuple[Path, ...]
    unit: int = 4
    since: str = ""
    defining: bool = True


def build_history(specs: Sequence[SourceSpec]) -> History:
    """Read, find the terms, count. The same files in any order give the same history."""
    cut = segmenter()
    rows = {spec.name: [row for path in sorted(spec.paths) for row in read_rows(path)] for spec in specs}
    texts = [row for spec in specs if spec.defining for row in rows[spec.name]]
    phrases = discover([runs_of(f"{row.title}\n{row.text}", cut) for row in texts])
    counted = {spec.name: _count(rows[spec.name], spec, phrases, cut) for spec in specs}
    index = _index(counted[spec.name] for spec in specs if spec.defining)
    joined = {"".join(words): free for words, free in phrases.items()}
    freedom = np.array([joined.get(term, FREE) for term in index], dtype=np.float32)
    collections = (tally(spec.name, spec.label, counted[spec.name], index) for spec in specs)
    return History(index, freedom, tuple(collections))


def _count(rows: Iterable[Row], spec: SourceSpec, phrases: dict[Words, float], cut: Cut) -> list[Counted]:
    return [
        _count_row(row, row.date[: spec.unit], phrases, cut)
        for row in rows
        if len(row.date) >= spec.unit and row.date >= spec.since
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
