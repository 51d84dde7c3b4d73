"""Leave-one-issue-out: every issue judged by a ranker that has not seen its picks."""

from collections.abc import Collection, Sequence

from recommender.config import Settings
from recommender.evaluation.baselines import compare_baselines, hit_positions, random_recall
from recommender.evaluation.bootstrap import difference_interval, mean_interval
from recommender.evaluation.match import HITS, LOOSE, match_pick
from recommender.evaluation.metrics import MEASURES, Ranks, recall_at, summarise
from recommender.model import Model
from recommender.recommend.judge import judge_issue
from recommender.recommend.pool import pool
from recommender.recommend.reading import Reading, read_candidates
from recommender.recommend.suggest import suggestions
from recommender.recommend.wording import house_title
from recommender.records import Candidate, Comparison, Grade, Issue, Pick, PickMatch, Reach, Suggestion

DEPTH = 200  # how far down the list a pick is looked for

Matched = tuple[tuple[str, tuple[PickMatch, ...]], ...]


def compare(issues: Sequence[Issue], model: Model, settings: Settings) -> Comparison:
    """Compare suggestions and picks of the issues that have picks.

    The model holds picks, and what they taught, by issue; those of the issue judged are left out,
    and the text the model learned from never contains a pick (the list is not a document).
    """
    judged = [issue for issue in issues if issue.picks]
    return summarised(judged, match_issues(judged, model, settings), model)


def match_issues(issues: Sequence[Issue], model: Model, settings: Settings) -> Matched:
    """Every issue's key with how its picks fare."""
    return tuple((issue.key, match_issue(issue, model, settings)) for issue in issues)


def match_issue(issue: Issue, model: Model, settings: Settings) -> tuple[PickMatch, ...]:
    """How each pick of an issue fares against the suggestions made without it."""
    judged = judge_issue(issue, model, settings)
    return match_picks(issue.picks, suggestions(judged, settings, DEPTH), judged.reading)


def match_picks(
    picks: Sequence[Pick], listed: Sequence[Suggestion], reading: Reading
) -> tuple[PickMatch, ...]:
    """How each pick of an issue fares against a list of ``DEPTH`` directions made without it."""
    cores = [pick.title.removesuffix("研究") for pick in picks]
    subjects = read_candidates([Candidate(core, "heading", ((0, -1),)) for core in cores], reading)
    labels = ["" if one.topic is None else reading.model.labels[one.topic] for one in subjects]
    return tuple(match_pick(pick.title, listed, topic) for pick, topic in zip(picks, labels, strict=True))


def summarised(judged: Sequence[Issue], results: Matched, model: Model) -> Comparison:
    """Matches with their measures, intervals, reach and baselines; judged: their issues, in order."""
    if not judged:
        return Comparison((), {}, {}, 0)
    ranks = [hit_ranks_of(matches) for _, matches in results]
    pools = [[house_title(c.core) for c in pool(issue, model.lexicon)] for issue in judged]
    places = [
        hit_positions(titles, [pick.title for pick in issue.picks])
        for titles, issue in zip(pools, judged, strict=True)
    ]
    chance = [random_recall(found, len(titles), 10) for found, titles in zip(places, pools, strict=True)]
    return Comparison(
        issues=results,
        metrics=summarise(ranks),
        baselines=compare_baselines(judged, model),
        labels=sum(len(matches) for _, matches in results),
        loose=summarise([hit_ranks_of(matches, LOOSE) for _, matches in results]),
        intervals=_intervals(ranks),
        lift=_lift(ranks, chance),
        reach=tuple(
            Reach(issue.key, sum(map(bool, found)), len(found), len(titles))
            for issue, found, titles in zip(judged, places, pools, strict=True)
        ),
    )


def hit_ranks_of(matches: Sequence[PickMatch], grades: Collection[Grade] = HITS) -> list[int | None]:
    """The rank at which each pick was hit; None where it was not."""
    return [match.rank if match.grade in grades else None for match in matches]


def _intervals(ranks: Sequence[Ranks]) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of every measure's mean over issues."""
    found = {
        name: mean_interval([measure.compute(one) for one in ranks]) for name, measure in MEASURES.items()
    }
    return {name: (round(one.low, 4), round(one.high, 4)) for name, one in found.items()}


def _lift(ranks: Sequence[Ranks], chance: Sequence[float]) -> tuple[float, float, float]:
    """How far recall@10 lies above random order in the same pool: mean, low, high."""
    lift = difference_interval([recall_at(one, 10) for one in ranks], chance)
    return round(lift.mean, 4), round(lift.low, 4), round(lift.high, 4)
