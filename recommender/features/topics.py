"""Topics of the corpus: non-negative matrix factorisation of TF-IDF, labelled by phrases."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.features.coherence import choose_count, content_hash, score_counts, topic_count
from recommender.features.labels import Naming, label_topics
from recommender.features.past import CountScore
from recommender.features.phrases import Phrase
from recommender.features.vectorise import Tfidf

LARGE = 5000  # texts from which a fit would take minutes
# In a large corpus topics settle early (on 21,783 clauses those of 30 iterations have a mean cosine of
# 0.9998 with those of 100), and 32 bits tell them apart as well as 64 in half the time.
_ITERATIONS, _ITERATIONS_IF_LARGE, _ITERATIONS_TO_GO_ON, _TOLERANCE = 400, 30, 10, 1e-4
# Enough to judge a number by; on the same 21,783 clauses 20 iterations in 32 bits put the numbers in the
# same order as 60 in 64, in a third of the time.
_QUICK_ITERATIONS, _QUICK_ITERATIONS_IF_LARGE, _QUICK_TOLERANCE = 60, 20, 1e-3


@dataclass(frozen=True, eq=False)
class Earlier:
    """Topics to go on from: (n_earlier, n_terms), ≥ 0, in the vocabulary of now.

    labels: their names. settled: their number and names stay and the new ones are fitted from them,
    which takes a tenth of the time; otherwise their number is only preferred.
    """

    components: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    labels: Sequence[str] = ()
    settled: bool = False


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
    usual, known = topic_count(matrix.shape[0]), len(earlier.components)
    with threadpool_limits(1):
        quick = _quick_fit if matrix.shape[0] < LARGE else _quick_fit_if_large
        table = () if count or earlier.settled else score_counts(matrix, _hashes(tfidf), quick, known)
        if earlier.settled:
            start = earlier.components if weights is None else earlier.components * weights
            activity, rows = _go_on(matrix, start)
        else:
            wanted = count or choose_count(table, known or usual) or usual
            activity, rows = _fit_anew(matrix, wanted)
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


def _hashes(tfidf: Tfidf) -> list[int]:
    """The hash of the vocabulary words of each text, in code-point order."""
    matrix = tfidf.matrix.sorted_indices()
    ends = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    return [content_hash([tfidf.terms[i] for i in matrix.indices[start:end]]) for start, end in ends]


def _fit_anew(matrix: sp.csr_matrix, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if matrix.shape[0] < LARGE:
        return _nmf(matrix, count, "nndsvda", _ITERATIONS, _TOLERANCE)
    return _nmf(matrix.astype(np.float32), count, "nndsvda", _ITERATIONS_IF_LARGE, _TOLERANCE)


def _quick_fit(matrix: sp.csr_matrix, count: int) -> NDArray[np.float64]:
    return _nmf(matrix, count, "nndsvd", _QUICK_ITERATIONS, _QUICK_TOLERANCE)[1]


def _quick_fit_if_large(matrix: sp.csr_matrix, count: int) -> NDArray[np.float64]:
    return _nmf(matrix.astype(np.float32), count, "nndsvd", _QUICK_ITERATIONS_IF_LARGE, _QUICK_TOLERANCE)[1]


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
    matrix: sp.csr_matrix, components: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """``_nmf`` from known components: their least-squares weights, then a few iterations."""
    weights = np.asarray(matrix @ components.T) @ np.linalg.pinv(components @ components.T)
    model = NMF(n_components=len(components), init="custom", max_iter=_ITERATIONS_TO_GO_ON, tol=_TOLERANCE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a budget, as in _nmf
        fitted = model.fit_transform(matrix, W=np.maximum(weights, 0), H=components.copy())
    return fitted, model.components_


def _unit_sums(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = matrix.sum(axis=1, keepdims=True)
    result: NDArray[np.float64] = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    return result
