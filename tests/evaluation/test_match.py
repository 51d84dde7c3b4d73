"""Whether a suggestion is what the editors picked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation.match import GRADES, grade, match_pick
from recommender.records import Grade, Suggestion


def listed(*titles: str, topic: str = "") -> list[Suggestion]:
    return [
        Suggestion(rank, title, 1.0, topic, "heading", (), ()) for rank, title in enumerate(titles, start=1)
    ]


@pytest.mark.parametrize(
    ("title", "pick", "expected"),
    [
        ("发展冷链物流研究", "发展冷链物流研究", "exact"),
        ("发展冷链物流研究", "发展“冷链”物流 研究", "exact"),
        ("发展冷链物流", "发展冷链物流研究", "exact"),
        ("ＲＣＥＰ规则研究", "RCEP规则研究", "exact"),
        # bigrams of six and eight characters, five of them common: 2 · 5 / (5 + 7) = 0.83
        ("发展冷链物流研究", "大力发展冷链物流研究", "near"),
        # 2 · 3 / (3 + 5) = 0.75
        ("冷链物流研究", "发展冷链物流研究", "near"),
        # 2 · 3 / (3 + 7) = 0.6, one within the other
        ("冷链物流研究", "发展冷链物流产业研究", "related"),
        # 2 · 3 / (5 + 5) = 0.6, neither within the other
        ("发展冷链物流研究", "推进冷链物流研究", "none"),
        ("冷链研究", "发展冷链物流产业研究", "none"),
        ("居家养老研究", "发展冷链物流研究", "none"),
    ],
)
def test_grades(title: str, pick: str, expected: Grade) -> None:
    assert grade(title, pick) == grade(pick, title) == expected


@given(
    st.text(alphabet="发展冷链物流研究 。“”A", max_size=10), st.text(alphabet="发展冷链物流研究", max_size=10)
)
def test_grading_is_symmetric_and_knows_itself(one: str, other: str) -> None:
    assert grade(one, one) == "exact"
    assert grade(one, other) == grade(other, one)
    assert grade(one, other) in GRADES


def test_the_better_grade_wins_over_the_better_rank() -> None:
    suggestions = listed("冷链物流研究", "发展冷链物流产业链研究", "发展冷链物流产业研究")
    match = match_pick("发展冷链物流产业研究", suggestions, "")
    assert (match.rank, match.matched, match.grade) == (3, "发展冷链物流产业研究", "exact")


def test_of_equals_the_first() -> None:
    match = match_pick("发展冷链物流研究", listed("茶旅研究", "发展冷链物流研究", "发展“冷链物流”研究"), "")
    assert (match.rank, match.grade) == (2, "exact")


def test_the_same_topic_counts_only_when_nothing_is_nearer() -> None:
    suggestions = listed("建设口岸仓库研究", "冷链物流研究", topic="冷链·仓储")
    assert match_pick("发展冷链物流产业研究", suggestions, "冷链·仓储").grade == "related"
    alone = match_pick("壮大运输企业研究", suggestions, "冷链·仓储")
    assert (alone.rank, alone.grade) == (1, "topic")
    assert match_pick("壮大运输企业研究", suggestions, "养老").grade == "none"


def test_without_a_topic_nothing_is_of_the_same_topic() -> None:
    match = match_pick("壮大运输企业研究", listed("茶旅研究"), "")
    assert (match.rank, match.matched, match.grade) == (None, None, "none")
    assert match.why == "候选里没有这样的说法"
    assert match_pick("壮大运输企业研究", [], "养老").grade == "none"
