"""The history of terms and topics: in the office's own corpus, and in the shipped background."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from recommender.emphasis import history
from recommender.emphasis.history import History, load_history, read_history
from recommender.emphasis.series import (
    Histories,
    Series,
    Unit,
    all_periods,
    dated_documents,
    history_series,
    term_series,
)
from recommender.errors import InputError
from recommender.office.desk import read_settings
from recommender.office.library import stored_issues
from recommender.records import Issue
from recommender.workspace import Workspace

OWN = "own"
TITLES = "titles"  # research titles tell what is studied, not what policy stresses
OWN_LABEL = "本库"
_ENOUGH = 5  # periods of one's own from which a history can be told from them alone
_MANY = 40  # issues from which a series by issue is too long to read


def known_histories(workspace: Workspace) -> tuple[History, ...]:
    """The histories in use: the office's own background, where it built one, then the shipped one."""
    own = workspace.background / history.DATA
    return (*([read_history(own)] if own.exists() else []), load_history())


def term_histories(
    workspace: Workspace,
    terms: Sequence[str],
    today: str,
    source: str | None = None,
    unit: Unit | None = None,
) -> Histories:
    """The series of each term. Without a source, the own corpus serves where it has enough periods,
    else the provincial reports of the background. today: ISO date, after which none can be."""
    known = known_histories(workspace)
    issues = stored_issues(workspace)
    by = unit or usual_unit(issues)
    placed = dated_documents(issues, by, read_settings(workspace).authority, today)
    periods = all_periods([document.period for document in placed.documents], by)
    found, others, missing = [], [], []
    for term in terms:
        own = term_series(term, placed.documents, periods, OWN_LABEL)
        shipped = background_series(term, known)
        series = _choose(own, shipped, source, known)
        if series is None:
            missing.append((term, nearest(term, known)))
            continue
        found.append(series)
        others.append(
            tuple(other for other in (own, *shipped.values()) if other is not series and _occurs(other))
        )
    return Histories(tuple(found), tuple(others), placed.undated, placed.misdated, tuple(missing))


def usual_unit(issues: Sequence[Issue]) -> Unit:
    """Issues by themselves while they are few, else years."""
    bulletins = sum(issue.kind == "bulletin" for issue in issues)
    return "issue" if bulletins == len(issues) <= _MANY else "year"


def background_series(term: str, known: Sequence[History]) -> dict[str, Series]:
    """The term in every collection of the background that knows it, by the collection's name; of two
    collections of one name the first, which is the office's own."""
    found: dict[str, Series] = {}
    for one in known:
        if term not in one.index:
            continue
        for collection in one.collections:
            if collection.name not in (TITLES, *found):
                found[collection.name] = history_series(term, one.index[term], collection)
    return found


def _choose(
    own: Series, shipped: dict[str, Series], source: str | None, known: Sequence[History]
) -> Series | None:
    if source and source != OWN:
        names = dict.fromkeys(c.name for one in known for c in one.collections if c.name != TITLES)
        if source not in names:
            choice = "、".join((OWN, *names))
            raise InputError(f"--source {source}：没有这个来源。可以写的有：{choice}。")
        return shipped.get(source)
    has_own = _occurs(own)
    if source == OWN or (has_own and sum(point.of > 0 for point in own.points) >= _ENOUGH):
        return own if has_own else None
    return shipped.get("provincial") or next(iter(shipped.values()), None) or (own if has_own else None)


def _occurs(series: Series) -> bool:
    return any(point.documents for point in series.points)


def nearest(term: str, known: Sequence[History], count: int = 5) -> tuple[str, ...]:
    """The terms of the background whose wording is nearest."""
    names = dict.fromkeys(name for one in known for name in one.index)
    found = process.extract(term, list(names), scorer=fuzz.ratio, limit=count, score_cutoff=40)
    return tuple(name for name, _, _ in found)
