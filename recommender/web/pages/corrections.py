"""Mending by hand what was read wrongly: a title, a date, a heading, a pick."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from recommender.choices.corrections import ISSUE, Change, Field, change_of
from recommender.errors import ConflictError, UsageError
from recommender.office.corrections import mend, mended_issue, opposite
from recommender.records import Issue
from recommender.web.server import Asking, AtServer, Sent, Server
from recommender.web.view import go, page, url

router = APIRouter()
CALLED = {"title": "标题", "date": "日期", "heading": "条款标题", "pick": "编辑选题"}
Place = Annotated[int, Query(ge=ISSUE, le=100_000)]


@router.get("/issues/{key}/mend")
def ask(
    request: Request,
    server: AtServer,
    key: str,
    field: Field,
    document: Place = ISSUE,
    clause: Place = 0,
) -> Response:
    mended = mended_issue(server.workspace, key)
    before = _read(mended.issue, field, document, clause)
    return page(
        request,
        "mend.html",
        issue=mended.issue,
        revision=mended.revision,
        change=Change(field, document, clause, before, before),
        called=CALLED,
    )


def _read(issue: Issue, field: Field, document: int, clause: int) -> str:
    """What stands now in a place; "" for a pick to be added."""
    try:
        found = _standing(issue, field, document, clause)
    except IndexError:
        raise UsageError("没有要更正的这个地方。请回到这一期的页面，从列表里选。") from None
    return " ".join((found or "").split())


def _standing(issue: Issue, field: Field, document: int, clause: int) -> str | None:
    if field == "pick":
        return issue.picks[clause].title if 0 <= clause < len(issue.picks) else ""
    if document == ISSUE:
        return issue.title if field == "title" else issue.date if field == "date" else ""
    place = issue.documents[document]
    if field == "heading":
        return place.clauses[max(clause, 0)].heading
    return place.title if field == "title" else place.date


@router.post("/issues/{key}/mend")
def mend_place(request: Request, server: AtServer, visitor: Asking, form: Sent, key: str) -> Response:
    change = change_of(
        form.line("field", 20),
        ISSUE if form.line("document") == "-1" else form.number("document", "文件"),
        form.number("clause", "条款"),
        form.line("before", 1000),
        "" if form.line("drop") else form.line("after", 1000),
    )
    seen = form.number("seen", "页面的版本")
    try:
        mend(server.workspace, key, change, visitor.name, seen, server.now())
    except ConflictError:
        return _conflict(request, server, key, change, seen)
    return go(url("issues", key), "mended")


def _conflict(request: Request, server: Server, key: str, change: Change, seen: int) -> Response:
    """What the editor wrote beside what others wrote since, and the place as it stands now."""
    mended = mended_issue(server.workspace, key)
    return page(
        request,
        "mend_conflict.html",
        409,
        issue=mended.issue,
        revision=mended.revision,
        change=change,
        stands=_stands(mended.issue, change),
        others=[one for one in mended.corrections if one.id > seen],
        called=CALLED,
    )


def _stands(issue: Issue, change: Change) -> str | None:
    """What stands now where a change was to be made; None where there is no such place any more."""
    if change.field == "pick":
        titles = [pick.title for pick in issue.picks]
        return change.before if change.before in ("", *titles) else None
    try:
        return _read(issue, change.field, change.document, change.clause)
    except UsageError:
        return None


@router.post("/issues/{key}/unmend")
def take_back(server: AtServer, visitor: Asking, form: Sent, key: str) -> Response:
    """Take a correction back, by the opposite one."""
    number = form.number("correction", "更正")
    known = mended_issue(server.workspace, key)
    for one in known.corrections:
        if one.id == number:
            back = opposite(one.change)
            mend(server.workspace, key, back, visitor.name, form.number("seen", "页面的版本"), server.now())
            return go(url("issues", key), "undone")
    raise UsageError("没有这一处更正。请刷新页面后再试。")
