"""What public policy text and research titles say of words: shipped as counts and vectors.

The file holds no sentence: words, how often each occurs in policy clauses and in funded research
titles, and a vector a word, so that likeness of meaning (商务 ~ 外贸) works on the first day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

DATA = "background.npz"


@dataclass(frozen=True, eq=False)
class Background:
    """Counts and vectors of the words of public policy.

    index: word → row. vectors: (n_words, n_dimensions), rows of unit length.
    clauses, titles: (n_words,), how many policy clauses, and research titles, contain the word.
    n_clauses, n_titles: how many were counted.
    """

    index: dict[str, int]
    vectors: NDArray[np.float32]
    clauses: NDArray[np.int64]
    titles: NDArray[np.int64]
    n_clauses: int
    n_titles: int

    def idf(self, word: str) -> float:
        """ln((1 + n) / (1 + clauses with the word)) ≥ 0; the largest for a word never seen."""
        row = self.index.get(word)
        return math.log((1 + self.n_clauses) / (1 + (int(self.clauses[row]) if row is not None else 0)))

    def rate(self, word: str) -> float:
        """Share of policy clauses with the word, in (0, 1): one is added to either side."""
        row = self.index.get(word)
        return (1 + (int(self.clauses[row]) if row is not None else 0)) / (2 + self.n_clauses)

    def researchability(self, word: str) -> float:
        """Log ratio of a word's rate in research titles to its rate in policy clauses.

        Above 0 where researchers take a word up more than policy repeats it; one occurrence is
        added on both sides, so that a word seen nowhere stands near the ratio of the totals.
        """
        row = self.index.get(word)
        in_titles, in_clauses = (0, 0) if row is None else (int(self.titles[row]), int(self.clauses[row]))
        return math.log((1 + in_titles) / (1 + self.n_titles)) - math.log(
            (1 + in_clauses) / (1 + self.n_clauses)
        )

    def mean_vector(self, words: Sequence[str], weights: Sequence[float]) -> NDArray[np.float32]:
        """Weighted mean direction of some words, unit length; zeros when none is known."""
        known = [
            np.float32(weight * self.idf(word)) * self.vectors[self.index[word]]
            for word, weight in zip(words, weights, strict=True)
            if word in self.index
        ]
        return mean_direction(known, self.vectors.shape[1])


def mean_direction(vectors: Sequence[NDArray[np.float32]], size: int) -> NDArray[np.float32]:
    """Unit vector of the sum of some vectors; zeros of the given size when there is none."""
    total = np.zeros(size, dtype=np.float32)
    for vector in vectors:
        total += vector
    norm = np.float32(np.linalg.norm(total))
    return total / norm if norm else total


@lru_cache(maxsize=1)
def load_background() -> Background:
    """The background shipped with the package."""
    data = files("recommender.emphasis").joinpath(DATA).read_bytes()
    return unpack(data)


def pack(background: Background) -> bytes:
    """As a compressed file: vectors in 8 bits, which moves a cosine by less than 0.01."""
    words = sorted(background.index, key=background.index.__getitem__)
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(background.vectors * 127).astype(np.int8),
        clauses=background.clauses.astype(np.int32),
        titles=background.titles.astype(np.int32),
        totals=np.array([background.n_clauses, background.n_titles], dtype=np.int64),
    )
    return buffer.getvalue()


def unpack(data: bytes) -> Background:
    """Read what ``pack`` wrote; nothing in the file can execute."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        vectors = stored["vectors"].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return Background(
            index={word: row for row, word in enumerate(words)},
            vectors=vectors,
            clauses=stored["clauses"].astype(np.int64),
            titles=stored["titles"].astype(np.int64),
            n_clauses=int(stored["totals"][0]),
            n_titles=int(stored["totals"][1]),
        )
