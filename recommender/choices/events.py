"""What an editor can do to the list of an issue: one frozen value an action, plain JSON on disk.

A direction is named by its ``title`` as it was suggested, or as the editor first wrote it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, get_args

from recommender.errors import UsageError

MAX_TITLE, MAX_REASON, MAX_USER, MAX_ORDER = 120, 500, 40, 500


@dataclass(frozen=True, slots=True)
class Accept:
    """Take a suggested direction into the list."""

    title: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Leave a direction out, with the reason in the editor's words ("" for none given)."""

    title: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Take a direction in other words; again, for other words still."""

    title: str
    wording: str


@dataclass(frozen=True, slots=True)
class Add:
    """Put a direction of one's own into the list."""

    title: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take back what was decided on a direction: it is undecided again."""

    title: str


@dataclass(frozen=True, slots=True)
class Order:
    """Bring the list into this order; directions not named follow as they stood."""

    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last action that still counts."""


Action = Accept | Reject | Edit | Add | Remove | Order | Undo
ACTIONS: Mapping[str, type[Action]] = {kind.__name__.lower(): kind for kind in get_args(Action)}


@dataclass(frozen=True, slots=True)
class Event:
    """An action, who did it to the list of which issue, and when (ISO 8601 with its zone).

    id: its place in the order of all events, from 1.
    """

    id: int
    at: str
    user: str
    issue: str
    action: Action


def name_of(action: Action) -> str:
    """The name an action is stored under.

    >>> name_of(Accept("推进贸易数字化研究"))
    'accept'
    """
    return type(action).__name__.lower()


def payload_of(action: Action) -> dict[str, Any]:
    """The fields of an action as JSON values; ``action_of`` reads them again."""
    return asdict(action)


def action_of(name: Any, payload: Any) -> Action:
    """The action of a name and its fields, checked and cleaned of what no title has.

    Takes whatever JSON holds; raises UsageError for an unknown name, a field that is missing, unknown
    or no text, an empty or overlong title.

    >>> action_of("reject", {"title": " 推进贸易数字化研究 ", "reason": "已立项"})
    Reject(title='推进贸易数字化研究', reason='已立项')
    """
    kind = ACTIONS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UsageError(f"没有“{str(name)[:20]}”这种操作。可以用的有：{'、'.join(ACTIONS)}。")
    if not isinstance(payload, dict):
        raise UsageError(f"{name}：内容的形式不对。请刷新页面后再试。")
    if unknown := set(payload) - set(kind.__dataclass_fields__):
        raise UsageError(f"{name}：不认识 {'、'.join(sorted(map(str, unknown)))[:60]}。请刷新页面后再试。")
    try:
        return kind(**{field: _CHECKS[field](value) for field, value in payload.items()})
    except TypeError:
        raise UsageError(f"{name}：缺少内容。请刷新页面后再试。") from None


def clean_text(value: Any, what: str, limit: int) -> str:
    """Text on one line without control characters; UsageError when it is none, or too long."""
    if not isinstance(value, str):
        raise UsageError(f"{what}应当是文字。请刷新页面后再试。")
    kept = (char for char in value if char.isspace() or unicodedata.category(char)[0] != "C")
    text = " ".join("".join(kept).split())
    if len(text) > limit:
        raise UsageError(f"{what}有 {len(text)} 个字，最多 {limit} 个。请改短后再试。")
    return text


def clean_name(value: Any) -> str:
    """An editor's name as it is stored; UsageError for none, or one too long."""
    name = clean_text(value, "姓名", MAX_USER)
    if not name:
        raise UsageError("没有写姓名。请先写上姓名，选择才能记在名下。")
    return name


def _title(value: Any) -> str:
    title = clean_text(value, "题目", MAX_TITLE)
    if not title:
        raise UsageError("题目是空的。请写上题目后再试。")
    return title


def _reason(value: Any) -> str:
    return clean_text(value, "理由", MAX_REASON)


def _titles(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > MAX_ORDER:
        raise UsageError(f"顺序应当是不超过 {MAX_ORDER} 个题目。请刷新页面后再试。")
    return tuple(dict.fromkeys(map(_title, value)))


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "title": _title,
    "wording": _title,
    "reason": _reason,
    "titles": _titles,
}
