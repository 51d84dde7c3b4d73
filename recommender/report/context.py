"""A quotation in its place: the clause around it, and what stands above, before and after."""

from dataclasses import dataclass

from recommender.records import Clause, Document, Evidence, Issue


@dataclass(frozen=True, slots=True)
class Context:
    """A quotation, verbatim, with the text around it.

    trail: headings above the clause, outermost first. heading: of the clause itself. before, after:
    the rest of its text. previous, following: the headings of its neighbours that are not above it, ""
    where there is none.
    """

    trail: tuple[str, ...]
    heading: str
    before: str
    quote: str
    after: str
    previous: str
    following: str


def context_of(issue: Issue, evidence: Evidence) -> Context:
    """Where a quotation stands in its issue; the bare quotation where the place is not found."""
    for document in issue.documents:
        if document.title != evidence.document:
            continue
        for index, clause in enumerate(document.clauses):
            if _named(clause) == evidence.clause and evidence.quote in (clause.text or clause.heading):
                return _context(document, index, evidence)
    return Context((), evidence.clause, "", evidence.quote, "", "", "")


def _context(document: Document, index: int, evidence: Evidence) -> Context:
    clauses = document.clauses
    clause = clauses[index]
    before, _, after = (clause.text or clause.heading).partition(evidence.quote)
    trail = _trail(clauses, index)
    previous = _named(clauses[index - 1]) if index else ""
    return Context(
        trail=trail,
        heading=_named(clause),
        before=before,
        quote=evidence.quote,
        after=after,
        previous="" if previous in trail else previous,
        following=_named(clauses[index + 1]) if index + 1 < len(clauses) else "",
    )


def _trail(clauses: tuple[Clause, ...], index: int) -> tuple[str, ...]:
    """The headings of the clauses that hold a clause."""
    trail: list[str] = []
    depth = clauses[index].depth
    for clause in reversed(clauses[:index]):
        if 0 < clause.depth < depth:
            trail.insert(0, _named(clause))
            depth = clause.depth
    return tuple(trail)


def _named(clause: Clause) -> str:
    return f"{clause.label}{clause.heading}"
