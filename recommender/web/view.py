"""Pages drawn: one environment of templates, the answers every page gives, the files beside them."""

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import PureWindowsPath
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from recommender.report import tables
from recommender.report.build import issue_name, issue_short
from recommender.report.colours import topic_colour
from recommender.report.context import context_of
from recommender.report.fonts import WEB_FAMILIES
from recommender.report.outline import REPAIRS, ROLES
from recommender.report.plain import printable
from recommender.report.trends import VERDICTS, verdict
from recommender.report.versions import STATES
from recommender.report.wording import GRADE_LABELS, SOURCE_LABELS, label_note, main_reasons
from recommender.web.drawing import axis, columns, highest
from recommender.web.sessions import is_encrypted, keep_session

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

# What a page says at its top after a form was done; the address names one, so none can be made up.
NOTICES = {
    "named": "名字已记下。",
    "saved": "已保存。",
    "undone": "已撤销。",
    "mended": "更正已保存，重新打开这一期时照更正后的内容显示。重新训练后，推荐也会随之改变。",
    "words": "词表已保存。重新训练后生效。",
    "rolled": "已退回上一个版本。",
    "promoted": "已启用这个版本。",
    "cancelled": "任务已取消。已经保存的内容不受影响。",
    "waiting": "文件已放进收件箱。另一个任务正在运行，等它结束后，请点“读入收件箱”。",
    "nothing": "没有选择文件。",
}


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for whoever asks; a browser without a session is given one."""
    visitor = getattr(request.state, "visitor", None)
    text = (
        environment()
        .get_template(template)
        .render(
            **values,
            visitor=visitor,
            path=path_of(request),
            is_open=bool(request.app.state.server.password) and not is_encrypted(request),
            notice=NOTICES.get(request.query_params.get("said", ""), ""),
        )
    )
    response = HTMLResponse(text, status)
    if visitor and visitor.is_new:
        keep_session(request, response, visitor.session)
    return response


def path_of(request: Request) -> str:
    """The path that is asked for, as the routes see it: ``request.url`` is put together with the Host
    header, which says what the visitor likes."""
    path: str = request.scope["path"]
    return path


def go(path: str, said: str = "", mark: str = "") -> Response:
    """Answer a form: the browser then asks for a page, which may be loaded again without harm.

    said: a key of NOTICES. mark: the place on the page.
    """
    query = f"?{urlencode({'said': said})}" if said else ""
    return RedirectResponse(f"{path}{query}{f'#{mark}' if mark else ''}", 303)


def url(*parts: object) -> str:
    """An address of this server; keys in it are quoted whole.

    >>> url("issues", "2023/5")
    '/issues/2023%2F5'
    """
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


def file_name(path: str) -> str:
    """The last part of a path of any system: a page does not say where on the machine a file lies.

    >>> file_name("/office/data/inbox/73.docx"), file_name("C:\\\\office\\\\73.docx")
    ('73.docx', '73.docx')
    """
    return PureWindowsPath(path).name


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, everything escaped, a missing value an error."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("recommender.web"), PackageLoader("recommender.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    shared = (
        *(context_of, issue_name, issue_short, label_note, main_reasons, topic_colour, verdict),
        *(url, static_url, axis, columns, highest, file_name),
    )
    made.globals |= {function.__name__: function for function in shared}
    made.globals |= {
        **{"tables": tables, "SOURCE_LABELS": SOURCE_LABELS, "GRADE_LABELS": GRADE_LABELS},
        **{"STATES": STATES, "VERDICTS": VERDICTS, "REPAIRS": REPAIRS, "ROLES": ROLES},
    }
    return made


# -- the files beside the pages -------------------------------------------------------------------


@lru_cache(maxsize=1)
def static_files() -> dict[str, tuple[str, bytes]]:
    """Every static file by its name: (type, content). Nothing else can be asked for."""
    folder = files("recommender.web").joinpath("static")
    found = {
        file.name: file.read_bytes() for file in folder.iterdir() if file.name.partition(".")[2] in _TYPES
    }
    style = files("recommender.report").joinpath("templates", "page.css")  # reports and pages look alike
    found["page.css"] = style.read_bytes().replace(b"FAMILIES", WEB_FAMILIES.encode())
    return {name: (_TYPES[name.partition(".")[2]], content) for name, content in found.items()}


def static_url(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={sha256(static_files()[name][1]).hexdigest()[:12]}"
