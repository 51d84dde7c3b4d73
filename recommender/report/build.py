"""One Report value a list: every form (screen, Markdown, Word, page …) draws it, so they cannot disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.records import Comparison, Issue, PickMatch, Suggestion

if TYPE_CHECKING:  # what is only named need not be loaded: ``show`` stays quick
    from recommender.emphasis.series import Series
    from recommender.recommend.profile import Profile


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic the issue stresses: its share now and its mean share in the other issues, 0 … 1."""

    label: str
    share: float
    usual: float


@dataclass(frozen=True, slots=True)
class IssueLabel:
    """An issue as a chart or a table names it: its key, a short name and its date (None if unknown)."""

    key: str
    name: str
    date: str | None


@dataclass(frozen=True, slots=True)
class TopicHistory:
    """A topic over the issues of ``Outlook.issues``. id: kept across retraining. shares: its emphasis
    in each issue, 0 … 1; those of an issue sum to 1."""

    id: int
    label: str
    shares: tuple[float, ...]
    series: "Series"


@dataclass(frozen=True, slots=True)
class TermHistory:
    """A term in the office's own documents and in the provincial reports; None where it never occurs.

    dates: of the own periods, ISO; None where a period has none.
    """

    term: str
    own: "Series | None"
    dates: tuple[str | None, ...]
    background: "Series | None"


NO_COMPARISON = Comparison((), {}, {}, 0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies around a list: the issues learned from in time order, the topics and terms over time,
    and how earlier lists fared against the editors' picks."""

    issues: tuple[IssueLabel, ...] = ()
    topics: tuple[TopicHistory, ...] = ()
    terms: tuple[TermHistory, ...] = ()
    comparison: Comparison = NO_COMPARISON


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report on one issue says.

    matches: how the issue's printed picks fare; empty where it has none. labels: earlier picks
    the ranking could learn from. model: the version that served. outlook: empty where only the list
    is wanted. editor: whose choice the directions are, "" for the program's own.
    """

    issue: Issue
    model: str
    suggestions: tuple[Suggestion, ...]
    matches: tuple[PickMatch, ...]
    themes: tuple[Theme, ...]
    profile: "Profile"
    outlook: Outlook = Outlook()
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A year of issues, or all: a report each, in time order, and what lies around them all.

    name: what a reader calls it (``2023 年``). key: what its files are called.
    """

    key: str
    name: str
    model: str
    reports: tuple[Report, ...]
    outlook: Outlook


def issue_name(issue: Issue) -> str:
    """How a reader names the issue: title, number and date.

    >>> issue_name(Issue("73", "bulletin", "某动态", number=3, serial=73, date="2023-05-10"))
    '某动态 第3期·总第73期（2023-05-10）'
    """
    return " ".join(filter(None, (issue.title, _numbers(issue)))) + _dated(issue)


def issue_short(issue: Issue) -> str:
    """The same without the bulletin's title, where a number tells the issue.

    >>> issue_short(Issue("73", "bulletin", "某动态", number=3, serial=73, date="2023-05-10"))
    '第3期·总第73期（2023-05-10）'
    """
    return (_numbers(issue) or issue.title) + _dated(issue)


def _numbers(issue: Issue) -> str:
    numbers = [f"第{issue.number}期"] if issue.number is not None else []
    return "·".join(numbers + ([f"总第{issue.serial}期"] if issue.serial is not None else []))


def _dated(issue: Issue) -> str:
    return f"（{issue.date}）" if issue.date else ""


def issue_labels(issues: Sequence[Issue]) -> dict[str, IssueLabel]:
    """Short names for charts and tables, by key, all of one kind: running numbers, else year and
    number, else dates, else keys; the first that every issue has and that tells them apart.

    >>> one = Issue("8", "bulletin", "甲", number=2, serial=8, date="2025-09")
    >>> two = Issue("9", "policy", "乙")
    >>> issue_labels([one])["8"].name, issue_labels([one, two])["8"].name
    ('总第8期', '8')
    """
    named = [[name(issue) for issue in issues] for name in (_serial, _year_and_number, _date)]
    told_apart = (names for names in named if all(names) and len(set(names)) == len(issues))
    names = next(told_apart, [issue.key for issue in issues])
    return {
        issue.key: IssueLabel(issue.key, str(name), issue.date)
        for issue, name in zip(issues, names, strict=True)
    }


def _serial(issue: Issue) -> str | None:
    return f"总第{issue.serial}期" if issue.serial is not None else None


def _year_and_number(issue: Issue) -> str | None:
    return f"{issue.date[:4]}年第{issue.number}期" if issue.date and issue.number is not None else None


def _date(issue: Issue) -> str | None:
    return issue.date
