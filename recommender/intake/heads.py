"""Lines that begin a document, by what stands in them."""

import re
from dataclasses import dataclass

from recommender.intake.agencies import find_issuers
from recommender.intake.clauses import is_table_row
from recommender.intake.contents import same_title
from recommender.intake.marks import BRACKETED, NAME_BEHIND, find_mark, strip_bullet
from recommender.intake.numerals import FULL_DATE
from recommender.intake.roles import is_section_name
from recommender.intake.titles import looks_like_document
from recommender.records import Role

_MAX_TITLE = 80
LISTED, NAMED, _SECTION, _TITLE_LIKE, _UNLISTED, _SENTENCE = 4, 3, 2, -1, -2, -9


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A line that begins a document, or with an empty title a section over documents.

    name: the section's own name, where the line has one (业内动态).
    """

    label: str
    title: str
    role: Role | None
    index: int
    name: str = ""


def inner_text(line: str) -> str:
    """A line without bullet and numbering."""
    line = strip_bullet(line)
    mark = find_mark(line)
    return line[mark.end :].strip() if mark else line.strip()


def is_named(text: str) -> bool:
    """Whether a line names an official document beyond doubt: by a date at its head, or by a title
    with 《》, 关于, 印发 or an issuer. 实施提质培优行动计划 alone may be a clause.

    >>> [is_named(n) for n in ("国务院关于建设的意见", "实施职业教育提质行动计划", "2025年6月18日")]
    [True, False, False]
    """
    dated = FULL_DATE.match(text)
    if dated and dated.end() + 4 <= len(text) <= 2 * _MAX_TITLE:
        return True
    return looks_like_document(text) and bool(re.search("《|关于|印发", text) or find_issuers(text))


def is_title_like(text: str) -> bool:
    """Whether a line can be the title of a news item: short, and not a sentence.

    >>> is_title_like("某校举办技能节"), is_title_like("近日，某校举办技能节。"), is_title_like("提出：")
    (True, False, False)
    """
    if not 4 <= len(text) <= _MAX_TITLE or is_table_row(text):
        return False
    return not re.search("[。；]", text) and text[-1] not in "：:，,、"


def head_score(line: str, titles: list[str]) -> int:
    """How much a numbered line reads as a document's head (> 0) rather than a clause (< 0)."""
    inner = inner_text(line)
    if any(same_title(title, line) for title in titles):
        return LISTED
    if is_named(inner) or BRACKETED.match(inner) or NAME_BEHIND.search(inner):
        return NAMED
    if is_section_name(inner):
        return _SECTION
    if not is_title_like(inner):
        return _SENTENCE
    return _UNLISTED if titles else _TITLE_LIKE
