"""The clauses that speak of a term: what stands behind every point of its series."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recommender.fold import fold
from recommender.records import Clause, Document, Issue

_AROUND = 60  # characters shown on each side


@dataclass(frozen=True, slots=True)
class Mention:
    """A clause that speaks of a term. place: its label and heading. before, term, after: the text around
    the first time it is said; in a title or a heading, that. date: of the document, else of the issue."""

    issue: str
    document: str
    date: str | None
    place: str
    before: str
    term: str
    after: str


def mentions_of(term: str, issues: Sequence[Issue]) -> tuple[Mention, ...]:
    """Every clause, and every document's title, that has the term, in the order of the issues.

    Compared as series are: whatever the width of letters, and across spaces.
    """
    wanted = fold(term)
    return tuple(_found(wanted, issues)) if wanted else ()


def _found(wanted: str, issues: Iterable[Issue]) -> Iterator[Mention]:
    for issue in issues:
        for document in issue.documents:
            if span := _place(document.title, wanted):
                yield _mention(issue, document, "标题", document.title, span)
            for clause in document.clauses:
                for text in (clause.heading, clause.text):
                    if span := _place(text, wanted):
                        yield _mention(issue, document, _named(clause), text, span)
                        break


def _mention(issue: Issue, document: Document, place: str, text: str, span: tuple[int, int]) -> Mention:
    start, end = span
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return Mention(
        issue.key,
        document.title,
        document.date or issue.date,
        place,
        ("…" if start > _AROUND else "") + before,
        text[start:end],
        after + ("…" if end + _AROUND < len(text) else ""),
    )


def _named(clause: Clause) -> str:
    return f"{clause.label}{clause.heading or clause.text[:20]}"


def _place(text: str, wanted: str) -> tuple[int, int] | None:
    """Where a folded term first stands in a text as it is printed.

    >>> _place("推进“ＲＣＥＰ 规则”", "rcep规则")
    (3, 10)
    """
    if wanted not in fold(text):
        return None
    folded = [(place, char) for place, letter in enumerate(text) for char in fold(letter)]
    start = "".join(char for _, char in folded).find(wanted)
    if start < 0:  # letters that only fold together, as a mark over its letter does
        return None
    return folded[start][0], folded[start + len(wanted) - 1][0] + 1
