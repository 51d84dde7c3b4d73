"""The suggestions of an issue with their evidence, and what the editor makes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from recommender.choices.events import Action, Order, action_of
from recommender.choices.listing import Listing
from recommender.errors import ConflictError, UsageError
from recommender.evaluation.agreement import agreement
from recommender.office.choices import decide, list_of, lists_of
from recommender.records import Suggestion
from recommender.report.build import Report
from recommender.web.forms import Form
from recommender.web.server import Asking, AtServer, Sent
from recommender.web.view import go, page, url

router = APIRouter()


@router.get("/issues/{key}/suggestions")
def suggestions(request: Request, server: AtServer, visitor: Asking, key: str) -> Response:
    if not server.shelf.has_model():
        return page(request, "no_model.html", issue=server.shelf.issue(key), current="suggestions")
    report = server.shelf.report(key)
    listing = list_of(server.workspace, report.issue.key, visitor.name)
    return page(request, "suggestions.html", **_shown(report, listing))


def _shown(report: Report, listing: Listing) -> dict[str, Any]:
    return {
        "report": report,
        "issue": report.issue,
        "listing": listing,
        "decided": {decision.title: decision for decision in listing.decisions},
        "widest": widest(report.suggestions),
    }


def widest(suggestions: Sequence[Suggestion]) -> float:
    """The largest contribution of any reason: its bar fills its place."""
    reasons = (reason for one in suggestions for reason in one.reasons)
    return max((abs(reason.contribution) for reason in reasons), default=0) or 1


@router.post("/issues/{key}/choices")
def choose(request: Request, server: AtServer, visitor: Asking, form: Sent, key: str) -> Response:
    listing = list_of(server.workspace, key, visitor.name)
    action = _action(form, listing)
    seen = form.number("seen", "页面的版本")
    try:
        decide(server.workspace, key, visitor.name, action, seen, server.now())
    except ConflictError as error:
        now = list_of(server.workspace, key, visitor.name)
        values = _shown(server.shelf.report(key), now)
        fields = {name: form.line(name, 500) for name in ("action", "title", "wording", "reason")}
        return page(request, "conflict.html", 409, text=str(error), fields=fields, **values)
    said = "undone" if fields_of(form)["action"] == "undo" else "saved"
    return go(url("issues", key, "suggestions"), said, mark=form.line("mark", 20) or "mine")


def fields_of(form: Form) -> Mapping[str, str]:
    """What every form of the page sends."""
    return {"action": form.needed("action", "操作", 20), "title": form.line("title")}


def _action(form: Form, listing: Listing) -> Action:
    """What a form asks for; a title of other wording is an edit, a step up or down a whole order."""
    fields = fields_of(form)
    name, title = fields["action"], fields["title"]
    wording = form.line("wording")
    if name == "accept" and wording and wording != title:
        return action_of("edit", {"title": title, "wording": wording})
    if name in ("up", "down"):
        return Order(_moved(listing, title, -1 if name == "up" else 1))
    payloads: Mapping[str, dict[str, Any]] = {
        "reject": {"title": title, "reason": form.line("reason", 500)},
        "edit": {"title": title, "wording": wording},
        "order": {"titles": form.lines("titles")},
        "undo": {},
    }
    return action_of(name, payloads.get(name, {"title": title}))


def _moved(listing: Listing, title: str, by: int) -> tuple[str, ...]:
    """The titles of the list with one of them a place further up or down among those that are in it."""
    titles = [decision.title for decision in listing.accepted]
    if title not in titles:
        raise UsageError(f"“{title}”不在清单里，不能移动。请刷新页面后再试。")
    place = titles.index(title)
    titles.insert(max(place + by, 0), titles.pop(place))
    return tuple(titles)


@router.get("/issues/{key}/side")
def side_by_side(request: Request, server: AtServer, key: str) -> Response:
    if not server.shelf.has_model():
        return page(request, "no_model.html", issue=server.shelf.issue(key), current="side")
    report = server.shelf.report(key)
    lists_by_place = lists_of(server.workspace, report.issue.key)
    lists = {user: listing for (_, user), listing in lists_by_place.items()}
    suggested = [one.title for one in report.suggestions]
    others = [decision.title for listing in lists.values() for decision in listing.decisions]
    decided = {
        user: {decision.title: decision for decision in listing.decisions} for user, listing in lists.items()
    }
    return page(
        request,
        "side.html",
        issue=report.issue,
        report=report,
        titles=tuple(dict.fromkeys((*suggested, *others))),
        ranks={one.title: one.rank for one in report.suggestions},
        matches={match.matched: match for match in report.matches if match.matched},
        decided=decided,
        agreed=agreement(lists_by_place),
    )
