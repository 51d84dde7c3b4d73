"""What the editors choose, issue by issue: the list of each, changed one action at a time, exported."""

from collections import defaultdict
from datetime import datetime

from recommender.choices.events import Action, Event, Undo, clean_name
from recommender.choices.listing import Chosen, Listing, Lists, chosen_in, listing_of
from recommender.choices.store import open_choices
from recommender.office.errata import has_choices
from recommender.office.library import open_shelf
from recommender.workspace import Workspace


def list_of(workspace: Workspace, issue: str, user: str) -> Listing:
    """The list of an editor for an issue; an empty one of revision 0 before anything was decided."""
    if not has_choices(workspace):
        return Listing()
    with open_choices(workspace.choices, reading=True) as choices:
        return listing_of(choices.events(issue, clean_name(user)))


def decide(workspace: Workspace, issue: str, user: str, action: Action, seen: int, now: datetime) -> Listing:
    """Store an action (``action_of`` checks one from a page) and return the list as it then is.

    seen: the revision of the list the editor saw; ``Undo()`` takes back the last action. now: with
    its zone. When this returns, the action is on the disk. Raises ConflictError when another browser
    moved the list on, InputError where the corpus has no such issue; then nothing is stored.
    """
    name = clean_name(user)
    with open_shelf(workspace) as corpus:
        corpus.origin(issue)
    with open_choices(workspace.choices) as choices:
        choices.append(issue, name, now.isoformat(timespec="seconds"), action, seen)
        return listing_of(choices.events(issue, name))


def undo(workspace: Workspace, issue: str, user: str, seen: int, now: datetime) -> Listing:
    """``decide`` with ``Undo()``."""
    return decide(workspace, issue, user, Undo(), seen, now)


def lists_of(workspace: Workspace, issue: str | None = None) -> Lists:
    """Every editor's list, by (issue, user) in that order; of one issue, or of all."""
    by_place: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in read_events(workspace, issue):
        by_place[event.issue, event.user].append(event)
    return {place: listing_of(by_place[place]) for place in sorted(by_place)}


def chosen(workspace: Workspace, issue: str | None = None) -> tuple[Chosen, ...]:
    """Every decision that stands, by issue, editor and place in the editor's list."""
    return chosen_in(lists_of(workspace, issue))


def read_events(workspace: Workspace, issue: str | None = None) -> tuple[Event, ...]:
    """All events, of one issue or of all, oldest first; none before anything was decided."""
    if not has_choices(workspace):
        return ()
    with open_choices(workspace.choices, reading=True) as choices:
        return choices.events(issue)


def choices_revision(workspace: Workspace) -> int:
    """Moves on with every action of anybody; 0 before anything was decided."""
    if not has_choices(workspace):
        return 0
    with open_choices(workspace.choices, reading=True) as choices:
        return choices.revision()
