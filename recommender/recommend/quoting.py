"""What a direction rests on, quoted verbatim from the issue as it was printed."""

import re

from recommender.fold import bigrams
from recommender.records import Candidate, Clause, Evidence, Issue
from recommender.script import as_printed

_MAX_QUOTE = 120  # characters
_MAX_EVIDENCE = 3
_PIECE = re.compile(r"[^。；！？，\n]*[。；！？，\n]|[^。；！？，\n]+$")


def evidence_of(candidate: Candidate, issue: Issue) -> tuple[Evidence, ...]:
    """At most three quotations: of a heading its clause, of a theme the sentences that say most of it."""
    printed = as_printed(issue)
    sought = frozenset() if candidate.source == "heading" else frozenset(bigrams(candidate.core))
    found = []
    for document, index in _places(candidate, issue)[:_MAX_EVIDENCE]:
        clause, shown = issue.documents[document].clauses[index], printed.documents[document].clauses[index]
        quote = first_sentences(_from_mention(clause.text, shown.text, sought) or shown.heading)
        if quote:
            name = f"{shown.label}{shown.heading}"
            found.append(Evidence(printed.documents[document].title, name, quote))
    return tuple(found)


def _places(candidate: Candidate, issue: Issue) -> list[tuple[int, int]]:
    """Where to quote: the clauses that name the direction, but no title said again above the text;
    where none does, the two of its document that say most of it, numbered ones if there are any."""
    named = [(d, c) for d, c in candidate.places if c >= 0 and _says(issue.documents[d].clauses[c])]
    if named:
        return named
    first, wanted = candidate.places[0][0], frozenset(bigrams(candidate.core))
    clauses = issue.documents[first].clauses
    numbered = [i for i, clause in enumerate(clauses) if clause.depth] or list(range(len(clauses)))
    said = {i: _shared(wanted, f"{clauses[i].heading}。{clauses[i].text}") for i in numbered}
    return [(first, i) for i in sorted(sorted(numbered, key=lambda i: -said[i])[:2])]


def _says(clause: Clause) -> bool:
    return bool(clause.depth or re.search("[。；]", clause.text))


def _shared(wanted: frozenset[str], text: str) -> int:
    return len(wanted.intersection(bigrams(text)))


def _from_mention(text: str, printed: str, sought: frozenset[str]) -> str:
    """The printed text from the sentence that says most of what is sought, but at least half of it, to
    the end of its paragraph. A long sentence begins at a comma, so that as much stands after as before."""
    pieces = _PIECE.findall(text)
    said = [_shared(sought, piece) for piece in pieces]
    start = said.index(max(said)) if sought and pieces and 2 * max(said) >= len(sought) else 0
    room = _MAX_QUOTE // 2
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
