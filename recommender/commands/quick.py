"""The values of a command line without Pydantic, where nothing needs to be made of them.

Typer converts every value by Pydantic, which takes longer to import than a stored issue to show.
Plain text, a path, one of some words and a whole number in its range are taken here; all else, and
all that is wrong, is left to Typer and its messages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

_LONGEST = 9  # digits


def quickened(parameters: list[Any]) -> list[Any]:
    """The parameters of a command, which now try the quick way first."""
    for parameter in parameters:
        if "get_runtime_param" not in vars(parameter):
            quick = _Quick(parameter.type_descriptor, parameter.get_runtime_param)
            parameter.get_runtime_param = quick.itself
    return parameters


@dataclass(frozen=True)
class _Quick:
    """Stands where Typer has its converter. descriptor: what it knows of the type; slow: gives Typer's."""

    descriptor: Any
    slow: Callable[[], Any]

    def itself(self) -> "_Quick":
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None and not param.multiple and param.nargs == 1:
            return None
        taken = _taken(value, self.descriptor)
        return self.slow().coerce(value, param=param, ctx=ctx) if taken is None else taken


def _taken(value: Any, descriptor: Any) -> Any:
    """The value as the command wants it; None where Typer should see to it."""
    kind = descriptor.annotation
    if not isinstance(kind, type) or not isinstance(value, str) or not _is_text(value):
        return value if isinstance(kind, type) and issubclass(kind, Enum) and type(value) is kind else None
    if issubclass(kind, Enum):
        return next((member for member in kind if member.value == value), None)
    if kind is int and value.isascii() and value.isdecimal() and len(value) <= _LONGEST:
        low, high = descriptor.parameter_info.min, descriptor.parameter_info.max
        number = int(value)
        return number if (low is None or low <= number) and (high is None or number <= high) else None
    return kind(value) if kind in (str, Path) else None


def _is_text(value: str) -> bool:
    """Whether it holds whole characters, not the bytes of an argument in another encoding, and no NUL."""
    try:
        return b"\0" not in value.encode()
    except UnicodeEncodeError:
        return False
