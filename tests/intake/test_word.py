"""Word files: numbers as printed, changes as accepted, and what stays outside the body."""

from pathlib import Path

import hostile
import pytest
from docx import Document
from hostile import document, paragraph, word
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import Limits
from recommender.intake.readers.docx import read_docx
from recommender.intake.readers.numbering import Counter, Level, write_number
from recommender.intake.readers.table import form_of
from recommender.intake.readers.word97 import read_word97
from recommender.intake.reading import Unreadable


def lines(inner: str, **parts: str) -> list[str]:
    """The lines read from a body, with other parts by their name in word/."""
    more = {f"word/{name}.xml": part.encode() for name, part in parts.items()}
    return read_docx(word(document(inner.encode()), more), Limits()).text.split("\n")


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, form: str, text: str, more: str = "") -> str:
    values = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{values}</w:lvl>'


GOVERNMENT = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    definition = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f"<w:numbering {hostile.W}>{definition}{nums}</w:numbering>"


def test_automatic_numbers_are_written_out() -> None:
    inner = [(0, "总体要求"), (1, "指导思想"), (1, "目标"), (2, "甲"), (2, "乙"), (0, "任务"), (1, "丙")]
    body = "".join(numbered(text, depth) for depth, text in inner)
    assert lines(body, numbering=numbering(GOVERNMENT)) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）目标",
        "1. 甲",
        "2. 乙",
        "二、任务",
        "（一）丙",
    ]


def test_a_list_may_begin_anew_and_go_on() -> None:
    same = '<w:abstractNumId w:val="0"/>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = f'<w:num w:numId="1">{same}</w:num><w:num w:numId="2">{same}{anew}</w:num>'
    body = numbered("甲") + numbered("乙") + numbered("丙", 0, 2) + numbered("丁", 0, 2)
    assert lines(body, numbering=numbering(GOVERNMENT, nums)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_leave_the_list() -> None:
    list_of = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    base = f'<w:style w:type="paragraph" w:styleId="a">{list_of}</w:style>'
    child = '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    styles = f"<w:styles {hostile.W}>{base}{child}</w:styles>"
    out = p("丙", '<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = p("甲", '<w:pStyle w:val="a"/>') + p("乙", '<w:pStyle w:val="b"/>') + out
    assert lines(body, styles=styles, numbering=numbering(GOVERNMENT)) == ["一、甲", "二、乙", "丙"]


def test_an_empty_numbered_paragraph_takes_no_number() -> None:
    assert (
        lines(numbered("甲") + numbered("") + numbered("乙"), numbering=numbering(GOVERNMENT))[-1] == "二、乙"
    )


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "12"),
        ("chineseCountingThousand", "十二"),
        ("japaneseCounting", "十二"),
        ("ideographTraditional", "乙"),
        ("chineseLegalSimplified", "拾贰"),
        ("upperLetter", "L"),
        ("lowerRoman", "xii"),
        ("decimalFullWidth", "１２"),
        ("decimalEnclosedCircleChinese", "⑫"),
        ("decimalZero", "12"),
    ],
)
def test_forms_of_numbers(form: str, printed: str) -> None:
    assert write_number(12, form) == printed


@given(st.lists(st.integers(0, 3), max_size=30))
def test_counts_only_rise_until_a_level_above_moves(depths: list[int]) -> None:
    levels = {depth: Level("decimal", f"%{depth + 1}.") for depth in range(4)}
    counter = Counter({"1": levels}, {"1": "0"})
    seen: dict[int, int] = {}
    for depth in depths:
        assert counter.label("1", depth) == f"{seen.get(depth, 0) + 1}. "
        seen = {above: count for above, count in seen.items() if above <= depth} | {
            depth: seen.get(depth, 0) + 1
        }


def test_changes_are_accepted() -> None:
    inserted = "<w:p><w:r><w:t>整理</w:t></w:r><w:ins><w:r><w:t>山货</w:t></w:r></w:ins>"
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>名录</w:t></w:r></w:p>"
    away, here = ("<w:r><w:t>甲</w:t></w:r>", "<w:r><w:t>乙</w:t></w:r>")
    moved = f"<w:p><w:moveFrom>{away}</w:moveFrom><w:moveTo>{here}</w:moveTo></w:p>"
    joined = p("上半", "<w:rPr><w:del/></w:rPr>") + p("下半")
    row = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("没了") + "</w:tc></w:tr></w:tbl>"
    assert lines(inserted + deleted + moved + joined + row) == ["整理山货名录", "乙", "上半下半"]


def test_tables_are_rows_and_frames_are_paragraphs() -> None:
    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    assert lines(table(["县名", "小站"], ["示例县", "3"]) + table(["框里的话"], ["又一段"])) == [
        "县名\t小站",
        "示例县\t3",
        "框里的话",
        "又一段",
    ]


def test_text_boxes_are_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('第3期')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    shape = f"<mc:AlternateContent {mc}>{both}</mc:AlternateContent>"
    assert lines(f"<w:p><w:r><w:t>示例动态</w:t></w:r><w:r>{shape}</w:r></w:p>") == ["示例动态", "第3期"]


def test_hidden_text_and_field_codes_are_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    field = "<w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r><w:r><w:t>3</w:t></w:r>"
    assert lines(f"<w:p><w:r><w:t>目录</w:t></w:r>{hidden}{field}</w:p>") == ["目录3"]


def test_what_python_docx_writes_without_heads_and_feet(tmp_path: Path) -> None:
    made = Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    made.add_heading("关于整理名录的意见", 1)
    made.add_paragraph("各县登记特产。")
    path = tmp_path / "a.docx"
    made.save(str(path))
    assert read_docx(path.read_bytes(), Limits()).text == "关于整理名录的意见\n各县登记特产。"


def test_footnotes_are_said_to_be_left_out() -> None:
    note = f"<w:footnotes {hostile.W}><w:footnote>{p('注释')}</w:footnote></w:footnotes>"
    reading = read_docx(word(document(paragraph("正文")), {"word/footnotes.xml": note.encode()}), Limits())
    assert (reading.text, reading.warnings) == ("正文", ("有 1 条脚注或尾注，没有读入正文。",))


def test_a_strict_document_is_read() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = document(paragraph("正文")).replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(word(strict), Limits()).text == "正文"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (hostile.plain_word(), "docx"),
        (hostile.package({"a.txt": b"x"}), "zip"),
        (hostile.package({"xl/workbook.xml": b"x", "[Content_Types].xml": b"x"}), "xlsx"),
        (hostile.package({"mimetype": b"x", "content.xml": b"x"}), "odt"),
        (hostile.pdf_of_pages(1), "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "doc"),
        ("\ufeff<!DOCTYPE html><p>".encode(), "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n", "mht"),
        (b"From: a letter\n", "text"),
        ("BM 是一家企业".encode(), "text"),
        ("<甲>一、总体要求".encode(), "text"),
        ("<html>".encode("utf-16"), "html"),
        (b" \n", "empty"),
    ],
)
def test_the_form_is_told_by_content(data: bytes, form: str) -> None:
    assert form_of(data) == form


def test_an_old_file_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(Unreadable, match="请用 Word 或 WPS"):
        read_word97(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), Limits())
