"""Multi-word terms: neighbouring words that belong together, such as 产教 联合体 建设.

A run of two to four words is a phrase when it recurs, its words attract each other (normalised
pointwise mutual information, Bouma 2009), and what stands beside it varies (boundary entropy): a
measure, not a list, so that it finds the terms of years to come.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

MAX_WORDS = 4
_NEVER = 2.0  # more cohesion than any run has

Words = tuple[str, ...]
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


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
    """What makes a run a phrase. npmi_short: for runs with one word of a single character, which
    joins anything and so must join closely; None leaves such runs out."""

    count: int = 3
    npmi: float = 0.25
    npmi_short: float | None = None
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
    Words are numbered in code-point order and runs counted by sorting those numbers, a size at a
    time, so that 8 million tokens take seconds.
    """
    words, line = _numbered(texts)
    found = []
    for grown in _grow(line, len(words), thresholds.count):
        least = _least_npmi(grown.members, words, thresholds)
        often = grown.only(np.flatnonzero((grown.counts >= thresholds.count) & (least <= 1)))
        npmi = _npmi(often, np.bincount(line)[often.members], int(np.count_nonzero(line)))
        close = npmi >= _least_npmi(often.members, words, thresholds)
        runs = often.only(np.flatnonzero(close))
        free = _freedom(runs, line, len(words))
        for members, count, cohesion, freedom in zip(
            runs.members.tolist(), runs.counts.tolist(), npmi[close].tolist(), free.tolist(), strict=True
        ):
            if freedom >= thresholds.freedom:
                run = tuple(words[number] for number in members)
                found.append(Phrase("".join(run), run, count, cohesion, freedom))
    return sorted(found, key=lambda phrase: (-phrase.count, phrase.text, phrase.words))


def windows(tokens: Sequence[str]) -> Iterator[tuple[int, Words]]:
    """Every run of two to four words with its start."""
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + MAX_WORDS, len(tokens)) + 1):
            yield start, tuple(tokens[start:end])


def _numbered(texts: Iterable[Sequence[str]]) -> tuple[list[str], Numbers]:
    """The words in code-point order after "", and the texts as their numbers with a 0 around each."""
    line = [""]
    for tokens in texts:
        line += map(intern, tokens)  # or each occurrence would be a string of its own
        line.append("")
    words = sorted(set(line))
    number = {word: place for place, word in enumerate(words)}
    return words, np.fromiter(map(number.__getitem__, line), dtype=np.int64, count=len(line))


def _grow(line: Numbers, n_words: int, least: int) -> Iterator[_Runs]:
    """The runs of two, three and four words all of whose neighbouring pairs occur ``least`` times:
    no other can be frequent itself."""
    starts = np.flatnonzero((line[:-1] > 0) & (line[1:] > 0))
    codes = line[starts] * n_words + line[starts + 1]
    frequent = np.zeros(len(line), dtype=bool)
    for size in range(2, MAX_WORDS + 1):
        _, first, which, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
        members = line[starts[first][:, None] + np.arange(size)]
        yield _Runs(members, counts, starts, which)
        if size == 2:
            frequent[starts[counts[which] >= least]] = True
        longer = frequent[starts] & frequent[starts + size - 1]
        starts, which = starts[longer], which[longer]
        codes = which * n_words + line[starts + size]


def _least_npmi(members: Numbers, words: Sequence[str], thresholds: Thresholds) -> Values:
    """The cohesion each run needs; more than any has where it is left out."""
    short = np.array([len(word) < 2 for word in words])[members].sum(axis=1)
    one = _NEVER if thresholds.npmi_short is None else thresholds.npmi_short
    least: Values = np.array([thresholds.npmi, one, _NEVER])[np.minimum(short, 2)]
    return least


def _npmi(runs: _Runs, singles: Numbers, total: int) -> Values:
    """Cohesion of whole runs: 1 when the words occur only together, 0 when they meet by chance.

    singles: (n_runs, size), how often each word occurs at all.
    """
    chance = np.log(singles / total).sum(axis=1)
    together = np.log(runs.counts / total)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (together - chance) / -((singles.shape[1] - 1) * together)
    result: Values = np.where(together == 0, 1.0, value)
    return result


def _freedom(runs: _Runs, line: Numbers, n_words: int) -> Values:
    """The lesser entropy, in nats, of what stands before and after each run."""
    size = runs.members.shape[1]
    sides = (line[runs.starts - 1], line[runs.starts + size])
    before, after = (_entropy(runs.which, side, len(runs.counts), n_words) for side in sides)
    return np.minimum(before, after)


def _entropy(which: Numbers, neighbours: Numbers, n_runs: int, n_words: int) -> Values:
    """Entropy of the neighbours of each run; each edge of a text counts as a neighbour of its own."""
    codes, counts = np.unique(which * n_words + neighbours, return_counts=True)
    run, neighbour = np.divmod(codes, n_words)
    total = np.bincount(run, counts, n_runs)
    share = counts / total[run]
    surprise = np.where(neighbour > 0, -np.log(share), np.log(total[run]))
    return np.bincount(run, share * surprise, n_runs).astype(np.float64)
