"""Leave-one-issue-out: every issue judged by a ranker that has not seen its picks."""

from collections.abc import Collection, Sequence
from functools import partial

from recommender.config import Settings
from recommender.evaluation.baselines import Rivals, random_recall, rivals_on, table_of
from recommender.evaluation.bootstrap import difference_interval, mean_interval
from recommender.evaluation.match import HITS, LOOSE, match_pick
from recommender.evaluation.metrics import MEASURES, Ranks, recall_at, summarise
from recommender.model import Model
from recommender.parallel import ALONE, Workers, mapped
from recommender.recommend.judge import judge_issue
from recommender.recommend.reading import Reading, read_candidates
from recommender.recommend.suggest import suggestions
from recommender.records import Candidate, Comparison, Grade, Issue, Pick, PickMatch, Reach, Suggestion

DEPTH = 200  # how far down the list a pick is looked for

Matched = tuple[tuple[str, tuple[PickMatch, ...]], ...]


def compare(
    issues: Sequence[Issue], model: Model, settings: Settings, workers: Workers = ALONE
) -> Comparison:
    """Compare suggestions and picks of the issues that have picks.

    The model holds picks, and what they taught, by issue; those of the issue judged are left out,
    and the text the model learned from never contains a pick (the list is not a document).
    """
    judged = [issue for issue in issues if issue.picks]
    matched = match_issues(judged, model, settings, workers)
    return summarised(matched, mapped(partial(rivals_on, model=model), judged, workers))


def match_issues(
    issues: Sequence[Issue], model: Model, settings: Settings, workers: Workers = ALONE
) -> Matched:
    """Every issue's key with how its picks fare."""
    matches = mapped(partial(match_issue, model=model, settings=settings), issues, workers)
    return tuple(zip((issue.key for issue in issues), matches, strict=True))


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


def summarised(results: Matched, rivals: Sequence[Rivals]) -> Comparison:
    """Matches with their measures, intervals, reach and baselines; rivals: of their issues, in order."""
    if not results:
        return Comparison((), {}, {}, 0)
    ranks = [hit_ranks_of(matches) for _, matches in results]
    chance = [random_recall(one.places, one.size, 10) for one in rivals]
    return Comparison(
        issues=results,
        metrics=summarise(ranks),
        baselines=table_of(rivals),
        labels=sum(len(matches) for _, matches in results),
        loose=summarise([hit_ranks_of(matches, LOOSE) for _, matches in results]),
        intervals=_intervals(ranks),
        lift=_lift(ranks, chance),
        reach=tuple(
            Reach(key, sum(map(bool, one.places)), len(one.places), one.size)
            for (key, _), one in zip(results, rivals, strict=True)
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
