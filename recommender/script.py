"""Traditional characters: compared as simplified ones, one for one; shown as printed.

An issue of a text in traditional characters keeps the text as printed, in which everything that is
shown is looked up.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from recommender.records import Clause, Document, Issue

_GAPS = re.compile(r"\s+")
_SENTENCE = re.compile("[^。；！？]+[。；！？]?|[。；！？]")


def to_simplified(text: str) -> str:
    """One character for one; a text that cannot be converted so stays as it is."""
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else text


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def as_printed(issue: Issue) -> Issue:
    """The issue with its titles, clauses and tables in the characters in which they were printed.

    What a repair changed is not found in the printed text, and stays in simplified characters.
    """
    return _looked_up(issue) if issue.printed else issue


@lru_cache(maxsize=8)
def _looked_up(issue: Issue) -> Issue:
    look = _Lookup(issue.printed)
    return replace(
        issue,
        title=look(issue.title),
        institution=look(issue.institution),
        documents=tuple(_document(document, look) for document in issue.documents),
        picks=tuple(replace(pick, printed=look(pick.printed)) for pick in issue.picks),
        asides=tuple(map(look, issue.asides)),
    )


def _document(document: Document, look: "_Lookup") -> Document:
    return replace(
        document,
        title=look(document.title),
        name=look(document.name),
        issuers=tuple(map(look, document.issuers)),
        clauses=tuple(_clause(clause, look) for clause in document.clauses),
        tables=tuple(map(look, document.tables)),
    )


def _clause(clause: Clause, look: "_Lookup") -> Clause:
    return replace(clause, heading=look(clause.heading), text=look(clause.text))


class _Lookup:
    """Finds simplified passages in a printed text, going on from the last one found."""

    def __init__(self, printed: str) -> None:
        self._printed = _GAPS.sub("", printed)
        self._plain = _GAPS.sub("", to_simplified(printed))
        self._at = 0

    def __call__(self, text: str) -> str:
        found = iter("".join(map(self._sentence, _SENTENCE.findall(_GAPS.sub("", text)))))
        return "".join(char if char.isspace() else next(found) for char in text)

    def _sentence(self, text: str) -> str:
        """The sentence, or what is found of its halves, and of theirs."""
        found = self._found(text) if len(text) > 1 else text
        middle = len(text) // 2
        return found or self._sentence(text[:middle]) + self._sentence(text[middle:])

    def _found(self, text: str) -> str:
        place = self._plain.find(text, self._at)
        place = place if place >= 0 else self._plain.find(text)
        if place < 0:
            return ""
        self._at = place
        return self._printed[place : place + len(text)]
