"""The comparison as the office would have met it: every issue judged with earlier issues alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from recommender.choices.labels import Label
from recommender.errors import InputError
from recommender.evaluation.backtest import match_issue, summarised
from recommender.evaluation.baselines import Rivals, rivals_on
from recommender.features.kept import NOWHERE, Kept, with_kept
from recommender.lifecycle.gathered import method_of
from recommender.lifecycle.train import Lessons, fit_model
from recommender.parallel import ALONE, Workers, streamed
from recommender.records import Comparison, Issue, PickMatch
from recommender.slips import in_time_order

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
    judge = partial(_judged_then, lessons=replace(lessons, issues=issues))
    judged = [issues[place] for place in places]
    if workers != ALONE:
        return _compared(judged, streamed(judge, places, workers), progress)
    # one process finds out about each issue once
    method = method_of(lessons.lexicon)
    return with_kept(
        NOWHERE, method, lambda kept: _compared(judged, map(partial(judge, kept=kept), places), progress)
    )


def _compared(issues: Sequence[Issue], judged: Iterator[_Judged], progress: Progress) -> Comparison:
    results, rivals = [], []
    for issue in issues:
        progress(issue.key)
        matches, others = next(judged)
        results.append((issue.key, matches))
        rivals.append(others)
    return summarised(tuple(results), rivals)


def _judged_then(place: int, lessons: Lessons, kept: Kept | None = None) -> _Judged:
    """How the picks of the issue at a place fare by what could be known then."""
    issue = lessons.issues[place]
    earlier = lessons.issues[:place]
    past, keys = (*earlier, replace(issue, picks=())), {one.key for one in earlier}
    known = [one for one in lessons.choices if one.issue in keys and _is_earlier(one, issue)]
    model = fit_model(replace(lessons, issues=past, choices=known), kept=kept)
    return match_issue(issue, model, lessons.settings), rivals_on(issue, model)


def _is_earlier(choice: Label, issue: Issue) -> bool:
    """Whether a choice was made before the issue came out: later ones may know what it picked."""
    return bool(issue.date) and choice.at < str(issue.date)
