"""Numbering, bullets, brackets, contents lines; numerals and dates."""

from datetime import date

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.intake.marks import contents_entry, find_mark, heading_words, strip_bullet
from recommender.intake.numerals import find_date, to_number


@pytest.mark.parametrize(
    ("line", "kind", "label", "value"),
    [
        ("一、总体要求", "一、", "一、", 1),
        ("十二、保障措施", "一、", "十二、", 12),
        ("（一）整理名录", "（一）", "（一）", 1),
        ("(二)培养能手", "（一）", "（二）", 2),
        ("( 二 十 一)".replace(" ", "") + "办夜校", "（一）", "（二十一）", 21),
        ("（三）、修小站", "（一）", "（三）", 3),
        ("1.整理名录", "1.", "1.", 1),
        ("2、培养能手", "1.", "2.", 2),
        ("3．修小站", "1.", "3.", 3),
        ("12. 办夜校", "1.", "12.", 12),
        ("1.2025年4月8日，某部", "1.", "1.", 1),
        ("（1）整理名录", "（1）", "（1）", 1),
        ("(2) 培养能手", "（1）", "（2）", 2),
        ("3）修小站", "1）", "3）", 3),
        ("①整理名录", "①", "①", 1),
        ("一是整理名录", "一是", "一是", 1),
        ("二要培养能手", "一是", "二要", 2),
        ("首先，整理名录", "首先", "首先", 1),
        ("其次，培养能手", "首先", "其次", 2),
        ("第一，整理名录", "第一，", "第一", 1),
        ("第三条 鼓励办学。", "条", "第三条", 3),
        ("第十二条　鼓励办学。", "条", "第十二条", 12),
        ("第二章 总则", "章", "第二章", 2),
        ("第一部分 政策法规", "章", "第一部分", 1),
        ("2.3 应急响应程序", "1.1", "2.3", 3),
        ("4.1.2 响应级别", "1.1.1", "4.1.2", 2),
    ],
)
def test_every_form_of_numbering(line: str, kind: str, label: str, value: int) -> None:
    mark = find_mark(line)
    assert mark is not None
    assert (mark.kind, mark.label, mark.value) == (kind, label, value)


@pytest.mark.parametrize(
    "line",
    [
        "1.5%以上的县",
        "2023.5.10",
        "2025年4月",
        "3.4万名毕业生",
        "一大湾区",
        "一是否可行",
        "二十座小站",
        "第一批名录",
        "第二条件是",
        "（2025—2027年）",
        "（见附件）",
        "百、千、万工程",
        "5G基站",
        "",
    ],
)
def test_what_is_no_numbering(line: str) -> None:
    assert find_mark(line) is None


@given(st.integers(1, 99))
def test_numerals_round_trip(number: int) -> None:
    chinese = cn2an.an2cn(number)
    assert to_number(chinese) == to_number(str(number)) == number
    mark = find_mark(f"（{chinese}）整理名录")
    assert mark is not None
    assert (mark.label, mark.value) == (f"（{chinese}）", number)


@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_dates_round_trip_in_every_printed_form(day: date) -> None:
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    chinese = (
        f"{str(day.year).translate(digits)}年{cn2an.an2cn(day.month)}月{cn2an.an2cn(day.day)}日".replace(
            "一十", "十"
        )
    )
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        chinese,
    ]
    assert {find_date(form) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("２０２５年４月", "2025-04"),
        ("二〇二五年四月", "2025-04"),
        ("2025年第3期", "2025"),
        ("2025年度", "2025"),
        ("2025年2月30日", None),
        ("第 3 期", None),
        ("12025-04-081", None),
    ],
)
def test_dates_keep_the_printed_precision(text: str, iso: str | None) -> None:
    assert find_date(text) == iso


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("● 本期", "本期"),
        ("- 1.甲", "1.甲"),
        ("• 甲", "甲"),
        ("——说明", "——说明"),
        ("甲-乙", "甲-乙"),
        ("-", "-"),
    ],
)
def test_bullets(line: str, plain: str) -> None:
    assert strip_bullet(line) == plain


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、某通知\t3", "一、某通知"),
        ("一、某通知.....\t12", "一、某通知"),
        ("一、某通知…………12", "一、某通知"),
        ("一、某通知      12", "一、某通知"),
        ("【业内动态】某赛\t8", "【业内动态】某赛"),
        ("目标 2025", None),
        ("建成小站 20", None),
        ("甲\t乙\t3", None),
        ("一、某通知", None),
    ],
)
def test_contents_lines(line: str, title: str | None) -> None:
    assert contents_entry(line) == title


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("六、【本期 推荐研究方向】：", "本期推荐研究方向"),
        ("**四、推荐选题**", "推荐选题"),
        ("4 本期推荐研究方向", "本期推荐研究方向"),
        ("1.2.1 重要通知", "重要通知"),
        ("● 本期导读", "本期导读"),
        ("目 录", "目录"),
    ],
)
def test_heading_words(line: str, words: str) -> None:
    assert heading_words(line) == words
