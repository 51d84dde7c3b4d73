"""The clauses of an issue as texts that topics are learned from."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommender.recommend.candidates import MAX_HEADING, is_direction
from recommender.recommend.wording import content, is_administrative, trim_heading
from recommender.records import Document, Issue


@dataclass(frozen=True, slots=True)
class Text:
    """A clause to learn topics from: a heading that could name a topic (or ""), and whether it speaks
    of arrangements (保障措施, 组织领导) and not of matters."""

    heading: str
    arrangement: bool


def clause_texts(issue: Issue) -> Iterator[Text]:
    """Each clause of an issue as a text to learn topics from."""
    for document in issue.documents:
        closed = _arrangements(document)
        for place, clause in enumerate(document.clauses):
            core = trim_heading(clause.heading)
            yield Text(core if is_direction(core, MAX_HEADING) else "", place in closed)


def _arrangements(document: Document) -> set[int]:
    """Indexes of the clauses headed 组织领导 and the like, and of those below them."""
    found, closed_at = set(), 0
    for index, clause in enumerate(document.clauses):
        if not (closed_at and (clause.depth > closed_at or not clause.depth)):
            empty = bool(clause.heading) and len(clause.heading) <= 16 and not content(clause.heading)
            closed_at = clause.depth if is_administrative(clause.heading) or empty else 0
        if closed_at:
            found.add(index)
    return found
