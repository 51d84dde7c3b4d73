"""Comparison with the editors, and with what they could do without us."""

from dataclasses import replace

import pytest
from builders import fitted, make_document, make_issue, sample_issues, sample_model, three_issues

from recommender.config import Settings
from recommender.evaluation.backtest import compare, match_issue
from recommender.evaluation.baselines import (
    BASELINES,
    RANDOM,
    compare_baselines,
    heading_order,
    hit_ranks,
    textrank_words,
    tfidf_words,
    title_objects,
)
from recommender.evaluation.match import GRADES
from recommender.evaluation.metrics import MEASURES
from recommender.records import Comparison, Issue, Pick


def ten_headings(*picks: str) -> Issue:
    """An issue that offers ten headings, none of them the same object, and no title."""
    trades = ("茶叶种植", "渔业捕捞", "花卉盆景", "竹木加工", "菌菇培育")
    names = (*trades, "蚕桑纺织", "水果分拣", "药材炮制", "蜂蜜灌装", "油茶压榨")
    clauses = [(f"推进{name}标准化", "按年度安排。") for name in names]
    return make_issue("1", [make_document("关于做好工作的通知", clauses)], picks)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(sample_issues(), sample_model(), Settings())


def test_the_sample_has_twenty_four_labels(comparison: Comparison) -> None:
    assert comparison.labels == 24 == sum(len(matches) for _, matches in comparison.issues)
    assert [key for key, _ in comparison.issues] == [issue.key for issue in sample_issues()]


def test_the_values_have_the_shape_of_the_contract(comparison: Comparison) -> None:
    for _, matches in comparison.issues:
        for match in matches:
            assert match.grade in GRADES
            assert (match.rank is None) == (match.matched is None) == (match.grade == "none")
    for table in (comparison.metrics, *comparison.baselines.values()):
        assert set(table) == set(MEASURES)
        assert all(0 <= value <= 1 for value in table.values())
    assert set(comparison.baselines) == {*BASELINES, RANDOM[0]}


def test_metrics_are_those_of_the_matches(comparison: Comparison) -> None:
    found = [
        sum(m.grade in ("exact", "near") and (m.rank or 99) <= 10 for m in matches) / len(matches)
        for _, matches in comparison.issues
    ]
    assert comparison.metrics["recall@10"] == pytest.approx(sum(found) / len(found), abs=1e-3)


def test_issues_without_picks_are_not_judged() -> None:
    issues = three_issues()
    bare = tuple(replace(issue, picks=()) for issue in issues)
    nothing = compare(bare, fitted(bare), Settings())
    assert nothing == Comparison((), {}, {}, 0)
    some = (*bare[:2], issues[2])
    assert [key for key, _ in compare(some, fitted(some), Settings()).issues] == ["3"]


def test_picks_planted_in_the_picks_section_alone_change_nothing() -> None:
    """Words that stand only among an issue's picks reach neither model nor list."""
    issues = three_issues()
    planted = replace(issues[0], picks=(*issues[0].picks, Pick("鲲鹏展翅计划研究", "鲲鹏展翅计划研究")))
    before, after = fitted(issues), fitted((planted, *issues[1:]))
    assert after.terms == before.terms
    assert after.labels == before.labels
    known = match_issue(issues[0], before, Settings())
    found = match_issue(planted, after, Settings())
    assert found[: len(known)] == known
    assert (found[-1].grade, found[-1].rank) == ("none", None)


def test_the_matches_of_an_issue_do_not_hang_on_its_stored_picks() -> None:
    issues = three_issues()
    forgetful = (replace(issues[0], picks=()), *issues[1:])
    assert match_issue(issues[0], fitted(forgetful), Settings()) == match_issue(
        issues[0], fitted(issues), Settings()
    )


def test_intervals_hold_their_means_and_reach_counts_the_pool(comparison: Comparison) -> None:
    for name, value in comparison.metrics.items():
        low, high = comparison.intervals[name]
        assert low <= value <= high
    assert comparison.lift is not None
    assert comparison.lift[1] <= comparison.lift[0] <= comparison.lift[2]
    assert all(comparison.loose[name] >= value for name, value in comparison.metrics.items())
    assert [one.issue for one in comparison.reach] == [key for key, _ in comparison.issues]
    for one, (_, matches) in zip(comparison.reach, comparison.issues, strict=True):
        hits = sum(match.grade in ("exact", "near") for match in matches)
        assert hits <= one.reached <= one.picks <= one.candidates


# -- baselines -------------------------------------------------------------------------------------


def test_hit_ranks() -> None:
    assert hit_ranks(["甲乙丙丁", "茶旅融合发展路径", "茶旅融合"], ["茶旅融合研究", "冷链研究"]) == [3, None]


def test_headings_and_titles_stand_in_their_order() -> None:
    issue = three_issues()[0]
    model = fitted(three_issues())
    assert heading_order(issue, model)[:2] == ["推进贸易数字化研究", "发展跨境电商研究"]
    assert title_objects(issue, model) == ["外贸稳定增长研究", "银发经济发展研究"]


def test_the_heaviest_words_come_first() -> None:
    clauses = [
        ("茶艺茶艺茶艺培训", "茶艺课程。"),
        ("花卉展销", "花卉。"),
        ("渔业", "渔业。"),
        ("竹木", ""),
        ("蜂蜜", ""),
    ]
    issue = make_issue("1", [make_document("甲", clauses)])
    assert tfidf_words(issue, fitted([issue]))[0] == "茶艺研究"


def test_neighbours_lead_to_the_word_in_the_middle() -> None:
    words = ("花卉", "渔业", "竹木", "蜂蜜")
    issue = make_issue("1", [make_document("甲", [("", f"茶艺{word}。") for word in words * 2])])
    assert textrank_words(issue, fitted([issue]))[0] == "茶艺研究"


def test_random_order_finds_as_many_as_chance() -> None:
    issue = ten_headings("推进竹木加工标准化研究", "推进水果分拣标准化研究")
    table = compare_baselines([issue], fitted([issue]))
    # 3 of 10 places; 200 shuffles of two picks: a standard error of about 0.02
    assert table[RANDOM[0]]["recall@3"] == pytest.approx(0.3, abs=0.07)
    assert table[RANDOM[0]]["recall@10"] == 1
    assert table["heading_order"]["mrr"] == 0.25
    assert compare_baselines([issue], fitted([issue])) == table


def test_a_pick_with_two_hits_in_the_pool_counts_the_first() -> None:
    names = (
        "大力冷链物流配送",
        "冷链物流配送业",
        *(f"{name}展销会场" for name in ("茶叶", "渔业", "花卉", "竹木", "菌菇", "蚕桑")),
    )
    issue = make_issue("1", [make_document("甲", [(name, "安排。") for name in names])], ["冷链物流配送研究"])
    table = compare_baselines([issue], fitted([issue]))
    # of eight places the better of two is among the first three with 1 − (5 · 4) / (8 · 7) = 0.64
    assert table[RANDOM[0]]["recall@3"] == pytest.approx(0.64, abs=0.1)


def test_a_pick_outside_the_pool_is_never_found_by_chance() -> None:
    issue = ten_headings("壮大航运企业研究")
    assert set(compare_baselines([issue], fitted([issue]))[RANDOM[0]].values()) == {0.0}
