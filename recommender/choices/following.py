"""What becomes of corrections when their issue is read anew from another file: a Word file comes for a PDF,
or the file was edited.

A correction follows where the text that it mends still stands; it is needless where that already reads
as it should; else it is lost, and a person has to look.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from recommender.choices.corrections import ISSUE, Change, Correction, correct
from recommender.fold import bare
from recommender.records import Issue


@dataclass(frozen=True, slots=True)
class Followed:
    """carried: what lies over the new reading, each with the one it follows. lost: what found no place."""

    carried: tuple[tuple[Correction, Change], ...]
    lost: tuple[Correction, ...]


def followed(issue: Issue, strays: Sequence[Correction]) -> Followed:
    """What becomes of corrections of an earlier reading. issue: the new one, as it is mended by now.
    strays: oldest first; later ones may mend what earlier ones made."""
    carried, lost = [], []
    for number, one in enumerate(strays):
        change = _found_again(issue, one)
        if change is not None:
            carried.append((one, change))
            issue = correct(issue, (change,))
        elif not _reads(issue, one) and not any(_goes_on(one, later) for later in strays[number + 1 :]):
            lost.append(one)
    return Followed(tuple(carried), tuple(lost))


def _found_again(issue: Issue, one: Correction) -> Change | None:
    """The change where its text stands now, nearest to where it stood; None where it does not."""
    change = one.change
    places = [change] if change.document == ISSUE else _places(issue, one, change.before)
    made = (place for place in places if correct(issue, (place,)) != issue)
    return next(made, None)


def _reads(issue: Issue, one: Correction) -> bool:
    """Whether the issue reads already as the correction would have it."""
    change = one.change
    if change.field == "pick":
        titles = [pick.title for pick in issue.picks]
        return change.after in titles if change.after else change.before not in titles
    if change.document == ISSUE:
        return _plain(issue.title if change.field == "title" else issue.date) == change.after
    return bool(_places(issue, one, change.after))


def _places(issue: Issue, one: Correction, text: str) -> list[Change]:
    """Where in the documents a text stands in the field of a correction: first in the document of that
    name, then by nearness. A date is found by its document's name alone, no other text nowhere."""
    change = one.change
    found = [
        replace(change, document=document, clause=clause)
        for document, clause, stands in _FIELDS[change.field](issue)
        if _plain(stands) == text
    ]

    def is_elsewhere(place: Change) -> bool:
        return bare(issue.documents[place.document].title) != bare(one.about)

    if change.field == "date":
        found = [place for place in found if one.about and not is_elsewhere(place)]
    elif not text:
        found = []

    def distance(place: Change) -> tuple[bool, int, int]:
        return is_elsewhere(place), abs(place.document - change.document), abs(place.clause - change.clause)

    return sorted(found, key=distance)


def _goes_on(one: Correction, later: Correction) -> bool:
    """Whether a later correction mends what an earlier one wrote."""
    a, b = one.change, later.change
    return (a.field, a.document, a.after) == (b.field, b.document, b.before)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


_Texts = Iterator[tuple[int, int, str | None]]  # (document, clause, what stands there)


def _titles(issue: Issue) -> _Texts:
    return ((place, -1, document.title) for place, document in enumerate(issue.documents))


def _dates(issue: Issue) -> _Texts:
    return ((place, -1, document.date) for place, document in enumerate(issue.documents))


def _headings(issue: Issue) -> _Texts:
    return (
        (place, number, clause.heading)
        for place, document in enumerate(issue.documents)
        for number, clause in enumerate(document.clauses)
    )


_FIELDS: dict[str, Callable[[Issue], _Texts]] = {"title": _titles, "date": _dates, "heading": _headings}
