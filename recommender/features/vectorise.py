"""Segmented clauses as TF-IDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer

from recommender.features.counts import Counts, count_terms, merge_counts
from recommender.parallel import ALONE, Workers, streamed

_PART = 20_000  # texts that are counted at a time: some ten megabytes of words
_COMMON = 50  # texts from which on a term must join two of them


@dataclass(frozen=True, eq=False)
class Tfidf:
    """TF-IDF of some texts.

    terms: the vocabulary in code-point order. idf: (n_terms,), ≥ 1.
    matrix: (n_texts, n_terms), rows of unit length (or empty).
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    matrix: sp.csr_matrix


def fit_tfidf(token_lists: Sequence[Sequence[str]], workers: Workers = ALONE) -> Tfidf:
    """TF-IDF with smoothed idf ln((1 + n) / (1 + df)) + 1 and logarithmic term frequency.

    Terms of a single text are dropped once there are 50 texts or more: they join nothing. Counting is
    shared among the workers; what is not a whole number is computed here, the same for all of them.
    Raises ValueError when no term is left.
    """
    counts = merge_counts(list(streamed(_count_lines, _parts(token_lists), workers)))
    if len(token_lists) >= _COMMON:
        counts = _shared(counts)
    if not counts.terms:
        raise ValueError("no term is left")
    transformer = TfidfTransformer(sublinear_tf=True)
    matrix = transformer.fit_transform(counts.matrix.astype(np.float64))
    return Tfidf(counts.terms, np.asarray(transformer.idf_), sp.csr_matrix(matrix))


def _parts(token_lists: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Texts as lines of words: a quarter of the time of lists to pack and send."""
    for first in range(0, len(token_lists), _PART):
        yield [" ".join(tokens) for tokens in token_lists[first : first + _PART]]


def _count_lines(lines: Iterable[str]) -> Counts:
    return count_terms(line.split() for line in lines)


def _shared(counts: Counts) -> Counts:
    """Without the terms of a single text."""
    texts = np.bincount(counts.matrix.indices, minlength=len(counts.terms))
    kept = tuple(counts.terms[column] for column in np.flatnonzero(texts > 1))
    return Counts(kept, counts.columns(kept))
