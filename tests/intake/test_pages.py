"""Printed pages as paragraphs: lines that go on, running heads, columns, contents. And web pages."""

from base64 import b64encode

import hostile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.config import Limits
from recommender.errors import InputError
from recommender.intake.archive import contents
from recommender.intake.readers.grids import with_tables
from recommender.intake.readers.html import page_text, read_html, read_mht
from recommender.intake.readers.layout import page_lines
from recommender.intake.readers.page import Page, Piece, Rule
from recommender.intake.readers.pdf import is_rubbish, read_pdf
from recommender.intake.readers.running import without_notes
from recommender.intake.readers.text import decode_text, read_text
from recommender.intake.script import simplified

SIZE = 10.0
LONG = "各县登记特产的产地和产量并且每年更新一次供买家查询同时由合作社派人看管账目公开"


def piece(text: str, left: float, row: float, size: float = SIZE) -> Piece:
    top = row * 2 * SIZE
    return Piece(text, left, left + len(text) * size, top, top + size, size)


def page(*pieces: Piece) -> Page:
    return Page(600.0, pieces)


def wrapped(text: str, width: int, left: float, first: float) -> list[Piece]:
    """A paragraph with an indent of two characters, printed in lines of so many."""
    parts = [text[: width - 2]]
    parts += [text[place : place + width] for place in range(width - 2, len(text), width)]
    indents = [2 * SIZE] + [0.0] * len(parts)
    return [piece(part, left + indents[row], first + row) for row, part in enumerate(parts)]


def test_a_paragraph_goes_on_over_lines_and_pages() -> None:
    text = LONG * 4 + "。"
    rows = wrapped(text, 40, 100, 0)
    turned = [Piece(one.text, one.left, one.right, one.top - 60, one.bottom - 60, SIZE) for one in rows[3:]]
    closing = wrapped("（二）培养能手。学校开班。" + LONG, 40, 100, 4)
    assert page_lines([page(*rows[:3]), page(*turned, *closing)]) == [
        text,
        "（二）培养能手。学校开班。" + LONG,
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        page(
            piece("示例动态", 250, 0),
            piece(f"第{n}页的正文，{'长' * 4 * n}共一段。", 100, 10),
            piece(f"— {n} —", 280, 40),
        )
        for n in range(1, 6)
    ]
    pages.append(page(piece(LONG * 2, 100, 10), piece(LONG * 2, 100, 20), piece("— 6 —", 280, 40)))
    assert page_lines(pages)[:5] == [f"第{n}页的正文，{'长' * 4 * n}共一段。" for n in range(1, 6)]


def test_a_lone_number_on_one_page_is_kept() -> None:
    assert page_lines([page(piece("正文，共一段。", 100, 0), piece("2024", 100, 3))]) == [
        "正文，共一段。",
        "2024",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [piece(f"左栏第{n}行的文字一共有二十个字左右这么长", 50, n) for n in range(1, 9)]
    right = [piece(f"右栏第{n}行的文字一共有二十个字左右这么长", 310, n) for n in range(1, 9)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    read = page_lines([page(piece("通栏的题目横跨两栏的一整行文字在这里", 200, 0), *mixed)])
    text = "".join(one.text for one in (*left, *right))
    assert read == ["通栏的题目横跨两栏的一整行文字在这里", text]


def test_a_table_row_keeps_its_cells_apart() -> None:
    rows = [piece("县名", 100, 0), piece("小站", 250, 0), piece("示例县", 100, 1), piece("3", 250, 1)]
    assert page_lines([page(*rows)]) == ["县名\t小站", "示例县\t3"]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    """A cell of two lines is one cell, and an empty one is kept."""
    down = [Rule(x, x, 15, 75) for x in (95, 200, 300)]
    across = [Rule(95, 300, y, y) for y in (15, 35, 75)]
    cells = [piece("县名", 100, 1), piece("小站", 210, 1), piece("示例", 100, 2), piece("县", 100, 3)]
    printed = Page(600.0, (*cells, piece("表下的正文一句。", 100, 6)), (*down, *across))
    assert page_lines([with_tables(printed)]) == ["县名\t小站", "示例县\t", "表下的正文一句。"]


def test_a_footnote_is_one_that_a_raised_number_calls() -> None:
    body = [piece(LONG, 100, row) for row in range(9)]
    call = Piece("1", body[0].right, body[0].right + 3, body[0].top, body[0].top + 4, 5)
    note = piece("1某地的统计口径。", 100, 12, 7)
    pages, count = without_notes([page(*body, call, note)])
    assert (count, len(pages[0].pieces)) == (1, len(body))
    assert without_notes([page(*body, note)])[1] == 0


def test_numbered_paragraphs_may_hang_from_their_numbers() -> None:
    text = "（一）整理名录。" + LONG * 2
    rows = [piece(text[:38], 100, 0), piece(text[38:74], 120, 1), piece(text[74:], 120, 2)]
    plain = wrapped(LONG * 2 + "。", 38, 100, 3)
    assert page_lines([page(*rows, *plain)]) == [text, LONG * 2 + "。"]


def test_a_centred_title_goes_on_in_the_next_line() -> None:
    title = LONG[:25], LONG[25:38]
    rows = [piece(title[0], 100, 0, 16), piece(title[1], 196, 1, 16)]
    assert page_lines([page(*rows, *wrapped(LONG * 3, 40, 100, 3))])[0] == "".join(title)


def test_an_entry_of_the_contents_may_take_two_lines() -> None:
    entries = [piece(f"第{name}篇文件{n}", 100, n) for n, name in enumerate("甲乙丙丁", 1)]
    long = [piece("第戊篇文件的题目很长占满了一整行还有余所以", 100, 6), piece("8", 100, 7)]
    text = [piece(LONG[:22], 100, row) for row in (10, 12)]
    assert page_lines([page(*entries, *long, *text)])[4] == "第戊篇文件的题目很长占满了一整行还有余所以\t8"


def test_page_numbers_of_the_contents_are_told_from_titles() -> None:
    entries = [
        f"第{name}篇文件{number}" for name, number in zip("甲乙丙丁戊己", (1, 3, 7, 7, 12, 30), strict=True)
    ]
    rows = [piece(entry, 100, row) for row, entry in enumerate(entries)]
    assert page_lines([page(*rows)])[4] == "第戊篇文件\t12"


@settings(deadline=None)  # a busy machine stops for longer
@given(
    st.lists(
        st.tuples(st.text("甲乙，。（一）1 ", min_size=1), st.integers(0, 500), st.integers(0, 60)),
        max_size=40,
    )
)
def test_no_character_is_lost(pieces: list[tuple[str, int, int]]) -> None:
    rows = [piece(text, float(left), float(row)) for text, left, row in pieces]
    read = "".join(page_lines([page(*rows)]))
    numbers = set("1 ")  # page numbers go
    assert sorted(set(read) - {"\t"} - numbers) == sorted(
        {char for text, _, _ in pieces for char in text} - numbers
    )


def test_rubbish_is_told_from_text() -> None:
    assert is_rubbish("\ue000\ue001\ue002甲")
    assert not is_rubbish("（一）整理名录。2024 年 ABC")


def test_a_pdf_without_text_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="没有文字"):
        read_pdf(hostile.pdf_of_pages(2), Limits())


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "big5", "no-such"])
def test_the_encoding_of_a_page_is_its_own(charset: str) -> None:
    encoding = {"gb2312": "gb18030", "no-such": "gb18030"}.get(charset, charset)
    markup = f'<html><head><meta charset="{charset}"></head><body><p>教育研究，各校支持。</p></body></html>'
    assert read_html(markup.encode(encoding), Limits()).text == "教育研究，各校支持。"


def test_menus_and_scripts_are_left_out_and_tables_kept() -> None:
    menu = "<ul>" + "<li><a href=x>栏目</a></li>" * 5 + "</ul>"
    table = "<table><tr><td>县名</td><td>小站</td></tr><tr><td>示例县</td><td>3</td></tr></table>"
    main = f"<script>x()</script><h1>通知</h1><p>一、<b>总体</b>要求</p>{table}<footer>版权</footer>"
    assert page_text(f"<body>{menu}{main}</body>") == "通知\n一、总体要求\n县名\t小站\n示例县\t3"


def test_a_web_archive_gives_its_page() -> None:
    head = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: image/png\n\n"
    )
    part = b"--B\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    body = b64encode("<p>一、总体要求</p>".encode("gb18030"))
    assert read_mht(head + b"x\n" + part + body + b"\n--B--\n", Limits()).text == "一、总体要求"


def test_an_archive_gives_its_files_with_their_names() -> None:
    data = hostile.package(
        {"甲/一期.txt": "甲".encode(), "README.txt": b"x", "b.png": b"x", "~$c.docx": b"x"}
    )
    assert [content.inside for content in contents(data, Limits())] == ["甲/一期.txt"]


def test_names_packed_by_chinese_windows_are_gbk() -> None:
    data = hostile.package({"AAAAAAAA.txt": b"x"}).replace(b"AAAAAAAA", "一期动态".encode("gbk"))
    assert [content.inside for content in contents(data, Limits())] == ["一期动态.txt"]


def test_traditional_text_is_read_in_simplified_characters() -> None:
    text = "關於發展職業教育的意見\n一、總體要求。各級政府應當支持產教融合。"
    reading = simplified(read_text(text.encode("big5"), Limits()))
    assert reading.text == "关于发展职业教育的意见\n一、总体要求。各级政府应当支持产教融合。"
    assert "繁体" in reading.warnings[0]
    assert decode_text(text.encode("big5")) == text
