"""The workbook as Excel would read it: sheets, charts, frozen heads, and text that stays text."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from samples import ATTACKS, hostile_report, make_overview, make_report, workbook_cells

from recommender.report.plain import printable
from recommender.report.workbook import render_overview_workbook, render_workbook

PLAIN = make_report("推进贸易数字化研究", "发展养老服务研究")


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as book:
        return book.read(name).decode()


def names(data: bytes, folder: str) -> list[str]:
    with ZipFile(BytesIO(data)) as book:
        return [name for name in book.namelist() if name.startswith(folder)]


def test_the_sheets_of_an_issue_and_of_a_year() -> None:
    issue = workbook_cells(render_workbook(PLAIN))
    assert list(issue) == ["推荐方向", "证据", "政策关注度", "选题对照", "主题", "说明"]
    assert issue["推荐方向"][0][:4] == ["序号", "推荐研究方向", "得分", "主题"]
    assert issue["推荐方向"][1][:4] == ["1", "推进贸易数字化研究", "1.25", "推进贸易数字化研究"]
    assert issue["证据"][1] == ["1", "推进贸易数字化研究", "商务部《通知》", "（一）推进", "原文。"]
    assert issue["选题对照"][1] == ["总第73期", "推进贸易数字化研究", "1", "完全一致", "推进贸易数字化研究"]
    assert issue["主题"][1][:4] == ["3", "推进贸易数字化研究", "平稳", "0.6"]
    year = workbook_cells(render_overview_workbook(make_overview(PLAIN, PLAIN)))
    assert list(year) == ["推荐方向", "选题对照", "命中", "政策关注度", "主题", "说明"]
    assert len(year["推荐方向"]) == 5


def test_heads_are_frozen_and_filtered_and_columns_wide_enough() -> None:
    data = render_workbook(PLAIN)
    for number in range(1, 7):
        sheet = part(data, f"xl/worksheets/sheet{number}.xml")
        assert 'ySplit="1" topLeftCell="A2"' in sheet
        assert "<autoFilter" in sheet
        assert re.search(r'<col [^>]*width="(\d+)', sheet)


def test_the_emphasis_is_drawn_by_excel_itself() -> None:
    data = render_workbook(PLAIN)
    charts = [part(data, name) for name in names(data, "xl/charts/chart")]
    assert len(charts) == 3
    assert not names(data, "xl/media")  # no pictures: the office can edit them
    lines = [chart for chart in charts if "<c:lineChart>" in chart]
    assert len(lines) == 2
    own, behind = (re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", chart) for chart in lines)
    assert own == ["政策关注度!$B$2:$B$4", "政策关注度!$C$2:$C$4"]
    cells = workbook_cells(data)["政策关注度"]
    first = int(behind[0].partition(":")[0].split("$")[-1])
    sheet = part(data, "xl/worksheets/sheet3.xml")
    rows = [int(number) for number in re.findall(r'<row r="(\d+)"', sheet)]
    assert cells[rows.index(first)][0] == "2018"  # the chart begins where the years do


def test_a_topics_colour_is_the_same_as_on_the_page() -> None:
    from recommender.report.colours import topic_colour

    data = render_workbook(PLAIN)
    area = next(c for c in (part(data, n) for n in names(data, "xl/charts/chart")) if "areaChart" in c)
    assert topic_colour(3)[1:].upper() in area
    assert topic_colour(7)[1:].upper() in area


def test_what_looks_like_a_formula_stays_text() -> None:
    report = hostile_report()
    cells = workbook_cells(render_workbook(report))  # fails on a formula or a link
    shown = {row[1] for row in cells["推荐方向"]}
    for attack in ATTACKS:
        assert printable(attack) in shown
    assert part(render_workbook(report), "xl/sharedStrings.xml").count("=HYPERLINK(") > 1


@pytest.mark.parametrize("length", [32_767, 32_768, 100_000])
def test_text_too_long_for_a_cell_says_that_it_is_cut(length: int) -> None:
    report = make_report("字" * length)
    (cell,) = {row[1] for row in workbook_cells(render_workbook(report))["推荐方向"][1:]}
    assert len(cell) == 32_767
    assert ("从略" in cell) == (length > 32_767)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_workbook(PLAIN) == render_workbook(PLAIN)
