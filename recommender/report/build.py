"""One Report value a list: every form (screen, Markdown, text) draws it, so they cannot disagree."""

from dataclasses import dataclass

import numpy as np

from recommender.config import Settings
from recommender.emphasis.background import load_background
from recommender.model import Model
from recommender.recommend.profile import Profile
from recommender.recommend.reading import read_issue
from recommender.records import Issue, PickMatch, Suggestion

_THEMES = 5


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
    profile: Profile


def issue_themes(issue: Issue, profile: Profile, model: Model, settings: Settings) -> tuple[Theme, ...]:
    """The topics an issue stresses most, beside what the other issues of the corpus do."""
    shares = read_issue(issue, (), profile, model, load_background(), settings.authority).shares
    others = model.emphasis[[key != issue.key for key in model.issues]]
    usual = others.mean(axis=0) if len(others) else np.zeros(len(shares))
    order = np.argsort(-shares, kind="stable")[:_THEMES]
    return tuple(Theme(model.labels[i], float(shares[i]), float(usual[i])) for i in order if shares[i] > 0)


def issue_name(issue: Issue) -> str:
    """How a reader names the issue: title, number and date.

    >>> issue_name(Issue("73", "bulletin", "某动态", number=3, serial=73, date="2023-05-10"))
    '某动态 第3期·总第73期（2023-05-10）'
    """
    numbers = [f"第{issue.number}期"] if issue.number is not None else []
    numbers += [f"总第{issue.serial}期"] if issue.serial is not None else []
    dated = f"（{issue.date}）" if issue.date else ""
    return " ".join(filter(None, (issue.title, "·".join(numbers)))) + dated
