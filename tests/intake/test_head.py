"""The first page: title, numbers, date, publisher."""

import pytest

from recommender.intake.clean import Line
from recommender.intake.head import Head, is_front_heading, read_head


def head(*texts: str) -> Head:
    lines = [Line(text, number) for number, text in enumerate(texts, start=1)]
    return read_head(lines, len(lines))


def test_the_three_layouts_of_the_first_page() -> None:
    assert head(
        "示例动态",
        "2025 年 6 月 18 日",
        "星期三",
        "第 2 期·总第 92 期",
        "示例研究所主办",
        "内部刊物·请勿翻印",
    ) == Head("示例动态", 2, 92, "2025-06-18", "示例研究所")
    assert head("示例动态", "第 7 期（总第 67 期）", "示例职业学院研究所", "2025 年 6 月 18 日") == Head(
        "示例动态", 7, 67, "2025-06-18", "示例职业学院研究所"
    )
    assert head(
        "示例学院", "SHILI COLLEGE", "2025年第01期", "内部资料", "示例通讯", "主办：示例学院科研处"
    ) == Head("示例通讯", 1, None, "2025", "示例学院科研处")


@pytest.mark.parametrize(
    ("line", "number", "serial"),
    [
        ("第3期", 3, None),
        ("第 3 期（总第 73 期）", 3, 73),
        ("第三期 总第七十三期", 3, 73),
        ("2025年第3期（总第73期）", 3, 73),
        ("总第73期", None, 73),
        ("总 第 73 期", None, 73),
        ("第○三期", 3, None),
    ],
)
def test_numbers_of_an_issue(line: str, number: int | None, serial: int | None) -> None:
    found = head("示例动态", line)
    assert (found.number, found.serial) == (number, serial)


def test_a_sentence_that_mentions_an_issue_is_no_head() -> None:
    assert not head("政府工作报告", "现在报告工作，其中第3期工程已经完工。").is_bulletin


def test_what_follows_the_guide_is_not_read() -> None:
    found = head("示例动态", "第3期", "本期导读", "第8期计划", "示例日报主办")
    assert (found.number, found.institution) == (3, "")


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (("示例动态", "2025年6月"), "2025-06"),
        (("示例动态", "2025年第3期", "2025年6月18日"), "2025-06-18"),
        (("示例动态", "二〇二五年六月十八日"), "2025-06-18"),
        (("示例动态", "第3期"), None),
    ],
)
def test_the_fullest_date_counts(lines: tuple[str, ...], date: str | None) -> None:
    assert head(*lines).date == date


@pytest.mark.parametrize(
    "line", ["主办：示例学院科研处", "示例学院科研处 主办", "编印：示例学院科研处", "示例学院科研处编印"]
)
def test_publishers(line: str) -> None:
    assert head("示例动态", "第3期", line).institution == "示例学院科研处"


@pytest.mark.parametrize(
    ("line", "front"),
    [
        ("目 录", True),
        ("本期导读", True),
        ("【导读】", True),
        ("● 本期要目", True),
        ("目录管理办法", False),
        ("一、总体要求", False),
    ],
)
def test_headings_of_the_front_matter(line: str, front: bool) -> None:
    assert is_front_heading(line) is front
