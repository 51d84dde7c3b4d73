"""Counts are whole numbers, whoever counted which part."""

from hypothesis import given
from hypothesis import strategies as st

from recommender.features.counts import count_terms, merge_counts

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
