"""An editor's list for an issue: a pure fold over the events of that editor and issue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Literal

from recommender.choices.events import Accept, Action, Add, Edit, Event, Order, Reject, Remove, Undo

Verdict = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a direction.

    title: as suggested, or as the editor first wrote it; it names the direction. wording: as it is to
    be printed. own: the editor's, not suggested. at: when it was last decided on (ISO 8601).
    """

    title: str
    verdict: Verdict
    wording: str
    reason: str = ""
    own: bool = False
    at: str = ""

    @property
    def edited(self) -> bool:
        return self.wording != self.title


@dataclass(frozen=True, slots=True)
class Listing:
    """decisions: in the editor's order. revision: id of the last event, 0 for none; who appends an
    event says which revision was seen. can_undo: whether an undo would change anything."""

    decisions: tuple[Decision, ...] = ()
    revision: int = 0
    can_undo: bool = False

    @property
    def accepted(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.verdict == "accepted")

    @property
    def rejected(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.verdict == "rejected")


_Decisions = Mapping[str, Decision]  # by title, in the editor's order


def listing_of(events: Iterable[Event]) -> Listing:
    """The list that the events of one editor on one issue lead to, oldest first.

    Total: whatever the events, they lead somewhere. An action on a direction that is not on the list
    puts it there, or does nothing where there is nothing to do.
    """
    effective: list[Event] = []
    revision = 0
    for event in events:
        revision = event.id
        if not isinstance(event.action, Undo):
            effective.append(event)
        elif effective:
            effective.pop()
    start: _Decisions = {}
    decisions = reduce(_after, effective, start)
    return Listing(tuple(decisions.values()), revision, bool(effective))


def _after(decisions: _Decisions, event: Event) -> _Decisions:
    return _STEPS[type(event.action)](decisions, event.action, event.at)


def _decided(decisions: _Decisions, title: str, **changes: Any) -> _Decisions:
    known = decisions.get(title) or Decision(title, "accepted", title)
    return {**decisions, title: replace(known, **changes)}


def _accept(decisions: _Decisions, action: Accept, at: str) -> _Decisions:
    return _decided(decisions, action.title, verdict="accepted", reason="", at=at)


def _reject(decisions: _Decisions, action: Reject, at: str) -> _Decisions:
    return _decided(decisions, action.title, verdict="rejected", reason=action.reason, at=at)


def _edit(decisions: _Decisions, action: Edit, at: str) -> _Decisions:
    changes = {"verdict": "accepted", "wording": action.wording, "reason": "", "at": at}
    return _decided(decisions, action.title, **changes)


def _add(decisions: _Decisions, action: Add, at: str) -> _Decisions:
    own = action.title not in decisions or decisions[action.title].own
    return _decided(decisions, action.title, verdict="accepted", reason="", own=own, at=at)


def _remove(decisions: _Decisions, action: Remove, at: str) -> _Decisions:
    return {title: one for title, one in decisions.items() if title != action.title}


def _order(decisions: _Decisions, action: Order, at: str) -> _Decisions:
    named = [title for title in action.titles if title in decisions]
    return {title: decisions[title] for title in dict.fromkeys((*named, *decisions))}


_STEPS: Mapping[type[Action], Callable[[_Decisions, Any, str], _Decisions]] = {
    Accept: _accept,
    Reject: _reject,
    Edit: _edit,
    Add: _add,
    Remove: _remove,
    Order: _order,
}


# -- the lists of all editors -----------------------------------------------------------------------

Lists = Mapping[tuple[str, str], Listing]  # by (issue, user)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One decision of one editor, as it is shown and exported."""

    issue: str
    user: str
    decision: Decision


def chosen_in(lists: Lists) -> tuple[Chosen, ...]:
    """Every decision of the lists, in their order."""
    return tuple(
        Chosen(issue, user, decision)
        for (issue, user), listing in lists.items()
        for decision in listing.decisions
    )
