"""What policy stresses: any term or topic over time, with the clauses behind every point."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.emphasis.series import Point, Series, period_of
from recommender.errors import UsageError
from recommender.office.mentions import Mention, mentions_of
from recommender.office.topics import topic_histories
from recommender.office.trends import OWN_LABEL, term_histories, usual_unit
from recommender.records import Issue
from recommender.report.build import issue_labels
from recommender.report.plain import printable
from recommender.report.topics import TopicHistories
from recommender.web.server import AtServer, Server
from recommender.web.view import page

router = APIRouter()
_LONGEST = 40


@router.get("/emphasis")
def emphasis(request: Request, server: AtServer, q: str = "") -> Response:
    term = " ".join(printable(q).split())
    if len(term) > _LONGEST:
        raise UsageError(f"词语太长：最多 {_LONGEST} 个字。请缩短后再查。")
    found = server.shelf.once(("term", term, server.today), lambda: _histories(server, term)) if term else {}
    return page(
        request,
        "emphasis.html",
        term=term,
        found=found,
        topics=_topics(server),
        names=_names(server.shelf.issues()),
    )


def _topics(server: Server) -> TopicHistories | None:
    if not server.shelf.has_model():
        return None
    return server.shelf.once("topics", lambda: topic_histories(server.workspace))


def _histories(server: Server, term: str) -> dict[str, Any]:
    """The series of a term, in the source that tells most and the others, and its clauses by point."""
    workspace, issues = server.workspace, server.shelf.issues()
    histories = term_histories(workspace, [term], server.today)
    pairs = zip(histories.series, histories.background, strict=True)
    series = [one for first, rest in pairs for one in (first, *rest)]
    mentions = mentions_of(term, issues)
    behind = {one.source: _by_point(one, mentions, issues) for one in series if one.source == OWN_LABEL}
    return {"series": series, "behind": behind, "missing": histories.missing, "mentions": mentions}


def _by_point(
    series: Series, mentions: Sequence[Mention], issues: Sequence[Issue]
) -> list[tuple[int, Point, list[Mention]]]:
    """The periods of a series that have clauses: their places from 1, the points, the clauses."""
    unit = usual_unit(issues)
    periods = [one.issue if unit == "issue" else period_of(one.date, unit) for one in mentions]
    found = [
        [one for one, period in zip(mentions, periods, strict=True) if period == point.period]
        for point in series.points
    ]
    places = range(1, len(found) + 1)
    return [one for one in zip(places, series.points, found, strict=True) if one[2]]


def _names(issues: Sequence[Issue]) -> dict[str, str]:
    """How a reader names each issue, by key."""
    return {key: label.name for key, label in issue_labels(issues).items()}
