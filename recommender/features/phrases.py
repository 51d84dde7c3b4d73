"""Multi-word terms: neighbouring words that belong together, such as 产教 联合体 建设.

A run of two to four words is a phrase when it recurs, its words attract each other (normalised
pointwise mutual information, Bouma 2009), and what stands beside it varies (boundary entropy).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MAX_WORDS = 4
_MIN_NPMI = 0.25
_MIN_ENTROPY = 0.5  # nats; a fragment is nearly always followed by the same word


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with its words, how often it occurs, and its cohesion in [-1, 1]."""

    text: str
    words: tuple[str, ...]
    count: int
    npmi: float


def find_phrases(token_lists: Iterable[Sequence[str]], min_count: int = 3) -> list[Phrase]:
    """The phrases of some token lists, commonest first, ties in code-point order.

    Phrases never cross a list, so pass one list a sentence. Words of one character are left out.
    """
    lists = [list(tokens) for tokens in token_lists]
    singles = Counter(token for tokens in lists for token in tokens)
    runs, before, after = _count_runs(lists)
    total = sum(singles.values())
    found = [
        Phrase("".join(words), words, count, npmi)
        for words, count in runs.items()
        if count >= min_count
        and (npmi := _npmi(words, count, singles, total)) >= _MIN_NPMI
        and min(_entropy(before[words]), _entropy(after[words])) >= _MIN_ENTROPY
    ]
    return sorted(found, key=lambda phrase: (-phrase.count, phrase.text))


def _count_runs(
    lists: list[list[str]],
) -> tuple[
    Counter[tuple[str, ...]], dict[tuple[str, ...], Counter[str]], dict[tuple[str, ...], Counter[str]]
]:
    runs: Counter[tuple[str, ...]] = Counter()
    before: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for position, tokens in enumerate(lists):
        for start in range(len(tokens)):
            for end in range(start + 2, min(start + _MAX_WORDS, len(tokens)) + 1):
                words = tuple(tokens[start:end])
                if any(len(word) < 2 for word in words):
                    break
                runs[words] += 1
                # each edge of a list counts as a neighbour of its own
                before[words][tokens[start - 1] if start else f"^{position}"] += 1
                after[words][tokens[end] if end < len(tokens) else f"${position}"] += 1
    return runs, before, after


def _npmi(words: tuple[str, ...], count: int, singles: Counter[str], total: int) -> float:
    """Cohesion of the whole run: 1 when its words occur only together, 0 when by chance."""
    probability = count / total
    chance = sum(math.log(singles[word] / total) for word in words)
    return (math.log(probability) - chance) / (-(len(words) - 1) * math.log(probability))


def _entropy(neighbours: Counter[str]) -> float:
    """Entropy in nats of what stands beside a run."""
    total = sum(neighbours.values())
    return -sum(n / total * math.log(n / total) for n in neighbours.values())
