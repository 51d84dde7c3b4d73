"""Segmented clauses as TF-IDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

_RARE_FROM = 50  # texts from which a term of a single text is left out
_SHARE = 50_000  # a term must stand in two texts, and in one of so many


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of some texts.

    terms: in code-point order. idf: (n_terms,), ≥ 1. texts: (n_terms,), how many have the term.
    column: (n_words,), the term that each numbered word is, −1 for one that is none.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    texts: NDArray[np.int64]
    column: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Tfidf:
    """TF-IDF of some texts.

    terms: the vocabulary in code-point order. idf: (n_terms,), ≥ 1.
    matrix: (n_texts, n_terms), rows of unit length (or empty).
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    matrix: sp.csr_matrix


def vocabulary_of(words: Sequence[str], texts: NDArray[np.int64], n_texts: int) -> Vocabulary:
    """The terms among numbered words, with smoothed idf ln((1 + n) / (1 + df)) + 1.

    texts: (n_words,), how many of the n_texts have each word. Terms of a single text are left out
    once there are 50 texts or more: they join nothing. So are those of less than one text in 50,000,
    so that the vocabulary of a large corpus stays bounded. Raises ValueError when no term is left.
    """
    least = max(2, n_texts // _SHARE) if n_texts >= _RARE_FROM else 1
    chosen = sorted(np.flatnonzero(texts >= least).tolist(), key=words.__getitem__)
    if not chosen:
        raise ValueError("empty vocabulary: no text has a term")
    column = np.full(len(words), -1, dtype=np.int32)
    column[chosen] = np.arange(len(chosen))
    having = texts[chosen]
    idf = np.log((n_texts + 1.0) / (having + 1.0)) + 1.0
    return Vocabulary(tuple(words[number] for number in chosen), idf, having, column)


def weigh(counts: sp.csr_matrix, idf: NDArray[np.float64]) -> sp.csr_matrix:
    """Counts as (1 + ln count) × idf, rows of unit length, or empty as they were.

    counts: (n_texts, n_terms), > 0 where stored. Its columns are brought into order, so that equal
    rows give equal sums to the last digit.
    """
    weights = sp.csr_matrix(counts, dtype=np.float64, copy=True)
    weights.sort_indices()
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices]
    lengths = np.sqrt(np.asarray(weights.power(2).sum(axis=1)).ravel())
    weights.data /= np.repeat(lengths, np.diff(weights.indptr))
    return weights


def fit_tfidf(token_lists: Iterable[Sequence[str]]) -> Tfidf:
    """TF-IDF of texts as words. Raises ValueError as ``vocabulary_of``."""
    number: dict[str, int] = {}
    rows = [[number.setdefault(token, len(number)) for token in tokens] for tokens in token_lists]
    ends = np.cumsum([0, *map(len, rows)])
    cells = np.fromiter((one for row in rows for one in row), dtype=np.int64, count=ends[-1])
    counts = sp.csr_matrix((np.ones(len(cells)), cells, ends), shape=(len(rows), len(number)))
    counts.sum_duplicates()
    having = np.bincount(counts.indices, minlength=len(number)).astype(np.int64)
    vocabulary = vocabulary_of(list(number), having, len(rows))
    return Tfidf(vocabulary.terms, vocabulary.idf, weigh(in_terms(counts, vocabulary), vocabulary.idf))


def in_terms(counts: sp.csr_matrix, vocabulary: Vocabulary) -> sp.csr_matrix:
    """Counts of words as those of terms: (n_texts, n_words) → (n_texts, n_terms)."""
    columns = vocabulary.column[counts.indices]
    known = columns >= 0
    ends = np.concatenate(([0], np.cumsum(known)))[counts.indptr]
    shape = (counts.shape[0], len(vocabulary.terms))
    return sp.csr_matrix((counts.data[known], columns[known], ends), shape=shape)
