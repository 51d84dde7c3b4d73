"""How strongly an issue stresses topics and words, now.

A document counts with the authority of its level, a heading twice as much as text: policy says
first what it means most.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.features.tokens import ClauseTokens
from recommender.records import Issue, Level

HEADING_WEIGHT, TEXT_WEIGHT = 2.0, 1.0


def word_weights(
    clause: ClauseTokens, index: Mapping[str, int], idf: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Vocabulary rows of a clause's words and their TF-IDF, unit length; empty when none is known."""
    counts: dict[int, float] = {}
    for words, weight in ((clause.heading, HEADING_WEIGHT), (clause.text, TEXT_WEIGHT)):
        for word in words:
            if word in index:
                counts[index[word]] = counts.get(index[word], 0.0) + weight
    rows = np.array(sorted(counts), dtype=np.intp)
    values = np.array([1 + np.log(counts[row]) if counts[row] > 1 else 1.0 for row in rows]) * idf[rows]
    norm = float(np.linalg.norm(values))
    return rows, values / norm if norm else values


def topic_shares(
    rows: NDArray[np.intp], values: NDArray[np.float64], components: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares of the topics in a clause: cosine with each component, squared so that the nearest
    stand out, summing to 1 (or all 0 when nothing is shared)."""
    norms = np.maximum(np.linalg.norm(components, axis=1), 1e-12)
    likeness: NDArray[np.float64] = (components[:, rows] @ values / norms) ** 2
    total = float(likeness.sum())
    return likeness / total if total else likeness


def topic_emphasis(
    issue: Issue,
    clauses: Sequence[ClauseTokens],
    index: Mapping[str, int],
    idf: NDArray[np.float64],
    components: NDArray[np.float64],
    authority: Mapping[Level, float],
) -> NDArray[np.float64]:
    """How strongly an issue stresses each topic: (n_topics,), sums to 1, or to 0 without clauses.

    Each document has the weight of its level, shared by its clauses, so that a long policy does
    not outweigh a high one.
    """
    total = np.zeros(components.shape[0])
    sizes = {d: sum(clause.document == d for clause in clauses) for d in {c.document for c in clauses}}
    for clause in clauses:
        weight = authority[issue.documents[clause.document].level]
        rows, values = word_weights(clause, index, idf)
        if len(rows):
            total += weight / sizes[clause.document] * topic_shares(rows, values, components)
    return total / total.sum() if total.sum() else total
