"""Segmented clauses as TF-IDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

# Function words and the verbs of administration: they stand in every policy and say nothing of it.
STOPWORDS = frozenset(
    """
    的 和 与 及 等 在 对 为 以 由 从 到 把 将 被 向 于 并 或 是 有 也 都
    就 不 了 要 各 该 其 此 本 我 我国 我省 我市 他 它 这 那 以及 并且 或者
    按照 根据 通过 围绕 针对 结合 进行 开展 加强 推进 推动 促进 加快 进一步 支持
    鼓励 引导 提高 提升 完善 健全 建立 实施 落实 做好 强化 深化 优化 积极 有效
    相关 有关 工作 要求 方面 情况 问题 重点 主要 重要 全面 深入 坚持 实现 具有
    形成 打造 一批 一是 二是 三是 四是 五是 同时 其中 包括 以上 以下 之间 关于
    通知 意见 提出 发挥 作用 年 月 日 一 个 项 条
    """.split()  # noqa: SIM905, a word list reads better as text
)


@dataclass(frozen=True, eq=False)
class Tfidf:
    """TF-IDF of some texts.

    terms: the vocabulary in code-point order. idf: (n_terms,), ≥ 1.
    matrix: (n_texts, n_terms), rows of unit length (or empty).
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    matrix: sp.csr_matrix


def useful_tokens(tokens: Iterable[str], stopwords: frozenset[str] = STOPWORDS) -> list[str]:
    """Tokens of two characters or more that are not stop words."""
    return [token for token in tokens if len(token) > 1 and token not in stopwords]


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
