"""Charts of topics over issues: their shares stacked, and a map of topic by issue."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from recommender.report.build import Outlook, TopicHistory
from recommender.report.charts.chart import LATEST, Chart, Rows, named, spec_of
from recommender.report.colours import ACCENT, INK, topic_colour
from recommender.report.plain import printable

if TYPE_CHECKING:
    import altair as alt

_LABELLED = 0.05  # share from which a band has room for its number


def _latest(outlook: Outlook) -> Outlook:
    """The outlook over the issues that a chart has room for."""
    topics = tuple(replace(topic, shares=topic.shares[-LATEST:]) for topic in outlook.topics)
    return replace(outlook, issues=outlook.issues[-LATEST:], topics=topics)


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


def _by_issue(outlook: Outlook, axis: "alt.Axis", scale: "alt.Scale") -> "alt.Chart":
    """What both charts begin with: a place an issue, and what a mark says under the pointer."""
    import altair as alt

    issues = [printable(issue.name) for issue in outlook.issues]
    return alt.Chart(named("rows")).encode(
        x=alt.X("期:O", sort=issues, title=None, axis=axis, scale=scale),
        tooltip=[alt.Tooltip("期:N"), alt.Tooltip("主题:N"), alt.Tooltip("关注度:Q", format=".1%")],
    )


def river_chart(outlook: Outlook) -> Chart | None:
    """The topics' shares of each issue, stacked and numbered, the legend in the order of the stack."""
    if not outlook.topics or len(outlook.issues) < 2:
        return None
    import altair as alt

    outlook = _latest(outlook)
    axis, scale = alt.Axis(labelAngle=-30, labelOverlap=False), alt.Scale(type="point", padding=0)
    base = _by_issue(outlook, axis, scale).encode(
        y=alt.Y("关注度:Q", stack="normalize", title=None, axis=alt.Axis(format="%", tickCount=5)),
        color=alt.Color(
            "编号和主题:N",
            scale=_topic_scale(outlook),
            legend=alt.Legend(title=None, orient="bottom", columns=2, symbolType="square"),
        ),
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
        (spec_of((area + names).properties(height=190), rows=_topic_rows(outlook)),),
    )


def heat_chart(outlook: Outlook) -> Chart | None:
    """Topic by issue; every cell bears its number, so that colour only repeats it."""
    if not outlook.topics:
        return None
    import altair as alt

    outlook = _latest(outlook)
    labels = [printable(topic.label) for topic in outlook.topics]
    axis = alt.Axis(orient="top", labelAngle=-50, domain=False, ticks=False)
    base = _by_issue(outlook, axis, alt.Scale(type="band")).encode(
        y=alt.Y("主题:N", sort=labels, title=None, axis=alt.Axis(domain=False, ticks=False))
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
        (spec_of((cells + numbers).properties(height=alt.Step(26)), rows=_topic_rows(outlook)),),
    )
