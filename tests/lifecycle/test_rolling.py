"""The rolling comparison: nothing later enters, and the picks judged are never seen."""

from dataclasses import replace

import pytest
from builders import make_document, make_issue, three_issues

from recommender.choices.labels import Label
from recommender.config import Settings
from recommender.errors import InputError
from recommender.features.kept import Kept
from recommender.lifecycle import rolling
from recommender.lifecycle.rolling import compare_rolling
from recommender.lifecycle.train import Lessons, fit_model
from recommender.model import Model
from recommender.records import Issue, Lexicon

ISSUES = three_issues()


def lessons(issues: tuple[Issue, ...]) -> Lessons:
    return Lessons(issues, Settings(), Lexicon())


def test_every_issue_but_the_first_is_judged_in_time_order() -> None:
    told: list[str] = []
    comparison = compare_rolling(lessons(ISSUES[::-1]), told.append)
    assert told == [key for key, _ in comparison.issues] == ["2", "3"]
    assert comparison.labels == 2
    assert [one.picks for one in comparison.reach] == [1, 1]


def test_what_comes_later_changes_nothing() -> None:
    later = make_issue(
        "9", [make_document("关于发展茶艺的意见", [("发展茶艺", "种茶采茶。")] * 4)], date="2024-09-01"
    )
    known = compare_rolling(lessons(ISSUES), print).issues
    assert compare_rolling(lessons((*ISSUES, later)), print).issues == known
    other = replace(ISSUES[2], picks=())
    assert compare_rolling(lessons((*ISSUES[:2], other)), print).issues == known[:1]


def test_one_issue_is_not_enough() -> None:
    with pytest.raises(InputError, match="至少要有两期"):
        compare_rolling(lessons(ISSUES[:1]), print)


def test_choices_made_later_or_on_the_issue_itself_are_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[list[str]] = []

    def told(given: Lessons, kept: Kept | None = None) -> Model:
        known.append([one.title for one in given.choices])
        return fit_model(given, kept=kept)

    monkeypatch.setattr(rolling, "fit_model", told)
    choices = [
        Label(issue, title, (title,), 1.0, at)
        for issue, title, at in (
            ("1", "早先选的研究", "2024-01-15T08:00:00+08:00"),
            ("1", "二月选的研究", "2024-02-20T08:00:00+08:00"),
            ("3", "本期选的研究", "2024-01-15T08:00:00+08:00"),
            ("1", "后来选的研究", "2026-01-02T08:00:00+08:00"),
        )
    ]
    compare_rolling(replace(lessons(ISSUES), choices=choices), print)
    # the second issue is of 10 February 2024, the third of 10 March
    assert known == [["早先选的研究"], ["早先选的研究", "二月选的研究"]]
