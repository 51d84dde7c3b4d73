"""TF-IDF and topics on a corpus whose themes are known by construction."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.features.coherence import agreement
from recommender.features.phrases import find_phrases
from recommender.features.stopwords import useful_tokens
from recommender.features.topics import Topics, fit_topics
from recommender.features.vectorise import fit_tfidf

THEMES = {
    "跨境电商": ["跨境", "电商", "海外仓", "外贸", "口岸", "报关"],
    "养老服务": ["养老", "服务", "护理", "老年人", "助餐", "照护"],
    "产教融合": ["产教", "融合", "实训", "职业院校", "企业", "师傅"],
}


def planted_corpus(each: int = 40) -> list[list[str]]:
    """Texts of one theme each: its phrase in the middle of three of its other words."""
    generator = random.Random(7)
    texts = []
    for words in THEMES.values():
        for _ in range(each):
            others = generator.choices(words[2:], k=4)
            texts.append([*others[:2], *words[:2], *others[2:]])
    return texts


def planted_topics(count: int = 3) -> Topics:
    texts = planted_corpus()
    return fit_topics(fit_tfidf(texts), find_phrases(texts), count)


def test_planted_themes_are_separated_and_named_by_their_phrases() -> None:
    topics = planted_topics()
    nearest = topics.shares.argmax(axis=1).reshape(3, 40)
    assert [set(row) for row in nearest] == [{row[0]} for row in nearest.tolist()]
    assert len({int(row[0]) for row in nearest}) == 3
    for theme, row in zip(THEMES, nearest, strict=True):
        assert topics.labels[row[0]].split("·")[0] == theme


def test_shapes_and_sums() -> None:
    topics = planted_topics()
    texts = planted_corpus()
    terms = fit_tfidf(texts).terms
    assert topics.components.shape == (3, len(terms))
    assert topics.shares.shape == (len(texts), 3)
    assert np.allclose(topics.components.sum(axis=1), 1)
    assert np.allclose(topics.shares.sum(axis=1), 1)
    assert len(topics.labels) == len(set(topics.labels)) == 3


def test_the_count_is_the_number_of_topics() -> None:
    assert [len(planted_topics(count).labels) for count in (2, 3, 5)] == [2, 3, 5]
    assert planted_topics(3).table == ()


def test_without_a_count_the_best_of_the_table_is_taken() -> None:
    topics = planted_topics(0)
    best = max(row.score for row in topics.table)
    chosen = next(row for row in topics.table if row.count == len(topics.labels))
    assert chosen.score >= 0.9 * best


def test_a_term_without_weight_shapes_no_topic() -> None:
    tfidf = fit_tfidf(planted_corpus())
    weights = np.array([0.0 if term in THEMES["养老服务"] else 1.0 for term in tfidf.terms])
    topics = fit_topics(tfidf, [], 2, weights=weights)
    assert (topics.components[:, weights == 0] == 0).all()
    assert np.allclose(topics.components.sum(axis=1), 1)
    assert not set("".join(topics.labels).split("·")) & set(THEMES["养老服务"])


def test_never_more_topics_than_texts_or_terms() -> None:
    tfidf = fit_tfidf([["贸易", "外贸"], ["贸易", "养老"]])
    assert len(fit_topics(tfidf, [], 9).labels) == 2


def test_repeated_fits_and_any_number_of_threads_agree() -> None:
    with threadpool_limits(1):
        alone = planted_topics()
    with threadpool_limits(2):
        together = planted_topics()
    assert alone.labels == together.labels
    assert np.allclose(alone.components, together.components, atol=1e-9)
    again = planted_topics()
    assert np.array_equal(together.components, again.components)
    assert np.array_equal(together.shares, again.shares)


def test_without_phrases_a_topic_is_named_by_its_words() -> None:
    topics = fit_topics(fit_tfidf(planted_corpus()), [], 3)
    for label in topics.labels:
        assert any(set(label.split("·")) <= set(words) for words in THEMES.values())


def test_idf_and_rows_as_documented() -> None:
    tfidf = fit_tfidf([["贸易", "贸易", "外贸"], ["贸易"], ["养老"]])
    assert tfidf.terms == tuple(sorted(["贸易", "外贸", "养老"]))
    # ln((1 + 3) / (1 + 2)) + 1 for the word of two texts of three
    assert tfidf.idf[tfidf.terms.index("贸易")] == pytest.approx(np.log(4 / 3) + 1)
    row = dict(zip(tfidf.terms, tfidf.matrix.toarray()[0], strict=True))
    # (1 + ln 2) · 1.2877 against 1 · (ln 2 + 1)
    assert row["贸易"] / row["外贸"] == pytest.approx((1 + np.log(2)) * (np.log(4 / 3) + 1) / (np.log(2) + 1))


def test_words_of_one_text_go_when_there_are_fifty() -> None:
    texts = [["贸易", "外贸"] for _ in range(49)]
    assert "孤词" in fit_tfidf([*texts[:40], ["贸易", "孤词"]]).terms
    assert "孤词" not in fit_tfidf([*texts, ["贸易", "孤词"]]).terms


def test_useful_tokens() -> None:
    assert useful_tokens(["推进", "贸易", "的", "年", "外贸"]) == ["贸易", "外贸"]
    assert useful_tokens(["推进", "贸易"], frozenset({"贸易"})) == ["推进"]


@given(
    st.lists(
        st.lists(st.sampled_from(["贸易", "养老", "融合", "护理", "口岸"]), max_size=5),
        min_size=2,
        max_size=12,
    ),
    st.integers(0, 4),
)
@settings(deadline=None, max_examples=40)
def test_shares_and_weights_stay_in_range(texts: list[list[str]], count: int) -> None:
    if not any(texts):
        with pytest.raises(ValueError, match="vocabulary"):
            fit_tfidf(texts)
        return
    tfidf = fit_tfidf(texts)
    norms = np.sqrt(np.asarray(tfidf.matrix.multiply(tfidf.matrix).sum(axis=1))).ravel()
    assert np.allclose(norms, [1.0 if text else 0.0 for text in texts])
    assert (tfidf.idf >= 1).all()
    topics = fit_topics(tfidf, [], count)
    assert (topics.components >= 0).all()
    assert ((topics.shares >= 0) & (topics.shares <= 1 + 1e-9)).all()


def test_a_large_corpus_gets_the_same_topics_in_fewer_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = planted_topics()
    monkeypatch.setattr("recommender.features.topics.LARGE", 100)  # of the 120 texts
    fast = planted_topics()
    assert fast.components.dtype == np.float64
    assert (fast.components != slow.components).any()  # it is another fit
    assert agreement(fast.components, slow.components) > 0.999
    assert fast.labels == slow.labels
