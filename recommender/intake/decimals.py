"""The decimal outline of some bulletins: 1 / 1.1 / 1.1.1, its leaves being the documents."""

import re

from recommender.fold import bare
from recommender.intake.clauses import is_table_row
from recommender.intake.clean import Line
from recommender.intake.heads import DocumentHead
from recommender.intake.roles import role_of
from recommender.records import Role

_DECIMAL = re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})\s*(?P<text>[^\d\s.．、%％年月日)）].*)$")
_MAX_TITLE = 80


def decimal_heads(lines: list[Line], start: int, titles: list[str]) -> list[DocumentHead]:
    """Leaves of the outline; the names above a leaf give its role. [] when there is no outline.

    titles: entries of the contents; where there are any, only these count, so that a number in the
    text (3.4万名) never begins a document.
    """
    found = _outline_lines(lines, start, {bare(title) for title in titles})
    if sum("." in label for _, label, _ in found) < 2:
        return []
    names = {label: text for _, label, text in found}
    parents = {label.rpartition(".")[0] for label in names}
    return [
        DocumentHead(label, "" if label in parents else text, _inherited_role(label, names), index)
        for index, label, text in found
    ]


def _outline_lines(lines: list[Line], start: int, listed: set[str]) -> list[tuple[int, str, str]]:
    """(index, label, text) of each line of the outline."""
    found = []
    for index in range(start, len(lines)):
        text = lines[index].text
        head = _DECIMAL.match(text)
        if not head or len(text) > _MAX_TITLE or is_table_row(text) or re.search("[。；]", text):
            continue
        if bare(text) in listed if listed else "." in head["label"]:
            found.append((index, head["label"], head["text"].strip()))
    return found


def _inherited_role(label: str, names: dict[str, str]) -> Role | None:
    while "." in label:
        label = label.rpartition(".")[0]
        if role := role_of(names.get(label, "")):
            return role
    return None
