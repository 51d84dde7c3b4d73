"""Learning from the corpus, suggesting for an issue, comparing with the editors."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from recommender.choices.labels import labels_of
from recommender.config import Settings, load_settings
from recommender.errors import InputError
from recommender.evaluation import backtest
from recommender.intake.projects import read_projects
from recommender.lifecycle.serving import serving_model
from recommender.model import Model
from recommender.office.choices import lists_of
from recommender.office.library import find_issue, newest_issue, read_shelf, shelved
from recommender.parallel import ALONE, Workers
from recommender.progress import Tell, say_nothing
from recommender.recommend.features import FEATURES
from recommender.recommend.judge import Judged, judge_issue
from recommender.recommend.suggest import suggestions
from recommender.records import Comparison, Issue
from recommender.report.build import Report
from recommender.report.themes import issue_themes
from recommender.script import as_printed
from recommender.wordlists import read_lexicon, read_topic_names
from recommender.workspace import Workspace, lock

if TYPE_CHECKING:
    from recommender.lifecycle.train import Lessons
    from recommender.recommend.portrait import Portrait


def read_settings(workspace: Workspace) -> Settings:
    """The settings, with the names of weights checked against the features there are."""
    return load_settings(workspace.settings, tuple(FEATURES))


def ranking_settings(workspace: Workspace) -> Settings:
    """The settings with the funded projects, which concern ranking but not what a model learns."""
    return replace(read_settings(workspace), projects=read_projects(workspace.projects).projects)


def project_faults(workspace: Workspace) -> tuple[str, ...]:
    """What is wrong with rows of the list of funded projects, for the office to mend."""
    return read_projects(workspace.projects).faults


def load_model(workspace: Workspace) -> tuple[str, Model]:
    """The serving version and its model, verified."""
    return serving_model(workspace.models)


def train_model(
    workspace: Workspace, now: datetime, workers: Workers = ALONE, tell: Tell = say_nothing
) -> str:
    """Fit a model to the whole corpus and let it serve; the version's name."""
    with lock(workspace):
        return learn(workspace, now, workers, tell)


def learn(workspace: Workspace, now: datetime, workers: Workers = ALONE, tell: Tell = say_nothing) -> str:
    """``train_model`` for a caller that holds the lock."""
    from recommender.features.kept import kept_in
    from recommender.lifecycle import train

    lessons = read_lessons(workspace)
    return train.train(lessons, workspace.models, now, kept_in(workspace.kept_words, workers, tell))


def read_lessons(workspace: Workspace) -> "Lessons":
    """All that a model is learned from."""
    from recommender.lifecycle.train import Lessons  # brings much that suggesting does without

    issues = shelved(workspace)
    settings, lexicon = read_settings(workspace), read_lexicon(workspace)
    names, choices = read_topic_names(workspace.topics), labels_of(lists_of(workspace))
    return Lessons(issues, settings, lexicon, names, choices)


def report_on(workspace: Workspace, name: str, count: int | None = None) -> Report:
    """Suggestions for an issue (key or file), with all that a report says of them."""
    version, judged, settings = _judge(workspace, name)
    reading, wanted = judged.reading, count or settings.length
    picks = reading.issue.picks
    found = suggestions(judged, settings, max(wanted, backtest.DEPTH) if picks else wanted)
    return Report(
        issue=as_printed(reading.issue),
        model=version,
        suggestions=found[:wanted],
        matches=backtest.match_picks(picks, found[: backtest.DEPTH], reading) if picks else (),
        themes=issue_themes(reading),
        profile=reading.profile,
    )


def list_for(workspace: Workspace, name: str, count: int | None = None) -> Report:
    """Suggestions for an issue (key or file), and nothing around them: not even its picks are compared."""
    version, judged, settings = _judge(workspace, name)
    found = suggestions(judged, settings, count or settings.length)
    return Report(as_printed(judged.reading.issue), version, found, (), (), judged.reading.profile)


def _judge(workspace: Workspace, name: str) -> tuple[str, Judged, Settings]:
    """The candidates of an issue as the serving version judges them, and by which settings."""
    issue, settings = find_issue(workspace, name), ranking_settings(workspace)
    version, model = load_model(workspace)
    return version, judge_issue(issue, model, settings), settings


def portrait_of(workspace: Workspace, name: str | None = None) -> "Portrait":
    """The effective profile: that of an issue (key or file), else that of the next issue to come."""
    from recommender.recommend.portrait import draw_portrait

    issue = find_issue(workspace, name) if name else replace(newest_issue(workspace), key="")
    return draw_portrait(ranking_settings(workspace), load_model(workspace)[1], issue)


def compare(workspace: Workspace, names: Sequence[str] = (), workers: Workers = ALONE) -> Comparison:
    """Suggestions against picks, for the named issues or all that have picks."""
    issues = _judged(workspace, names)
    settings = ranking_settings(workspace)
    _, model = load_model(workspace)
    without = [issue.key for issue in issues if not issue.picks]
    if names and without:
        raise InputError(
            f"{'、'.join(without)}：这一期没有编辑选题，无从对照。请换一期，或不写期号以对照全部。"
        )
    return backtest.compare(issues, model, settings, workers)


def roll(workspace: Workspace, progress: Callable[[str], None], workers: Workers = ALONE) -> Comparison:
    """``compare``, each issue judged with the issues before it alone."""
    from recommender.lifecycle.rolling import compare_rolling

    # names go by the ids of models that follow each other, which these do not
    return compare_rolling(replace(read_lessons(workspace), names={}), progress, workers)


def _judged(workspace: Workspace, names: Sequence[str]) -> tuple[Issue, ...]:
    """The named issues (keys or files), each once, or all of the corpus."""
    if names:
        found = (find_issue(workspace, name) for name in names)
        return tuple({issue.key: issue for issue in found}.values())
    return read_shelf(workspace)
