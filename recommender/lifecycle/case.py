"""What the gate is asked to judge, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommender.config import Settings
from recommender.lifecycle.floors import Floors
from recommender.lifecycle.scores import IssueScore
from recommender.model import Model
from recommender.records import Issue


@dataclass(frozen=True, eq=False)
class Serving:
    """The model that serves, judged on the same issues as the new one."""

    version: str
    model: Model
    scores: Mapping[str, IssueScore]


@dataclass(frozen=True, eq=False)
class Case:
    """A new model with what it is compared with. issues: the corpus as it is now."""

    model: Model
    scores: Mapping[str, IssueScore]
    issues: Sequence[Issue]
    settings: Settings
    serving: Serving | None
    floors: Floors


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it passed, what was found, and what to look at when it did not."""

    name: str
    passed: bool
    text: str
    remedy: str = ""
