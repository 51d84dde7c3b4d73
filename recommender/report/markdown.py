"""A report as Markdown, for a chat, a mail or a wiki."""

import re

from recommender.records import Suggestion
from recommender.report.build import Report, issue_name
from recommender.report.plain import printable
from recommender.report.wording import SOURCE_LABELS, match_line, project_line


def render_markdown(report: Report) -> str:
    """The whole report: list, reasons and evidence of each direction, themes, comparison."""
    parts = [
        f"# {_plain(issue_name(report.issue))}：推荐研究方向",
        *(f"{suggestion.rank}. {_plain(suggestion.title)}" for suggestion in report.suggestions),
        *(_direction(suggestion) for suggestion in report.suggestions),
        _themes(report),
        _matches(report),
        _basis(report),
    ]
    listed = len(report.suggestions)
    blocks = [parts[0], "\n".join(parts[1 : 1 + listed]), *parts[1 + listed :]]
    return printable("\n\n".join(block for block in blocks if block) + "\n")


def _direction(suggestion: Suggestion) -> str:
    lines = [f"## {suggestion.rank}. {_plain(suggestion.title)}", ""]
    topic = f"；主题：{_plain(suggestion.topic)}" if suggestion.topic else ""
    lines += [f"得分 {suggestion.score:.2f}；来源：{SOURCE_LABELS[suggestion.source]}{topic}", ""]
    lines += ["| 理由 | 分值 |", "|---|---:|"]
    lines += [f"| {_plain(reason.text)} | {reason.contribution:+.2f} |" for reason in suggestion.reasons]
    for evidence in suggestion.evidence:
        source = f"{evidence.document}　{evidence.clause}"
        lines += ["", f"> {_plain(evidence.quote)}", ">", f"> —— {_plain(source)}"]
    return "\n".join(lines + _worked_out(suggestion))


def _worked_out(suggestion: Suggestion) -> list[str]:
    """Titles to apply with, departments it suits, and what has been funded already."""
    groups = (
        ("可以申报的题目", suggestion.narrower),
        ("适合的系部", suggestion.departments),
        ("学校已有的相近立项", [project_line(project) for project in suggestion.projects]),
    )
    lines: list[str] = []
    for label, entries in groups:
        lines += ["", f"{label}：", "", *(f"- {_plain(entry)}" for entry in entries)] if entries else []
    return lines


def _themes(report: Report) -> str:
    if not report.themes:
        return ""
    lines = ["## 本期政策关注度", "", "| 主题 | 本期 | 其他各期平均 |", "|---|---:|---:|"]
    lines += [f"| {_plain(t.label)} | {t.share:.1%} | {t.usual:.1%} |" for t in report.themes]
    return "\n".join(lines)


def _matches(report: Report) -> str:
    if not report.matches:
        return ""
    lines = ["## 与编辑选题对照", "", "推荐时没有看过本期选题。", ""]
    return "\n".join(lines + [f"- {_plain(match_line(match))}" for match in report.matches])


def _basis(report: Report) -> str:
    fields = "、".join(report.profile.themes)
    picks = len(report.profile.picks)
    learned = f"以往 {picks} 条编辑选题" if picks else "（还没有以往的编辑选题）"
    return (
        f"---\n\n依据：学校专业（{_plain(fields)}）、{learned}、本期条款与历年政策文本；模型 {report.model}。"
    )


def _plain(text: str) -> str:
    """Text whose marks Markdown must not read."""
    text = re.sub(r"([\\`*_~<>\[\]|#&$])", r"\\\1", " ".join(text.splitlines()))
    return re.sub(r"^(\s*\d*)([-+=.)])", r"\1\\\2", text)  # what would begin a list
