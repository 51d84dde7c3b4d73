"""A report with the directions that an editor settled on, in place of the program's."""

from collections.abc import Mapping
from dataclasses import replace

from recommender.choices.listing import Decision
from recommender.office.choices import list_of
from recommender.office.desk import report_on
from recommender.records import Suggestion
from recommender.report.build import Report
from recommender.workspace import Workspace

_DEPTH = 50  # as long as a list may be


def chosen_report(workspace: Workspace, report: Report, editor: str) -> Report:
    """The directions the editor took, in the editor's order and words; each keeps the reasons and the
    evidence it was suggested with, one of the editor's own has none. An empty list changes nothing."""
    listing = list_of(workspace, report.issue.key, editor)
    if not listing.accepted:
        return report
    deep = report_on(workspace, report.issue.key, _DEPTH).suggestions  # retraining may have moved one down
    known = {one.title: one for one in (*deep, *report.suggestions)}
    chosen = tuple(_direction(rank, one, known) for rank, one in enumerate(listing.accepted, 1))
    return replace(report, suggestions=chosen, editor=editor)


def _direction(rank: int, decision: Decision, known: Mapping[str, Suggestion]) -> Suggestion:
    suggested = known.get(decision.title)
    if suggested:
        return replace(suggested, rank=rank, title=decision.wording)
    return Suggestion(rank, decision.wording, 0.0, "", "own", (), ())
