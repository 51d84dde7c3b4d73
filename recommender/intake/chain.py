"""Which of many lines numbered alike begin the documents.

A bulletin counts its documents 一、二、三…, and a policy quoted in it counts its own parts the same
way. The documents are the run 1, 2, 3 … whose lines read most like heads of documents, and whose
members do not merely go on with a run inside a document.
"""

from dataclasses import dataclass

_CONTINUES_ANOTHER = -3
_PLAIN = -2
_IMPOSSIBLE = -1_000_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered line. score > 0: reads as a document's head; < 0: rather as a clause."""

    index: int
    value: int
    score: int


def best_chain(lines: list[Numbered], last: int | None = None) -> list[Numbered]:
    """The run 1, 2, 3 … with the highest sum of scores, earlier lines first among equals.

    lines: every line of one kind of numbering, in order. last: the number the run must reach, where
    it is known (the picks are numbered 六、, so there are five). [] when no run scores above 0.

    >>> run = [Numbered(0, 1, 3), Numbered(1, 1, -1), Numbered(2, 2, -1), Numbered(3, 2, 3)]
    >>> [member.index for member in best_chain(run)]
    [0, 3]
    """
    sums: list[int] = []
    before: list[int | None] = []
    best_of: dict[int, int] = {}
    for place, line in enumerate(lines):
        total, source = _best_before(lines, sums, best_of.get(line.value - 1), place)
        sums.append(line.score + total)
        before.append(source)
        if line.value not in best_of or sums[place] > sums[best_of[line.value]]:
            best_of[line.value] = place
    ends = [place for place in range(len(lines)) if sums[place] > 0]
    best = max(ends, key=lambda place: (sums[place], -place), default=None)
    whole = [place for place, line in enumerate(lines) if line.value == last]
    full = max(whole, key=lambda place: (sums[place], -place), default=None)
    if full is not None and sums[full] >= _least(lines, sums, best, full):
        best = full
    return _walk_back(lines, before, best)


def _least(lines: list[Numbered], sums: list[int], best: int | None, full: int) -> int:
    """The lowest sum with which a run to the known last number goes before the best run: each
    member more may be a plain title, but none a part of another run."""
    sum_of_best, size = (sums[best], lines[best].value) if best is not None else (0, 0)
    return sum_of_best + _PLAIN * (lines[full].value - size)


def _best_before(
    lines: list[Numbered], sums: list[int], best: int | None, place: int
) -> tuple[int, int | None]:
    """Sum and place of the best run that ``lines[place]`` can follow; value 1 follows nothing.

    best: the place where the best run ends that counts up to the number before.
    """
    if lines[place].value == 1:
        return 0, None
    if best is None:
        return _IMPOSSIBLE, None
    if lines[place - 1].value != lines[place].value - 1 or best == place - 1:
        return sums[best], best
    return max((sums[best] + _CONTINUES_ANOTHER, best), (sums[place - 1], place - 1))


def _walk_back(lines: list[Numbered], before: list[int | None], place: int | None) -> list[Numbered]:
    chain: list[Numbered] = []
    while place is not None:
        chain.append(lines[place])
        place = before[place]
    return chain[::-1]
