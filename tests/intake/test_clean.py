"""Cleaning a whole text: line numbers, counts, paragraphs, and that it comes to rest."""

import pytest
from bulletins import ARTICLES, PICKS, Style, print_bulletin
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.intake.clean import clean_text
from recommender.intake.paragraphs import is_broken, repeated, wrap_width

FRAGMENTS = (
    "（一）整理名录。各县登记特产，每年更",
    "新一次，供买家查询。",
    "**修好小站**。村口设冷库",
    "库房由合作社看管",
    "一、示例省教育厅《关于开放实训",
    "场地的通知》",
    "深",
    "人村寨，纳人台账",
    "序号\t县名",
    "目 录",
    "— 、 总 体 安 排",
    "> # 标题",
    "- 1.山货研究",
    "“互联网",
    "十”山货",
    "　　缩进的段落，",
    "2028",
    "5G 基站",
    "【相关评论】",
)


def texts(text: str) -> list[str]:
    return [line.text for line in clean_text(text).lines]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24), st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=300)
def test_cleaning_twice_is_cleaning_once(fragments: list[str], newline: str) -> None:
    once = texts(newline.join(fragments))
    assert texts("\n".join(once)) == once


@given(st.text("山货一二（）、。，；“”《》 \t\n#*>12Ab人深纳—十", max_size=80))
@settings(max_examples=300)
def test_cleaning_comes_to_rest_on_any_text(text: str) -> None:
    once = texts(text)
    assert texts("\n".join(once)) == once


def test_lines_keep_the_number_where_they_begin() -> None:
    lines = clean_text("题目\n\n（一）甲。乙丙，\n\n丁戊。\n（二）己。庚。\n").lines
    assert [(line.number, line.text) for line in lines] == [
        (1, "题目"),
        (3, "（一）甲。乙丙，丁戊。"),
        (6, "（二）己。庚。"),
    ]


def test_an_undamaged_bulletin_is_unchanged() -> None:
    text = print_bulletin(Style(blank=False))
    assert "\n".join(texts(text)) + "\n" == text
    assert clean_text(text).repairs == ()


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\x0c", "\u2028"])
def test_every_kind_of_line_end_is_one(newline: str) -> None:
    assert texts(f"甲乙。{newline}丙丁。") == ["甲乙。", "丙丁。"]


def wrap(text: str, width: int) -> str:
    """Every line cut at a fixed number of characters, as mail programs and old editors do."""
    lines = text.splitlines()
    return "\n".join(line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width))


@pytest.mark.parametrize("width", range(28, 46))
def test_wrapped_text_is_whole_again(width: int) -> None:
    text = print_bulletin(Style(blank=False, clause="1."), ARTICLES * 2, PICKS)
    whole = [line for line in text.splitlines() if line]
    assert texts(wrap(text, width)) == whole


def test_text_is_not_wrapped_where_paragraphs_stand_in_one_line() -> None:
    assert wrap_width(print_bulletin(Style()).splitlines()) == 0


@pytest.mark.parametrize(
    ("head", "tail", "broken"),
    [
        ("（一）甲乙。丙丁", "戊己。", True),
        ("（一）甲乙。丙丁", "（二）戊己。", False),
        ("（一）甲乙。丙丁", "二、戊己", False),
        ("（一）甲乙。丙丁", "资料来源：示例网", False),
        ("（一）甲乙。丙丁", "【相关评论】戊己", False),
        ("（一）甲乙。丙丁", "附件：戊己", False),
        ("（一）甲乙。丙丁。", "戊己。", False),
        ("《关于开放", "场地的通知》", True),
        ("甲、乙、", "丙", True),
        ("示例动态", "第 3 期", False),
        ("一、某通知.....\t3", "相关评论", False),
    ],
)
def test_where_a_paragraph_is_broken(head: str, tail: str, broken: bool) -> None:
    assert is_broken(head, tail) is broken


@pytest.mark.parametrize(
    ("head", "tail", "text", "size"),
    [
        ("采购本地蔬", "蔬菜和山货", "采购本地蔬\n蔬菜", 1),
        ("提供服务平台", "平台由县里办", "提供服务平台\n平台由县里办", 2),
        ("推动发展", "展会经济", "推动发展\n展会。发展和展会", 0),
        ("甲乙", "丙丁", "", 0),
        ("20", "205 座", "", 0),
    ],
)
def test_characters_printed_on_both_sides(head: str, tail: str, text: str, size: int) -> None:
    assert repeated(head, tail, text) == size
