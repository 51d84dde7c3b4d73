"""Mending what was read wrongly in an issue, and what was mended before."""

from dataclasses import dataclass
from datetime import datetime

from recommender.choices.corrections import ISSUE, Change, Correction, correct, corrections_for, errata_of
from recommender.choices.events import clean_name
from recommender.choices.store import corrections_revision, open_choices
from recommender.errors import ConflictError, UsageError
from recommender.office.errata import lost_corrections, read_corrections
from recommender.office.library import open_shelf
from recommender.records import Issue
from recommender.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Mended:
    """An issue as it is now, what was mended in it (oldest first), and the revision of that. lost: what
    was mended in an earlier reading of it and found no place in this one."""

    issue: Issue
    corrections: tuple[Correction, ...]
    revision: int
    lost: tuple[Correction, ...] = ()


def mended_issue(workspace: Workspace, key: str) -> Mended:
    """A stored issue with its corrections; InputError for none of that key."""
    known = read_corrections(workspace)
    with open_shelf(workspace) as corpus:
        issue, origin = corpus.get(key), corpus.origin(key)
        lost = lost_corrections(corpus, [one for one in known if one.issue == key])
    found = corrections_for(errata_of(known), *origin)
    return Mended(issue, found, corrections_revision(found), lost)


def mend(workspace: Workspace, key: str, change: Change, user: str, seen: int, now: datetime) -> Mended:
    """Mend a place of a stored issue; everything reads it so from now on, as if it were printed.

    change: as ``change_of`` checks it. seen: the revision the editor saw. now: with its zone.
    Raises ConflictError when another mended the issue since, UsageError where what is to be mended
    is not there, InputError for no such issue; then nothing is stored. To take a correction back,
    make the opposite one.
    """
    with open_shelf(workspace) as corpus:
        issue, origin = corpus.get(key), corpus.origin(key)
    if correct(issue, (change,)) == issue:
        if mended_issue(workspace, key).revision != seen:
            raise ConflictError(f"第 {key} 期刚有别人更正过，这次的更正没有保存。请刷新页面后再改。")
        raise UsageError(f"第 {key} 期的这个地方已经不是“{change.before}”。请刷新页面后再改。")
    at = now.isoformat(timespec="seconds")
    about = issue.documents[change.document].title if change.document != ISSUE else ""
    correction = Correction(0, at, clean_name(user), key, origin.content, origin.file, change, about)
    with open_choices(workspace.choices) as choices:
        choices.mend(correction, seen)
    return mended_issue(workspace, key)


def opposite(change: Change) -> Change:
    """The change that takes another one back."""
    return Change(change.field, change.document, change.clause, change.after, change.before)
