"""Damaged text as clean lines: every line repaired, then broken paragraphs rejoined."""

from collections import Counter
from dataclasses import dataclass

from recommender.intake.paragraphs import Line, rejoin_paragraphs
from recommender.intake.repairs import MARKS, SCANS, close_gaps, is_scanned

__all__ = ["Cleaned", "Line", "clean_text"]
_MAX_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Non-empty lines, and how often each repair was made."""

    lines: tuple[Line, ...]
    repairs: tuple[tuple[str, int], ...]


def clean_text(text: str) -> Cleaned:
    """Apply the repairs in order and count them; cleaning twice is cleaning once.

    Joined lines are looked at again: a pair of marks, or a word, may have been broken with them.
    """
    counts: Counter[str] = Counter()
    scanned = is_scanned(text)
    lines = [Line(line, number) for number, line in enumerate(text.splitlines(), start=1)]
    sound: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        before = lines
        mended = [_mended(line, scanned, counts, sound) for line in lines]
        lines = rejoin_paragraphs([line for line in mended if line.text], counts)
        if [line.text for line in lines] == [line.text for line in before]:
            break
    return Cleaned(tuple(lines), tuple(sorted((name, count) for name, count in counts.items() if count)))


def _mended(line: Line, scanned: bool, counts: Counter[str], sound: set[str]) -> Line:
    """A line after all repairs; ``sound`` are the texts known to need none, which saves a second look."""
    if line.text in sound:
        return line
    text = mend_line(line.text, scanned, counts)
    if text == line.text:
        sound.add(text)
        return line
    return Line(text, line.number)


def mend_line(line: str, scanned: bool, counts: Counter[str]) -> str:
    """One line after all repairs, which are added to ``counts``; "" when nothing is left."""
    gaps = (close_gaps,) if scanned or is_scanned(line) else ()
    for repair in (*MARKS, *gaps, *SCANS):
        line, count = repair(line)
        counts[repair.__name__] += count
    return line if line.strip() else ""
