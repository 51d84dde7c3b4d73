"""How strongly policy stresses a term, period by period.

Emphasis of a period: over its documents, the sum of authority × place divided by the sum of
authority; place is where the term stands at best: title 1, heading 0.75, text 0.5, nowhere 0.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.emphasis.bursts import Burst, find_bursts
from recommender.emphasis.history import Collection
from recommender.emphasis.season import adjusted, peak_season, window_of, without_returning
from recommender.emphasis.trends import Trend, find_trend
from recommender.fold import fold
from recommender.records import Document, Issue, Level

Unit = Literal["issue", "month", "quarter", "year"]

TITLE, HEADING, TEXT = 1.0, 0.75, 0.5
_FIRST_YEAR = "1949"


@dataclass(frozen=True, slots=True)
class Point:
    """One period. share: its emphasis in [0, 1], None without documents. documents mention the
    term, of so many."""

    period: str
    share: float | None
    documents: int
    of: int


@dataclass(frozen=True, slots=True)
class Series:
    """A term's history. partial: the last period has clearly fewer documents than is usual. peak: the
    part of the year it returns in, ``03`` or ``Q1``, "" where it follows no season."""

    term: str
    source: str
    points: tuple[Point, ...]
    trend: Trend
    bursts: tuple[Burst, ...]
    partial: bool
    peak: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A document as series see it, its texts folded. period: of the unit asked for."""

    period: str
    weight: float
    title: str
    headings: str
    text: str


@dataclass(frozen=True, slots=True)
class Histories:
    """series: of each term in the source asked for or the best there is. background: the same terms
    in the other collections. undated, misdated: documents left out. missing: terms that never
    occur, with the nearest that do."""

    series: tuple[Series, ...]
    background: tuple[tuple[Series, ...], ...]
    undated: int
    misdated: int
    missing: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Documents with their periods, and how many were left out: those without a date, and those
    whose date cannot be, in the future or before the People's Republic."""

    documents: tuple[Dated, ...]
    undated: int
    misdated: int


def dated_documents(
    issues: Iterable[Issue], unit: Unit, authority: Mapping[Level, float], today: str
) -> Placed:
    """The documents of some issues by period. A document without a date has the date of its issue.

    today: ISO date; a later one is a misprint, as is one before 1949.
    """
    documents: list[Dated] = []
    left_out = Counter[str]()
    for issue in issues:
        for document in issue.documents:
            date = document.date or issue.date
            period = issue.key if unit == "issue" else period_of(date, unit)
            if period is None:
                left_out["undated"] += 1
            elif unit != "issue" and not _FIRST_YEAR <= period[:4] <= today[:4]:
                left_out["misdated"] += 1
            else:
                documents.append(_dated(document, period, authority))
    return Placed(tuple(documents), left_out["undated"], left_out["misdated"])


def _dated(document: Document, period: str, authority: Mapping[Level, float]) -> Dated:
    headings = "\n".join(clause.heading for clause in document.clauses)
    text = "\n".join(clause.text for clause in document.clauses)
    return Dated(period, authority[document.level], fold(document.title), fold(headings), fold(text))


def period_of(date: str | None, unit: Unit) -> str | None:
    """The period a date falls in; None where the date is not precise enough.

    >>> period_of("2023-05-10", "quarter"), period_of("2023", "month")
    ('2023-Q2', None)
    """
    if not date:
        return None
    if unit == "year":
        return date[:4]
    if len(date) < 7:
        return None
    return date[:7] if unit == "month" else f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"


def all_periods(present: Sequence[str], unit: Unit) -> list[str]:
    """The periods from first to last, those without documents included; issues as they are.

    >>> all_periods(["2023-Q4", "2024-Q2"], "quarter")
    ['2023-Q4', '2024-Q1', '2024-Q2']
    """
    if unit == "issue" or not present:
        return list(dict.fromkeys(present))
    parts = {"year": 1, "quarter": 4, "month": 12}[unit]
    numbers = sorted({_number(period, parts) for period in present})
    return [_name(number, unit, parts) for number in range(numbers[0], numbers[-1] + 1)]


def _number(period: str, parts: int) -> int:
    return int(period[:4]) * parts + (int(period[5:].lstrip("Q")) - 1 if parts > 1 else 0)


def _name(number: int, unit: Unit, parts: int) -> str:
    year, part = divmod(number, parts)
    return {"year": f"{year}", "quarter": f"{year}-Q{part + 1}", "month": f"{year}-{part + 1:02d}"}[unit]


def term_series(term: str, documents: Sequence[Dated], periods: Sequence[str], source: str) -> Series:
    """The series of any term over dated documents; periods in order, see ``all_periods``."""
    wanted = fold(term)
    sums = {period: [0.0, 0.0, 0, 0] for period in periods}
    for document in documents:
        place = _place(wanted, document)
        row = sums[document.period]
        row[0] += document.weight * place
        row[1] += document.weight
        row[2] += place > 0
        row[3] += 1
    points = [
        Point(period, row[0] / row[1] if row[1] else None, int(row[2]), int(row[3]))
        for period, row in sums.items()
    ]
    return describe(term, source, points)


def _place(wanted: str, document: Dated) -> float:
    if wanted in document.title:
        return TITLE
    if wanted in document.headings:
        return HEADING
    return TEXT if wanted in document.text else 0.0


def history_series(term: str, row: int, collection: Collection) -> Series:
    """The series of a shipped term in a collection of the background; a stressed term stands in a
    heading or the lead of a paragraph."""
    mentions = collection.mentions.row(row).tolist()
    stresses = collection.stresses.row(row).tolist()
    points = [
        Point(
            period, (TEXT * (mentioned - stressed) + HEADING * stressed) / of if of else None, mentioned, of
        )
        for period, mentioned, stressed, of in zip(
            collection.periods, mentions, stresses, collection.documents.tolist(), strict=True
        )
    ]
    return describe(term, collection.label, points)


def describe(term: str, source: str, points: Sequence[Point]) -> Series:
    """Points with their trend and bursts; bursts count documents, the trend looks at shares.

    What returns every year is said as the peak of the year, and is neither trend nor burst.
    """
    counts = [point.of for point in points if point.of]
    usual = statistics.median(counts[:-1]) if len(counts) > 1 else 0
    periods, shares = [point.period for point in points], [point.share for point in points]
    bursts = find_bursts([point.documents for point in points], [point.of for point in points])
    peak = peak_season(periods, shares)
    return Series(
        term,
        source,
        tuple(points),
        find_trend(adjusted(periods, shares) if peak else shares, window_of(periods)),
        tuple(without_returning(bursts, periods) if peak else bursts),
        partial=bool(counts) and counts[-1] < usual / 2,
        peak=peak,
    )
