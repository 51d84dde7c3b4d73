"""The comparison as the office would have met it: every issue judged with earlier issues alone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from recommender.errors import InputError
from recommender.evaluation.backtest import match_issue, summarised
from recommender.evaluation.baselines import Rivals, rivals_on
from recommender.lifecycle.train import Lessons, fit_model, in_time_order
from recommender.parallel import ALONE, Workers, streamed
from recommender.records import Comparison, PickMatch

Progress = Callable[[str], None]
_Judged = tuple[tuple[PickMatch, ...], Rivals]


def compare_rolling(lessons: Lessons, progress: Progress, workers: Workers = ALONE) -> Comparison:
    """Each issue with picks, judged by a model of its own that learned from the issues before it and
    from its text, never from its picks, nor from anything later. The baselines know no more.

    progress: told the key of each issue as its turn comes. An issue before which there is too little
    to learn from is left out. Raises InputError when that leaves none.
    """
    issues = in_time_order(lessons.issues)
    places = [place for place, issue in enumerate(issues) if issue.picks and place]
    if not places:
        raise InputError("逐期对照至少要有两期，后一期有编辑选题。请先读入更多各期，再试。")
    judged = streamed(partial(_judged_then, lessons=replace(lessons, issues=issues)), places, workers)
    results, rivals = [], []
    for place in places:
        progress(issues[place].key)
        matches, others = next(judged)
        results.append((issues[place].key, matches))
        rivals.append(others)
    return summarised(tuple(results), rivals)


def _judged_then(place: int, lessons: Lessons) -> _Judged:
    """How the picks of the issue at a place fare by what could be known then."""
    issue = lessons.issues[place]
    past = (*lessons.issues[:place], replace(issue, picks=()))
    model = fit_model(replace(lessons, issues=past))
    return match_issue(issue, model, lessons.settings), rivals_on(issue, model)
