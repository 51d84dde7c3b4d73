"""Words that say nothing of what a text is about."""

from collections.abc import Iterable, Sequence

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


def useful_tokens(tokens: Iterable[str], stopwords: frozenset[str] = STOPWORDS) -> list[str]:
    """Tokens of two characters or more that are not stop words."""
    return [token for token in tokens if len(token) > 1 and token not in stopwords]


def without_stopwords(run: Sequence[str]) -> list[list[str]]:
    """A run as the pieces between its stop words, single words left out."""
    pieces: list[list[str]] = [[]]
    for word in run:
        if word in STOPWORDS:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [piece for piece in pieces if len(piece) > 1]
