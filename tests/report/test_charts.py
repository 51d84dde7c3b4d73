"""The charts: what each draws, in which colours, with Chinese letters and not boxes."""

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import hostile_report, make_overview, make_report, term, topic
from systems import chinese_font

from recommender.records import Comparison, PickMatch
from recommender.report import fonts
from recommender.report.build import IssueLabel, Outlook
from recommender.report.charts.catalogue import outlook_charts, overview_charts
from recommender.report.charts.chart import Chart, page_specs, picture
from recommender.report.charts.picks import hit_chart
from recommender.report.charts.terms import emphasis_chart
from recommender.report.charts.topics import heat_chart, river_chart
from recommender.report.colours import topic_colour
from recommender.report.fonts import find_font, remedy
from recommender.report.tables import topic_table

OUTLOOK = make_report("推进贸易数字化研究", "发展养老服务研究").outlook
YEAR = make_overview(make_report("推进贸易数字化研究", "发展养老服务研究"))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@given(st.integers(1, 500))
def test_a_topics_colour_is_its_own_and_can_be_seen(number: int) -> None:
    colour = topic_colour(number)
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert colour == topic_colour(number)
    assert 1.05 / (luminance(colour) + 0.05) >= 3  # WCAG 1.4.11, on white


def test_the_first_topics_have_colours_of_their_own() -> None:
    assert len({topic_colour(number) for number in range(1, 41)}) == 40


def colours(chart: Chart | None) -> dict[str, str]:
    assert chart
    scale = page_specs(chart, "x")[0]["layer"][0]["encoding"]["color"]["scale"]
    return dict(zip(scale["domain"], scale["range"], strict=True))


def test_retraining_changes_no_colour() -> None:
    """The same topics in another order and beside new ones keep their colours."""
    before = colours(river_chart(OUTLOOK))
    later = replace(OUTLOOK, topics=(topic(12, "新主题", 0.1, 0.1, 0.1), *reversed(OUTLOOK.topics)))
    assert before.items() <= colours(river_chart(later)).items()


def test_every_chart_of_an_issue_and_a_year() -> None:
    names = [chart.name for chart in outlook_charts(OUTLOOK)]
    assert names == ["emphasis", "bursts", "topics", "heat", "ranks"]
    assert [chart.name for chart in overview_charts(YEAR)] == ["hits", *names]
    assert outlook_charts(Outlook()) == ()
    assert hit_chart(replace(YEAR, outlook=Outlook())) is None


def test_the_background_stands_behind_the_own_series() -> None:
    chart = emphasis_chart((term("产教融合"),))
    assert chart
    behind, own = page_specs(chart, "x")[0]["layer"]
    assert (behind["mark"]["type"], own["mark"]["type"]) == ("area", "line")
    assert {row["时期"] for row in own["data"]["values"]} == {"第1期", "第2期", "第3期"}
    assert len(behind["data"]["values"]) == 8


def test_bands_and_cells_are_told_apart_without_colour() -> None:
    river, heat = river_chart(OUTLOOK), heat_chart(OUTLOOK)
    assert river
    assert heat
    texts = [row["编号"] for row in page_specs(river, "x")[0]["data"]["values"]]
    assert sorted(filter(None, texts)) == ["3", "7"]
    numbers = [row["百分数"] for row in page_specs(heat, "x")[0]["data"]["values"]]
    assert numbers == ["60", "20", "50", "40", "80", "50"]


@pytest.mark.parametrize("chart", overview_charts(YEAR), ids=lambda chart: chart.name)
def test_a_chart_has_marks_and_its_words(chart: Chart) -> None:
    drawn = picture(chart, "svg", chinese_font().family).decode()
    assert len(re.findall(r'role="graphics-symbol"', drawn)) > 3
    assert re.search("[\u4e00-\u9fff]", drawn)
    assert drawn == picture(chart, "svg", chinese_font().family).decode()


def test_a_picture_is_as_wide_as_the_text_at_300_dpi() -> None:
    chart = heat_chart(OUTLOOK)
    assert chart
    data = picture(chart, "png", chinese_font().family)
    assert data.startswith(b"\x89PNG")
    (width,) = struct.unpack(">I", data[16:20])
    assert abs(width / 300 - 442 / 72) < 0.1
    at = data.index(b"pHYs") + 4
    assert round(struct.unpack(">I", data[at : at + 4])[0] * 0.0254) == 300


def test_chinese_letters_are_drawn_and_not_boxes() -> None:
    """Boxes look the same whatever they stand for; letters do not."""
    pictures = []
    for label in ("甲乙丙丁", "研究方向"):
        chart = heat_chart(replace(OUTLOOK, topics=(topic(1, label, 0.5, 0.5, 0.5),)))
        assert chart
        pictures.append(picture(chart, "png", chinese_font().family))
    assert pictures[0] != pictures[1]


def test_many_issues_leave_the_charts_readable() -> None:
    """A hundred issues: charts draw the latest, tables hold them all."""
    issues = tuple(IssueLabel(f"{n}", f"总第{n}期", None) for n in range(100))
    shares = tuple(0.5 for _ in issues)
    matches = (PickMatch("甲研究", 1, "甲研究", "exact"),)
    comparison = Comparison(tuple((issue.key, matches) for issue in issues), {}, {}, 100)
    many = Outlook(issues, (topic(1, "甲", *shares), topic(2, "乙", *shares)), (), comparison)
    assert len(topic_table(many).columns) == 103
    for chart in outlook_charts(many):
        (spec,) = page_specs(chart, "x")
        rows = [row for part in (spec, *spec["layer"]) for row in part.get("data", {}).get("values", ())]
        assert {row["期"] for row in rows if "期" in row} == {f"总第{n}期" for n in range(76, 100)}


def test_hostile_words_are_drawn_as_words() -> None:
    for chart in overview_charts(make_overview(hostile_report())):
        drawn = picture(chart, "svg", chinese_font().family).decode()
        assert "<script" not in drawn
        assert "<img" not in drawn


# -- the font -------------------------------------------------------------------------------------


def test_the_best_font_of_some_folders_is_found(tmp_path: Path) -> None:
    assert find_font([tmp_path, tmp_path / "missing"]) is None
    for name, family in (
        ("a/simsun.ttc", "SimSun"),
        ("MSYH.TTC", "Microsoft YaHei"),
        ("b/c/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
        found = find_font([tmp_path])
        assert found == fonts.Font(family, tmp_path / name)
    assert find_font([tmp_path / "a"]) == fonts.Font("SimSun", tmp_path / "a" / "simsun.ttc")


def test_a_western_font_is_no_chinese_one(tmp_path: Path) -> None:
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"")
    (tmp_path / "NotoSans-Regular.ttf").write_bytes(b"")
    assert find_font([tmp_path]) is None


def test_the_remedy_names_what_to_install() -> None:
    assert "apt install fonts-noto-cjk" in remedy("linux")
    assert "apt" not in remedy("win32")
