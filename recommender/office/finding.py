"""What a check of the workspace found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, how it went, what was found, what to do ("" where nothing).

    exit_code: what the program ends with when this is the worst finding.
    """

    check: str
    state: State
    text: str
    remedy: str = ""
    exit_code: int = 0
