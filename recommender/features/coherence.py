"""How well topics hang together, how well they survive leaving clauses out, and so how many to fit.

A number of topics is judged by (1 + NPMI) / 2 × stability, both in [0, 1]:
coherence as the mean normalised pointwise mutual information of each topic's ten strongest terms
(Bouma 2009; Lau, Newman, Baldwin 2014), stability as the agreement of the topics with those fitted
without a fold of the clauses (Greene, O'Callaghan, Cunningham 2014). Of the numbers that come within
a tenth of the best score the one nearest to the usual number is taken: a small corpus cannot tell
more, and its score alone would always favour two or three topics.
"""

import math
from collections.abc import Callable, Sequence
from hashlib import sha256

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from recommender.features.past import CountScore

FOLDS = 4
TOP_TERMS = 10
MAX_TEXTS, MAX_TERMS = 1500, 1000  # what a number is judged on: enough to tell, and quick to fit
NEAR_ENOUGH = 0.9  # scores of at least 90 % of the best are not told apart
_STEPS = (0.65, 0.8, 1.0, 1.25, 1.6)
_CLIMBS, _MANY = 4, 20
_FEWEST, _MOST = 2, 60

Matrix = NDArray[np.float64]
Fit = Callable[[sp.csr_matrix, int], Matrix]


def coherence(components: Matrix, presence: sp.csr_matrix) -> float:
    """Mean NPMI over the topics, each the mean over the pairs of its ten strongest terms; in [-1, 1].

    NPMI = ln(p(a, b) / (p(a) p(b))) / −ln p(a, b), with p the share of texts; −1 for terms that never
    meet, 1 for terms that stand in every text; 0 for each pair that a topic of fewer terms lacks, or
    topics of two words would always win. components: (n_topics, n_terms); presence: (n_texts,
    n_terms), 1 where a text has a term.
    """
    means = [_topic_coherence(row, presence) for row in components]
    return float(np.mean(means)) if means else 0.0


def _topic_coherence(row: Matrix, presence: sp.csr_matrix) -> float:
    top = np.argsort(-row, kind="stable")[:TOP_TERMS]
    top = top[row[top] > 0]
    if len(top) < 2:
        return 0.0
    columns = presence[:, top]
    together = (columns.T @ columns).toarray() / presence.shape[0]
    alone = together.diagonal()
    pairs = np.tril_indices(len(top), -1)
    wanted = math.comb(min(TOP_TERMS, len(row)), 2)
    return float(_npmi(together[pairs], np.outer(alone, alone)[pairs]).sum()) / wanted


def _npmi(together: Matrix, by_chance: Matrix) -> Matrix:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(together / by_chance) / -np.log(together)
    return np.where(together >= 1, 1.0, np.where(together > 0, value, -1.0))


def cosines(a: Matrix, b: Matrix) -> Matrix:
    """Cosine of each row of a with each row of b: (len(a), len(b)), 0 where a row is empty."""
    return np.asarray(_unit(a) @ _unit(b).T)


def _unit(rows: Matrix) -> Matrix:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = np.divide(rows, norms, out=np.zeros_like(rows, dtype=np.float64), where=norms > 0)
    return unit


def agreement(a: Matrix, b: Matrix) -> float:
    """Mean cosine of the topics of two fits, matched one to one by linear assignment; in [0, 1]."""
    likeness = cosines(a, b)
    rows, columns = linear_sum_assignment(-likeness)
    return float(likeness[rows, columns].sum() / max(len(a), len(b), 1))


def content_hash(tokens: Sequence[str]) -> int:
    """A number that a text's words alone decide, whatever stands before or after it."""
    return int.from_bytes(sha256(" ".join(tokens).encode()).digest()[:8])


def stability(whole: Matrix, matrix: sp.csr_matrix, folds: NDArray[np.intp], fit: Fit) -> float:
    """Mean agreement of the topics with those fitted without one fold; in [0, 1].

    A fold is left alone when the rest is too small to have as many topics.
    """
    rests = [matrix[folds != fold] for fold in range(FOLDS) if (folds == fold).any()]
    count = len(whole)
    values = [agreement(whole, fit(rest, count)) for rest in rests if rest.shape[0] >= count]
    return float(np.mean(values)) if values else 0.0


def topic_count(n_texts: int) -> int:
    """The number of topics that a corpus of this size is usually given: √(n / 3) within 2 … 40."""
    return max(2, min(40, round(math.sqrt(n_texts / 3))))


def counts_to_try(n_texts: int, prefer: int = 0) -> tuple[int, ...]:
    """0.65 to 1.6 times the usual number in five steps, within 2 … 60.

    prefer: tried too, as long as it lies between the ends.

    >>> counts_to_try(236), counts_to_try(618, 10)
    ((6, 7, 9, 11, 14), (9, 10, 11, 14, 18, 22))
    """
    usual = topic_count(n_texts)
    steps = {max(_FEWEST, min(_MOST, round(usual * step))) for step in _STEPS}
    return tuple(sorted(steps | ({prefer} if min(steps) <= prefer <= max(steps) else set())))


def score_counts(
    matrix: sp.csr_matrix, hashes: NDArray[np.uint64], fit: Fit, prefer: int = 0
) -> tuple[CountScore, ...]:
    """The table of numbers tried, smallest first: the grid, then neighbours of the best.

    matrix: (n_texts, n_terms) TF-IDF; hashes: (n_texts,), ``content_hash`` of each text. In a large
    corpus the numbers are judged on the 1,500 texts of lowest hash and their 1,000 commonest terms,
    copies of a text after all others. From twenty topics on neighbours are not told apart: one topic
    of many changes the score by less than another fold would.
    """
    part, folds = _part(matrix, hashes)
    presence = (part > 0).astype(np.float64)

    def score(count: int) -> CountScore:
        whole = fit(part, count)
        c, s = round(coherence(whole, presence), 4), round(stability(whole, part, folds, fit), 4)
        return CountScore(count, c, s, round((1 + c) / 2 * s, 4))

    most = min(part.shape)
    tried = {n: score(n) for n in counts_to_try(matrix.shape[0], prefer) if n <= most}
    for _ in range(_CLIMBS if tried else 0):
        best = max(tried.values(), key=lambda row: (row.score, -row.count)).count
        beside = [n for n in (best - 1, best + 1) if best < _MANY and _FEWEST <= n <= min(most, _MOST)]
        tried |= {n: score(n) for n in beside if n not in tried}
    return tuple(tried[count] for count in sorted(tried))


def _part(matrix: sp.csr_matrix, hashes: NDArray[np.uint64]) -> tuple[sp.csr_matrix, NDArray[np.intp]]:
    """The texts and terms that numbers are judged on, with the fold of each text."""
    rows = lowest(hashes, MAX_TEXTS)
    part = sp.csr_matrix(matrix[rows])
    common = np.sort(np.argsort(-np.asarray(part.getnnz(axis=0)), kind="stable")[:MAX_TERMS])
    return sp.csr_matrix(part[:, common]), (hashes[rows] % FOLDS).astype(np.intp)


def lowest(hashes: NDArray[np.uint64], most: int) -> NDArray[np.intp]:
    """The rows of the texts of lowest hash, in order, copies of a text chosen after all others: (≤ most,)."""
    return np.sort(np.lexsort((hashes, _copies_before(hashes)))[:most])


def _copies_before(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """How many texts before each say the same: many bulletins print one policy, which counts once as
    long as there are others."""
    order = np.argsort(hashes, kind="stable")
    _, first, which = np.unique(hashes[order], return_index=True, return_inverse=True)
    copies = np.empty(len(hashes), dtype=np.intp)
    copies[order] = np.arange(len(hashes)) - first[which]
    return copies


def choose_count(table: Sequence[CountScore], usual: int) -> int:
    """Of the numbers that reach 90 % of the best score the one nearest to the usual; 0 without any.

    usual: ``topic_count``, or the number of the serving model, so that it does not change without
    need. Of two equally near the one of higher score.
    """
    best = max((row.score for row in table), default=0.0)
    good = [row for row in table if row.score >= NEAR_ENOUGH * best]
    nearest = sorted(good, key=lambda row: (abs(row.count - usual), -row.score))
    return nearest[0].count if nearest else 0
