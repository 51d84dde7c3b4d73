"""What stands before the body: 目录 and 导读, with or without page numbers."""

import re

from recommender.fold import bigrams
from recommender.intake.clean import Line
from recommender.intake.head import is_front_heading
from recommender.intake.marks import contents_entry, find_mark, heading_words, strip_bullet
from recommender.intake.roles import names_section

_FIRST_LINES = 120
_SHORT = 8


def contents_end(lines: list[Line]) -> int:
    """Index just behind the table of contents with page numbers; 0 when there is none.

    Entries stand together: more than three other lines between two end the table.
    """
    end = 0
    for index, line in enumerate(lines):
        if contents_entry(line.text) is not None:
            if end and index - end > 3:
                break
            end = index + 1
        elif not end and index > _FIRST_LINES:
            break
    return end


def body_start(lines: list[Line]) -> int:
    """Index of the first line of the body: behind 目录 with page numbers, and behind a 目录 or 导读
    whose first entry is printed again as the head of the first document; else 0."""
    start = contents_end(lines)
    fronts = [i for i, line in enumerate(lines[:_FIRST_LINES]) if is_front_heading(line.text)]
    if not fronts or fronts[-1] + 1 >= len(lines):
        return start
    again = _printed_again(lines, fronts[-1] + 1)
    if again is None:
        return start
    return max(start, again - 1 if names_section(lines[again - 1].text) else again)


def _printed_again(lines: list[Line], first: int) -> int | None:
    """Where the entry at ``first`` is printed a second time; a section's name, which may occur
    often, together with the entry below it."""
    entries = [contents_entry(line.text) or line.text for line in lines[first : first + 2]]
    size = len(entries) if names_section(entries[0]) else 1
    for index in range(first + 1, len(lines) - size + 1):
        if all(same_title(entries[step], lines[index + step].text) for step in range(size)):
            return index
    return None


def listed_titles(lines: list[Line], start: int) -> list[str]:
    """Titles in the table of contents with page numbers, or else the entries of 目录 and 导读."""
    titles = [entry for line in lines[:start] if (entry := contents_entry(line.text))]
    if titles:
        return titles
    first = next((i for i, line in enumerate(lines[:start]) if is_front_heading(line.text)), start)
    return [line.text for line in lines[first + 1 : start] if not re.search("[。；]", line.text)]


def same_title(listed: str, line: str) -> bool:
    """Whether most of a contents entry stands in the line (which adds a date and 提出：).

    Short names (政策法规) must be the line's own words: their characters occur everywhere.

    >>> same_title("一、某省关于办好夜校的意见", "一、2023年5月1日，某省《关于办好夜校的意见》，提出：")
    True
    >>> same_title("政策法规", "一、【政策法规】"), same_title("政策法规", "二、完善政策法规体系")
    (True, False)
    """
    entry = strip_bullet(listed)
    mark, own = find_mark(entry), find_mark(line)
    if mark and own and mark.kind == own.kind and mark.value != own.value:
        return False
    words = heading_words(entry)
    if len(words) <= _SHORT or len(line) > 200:
        return words == heading_words(line)
    wanted = set(bigrams(words))
    return len(wanted & set(bigrams(line))) >= 0.7 * len(wanted)
