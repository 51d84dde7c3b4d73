"""Multi-word terms: neighbouring words that belong together, such as 产教 联合体 建设.

A run of two to four words is a phrase when it recurs, its words attract each other (normalised
pointwise mutual information, Bouma 2009), and what stands beside it varies (boundary entropy): a
measure, not a list, so that it finds the terms of years to come.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

MAX_WORDS = 4

Words = tuple[str, ...]
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
Places = NDArray[np.int32]  # half the room, for what is as long as the corpus


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


@dataclass(frozen=True, eq=False)
class _Runs:
    """Runs of one size in a line of numbered words.

    members: (n_runs, size), their words; counts: (n_runs,). starts: (n_places,), where a run begins;
    which: (n_places,), the row of the run that begins there.
    """

    members: Numbers
    counts: Numbers
    starts: Numbers
    which: Numbers

    def only(self, rows: Numbers) -> "_Runs":
        """These rows alone, in their order."""
        place = np.full(len(self.counts), -1)
        place[rows] = np.arange(len(rows))
        here = place[self.which] >= 0
        return _Runs(self.members[rows], self.counts[rows], self.starts[here], place[self.which[here]])


USUAL = Thresholds()


def find_phrases(texts: Iterable[Sequence[str]], thresholds: Thresholds = USUAL) -> list[Phrase]:
    """The phrases of some token lists, commonest first, ties in code-point order.

    Phrases never cross a list, so pass one list a sentence; the order of the lists does not matter.
    """
    return phrases_in(*_numbered(texts), thresholds)


def phrases_in(words: Sequence[str], line: Places, thresholds: Thresholds = USUAL) -> list[Phrase]:
    """``find_phrases`` in a line of numbered words, with a 0 around each list.

    words: in code-point order after "", so that sums are the same whoever numbered them. Runs are
    counted by sorting numbers, a size at a time, so that 8 million tokens take seconds.
    """
    singles = np.bincount(line, minlength=len(words))
    long = np.array([len(word) > 1 for word in words])
    found = []
    for often in _grow(line, long & (singles >= thresholds.count), thresholds.count):
        cohesion = _npmi(often, singles[often.members], int(singles[1:].sum()))
        close = cohesion >= thresholds.npmi
        runs = often.only(np.flatnonzero(close))
        free = _freedom(runs, line, len(words))
        for members, count, held, freedom in zip(
            runs.members.tolist(), runs.counts.tolist(), cohesion[close].tolist(), free.tolist(), strict=True
        ):
            if freedom >= thresholds.freedom:
                run = tuple(words[number] for number in members)
                found.append(Phrase("".join(run), run, count, held, freedom))
    return sorted(found, key=lambda phrase: (-phrase.count, phrase.text, phrase.words))


def windows(tokens: Sequence[str]) -> Iterator[tuple[int, Words]]:
    """Every run of two to four words with its start."""
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + MAX_WORDS, len(tokens)) + 1):
            yield start, tuple(tokens[start:end])


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[list[str], Places]:
    """The words in code-point order after "", and the texts as their numbers with a 0 around each."""
    line = [""]
    for tokens in texts:
        line += map(intern, tokens)  # or each occurrence would be a string of its own
        line.append("")
    words = sorted(set(line))
    number = {word: place for place, word in enumerate(words)}
    return words, np.fromiter(map(number.__getitem__, line), dtype=np.int32, count=len(line))


def _grow(line: Places, able: NDArray[np.bool_], least: int) -> Iterator[_Runs]:
    """The runs of two, three and four words that occur ``least`` times: each grows from two that do.

    able: (n_words,), which words may stand in a run at all.
    """
    able[0] = False
    inside = able[line]
    starts = np.flatnonzero(inside[:-1] & inside[1:])
    head, members = line[starts].astype(np.int64), np.arange(len(able))[:, None]
    for size in range(2, MAX_WORDS + 1):
        codes, which, counts = np.unique(
            head * len(able) + line[starts + size - 1], return_inverse=True, return_counts=True
        )
        longer = np.column_stack((members[codes // len(able)], codes % len(able)))
        runs = _Runs(longer, counts, starts, which).only(np.flatnonzero(counts >= least))
        yield runs
        begins = np.zeros(len(line), dtype=bool)
        begins[runs.starts] = True
        grows = begins[runs.starts + 1]
        starts, head, members = runs.starts[grows], runs.which[grows], runs.members


def npmi(words: Words, count: int, singles: Mapping[str, int], total: int) -> float:
    """Cohesion of a run that occurs ``count`` times among ``total`` words, in [-1, 1].

    1 when its words occur only together, 0 when they meet by chance. singles: how often each occurs.
    """
    probability = count / total
    if probability == 1:
        return 1.0
    chance = sum(math.log(singles[word] / total) for word in words)
    return (math.log(probability) - chance) / (-(len(words) - 1) * math.log(probability))


def _npmi(runs: _Runs, singles: Numbers, total: int) -> Values:
    """``npmi`` of many runs at once.

    singles: (n_runs, size), how often each word occurs at all.
    """
    chance = np.log(singles / total).sum(axis=1)
    together = np.log(runs.counts / total)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (together - chance) / -((singles.shape[1] - 1) * together)
    result: Values = np.where(together == 0, 1.0, value)
    return result


def _freedom(runs: _Runs, line: Places, n_words: int) -> Values:
    """The lesser entropy, in nats, of what stands before and after each run."""
    size = runs.members.shape[1]
    sides = (line[runs.starts - 1], line[runs.starts + size])
    before, after = (_entropy(runs.which, side, len(runs.counts), n_words) for side in sides)
    return np.minimum(before, after)


def _entropy(which: Numbers, neighbours: Places, n_runs: int, n_words: int) -> Values:
    """Entropy of the neighbours of each run; each edge of a text counts as a neighbour of its own."""
    codes, counts = np.unique(which * n_words + neighbours, return_counts=True)
    run, neighbour = np.divmod(codes, n_words)
    total = np.bincount(run, counts, n_runs)
    share = counts / total[run]
    surprise = np.where(neighbour > 0, -np.log(share), np.log(total[run]))
    return np.bincount(run, share * surprise, n_runs).astype(np.float64)
