"""Suggestions: an explained list whose every number and quotation can be checked."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from builders import CARE, TRADE, fitted, make_document, make_issue, sample_issues, sample_model, three_issues

from recommender.config import AUTHORITY, College, Department, Settings
from recommender.fold import fold
from recommender.recommend.candidates import find_candidates
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import weights_for
from recommender.recommend.quoting import first_sentences
from recommender.recommend.rank import same_object
from recommender.recommend.suggest import suggest
from recommender.recommend.wording import house_title
from recommender.records import Clause, Document, Issue, Pick, Suggestion

USUAL = Settings()
SAMPLE = sample_issues()


def titles(issue: Issue, settings: Settings = USUAL, count: int = 20) -> list[str]:
    return [suggestion.title for suggestion in suggest(issue, sample_model(), settings, count)]


def texts_of(issue: Issue) -> dict[str, str]:
    """The text of each document, heading and text of its clauses, by title."""
    return {
        document.title: "\n".join(f"{clause.heading}\n{clause.text}" for clause in document.clauses)
        for document in issue.documents
    }


@pytest.fixture(params=SAMPLE, ids=lambda issue: str(issue.key))
def made(request: pytest.FixtureRequest) -> tuple[Issue, tuple[Suggestion, ...]]:
    issue: Issue = request.param
    return issue, suggest(issue, sample_model(), USUAL, 20)


def test_a_score_is_the_sum_of_its_reasons(made: tuple[Issue, tuple[Suggestion, ...]]) -> None:
    weights = dict(zip(FEATURES, weights_for(made[0].key, sample_model(), USUAL), strict=True))
    for suggestion in made[1]:
        assert suggestion.score == pytest.approx(sum(r.contribution for r in suggestion.reasons), abs=1e-3)
        assert {reason.feature for reason in suggestion.reasons} == set(FEATURES)
        for reason in suggestion.reasons:
            assert reason.contribution == pytest.approx(reason.value * weights[reason.feature], abs=1e-3)
            assert FEATURES[reason.feature].label in reason.text


def test_every_quotation_stands_in_its_document(made: tuple[Issue, tuple[Suggestion, ...]]) -> None:
    texts = texts_of(made[0])
    for suggestion in made[1]:
        assert 1 <= len(suggestion.evidence) <= 3
        for evidence in suggestion.evidence:
            assert evidence.quote
            assert evidence.quote in texts[evidence.document]


def test_titles_are_in_the_house_style(made: tuple[Issue, tuple[Suggestion, ...]]) -> None:
    for suggestion in made[1]:
        assert suggestion.title.endswith("研究")
        assert not suggestion.title.endswith("研究研究")
        assert "。" not in suggestion.title
        assert len(suggestion.title) <= 25 or suggestion.source == "title"


def test_no_two_of_the_same_object_and_ranks_in_order(made: tuple[Issue, tuple[Suggestion, ...]]) -> None:
    core_of = {house_title(candidate.core): candidate.core for candidate in find_candidates(made[0])}
    cores = [core_of[suggestion.title] for suggestion in made[1]]
    assert [pair for pair in combinations(cores, 2) if same_object(*pair)] == []
    assert [suggestion.rank for suggestion in made[1]] == list(range(1, len(cores) + 1))


# -- whose list it is -------------------------------------------------------------------------------


def test_two_colleges_get_visibly_different_lists() -> None:
    traders = Settings(college=College(disciplines=("国际贸易", "跨境电商")))
    carers = Settings(college=College(disciplines=("老年护理", "养老服务")))
    for issue in SAMPLE:
        assert titles(issue, traders, 10) != titles(issue, carers, 10)
    issue = next(issue for issue in SAMPLE if issue.key == "5")  # e-commerce and care in one issue
    assert len(set(titles(issue, traders, 10)) ^ set(titles(issue, carers, 10))) >= 4


def test_departments_count_as_the_college_does() -> None:
    by_college = Settings(college=College(disciplines=("老年护理",)))
    by_department = Settings(departments=(Department("护理系", ("老年护理",)),))
    assert titles(SAMPLE[4], by_college) == titles(SAMPLE[4], by_department) != titles(SAMPLE[4])


# -- picks: its own never, others' always -----------------------------------------------------------


def list_of(issues: tuple[Issue, ...], key: str) -> tuple[Suggestion, ...]:
    """What a model of these issues suggests for one of them."""
    issue = next(issue for issue in issues if issue.key == key)
    return suggest(issue, fitted(issues), USUAL, 20)


def with_picks(issues: tuple[Issue, ...], key: str, *picks: str) -> tuple[Issue, ...]:
    printed = tuple(Pick(pick, pick) for pick in picks)
    return tuple(replace(issue, picks=printed) if issue.key == key else issue for issue in issues)


@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_an_issues_own_picks_never_matter(key: str) -> None:
    issues = three_issues()
    planted = with_picks(issues, key, "优化口岸通关服务研究", "推进适老化改造研究", "创新课程思政模式研究")
    assert list_of(planted, key) == list_of(issues, key)
    assert list_of(with_picks(issues, key), key) == list_of(issues, key)


def test_other_issues_picks_do() -> None:
    issues = three_issues()
    planted = with_picks(issues, "2", "优化口岸通关服务研究", "发展跨境电商研究")
    assert [s.score for s in list_of(planted, "3")] != [s.score for s in list_of(issues, "3")]


def test_the_order_of_issues_does_not_matter() -> None:
    shuffled = list(three_issues())
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert list_of(tuple(shuffled), "3") == list_of(three_issues(), "3")


# -- every setting ---------------------------------------------------------------------------------


def test_count_is_the_length_of_the_list() -> None:
    assert len(titles(SAMPLE[0], count=3)) == 3
    assert titles(SAMPLE[0], count=3) == titles(SAMPLE[0])[:3]


def test_without_variety_scores_fall_with_rank() -> None:
    plain = suggest(SAMPLE[0], sample_model(), replace(USUAL, variety=0.0), 20)
    scores = [suggestion.score for suggestion in plain]
    assert scores == sorted(scores, reverse=True)


def test_variety_spreads_the_first_over_documents() -> None:
    def documents(variety: float) -> int:
        found = [suggest(issue, sample_model(), replace(USUAL, variety=variety), 5) for issue in SAMPLE]
        return sum(len({s.evidence[0].document for s in suggestions}) for suggestions in found)

    assert documents(0.9) > documents(0.0)


def test_a_weight_decides() -> None:
    by_length = titles(
        SAMPLE[0], replace(USUAL, variety=0.0, weights={**dict.fromkeys(FEATURES, 0.0), "wording": 1.0})
    )
    assert len(by_length[0]) <= 10 < max(map(len, titles(SAMPLE[0])))
    assert by_length != titles(SAMPLE[0])


def test_authority_decides() -> None:
    issue = make_issue(
        "8",
        [
            make_document("甲", CARE, "国务院", "central"),
            make_document("乙", TRADE, "示例晚报", "media"),
        ],
    )
    weights = {**dict.fromkeys(FEATURES, 0.0), "authority": 1.0}
    usual = Settings(weights=weights, variety=0.0)
    turned = replace(usual, authority={**AUTHORITY, "media": 1.0, "central": 0.1})
    model = fitted(three_issues())
    assert suggest(issue, model, usual, 1)[0].evidence[0].document.startswith("国务院")
    assert suggest(issue, model, turned, 1)[0].evidence[0].document.startswith("示例晚报")


def test_the_number_of_topics_is_seen_in_the_topics_named() -> None:
    def named(count: int) -> set[str]:
        model = fitted(SAMPLE, Settings(topics=count))
        assert len(model.labels) == count
        return {s.topic for issue in SAMPLE for s in suggest(issue, model, USUAL, 20) if s.topic}

    assert len(named(2)) <= 2 < len(named(12))


# -- edges -----------------------------------------------------------------------------------------


def test_an_issue_that_offers_nothing_gets_an_empty_list() -> None:
    assert suggest(make_issue("8", []), sample_model(), USUAL, 10) == ()


def test_an_issue_the_model_has_never_seen() -> None:
    stranger = make_issue(
        "99", [make_document("关于支持茶旅融合的意见", [("发展茶艺研学", "开发茶园线路。")])]
    )
    found = suggest(stranger, sample_model(), USUAL, 10)
    assert {suggestion.title for suggestion in found} == {"茶旅融合研究", "发展茶艺研学研究"}


def test_a_title_none_of_whose_clauses_names_it_quotes_numbered_ones() -> None:
    clauses = (
        Clause("", "", "为落实部署，提出以下意见。", 0),
        Clause("（一）", "开发茶园线路", "修建步道。", 1),
    )
    document = Document("", "省厅《关于支持茶旅融合的意见》", "关于支持茶旅融合的意见", clauses=clauses)
    found = suggest(make_issue("8", [document]), sample_model(), USUAL, 10)
    title = next(suggestion for suggestion in found if suggestion.source == "title")
    assert [evidence.quote for evidence in title.evidence] == ["修建步道。"]


def test_a_title_is_quoted_from_where_it_is_named() -> None:
    long = "各镇要摸清茶园底数，" + "逐村逐户登记造册，" * 15
    clauses = (
        Clause("", "", "关于支持茶旅融合的意见", 0),
        Clause("一、", "总体要求", "完善交通。按规划推进茶旅融合，建设步道。加强保护。", 1),
        Clause("二、", "重点任务", f"{long}在此基础上推进茶旅融合。", 1),
    )
    document = Document("", "省厅《关于支持茶旅融合的意见》", "关于支持茶旅融合的意见", clauses=clauses)
    found = suggest(make_issue("8", [document]), sample_model(), USUAL, 10)
    title = next(suggestion for suggestion in found if suggestion.source == "title")
    quotes = [evidence.quote for evidence in title.evidence]
    assert quotes[0] == "按规划推进茶旅融合，建设步道。加强保护。"
    assert quotes[1].endswith("在此基础上推进茶旅融合。")
    assert len(quotes) == 2


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("", ""),
        ("短句。", "短句。"),
        ("甲甲甲甲。乙乙乙乙。丙丙丙丙", "甲甲甲甲。乙乙乙乙。"),
        ("甲甲甲甲，乙乙乙乙乙乙乙乙乙乙乙乙", "甲甲甲甲"),
        ("甲" * 30, "甲" * 12),
    ],
)
def test_a_quotation_ends_where_a_sentence_does(text: str, quote: str) -> None:
    assert first_sentences(text, 12) == quote


def test_sample_picks_are_nowhere_but_in_their_section() -> None:
    for issue in SAMPLE:
        printed = fold(" ".join(text for text in texts_of(issue).values()))
        assert not any(fold(pick.title) in printed for pick in issue.picks)
