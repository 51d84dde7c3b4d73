"""One Report value a list: every form (screen, Markdown, text) draws it, so they cannot disagree."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.records import Issue, PickMatch, Suggestion

if TYPE_CHECKING:  # what is only named need not be loaded: ``show`` stays quick
    from recommender.recommend.profile import Profile


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic the issue stresses: its share now and its mean share in the other issues, 0 … 1."""

    label: str
    share: float
    usual: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report on one issue says.

    matches: how the issue's printed picks fare; empty where it has none. labels: earlier picks
    the ranking could learn from. model: the version that served.
    """

    issue: Issue
    model: str
    suggestions: tuple[Suggestion, ...]
    matches: tuple[PickMatch, ...]
    themes: tuple[Theme, ...]
    profile: "Profile"


def issue_name(issue: Issue) -> str:
    """How a reader names the issue: title, number and date.

    >>> issue_name(Issue("73", "bulletin", "某动态", number=3, serial=73, date="2023-05-10"))
    '某动态 第3期·总第73期（2023-05-10）'
    """
    numbers = [f"第{issue.number}期"] if issue.number is not None else []
    numbers += [f"总第{issue.serial}期"] if issue.serial is not None else []
    dated = f"（{issue.date}）" if issue.date else ""
    return " ".join(filter(None, (issue.title, "·".join(numbers)))) + dated
