"""The comparison as the office would have met it: every issue judged with earlier issues alone."""

from collections.abc import Callable
from dataclasses import replace

from recommender.choices.labels import Label
from recommender.errors import InputError
from recommender.evaluation.backtest import match_issue, summarised
from recommender.features.kept import NOWHERE, Kept, with_kept
from recommender.lifecycle.gathered import method_of
from recommender.lifecycle.train import Lessons, fit_model
from recommender.records import Comparison, Issue, PickMatch
from recommender.slips import in_time_order

Progress = Callable[[str], None]


def compare_rolling(lessons: Lessons, progress: Progress) -> Comparison:
    """Each issue with picks, judged by a model of its own that learned from the issues before it and
    from its text, never from its picks, nor from anything later.

    progress: told the key of each issue as its turn comes. An issue before which there is too little
    to learn from is left out. Raises InputError when that leaves none.
    """
    method = method_of(lessons.lexicon)
    return with_kept(NOWHERE, method, lambda kept: _compare(lessons, progress, kept))


def _compare(lessons: Lessons, progress: Progress, kept: Kept) -> Comparison:
    issues = in_time_order(lessons.issues)
    judged: list[Issue] = []
    results: list[tuple[str, tuple[PickMatch, ...]]] = []
    model = None
    for place, issue in enumerate(issues):
        if not issue.picks or not place:
            continue
        progress(issue.key)
        past = (*issues[:place], replace(issue, picks=()))
        known = [one for one in lessons.choices if one.issue != issue.key and _is_earlier(one, issue)]
        model = fit_model(replace(lessons, issues=past, choices=known), kept=kept)
        judged.append(issue)
        results.append((issue.key, match_issue(issue, model, lessons.settings)))
    if model is None:
        raise InputError("逐期对照至少要有两期，后一期有编辑选题。请先读入更多各期，再试。")
    return summarised(judged, tuple(results), model)


def _is_earlier(choice: Label, issue: Issue) -> bool:
    """Whether a choice was made before the issue came out: later ones may know what it picked."""
    return bool(issue.date) and choice.at < str(issue.date)
