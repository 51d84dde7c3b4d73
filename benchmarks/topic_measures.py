"""How coherent the topics of any tool are, and how alike those of several runs."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, count

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from topic_tools import TOP, Found, Run

from recommender.features.coherence import coherence

Words = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Reference:
    """The texts in which words are counted, the same for all tools."""

    texts: Words

    def npmi(self, topics: Words) -> float:
        """Mean NPMI of topics given by their ten strongest words; in [−1, 1]."""
        presence, place = self._counts
        rows = np.zeros((len(topics), len(place)))
        for row, words in enumerate(topics):
            for rank, word in enumerate(words):
                rows[row, place[word]] = TOP - rank
        return coherence(rows, presence)

    @cached_property
    def _counts(self) -> tuple[sp.csr_matrix, dict[str, int]]:
        """(n_texts, n_words), 1 where a text has a word; the column of each word."""
        place: dict[str, int] = {}
        rows = [sorted({place.setdefault(word, len(place)) for word in text}) for text in self.texts]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.array([column for row in rows for column in row])
        shape = (len(rows), len(place))
        return sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=shape), place


def distinct(topics: Words) -> float:
    """Share of the words of all topics that are different ones; in (0, 1]."""
    return len({word for words in topics for word in words}) / sum(map(len, topics))


def stability(runs: Sequence[tuple[Run, Found]]) -> tuple[float, float]:
    """Means over the pairs of runs: words in common, and adjusted Rand index of the texts in both."""
    pairs = list(combinations(runs, 2))
    words = statistics.mean(words_in_common(one.words, other.words) for (_, one), (_, other) in pairs)
    return words, statistics.mean(_texts_alike(*pair) for pair in pairs)


def words_in_common(one: Words, other: Words) -> float:
    """Mean Jaccard of the words of topics matched one to one; in [0, 1].

    >>> words_in_common([["a", "b"], ["c", "d"]], [["d", "e"], ["b", "a"]])
    0.6666666666666666
    """
    a, b = [set(words) for words in one], [set(words) for words in other]
    shares: NDArray[np.float64] = np.array([[len(x & y) / max(len(x | y), 1) for y in b] for x in a])
    rows, columns = linear_sum_assignment(-shares)
    return float(shares[rows, columns].mean())


def _texts_alike(one: tuple[Run, Found], other: tuple[Run, Found]) -> float:
    a, b = (_by_row(*pair) for pair in (one, other))
    both = sorted(a.keys() & b.keys())
    return float(adjusted_rand_score([a[row] for row in both], [b[row] for row in both]))


def _by_row(run: Run, found: Found) -> dict[int, int]:
    """Row in all texts → topic, of the texts of a run."""
    rows = filter(run.keeps, count())
    return dict(zip(rows, found.topic_of, strict=False))  # the rows have no end
