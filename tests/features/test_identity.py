"""Topics that continue keep their ids; new, split, merged and vanished ones are told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from test_coherence import themes

from recommender.features.identity import SAME, compare_topics, continue_topics, likenesses
from recommender.features.past import Past
from recommender.features.topics import fit_topics
from recommender.features.vectorise import fit_tfidf

TERMS = ("甲", "乙", "丙", "丁", "戊", "己")


def rows(*weights: dict[str, float]) -> NDArray[np.float64]:
    return np.array([[row.get(term, 0.0) for term in TERMS] for row in weights])


def past(components: NDArray[np.float64], ids: tuple[int, ...], last_id: int = 0) -> Past:
    return Past(ids, TERMS, components, tuple((f"题{one}",) for one in ids), last_id or max(ids, default=0))


def test_a_first_model_numbers_from_one() -> None:
    change = continue_topics(Past(), TERMS, rows({"甲": 1}, {"乙": 1}))
    assert change.ids == change.new == (1, 2)
    assert not (change.continued or change.vanished or change.split or change.merged)


def test_a_topic_keeps_its_id_wherever_it_stands() -> None:
    before = past(rows({"甲": 1, "乙": 0.5}, {"丙": 1}), (4, 9))
    change = continue_topics(before, TERMS, rows({"丙": 0.9, "丁": 0.2}, {"甲": 1, "乙": 0.4}))
    assert change.ids == change.continued[::-1] == (9, 4)
    assert change.new == change.vanished == ()


def test_a_new_topic_gets_a_number_never_used_before() -> None:
    before = past(rows({"甲": 1}, {"丙": 1}), (4, 9), last_id=11)
    change = continue_topics(before, TERMS, rows({"戊": 1}, {"甲": 1}))
    assert change.ids == (12, 4)
    assert (change.new, change.vanished) == ((12,), (9,))


def test_a_split() -> None:
    before = past(rows({"甲": 1, "乙": 1}, {"丙": 1}), (1, 2))
    change = continue_topics(before, TERMS, rows({"甲": 1.1, "乙": 0.1}, {"乙": 1}, {"丙": 1}))
    assert change.ids == (1, 3, 2)
    assert change.split == ((1, (1, 3)),)
    assert not (change.new or change.merged or change.vanished)


def test_a_merger() -> None:
    before = past(rows({"甲": 1}, {"乙": 1}, {"丙": 1}), (1, 2, 3))
    change = continue_topics(before, TERMS, rows({"丙": 1}, {"甲": 1.1, "乙": 1}))
    assert change.ids == (3, 1)
    assert change.merged == ((1, (1, 2)),)
    assert not (change.new or change.split or change.vanished)


def test_likeness_counts_words_of_one_vocabulary_alone_as_unlike() -> None:
    before = Past((1,), ("甲", "旧"), np.array([[1.0, 1.0]]), (("题",),), 1)
    found = likenesses(before, ("甲", "新"), np.array([[1.0, 1.0]]))
    assert found == pytest.approx(np.array([[0.5]]))
    assert continue_topics(before, ("新",), np.array([[1.0]])).ids == (2,)


def test_below_the_threshold_a_topic_is_new() -> None:
    before = past(rows({"甲": 1}), (1,))
    other = (1 / SAME**2 - 1) ** 0.5  # weight of another word at which the cosine is just SAME
    assert continue_topics(before, TERMS, rows({"甲": 1, "乙": other * 0.99})).ids == (1,)
    assert continue_topics(before, TERMS, rows({"甲": 1, "乙": other * 1.01})).ids == (2,)


def learned(texts: list[list[str]], count: int, before: Past | None = None) -> Past:
    tfidf = fit_tfidf(texts)
    topics = fit_topics(tfidf, [], count)
    ids = continue_topics(before or Past(), tfidf.terms, topics.components).ids
    known_as = tuple((label,) for label in topics.labels)
    return Past(ids, tfidf.terms, topics.components, known_as, max(ids))


def by_theme(topics: Past) -> dict[str, int]:
    """Theme → id of the topic whose strongest word is the theme's."""
    strongest = [topics.terms[int(row.argmax())] for row in topics.components]
    return {word.partition("词")[0]: one for word, one in zip(strongest, topics.ids, strict=True)}


def test_themes_keep_their_ids_when_one_comes_and_one_goes() -> None:
    before = learned(themes(5, 30), 5)
    grown = learned([*themes(5, 30), *([f"新{n % 7}", f"新{n % 5}", "通用1"] for n in range(30))], 6, before)
    assert by_theme(before).items() <= by_theme(grown).items()
    assert set(grown.ids) == {1, 2, 3, 4, 5, 6}
    shrunk = learned(themes(5, 30, skip=2), 4, before)
    assert by_theme(shrunk).items() <= by_theme(before).items()
    change = compare_topics(before, shrunk)
    assert change.vanished == (by_theme(before)["主题2"],)
    assert compare_topics(before, grown).new == (6,)


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=6, max_size=6), max_size=5),
    st.lists(st.lists(st.floats(0, 1), min_size=6, max_size=6), max_size=5),
)
def test_every_topic_is_accounted_for(old: list[list[float]], new: list[list[float]]) -> None:
    ids = tuple(range(3, 3 + len(old)))
    before = past(np.array(old).reshape(len(old), 6), ids, 10)
    change = continue_topics(before, TERMS, np.array(new).reshape(len(new), 6))
    assert len(change.ids) == len(set(change.ids)) == len(new)
    assert all(one in ids or one > 10 for one in change.ids)
    parts = {part for _, found in change.split for part in found}
    absorbed = {part for _, found in change.merged for part in found}
    assert set(change.ids) == set(change.continued) | set(change.new) | (parts & set(change.ids))
    assert set(ids) == set(change.continued) | set(change.vanished) | (absorbed & set(ids))
    assert not set(change.new) & (parts | set(change.continued))
