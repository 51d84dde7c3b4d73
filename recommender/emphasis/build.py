"""Build a background from collections of public policy text and research titles.

Word vectors: positive pointwise mutual information of words in the same clause, context counts
raised to 3/4 and shifted (Levy, Goldberg, Dagan 2015), factorised by a truncated SVD.
"""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from recommender.emphasis.background import Background, count_documents
from recommender.emphasis.sources import read_rows
from recommender.errors import InputError
from recommender.features.segment import segmenter

DIMENSIONS = 64
_MIN_CLAUSES = 25  # below it, neighbours are chance: on 385,000 clauses 11,000 words remain
_SHIFT = 0.7  # ln 2: a pair must occur twice as often as chance
_CLAUSE = re.compile(r"[\n。；！？]")


def build_background(policies: list[Path], titles: list[Path]) -> Background:
    """Count and factorise; the same files in any order give the same background.

    Raises InputError, naming the file, when one cannot be read or lacks the field.

    policies: JSON lines (also .gz, .xz) with ``text``; titles: CSV (also .xz) with ``title``.
    """
    cut = segmenter()
    clauses = [
        words
        for path in sorted(policies)
        for row in read_rows(path)
        for part in _CLAUSE.split(row.text)
        if len(words := [word for word in cut(part) if len(word) > 1]) > 1
    ]
    titled = [cut(row.title) for path in sorted(titles) for row in read_rows(path)]
    counts = Counter(word for words in clauses for word in set(words))
    kept = sorted(
        (word for word, count in counts.items() if count >= _MIN_CLAUSES), key=lambda w: (-counts[w], w)
    )
    if not kept:
        raise InputError(f"参照语料太少：没有一个词出现在 {_MIN_CLAUSES} 个句子里。请加入更多文件。")
    index = {word: row for row, word in enumerate(kept)}
    in_clauses, n_clauses = count_documents(clauses, index)
    in_titles, n_titles = count_documents(titled, index)
    return Background(index, word_vectors(clauses, index), in_clauses, in_titles, n_clauses, n_titles)


def word_vectors(clauses: list[list[str]], index: dict[str, int]) -> NDArray[np.float32]:
    """Unit vectors (n_words, DIMENSIONS) of the indexed words from their company in clauses."""
    rows, columns = [], []
    for row, words in enumerate(clauses):
        for column in sorted({index[word] for word in words if word in index}):
            rows.append(row)
            columns.append(column)
    ones = np.ones(len(rows), dtype=np.float64)
    occurs = sp.csr_matrix((ones, (rows, columns)), shape=(len(clauses), len(index)))
    sizes = np.maximum(np.asarray(occurs.sum(axis=1)).ravel() - 1, 1)
    pairs = (occurs.T @ sp.diags(1 / sizes) @ occurs).tolil()
    pairs.setdiag(0)
    factors, strengths, _ = randomized_svd(_ppmi(pairs.tocoo()), DIMENSIONS, random_state=0)
    vectors = factors * np.sqrt(strengths)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    result: NDArray[np.float32] = unit.astype(np.float32)
    return result


def _ppmi(pairs: sp.coo_matrix) -> sp.csr_matrix:
    """Shifted positive PMI of a symmetric matrix of co-occurrence weights."""
    totals = np.asarray(pairs.tocsr().sum(axis=1)).ravel()
    smoothed = totals**0.75
    smoothed *= totals.sum() / smoothed.sum()
    keep = pairs.data > 0
    row, column, weight = pairs.row[keep], pairs.col[keep], pairs.data[keep]
    values = np.log(weight * totals.sum() / (totals[row] * smoothed[column])) - _SHIFT
    positive = values > 0
    return sp.csr_matrix((values[positive], (row[positive], column[positive])), shape=pairs.shape)
