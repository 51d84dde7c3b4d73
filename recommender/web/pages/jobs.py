"""Long work: how far it is, what came of it, a way to end it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.web.server import AtServer, Sent
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/jobs/{number}")
def one_job(request: Request, server: AtServer, number: int) -> Response:
    return page(request, "job.html", job=server.jobs.get(number))


@router.post("/jobs/{number}/cancel")
def cancel(server: AtServer, form: Sent, number: int) -> Response:
    server.jobs.cancel(number)
    return go(url("jobs", number), "cancelled")
