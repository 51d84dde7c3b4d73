"""The tables of a report, once for all forms: Word, workbook, page and Markdown draw the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.emphasis.series import Series
from recommender.evaluation.metrics import MEASURES
from recommender.records import Comparison, PickMatch
from recommender.report.build import Outlook, Overview, Report, Theme, TopicHistory
from recommender.report.trends import VERDICTS
from recommender.report.wording import GRADE_LABELS, baseline_label

Cell = str | int | float | None
Rows = tuple[tuple[Cell, ...], ...]
Kind = Literal["text", "whole", "share", "score"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head and what stands in it: text, a whole number, a share in 0 … 1, a score."""

    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns, and rows as long as the columns."""

    title: str
    columns: tuple[Column, ...]
    rows: Rows


def shown(cell: Cell, column: Column) -> str:
    """A cell as a reader sees it; what is not known is a dash.

    >>> shown(0.256, Column("本期", "share")), shown(None, Column("位次", "whole"))
    ('25.6%', '—')
    """
    if cell is None or cell == "":
        return "—"
    if isinstance(cell, str):
        return cell
    return {"share": f"{cell:.1%}", "score": f"{cell:.2f}"}.get(column.kind, f"{cell}")


def theme_table(themes: Sequence[Theme]) -> Table:
    """What the issue stresses, beside the other issues."""
    columns = Column("主题"), Column("本期", "share"), Column("其他各期平均", "share")
    return Table("本期政策关注度", columns, tuple((t.label, t.share, t.usual) for t in themes))


def match_table(matches: Sequence[PickMatch]) -> Table:
    """How each pick of an issue fares."""
    columns = Column("编辑选题"), Column("位次", "whole"), Column("吻合程度"), Column("最接近的推荐")
    rows = tuple((m.pick, m.rank, GRADE_LABELS[m.grade], m.matched) for m in matches)
    return Table("与编辑选题对照", columns, rows)


def picks_table(comparison: Comparison, outlook: Outlook) -> Table:
    """How the picks of all compared issues fare."""
    names = {issue.key: issue.name for issue in outlook.issues}
    match = match_table(()).columns
    rows: Rows = tuple(
        (names.get(key, key), *row) for key, matches in comparison.issues for row in match_table(matches).rows
    )
    return Table("各期编辑选题对照", (Column("期"), *match), rows)


def measure_table(comparison: Comparison) -> Table:
    """Measures of the program and of the simple ways, side by side."""
    named = {"本程序": comparison.metrics} if comparison.metrics else {}
    named |= {baseline_label(name): values for name, values in comparison.baselines.items()}
    columns = Column("方法"), *(Column(measure.label, "score") for measure in MEASURES.values())
    rows = tuple((name, *(values.get(one) for one in MEASURES)) for name, values in named.items())
    return Table("与几种简单做法比较", columns, rows)


def topic_table(outlook: Outlook) -> Table:
    """Topic by issue: emphasis, with the verdict on each topic's trend."""
    columns = (
        *(Column("编号", "whole"), Column("主题"), Column("走势")),
        *(Column(issue.name, "share") for issue in outlook.issues),
    )
    rows: Rows = tuple((t.id, t.label, VERDICTS[t.series.trend.verdict], *t.shares) for t in outlook.topics)
    return Table("各主题逐期的关注度", columns, rows)


def own_table(outlook: Outlook) -> Table:
    """Emphasis of the terms in the office's own documents, a row a period."""
    return _series_table("本库各期", [(t.term, t.own) for t in outlook.terms])


def background_table(outlook: Outlook) -> Table:
    """Emphasis of the terms in the provincial reports, a row a year."""
    return _series_table("各省政府工作报告", [(t.term, t.background) for t in outlook.terms])


def _series_table(title: str, named: Sequence[tuple[str, Series | None]]) -> Table:
    present = [(term, series) for term, series in named if series]
    periods = [point.period for point in present[0][1].points] if present else []
    columns = Column("时期"), *(Column(term, "share") for term, _ in present)
    rows = tuple(
        (period, *(series.points[i].share for _, series in present)) for i, period in enumerate(periods)
    )
    return Table(title, columns, rows)


def burst_table(outlook: Outlook) -> Table:
    """Every burst of the terms, strongest first."""
    columns = Column("词语"), Column("来源"), Column("开始"), Column("结束"), Column("强度", "score")
    found: list[tuple[tuple[float, str], tuple[Cell, ...]]] = [
        (
            (-b.strength, f"{term.term}{series.source}"),
            (
                *(term.term, series.source),
                *(series.points[b.start].period, series.points[b.end].period, b.strength),
            ),
        )
        for term in outlook.terms
        for series in (term.own, term.background)
        if series
        for b in series.bursts
    ]
    return Table("突现词", columns, tuple(row for _, row in sorted(found, key=lambda pair: pair[0])))


def hit_table(overview: Overview) -> Table:
    """How many picks each issue had, and how many stood among the first three and ten."""
    names = {issue.key: issue.name for issue in overview.outlook.issues}
    rows: Rows = tuple(
        (names.get(key, key), len(matches), *(_found(matches, depth) for depth in (3, 10)))
        for key, matches in overview.outlook.comparison.issues
    )
    columns = (
        Column("期"),
        Column("编辑选题", "whole"),
        Column("前 3 位", "whole"),
        Column("前 10 位", "whole"),
    )
    return Table("各期命中", columns, rows)


def _found(matches: Sequence[PickMatch], depth: int) -> int:
    return sum(m.rank is not None and m.rank <= depth and m.grade in ("exact", "near") for m in matches)


def direction_table(report: Report) -> Table:
    """The list with what decides it; a column that no direction fills is left out."""
    columns = (
        *(Column("序号", "whole"), Column("推荐研究方向"), Column("得分", "score"), Column("主题")),
        *(Column("主要理由"), Column("可细化的题目"), Column("适合系部"), Column("相近的立项")),
    )
    rows = tuple(
        (
            *(one.rank, one.title, one.score, one.topic),
            "\n".join(reason.text for reason in one.reasons[:3] if reason.contribution > 0),
            "\n".join(one.narrower),
            "、".join(one.departments),
            "\n".join(f"{project.title}（{project.year}，{project.department}）" for project in one.projects),
        )
        for one in report.suggestions
    )
    filled = [number for number in range(len(columns)) if number < 4 or any(row[number] for row in rows)]
    return Table(
        "推荐方向",
        tuple(columns[number] for number in filled),
        tuple(tuple(row[number] for number in filled) for row in rows),
    )


def topic_ids(topics: Sequence[TopicHistory]) -> dict[str, int]:
    """The id of each label, by which a topic has its colour."""
    return {topic.label: topic.id for topic in topics}
