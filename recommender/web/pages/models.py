"""The versions of the model: which serves, how each did, what changed, training anew, and back."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.evaluation.metrics import MEASURES
from recommender.office import versions
from recommender.report.versions import render_diff, render_version
from recommender.web.jobs import Job
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/models")
def all_versions(request: Request, server: AtServer) -> Response:
    listed = server.shelf.once("versions", lambda: versions.listing(server.workspace))
    return page(
        request,
        "models.html",
        listed=listed,
        trained={one.version: _trained(one, server) for one in listed},
        measures=MEASURES,
        running=server.jobs.running(),
        has_issues=bool(server.shelf.issues()),
    )


def _trained(one: versions.Listed, server: Server) -> str:
    """When a version was trained, by the server's clock on the wall; "" where it does not say."""
    try:
        at = datetime.fromisoformat(str(one.facts.get("trained_at", "")))
    except ValueError:
        return ""
    return f"{at.astimezone(server.now().tzinfo):%Y-%m-%d %H:%M}"


@router.get("/models/diff")
def difference(request: Request, server: AtServer, old: str = "", new: str = "") -> Response:
    before, after, found = server.shelf.once(
        ("diff", old, new), lambda: versions.diff(server.workspace, old or None, new or None)
    )
    return page(request, "text.html", heading="两个版本的差别", text=render_diff(before, after, found))


@router.get("/models/version")
def one_version(request: Request, server: AtServer, name: str = "") -> Response:
    found = versions.show(server.workspace, name or None)
    text = render_version(found.version, found.state, found.facts)
    return page(request, "text.html", heading="一个版本", text=text)


@router.post("/models/retrain")
def retrain(server: AtServer, visitor: Asking, form: Sent) -> Response:
    job = server.jobs.start(Job(0, "retrain", "重新训练", "", visitor.name, server.now()), ())
    return go(url("jobs", job.number))


@router.post("/models/rollback")
def roll_back(server: AtServer, form: Sent) -> Response:
    versions.roll_back(server.workspace, server.now())
    return go("/models", "rolled")


@router.post("/models/promote")
def promote(server: AtServer, form: Sent) -> Response:
    name = form.needed("version", "版本")
    versions.promote(server.workspace, name, form.line("because"), server.now())
    return go("/models", "promoted")
