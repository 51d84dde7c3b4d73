"""A chart as a value; drawn for a page, or as a picture for Word and print.

This room is the only one that knows Altair. A chart shows what a table of ``tables`` holds.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from recommender.report.colours import FAINT, INK, MUTED

if TYPE_CHECKING:
    import altair as alt

Rows = list[dict[str, Any]]
Spec = dict[str, Any]  # of Vega-Lite
Picture = Literal["png", "svg"]

LATEST = 24  # issues that a chart has room for; tables hold them all
WIDTH = 442  # points: the width of the text on an A4 page of GB/T 9704
_DPI = 300
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name; nothing is fetched
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


def named(name: str) -> "alt.NamedData":
    """Rows that ``spec_of`` is given under this name."""
    import altair as alt

    return alt.NamedData(name=name)


def spec_of(drawn: "alt.TopLevelMixin", **rows: Rows) -> Spec:
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
