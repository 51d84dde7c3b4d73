"""Coherence, stability and the number of topics, on corpora whose number of themes is known."""

import random
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.features.coherence import (
    NEAR_ENOUGH,
    agreement,
    choose_count,
    coherence,
    content_hash,
    cosines,
    counts_to_try,
    lowest,
    score_counts,
    topic_count,
)
from recommender.features.past import CountScore, Earlier
from recommender.features.topics import fit_topics
from recommender.features.vectorise import fit_tfidf


def themes(number: int, each: int, skip: int = -1) -> list[list[str]]:
    """``each`` texts a theme: seven of its fifteen words, four of thirty that all themes use."""
    generator = random.Random(number)
    texts = []
    for theme in range(number):
        for _ in range(each):
            own = generator.choices([f"主题{theme}词{word}" for word in range(15)], k=7)
            common = generator.choices([f"通用{word}" for word in range(30)], k=4)
            texts += [[*own, *common]] if theme != skip else []
    return texts


@pytest.mark.parametrize(("number", "each"), [(3, 40), (5, 40), (5, 15), (9, 25), (16, 30)])
def test_the_number_of_themes_is_found_within_one(number: int, each: int) -> None:
    topics = fit_topics(fit_tfidf(themes(number, each)), [])
    assert abs(len(topics.labels) - number) <= 1
    best = max(topics.table, key=lambda row: row.score)
    assert best.count == number


def test_the_order_of_texts_decides_nothing() -> None:
    texts = themes(5, 20)
    one, other = (fit_topics(fit_tfidf(t), []).table for t in (texts, texts[::-1]))
    assert [row.count for row in one] == [row.count for row in other]
    assert [row.score for row in one] == pytest.approx([row.score for row in other], abs=0.02)


def test_a_preferred_number_stays_while_it_is_nearly_as_good() -> None:
    tfidf = fit_tfidf(themes(9, 25))
    assert len(fit_topics(tfidf, [], earlier=Earlier(np.ones((12, len(tfidf.terms))))).labels) == 9
    rows = [CountScore(n, 0.0, 0.0, score) for n, score in ((4, 0.5), (6, 0.46), (9, 0.44), (12, 0.46))]
    assert choose_count(rows, 9) in (6, 12)
    assert choose_count(rows, 6) == 6
    assert choose_count(rows, 4) == 4
    assert choose_count(rows, 40) == 12
    assert choose_count([replace(rows[0], score=0.9), *rows[1:]], 12) == 4
    assert choose_count([], 9) == 0


def test_coherence_of_a_hand_worked_topic() -> None:
    # a and b in texts 1, 2; c in text 3: NPMI(a, b) = ln(.5 / .25) / −ln .5 = 1; c meets neither: −1
    presence = sp.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float))
    assert coherence(np.array([[0.5, 0.3, 0.2]]), presence) == pytest.approx((1 - 1 - 1) / 3)
    # of three possible pairs this topic has one
    assert coherence(np.array([[0.5, 0.5, 0.0]]), presence) == pytest.approx(1 / 3)
    assert coherence(np.array([[1.0, 0.0, 0.0]]), presence) == 0
    everywhere = sp.csr_matrix(np.ones((3, 2)))
    assert coherence(np.array([[0.5, 0.5]]), everywhere) == 1


def test_agreement_is_that_of_the_best_matching() -> None:
    rows = np.eye(3)
    assert agreement(rows, rows[[2, 0, 1]]) == 1
    assert agreement(rows, np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 1.0, 0]])) == pytest.approx(2 / 3)
    assert cosines(np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([[1.0, 0.0]])) == pytest.approx(
        np.array([[0.5**0.5], [0.0]])
    )


def test_folds_follow_the_content() -> None:
    assert content_hash(["贸易", "外贸"]) == content_hash(("贸易", "外贸")) != content_hash(["外贸"])
    # a fixed value: it must not change with the hash seed or the version
    assert content_hash(["贸易"]) == int.from_bytes(sha256("贸易".encode()).digest()[:8])


def test_a_large_corpus_is_judged_on_a_part() -> None:
    generator = np.random.default_rng(3)
    matrix = sp.csr_matrix(generator.random((2100, 40)) * (generator.random((2100, 40)) > 0.6))
    seen: list[tuple[int, ...]] = []

    def fit(part: sp.csr_matrix, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        seen.append(part.shape)
        return np.eye(count, part.shape[1])

    hashes = np.array([content_hash([str(row)]) for row in range(2100)], dtype=np.uint64)
    table = score_counts(matrix, hashes, fit)
    assert max(shape[0] for shape in seen) == 1500
    assert table
    assert all(row.count <= 40 for row in table)


@given(st.permutations(range(12)), st.integers(1, 12))
def test_which_texts_are_taken_does_not_hang_on_their_order(order: list[int], most: int) -> None:
    hashes = np.array([content_hash([str(row % 9)]) for row in order], dtype=np.uint64)  # three of them twice
    chosen = lowest(hashes, most)
    assert list(chosen) == sorted(chosen)
    assert len({hashes[row] for row in chosen}) == min(most, 9)  # no copy before all others are in
    assert {hashes[row] for row in chosen} == set(np.unique(hashes)[:most])


@pytest.mark.parametrize(("texts", "topics"), [(1, 2), (12, 2), (75, 5), (700, 15), (100_000, 40)])
def test_the_usual_number_of_topics(texts: int, topics: int) -> None:
    assert topic_count(texts) == topics


@given(st.integers(1, 10**6), st.integers(0, 200))
def test_the_grid_is_small_and_holds_the_usual_number(n_texts: int, prefer: int) -> None:
    counts = counts_to_try(n_texts, prefer)
    assert topic_count(n_texts) in counts
    assert list(counts) == sorted(set(counts))
    assert 1 <= len(counts) <= 6
    assert all(2 <= count <= 60 for count in counts)


@given(st.lists(st.tuples(st.integers(2, 60), st.floats(0, 1)), min_size=1, unique_by=lambda row: row[0]))
def test_a_choice_is_never_far_below_the_best(rows: list[tuple[int, float]]) -> None:
    table = [CountScore(count, 0.0, 0.0, score) for count, score in rows]
    chosen = next(row for row in table if row.count == choose_count(table, 15))
    assert chosen.score >= NEAR_ENOUGH * max(row.score for row in table)


@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=5))
@settings(deadline=None)
def test_measures_stay_in_range(rows: list[list[float]]) -> None:
    components = np.array(rows)
    presence = sp.csr_matrix((components > 0.5).astype(float))
    assert -1 <= coherence(components, presence) <= 1
    assert 0 <= agreement(components, components[::-1]) <= 1 + 1e-9
