"""The Word page against GB/T 9704-2012, as Word would read it."""

import re
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from samples import hostile_report, make_overview, make_report
from systems import chinese_font

from recommender.recommend.wording import quoted
from recommender.report.fonts import remedy
from recommender.report.plain import printable
from recommender.report.word import render_overview_word, render_word

PLAIN = make_report("推进贸易数字化研究", "发展养老服务研究")


@pytest.fixture(scope="module")
def paper() -> Any:
    return Document(BytesIO(render_word(PLAIN, None)))


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as made:
        return {name: made.read(name).decode() for name in made.namelist() if name.endswith(".xml")}


def test_the_page_is_that_of_the_standard(paper: Any) -> None:
    section = paper.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", 44),
        ("Subtitle", "楷体_GB2312", 32),
        ("Normal", "仿宋_GB2312", 32),
        ("List Number", "仿宋_GB2312", 32),
        ("Heading 1", "黑体", 32),
        ("Heading 2", "楷体_GB2312", 32),
        ("Heading 3", "仿宋_GB2312", 32),
    ],
)
def test_styles_name_their_fonts(paper: Any, style: str, font: str, half_points: int) -> None:
    element = paper.styles[style].element
    assert element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert element.rPr.find(qn("w:sz")).get(qn("w:val")) == str(half_points)
    spacing = element.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    if style not in ("Title", "Subtitle"):
        assert element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_every_run_names_its_font_and_no_theme_wins_over_it(paper: Any) -> None:
    cells = (cell.paragraphs for table in paper.tables for row in table.rows for cell in row.cells)
    runs = [run for paragraph in chain(paper.paragraphs, *cells) for run in paragraph.runs if run.text]
    assert len(runs) > 30
    for run in runs:
        assert run._r.rPr.rFonts.get(qn("w:eastAsia")), run.text
        assert run._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"
    used = parts(render_word(PLAIN, None))
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml", "word/footer2.xml"):
        assert not re.search(r'w:\w+Theme="', used[name]), name


def test_the_language_is_chinese(paper: Any) -> None:
    language = paper.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("zh-CN", "zh-CN")
    assert paper.settings.element.find(qn("w:themeFontLang")).get(qn("w:eastAsia")) == "zh-CN"
    assert paper.core_properties.language == "zh-CN"


def test_headings_and_lists_are_numbered_by_word(paper: Any) -> None:
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): (
            level.find(qn("w:numFmt")).get(qn("w:val")),
            level.find(qn("w:lvlText")).get(qn("w:val")),
        )
        for level in paper.part.numbering_part.element.iter(qn("w:lvl"))
    }
    assert levels == {
        "Heading1": ("chineseCountingThousand", "%1、"),
        "Heading2": ("chineseCountingThousand", "（%2）"),
        "Heading3": ("decimal", "%3."),
        "ListNumber": ("decimal", "%1. "),
    }
    for style, outline in (("Heading 1", "0"), ("Heading 2", "1"), ("Heading 3", "2")):
        properties = paper.styles[style].element.pPr
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == outline
        assert properties.numPr is not None
    headings = [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        *("理由和依据", "推进贸易数字化研究", "发展养老服务研究"),
        *("与编辑选题对照", "政策关注度"),
    ]


def test_the_list_comes_first_then_why_then_a_page_of_comparison(paper: Any) -> None:
    texts = [p.text for p in paper.paragraphs]
    assert texts[:4] == [
        "本期推荐研究方向",
        "示例动态 第3期·总第73期（2025-03-01）",
        "推进贸易数字化研究",
        "发展养老服务研究",
    ]
    why = texts[texts.index("推进贸易数字化研究", 4) :]
    assert why[1] == "推荐理由：专业契合：推进贸易数字化研究。"
    assert why[2] == "政策依据：“原文。”（商务部《通知》，（一）推进）"
    assert why[3:6] == [
        "可细化的题目：推进贸易数字化研究路径。",
        "适合系部：商贸学院、信息学院。",
        "相近的立项：推进贸易数字化研究立项（2024 年，商贸学院）",
    ]
    page_break = next(i for i, p in enumerate(paper.paragraphs) if 'w:type="page"' in p._p.xml)
    assert texts[page_break + 1] == "与编辑选题对照"
    assert [table.rows[0].cells[0].text for table in paper.tables] == ["编辑选题", "方法", "主题"]


def test_without_a_font_the_paper_says_what_to_install(paper: Any) -> None:
    assert not paper.inline_shapes
    assert any(remedy() in p.text for p in paper.paragraphs)


def test_charts_stand_in_the_paper_with_a_description() -> None:
    paper = Document(BytesIO(render_word(PLAIN, chinese_font())))
    assert len(paper.inline_shapes) == 2
    for shape in paper.inline_shapes:
        assert shape.width <= Mm(210 - 28 - 26)
        assert shape._inline.docPr.get("descr")
        assert "PNG" in str(shape._inline.xml).upper()


def test_a_list_of_a_year_begins_with_one_in_every_issue() -> None:
    paper = Document(BytesIO(render_overview_word(make_overview(PLAIN, PLAIN), None)))
    items = [p for p in paper.paragraphs if p.style and p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in items]  # type: ignore[union-attr]
    assert len(set(numbers)) == 2
    assert numbers == sorted(numbers)


def test_text_of_documents_is_kept_verbatim() -> None:
    report = hostile_report()
    text = "\n".join(p.text for p in Document(BytesIO(render_word(report, None))).paragraphs)
    for one in report.suggestions:
        assert printable(one.title) in text
        assert printable(quoted(one.evidence[0].quote)) in text
    assert "<AI&数据>融合[31m研究" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_word(PLAIN, None) == render_word(PLAIN, None)
