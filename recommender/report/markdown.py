"""A report as Markdown, for a chat, a mail or a wiki."""

import re
from collections.abc import Iterable

from recommender.records import Suggestion
from recommender.report import tables
from recommender.report.build import Overview, Report, issue_name
from recommender.report.plain import printable
from recommender.report.tables import Table, shown
from recommender.report.wording import SOURCE_LABELS, basis_note, match_line, project_line, source_line


def render_markdown(report: Report) -> str:
    """The whole report: list, reasons and evidence of each direction, themes, comparison."""
    parts = [
        f"# {_plain(issue_name(report.issue))}：推荐研究方向",
        *(f"{suggestion.rank}. {_plain(suggestion.title)}" for suggestion in report.suggestions),
        *(_direction(suggestion) for suggestion in report.suggestions),
        _section(tables.theme_table(report.themes)),
        _matches(report),
        _section(tables.measure_table(report.outlook.comparison)),
        _section(tables.burst_table(report.outlook)),
        f"---\n\n{basis_note(report)}",
    ]
    listed = len(report.suggestions)
    blocks = [parts[0], "\n".join(parts[1 : 1 + listed]), *parts[1 + listed :]]
    return printable("\n\n".join(block for block in blocks if block) + "\n")


def _direction(suggestion: Suggestion) -> str:
    lines = [f"## {suggestion.rank}. {_plain(suggestion.title)}", ""]
    topic = f"；主题：{_plain(suggestion.topic)}" if suggestion.topic else ""
    score = f"得分 {suggestion.score:.2f}；" if suggestion.reasons else ""
    lines += [f"{score}来源：{SOURCE_LABELS[suggestion.source]}{topic}", ""]
    lines += ["| 理由 | 分值 |", "|---|---:|"] if suggestion.reasons else []
    lines += [f"| {_plain(reason.text)} | {reason.contribution:+.2f} |" for reason in suggestion.reasons]
    for evidence in suggestion.evidence:
        lines += ["", f"> {_plain(evidence.quote)}", ">", f"> —— {_plain(source_line(evidence))}"]
    return "\n".join(lines + _more(suggestion))


def _more(suggestion: Suggestion) -> list[str]:
    """Narrower titles, departments and like projects, where there are any."""
    lines: list[str] = []
    if suggestion.narrower:
        lines += ["", "可细化的题目：", "", *(f"- {_plain(title)}" for title in suggestion.narrower)]
    if suggestion.departments:
        lines += ["", f"适合系部：{_plain('、'.join(suggestion.departments))}"]
    if suggestion.projects:
        lines += ["", "本校相近的立项：", ""]
        lines += [f"- {_plain(project_line(project))}" for project in suggestion.projects]
    return lines


def render_overview_markdown(overview: Overview) -> str:
    """The lists and picks of a year, then hits, measures and topics."""
    parts = [f"# {_plain(overview.name)}：推荐与选题总览"]
    for report in overview.reports:
        lines = [f"## {_plain(issue_name(report.issue))}", ""]
        lines += [f"{one.rank}. {_plain(one.title)}" for one in report.suggestions]
        lines += ["", "编辑选题：", ""] if report.matches else []
        parts.append("\n".join(lines + [f"- {_plain(match_line(match))}" for match in report.matches]))
    outlook = overview.outlook
    made = (
        *(tables.hit_table(overview), tables.measure_table(outlook.comparison)),
        *(tables.topic_table(outlook), tables.burst_table(outlook)),
    )
    parts += [_section(table) for table in made]
    parts.append(f"---\n\n模型 {overview.model}。每期都在不看本期选题的情况下推荐。")
    return printable("\n\n".join(part for part in parts if part) + "\n")


def _section(made: Table) -> str:
    """A table under its title; "" when it has no rows."""
    if not made.rows:
        return ""
    aligned = ("---" if column.kind == "text" else "---:" for column in made.columns)
    lines = [f"## {made.title}", "", _row(column.label for column in made.columns), f"|{'|'.join(aligned)}|"]
    rows = ([shown(c, column) for c, column in zip(row, made.columns, strict=True)] for row in made.rows)
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_inline(cell) for cell in cells)} |"


def _matches(report: Report) -> str:
    if not report.matches:
        return ""
    lines = ["## 与编辑选题对照", "", "推荐时没有看过本期选题。", ""]
    return "\n".join(lines + [f"- {_plain(match_line(match))}" for match in report.matches])


def _plain(text: str) -> str:
    """Text whose marks Markdown must not read, at the beginning of a line or behind."""
    return re.sub(r"^(\s*\d*)([-+=.)])", r"\1\\\2", _inline(text))  # what would begin a list


def _inline(text: str) -> str:
    """The same inside a line or a cell, where no list begins.

    A line break becomes a space.
    """
    return re.sub(r"([\\`*_~<>\[\]|#&$])", r"\\\1", " ".join(text.splitlines()))
