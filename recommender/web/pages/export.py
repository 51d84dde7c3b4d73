"""An issue as files: the forms of ``report``, made outside the request, and given to the browser."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.errors import UsageError
from recommender.office.choices import lists_of
from recommender.office.exports import MOST, export_name, exported_file, exports_of
from recommender.report.files import DOCUMENTS
from recommender.web.forms import Form
from recommender.web.jobs import Job
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.view import go, page, url

router = APIRouter()
LABELS = {
    "docx": "Word 文档（公文格式）",
    "html": "网页（离线可看）",
    "xlsx": "Excel 表格",
    "md": "Markdown 全文",
    "txt": "清单",
}


@router.get("/issues/{key}/export")
def choose_forms(request: Request, server: AtServer, key: str) -> Response:
    issue = server.shelf.issue(key)
    if not server.shelf.has_model():
        return page(request, "no_model.html", issue=issue, current="export")
    return page(
        request,
        "export.html",
        issue=issue,
        labels=LABELS,
        exports=exports_of(server.workspace, issue.key),
        most=MOST,
        running=server.jobs.running(),
        editors=_editors(server, issue.key),
    )


@router.post("/issues/{key}/export")
def write_files(server: AtServer, visitor: Asking, form: Sent, key: str) -> Response:
    issue = server.shelf.issue(key)
    wanted = [one for one in DOCUMENTS if one in form.lines("form")]
    if not wanted:
        raise UsageError("没有选择要导出的格式。请至少选一种，再导出。")
    job = Job(0, "report", "导出报告", issue.key, visitor.name, server.now())
    name = export_name(server.now())
    started = server.jobs.start(job, (issue.key, ",".join(wanted), _whose(server, issue.key, form), name))
    return go(url("jobs", started.number))


def _whose(server: Server, key: str, form: Form) -> str:
    """The editor whose list is to be written, as the record has the name; "" for the program's own."""
    sent = form.line("editor", 40)
    return next((user for user in _editors(server, key) if user == sent), "")


def _editors(server: Server, key: str) -> dict[str, int]:
    """How many directions each editor took, where there are any."""
    lists = lists_of(server.workspace, key)
    return {user: len(one.accepted) for (_, user), one in lists.items() if one.accepted}


@router.get("/issues/{key}/exports/{export}/{form}")
def download(server: AtServer, key: str, export: str, form: str) -> Response:
    """A file that was written for a stored issue; no part of the address names a path."""
    issue = server.shelf.issue(key)
    name, content = exported_file(server.workspace, issue.key, export, form)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type="application/octet-stream", headers=headers)
