"""Build a background from collections of public policy text and research titles.

Word vectors: positive pointwise mutual information of words in the same clause, context counts
raised to 3/4 and shifted (Levy, Goldberg, Dagan 2015), factorised by a truncated SVD.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from recommender.emphasis.background import Background
from recommender.emphasis.sources import read_rows
from recommender.errors import InputError
from recommender.features.counts import Counts, count_terms, merge_counts
from recommender.features.segment import Cut, segmenter
from recommender.parallel import ALONE, Workers, streamed

DIMENSIONS = 64
_MIN_CLAUSES = 25  # below it, neighbours are chance: on 385,000 clauses 11,000 words remain
_SHIFT = 0.7  # ln 2: a pair must occur twice as often as chance
_PART = 1_000_000  # characters that are counted at a time
_CLAUSE = re.compile(r"[\n。；！？]")

Split = Callable[[str, Cut], Iterator[list[str]]]


def build_background(policies: list[Path], titles: list[Path], workers: Workers = ALONE) -> Background:
    """Count and factorise; the same files in any order, counted by anyone, give the same background.

    Raises InputError, naming the file, when one cannot be read or lacks the field.

    policies: JSON lines (also .gz, .xz) with ``text``; titles: CSV (also .xz) with ``title``.
    """
    clauses = _counted(_clauses, (row.text for path in sorted(policies) for row in read_rows(path)), workers)
    titled = _counted(_whole, (row.title for path in sorted(titles) for row in read_rows(path)), workers)
    often = dict(zip(clauses.terms, clauses.matrix.sum(axis=0).tolist(), strict=True))
    kept = sorted((w for w, n in often.items() if n >= _MIN_CLAUSES), key=lambda w: (-often[w], w))
    if not kept:
        raise InputError(f"参照语料太少：没有一个词出现在 {_MIN_CLAUSES} 个句子里。请加入更多文件。")
    in_titles = dict(zip(titled.terms, titled.matrix.sum(axis=0).tolist(), strict=True))
    return Background(
        index={word: row for row, word in enumerate(kept)},
        vectors=word_vectors(clauses.columns(kept)),
        clauses=np.array([often[word] for word in kept], dtype=np.int64),
        titles=np.array([in_titles.get(word, 0) for word in kept], dtype=np.int64),
        n_clauses=clauses.matrix.shape[0],
        n_titles=titled.matrix.shape[0],
    )


def _counted(split: Split, texts: Iterable[str], workers: Workers) -> Counts:
    """In which pieces of the texts each word occurs: (n_pieces, n_words), 0 or 1."""
    return merge_counts(list(streamed(partial(_count_part, split), _parts(texts), workers)))


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text) + 1
        if size >= _PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _count_part(split: Split, texts: Sequence[str]) -> Counts:
    cut = segmenter()
    return count_terms(set(words) for text in texts for words in split(text, cut))


def _clauses(text: str, cut: Cut) -> Iterator[list[str]]:
    """The clauses of a text that have two words or more of two characters or more, as these."""
    for part in _CLAUSE.split(text):
        if len(words := [word for word in cut(part) if len(word) > 1]) > 1:
            yield words


def _whole(text: str, cut: Cut) -> Iterator[list[str]]:
    yield cut(text)


def word_vectors(occurs: sp.csr_array) -> NDArray[np.float32]:
    """Unit vectors (n_words, DIMENSIONS) of words from their company in clauses.

    occurs: (n_clauses, n_words), 0 or 1.
    """
    sizes = np.maximum(occurs.sum(axis=1) - 1, 1)
    there = sp.csr_matrix(occurs.astype(np.float64))
    pairs = (there.T @ sp.diags(1 / sizes) @ there).tolil()
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
