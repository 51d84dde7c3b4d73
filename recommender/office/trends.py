"""The history of terms and topics: in the office's own corpus, and in the shipped background."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from recommender.emphasis.emerging import Emerging, rank_emerging
from recommender.emphasis.history import History, load_history
from recommender.emphasis.series import (
    Histories,
    Point,
    Series,
    Unit,
    all_periods,
    dated_documents,
    describe,
    history_series,
    period_of,
    term_series,
)
from recommender.errors import InputError
from recommender.model import Model
from recommender.office.desk import load_model, read_settings
from recommender.office.library import open_shelf
from recommender.records import Issue
from recommender.workspace import Workspace

OWN = "own"
TITLES = "titles"  # research titles tell what is studied, not what policy stresses
OWN_LABEL = "本库"
_ENOUGH = 5  # periods of one's own from which a history can be told from them alone
_MANY = 40  # issues from which a series by issue is too long to read


def term_histories(
    workspace: Workspace, terms: Sequence[str], source: str | None = None, unit: Unit | None = None
) -> Histories:
    """The series of each term. Without a source, the own corpus serves where it has enough periods,
    else the provincial reports of the background."""
    history = load_history()
    issues = _issues(workspace)
    by = unit or unit_of(issues)
    documents, undated = dated_documents(issues, by, read_settings(workspace).authority)
    periods = all_periods([document.period for document in documents], by)
    found, others, missing = [], [], []
    for term in terms:
        own = term_series(term, documents, periods, OWN_LABEL)
        shipped = background_series(term, history)
        series = _choose(own, shipped, source)
        if series is None:
            missing.append((term, nearest(term, history)))
            continue
        found.append(series)
        others.append(
            tuple(other for other in (own, *shipped.values()) if other is not series and _occurs(other))
        )
    return Histories(tuple(found), tuple(others), undated, tuple(missing))


def _issues(workspace: Workspace) -> tuple[Issue, ...]:
    if not workspace.corpus.exists():
        return ()
    with open_shelf(workspace) as corpus:
        return corpus.issues()


def unit_of(issues: Sequence[Issue]) -> Unit:
    """Issues by themselves while they are few, else years."""
    bulletins = sum(issue.kind == "bulletin" for issue in issues)
    return "issue" if bulletins == len(issues) <= _MANY else "year"


def background_series(term: str, history: History) -> dict[str, Series]:
    """The term in every collection of the background that knows it, by the collection's name."""
    row = history.index.get(term)
    if row is None:
        return {}
    return {c.name: history_series(term, row, c) for c in history.collections if c.name != TITLES}


def _choose(own: Series, shipped: dict[str, Series], source: str | None) -> Series | None:
    if source and source != OWN:
        known = [c.name for c in load_history().collections if c.name != TITLES]
        if source not in known:
            names = "、".join((OWN, *known))
            raise InputError(f"--source {source}：没有这个来源。可以写的有：{names}。")
        return shipped.get(source)
    has_own = _occurs(own)
    if source == OWN or (has_own and sum(point.of > 0 for point in own.points) >= _ENOUGH):
        return own if has_own else None
    return shipped.get("provincial") or (own if has_own else None)


def _occurs(series: Series) -> bool:
    return any(point.documents for point in series.points)


def nearest(term: str, history: History, count: int = 5) -> tuple[str, ...]:
    """The shipped terms whose wording is nearest."""
    found = process.extract(term, list(history.index), scorer=fuzz.ratio, limit=count, score_cutoff=40)
    return tuple(name for name, _, _ in found)


def emerging_terms(as_of: int | None, count: int) -> tuple[str, list[Emerging]]:
    """The terms that policy newly takes up as of a year, and that year; the last one without."""
    history = load_history()
    year = str(as_of) if as_of else history.named("provincial").periods[-1]
    return year, rank_emerging(history, year, count)


def topic_histories(workspace: Workspace, unit: Unit | None = None) -> tuple[Series, ...]:
    """The series of every topic of the serving model over the issues it learned from.

    A period's share is the mean emphasis of its issues on the topic; an issue "mentions" a topic
    it gives more than an even share.
    """
    _, model = load_model(workspace)
    issues = {issue.key: issue for issue in _issues(workspace)}
    known = [key for key in model.issues if key in issues]
    by = unit or unit_of([issues[key] for key in known])
    placed = [(key if by == "issue" else period_of(issues[key].date, by), key) for key in known]
    pairs = [(period, model.issues.index(key)) for period, key in placed if period]
    periods = all_periods([period for period, _ in pairs], by)
    return tuple(_topic(model, number, pairs, periods) for number in range(len(model.labels)))


def _topic(model: Model, number: int, pairs: Sequence[tuple[str, int]], periods: Sequence[str]) -> Series:
    points = []
    for period in periods:
        shares = [float(model.emphasis[row, number]) for name, row in pairs if name == period]
        mean = sum(shares) / len(shares) if shares else None
        points.append(Point(period, mean, sum(s > 1 / len(model.labels) for s in shares), len(shares)))
    return describe(model.labels[number], OWN_LABEL, points)
