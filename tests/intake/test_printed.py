"""Printed pages kept as data: how they are read, and what we know we cannot read yet.

A case holds pages of [left, row, text] or [left, row, text, size] (points; rows are twice the usual size),
rules as [left, right, top, bottom] page by page, how many footnotes there are, and the paragraphs.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from recommender.intake.readers.grids import with_tables
from recommender.intake.readers.layout import page_lines
from recommender.intake.readers.page import Page, Piece, Rule
from recommender.intake.readers.running import without_notes

CASES = Path(__file__).parent / "cases"
SIZE = 10.0


def load(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in cases]


def piece(left: float, row: float, text: str, size: float = SIZE) -> Piece:
    bottom = row * 2 * SIZE + SIZE
    return Piece(text, left, left + len(text) * size, bottom - size, bottom, size)


def read(case: dict[str, Any]) -> tuple[list[str], int]:
    rules = case.get("rules", [[] for _ in case["pages"]])
    pages = [
        with_tables(Page(600.0, tuple(piece(*one) for one in page), tuple(Rule(*rule) for rule in own)))
        for page, own in zip(case["pages"], rules, strict=True)
    ]
    pages, notes = without_notes(pages)
    return page_lines(pages), notes


@pytest.mark.parametrize("case", load("printed.json"))
def test_pages_are_read(case: dict[str, Any]) -> None:
    assert read(case) == (case["lines"], case.get("notes", 0))


@pytest.mark.parametrize("case", load("printed-known-failures.json"))
@pytest.mark.xfail(strict=True, reason="known failure: a rule that makes it pass must move the case")
def test_known_failures(case: dict[str, Any]) -> None:
    assert read(case) == (case["lines"], case.get("notes", 0))
