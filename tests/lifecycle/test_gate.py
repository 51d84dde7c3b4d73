"""The gate: planted bad models are refused, a planted good one passes, floors only rise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from builders import CARE, fitted, make_document, make_issue, sample_issues, sample_model, three_issues
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import Settings
from recommender.errors import IntegrityError
from recommender.lifecycle import structure
from recommender.lifecycle.case import Case, Check, Serving
from recommender.lifecycle.floors import FLOORS, GUARDED, Floors, raised, read_floors, write_floors
from recommender.lifecycle.gate import MOST_ALLOWED, check_quality, judge
from recommender.lifecycle.scores import IssueScore, from_json, score_model, to_json
from recommender.model import Model
from recommender.records import Issue, Lexicon

SETTINGS = Settings()
NONE = Floors()


def case(model: Model, issues: Sequence[Issue], serving: Model | None, floors: Floors = NONE) -> Case:
    opponent = Serving("v", serving, score_model(issues, serving, SETTINGS)) if serving else None
    return Case(model, score_model(issues, model, SETTINGS), issues, SETTINGS, opponent, floors)


def failed(checks: Sequence[Check]) -> set[str]:
    assert all(check.passed or check.remedy for check in checks)
    return {check.name for check in checks if not check.passed}


@lru_cache(maxsize=1)
def former() -> Model:
    """Learned from all bulletins of the sample but the last."""
    return fitted(sample_issues()[:-1])


def test_a_new_issue_is_learned_and_promoted() -> None:
    checks = judge(case(sample_model(), sample_issues(), former()))
    assert failed(checks) == set()
    assert {"recall@10 对现用模型", "ndcg@10 对现用模型", "主题延续"} <= {check.name for check in checks}


def test_the_first_model_is_judged_against_chance() -> None:
    checks = judge(case(sample_model(), sample_issues(), None))
    assert failed(checks) == set()
    assert [check.name for check in checks][-1] == "对随机排序"


def shuffled(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Each issue with the picks of the third after it."""
    return tuple(replace(issue, picks=issues[(n + 3) % len(issues)].picks) for n, issue in enumerate(issues))


def test_shuffled_labels_are_refused() -> None:
    wrong = shuffled(sample_issues())
    found = failed(judge(case(fitted(wrong), wrong, sample_model())))
    assert {"旧选题", "选题出处"} <= found


def test_shuffled_labels_are_refused_as_a_first_model_too() -> None:
    wrong = shuffled(sample_issues())
    assert failed(judge(case(fitted(wrong), wrong, None)))


def test_a_model_of_other_labels_than_the_corpus_has_is_refused() -> None:
    assert "选题" in failed(judge(case(fitted(shuffled(sample_issues())), sample_issues(), sample_model())))


def test_half_a_corpus_is_refused() -> None:
    half = sample_issues()[::2]
    assert "资料" in failed(judge(case(fitted(half), half, sample_model())))


def test_an_issue_may_leave_and_a_pick_be_corrected() -> None:
    issues = sample_issues()
    corrected = replace(issues[2], picks=issues[2].picks[:-1])
    kept = (*issues[:2], corrected, *issues[3:])
    assert not failed(judge(case(fitted(kept), kept, sample_model()))) & {"资料", "旧选题", "选题出处"}


def test_an_emptied_lexicon_is_refused() -> None:
    issues = three_issues()
    full = fitted(issues, lexicon=Lexicon(words=("跨境电商产业园",), stopwords=("提高",)))
    assert failed(judge(case(fitted(issues), issues, full))) == {"词表"}
    some = fitted(issues, lexicon=Lexicon(words=("跨境电商产业园",)))
    assert "词表" not in failed(judge(case(some, issues, full)))


def test_one_topic_for_all_is_refused() -> None:
    model = sample_model()
    flat = np.zeros_like(model.emphasis)
    flat[:, 0] = 1.0
    assert "主题" in failed(judge(case(replace(model, emphasis=flat), sample_issues(), model)))


def test_a_model_that_missed_an_issue_is_refused() -> None:
    assert "覆盖" in failed(judge(case(former(), sample_issues(), former())))


def test_wholly_other_topics_are_refused() -> None:
    model = sample_model()
    fresh = tuple(one + 100 for one in model.topic_ids)
    turned = replace(model, topic_ids=fresh, terms=tuple(f"{term}甲" for term in model.terms))
    assert "主题延续" in failed(judge(case(turned, sample_issues(), model)))


# -- nothing to check ------------------------------------------------------------------------------


def without_picks(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    return tuple(replace(issue, picks=()) for issue in issues)


def test_picks_that_vanish_are_refused() -> None:
    bare = without_picks(sample_issues())
    assert "对照" in failed(judge(case(fitted(bare), bare, sample_model())))
    floors = Floors(score_model(three_issues(), fitted(three_issues()), SETTINGS), "v")
    assert "对照" in failed(judge(case(fitted(bare), bare, None, floors)))


def test_a_workspace_without_any_pick_is_judged_by_structure() -> None:
    bare = without_picks(sample_issues())
    model = fitted(bare)
    checks = judge(case(model, bare, fitted(bare[:-1])))
    assert failed(checks) == set()
    assert "推荐延续" in {check.name for check in checks}
    alone = judge(case(model, bare, None))
    assert [check.name for check in alone] == ["主题", "覆盖", "选题"]


@dataclass(frozen=True)
class Named:
    title: str


def test_a_list_wholly_unlike_is_refused_where_there_are_no_picks() -> None:
    care = without_picks([make_issue("1", [make_document("关于发展银发经济的意见", CARE)] * 2)])
    model = fitted(care)
    assert "推荐延续" not in failed(judge(case(model, care, model)))
    with pytest.MonkeyPatch.context() as patch:
        lists = iter([[Named("甲")], [Named("乙")]])
        patch.setattr(structure, "suggest", lambda *_: next(lists))
        assert "推荐延续" in failed(judge(case(model, care, model)))


# -- measures --------------------------------------------------------------------------------------


def scored(*ranks: tuple[int | None, ...]) -> dict[str, IssueScore]:
    return {str(n): IssueScore(tuple(f"选题{p}" for p in range(len(r))), r) for n, r in enumerate(ranks)}


def quality(new: dict[str, IssueScore], old: dict[str, IssueScore], floors: Floors = NONE) -> set[str]:
    model = sample_model()
    serving = Serving("v", model, old) if old else None
    return failed(check_quality(Case(model, new, sample_issues(), SETTINGS, serving, floors)))


GOOD = scored(*[(1, 4)] * 8)


def test_a_model_that_finds_much_less_is_refused() -> None:
    assert quality(scored(*[(1, None)] * 8), GOOD) == {"recall@10 对现用模型", "ndcg@10 对现用模型"}
    assert quality(GOOD, GOOD) == set()
    assert quality(GOOD, scored(*[(1, None)] * 8)) == set()


def test_one_pick_lost_never_decides() -> None:
    assert quality(scored((1, None), *[(1, 4)] * 7), GOOD) == set()
    assert quality(scored((None,)), scored((3,))) == set()


@pytest.mark.parametrize("number", range(1, 7))
def test_any_number_of_issues_can_be_judged(number: int) -> None:
    assert quality(scored(*[(1, 4)] * number), scored(*[(1, 4)] * number)) == set()
    assert quality(scored(*[(None, None)] * number), scored(*[(1, 4)] * number))


def test_one_measure_that_gains_does_not_hide_another_that_loses() -> None:
    old = scored(*[(9, 10, 8)] * 8)
    assert quality(scored(*[(1, None, None)] * 8), old) == {"recall@10 对现用模型"}


def test_noise_is_allowed_for_but_not_without_bound() -> None:
    mixed_old = scored(*[(1,), (None,)] * 4)
    mixed_new = scored(*[(None,), (1,)] * 3, (None,), (None,))
    assert quality(mixed_new, mixed_old) == set()  # −0.125 amid swings of ±1
    lost = scored(*[(None,)] * 3, *[(1,)] * 5)
    assert quality(lost, scored(*[(1,)] * 8))  # −0.375 is more than MOST_ALLOWED, however noisy
    assert MOST_ALLOWED < 0.375


def test_many_small_losses_do_not_add_up() -> None:
    """Each model is within the noise of the one before; the floors remember the best."""
    best = scored(*[(1, 2)] * 10)
    floors, serving, refused = Floors(best, "v0"), best, False
    for step in range(1, 9):
        new = scored(*[(1, None)] * step, *[(1, 2)] * (10 - step))
        alone = quality(new, serving)
        refused = refused or bool(quality(new, serving, floors))
        serving = new
        assert not alone
    assert refused


# -- floors ----------------------------------------------------------------------------------------

ranks = st.lists(st.none() | st.integers(1, 12), min_size=2, max_size=2).map(tuple)
some_scores = st.dictionaries(
    st.sampled_from("abcde"), ranks.map(lambda r: IssueScore(("甲", "乙"), r)), max_size=5
)


def mean(scores: dict[str, IssueScore], keys: Sequence[str], name: str) -> float:
    return float(np.mean([scores[key].value(name) for key in keys]))


@given(st.lists(some_scores, max_size=5))
def test_floors_never_fall_by_themselves(history: list[dict[str, IssueScore]]) -> None:
    floors = Floors()
    for number, scores in enumerate(history):
        later = raised(floors, scores, f"v{number}")
        keys = sorted(floors.scores)
        assert set(keys) <= set(later.scores)
        for name in GUARDED if keys else ():
            assert mean(dict(later.scores), keys, name) >= mean(dict(floors.scores), keys, name) - 1e-9
        floors = later


def test_floors_rise_with_a_better_model_and_learn_new_issues() -> None:
    low, high = scored((5, 9), (None, None)), scored((1, 2), (None, 8), (3, 3))
    first = raised(Floors(), low, "v1")
    second = raised(first, high, "v2")
    assert dict(second.scores) == high
    assert second.version == "v2"
    assert raised(second, high, "v3") is second


def test_floors_survive_the_disk_and_damage_is_named(tmp_path: Path) -> None:
    floors = Floors(scored((1, None), (2, 3)), "v1", "试验")
    assert read_floors(tmp_path) == Floors()
    write_floors(tmp_path, floors)
    assert read_floors(tmp_path) == floors
    for text in (
        "",
        "[]",
        "{}",
        '{"issues": {"1": {"picks": ["a"], "ranks": [0]}}, "version": 1, "because": 1}',
    ):
        (tmp_path / FLOORS).write_text(text)
        with pytest.raises(IntegrityError, match="质量底线"):
            read_floors(tmp_path)


@given(some_scores)
def test_scores_survive_json(scores: dict[str, IssueScore]) -> None:
    assert from_json(to_json(scores)) == {key: scores[key] for key in sorted(scores)}
