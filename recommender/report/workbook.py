"""A report as an Excel workbook: the same tables as the other forms, with Excel's own charts."""

from dataclasses import replace

from recommender.records import Comparison
from recommender.report import tables
from recommender.report.build import Outlook, Overview, Report, issue_name, issue_short
from recommender.report.sheets import Book
from recommender.report.tables import Column, Table
from recommender.report.wording import basis_note, label_note


def render_workbook(report: Report) -> bytes:
    """推荐方向, 证据, 政策关注度, 选题对照, 主题, 说明."""
    book = Book(f"{issue_name(report.issue)}：推荐研究方向")
    book.sheet("推荐方向", [tables.direction_table(report)])
    book.sheet("证据", [_evidence_table(report)])
    book.emphasis(report.outlook)
    comparison = _with_this(report)
    picks = tables.picks_table(comparison, report.outlook)
    book.sheet("选题对照", [picks, tables.measure_table(comparison)])
    book.topics(report.outlook, [tables.theme_table(report.themes)])
    book.sheet("说明", [_notes(basis_note(report), report.outlook)])
    return book.saved()


def render_overview_workbook(overview: Overview) -> bytes:
    """The same sheets over a year; 推荐方向 has a row for each direction of each issue."""
    book = Book(f"{overview.name}：推荐与选题总览")
    outlook = overview.outlook
    book.sheet("推荐方向", [_all_directions(overview)])
    book.sheet("选题对照", [tables.picks_table(outlook.comparison, outlook)])
    book.hits(tables.hit_table(overview), tables.measure_table(outlook.comparison))
    book.emphasis(outlook)
    book.topics(outlook, [])
    book.sheet("说明", [_notes(f"模型 {overview.model}。", outlook)])
    return book.saved()


def _with_this(report: Report) -> Comparison:
    """The comparison, with the issue's own picks where it is not among those compared."""
    compared = report.outlook.comparison
    if not report.matches or report.issue.key in dict(compared.issues):
        return compared
    return replace(compared, issues=(*compared.issues, (report.issue.key, report.matches)))


def _evidence_table(report: Report) -> Table:
    columns = Column("序号", "whole"), Column("推荐研究方向"), Column("文件"), Column("条款"), Column("原文")
    rows = tuple(
        (one.rank, one.title, found.document, found.clause, found.quote)
        for one in report.suggestions
        for found in one.evidence
    )
    return Table("证据", columns, rows)


def _all_directions(overview: Overview) -> Table:
    columns = (
        *(Column("期"), Column("序号", "whole"), Column("推荐研究方向")),
        *(Column("得分", "score"), Column("主题")),
    )
    rows = tuple(
        (issue_short(report.issue), one.rank, one.title, one.score, one.topic)
        for report in overview.reports
        for one in report.suggestions
    )
    return Table("推荐方向", columns, rows)


def _notes(basis: str, outlook: Outlook) -> Table:
    comparison = outlook.comparison
    lines = (
        ("依据", basis),
        ("对照", label_note(comparison.labels, len(comparison.issues))),
        ("得分", "得分是各项理由的分值之和；相近的方向会往后排，所以得分不一定依次递减。"),
        (
            "政策关注度",
            "0 到 100%：一个时期的文件里，提到该词的文件所占的份额，"
            "按发文级别和所在位置（标题、条款标题、正文）加权。",
        ),
        ("主题", "每一期各主题的份额合计为 100%；编号不变，重新训练后仍是同一主题。"),
    )
    return Table("说明", (Column("项目"), Column("内容")), lines)
