"""What an editor mended in an issue as it was read: a title, a date, a heading, a pick.

The corpus keeps what was read; corrections lie over it. Each says what stood there before, and mends
only that: a later version of the program that reads the place right, or an edited file, needs it no
more, and it does no harm.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any, Literal, TypeVar, get_args

from recommender.choices.events import MAX_TITLE, clean_text
from recommender.errors import UsageError
from recommender.records import Clause, Document, Issue, Pick

Field = Literal["title", "date", "heading", "pick"]
FIELDS: tuple[Field, ...] = get_args(Field)
ISSUE = -1  # the document of a correction that concerns the issue's own title or date, or a pick
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LONGEST = 2 * MAX_TITLE  # titles of joint notices are long
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Change:
    """A misreading put right.

    field: what it is; document, clause: where, from 0. title and date of the issue itself: document −1;
    pick: document −1, and the pick's place in the list as clause. before: what was read, "" where
    nothing was (a pick added by hand); after: what it should be, "" for nothing (a pick taken out).
    """

    field: Field
    document: int
    clause: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A change with who made it and when (ISO 8601), and of which issue.

    id: its place in the order of all corrections, from 1. issue: the key it had then. content, file:
    SHA-256 of the issue as it was read and of its file; either is enough to know it again. about: the
    title of its document. follows: the id of the one it repeats over another reading of the issue, 0
    for none.
    """

    id: int
    at: str
    user: str
    issue: str
    content: str
    file: str
    change: Change
    about: str = ""
    follows: int = 0


def correct(issue: Issue, changes: Iterable[Change]) -> Issue:
    """The issue with the changes made, in their order; one whose ``before`` is not there does nothing."""
    return reduce(lambda mended, change: _FIELDS[change.field](mended, change), changes, issue)


Errata = Mapping[str, Sequence[Correction]]
NO_ERRATA: Errata = {}


def errata_of(corrections: Iterable[Correction]) -> Errata:
    """Corrections by the hashes they are found under, oldest first."""
    found: dict[str, list[Correction]] = {}
    for correction in sorted(corrections, key=lambda one: one.id):
        for digest in {correction.content, correction.file} - {""}:
            found.setdefault(digest, []).append(correction)
    return found


def corrections_for(errata: Errata, content: str, file: str) -> tuple[Correction, ...]:
    """Those of an issue by its hashes, each once, oldest first."""
    found = {one.id: one for digest in (content, file) for one in errata.get(digest, ())}
    return tuple(found[number] for number in sorted(found))


def change_of(field: Any, document: Any, clause: Any, before: Any, after: Any) -> Change:
    """A change from what a page sends, checked and cleaned; UsageError says what is wrong."""
    if field not in FIELDS:
        raise UsageError(f"不能更正“{str(field)[:20]}”。可以更正的有：标题、日期、条款标题、选题。")
    if not all(isinstance(place, int) and not isinstance(place, bool) for place in (document, clause)):
        raise UsageError("更正的位置不对。请刷新页面后再试。")
    was, now = clean_text(before, "原来的内容", _LONGEST), clean_text(after, "更正的内容", _LONGEST)
    if field == "date" and now and not _is_date(now):
        raise UsageError(f"“{now}”不是日期。请写成 2024-03-10、2024-03 或 2024。")
    if was == now or not (now or field in ("date", "pick")):
        raise UsageError("更正的内容是空的，或与原来一样。请改正后再试。")
    return Change(field, document, clause, was, now)


def _is_date(text: str) -> bool:
    """ISO 8601 of any of the three precisions, of a day that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _title(issue: Issue, change: Change) -> Issue:
    if change.document == ISSUE:
        return replace(issue, title=change.after) if _same(issue.title, change) else issue
    return _in_document(issue, change, _titled)


def _titled(document: Document, change: Change) -> Document:
    """With another title, and what a title says: name and issuers."""
    from recommender.intake.agencies import level_of  # readers of files, which most issues do without
    from recommender.intake.titles import split_title

    if not _same(document.title, change):
        return document
    parts = split_title(change.after)
    issuers = parts.issuers or document.issuers
    level = level_of(issuers[0]) if parts.issuers else document.level
    return replace(document, title=change.after, name=parts.name, issuers=issuers, level=level)


def _date(issue: Issue, change: Change) -> Issue:
    if change.document == ISSUE:
        return replace(issue, date=change.after or None) if _same(issue.date or "", change) else issue
    return _in_document(issue, change, _dated)


def _dated(document: Document, change: Change) -> Document:
    return replace(document, date=change.after or None) if _same(document.date or "", change) else document


def _heading(issue: Issue, change: Change) -> Issue:
    return _in_document(issue, change, _headed)


def _headed(document: Document, change: Change) -> Document:
    def headed(clause: Clause) -> Clause:
        return replace(clause, heading=change.after) if _same(clause.heading, change) else clause

    return replace(document, clauses=_at(document.clauses, change.clause, headed))


def _pick(issue: Issue, change: Change) -> Issue:
    """Change, take out, or add a pick; one by hand is printed as written. Picks are known by what they
    say: their places move as others come and go."""
    titles = [pick.title for pick in issue.picks]
    if not change.before:
        place = min(max(change.clause, 0), len(titles))
        new = () if change.after in titles else (Pick(change.after, change.after),)
        return replace(issue, picks=(*issue.picks[:place], *new, *issue.picks[place:]))
    places = [place for place, title in enumerate(titles) if title == change.before]
    if not places:
        return issue
    place = min(places, key=lambda found: abs(found - change.clause))
    mended = (replace(issue.picks[place], title=change.after),) if change.after else ()
    return replace(issue, picks=(*issue.picks[:place], *mended, *issue.picks[place + 1 :]))


def _in_document(issue: Issue, change: Change, mend: Callable[[Document, Change], Document]) -> Issue:
    documents = _at(issue.documents, change.document, lambda document: mend(document, change))
    return replace(issue, documents=documents)


def _at(values: tuple[_T, ...], place: int, mend: Callable[[_T], _T]) -> tuple[_T, ...]:
    return tuple(mend(value) if number == place else value for number, value in enumerate(values))


def _same(text: str, change: Change) -> bool:
    """Whether what was read still stands here; the page shows it without the gaps of the print."""
    return " ".join(text.split()) == change.before


_FIELDS: Mapping[Field, Callable[[Issue, Change], Issue]] = {
    "title": _title,
    "date": _date,
    "heading": _heading,
    "pick": _pick,
}
