"""Charts of terms over time: emphasis before its background, and bursts."""

from collections.abc import Sequence

from recommender.emphasis.series import Series
from recommender.report.build import TermHistory
from recommender.report.charts.chart import Chart, Rows, Spec, named, spec_of
from recommender.report.colours import ACCENT, FAINT, MUTED, WARM
from recommender.report.plain import printable

_SHOWN_TERMS = 6
_YEARS = 12  # how many are drawn behind a term: enough to see whether now is much
_FROM = "2003"  # first year of a burst timeline; fewer reports are known from before


def emphasis_chart(terms: Sequence[TermHistory]) -> Chart | None:
    """A panel a term: the own documents as a line with points, the provincial reports behind it."""
    shown = [term for term in terms if term.background or _dated(term)][:_SHOWN_TERMS]
    if not shown:
        return None
    return Chart(
        "emphasis",
        "方向所用词语的政策关注度",
        "灰色面积是历年各省政府工作报告，带圆点的折线是本库各期；数值越高，政策说得越多、位置越靠前。"
        "词语：" + "、".join(term.term for term in shown) + "。",
        tuple(_term_panel(term) for term in shown),
        columns=3,
    )


def _dated(term: TermHistory) -> Rows:
    points = term.own.points if term.own else ()
    return [
        {"时间": _day(date), "时期": point.period, "关注度": point.share, "来源": "本库"}
        for point, date in zip(points, term.dates, strict=False)
        if date and point.share is not None
    ]


def _yearly(term: TermHistory) -> Rows:
    points = term.background.points[-_YEARS:] if term.background else ()
    return [
        {"时间": _day(point.period), "时期": point.period, "关注度": point.share, "来源": "各省报告"}
        for point in points
        if point.share is not None
    ]


def _day(period: str) -> str:
    """A day for a period of any precision: reports of a year are given in its first weeks.

    >>> _day("2016"), _day("2016-03"), _day("2016-Q2")
    ('2016-01-15', '2016-03-15', '2016-05-15')
    """
    if "Q" in period:
        return f"{period[:4]}-{3 * int(period[-1]) - 1:02d}-15"
    return period if len(period) == 10 else f"{period}{'-01-15' if len(period) == 4 else '-15'}"


def _term_panel(term: TermHistory) -> Spec:
    import altair as alt

    x = alt.X("时间:T", title=None, axis=alt.Axis(format="%Y", tickCount=5, grid=False))
    y = alt.Y("关注度:Q", title=None, axis=alt.Axis(format="%", tickCount=3), scale=alt.Scale(domainMin=0))
    tips = [alt.Tooltip("来源:N"), alt.Tooltip("时期:N"), alt.Tooltip("关注度:Q", format=".1%")]
    behind = alt.Chart(named("behind")).mark_area(color=FAINT, line={"color": "#9aa5b1", "strokeWidth": 1})
    own = alt.Chart(named("own")).mark_line(
        color=ACCENT, strokeWidth=1.5, strokeJoin="round", point=alt.OverlayMarkDef(color=ACCENT, size=22)
    )
    layers = (layer.encode(x, y, tooltip=tips) for layer in (behind, own))
    title = alt.TitleParams(printable(term.term), anchor="start", fontSize=12, fontWeight="bold", offset=6)
    drawn = alt.layer(*layers).properties(title=title, height=96)
    return spec_of(drawn, behind=_yearly(term), own=_dated(term))


def burst_chart(terms: Sequence[TermHistory]) -> Chart | None:
    """A row a term: its years in the provincial reports, the bursts thick and dated."""
    bursting = [term for term in terms if term.background and term.background.bursts]
    if not bursting:
        return None
    rows = sorted(
        (row for term in bursting if term.background for row in _burst_rows(term.term, term.background)),
        key=lambda row: (row["开始"], row["词语"]),
    )
    text = "；".join(f"{row['词语']} {row['年份']} 年" for row in rows)
    return Chart(
        "bursts",
        "突现词时间线",
        f"细线是各省政府工作报告的年份，粗线是该词突然被强调的年份。{text}。",
        (_burst_panel(bursting, rows),),
    )


def _burst_rows(term: str, series: Series) -> Rows:
    years = [point.period[:4] for point in series.points]
    middle = f"{(int(max(years[0], _FROM)) + int(years[-1])) // 2}"
    rows: Rows = []
    for burst in series.bursts:
        start, end = f"{years[burst.start]}-01-01", f"{years[burst.end]}-12-31"
        early = start < middle
        rows.append(
            {
                "词语": printable(term),
                "开始": start,
                "结束": end,
                "强度": round(burst.strength, 1),
                "年份": _span(years[burst.start], years[burst.end]),
                "年份处": start if early else end,
                "靠左": early,
            }
        )
    return rows


def _span(start: str, end: str) -> str:
    return start if start == end else f"{start}–{end}"


def _burst_panel(terms: Sequence[TermHistory], rows: Rows) -> Spec:
    import altair as alt

    order = list(dict.fromkeys(row["词语"] for row in rows))
    spans: Rows = [
        {
            "词语": printable(term.term),
            "开始": f"{max(term.background.points[0].period[:4], _FROM)}-01-01",
            "结束": f"{term.background.points[-1].period[:4]}-12-31",
        }
        for term in terms
        if term.background
    ]
    y = alt.Y("词语:N", sort=order, title=None, axis=alt.Axis(grid=False, domain=False, ticks=False))
    x = alt.X("开始:T", title=None, axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 4}))
    tips = [alt.Tooltip("词语:N"), alt.Tooltip("年份:N"), alt.Tooltip("强度:Q", format=".1f")]
    line = alt.Chart(named("spans")).mark_rule(color=FAINT, strokeWidth=2).encode(x, alt.X2("结束:T"), y)
    bars = alt.Chart(named("rows")).mark_bar(color=WARM, height=9, cornerRadius=2)
    align = alt.ExprRef(expr="datum['靠左'] ? 'left' : 'right'")  # so that dates stay inside
    dates = alt.Chart(named("rows")).mark_text(align=align, dy=-11, fontSize=9.5, color=MUTED)
    drawn = alt.layer(
        line,
        bars.encode(x, alt.X2("结束:T"), y, tooltip=tips),
        dates.encode(alt.X("年份处:T"), y, text="年份:N"),
    ).properties(height=alt.Step(28))
    return spec_of(drawn, spans=spans, rows=rows)
