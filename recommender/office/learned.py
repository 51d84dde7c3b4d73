"""What the editors' choices show: how much of what was suggested they take, and whether they agree."""

from collections.abc import Callable

from recommender.errors import InputError
from recommender.evaluation import uptake
from recommender.evaluation.agreement import Agreement, agreement
from recommender.evaluation.uptake import Learned
from recommender.office.choices import lists_of
from recommender.office.desk import load_model, ranking_settings
from recommender.office.trends import stored_issues
from recommender.recommend.reading import Reading
from recommender.records import Issue
from recommender.workspace import Workspace

Keep = Callable[[object, Callable[[], Reading]], Reading]


def _at_once(_: object, make: Callable[[], Reading]) -> Reading:
    return make()


def learned(workspace: Workspace, keep: Keep = _at_once) -> Learned | None:
    """What the last issues with choices show, by field and topic; None before the first training.

    keep: gives a value by its name, made once; how issues are read outlasts a choice.
    """
    try:
        model = load_model(workspace)[1]
    except InputError:
        return None
    settings = ranking_settings(workspace)

    def reading_of(issue: Issue) -> Reading:
        return keep(("reading", issue), lambda: uptake.read(issue, model, settings))

    return uptake.learned(lists_of(workspace), stored_issues(workspace), model, reading_of)


def agreement_of(workspace: Workspace, issue: str | None = None) -> Agreement:
    """How far the editors agree on the directions that several judged, of one issue or of all."""
    return agreement(lists_of(workspace, issue))
