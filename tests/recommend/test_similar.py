"""Funded projects beside directions: flagged with their similarity, never hiding a direction."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from builders import TRADE, fitted, make_document, make_issue, three_issues
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import Settings
from recommender.evaluation import backtest
from recommender.model import Model
from recommender.recommend.features import FEATURES
from recommender.recommend.similar import SIMILAR, Funded, similar_projects, similarity, title_object
from recommender.recommend.suggest import suggest
from recommender.records import Issue, Project, Suggestion

ISSUE = make_issue("9", [make_document("关于推动外贸稳定增长的意见", TRADE)], date="2024-06-01")
STORE = Project("跨境电商海外仓建设路径研究", 2022, "商贸学院")
EXACT = Project("贸易数字化对策研究", 2023, "商贸学院")


@lru_cache(maxsize=1)
def _without_picks() -> Model:
    return fitted([replace(issue, picks=()) for issue in three_issues()])


def listed(*projects: Project, issue: Issue = ISSUE) -> dict[str, Suggestion]:
    """Suggestions for the issue with these funded, by title."""
    found = suggest(issue, _without_picks(), Settings(projects=projects), 20)
    return {suggestion.title: suggestion for suggestion in found}


def novelty(suggestion: Suggestion) -> float:
    return next(reason.value for reason in suggestion.reasons if reason.feature == "novelty")


def test_a_funded_title_is_shown_beside_the_direction_which_stays() -> None:
    found = listed(STORE, EXACT)
    assert set(found) == set(listed())
    flagged = found["推进贸易数字化研究"].projects
    assert [(one.title, one.year, one.department) for one in flagged] == [
        ("贸易数字化对策研究", 2023, "商贸学院")
    ]
    assert flagged[0].similarity > 0.9
    assert not found["优化口岸通关服务研究"].projects


def test_done_is_less_new_and_only_the_novelty_reason_knows() -> None:
    before, after = listed()["推进贸易数字化研究"], listed(EXACT)["推进贸易数字化研究"]
    assert novelty(after) < novelty(before)
    assert after.score < before.score
    changed = {
        one.feature
        for one, other in zip(
            sorted(before.reasons, key=lambda reason: reason.feature),
            sorted(after.reasons, key=lambda reason: reason.feature),
            strict=True,
        )
        if one.value != other.value
    }
    assert changed == {"novelty"}
    said = next(reason.text for reason in after.reasons if reason.feature == "novelty")
    assert "与2023年已立项的《贸易数字化对策研究》相近" in said


def test_what_was_funded_in_the_year_of_the_issue_is_shown_but_does_not_count() -> None:
    late = replace(EXACT, year=2024)
    assert listed(late)["推进贸易数字化研究"].projects
    assert [one.score for one in listed(late).values()] == [one.score for one in listed().values()]


def test_a_comparison_does_not_learn_what_came_of_an_issue() -> None:
    issues = three_issues()
    model = fitted(issues)
    funded = tuple(Project(pick.title, 2024) for issue in issues for pick in issue.picks)
    assert backtest.compare(issues, model, Settings(projects=funded)) == backtest.compare(
        issues, model, Settings()
    )


def test_at_most_three_most_similar_first_newest_among_equals() -> None:
    years = [Project("贸易数字化研究", year) for year in (2019, 2022, 2020)]
    shown = listed(*years, STORE, Project("贸易数字化水平评价研究", 2021))["推进贸易数字化研究"].projects
    assert [one.year for one in shown] == [2022, 2020, 2019]


@pytest.mark.parametrize(
    ("title", "spoken_of"),
    [
        ("贸易数字化研究", "贸易数字化"),
        ("养老服务的问题与对策研究（二期）", "养老服务"),
        ("护理专业实训研究：以示例市为例", "护理专业实训"),
        ("对策研究", "对策研究"),
    ],
)
def test_what_a_title_is_about(title: str, spoken_of: str) -> None:
    assert title_object(title) == spoken_of


TEXT = st.text("贸易数字化养老服务跨境电商研究的与对策", max_size=14)


@given(core=TEXT, title=TEXT, cosine=st.floats(-1, 1))
def test_similarity_is_a_share_and_grows_with_meaning(core: str, title: str, cosine: float) -> None:
    value = similarity(core, title, cosine)
    assert 0 <= value <= 1
    assert value <= similarity(core, title, 1.0)


@given(titles=st.lists(TEXT, max_size=8), seed=st.integers(0, 9))
def test_the_order_of_the_list_does_not_matter(titles: list[str], seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(len(titles) + 1, 3)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    funded = [Funded(Project(t, 2020 + i), v) for i, (t, v) in enumerate(zip(titles, vectors, strict=False))]
    found = similar_projects("推进贸易数字化", vectors[-1], funded)
    assert found == similar_projects("推进贸易数字化", vectors[-1], funded[::-1])
    assert all(one.similarity >= SIMILAR for one in found)


def test_the_reason_is_on_the_list_of_features() -> None:
    assert "立项" in FEATURES["novelty"].why
