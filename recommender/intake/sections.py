"""What stands below a section's name (【业内动态】): several documents, or the text of one."""

from recommender.intake.chain import Numbered, best_chain
from recommender.intake.clean import Line
from recommender.intake.heads import DocumentHead, head_score, inner_text, is_named, is_title_like
from recommender.intake.marks import find_mark, strip_bullet

_FOLLOWED_BY_TEXT = 1


def documents_below(
    lines: list[Line], section: DocumentHead, end: int, titles: list[str]
) -> list[DocumentHead]:
    """The documents in the lines (section.index, end).

    They carry the numbering of the first line, or stand under titles without numbering. Where the
    first line is neither, as a paragraph or a clause, the section itself is one document.
    """
    low = section.index + 1
    if find_mark(strip_bullet(lines[low].text)):
        heads = _numbered_below(lines, section, end, titles)
    else:
        heads = _titled_below(lines, section, end)
    return heads or [DocumentHead(section.label, section.name, section.role, section.index)]


def _numbered_below(
    lines: list[Line], section: DocumentHead, end: int, titles: list[str]
) -> list[DocumentHead]:
    """Documents numbered alike: （一）…, below which the clauses count 1. 2. 3."""
    low = section.index + 1
    marks = {i: mark for i in range(low, end) if (mark := find_mark(strip_bullet(lines[i].text)))}
    alike = [i for i, mark in marks.items() if mark.kind == marks[low].kind]
    single = len(alike) == 1 and is_title_like(inner_text(lines[low].text))
    scored = [Numbered(i, marks[i].value, _score_below(lines, section, i, end, titles)) for i in alike]
    chosen = [low] if single else [member.index for member in best_chain(scored)]
    return [DocumentHead(marks[i].label, inner_text(lines[i].text), section.role, i) for i in chosen]


def _score_below(lines: list[Line], section: DocumentHead, index: int, end: int, titles: list[str]) -> int:
    """A short line with a paragraph below it heads a news item; so does one with numbered items
    below it, except in a commentary, whose own parts look like that."""
    score = head_score(lines[index].text, titles)
    if score > 0 or index + 1 >= end or not is_title_like(inner_text(lines[index].text)):
        return score
    below = find_mark(lines[index + 1].text)
    if below and (section.role == "commentary" or below.value != 1):
        return score
    return _FOLLOWED_BY_TEXT


def _titled_below(lines: list[Line], section: DocumentHead, end: int) -> list[DocumentHead]:
    """Documents under titles without numbering; the first takes the section's label."""
    low = section.index + 1
    first = strip_bullet(lines[low].text)
    if not (is_title_like(first) or is_named(first)):
        return []
    places = [low, *(i for i in range(low + 2, end) if _begins_another(lines, section, i, end))]
    labels = [section.label] + [""] * len(places)
    return [
        DocumentHead(label, strip_bullet(lines[i].text).strip(), section.role, i)
        for label, i in zip(labels, places, strict=False)
    ]


def _begins_another(lines: list[Line], section: DocumentHead, index: int, end: int) -> bool:
    """Whether an unnumbered line below the first title is the title of a further document.

    A line that names an official document is; among news without any numbering, so is a short line
    between two paragraphs. A commentary is one document.
    """
    text = strip_bullet(lines[index].text)
    if section.role == "commentary" or find_mark(text) or text.startswith("附件"):
        return False
    if is_named(text):
        return True
    if (
        section.role == "policy"
        or index + 1 >= end
        or any(find_mark(line.text) for line in lines[section.index + 1 : end])
    ):
        return False
    return (
        is_title_like(text)
        and not is_title_like(lines[index + 1].text)
        and not is_title_like(lines[index - 1].text)
    )
