"""The terms that policy newly takes up: in the shipped background, or in the office's own corpus."""

from collections.abc import Iterable

from recommender.emphasis.count import Source, build_history
from recommender.emphasis.emerging import Emerging, rank_emerging
from recommender.emphasis.history import History
from recommender.emphasis.sources import Row
from recommender.errors import InputError
from recommender.office.library import stored_issues
from recommender.office.trends import OWN, OWN_LABEL, TITLES, known_histories
from recommender.records import Issue
from recommender.workspace import Workspace

PROVINCIAL = "provincial"


def emerging_terms(
    workspace: Workspace, as_of: int | None, count: int, source: str | None = None
) -> tuple[str, list[Emerging]]:
    """The terms newly taken up as of a year, the last one without, and that year.

    source: ``own`` for the own corpus, or a collection of the background, by default the provincial
    reports. The own corpus knows no research titles, so its terms are ranked by the rest.
    """
    name = source or PROVINCIAL
    known = (own_history(stored_issues(workspace)),) if name == OWN else known_histories(workspace)
    holding = [one for one in known if name in _names(one)]
    if not holding:
        choice = "、".join(dict.fromkeys((OWN, *(each for one in known for each in _names(one)))))
        raise InputError(f"--source {name}：没有这个来源。可以写的有：{choice}。")
    history = holding[0]
    periods = history.named(name).periods
    if not periods:
        raise InputError(
            "本库没有带日期的文件，看不出新兴的词语。请先用 recommender ingest 读入有日期的文件。"
        )
    year = f"{as_of:04}" if as_of else periods[-1][:4]
    return year, rank_emerging(history, year, count, collection=name)


def _names(history: History) -> list[str]:
    return [collection.name for collection in history.collections if collection.name != TITLES]


def own_history(issues: Iterable[Issue]) -> History:
    """The documents of some issues counted as the background is; a document without a date has the
    date of its issue, and one without either is left out of every year."""
    rows = [
        Row(
            title=document.title,
            text="\n".join(line for c in document.clauses for line in (c.heading, c.text) if line),
            date=document.date or issue.date or "",
        )
        for issue in issues
        for document in issue.documents
    ]
    return build_history([Source(OWN, OWN_LABEL, rows)])
