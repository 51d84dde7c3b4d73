"""Topics of the corpus: non-negative matrix factorisation of TF-IDF, labelled by phrases."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.features.coherence import Fit, choose_count, content_hash, lowest, score_counts, topic_count
from recommender.features.labels import Naming, label_topics
from recommender.features.past import LARGE, CountScore, Earlier
from recommender.features.phrases import Phrase
from recommender.features.vectorise import Tfidf

# In a large corpus topics are found in LARGE texts and the terms that five of them share, and then
# settled in all: on 20,631 clauses in 4 s instead of 11, of the same error
# (to 0.06 %) and as coherent as 30 iterations on all, and more alike without a fifth of the clauses.
# 32 bits tell them apart as well as 64 in half the time.
_SHARED_BY = 5
_ITERATIONS, _ITERATIONS_IF_LARGE, _ITERATIONS_TO_SETTLE, _TOLERANCE = 400, 30, 5, 1e-4
_ITERATIONS_TO_GO_ON = 10
# Enough to judge a number by; on 21,769 clauses 10 iterations in 32 bits choose the same number as 60 in
# 64, and put all numbers in the same order (but for a tie), in a fifth of the time.
_QUICK_ITERATIONS, _QUICK_ITERATIONS_IF_LARGE, _QUICK_TOLERANCE = 60, 10, 1e-3


_NONE = Earlier()


@dataclass(frozen=True, eq=False)
class Topics:
    """components: (n_topics, n_terms), rows sum to 1; shares: (n_texts, n_topics), rows sum to 1
    (or to 0 for a text without terms); labels: one readable phrase or two a topic; table: the
    numbers of topics that were tried, smallest first, empty where the number was given."""

    components: NDArray[np.float64]
    shares: NDArray[np.float64]
    labels: tuple[str, ...]
    table: tuple[CountScore, ...] = ()


def fit_topics(
    tfidf: Tfidf,
    phrases: Sequence[Phrase],
    count: int = 0,
    naming: Naming | None = None,
    earlier: Earlier = _NONE,
    weights: NDArray[np.float64] | None = None,
) -> Topics:
    """NMF started by NNDSVD, which needs no random numbers, on one thread: the same everywhere.

    count: number of topics, 0 for the best by coherence and stability (``choose_count``), where
    that of the earlier ones stays if it is nearly as good; never more than texts or terms allow.
    naming: headings and rarity for the labels, which ``phrases`` are added to.
    weights: (n_terms,), ≥ 0, how much each term may shape the topics; their components are those of
    TF-IDF again, 0 where the weight is. Topics come strongest first.
    """
    matrix = _weighted(tfidf.matrix, weights)
    table: tuple[CountScore, ...] = ()
    with threadpool_limits(1):
        if earlier.settled:
            start = earlier.components if weights is None else earlier.components * weights
            activity, rows = _go_on(matrix, start, _ITERATIONS_TO_GO_ON)
        else:
            hashes, known = _hashes(tfidf), len(earlier.components)
            if not count:
                table = score_counts(matrix, hashes, _quick_fit(matrix.shape[0] >= LARGE), known)
                usual = topic_count(matrix.shape[0])
                count = choose_count(table, known or usual) or usual
            activity, rows = _fit_anew(matrix, count, hashes)
    rows = rows if weights is None else np.divide(rows, weights, out=np.zeros_like(rows), where=weights > 0)
    strength = rows.sum(axis=1)
    order = np.argsort(-(activity.sum(axis=0) * strength), kind="stable")
    components, mass = _unit_sums(rows[order]), (activity * strength)[:, order]
    shares = _unit_sums(mass)
    if earlier.settled:
        return Topics(components, shares, tuple(earlier.labels[place] for place in order))
    naming = replace(naming or Naming(), phrases=phrases)
    labels = label_topics(components, tfidf.terms, naming, shares * mass if naming.headings else None)
    return Topics(components, shares, labels, table)


def _weighted(matrix: sp.csr_matrix, weights: NDArray[np.float64] | None) -> sp.csr_matrix:
    """Columns times weights, rows of unit length again (or empty); as given without weights."""
    if weights is None or not (weights > 0).any():
        return matrix
    return sp.csr_matrix(normalize(matrix @ sp.diags_array(weights)))


def _hashes(tfidf: Tfidf) -> NDArray[np.uint64]:
    """The hash of the vocabulary words of each text, in code-point order: (n_texts,)."""
    matrix = tfidf.matrix.sorted_indices()
    words = np.array(tfidf.terms, dtype=object)[matrix.indices].tolist()
    parts = pairwise(matrix.indptr.tolist())
    return np.array([content_hash(words[start:end]) for start, end in parts], dtype=np.uint64)


def _fit_anew(
    matrix: sp.csr_matrix, count: int, hashes: NDArray[np.uint64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if matrix.shape[0] < LARGE:
        return _nmf(matrix, count, "nndsvda", _ITERATIONS, _TOLERANCE)
    part = sp.csr_matrix(matrix[lowest(hashes, LARGE)], dtype=np.float32)
    shared = np.flatnonzero(part.getnnz(axis=0) >= _SHARED_BY)
    _, found = _nmf(part[:, shared], count, "nndsvda", _ITERATIONS_IF_LARGE, _TOLERANCE)
    start = np.zeros((len(found), matrix.shape[1]))
    start[:, shared] = found
    return _go_on(matrix, start, _ITERATIONS_TO_SETTLE)


def _quick_fit(large: bool) -> Fit:
    """A fit good enough to judge a number of topics by: its components."""
    iterations, kind = (_QUICK_ITERATIONS_IF_LARGE, np.float32) if large else (_QUICK_ITERATIONS, np.float64)
    return lambda matrix, count: _nmf(matrix.astype(kind), count, "nndsvd", iterations, _QUICK_TOLERANCE)[1]


def _nmf(
    matrix: sp.csr_matrix, count: int, start: str, iterations: int, tolerance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n_texts, k) weights and (k, n_terms) components, k = count as far as texts and terms allow."""
    model = NMF(
        n_components=min(count, *matrix.shape),
        init=start,
        max_iter=iterations,
        tol=tolerance,
        random_state=0,
    )
    # The iterations are a budget: a small corpus may creep on beyond it without a topic changing.
    # And the error of a perfect fit, which we do not use, is the root of −1e-17.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        weights = model.fit_transform(matrix)
    return weights.astype(np.float64), model.components_.astype(np.float64)


def _go_on(
    matrix: sp.csr_matrix, components: NDArray[np.float64], iterations: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """``_nmf`` from known components: their least-squares weights, then a few iterations, in 32 bits."""
    weights = np.asarray(matrix @ components.T) @ np.linalg.pinv(components @ components.T)
    model = NMF(n_components=len(components), init="custom", max_iter=iterations, tol=_TOLERANCE)
    start = {"W": np.maximum(weights, 0).astype(np.float32), "H": components.astype(np.float32)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a budget, as in _nmf
        fitted = model.fit_transform(matrix.astype(np.float32), **start)
    return fitted.astype(np.float64), model.components_.astype(np.float64)


def _unit_sums(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = matrix.sum(axis=1, keepdims=True)
    result: NDArray[np.float64] = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    return result
