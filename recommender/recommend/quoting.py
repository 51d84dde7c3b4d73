"""What a direction rests on, quoted verbatim from the issue as it was printed."""

import re

from recommender.fold import fold
from recommender.records import Candidate, Clause, Evidence, Issue
from recommender.script import as_printed

_MAX_QUOTE = 120  # characters
_MAX_EVIDENCE = 3
_PIECE = re.compile(r"[^。；！？，\n]*[。；！？，\n]|[^。；！？，\n]+$")


def evidence_of(candidate: Candidate, issue: Issue) -> tuple[Evidence, ...]:
    """At most three quotations: of a heading its clause, of a theme the sentences that name it."""
    printed = as_printed(issue)
    sought = "" if candidate.source == "heading" else candidate.core
    found = []
    for document, index in _places(candidate, issue)[:_MAX_EVIDENCE]:
        clause, shown = issue.documents[document].clauses[index], printed.documents[document].clauses[index]
        quote = first_sentences(_from_mention(clause.text, shown.text, sought) or shown.heading)
        if quote:
            name = f"{shown.label}{shown.heading}"
            found.append(Evidence(printed.documents[document].title, name, quote))
    return tuple(found)


def _places(candidate: Candidate, issue: Issue) -> list[tuple[int, int]]:
    """Where to quote: clauses that name the direction, but no title said again above the text; where
    none does, the first numbered ones of its document."""
    named = [(d, c) for d, c in candidate.places if c >= 0 and _says(issue.documents[d].clauses[c])]
    if named:
        return named
    first = candidate.places[0][0]
    clauses = issue.documents[first].clauses
    numbered = [(first, i) for i, clause in enumerate(clauses) if clause.depth]
    return (numbered or [(first, i) for i in range(len(clauses))])[:2]


def _says(clause: Clause) -> bool:
    return bool(clause.depth or re.search("[。；]", clause.text))


def _from_mention(text: str, printed: str, sought: str) -> str:
    """The paragraph of the printed text from the sentence that names the direction; from its beginning
    where none does. A sentence too long to hold the name within a quotation begins at a comma."""
    pieces = _PIECE.findall(text)
    wanted = fold(sought)
    place = next((i for i, piece in enumerate(pieces) if sought and wanted in fold(piece)), 0)
    room = _MAX_QUOTE - len(pieces[place]) if pieces else 0
    start = place
    while start and pieces[start - 1][-1] == "，" and len(pieces[start - 1]) <= room:
        start -= 1
        room -= len(pieces[start])
    return "".join(_PIECE.findall(printed)[start:]).split("\n")[0]


def first_sentences(text: str, limit: int = _MAX_QUOTE) -> str:
    """The beginning of a text up to a full stop within the limit, else cut at a comma. Never a
    character that does not stand there."""
    if len(text) <= limit:
        return text
    ends = [found.end() for found in re.finditer("[。；！？]", text[:limit])]
    commas = [found.start() for found in re.finditer("[，、]", text[:limit])]
    return text[: ends[-1]] if ends else text[: commas[-1]] if commas else text[:limit]
