"""The terms of policy: words, and the phrases that behave as one (新质生产力, 供给侧, 产教融合).

A phrase is a run of two to four words that recurs and whose words attract each other (normalised
pointwise mutual information, Bouma 2009): a measure, not a list, so that it finds the terms of
years to come. How freely its neighbours vary (boundary entropy) is kept with it: low for a fragment
such as 供给侧结构, which can be looked up but is not put forward.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from recommender.features.segment import Cut
from recommender.features.stopwords import STOPWORDS
from recommender.fold import CJK

MAX_WORDS = 4
MIN_COUNT = 30  # occurrences in 16 million characters; below it neighbours are chance
_MIN_NPMI, _MIN_NPMI_SHORT = 0.25, 0.3  # one-character words join anything, so they must join closely
FREE = 1.0  # entropy in nats from which a phrase stands alone: three equally frequent neighbours
_BREAK = re.compile(rf"[^{CJK}]+")
_PLUS = re.compile(rf"([{CJK}]{{2,8}})[+＋]")

Run = list[str]
Words = tuple[str, ...]


def runs_of(text: str, cut: Cut) -> list[Run]:
    """The text as runs of words that nothing parts: no punctuation, digit or Latin letter."""
    return [cut(part) for part in _BREAK.split(text) if part]


def discover(documents: Iterable[Sequence[Run]]) -> dict[Words, float]:
    """The phrases of some documents with their boundary entropy in nats, ≥ 0.

    Each document is its runs; the order of the documents does not matter.
    """
    kept_documents = [[run for run in runs if len(run) > 1] for runs in documents]
    singles: Counter[str] = Counter()
    counts: Counter[Words] = Counter()
    for runs in kept_documents:
        for run in runs:
            singles.update(run)
            counts.update(words for _, words in _windows(run) if _could_be_term(words))
    total = sum(singles.values())
    likely = {
        words
        for words, count in counts.items()
        if count >= MIN_COUNT and _npmi(words, count, singles, total) >= _least(words)
    }
    before, after = _neighbours(kept_documents, likely)
    return {words: min(_entropy(before[words]), _entropy(after[words])) for words in sorted(likely)}


def terms_in(runs: Iterable[Run], phrases: Collection[Words]) -> Iterator[str]:
    """Every occurrence of a term: words of two characters or more, and phrases."""
    for run in runs:
        yield from (word for word in run if len(word) > 1 and word not in STOPWORDS)
        yield from ("".join(words) for _, words in _windows(run) if words in phrases)


def plus_terms(text: str, cut: Cut) -> set[str]:
    """Terms that end in a plus sign, such as 互联网+."""
    return {f"{cut(found)[-1]}+" for found in _PLUS.findall(text)}


def _windows(run: Run) -> Iterator[tuple[int, Words]]:
    for start in range(len(run) - 1):
        for end in range(start + 2, min(start + MAX_WORDS, len(run)) + 1):
            yield start, tuple(run[start:end])


def _could_be_term(words: Words) -> bool:
    if any(word in STOPWORDS for word in words):
        return False
    return sum(len(word) == 1 for word in words) <= 1


def _least(words: Words) -> float:
    return _MIN_NPMI_SHORT if any(len(word) == 1 for word in words) else _MIN_NPMI


def _npmi(words: Words, count: int, singles: Counter[str], total: int) -> float:
    chance = sum(math.log(singles[word] / total) for word in words)
    return (math.log(count / total) - chance) / (-(len(words) - 1) * math.log(count / total))


def _neighbours(
    documents: Iterable[Sequence[Run]], likely: set[Words]
) -> tuple[dict[Words, Counter[str]], dict[Words, Counter[str]]]:
    """What stands before and after each likely phrase; "" for the edge of a run."""
    before: dict[Words, Counter[str]] = defaultdict(Counter)
    after: dict[Words, Counter[str]] = defaultdict(Counter)
    for runs in documents:
        for run in runs:
            for start, words in _windows(run):
                if words in likely:
                    end = start + len(words)
                    before[words][run[start - 1] if start else ""] += 1
                    after[words][run[end] if end < len(run) else ""] += 1
    return before, after


def _entropy(neighbours: Counter[str]) -> float:
    """Entropy in nats; each edge of a run counts as a neighbour of its own."""
    total, edges = sum(neighbours.values()), neighbours[""]
    inner = -sum(n / total * math.log(n / total) for word, n in neighbours.items() if word)
    return inner + edges / total * math.log(total)
