"""The issues: what was read, what was understood of it, and new files."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.config import load_settings
from recommender.errors import LockedError
from recommender.intake.files import ENDINGS
from recommender.office.corrections import mended_issue
from recommender.web.forms import MOST_FILES
from recommender.web.jobs import Job
from recommender.web.pages.corrections import CALLED
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.uploads import keep_uploads
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/")
def all_issues(request: Request, server: AtServer) -> Response:
    limits = load_settings(server.workspace.settings).limits
    return page(
        request,
        "issues.html",
        issues=server.shelf.issues()[::-1],
        has_model=server.shelf.has_model(),
        running=server.jobs.running(),
        endings=ENDINGS,
        most_files=MOST_FILES,
        file_mb=limits.file_mb,
    )


@router.post("/issues/upload")
def upload(server: AtServer, visitor: Asking, form: Sent) -> Response:
    limits = load_settings(server.workspace.settings).limits
    kept = keep_uploads(server.workspace, form.files("files"), limits)
    if not kept:
        return go("/", "nothing")
    try:
        job = _start(server, visitor.name, tuple(map(str, kept)))
    except LockedError:
        return go("/", "waiting")
    return go(url("jobs", job.number))


@router.post("/issues/inbox")
def read_inbox(server: AtServer, visitor: Asking, form: Sent) -> Response:
    """Read whatever lies in the inbox, whoever put it there."""
    job = _start(server, visitor.name, (str(server.workspace.inbox),))
    return go(url("jobs", job.number))


def _start(server: Server, by: str, paths: tuple[str, ...]) -> Job:
    job = Job(0, "ingest", "读入动态", "", by, server.now())
    return server.jobs.start(job, paths)


@router.get("/issues/{key}")
def one_issue(request: Request, server: AtServer, key: str) -> Response:
    mended = mended_issue(server.workspace, key)
    return page(
        request,
        "issue.html",
        issue=mended.issue,
        corrections=mended.corrections,
        lost=mended.lost,
        revision=mended.revision,
        called=CALLED,
    )
