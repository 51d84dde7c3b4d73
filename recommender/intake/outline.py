"""Where the documents of an issue begin: by a decimal outline, by numbering, by named sections."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recommender.intake.chain import Numbered, best_chain
from recommender.intake.clean import Line
from recommender.intake.contents import body_start, listed_titles
from recommender.intake.decimals import decimal_heads
from recommender.intake.heads import NAMED, DocumentHead, head_score, inner_text, is_named, is_title_like
from recommender.intake.marks import BRACKETED, NAME_BEHIND, Mark, find_mark, strip_bullet
from recommender.intake.roles import is_section_name, names_section, role_of, split_name
from recommender.intake.sections import documents_below
from recommender.records import Role

_OTHER_KINDS = ("章", "（一）", "1.")


@dataclass(frozen=True, slots=True)
class Section:
    """A document's place: label and title as printed, role, index of its head line, and the
    lines [head + 1, end) of its body.

    role None: nothing printed tells; the title decides.
    """

    label: str
    title: str
    role: Role | None
    head: int
    end: int


def find_sections(lines: list[Line], last: int | None = None) -> list[Section]:
    """The documents of a bulletin in their order; [] when no structure is recognised.

    last: the number of the last document or section, where the number of the picks tells it.
    """
    start = body_start(lines)
    titles = listed_titles(lines, start)
    return _as_sections(
        decimal_heads(lines, start, titles) or _heads_by_name(lines, start, titles, last), len(lines)
    )


def find_titled_sections(lines: list[Line]) -> list[Section]:
    """Documents under titles without numbering, in a bulletin that numbers and names nothing."""
    start = body_start(lines)
    heads = [
        DocumentHead("", lines[i].text, None, i)
        for i in range(start, len(lines))
        if is_named(lines[i].text) and not find_mark(lines[i].text)
    ]
    apart = [
        head
        for before, head in zip([None, *heads], heads, strict=False)
        if not before or head.index > before.index + 1
    ]
    return _as_sections(apart, len(lines))


def _as_sections(heads: list[DocumentHead], end: int) -> list[Section]:
    ends = [head.index for head in heads[1:]] + [end]
    return [
        Section(head.label, head.title, head.role, head.index, below)
        for head, below in zip(heads, ends, strict=False)
        if head.title
    ]


def _heads_by_name(lines: list[Line], start: int, titles: list[str], last: int | None) -> list[DocumentHead]:
    """Numbered heads and named sections in their order; then what stands below each section.

    A section's name with a numbered head right below it gives its role to the numbered heads that
    follow.
    """
    numbered = _numbered_heads(lines, start, titles, last)
    named = _named_heads(lines, start, {head.index for head in numbered})
    heads = sorted([*numbered, *named], key=lambda head: head.index)
    ends = [head.index for head in heads[1:]] + [len(lines)]
    found: list[DocumentHead] = []
    inherited: Role | None = None
    for head, end in zip(heads, ends, strict=False):
        if head.title:
            found.append(replace(head, role=head.role or inherited))
            continue
        found.append(head)
        if end == head.index + 1:
            inherited = head.role
        else:
            below = documents_below(lines, head, end, titles)
            found[-1:] = below if below[0].index == head.index else [head, *below]
    return found


def _numbered_heads(lines: list[Line], start: int, titles: list[str], last: int | None) -> list[DocumentHead]:
    """Heads numbered 一、二、…; else numbered otherwise, where two at least are beyond doubt."""
    regions = [region for region in _regions(lines, start) if any(_mark_at(lines, i, "一、") for i in region)]
    only = last if len(regions) == 1 else None
    heads = [head for region in regions for head in _chain_heads(lines, region, "一、", titles, only)]
    for kind in () if heads else _OTHER_KINDS:
        heads = _chain_heads(lines, range(start, len(lines)), kind, titles, None)
        if sum(head_score(lines[head.index].text, titles) >= NAMED for head in heads) >= 2:
            return heads
        heads = []
    return heads


def _regions(lines: list[Line], start: int) -> Iterator[range]:
    """Stretches in each of which the documents are counted from 一、: cut before a section's name
    that has a document numbered 一、 right below it."""
    low = start
    for index in range(start + 1, len(lines) - 1):
        name, below = split_name(lines[index].text), find_mark(lines[index + 1].text)
        if not name or name[1] or not below or (below.kind, below.value) != ("一、", 1):
            continue
        if head_score(lines[index + 1].text, []) > 0:
            yield range(low, index)
            low = index
    yield range(low, len(lines))


def _chain_heads(
    lines: list[Line], region: range, kind: str, titles: list[str], last: int | None
) -> list[DocumentHead]:
    marks = {i: mark for i in region if (mark := _mark_at(lines, i, kind))}
    alike = [Numbered(i, mark.value, _score_at(lines, i, titles)) for i, mark in marks.items()]
    return [
        _head(marks[member.index].label, inner_text(lines[member.index].text), member.index)
        for member in best_chain(alike, last)
    ]


def _mark_at(lines: list[Line], index: int, kind: str) -> Mark | None:
    mark = find_mark(strip_bullet(lines[index].text))
    return mark if mark and mark.kind == kind else None


def _score_at(lines: list[Line], index: int, titles: list[str]) -> int:
    """A title right below a section's name begins a document, whatever it says."""
    score = head_score(lines[index].text, titles)
    below_name = (
        index > 0 and names_section(lines[index - 1].text) and is_title_like(inner_text(lines[index].text))
    )
    return max(score, NAMED) if below_name else score


def _head(label: str, inner: str, index: int) -> DocumentHead:
    """A numbered line as the head of a document or of a section (【政策法规】, or the bare name)."""
    bracket = BRACKETED.match(inner)
    name = (bracket["name"], bracket["rest"].strip()) if bracket else split_name(inner)
    if name:
        return DocumentHead(label, name[1], role_of(name[0]), index, name[0])
    if behind := NAME_BEHIND.search(inner):
        return DocumentHead(
            label, inner[: behind.start()].strip(), role_of(behind["name"]), index, behind["name"]
        )
    if is_section_name(inner):
        return DocumentHead(label, "", role_of(inner), index, inner)
    return DocumentHead(label, inner, None, index)


def _named_heads(lines: list[Line], start: int, taken: set[int]) -> list[DocumentHead]:
    """Lines without numbering that open a section: 【相关评论】某题, 业内动态."""
    heads = []
    for index in range(start, len(lines)):
        name = None if index in taken else split_name(lines[index].text)
        if name:
            heads.append(DocumentHead(name[0], name[1], role_of(name[0]), index, name[0]))
    return heads
