"""Charts of suggestions and picks: the rank of every pick, and hits issue by issue."""

from collections.abc import Sequence

from recommender.records import Comparison
from recommender.report.build import Outlook, Overview
from recommender.report.charts.chart import LATEST, Chart, Rows, Spec, named, spec_of
from recommender.report.colours import ACCENT, MUTED, WARM
from recommender.report.plain import printable
from recommender.report.tables import hit_table
from recommender.report.wording import GRADE_LABELS

_SHAPES = {
    "exact": "circle",
    "near": "diamond",
    "related": "triangle-up",
    "topic": "cross",
    "none": "stroke",
}


def rank_chart(comparison: Comparison, outlook: Outlook) -> Chart | None:
    """A mark a pick: the rank at which our list had it; the shape tells how well it matched."""
    names = {issue.key: issue.name for issue in outlook.issues}
    latest = comparison.issues[-LATEST:]
    rows: Rows = [
        {
            "期": printable(names.get(key, key)),
            "编辑选题": printable(match.pick),
            "位次": match.rank or _depth(comparison) + 1,
            "说明": f"第 {match.rank} 位：{printable(match.matched or '')}" if match.rank else "未命中",
            "吻合程度": GRADE_LABELS[match.grade],
        }
        for key, matches in latest
        for match in matches
    ]
    if not rows:
        return None
    return Chart(
        "ranks",
        "编辑选题在推荐中的位次",
        "每个记号是一条编辑选题，越靠左越好；虚线左边是前 10 位；形状表示吻合程度。推荐时没有看过当期选题。",
        (_rank_panel(rows, [printable(names.get(key, key)) for key, _ in latest]),),
    )


def _depth(comparison: Comparison) -> int:
    return max((match.rank or 0 for _, matches in comparison.issues for match in matches), default=0)


def _rank_panel(rows: Rows, issues: Sequence[str]) -> Spec:
    import altair as alt

    grades = list(GRADE_LABELS.values())
    base = alt.Chart(named("rows")).encode(
        x=alt.X(
            "位次:Q",
            scale=alt.Scale(type="symlog", constant=5, domain=[0, 1.2 * max(row["位次"] for row in rows)]),
            axis=alt.Axis(values=[1, 3, 10, 30, 100], titleAnchor="start", grid=True),
            title="位次（第几位推荐）",
        ),
        y=alt.Y("期:N", sort=list(issues), title=None, axis=alt.Axis(grid=True, domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("期:N"),
            alt.Tooltip("编辑选题:N"),
            alt.Tooltip("吻合程度:N"),
            alt.Tooltip("说明:N"),
        ],
    )
    marks = base.mark_point(size=70, strokeWidth=2, filled=False, opacity=0.9).encode(
        shape=alt.Shape(
            "吻合程度:N",
            scale=alt.Scale(domain=grades, range=list(_SHAPES.values())),
            legend=alt.Legend(title=None, orient="bottom", columns=3),
        ),
        color=alt.Color(
            "吻合程度:N",
            scale=alt.Scale(domain=grades, range=[ACCENT, ACCENT, WARM, WARM, MUTED]),
        ),
    )
    ten = alt.Chart(named("ten")).mark_rule(color=MUTED, strokeDash=[4, 4]).encode(x="位次:Q")
    return spec_of((ten + marks).properties(height=alt.Step(22)), rows=rows, ten=[{"位次": 10.5}])


def hit_chart(overview: Overview) -> Chart | None:
    """Of each issue's picks, the share that stood among the first three and ten of the list."""
    rows: Rows = [
        {"期": printable(str(name)), "前几位": label, "命中": found / picks, "条数": f"{found}/{picks}"}
        for name, picks, *counts in hit_table(overview).rows[-LATEST:]
        if isinstance(picks, int)
        for label, found in zip(("前 3 位", "前 10 位"), counts, strict=True)
        if isinstance(found, int)
    ]
    if not rows:
        return None
    return Chart(
        "hits",
        "各期编辑选题的命中率",
        "编辑选题里有多少出现在推荐的前 3 位、前 10 位；记号旁是条数。推荐时没有看过当期选题。",
        (_hit_panel(rows),),
    )


def _hit_panel(rows: Rows) -> Spec:
    import altair as alt

    order = list(dict.fromkeys(row["期"] for row in rows))
    scale = alt.Scale(domain=["前 3 位", "前 10 位"], range=[WARM, ACCENT])
    base = alt.Chart(named("rows")).encode(
        x=alt.X("期:O", sort=order, title=None, axis=alt.Axis(labelAngle=-30)),
        y=alt.Y("命中:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=3)),
        color=alt.Color("前几位:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
        tooltip=[alt.Tooltip("期:N"), alt.Tooltip("前几位:N"), alt.Tooltip("条数:N")],
    )
    lines = base.mark_line(strokeWidth=1.5).encode(
        strokeDash=alt.StrokeDash("前几位:N", scale=alt.Scale(domain=scale.domain, range=[[5, 4], [1, 0]]))
    )
    points = base.mark_point(filled=True, size=60, opacity=1).encode(
        shape=alt.Shape("前几位:N", scale=alt.Scale(domain=scale.domain, range=["triangle-up", "circle"]))
    )
    counts = base.mark_text(dy=-12, fontSize=10).encode(text="条数:N")
    return spec_of((lines + points + counts).properties(height=150), rows=rows)
