"""How strongly an issue stresses topics and words, now.

A document counts with the authority of its level, a heading twice as much as text: policy says
first what it means most.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recommender.emphasis.sparse import Sparse, from_cells
from recommender.features.tokens import ClauseTokens
from recommender.records import Issue, Level

if TYPE_CHECKING:  # takes longer to import than to suggest
    from scipy.sparse import csr_matrix

HEADING_WEIGHT, TEXT_WEIGHT = 2.0, 1.0


def word_weights(
    clauses: Sequence[ClauseTokens], index: Mapping[str, int], idf: NDArray[np.float64]
) -> Sparse:
    """TF-IDF of the vocabulary in each clause: (n_clauses, n_terms), rows of unit length, or empty
    where no word is known. The term frequency is 1 + ln of the weighted count."""
    found = [
        (row, index[word], weight)
        for row, clause in enumerate(clauses)
        for words, weight in ((clause.heading, HEADING_WEIGHT), (clause.text, TEXT_WEIGHT))
        for word in words
        if word in index
    ]
    rows, columns, counts = np.array(found, dtype=np.float64).reshape(-1, 3).T
    counted = from_cells(rows, columns, counts, (len(clauses), len(idf)))
    weights = (1 + np.log(counted.data)) * idf[counted.columns]
    lengths = np.sqrt(counted.summed(weights**2))
    return replace(counted, data=weights / lengths[counted.rows])


def directions_of(components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the topics point: (n_terms, n_topics), columns of unit length, from (n_topics, n_terms)."""
    norms = np.maximum(np.linalg.norm(components, axis=1), 1e-12)
    return np.ascontiguousarray(components.T / norms)


def topic_shares(weights: "Sparse | csr_matrix", directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of the topics in each clause: cosine with each direction, squared so that the nearest
    stand out; (n_clauses, n_topics), rows sum to 1, or to 0 where nothing is shared."""
    likeness = np.asarray(weights @ directions) ** 2
    totals = likeness.sum(axis=1, keepdims=True)
    result: NDArray[np.float64] = np.divide(likeness, totals, out=np.zeros_like(likeness), where=totals > 0)
    return result


def topic_emphasis(
    issue: Issue,
    clauses: Sequence[ClauseTokens],
    index: Mapping[str, int],
    idf: NDArray[np.float64],
    directions: NDArray[np.float64],
    authority: Mapping[Level, float],
) -> NDArray[np.float64]:
    """How strongly an issue stresses each topic: (n_topics,), sums to 1, or to 0 without clauses.

    Each document has the weight of its level, shared by its clauses, so that a long policy does
    not outweigh a high one.
    """
    levels = [document.level for document in issue.documents]
    says = clause_says([clause.document for clause in clauses], levels, authority)
    return emphasis_of(says, topic_shares(word_weights(clauses, index, idf), directions))


def clause_says(
    documents: Sequence[int], levels: Sequence[Level], authority: Mapping[Level, float]
) -> NDArray[np.float64]:
    """How much each clause of an issue counts: its document's authority, shared by its clauses.

    documents: (n_clauses,), the position of each clause's document; levels: (n_documents,).
    """
    sizes = Counter(documents)
    return np.array([authority[levels[one]] / sizes[one] for one in documents])


def emphasis_of(says: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Topic shares of an issue's clauses, (n_clauses, n_topics), together: (n_topics,), sums to 1 or 0."""
    total: NDArray[np.float64] = says @ shares
    return total / total.sum() if total.sum() else total
