"""A whole text as an Issue: key, kind, picks, asides, warnings, and that nothing is lost."""

from dataclasses import replace
from typing import get_args

import pytest
from bulletins import (
    ARTICLES,
    NEWS,
    PICKS,
    POLICY,
    Contents,
    Dates,
    Guide,
    Picks,
    Sections,
    Style,
    print_bulletin,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import lost_lines

from recommender.errors import InputError
from recommender.intake.parse import parse_text
from recommender.intake.readers.text import decode_text
from recommender.records import Document

STYLES = st.builds(
    Style,
    sections=st.sampled_from(get_args(Sections)),
    clause=st.sampled_from(["（一）", "1.", "1、", "(一)"]),
    dates=st.sampled_from(get_args(Dates)),
    contents=st.sampled_from(get_args(Contents)),
    guide=st.sampled_from(get_args(Guide)),
    picks=st.sampled_from(get_args(Picks)),
    tail=st.booleans(),
    blank=st.booleans(),
)
SENTENCES = st.text(
    st.sampled_from("山货名录登记夜校老师村民小站冷库培训，、；：“”《》（）12AB"), min_size=1, max_size=60
)


@given(style=STYLES, extra=st.lists(SENTENCES, max_size=4))
@settings(max_examples=200, deadline=None)
def test_nothing_is_dropped_silently(style: Style, extra: list[str]) -> None:
    article = replace(POLICY, paragraphs=tuple(f"{line}。" for line in extra))
    text = print_bulletin(style, (article, *ARTICLES[1:]))
    assert lost_lines(text, parse_text(text)) == []


LINES = (
    "一、国务院《关于夜校的意见》，提出：",
    "二、【业内动态】",
    "【相关评论】夜校要常办",
    "（一）整理名录。各县登记。",
    "（二）培养能手",
    "1.登记。",
    "一是登记名录。",
    "近日，示例二院办赛。",
    "示例二院办赛",
    "序号\t县名",
    "资料来源：示例日报",
    "发布日期：2025年4月8日",
    "国办发〔2025〕8号",
    "示例省教育厅",
    "2025年4月8日",
    "目 录",
    "一、某通知\t3",
    "六、推荐研究方向",
    "1.夜校建设究",
    "甲研究；乙研究。",
    "[责任编辑] 丙某",
    "报：校领导。",
    "第 3 期（总第 73 期）",
    "第一条 为了办学，制定本办法。",
)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=30))
@settings(max_examples=400, deadline=None)
def test_even_disorder_loses_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        issue = parse_text(text)
    except InputError:
        return
    assert lost_lines(text, issue) == []


@given(style=STYLES)
@settings(max_examples=60, deadline=None)
def test_encoding_and_line_ends_do_not_matter(style: Style) -> None:
    text = print_bulletin(style)
    issue = parse_text(text)
    assert parse_text(text.replace("\n", "\r\n")) == issue
    assert parse_text(decode_text(text.encode("gb18030"))) == issue
    assert parse_text("\ufeff" + text).documents == issue.documents


@given(style=STYLES)
@settings(max_examples=60, deadline=None)
def test_markdown_headings_and_bold_do_not_matter(style: Style) -> None:
    text = print_bulletin(style)
    marked = "\n".join(
        f"## {line}" if line.startswith(("【", "一、", "二、")) else line for line in text.splitlines()
    )
    assert parse_text(marked).documents == parse_text(text).documents


@pytest.mark.parametrize("width", [35, 36, 38, 40])
@pytest.mark.parametrize("sections", get_args(Sections))
def test_text_wrapped_at_a_fixed_width(sections: Sections, width: int) -> None:
    text = print_bulletin(Style(sections=sections, blank=False))
    cut = [line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width)]
    assert parse_text("\n".join(cut)).documents == parse_text(text).documents


def test_the_head_of_an_issue() -> None:
    issue = parse_text(print_bulletin(Style()))
    assert (issue.key, issue.kind, issue.title) == ("92", "bulletin", "示例学院动态")
    assert (issue.number, issue.serial, issue.date, issue.institution) == (
        2,
        92,
        "2025-06-18",
        "示例学院研究室",
    )
    assert issue.warnings == ()


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("示例动态\n第2期（总第92期）\n2025年6月18日", "92"),
        ("示例动态\n2025年第2期\n2025年6月18日", "2025-06-18"),
        ("示例动态\n2025年第2期", "2025-02"),
        ("示例动态\n第2期", "no-2"),
        ("示例动态\n2025年6月18日", "2025-06-18"),
    ],
)
def test_keys(head: str, key: str) -> None:
    assert parse_text(print_bulletin(Style(head=head))).key == key


def test_picks_are_kept_as_printed_and_normalised() -> None:
    issue = parse_text(print_bulletin(Style(picks="numbered row")))
    assert [pick.title for pick in issue.picks] == [f"{pick}研究" for pick in PICKS]
    assert issue.picks[0].printed == f"1.{PICKS[0]}研究"


def test_what_is_not_body_goes_to_the_asides() -> None:
    issue = parse_text(print_bulletin(Style(contents="tabs", guide="bullets")))
    for line in (
        "示例学院研究室主办",
        "本期导读",
        "目录",
        "六、本期推荐研究方向",
        "[责任编辑] 丙某",
        "报：校领导。",
    ):
        assert line in issue.asides


def test_a_bulletin_without_structure_degrades_to_paragraphs_with_a_warning() -> None:
    issue = parse_text("示例动态\n第3期\n山货出山，村民增收。\n夜校开课，老师下乡。\n")
    assert [clause.label for clause in issue.documents[0].clauses] == ["", ""]
    assert "没有认出" in issue.warnings[0]


def test_a_warning_names_the_place() -> None:
    text = "示例动态\n第3期\n一、国务院《关于夜校的意见》\n二、教育部《关于登记的通知》\n（一）登记。甲。\n"
    issue = parse_text(text)
    assert issue.warnings == ("第 3 行：“国务院《关于夜校的意见》”下面没有正文。",)


@pytest.mark.parametrize(
    "text",
    [
        "示例动态\n第 3 期（总第 73 期）\n2025年6月18日\n示例学院主办\n",
        "示例动态\n第3期\n目 录\n一、国务院《关于夜校的意见》\t2\n二、教育部《关于登记的通知》\t5\n",
        "国务院办公厅关于促进山货电商发展的若干意见",
        "",
        "\n\n　\n",
    ],
    ids=["head only", "contents only", "title only", "empty", "blank"],
)
def test_an_issue_without_documents_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="请"):
        parse_text(text)


POLICY_ALONE = """示例省人民政府办公厅关于促进山货电商发展的实施意见
示政办发〔2025〕8号
各市（州）人民政府：
为促进山货出山，现提出以下意见。
一、总体要求
（一）指导思想。以村民为主体。
（二）主要目标。三年建成二十座小站。
二、主要任务
（三）整理名录。各县登记。
1.入户登记。
三、加强课题研究和政策建议
组织院校研究。
示例省人民政府办公厅
2025年4月8日
"""


def alone(text: str) -> Document:
    issue = parse_text(text)
    assert issue.kind == "policy"
    assert len(issue.documents) == 1
    return issue.documents[0]


def test_a_policy_that_stands_alone() -> None:
    document = alone(POLICY_ALONE)
    assert document.name == "关于促进山货电商发展的实施意见"
    assert (document.number, document.date) == ("示政办发〔2025〕8号", "2025-04-08")
    assert (document.issuers, document.level) == (("示例省人民政府办公厅",), "province")
    assert [(clause.label, clause.depth) for clause in document.clauses if clause.label] == [
        ("一、", 1),
        ("（一）", 2),
        ("（二）", 2),
        ("二、", 1),
        ("（三）", 2),
        ("1.", 3),
        ("三、", 1),
    ]


def test_a_web_page_prints_the_title_twice() -> None:
    title, _, rest = POLICY_ALONE.partition("\n")
    twice = alone(f"{title}\n{title[:12]}\n{title[12:]}\n{rest}")
    assert twice == alone(POLICY_ALONE)


def test_the_date_of_signature_goes_before_that_of_the_web_page() -> None:
    title, _, rest = POLICY_ALONE.partition("\n")
    assert alone(f"{title}\n作者： 时间：2025-11-22 点击数：\n{rest}").date == "2025-04-08"


def test_the_first_signature_counts_where_an_annex_has_its_own() -> None:
    annex = "附件1\n关于山货名录的报告\n国务院：\n甲。\n示例省商务厅\n2024年1月2日\n"
    assert alone(POLICY_ALONE + annex).date == "2025-04-08"


def test_a_regulation_in_chapters_and_articles() -> None:
    text = (
        "示例省乡村夜校条例\n第一章 总则\n第一条 为了办好夜校，制定本条例。\n第二章 办学\n第二条 鼓励办学。\n"
    )
    assert [(clause.label, clause.depth) for clause in alone(text).clauses] == [
        ("第一章", 1),
        ("第一条", 2),
        ("第二章", 1),
        ("第二条", 2),
    ]


def test_a_plan_in_a_decimal_outline() -> None:
    text = (
        "示例省夜校应急预案\n1 总则\n1.1 编制目的\n保障夜校。\n1.2 适用范围\n全省。\n"
        "3.4 万人参加。\n2 响应\n2.1 分级\n2.1.1 一级响应\n停课。\n2.1.2 县里接到通知后，应当开会，停课。\n"
    )
    assert [(clause.label, clause.depth) for clause in alone(text).clauses if clause.label] == [
        ("1", 1),
        ("1.1", 2),
        ("1.2", 2),
        ("2", 1),
        ("2.1", 2),
        ("2.1.1", 3),
        ("2.1.2", 3),
    ]


def test_a_report_given_as_a_speech() -> None:
    text = (
        "示例省政府工作报告\n\n2025年1月16日在示例省第十届人民代表大会第三次会议上\n\n省长 甲某\n\n"
        "各位代表：\n\n现在，我代表省人民政府作工作报告。第3期工程已经完工。\n\n"
        "## 一、去年工作回顾\n\n山货出山。\n\n## 二、今年工作安排\n\n（一）办好夜校。老师下乡。\n"
    )
    document = alone(text)
    assert document.date == "2025-01-16"
    assert [clause.heading for clause in document.clauses if clause.depth == 1] == [
        "去年工作回顾",
        "今年工作安排",
    ]


@pytest.mark.xfail(strict=True, reason="the order's number stands on two lines and in no 〔〕")
def test_the_number_of_an_order() -> None:
    text = "示例条例\n中华人民共和国国务院令\n第706号\n第一条 为了办学，制定本条例。\n"
    assert alone(text).number == "国令第706号"


@pytest.mark.xfail(
    strict=True, reason="Markdown's # is gone before clauses are read; such a heading is a paragraph"
)
def test_markdown_headings_without_numbering_are_clauses() -> None:
    text = "示例省政府工作报告\n\n## 去年工作回顾\n\n山货出山。\n\n## 今年工作安排\n\n办好夜校。\n"
    assert [clause.heading for clause in alone(text).clauses] == ["去年工作回顾", "今年工作安排"]


@pytest.mark.xfail(
    strict=True, reason="two plain titles in a row, no contents, no picks: nothing tells them from clauses"
)
def test_news_alone_in_a_numbered_bulletin() -> None:
    text = f"示例动态\n第3期\n一、{NEWS.title}\n近日办赛。\n二、邻校开课\n近日开课。\n"
    assert len(parse_text(text).documents) == 2
