"""Suggestions against the editors' picks, over all issues."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.evaluation.agreement import Agreement, agreement
from recommender.evaluation.uptake import Learned
from recommender.office.choices import choices_revision, chosen, lists_of
from recommender.office.learned import ground_of, learned
from recommender.report.build import Outlook, issue_labels
from recommender.report.choices import choices_csv, choices_json
from recommender.report.wording import comparison_notes
from recommender.web.comparing import Kept, comparison_file, kept_comparison
from recommender.web.jobs import Job
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.shelf import state_of
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/comparison")
def comparison(request: Request, server: AtServer) -> Response:
    kept, (found, agreed) = _kept(server), _shown(server)
    labels = issue_labels(server.shelf.issues())
    return page(
        request,
        "comparison.html",
        kept=kept,
        outlook=Outlook(issues=tuple(labels.values())),
        notes=comparison_notes(kept.comparison) if kept else (),
        has_model=server.shelf.has_model(),
        running=server.jobs.running(),
        any_choice=choices_revision(server.workspace) > 0,
        learned=found,
        agreed=agreed,
    )


def _kept(server: Server) -> Kept | None:
    """The last comparison, read once a writing of its file."""
    state = state_of(comparison_file(server.workspace))
    return server.shelf.once("comparison", lambda: kept_comparison(server.workspace), state)


def _shown(server: Server) -> tuple[Learned | None, Agreement]:
    """What the choices of all editors show: told anew when one of them chooses, on a ground that stays."""
    home, shelf = server.workspace, server.shelf
    ground = shelf.once("ground", lambda: ground_of(home, shelf.issues()))

    def shown() -> tuple[Learned | None, Agreement]:
        lists = lists_of(home)
        return learned(lists, ground), agreement(lists)

    return shelf.once("shown", shown, choices_revision(home))


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
