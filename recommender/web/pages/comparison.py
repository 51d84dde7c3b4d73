"""Suggestions against the editors' picks, over all issues."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.office.choices import chosen, read_events
from recommender.office.learned import agreement_of, learned
from recommender.report.build import Outlook, issue_labels
from recommender.report.choices import choices_csv, choices_json
from recommender.report.wording import comparison_notes
from recommender.web.comparing import kept_comparison
from recommender.web.jobs import Job
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.view import go, page, url
from recommender.workspace import Workspace

router = APIRouter()
T = TypeVar("T")


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
        learned=_once_a_choice(server, "learned", lambda home: learned(home, server.shelf.once)),
        agreed=_once_a_choice(server, "agreed", agreement_of),
    )


def _once_a_choice(server: Server, name: str, make: Callable[[Workspace], T]) -> T:
    """What the choices of all editors show, made anew when one of them chooses."""
    events = read_events(server.workspace)
    return server.shelf.once((name, events[-1].id if events else 0), lambda: make(server.workspace))


@router.get("/choices.csv")
def choices_as_table(server: AtServer) -> Response:
    return _download(choices_csv(chosen(server.workspace)), "choices.csv", "text/csv")


@router.get("/choices.json")
def choices_as_json(server: AtServer) -> Response:
    return _download(choices_json(chosen(server.workspace)), "choices.json", "application/json")


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f"attachment; filename={name}"})


@router.post("/comparison")
def compare_anew(server: AtServer, visitor: Asking, form: Sent) -> Response:
    job = server.jobs.start(Job(0, "compare", "对照全部各期", "", visitor.name, server.now()), ())
    return go(url("jobs", job.number))
