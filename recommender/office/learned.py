"""What the editors' choices show: how much of what was suggested they take, and whether they agree."""

from recommender.errors import InputError
from recommender.evaluation import uptake
from recommender.evaluation.agreement import Agreement, agreement
from recommender.evaluation.uptake import Learned
from recommender.office.choices import lists_of
from recommender.office.desk import load_model, ranking_settings
from recommender.office.trends import stored_issues
from recommender.workspace import Workspace


def learned(workspace: Workspace) -> Learned | None:
    """What the last issues with choices show, by field and topic; None before the first training."""
    try:
        model = load_model(workspace)[1]
    except InputError:
        return None
    return uptake.learned(lists_of(workspace), stored_issues(workspace), model, ranking_settings(workspace))


def agreement_of(workspace: Workspace, issue: str | None = None) -> Agreement:
    """How far the editors agree on the directions that several judged, of one issue or of all."""
    return agreement(lists_of(workspace, issue))
