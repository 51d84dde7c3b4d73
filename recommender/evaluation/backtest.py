"""Leave-one-issue-out: every issue judged by a ranker that has not seen its picks."""

from collections.abc import Sequence

from recommender.config import Settings
from recommender.evaluation.baselines import compare_baselines
from recommender.evaluation.match import HITS, match_pick
from recommender.evaluation.metrics import summarise
from recommender.model import Model
from recommender.recommend.reading import read_candidate
from recommender.recommend.suggest import read_for, suggest
from recommender.records import Candidate, Comparison, Issue, PickMatch

_DEPTH = 200  # how far down the list a pick is looked for


def compare(issues: Sequence[Issue], model: Model, settings: Settings) -> Comparison:
    """Compare suggestions and picks of the issues that have picks.

    The model holds picks by issue; those of the issue judged are left out of the profile, and the
    text the model learned from never contains a pick (the list is not a document).
    """
    judged = [issue for issue in issues if issue.picks]
    results = tuple((issue.key, match_issue(issue, model, settings)) for issue in judged)
    ranks = [hit_ranks_of(matches) for _, matches in results]
    return Comparison(
        issues=results,
        metrics=summarise(ranks),
        baselines=compare_baselines(judged, model) if judged else {},
        labels=sum(len(matches) for _, matches in results),
    )


def match_issue(issue: Issue, model: Model, settings: Settings) -> tuple[PickMatch, ...]:
    """How each pick of an issue fares against the suggestions made without it."""
    suggestions = suggest(issue, model, settings, _DEPTH)
    reading = read_for(issue, (), model, settings)

    def topic(title: str) -> str:
        subject = read_candidate(Candidate(title.removesuffix("研究"), "heading", ((0, -1),)), reading)
        return model.labels[subject.topic] if subject.topic is not None else ""

    return tuple(match_pick(pick.title, suggestions, topic(pick.title)) for pick in issue.picks)


def hit_ranks_of(matches: Sequence[PickMatch]) -> list[int | None]:
    """The rank at which each pick was hit; None where it was not."""
    return [match.rank if match.grade in HITS else None for match in matches]
