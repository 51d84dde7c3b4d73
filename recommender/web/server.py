"""What every page is given: the workspace, who asks, what the form brought."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from recommender.web.forms import Form
from recommender.web.jobs import Jobs
from recommender.web.password import Tries
from recommender.web.sessions import Sessions, Visitor
from recommender.web.shelf import Shelf
from recommender.workspace import Workspace


@dataclass(frozen=True)
class Server:
    """One running server. password: its Argon2 hash, "" where none is asked. now: the clock, with a zone."""

    workspace: Workspace
    now: Callable[[], datetime]
    password: str
    shelf: Shelf
    jobs: Jobs
    sessions: Sessions = field(default_factory=Sessions)
    tries: Tries = field(default_factory=Tries)

    @property
    def today(self) -> str:
        return self.now().date().isoformat()


async def _server(request: Request) -> Server:
    found: Server = request.app.state.server
    return found


async def _visitor(request: Request) -> Visitor:
    found: Visitor = request.state.visitor
    return found


async def _form(request: Request) -> Form:
    found: Form = request.state.form
    return found


AtServer = Annotated[Server, Depends(_server)]
Asking = Annotated[Visitor, Depends(_visitor)]
Sent = Annotated[Form, Depends(_form)]
