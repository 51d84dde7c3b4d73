"""Multi-word terms: neighbouring words that belong together, such as 产教 联合体 建设.

A run of two to four words is a phrase when it recurs, its words attract each other (normalised
pointwise mutual information, Bouma 2009), and what stands beside it varies (boundary entropy): a
measure, not a list, so that it finds the terms of years to come.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_WORDS = 4

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with its words and how often it occurs.

    npmi: cohesion in [-1, 1], 1 when its words occur only together. freedom: boundary entropy in
    nats, the lesser of the two sides; a fragment is nearly always followed by the same word.
    """

    text: str
    words: Words
    count: int
    npmi: float
    freedom: float = 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What makes a run a phrase; one with a word of a single character, which joins anything, is none."""

    count: int = 3
    npmi: float = 0.25
    freedom: float = 0.5


USUAL = Thresholds()


def find_phrases(texts: Iterable[Sequence[str]], thresholds: Thresholds = USUAL) -> list[Phrase]:
    """The phrases of some token lists, commonest first, ties in code-point order.

    Phrases never cross a list, so pass one list a sentence; the order of the lists does not matter.
    Runs are grown only from pairs that are frequent enough themselves, and what stands beside them
    is looked at only for those that hold together, so that 8 million tokens take half a minute.
    """
    token_lists = [list(tokens) for tokens in texts]
    singles = Counter(token for tokens in token_lists for token in tokens)
    pairs = Counter(pair for tokens in token_lists for pair in pairwise(tokens))
    frequent = {pair for pair, count in pairs.items() if count >= thresholds.count}
    counts = Counter(
        words
        for tokens in token_lists
        for _, words in _runs(tokens, frequent)
        if all(len(word) > 1 for word in words)
    )
    total = sum(singles.values())
    cohesion = {
        words: value
        for words, count in counts.items()
        if count >= thresholds.count and (value := npmi(words, count, singles, total)) >= thresholds.npmi
    }
    freedom = _freedom(token_lists, frequent, cohesion)
    found = [
        Phrase("".join(words), words, counts[words], value, freedom[words])
        for words, value in cohesion.items()
        if freedom[words] >= thresholds.freedom
    ]
    return sorted(found, key=lambda phrase: (-phrase.count, phrase.text))


def windows(tokens: Sequence[str]) -> Iterator[tuple[int, Words]]:
    """Every run of two to four words with its start."""
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + MAX_WORDS, len(tokens)) + 1):
            yield start, tuple(tokens[start:end])


def _runs(tokens: Sequence[str], frequent: Collection[tuple[str, str]]) -> Iterator[tuple[int, Words]]:
    """The windows all of whose neighbouring pairs are frequent: no other can be frequent itself."""
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + MAX_WORDS, len(tokens)) + 1):
            if (tokens[end - 2], tokens[end - 1]) not in frequent:
                break
            yield start, tuple(tokens[start:end])


def npmi(words: Words, count: int, singles: Counter[str], total: int) -> float:
    """Cohesion of a run that occurs ``count`` times among ``total`` words, in [-1, 1].

    1 when its words occur only together, 0 when they meet by chance. singles: how often each occurs.
    """
    probability = count / total
    if probability == 1:
        return 1.0
    chance = sum(math.log(singles[word] / total) for word in words)
    return (math.log(probability) - chance) / (-(len(words) - 1) * math.log(probability))


def _freedom(
    token_lists: Collection[Sequence[str]], frequent: Collection[tuple[str, str]], likely: Collection[Words]
) -> dict[Words, float]:
    """The lesser entropy of what stands before and after each likely run; "" is an edge."""
    before: dict[Words, Counter[str]] = defaultdict(Counter)
    after: dict[Words, Counter[str]] = defaultdict(Counter)
    for tokens in token_lists:
        for start, words in _runs(tokens, frequent):
            if words in likely:
                end = start + len(words)
                before[words][tokens[start - 1] if start else ""] += 1
                after[words][tokens[end] if end < len(tokens) else ""] += 1
    return {words: min(_entropy(before[words]), _entropy(after[words])) for words in likely}


def _entropy(neighbours: Counter[str]) -> float:
    """Entropy in nats; each edge of a list counts as a neighbour of its own."""
    total, edges = sum(neighbours.values()), neighbours[""]
    inner = -sum(n / total * math.log(n / total) for word, n in neighbours.items() if word)
    return inner + edges / total * math.log(total)
