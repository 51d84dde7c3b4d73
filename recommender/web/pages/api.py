"""What scripts and other programs may ask, as JSON of stated types."""

from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from recommender.web.server import AtServer

router = APIRouter(prefix="/api")


class Trouble(BaseModel):
    """Why there is no answer, in Chinese."""

    error: str


class JobState(BaseModel):
    """How far a piece of long work is; ``done`` of ``of`` steps, 0 where the number is not known."""

    number: int
    kind: Literal["ingest", "retrain", "report", "compare"]
    name: str
    about: str
    by: str
    began: datetime
    state: Literal["running", "done", "failed", "cancelled"]
    step: str
    done: int
    of: int
    error: str
    result: dict[str, Any]


class IssueState(BaseModel):
    """An issue as the list shows it."""

    key: str
    kind: Literal["bulletin", "policy"]
    title: str
    number: int | None
    serial: int | None
    date: str | None
    documents: int
    picks: int
    warnings: int


_FAULTS: dict[int | str, dict[str, Any]] = {
    401: {"model": Trouble},
    404: {"model": Trouble},
    421: {"description": "not a name of this server"},
    422: {"model": Trouble},
}


@router.get("/jobs", responses=_FAULTS)
def jobs(server: AtServer) -> list[JobState]:
    """The latest pieces of long work, newest first."""
    return [JobState.model_validate(job, from_attributes=True) for job in server.jobs.recent()]


@router.get("/jobs/{number}", responses=_FAULTS)
def job(server: AtServer, number: int) -> JobState:
    """One piece of long work."""
    return JobState.model_validate(server.jobs.get(number), from_attributes=True)


@router.get("/issues", responses=_FAULTS)
def issues(server: AtServer) -> list[IssueState]:
    """Every issue in time order."""
    return [
        IssueState(
            **{name: getattr(issue, name) for name in ("key", "kind", "title", "number", "serial", "date")},
            documents=len(issue.documents),
            picks=len(issue.picks),
            warnings=len(issue.warnings),
        )
        for issue in server.shelf.issues()
    ]
