"""Editors' lists for tests, made of actions as the page sends them."""

from recommender.choices.events import Accept, Action, Add, Edit, Event, Reject
from recommender.choices.listing import Listing, listing_of

Titles = str | tuple[str, ...]
AT = "2026-01-02T03:04:05+00:00"


def lists(
    user: str,
    *,
    issue: str = "1",
    accept: Titles = (),
    reject: Titles = (),
    add: Titles = (),
    edit: tuple[str, str] | None = None,
    reason: str = "",
    at: str = AT,
) -> dict[tuple[str, str], Listing]:
    """The list of one editor for one issue."""
    actions: list[Action] = [Accept(title) for title in _each(accept)]
    actions += [Reject(title, reason) for title in _each(reject)]
    actions += [Add(title) for title in _each(add)]
    actions += [Edit(*edit)] if edit else []
    events = [Event(number, at, user, issue, action) for number, action in enumerate(actions, 1)]
    return {(issue, user): listing_of(events)}


def _each(titles: Titles) -> tuple[str, ...]:
    return (titles,) if isinstance(titles, str) else titles
