"""Segmented clauses as TF-IDF."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer


@dataclass(frozen=True, eq=False)
class Tfidf:
    """TF-IDF of some texts.

    terms: the vocabulary in code-point order. idf: (n_terms,), ≥ 1.
    matrix: (n_texts, n_terms), rows of unit length (or empty).
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    matrix: sp.csr_matrix


def fit_tfidf(token_lists: Sequence[Sequence[str]]) -> Tfidf:
    """TF-IDF with smoothed idf ln((1 + n) / (1 + df)) + 1 and logarithmic term frequency.

    Terms of a single text are dropped once there are 50 texts or more: they join nothing.
    Raises ValueError when no term is left.
    """
    vectoriser = TfidfVectorizer(
        analyzer=str.split, sublinear_tf=True, min_df=2 if len(token_lists) >= 50 else 1, dtype=np.float64
    )
    matrix = vectoriser.fit_transform(" ".join(tokens) for tokens in token_lists)
    return Tfidf(
        tuple(vectoriser.get_feature_names_out()), np.asarray(vectoriser.idf_), sp.csr_matrix(matrix)
    )
