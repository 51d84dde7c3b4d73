"""The application: its pages, who is let in, and what is said when something goes wrong."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from recommender.errors import (
    ConflictError,
    GateError,
    InputError,
    IntegrityError,
    LockedError,
    RecommenderError,
    UsageError,
)
from recommender.evaluation.agreement import load_ahead
from recommender.web.forms import read_form
from recommender.web.guard import Bounds, Guard, Names
from recommender.web.jobs import Jobs
from recommender.web.pages import ROUTERS
from recommender.web.server import Server
from recommender.web.shelf import Shelf
from recommender.web.view import page, path_of
from recommender.workspace import Workspace

LOCAL = Names(frozenset({"127.0.0.1", "localhost", "::1"}))
_BOUNDS = Bounds()
UPLOADS = frozenset({"/issues/upload"})
# After the first page is there, before two editors are compared: SciPy's statistics and scikit-learn take
# 2 seconds of the processor to load, in the midst of a request all others wait with it.
_AHEAD = 5.0
_READING = ("GET", "HEAD")
_OPEN = ("/static/",)  # for anybody
_BEFORE_LOGIN = ("/login",)
_BEFORE_NAME = ("/login", "/logout", "/name", "/api/")


@dataclass(frozen=True, slots=True)
class Options:
    """How a server is to run. names: what it answers to. password: its Argon2 hash, "" for none."""

    names: Names = LOCAL
    password: str = ""
    bounds: Bounds = _BOUNDS


def create_app(workspace: Workspace, now: Callable[[], datetime], options: Options) -> Guard:
    """The application over a workspace, behind its guard. now: the clock, with a zone."""
    server = Server(workspace, now, options.password, Shelf(workspace), Jobs(workspace))

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        ahead = threading.Timer(_AHEAD, load_ahead)
        ahead.daemon = True
        ahead.start()
        yield
        ahead.cancel()
        server.jobs.close()

    app = FastAPI(
        title="recommender",
        lifespan=living,
        dependencies=[Depends(_admit)],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.server = server
    for router in ROUTERS:
        app.include_router(router)
    for kind in (RecommenderError, HTTPException, RequestValidationError, _Turned, Exception):
        app.add_exception_handler(kind, _said)
    return Guard(app, options.names, options.bounds, UPLOADS)


# -- who is let in --------------------------------------------------------------------------------


class _Turned(Exception):
    """The visitor must first go elsewhere."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


async def _admit(request: Request) -> AsyncIterator[None]:
    """Before every page: the password where one is asked, a name, and the token of every form; after it,
    the files that the form brought are gone."""
    if not path_of(request).startswith(_OPEN):
        _let_in(request)
        if request.method not in _READING:
            session = request.state.visitor.session
            request.state.form = await read_form(request, request.app.state.server.sessions, session)
    try:
        yield
    finally:
        await request.close()


def _let_in(request: Request) -> None:
    """Note who asks; _Turned or HTTPException for who may not go on."""
    server: Server = request.app.state.server
    path = path_of(request)
    request.state.visitor = visitor = server.sessions.visitor(request)
    reading = request.method in _READING
    closed = bool(server.password) and not path.startswith(_BEFORE_LOGIN)
    if closed and not server.sessions.is_signed_in(visitor.session, server.now().timestamp()):
        raise _Turned("/login") if reading and not _is_api(request) else HTTPException(401, _LOGIN_FIRST)
    if not visitor.name and not path.startswith(_BEFORE_NAME):
        raise _Turned(f"/name?next={quote(path, safe='')}") if reading else HTTPException(403, _NAME_FIRST)


_LOGIN_FIRST = "请先登录，再操作。登录后返回上一页刷新，重新提交。"
_NAME_FIRST = "请先填写名字，再操作：选择会记在这个名字下。"


def _is_api(request: Request) -> bool:
    return path_of(request).startswith("/api/")


# -- what is said when something goes wrong -------------------------------------------------------

_STATUS: dict[type[Exception], int] = {
    UsageError: 400,
    InputError: 404,
    LockedError: 409,
    ConflictError: 409,
    GateError: 409,
    IntegrityError: 500,
    RequestValidationError: 422,
}
_SAID = {
    404: "没有这个页面。请从上面的菜单进入。",
    405: "这个地址不能这样用。请从上面的菜单进入。",
    422: "地址里的内容不对。请从上面的菜单进入。",
    500: "程序出现意外，这次没有保存。请再试一次；还是这样，请把启动程序的窗口里的文字交给维护者。",
}


async def _said(request: Request, error: Exception) -> Response:
    """Any error as a page, or as JSON where JSON was asked for."""
    if isinstance(error, _Turned):
        return RedirectResponse(error.path, 303)
    status, headers = _STATUS.get(type(error), 500), None
    if isinstance(error, HTTPException):
        status, headers = error.status_code, error.headers
    text = _text_of(error, status)
    if _is_api(request):
        return JSONResponse({"error": text}, status, headers)
    response = page(request, "error.html", status, text=text, status_code=status)
    response.headers.update(headers or {})
    return response


def _text_of(error: Exception, status: int) -> str:
    if isinstance(error, RecommenderError):
        return str(error)
    if isinstance(error, HTTPException) and not error.detail.isascii():  # said by us, not by the framework
        return error.detail
    return _SAID.get(status, "这个请求不完整或太大，没有保存。请返回上一页再试。")
