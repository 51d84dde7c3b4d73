"""Reports on one issue and on a year of them, with all that lies around the lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from recommender.emphasis.history import History, load_history
from recommender.emphasis.now import shipped_terms
from recommender.emphasis.series import Dated, Series, all_periods, dated_documents, term_series
from recommender.errors import InputError
from recommender.evaluation import backtest
from recommender.model import Model
from recommender.office.desk import compare, learn, load_model, read_settings, report_on
from recommender.office.library import newest_issue, read_shelf
from recommender.office.topics import topic_histories
from recommender.office.trends import OWN_LABEL, background_series, usual_unit
from recommender.parallel import ALONE, Workers
from recommender.progress import Tell, say_nothing
from recommender.recommend.wording import content
from recommender.records import Comparison, Issue
from recommender.report.build import (
    NO_COMPARISON,
    Outlook,
    Overview,
    Report,
    TermHistory,
    TopicHistory,
    issue_labels,
)
from recommender.report.files import DOCUMENTS, write_report
from recommender.report.tools import tools_of
from recommender.workspace import Workspace

_TERMS = 16  # as many as a page of bursts can show
_RECENT = 12  # issues whose comparison a report on one issue draws: a year or so
_SHORTEST = 3  # characters of a term; shorter ones stand inside too many others


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the main job made of the corpus."""

    report: Report
    comparison: Comparison
    files: tuple[Path, ...]


def work(
    workspace: Workspace,
    now: datetime,
    name: str | None = None,
    workers: Workers = ALONE,
    tell: Tell = say_nothing,
) -> Outcome:
    """The main job after reading: train, suggest for the named issue or the newest, compare all
    that have picks, write the reports. The caller holds the lock."""
    learn(workspace, now, workers, tell)
    key = name or newest_issue(workspace).key
    tell("与编辑选题逐期对照")
    comparison = compare(workspace, workers=workers)
    tell("写报告")
    report = full_report(workspace, key, now.date().isoformat(), comparison)
    return Outcome(
        report, comparison, write_report(report, workspace.reports, DOCUMENTS, tools_of(workspace))
    )


def full_report(workspace: Workspace, name: str, today: str, comparison: Comparison | None = None) -> Report:
    """The report on an issue with its outlook.

    today: ISO date, after which no document can be dated.
    comparison: of all issues where the caller has made it; else the latest twelve are compared.
    """
    report = report_on(workspace, name)
    issues = read_shelf(workspace)
    made = comparison or _compare(workspace, _until(issues, report.issue)[-_RECENT:])
    return replace(report, outlook=look_around(workspace, (report,), issues, made, today))


def overview(workspace: Workspace, today: str, year: int | None = None) -> Overview:
    """The issues of a year, or all; InputError where there is none."""
    issues = read_shelf(workspace)
    chosen = [issue for issue in issues if year is None or (issue.date or "").startswith(f"{year}")]
    if not chosen:
        years = sorted({issue.date[:4] for issue in issues if issue.date})
        there_is = f"有的年份：{'、'.join(years)}。" if years else "资料库里的各期都没有日期。"
        raise InputError(f"{year} 年：资料库里没有这一年的动态。{there_is}也可以用 --all 写全部各期。")
    reports = tuple(report_on(workspace, issue.key) for issue in chosen)
    version, _ = load_model(workspace)
    return Overview(
        key=f"{year}" if year else "all",
        name=f"{year} 年" if year else "全部各期",
        model=version,
        reports=reports,
        outlook=look_around(workspace, reports, issues, _compare(workspace, chosen), today),
    )


def look_around(
    workspace: Workspace,
    reports: Sequence[Report],
    issues: Sequence[Issue],
    comparison: Comparison,
    today: str,
) -> Outlook:
    """Topics over the issues learned from, terms of the reports over time, and the comparison."""
    _, model = load_model(workspace)
    known = {issue.key: issue for issue in issues}
    labels = issue_labels(issues)
    return Outlook(
        issues=tuple(labels[key] for key in model.issues if key in known),
        topics=_topics(workspace, model, known),
        terms=term_outlook(workspace, reports, issues, today),
        comparison=comparison,
    )


def _until(issues: Sequence[Issue], last: Issue) -> list[Issue]:
    """The issues with picks that are not later than one."""
    end = last.date or "9999"
    return [issue for issue in issues if issue.picks and (issue.date or "") <= end]


def _compare(workspace: Workspace, issues: Sequence[Issue]) -> Comparison:
    if not any(issue.picks for issue in issues):
        return NO_COMPARISON
    return backtest.compare(issues, load_model(workspace)[1], read_settings(workspace))


def _topics(workspace: Workspace, model: Model, known: dict[str, Issue]) -> tuple[TopicHistory, ...]:
    rows = [row for row, key in enumerate(model.issues) if key in known]
    histories = topic_histories(workspace).topics
    return tuple(
        TopicHistory(
            one, model.labels[number], tuple(model.emphasis[rows, number].tolist()), histories[number].series
        )
        for number, one in enumerate(model.topic_ids)
    )


# -- terms ----------------------------------------------------------------------------------------


def term_outlook(
    workspace: Workspace, reports: Sequence[Report], issues: Sequence[Issue], today: str
) -> tuple[TermHistory, ...]:
    """The histories of the terms that the reports' directions are worded in."""
    history = load_history()
    by = usual_unit(issues)
    documents = dated_documents(issues, by, read_settings(workspace).authority, today).documents
    periods = all_periods([document.period for document in documents], by)
    labels = issue_labels(issues)
    found = (_term(term, documents, periods, history) for term in telling_terms(reports, history))
    dates = tuple(labels[period].date if period in labels else period for period in periods)
    named = tuple(labels[period].name if period in labels else period for period in periods)
    return tuple(
        TermHistory(term, _named(own, named) if own else None, dates, background)
        for term, own, background in found
        if own or background
    )[:_TERMS]


def telling_terms(reports: Sequence[Report], history: History) -> tuple[str, ...]:
    """Terms of the shipped history in the directions, then in the issues' themes and policies' names."""
    directions = [one.title for report in reports for one in report.suggestions]
    policies = [
        document.name
        for report in reports
        for document in report.issue.documents
        if document.role == "policy"
    ]
    themes = [theme.label for report in reports for theme in report.themes]
    found = (term for text in (*directions, *themes, *policies) for term in shipped_terms(text, history))
    return tuple(dict.fromkeys(term for term in found if len(term) >= _SHORTEST and len(content(term)) > 1))


def _term(
    term: str, documents: Sequence[Dated], periods: Sequence[str], history: History
) -> tuple[str, Series | None, Series | None]:
    own = term_series(term, documents, periods, OWN_LABEL)
    shipped = background_series(term, [history]).get("provincial")
    return term, _if_it_occurs(own), _if_it_occurs(shipped)


def _if_it_occurs(series: Series | None) -> Series | None:
    return series if series and any(point.documents for point in series.points) else None


def _named(series: Series, names: Sequence[str]) -> Series:
    """A series whose periods bear the readers' names of issues."""
    points = tuple(replace(point, period=name) for point, name in zip(series.points, names, strict=True))
    return replace(series, points=points)
