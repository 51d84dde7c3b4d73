"""The rolling comparison: nothing later enters, and the picks judged are never seen."""

from dataclasses import replace

import pytest
from builders import make_document, make_issue, three_issues

from recommender.config import Settings
from recommender.errors import InputError
from recommender.lifecycle.rolling import compare_rolling
from recommender.lifecycle.train import Lessons
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
