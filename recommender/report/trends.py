"""Histories of terms as text and as the JSON of the contract."""

from collections.abc import Sequence
from typing import Any

from recommender.emphasis.emerging import Emerging
from recommender.emphasis.series import Histories, Series

VERDICTS = {"new": "新出现", "rising": "上升", "steady": "平稳", "fading": "回落"}
_BARS = " ▁▂▃▄▅▆▇█"  # all in GBK


def render_histories(histories: Histories) -> str:
    """Each term with its verdict, bursts and a bar a period; then what is missing."""
    lines: list[str] = []
    for series, others in zip(histories.series, histories.background, strict=True):
        lines += [
            *_series_lines(series),
            *(f"  另见{other.source}：{verdict(other)}" for other in others),
            "",
        ]
    for term, near in histories.missing:
        hint = f"相近的有：{'、'.join(near)}。" if near else ""
        lines.append(f"“{term}”在本库中没有出现，参照语料也没有收录。{hint}")
    if histories.undated:
        lines.append(f"有 {histories.undated} 份文件没有日期，没有计入。")
    if histories.misdated:
        lines.append(f"有 {histories.misdated} 份文件的日期在今天以后或 1949 年以前，没有计入，请核对原文。")
    return "\n".join(lines).rstrip() + "\n"


def _series_lines(series: Series) -> list[str]:
    known = [point for point in series.points if point.of]
    lines = [f"{series.term}（{series.source}）：{verdict(series)}"]
    if known:
        lines.append(f"  {series.points[0].period} {bars(series)} {series.points[-1].period}")
        last = known[-1]
        lines.append(
            f"  最近一期 {last.period}：{last.of} 份文件中 {last.documents} 份提到，关注度 {last.share:.2f}"
        )
    if series.partial:
        lines.append("  最后一期的文件明显少于往常，可能还不完整。")
    return lines


def bars(series: Series) -> str:
    """A bar a period, from nothing to all; a blank for a period without documents."""
    return "".join(_BARS[0] if p.share is None else _BARS[1 + round(7 * p.share)] for p in series.points)


def verdict(series: Series) -> str:
    """The trend with the numbers behind it, bursts, and the season it returns in."""
    trend = series.trend
    if trend.slope is None or trend.p is None:
        said = f"{VERDICTS[trend.verdict]}（不足五期，趋势无法检验）"
    else:
        said = f"{VERDICTS[trend.verdict]}（近 {trend.periods} 期每期 {trend.slope:+.3f}，p={trend.p:.3f}）"
    spans = [_span(series, burst.start, burst.end) for burst in series.bursts]
    said += f"；突现：{'、'.join(spans)}" if spans else ""
    return said + (f"；每年{_part_of_year(series.peak)}较多" if series.peak else "")


def _part_of_year(season: str) -> str:
    """03 → 3 月, Q2 → 第 2 季度."""
    return f"第 {season[1:]} 季度" if season.startswith("Q") else f" {int(season)} 月"


def _span(series: Series, start: int, end: int) -> str:
    first, last = series.points[start].period, series.points[end].period
    return first if first == last else f"{first} 至 {last}"


def series_contract(series: Series) -> dict[str, Any]:
    """One term in the JSON of ``trends``; periods without documents have a null share."""
    return {
        "term": series.term,
        "source": series.source,
        "series": [
            {
                "period": point.period,
                "share": None if point.share is None else round(point.share, 4),
                "documents": point.documents,
                "of": point.of,
            }
            for point in series.points
        ],
        "trend": series.trend.verdict,
        "slope": series.trend.slope,
        "p": series.trend.p,
        "bursts": [
            {
                "start": series.points[burst.start].period,
                "end": series.points[burst.end].period,
                "strength": round(burst.strength, 4),
            }
            for burst in series.bursts
        ],
        "partial": series.partial,
        "peak": series.peak,
    }


def histories_contract(histories: Histories) -> dict[str, Any]:
    """The JSON of ``trends TERM…``; terms that never occur have an empty series."""
    return {
        "terms": [
            series_contract(series) | {"background": [series_contract(other) for other in others]}
            for series, others in zip(histories.series, histories.background, strict=True)
        ],
        "missing": [{"term": term, "nearest": list(near)} for term, near in histories.missing],
        "undated": histories.undated,
        "misdated": histories.misdated,
    }


def render_emerging(year: str, risen: Sequence[Emerging]) -> str:
    """Newly rising terms with the numbers behind each."""
    if not risen:
        return f"截至 {year} 年没有足够的文件，看不出新兴的词语。\n"
    lines = [f"{number:>3}. {one.term}　{one.reason}" for number, one in enumerate(risen, 1)]
    return "\n".join([f"截至 {year} 年新近兴起的词语（只用当年及以前的文件）", *lines]) + "\n"


def emerging_contract(year: str, risen: Sequence[Emerging]) -> dict[str, Any]:
    """The JSON of ``trends --emerging``."""
    return {"as_of": year, "terms": [{"term": one.term, "score": round(one.score, 4)} for one in risen]}
