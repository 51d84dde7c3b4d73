"""Learning from the corpus, suggesting for an issue, comparing with the editors."""

from collections.abc import Sequence
from datetime import datetime

from recommender.config import Settings, load_settings
from recommender.errors import InputError, IntegrityError
from recommender.evaluation import backtest
from recommender.lifecycle import registry
from recommender.model import Model, from_files
from recommender.office.library import find_issue, open_shelf
from recommender.recommend.features import FEATURES
from recommender.recommend.profile import build_profile
from recommender.recommend.suggest import suggest
from recommender.records import Comparison, Issue
from recommender.report.build import Report
from recommender.report.themes import issue_themes
from recommender.workspace import Workspace, lock, read_lexicon, read_topic_names


def read_settings(workspace: Workspace) -> Settings:
    """The settings, with the names of weights checked against the features there are."""
    return load_settings(workspace.settings, tuple(FEATURES))


def load_model(workspace: Workspace) -> tuple[str, Model]:
    """The serving version and its model, verified."""
    stored = registry.load(workspace.models)
    try:
        return stored.version, from_files(stored.files)
    except (KeyError, TypeError, ValueError) as error:
        place = workspace.models / stored.version
        message = f"{place}：模型的格式与本程序不符（{error}）。请运行 recommender train 重新训练。"
        raise IntegrityError(message) from error


def train_model(workspace: Workspace, now: datetime) -> str:
    """Fit a model to the whole corpus and let it serve; the version's name."""
    with lock(workspace):
        return learn(workspace, now)


def learn(workspace: Workspace, now: datetime) -> str:
    """``train_model`` for a caller that holds the lock."""
    from recommender.lifecycle import train  # brings scikit-learn, which suggesting does without

    with open_shelf(workspace) as corpus:
        return train.train(
            corpus.issues(),
            read_settings(workspace),
            workspace.models,
            now,
            read_lexicon(workspace),
            names=read_topic_names(workspace.topics),
        )


def report_on(workspace: Workspace, name: str, count: int | None = None) -> Report:
    """Suggestions for an issue (key or file), with all that a report says of them."""
    issue = find_issue(workspace, name)
    settings = read_settings(workspace)
    version, model = load_model(workspace)
    profile = build_profile(settings, model, issue)
    return Report(
        issue=issue,
        model=version,
        suggestions=suggest(issue, model, settings, count or settings.length),
        matches=backtest.match_issue(issue, model, settings) if issue.picks else (),
        themes=issue_themes(issue, profile, model, settings),
        profile=profile,
    )


def compare(workspace: Workspace, names: Sequence[str] = ()) -> Comparison:
    """Suggestions against picks, for the named issues or all that have picks."""
    issues = _judged(workspace, names)
    settings = read_settings(workspace)
    _, model = load_model(workspace)
    without = [issue.key for issue in issues if not issue.picks]
    if names and without:
        raise InputError(
            f"{'、'.join(without)}：这一期没有编辑选题，无从对照。请换一期，或不写期号以对照全部。"
        )
    return backtest.compare(issues, model, settings)


def _judged(workspace: Workspace, names: Sequence[str]) -> tuple[Issue, ...]:
    """The named issues (keys or files), each once, or all of the corpus."""
    if names:
        found = (find_issue(workspace, name) for name in names)
        return tuple({issue.key: issue for issue in found}.values())
    with open_shelf(workspace) as corpus:
        return corpus.issues()
