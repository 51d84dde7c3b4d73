"""The charts of a report, each drawn once: interactive for the page, as a picture for Word and print.

The only file that knows Altair. A chart shows what a table of ``tables`` holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from recommender.emphasis.series import Series
from recommender.records import Comparison
from recommender.report.build import Outlook, Overview, TermHistory, TopicHistory
from recommender.report.colours import ACCENT, FAINT, INK, MUTED, WARM, topic_colour
from recommender.report.plain import printable
from recommender.report.tables import hit_table
from recommender.report.wording import GRADE_LABELS

if TYPE_CHECKING:
    import altair as alt

Rows = list[dict[str, Any]]
Spec = dict[str, Any]  # of Vega-Lite
Picture = Literal["png", "svg"]

WIDTH = 442  # points: the width of the text on an A4 page of GB/T 9704
_SHOWN_TERMS = 6
_YEARS = 12  # how many are drawn behind a term: enough to see whether now is much
_FROM = "2003"  # first year of a burst timeline; fewer reports are known from before
_DPI = 300
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name; nothing is fetched
_LABELLED = 0.05  # share from which a band has room for its number
_AXIS = 44  # points beside a panel: the labels of its axis, and space
_LABEL = 160  # points a label may take before it is cut


@dataclass(frozen=True, eq=False)
class Chart:
    """name: of its file. title and text: what it shows, for those who read and those who listen.

    panels: one chart, or small multiples of equal form; height: of a panel, in points.
    """

    name: str
    title: str
    text: str
    panels: tuple[Spec, ...]
    columns: int = 1


def outlook_charts(outlook: Outlook) -> tuple[Chart, ...]:
    """Every chart that the outlook has something to show in."""
    drawn = (
        emphasis_chart(outlook.terms),
        burst_chart(outlook.terms),
        river_chart(outlook),
        heat_chart(outlook),
        rank_chart(outlook.comparison, outlook),
    )
    return tuple(chart for chart in drawn if chart)


def overview_charts(overview: Overview) -> tuple[Chart, ...]:
    """Those of the outlook, and the hits issue by issue before them."""
    hits = hit_chart(overview)
    return ((hits,) if hits else ()) + outlook_charts(overview.outlook)


# -- terms over time ------------------------------------------------------------------------------


def emphasis_chart(terms: Sequence[TermHistory]) -> Chart | None:
    """A panel a term: the own documents as a line with points, the provincial reports behind it."""
    shown = [term for term in terms if term.background or _dated(term)][:_SHOWN_TERMS]
    if not shown:
        return None
    return Chart(
        "emphasis",
        "本期方向所用词语的政策关注度",
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
    behind = alt.Chart(_named("behind")).mark_area(color=FAINT, line={"color": "#9aa5b1", "strokeWidth": 1})
    own = alt.Chart(_named("own")).mark_line(
        color=ACCENT, strokeWidth=1.5, strokeJoin="round", point=alt.OverlayMarkDef(color=ACCENT, size=22)
    )
    layers = (layer.encode(x, y, tooltip=tips) for layer in (behind, own))
    title = alt.TitleParams(printable(term.term), anchor="start", fontSize=12, fontWeight="bold", offset=6)
    drawn = alt.layer(*layers).properties(title=title, height=96)
    return _spec(drawn, behind=_yearly(term), own=_dated(term))


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
    line = alt.Chart(_named("spans")).mark_rule(color=FAINT, strokeWidth=2).encode(x, alt.X2("结束:T"), y)
    bars = alt.Chart(_named("rows")).mark_bar(color=WARM, height=9, cornerRadius=2)
    align = alt.ExprRef(expr="datum['靠左'] ? 'left' : 'right'")  # so that dates stay inside
    dates = alt.Chart(_named("rows")).mark_text(align=align, dy=-11, fontSize=9.5, color=MUTED)
    drawn = alt.layer(
        line,
        bars.encode(x, alt.X2("结束:T"), y, tooltip=tips),
        dates.encode(alt.X("年份处:T"), y, text="年份:N"),
    ).properties(height=alt.Step(28))
    return _spec(drawn, spans=spans, rows=rows)


# -- topics over issues ---------------------------------------------------------------------------


def _topic_rows(outlook: Outlook) -> Rows:
    """A row a topic and issue; 中点 is the middle of the topic's band when the first topic is on top, and
    编号 stands where the band is widest."""
    rows: Rows = []
    for place, topic in enumerate(outlook.topics):
        named = _widest(topic.shares)
        for number, issue in enumerate(outlook.issues):
            share = topic.shares[number]
            below = sum(other.shares[number] for other in outlook.topics[place + 1 :])
            rows.append(
                {
                    "期": printable(issue.name),
                    "层": place,
                    "主题": printable(topic.label),
                    "关注度": round(share, 4),
                    "百分数": f"{100 * share:.0f}",
                    "中点": round(below + share / 2, 4),
                    "编号": str(topic.id) if number == named else "",
                    "编号和主题": _numbered(topic),
                }
            )
    return rows


def _widest(shares: Sequence[float]) -> int | None:
    """Where a topic's band is widest between the first issue and the last; None where it is thin."""
    inner = range(1, len(shares) - 1)
    best = max(inner, key=lambda number: shares[number], default=0)
    return best if best and shares[best] >= _LABELLED else None


def _numbered(topic: TopicHistory) -> str:
    """A topic with its number, by which a band is known without its colour."""
    return f"{topic.id}　{printable(topic.label)}"


def _topic_scale(outlook: Outlook) -> "alt.Scale":
    import altair as alt

    return alt.Scale(
        domain=[_numbered(topic) for topic in outlook.topics],
        range=[topic_colour(topic.id) for topic in outlook.topics],
    )


def river_chart(outlook: Outlook) -> Chart | None:
    """The topics' shares of each issue, stacked and numbered, the legend in the order of the stack."""
    if not outlook.topics or len(outlook.issues) < 2:
        return None
    import altair as alt

    base = alt.Chart(_named("rows")).encode(
        x=alt.X(
            "期:O",
            sort=[printable(issue.name) for issue in outlook.issues],
            title=None,
            axis=alt.Axis(labelAngle=-30, labelOverlap=False),
            scale=alt.Scale(type="point", padding=0),
        ),
        y=alt.Y("关注度:Q", stack="normalize", title=None, axis=alt.Axis(format="%", tickCount=5)),
        color=alt.Color(
            "编号和主题:N",
            scale=_topic_scale(outlook),
            legend=alt.Legend(title=None, orient="bottom", columns=2, symbolType="square"),
        ),
        tooltip=[alt.Tooltip("期:N"), alt.Tooltip("主题:N"), alt.Tooltip("关注度:Q", format=".1%")],
    )
    area = base.mark_area(interpolate="monotone", stroke="white", strokeWidth=1.5)
    area = area.encode(order=alt.Order("层:Q", sort="descending"))
    names = base.mark_text(fontSize=12, fontWeight="bold").encode(
        y=alt.Y("中点:Q", stack=None), text="编号:N", color=alt.value("white")
    )
    labels = "、".join(_numbered(topic).replace("　", " ") for topic in outlook.topics)
    return Chart(
        "topics",
        "各主题在各期的分量",
        f"每一期里各主题所占的份额，合计为百分之百；图中数字是主题的编号。主题：{labels}。",
        (_spec((area + names).properties(height=190), rows=_topic_rows(outlook)),),
    )


def heat_chart(outlook: Outlook) -> Chart | None:
    """Topic by issue; every cell bears its number, so that colour only repeats it."""
    if not outlook.topics:
        return None
    import altair as alt

    base = alt.Chart(_named("rows")).encode(
        x=alt.X(
            "期:O",
            sort=[printable(issue.name) for issue in outlook.issues],
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-30, domain=False, ticks=False),
        ),
        y=alt.Y(
            "主题:N",
            sort=[printable(topic.label) for topic in outlook.topics],
            title=None,
            axis=alt.Axis(domain=False, ticks=False),
        ),
        tooltip=[alt.Tooltip("期:N"), alt.Tooltip("主题:N"), alt.Tooltip("关注度:Q", format=".1%")],
    )
    top = max((max(topic.shares, default=0) for topic in outlook.topics), default=0) or 1
    cells = base.mark_rect(stroke="white", strokeWidth=2, cornerRadius=2).encode(
        color=alt.Color("关注度:Q", scale=alt.Scale(domain=[0, top], range=["#eef3f8", ACCENT]), legend=None)
    )
    numbers = base.mark_text(fontSize=10).encode(
        text="百分数:N",
        color=alt.condition(f"datum['关注度'] > {top * 0.62:.4f}", alt.value("white"), alt.value(INK)),
    )
    return Chart(
        "heat",
        "主题与各期",
        "每格是该主题在该期所占的百分数，颜色越深越高。",
        (_spec((cells + numbers).properties(height=alt.Step(26)), rows=_topic_rows(outlook)),),
    )


# -- suggestions and picks ------------------------------------------------------------------------

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
    rows: Rows = [
        {
            "期": printable(names.get(key, key)),
            "编辑选题": printable(match.pick),
            "位次": match.rank or _depth(comparison) + 1,
            "说明": f"第 {match.rank} 位：{printable(match.matched or '')}" if match.rank else "未命中",
            "吻合程度": GRADE_LABELS[match.grade],
        }
        for key, matches in comparison.issues
        for match in matches
    ]
    if not rows:
        return None
    return Chart(
        "ranks",
        "编辑选题在推荐中的位次",
        "每个记号是一条编辑选题，越靠左越好；虚线左边是前 10 位；形状表示吻合程度。推荐时没有看过当期选题。",
        (_rank_panel(rows, [printable(names.get(key, key)) for key, _ in comparison.issues]),),
    )


def _depth(comparison: Comparison) -> int:
    return max((match.rank or 0 for _, matches in comparison.issues for match in matches), default=0)


def _rank_panel(rows: Rows, issues: Sequence[str]) -> Spec:
    import altair as alt

    grades = list(GRADE_LABELS.values())
    base = alt.Chart(_named("rows")).encode(
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
    ten = alt.Chart(_named("ten")).mark_rule(color=MUTED, strokeDash=[4, 4]).encode(x="位次:Q")
    return _spec((ten + marks).properties(height=alt.Step(26)), rows=rows, ten=[{"位次": 10.5}])


def hit_chart(overview: Overview) -> Chart | None:
    """Of each issue's picks, the share that stood among the first three and ten of the list."""
    rows: Rows = [
        {"期": printable(str(name)), "前几位": label, "命中": found / picks, "条数": f"{found}/{picks}"}
        for name, picks, *counts in hit_table(overview).rows
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
    base = alt.Chart(_named("rows")).encode(
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
    return _spec((lines + points + counts).properties(height=150), rows=rows)


# -- for a page, as a picture ------------------------------------------------------------------------


def _named(name: str) -> "alt.NamedData":
    import altair as alt

    return alt.NamedData(name=name)


def _spec(drawn: "alt.TopLevelMixin", **rows: Rows) -> Spec:
    """The chart as a specification that holds its rows, which Altair would copy at every step."""
    spec = drawn.to_dict(validate=False)
    for part in (spec, *spec.get("layer", ())):
        if "data" in part:
            part["data"] = {"values": rows[part["data"]["name"]]}
    return {name: value for name, value in spec.items() if name not in ("$schema", "config")}


def _config(font: str) -> dict[str, Any]:
    """Quiet axes, one font. font: a CSS list of families."""
    axis = {"labelColor": MUTED, "titleColor": MUTED, "domainColor": FAINT, "tickColor": FAINT}
    return {
        "font": font,
        "background": "white",
        "padding": {"left": 4, "right": 16, "top": 8, "bottom": 4},
        "view": {"stroke": None},
        "axis": axis
        | {"gridColor": "#e8ebef", "labelFontSize": 11, "labelLimit": _LABEL, "titleFontWeight": "normal"},
        "legend": {"labelColor": INK, "labelFontSize": 11, "labelLimit": 2 * _LABEL},
        "title": {"color": INK, "limit": 300},
    }


def page_specs(chart: Chart, fonts: str) -> list[Spec]:
    """Each panel as a specification as wide as the element that holds it. fonts: a CSS list."""
    fit = {"type": "fit-x", "contains": "padding"}
    return [
        {"$schema": _SCHEMA, **panel, "width": "container", "autosize": fit, "config": _config(fonts)}
        for panel in chart.panels
    ]


def picture(chart: Chart, kind: Picture, family: str) -> bytes:
    """The chart as wide as a page's text: PNG at 300 dpi, or SVG. family: a font of this machine."""
    import vl_convert

    spec: Spec = {"$schema": _SCHEMA, "config": _config(family)}
    if len(chart.panels) == 1:
        fit = {"type": "fit-x", "contains": "padding"}
        spec |= {**chart.panels[0], "width": WIDTH, "autosize": fit}
    else:
        room = (WIDTH - _AXIS * chart.columns) // chart.columns
        panels = [{**panel, "width": room} for panel in chart.panels]
        spec |= {"concat": panels, "columns": chart.columns, "spacing": 16}
    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_png(spec, ppi=_DPI, scale=1)
