"""Where the marks of a small chart stand: a page draws them as SVG, each mark a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommender.emphasis.series import Series

WIDTH, HEIGHT = 720, 160  # of the drawing, in its own units
_GAP = 0.25  # of a column's room that stays empty


@dataclass(frozen=True, slots=True)
class Column:
    """One period: its place from 1, its column (x, y, width, height), whether it bursts, what it says."""

    number: int
    period: str
    x: float
    y: float
    width: float
    height: float
    bursts: bool
    said: str


def columns(series: Series) -> tuple[Column, ...]:
    """A column a period, as high as its share of the highest; a period without documents is a gap."""
    room = WIDTH / max(len(series.points), 1)
    top = highest(series)
    bursting = {place for burst in series.bursts for place in range(burst.start, burst.end + 1)}
    made = []
    for place, point in enumerate(series.points):
        if point.share is None:
            continue
        height = max(HEIGHT * point.share / top, 1.0 if point.documents else 0.0)
        said = f"关注度 {point.share:.2f}，{point.of} 份文件中 {point.documents} 份提到"
        made.append(
            Column(
                place + 1,
                point.period,
                round(place * room + room * _GAP / 2, 1),
                round(HEIGHT - height, 1),
                round(room * (1 - _GAP), 1),
                round(height, 1),
                place in bursting,
                said + ("，突现" if place in bursting else ""),
            )
        )
    return tuple(made)


def highest(series: Series) -> float:
    """The share at the top of the drawing: at least a tenth, so that little looks little."""
    return max([0.1, *(point.share for point in series.points if point.share is not None)])


def axis(names: Sequence[str], most: int = 8) -> tuple[tuple[float, str], ...]:
    """(place, name) of the periods to be written below, the first always.

    >>> axis(["2020", "2021", "2022"], 2)
    ((120.0, '2020'), (600.0, '2022'))
    """
    room = WIDTH / max(len(names), 1)
    step = -(-len(names) // most)
    return tuple((round((place + 0.5) * room, 1), names[place]) for place in range(0, len(names), step))
