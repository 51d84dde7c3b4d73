"""The list as the bulletin prints it, and the longer text the screen shows."""

from recommender.evaluation.metrics import MEASURES
from recommender.recommend.wording import quoted
from recommender.records import Comparison, Suggestion
from recommender.report.build import Overview, Report, issue_name
from recommender.report.plain import printable
from recommender.report.wording import (
    baseline_label,
    comparison_notes,
    main_reasons,
    match_line,
    project_line,
    source_line,
)


def render_list(report: Report) -> str:
    """本期推荐研究方向, ready to paste: nothing but the numbered directions."""
    lines = [f"{suggestion.rank}. {suggestion.title}" for suggestion in report.suggestions]
    return printable("\n".join(["本期推荐研究方向", "", *lines, ""]))


def render_overview_list(overview: Overview) -> str:
    """The lists of a year, each under its issue."""
    return printable(
        "\n".join(f"{issue_name(report.issue)}\n{render_list(report)}" for report in overview.reports)
    )


def render_screen(report: Report) -> str:
    """The list with reasons and evidence, for the terminal."""
    head = [f"{issue_name(report.issue)}　推荐研究方向（模型 {report.model}）", ""]
    body = [line for suggestion in report.suggestions for line in _suggestion_lines(suggestion)]
    if not report.suggestions:
        body = ["这一期没有找到可以推荐的方向：没有可研究的条款标题或文件主题。"]
    if len(report.suggestions) > 1:
        body += ["相近的方向会往后排，所以得分不一定依次递减。", ""]
    return printable("\n".join(head + body + _match_lines(report)) + "\n")


def _suggestion_lines(suggestion: Suggestion) -> list[str]:
    topic = f"　主题：{suggestion.topic}" if suggestion.topic else ""
    lines = [f"{suggestion.rank:>2}. {suggestion.title}　得分 {suggestion.score:.2f}{topic}"]
    lines += [f"    - {reason.text}" for reason in main_reasons(suggestion)]
    for evidence in suggestion.evidence[:1]:
        lines.append(f"    > {source_line(evidence)}：{quoted(evidence.quote)}")
    return [*lines, *_worked_out(suggestion), ""]


def _worked_out(suggestion: Suggestion) -> list[str]:
    """Titles to apply with, departments it suits, and what has been funded already."""
    lines = [f"    可申报：{title}" for title in suggestion.narrower]
    if suggestion.departments:
        lines.append(f"    适合：{'、'.join(suggestion.departments)}")
    return lines + [f"    已立项：{project_line(project)}" for project in suggestion.projects]


def _match_lines(report: Report) -> list[str]:
    if not report.matches:
        return []
    return ["编辑选题对照（推荐时没有看过本期选题）", *(f"  {match_line(match)}" for match in report.matches)]


def render_comparison(comparison: Comparison) -> str:
    """The comparison of all issues as plain text with a table of measures."""
    lines: list[str] = []
    for key, matches in comparison.issues:
        lines += [f"{key}", *(f"  {match_line(match)}" for match in matches)]
    if comparison.issues:
        rows = {"本程序": comparison.metrics}
        rows |= {baseline_label(name): values for name, values in comparison.baselines.items()}
        lines += ["", *_measure_table(rows), ""]
    lines += comparison_notes(comparison)
    return "\n".join(lines) + "\n"


def _measure_table(rows: dict[str, dict[str, float]]) -> list[str]:
    head = "方法".ljust(14, "　") + "".join(f"{name:>12}" for name in MEASURES)
    return [
        head,
        *(
            label.ljust(14, "　") + "".join(f"{values[name]:>12.3f}" for name in MEASURES)
            for label, values in rows.items()
        ),
    ]
