"""Each feature moves in the direction it states, and each has a say."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from builders import CARE, SCHOOL, TRADE, fitted, make_document, make_issue, sample_issues, sample_model

from recommender.config import AUTHORITY, College, Settings
from recommender.model import Model, PastPick
from recommender.recommend.candidates import find_candidates
from recommender.recommend.features import FEATURES, overlap
from recommender.recommend.judge import judge
from recommender.recommend.reading import meaning
from recommender.recommend.suggest import suggest
from recommender.records import Candidate, Issue, Lexicon

ISSUE = make_issue(
    "5",
    [
        make_document("关于推动外贸稳定增长的意见", TRADE, "国务院", "central"),
        make_document("关于发展银发经济的意见", CARE, "示例省民政厅", "province"),
        make_document("关于深化职业教育改革的意见", SCHOOL, "示例晚报", "media"),
    ],
)
PAST = make_issue("4", [make_document("甲", (*CARE, *SCHOOL))])
MODEL = fitted([PAST])
TRADERS = Settings(college=College(disciplines=("国际贸易", "跨境电商")))
CARERS = Settings(college=College(disciplines=("养老护理", "老年人服务")))


def with_picks(*picks: tuple[str, str]) -> Model:
    """The model after issues 1 and 2 printed these (issue, core) picks from headings."""
    return replace(
        MODEL,
        issues=("1", "2"),
        emphasis=np.ones((2, len(MODEL.labels))),
        picks=tuple(PastPick(issue, core, "heading") for issue, core in picks),
    )


def values(
    name: str, model: Model = MODEL, settings: Settings = TRADERS, issue: Issue = ISSUE
) -> Mapping[str, float]:
    """One feature of every candidate of an issue, by wording."""
    judged = judge(issue, find_candidates(issue), model, settings)
    return {one.candidate.core: FEATURES[name].measure(one, judged.reading) for one in judged.subjects}


def test_fit_is_nearness_to_the_fields() -> None:
    traders, carers = values("fit"), values("fit", settings=CARERS)
    assert traders["推进贸易数字化"] > traders["发展居家养老服务"]
    assert carers["推进贸易数字化"] < carers["发展居家养老服务"]


def test_habit_is_nearness_to_earlier_picks() -> None:
    assert set(values("habit").values()) == {0.0}
    found = values("habit", with_picks(("1", "培养养老护理员")))
    assert found["培养养老护理人才"] > found["推进贸易数字化"]


def test_context_is_that_of_the_whole_document() -> None:
    found = values("context")
    assert found["推进贸易数字化"] == found["优化口岸通关服务"] > found["推进适老化改造"]
    taught = values(
        "context",
        with_picks(("1", "发展居家养老服务")),
        replace(TRADERS, college=College(disciplines=("茶艺",))),
    )
    assert taught["推进适老化改造"] > taught["推进贸易数字化"]


def test_distinct_is_what_the_past_did_not_stress() -> None:
    found = values("distinct")
    assert found["发展跨境电商"] > found["深化产教融合"]


def test_an_issues_own_clauses_are_not_its_past() -> None:
    assert values("distinct", fitted([PAST, ISSUE])) == pytest.approx(values("distinct"))


def test_emphasis_follows_the_documents_weight() -> None:
    model = fitted([PAST, ISSUE], Settings(topics=8))
    low = dict.fromkeys(AUTHORITY, 0.01)
    care = values("emphasis", model, Settings(authority={**low, "province": 1.0}))
    trade = values("emphasis", model, Settings(authority={**low, "central": 1.0}))
    assert care["培养养老护理人才"] > trade["培养养老护理人才"]
    assert care["发展跨境电商"] < trade["发展跨境电商"]
    assert all(0 <= value <= 1 for value in (*care.values(), *trade.values()))


def test_authority_is_that_of_the_level() -> None:
    found = values("authority")
    assert found["推进贸易数字化"] == AUTHORITY["central"]
    assert found["发展居家养老服务"] == AUTHORITY["province"]
    assert found["深化产教融合"] == AUTHORITY["media"]


def test_home_is_the_colleges_own_province() -> None:
    assert set(values("home").values()) == {0.0}
    home = values("home", settings=Settings(college=College(province="示例省")))
    assert {core for core, value in home.items() if value} >= {"发展居家养老服务", "推进适老化改造"}
    assert home["推进贸易数字化"] == 0


def test_researchable_is_the_language_of_research() -> None:
    clauses = [("创新人才培养模式", "甲。"), ("狠抓项目开工投产", "乙。")]
    found = values("researchable", issue=make_issue("6", [make_document("甲", clauses)]))
    assert found["创新人才培养模式"] > found["狠抓项目开工投产"]


def test_wording_likes_it_short_and_shaped() -> None:
    clauses = [
        (heading, "甲。")
        for heading in ("发展茶旅产业", "推动茶旅产业和研学旅行产业协同发展", "茶旅产业线上直播")
    ]
    found = values("wording", issue=make_issue("6", [make_document("甲", clauses)]))
    assert found["发展茶旅产业"] == 1.0
    assert found["发展茶旅产业"] > found["推动茶旅产业和研学旅行产业协同发展"]
    # eight characters: (26 − 8) / 20, less 0.4 for neither verb first nor noun last
    assert found["茶旅产业线上直播"] == pytest.approx(0.9 - 0.4)


def test_novelty_falls_with_what_was_printed_lately() -> None:
    found = values("novelty", with_picks(("2", "推进贸易数字化")))
    assert found["推进贸易数字化"] == -1
    assert found["推进贸易数字化"] < found["发展跨境电商"] <= 0
    assert set(values("novelty").values()) == {0.0}


def test_novelty_looks_at_the_last_six_issues_before_this_one() -> None:
    picks = with_picks(("1", "推进贸易数字化"))
    old = replace(picks, issues=tuple("1abcdef"))
    assert values("novelty", old)["推进贸易数字化"] == 0
    later = replace(picks, issues=(ISSUE.key, "1"))
    assert values("novelty", later)["推进贸易数字化"] == 0
    before = replace(picks, issues=("1", ISSUE.key))
    assert values("novelty", before)["推进贸易数字化"] == -1


def test_kind_favours_the_rarer_and_then_what_was_picked() -> None:
    without = values("kind")
    heading, title = without["推进贸易数字化"], without["外贸稳定增长"]
    assert title > heading
    # nine headings and three titles: shares 2/4 each against 9/12 and 3/12
    assert (heading, title) == pytest.approx((np.log(0.5 / 0.75), np.log(0.5 / 0.25)))
    picked = values("kind", with_picks(*(("1", f"第{i}题") for i in range(9))))
    # nine picks from headings and two of belief in each: 11/13 against 9/12
    assert picked["推进贸易数字化"] == pytest.approx(np.log(11 / 13 / 0.75))
    assert picked["外贸稳定增长"] == pytest.approx(np.log(2 / 13 / 0.25))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("冷链物流", "冷链物流", 1), ("冷链物流", "发展冷链", 0.5), ("茶旅", "托育", 0), ("", "", 0)],
)
def test_overlap(one: str, other: str, share: float) -> None:
    assert overlap(one, other) == overlap(other, one) == share


def test_an_offices_own_word_keeps_the_meaning_of_its_parts() -> None:
    own = replace(MODEL, lexicon=Lexicon(words=("贸易数字化",)))
    background = judge(ISSUE, (), MODEL, TRADERS).reading.background
    assert np.allclose(
        meaning("推进贸易数字化", own, background), meaning("推进贸易数字化", MODEL, background)
    )


def test_a_candidate_of_unknown_words_has_no_topic() -> None:
    candidates = [Candidate(core, "heading", ((0, 0),)) for core in ("鲲鹏展翅", "养老服务")]
    unknown, known = judge(ISSUE, candidates, MODEL, TRADERS).subjects
    assert unknown.topic is None
    assert known.topic is not None


@cache
def sample_lists(name: str, weight: float) -> list[list[str]]:
    """The lists of the sample with one feature at this weight."""
    college = College(province="示例市", disciplines=("国际贸易",))
    settings = Settings(college=college, weights={name: weight})
    return [[s.title for s in suggest(issue, sample_model(), settings, 12)] for issue in sample_issues()]


@pytest.mark.parametrize("name", FEATURES)
def test_turning_a_feature_off_or_up_changes_some_list(name: str) -> None:
    usual = sample_lists("fit", FEATURES["fit"].weight)
    assert sample_lists(name, 0.0) != usual
    assert sample_lists(name, 6.0) != usual


def test_each_feature_has_a_name_a_reason_and_a_weight() -> None:
    assert len({feature.label for feature in FEATURES.values()}) == len(FEATURES)
    assert all(feature.why and feature.weight > 0 for feature in FEATURES.values())
