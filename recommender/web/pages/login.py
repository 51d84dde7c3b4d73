"""The password, where one is asked, and the name that choices are recorded under."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from recommender.errors import UsageError
from recommender.web.password import is_password
from recommender.web.server import Asking, AtServer, Sent
from recommender.web.sessions import clean_name, keep_name, keep_session
from recommender.web.view import go, page, static_files

router = APIRouter()


@router.get("/login")
def ask_password(request: Request, server: AtServer) -> Response:
    return page(request, "login.html", wrong=False) if server.password else go("/")


@router.post("/login")
def give_password(request: Request, server: AtServer, visitor: Asking, form: Sent) -> Response:
    if not server.password:
        return go("/")
    address = request.client.host if request.client else ""
    now = server.now().timestamp()
    if not server.tries.allow(address, now):
        raise HTTPException(429, "密码试得太多了。请过一刻钟再试。", {"Retry-After": "900"})
    with server.tries.one:
        right = is_password(server.password, form.text("password", 1000))
    if not right:
        return page(request, "login.html", 401, wrong=True)
    server.tries.clear(address)
    response = go("/")
    keep_session(request, response, server.sessions.sign_in(visitor.session, now))
    return response


@router.post("/logout")
def leave(server: AtServer, visitor: Asking) -> Response:
    server.sessions.sign_out(visitor.session)
    return go("/login" if server.password else "/")


@router.get("/name")
def ask_name(request: Request, next: str = "/") -> Response:
    return page(request, "name.html", next=_own_path(next))


@router.post("/name")
def give_name(request: Request, form: Sent) -> Response:
    name = clean_name(form.line("name"))
    if not name:
        raise UsageError("没有填写名字。请填好再提交。")
    response = go(_own_path(form.line("next")), "named")
    keep_name(request, response, name)
    return response


def _own_path(path: str) -> str:
    """A path of this server; anything that could lead elsewhere becomes the first page.

    >>> _own_path("/models"), _own_path("//evil.example"), _own_path("https://evil.example")
    ('/models', '/', '/')
    """
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path.partition("?")[0].partition("#")[0] if plain and "\\" not in path else "/"


@router.get("/static/{name}")
def static(name: str) -> Response:
    if name not in static_files():
        raise HTTPException(404)
    kind, content = static_files()[name]
    return Response(content, media_type=kind, headers={"Cache-Control": "max-age=31536000, immutable"})
