"""Counts are whole numbers, whoever counted which part; TF-IDF is scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from recommender.features import vectorise
from recommender.features.counts import count_terms, merge_counts
from recommender.features.vectorise import fit_tfidf
from recommender.parallel import Backend, Workers

WORDS = st.sampled_from(["产教", "融合", "贸易", "数字化", "养老", "服务", "人才", "口岸", "ai", "5g"])
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=30)


@given(TEXTS, st.integers(1, 7))
def test_parts_merge_to_the_whole(texts: list[list[str]], size: int) -> None:
    whole = count_terms(texts)
    merged = merge_counts([count_terms(texts[i : i + size]) for i in range(0, len(texts), size)])
    assert merged.terms == whole.terms
    for name in ("data", "indices", "indptr"):
        assert getattr(merged.matrix, name).tolist() == getattr(whole.matrix, name).tolist()


@given(TEXTS)
def test_counts_are_what_one_would_count(texts: list[list[str]]) -> None:
    counts = count_terms(texts)
    assert counts.matrix.toarray().tolist() == [[text.count(t) for t in counts.terms] for text in texts]
    assert list(counts.terms) == sorted({word for text in texts for word in text})


@pytest.mark.parametrize("workers", [Workers(), Workers(Backend.loky, 2)], ids=["alone", "two"])
@pytest.mark.parametrize("size", [9, 120])
def test_tfidf_is_that_of_scikit_learn(size: int, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorise, "_PART", 7)
    vocabulary = [f"词{number}" for number in range(60)]
    generator = np.random.default_rng(0)
    texts = [list(generator.choice(vocabulary, generator.integers(0, 12))) for _ in range(size)]
    theirs = TfidfVectorizer(analyzer=str.split, sublinear_tf=True, min_df=2 if size >= 50 else 1)
    matrix = theirs.fit_transform(" ".join(text) for text in texts)
    ours = fit_tfidf(texts, workers)
    assert ours.terms == tuple(theirs.get_feature_names_out())
    assert ours.idf.tolist() == theirs.idf_.tolist()
    # scikit-learn sums a row's squares in the order in which words first came, we by column
    assert abs(ours.matrix - matrix).max() <= 4e-16


def test_no_term_is_an_error() -> None:
    with pytest.raises(ValueError, match="no term"):
        fit_tfidf([[], []])
