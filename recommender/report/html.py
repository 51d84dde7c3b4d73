"""A report as one web page that needs nothing else: no host is asked, no script but ours may run."""

import base64
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from recommender.report import tables
from recommender.report.build import Overview, Report, issue_name, issue_short
from recommender.report.charts.catalogue import outlook_charts, overview_charts
from recommender.report.charts.chart import Chart, page_specs
from recommender.report.colours import topic_colour
from recommender.report.context import context_of
from recommender.report.fonts import WEB_FAMILIES
from recommender.report.plain import printable
from recommender.report.tools import Tools, vega_script
from recommender.report.wording import SOURCE_LABELS, basis_note, label_note, main_reasons, match_line

if TYPE_CHECKING:
    from jinja2 import Environment


def render_page(report: Report, tools: Tools) -> str:
    """The page of one issue."""
    charts = outlook_charts(report.outlook)
    return _draw("report.html.j2", charts, tools, report=report, widest=_widest(report))


def render_overview_page(overview: Overview, tools: Tools) -> str:
    """The page of a year."""
    charts = overview_charts(overview)
    return _draw("overview.html.j2", charts, tools, overview=overview, outlook=overview.outlook)


def _draw(template: str, charts: tuple[Chart, ...], tools: Tools, **values: Any) -> str:
    specs = {chart.name: page_specs(chart, WEB_FAMILIES) for chart in charts}
    scripts = vega_script(tools), _asset("page.js")
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            charts={chart.name: chart for chart in charts},
            specs=specs,
            style=_asset("page.css").replace("FAMILIES", WEB_FAMILIES),
            scripts=scripts,
            hashes=[base64.b64encode(sha256(script.encode()).digest()).decode() for script in scripts],
        )
    )


def _asset(name: str) -> str:
    return files("recommender.report").joinpath("templates", name).read_text(encoding="utf-8")


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("recommender.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    shared = (
        context_of,
        issue_name,
        issue_short,
        main_reasons,
        match_line,
        label_note,
        basis_note,
        topic_colour,
    )
    environment.globals |= {function.__name__: function for function in shared}
    environment.globals |= {"tables": tables, "SOURCE_LABELS": SOURCE_LABELS}
    return environment


def _widest(report: Report) -> float:
    """The largest contribution of any reason: its bar fills its place."""
    reasons = (reason for one in report.suggestions for reason in one.reasons)
    return max((abs(reason.contribution) for reason in reasons), default=0) or 1
