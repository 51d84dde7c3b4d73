"""Suggestions against the editors' picks, over all issues."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.report.build import Outlook, issue_labels
from recommender.report.wording import comparison_notes
from recommender.web.comparing import kept_comparison
from recommender.web.jobs import Job
from recommender.web.server import Asking, AtServer, Sent
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/comparison")
def comparison(request: Request, server: AtServer) -> Response:
    kept = kept_comparison(server.workspace)
    labels = issue_labels(server.shelf.issues())
    return page(
        request,
        "comparison.html",
        kept=kept,
        outlook=Outlook(issues=tuple(labels.values())),
        notes=comparison_notes(kept.comparison) if kept else (),
        has_model=server.shelf.has_model(),
        running=server.jobs.running(),
    )


@router.post("/comparison")
def compare_anew(server: AtServer, visitor: Asking, form: Sent) -> Response:
    job = server.jobs.start(Job(0, "compare", "对照全部各期", "", visitor.name, server.now()), ())
    return go(url("jobs", job.number))
