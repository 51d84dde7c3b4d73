"""Corrections lie over what was read, wherever it is read, and harm nothing that is right."""

from dataclasses import replace
from typing import Any

import pytest
from builders import TRADE, make_document, make_issue, three_issues
from hypothesis import given
from hypothesis import strategies as st

from recommender.choices.corrections import (
    FIELDS,
    Change,
    Correction,
    change_of,
    correct,
    corrections_for,
    errata_of,
)
from recommender.errors import UsageError
from recommender.records import Issue

ISSUE = make_issue(
    "1",
    (make_document("关于推动外贸稳定增长的意见", TRADE),),
    ("推进贸易数字化研究", "发展跨境电商研究", "发展跨境电商研究"),
    "2024-01-10",
)
TITLE = ISSUE.documents[0].title


def mended(*changes: Change) -> Issue:
    return correct(ISSUE, changes)


def picks(issue: Issue) -> list[str]:
    return [pick.title for pick in issue.picks]


def test_titles_dates_and_headings_are_mended_in_their_place() -> None:
    assert mended(Change("title", -1, -1, "示例动态", "示例贸易动态")).title == "示例贸易动态"
    assert mended(Change("date", -1, -1, "2024-01-10", "2024-02")).date == "2024-02"
    assert mended(Change("date", -1, -1, "2024-01-10", "")).date is None
    dated = mended(Change("date", 0, -1, "", "2024-01-05"))
    assert (dated.date, dated.documents[0].date) == ("2024-01-10", "2024-01-05")
    headed = mended(Change("heading", 0, 1, "发展跨境电商", "发展跨境电子商务"))
    assert [one.heading for one in headed.documents[0].clauses] == [
        *("推进贸易数字化", "发展跨境电子商务", "优化口岸通关服务"),
    ]
    assert headed.documents[0].clauses[1].text == ISSUE.documents[0].clauses[1].text


def test_a_title_says_name_issuers_and_level_anew() -> None:
    found = mended(Change("title", 0, -1, TITLE, "教育部《关于深化产教融合的通知》")).documents[0]
    assert (found.name, found.issuers, found.level) == ("关于深化产教融合的通知", ("教育部",), "ministry")
    kept = mended(Change("title", 0, -1, TITLE, "关于深化产教融合的通知")).documents[0]
    assert (kept.issuers, kept.level) == (("国务院办公厅",), "central")


def test_picks_come_go_and_change() -> None:
    first, twice, _ = picks(ISSUE)
    assert picks(mended(Change("pick", -1, 0, first, "贸易数字化研究")))[0] == "贸易数字化研究"
    assert picks(mended(Change("pick", -1, 2, twice, ""))) == [first, twice]
    assert picks(mended(Change("pick", -1, 1, "", "养老服务研究"))) == [first, "养老服务研究", twice, twice]
    assert picks(mended(Change("pick", -1, 99, "", "养老服务研究")))[-1] == "养老服务研究"
    assert mended(Change("pick", -1, 0, "", first)) == ISSUE  # it is there already
    # places move, wordings tell
    moved = mended(Change("pick", -1, 0, first, ""), Change("pick", -1, 1, twice, "跨境电商研究"))
    assert picks(moved) == [twice, "跨境电商研究"]
    added = mended(Change("pick", -1, 3, "", "养老服务研究")).picks[-1]
    assert (added.printed, added.title) == ("养老服务研究", "养老服务研究")


def test_one_after_the_other() -> None:
    changes = Change("heading", 0, 0, "推进贸易数字化", "甲方案"), Change("heading", 0, 0, "甲方案", "乙方案")
    assert mended(*changes).documents[0].clauses[0].heading == "乙方案"
    assert mended(changes[1]) == ISSUE


CHANGES = st.builds(
    Change,
    st.sampled_from(FIELDS),
    st.integers(-2, 3),
    st.integers(-2, 9),
    st.sampled_from(["", "推进贸易数字化", "示例动态", "2024-01-10", "推进贸易数字化研究", TITLE]),
    st.sampled_from(["", "2024-05", "推进贸易数字化", "养老服务研究"]),
)


@given(st.lists(CHANGES, max_size=8))
def test_whatever_is_asked_an_issue_comes_back(changes: list[Change]) -> None:
    found = correct(ISSUE, changes)
    assert found == correct(ISSUE, changes)
    assert (found.key, found.kind, found.asides) == (ISSUE.key, ISSUE.kind, ISSUE.asides)
    assert len(found.documents) == len(ISSUE.documents)
    assert [one.text for one in found.documents[0].clauses] == [
        one.text for one in ISSUE.documents[0].clauses
    ]


@given(CHANGES)
def test_what_is_not_there_is_not_mended(change: Change) -> None:
    other = replace(change, before="没有这样的话")
    assert correct(ISSUE, [other]) == ISSUE


@given(CHANGES)
def test_a_change_is_taken_back_by_its_opposite(change: Change) -> None:
    once = correct(ISSUE, [change])
    back = correct(once, [replace(change, before=change.after, after=change.before)])
    if once != ISSUE and change.field in ("date", "heading"):
        assert back == ISSUE
    if change.field == "pick" and once != ISSUE and change.before:
        assert sorted(picks(back)) == sorted(picks(ISSUE))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("picture", 0, 0, "甲", "乙"), "不能更正“picture”"),
        (("title", "0", 0, "甲", "乙"), "位置不对"),
        (("title", True, 0, "甲", "乙"), "位置不对"),
        (("title", 0, -1, "甲", ""), "是空的"),
        (("heading", 0, 0, "甲", " 甲 "), "与原来一样"),
        (("date", 0, -1, "", "2024-02-30"), "不是日期"),
        (("date", 0, -1, "", "去年"), "不是日期"),
        (("date", 0, -1, "", "２０２４"), "不是日期"),
        (("pick", -1, 0, "", "长" * 241), "最多 240 个"),
        (("pick", -1, 0, None, "甲"), "应当是文字"),
    ],
)
def test_what_makes_no_sense_is_refused(values: tuple[Any, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        change_of(*values)


@pytest.mark.parametrize("date", ["2024", "2024-03", "2024-02-29"])
def test_a_date_has_three_precisions(date: str) -> None:
    assert change_of("date", -1, -1, "", date).after == date


def test_corrections_are_found_by_content_or_file_once() -> None:
    change = Change("title", 0, -1, "甲", "乙")
    made = [
        Correction(number, "2026", "甲", "1", content, file, change)
        for number, (content, file) in enumerate([("c", "f"), ("c", ""), ("d", "f"), ("x", "y")], 1)
    ]
    errata = errata_of(reversed(made))
    assert [one.id for one in corrections_for(errata, "c", "f")] == [1, 2, 3]
    assert [one.id for one in corrections_for(errata, "d", "")] == [3]
    assert corrections_for(errata, "", "") == ()
    assert three_issues()[0] == correct(three_issues()[0], ())
