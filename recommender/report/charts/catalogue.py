"""Which charts there are for an issue and for a year, in the order of a reader."""

from recommender.report.build import Outlook, Overview
from recommender.report.charts.chart import Chart
from recommender.report.charts.picks import hit_chart, rank_chart
from recommender.report.charts.terms import burst_chart, emphasis_chart
from recommender.report.charts.topics import heat_chart, river_chart


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
