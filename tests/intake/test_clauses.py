"""The inside of a document: clauses with label, heading, text and depth; tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.intake.clauses import is_table_row, read_body, split_heading
from recommender.intake.clean import Line
from recommender.records import Clause


def body(*texts: str) -> tuple[Clause, ...]:
    return read_body([Line(text, number) for number, text in enumerate(texts, start=1)]).clauses


def test_a_clause_has_label_heading_and_text() -> None:
    assert body("（一）整理名录。各县登记。每年更新。") == (
        Clause("（一）", "整理名录", "各县登记。每年更新。", 1),
    )


def test_depth_follows_the_order_in_which_numberings_open() -> None:
    clauses = body(
        "一、任务",
        "（一）名录。登记。",
        "1.登记。",
        "（1）入户。",
        "2.公布。",
        "（二）能手。",
        "二、保障",
        "（一）经费。",
    )
    assert [(clause.label, clause.depth) for clause in clauses] == [
        ("一、", 1),
        ("（一）", 2),
        ("1.", 3),
        ("（1）", 4),
        ("2.", 3),
        ("（二）", 2),
        ("二、", 1),
        ("（一）", 2),
    ]


def test_a_policy_that_begins_at_the_second_level_has_it_outermost() -> None:
    assert [clause.depth for clause in body("（一）甲。乙。", "1.丙。", "（二）丁。")] == [1, 2, 1]


def test_spoken_items_below_a_clause() -> None:
    clauses = body("（一）先把家底摸清楚", "一是摸清岗位。登记。", "二是摸清资源。登记。")
    assert [(clause.label, clause.heading, clause.depth) for clause in clauses] == [
        ("（一）", "先把家底摸清楚", 1),
        ("一是", "摸清岗位", 2),
        ("二是", "摸清资源", 2),
    ]


def test_paragraphs_join_the_clause_above_them() -> None:
    clauses = body("各县：", "（一）名录", "各县登记。", "每年更新。")
    assert clauses == (Clause("", "", "各县：", 0), Clause("（一）", "名录", "各县登记。\n每年更新。", 1))


def test_chapters_and_articles() -> None:
    clauses = body(
        "第一章 总则", "第一条 为了办好夜校，制定本办法。", "第二章 经费", "第二条 经费来源　由县里列支。"
    )
    assert [(clause.label, clause.heading, clause.depth) for clause in clauses] == [
        ("第一章", "总则", 1),
        ("第一条", "", 2),
        ("第二章", "经费", 1),
        ("第二条", "经费来源", 2),
    ]


def test_tables_are_set_aside() -> None:
    read = read_body(
        [
            Line("（一）名单。如下", 1),
            Line("1.\t示例县\t20", 2),
            Line("| 县 | 数 |", 3),
            Line("（二）甲。", 4),
        ]
    )
    assert read.tables == ("1.\t示例县\t20", "| 县 | 数 |")
    assert [clause.label for clause in read.clauses] == ["（一）", "（二）"]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("序号\t县名", True),
        ("| 甲 | 乙 |", True),
        ("甲\t" + "字" * 90, False),
        ("甲 乙", False),
        ("\t甲", False),
    ],
)
def test_rows(line: str, row: bool) -> None:
    assert is_table_row(line) is row


@pytest.mark.parametrize(
    ("text", "kind", "heading", "rest"),
    [
        ("修好小站。村口设冷库。", "（一）", "修好小站", "村口设冷库。"),
        ("指导思想", "（一）", "指导思想", ""),
        ("落实《办法》。各县执行。", "1.", "落实《办法》", "各县执行。"),
        ("推广“先学。后做”模式。各校试行。", "1.", "推广“先学。后做”模式", "各校试行。"),
        ("独资；", "（一）", "", "独资；"),
        ("联系人：甲某", "（1）", "联系人", "甲某"),
        ("字" * 80 + "。甲。", "（一）", "", "字" * 80 + "。甲。"),
        ("为了规范管理，制定本条例。", "条", "", "为了规范管理，制定本条例。"),
    ],
)
def test_headings(text: str, kind: str, heading: str, rest: str) -> None:
    assert split_heading(text, kind) == (heading, rest)


def test_the_last_item_of_a_sentence_is_no_heading_either() -> None:
    clauses = body(
        "第八条 应当具备下列条件：", "（一）有独立的场所；", "（二）股东符合规定。", "（一）推进合作。"
    )
    assert [clause.heading for clause in clauses] == ["", "", "", "推进合作"]
    assert clauses[2].text == "股东符合规定。"


def test_a_section_heading_swallowed_by_the_paragraph_above() -> None:
    clauses = body("（五）压实责任。按季度通报。 六、健全支持体系", "（六）经费。")
    assert [clause.label for clause in clauses] == ["（五）", "六、", "（六）"]


@given(
    st.lists(
        st.sampled_from(["一、甲", "（一）乙。丙", "1.丁", "（1）戊", "一是己。", "庚辛。", "①壬"]),
        max_size=20,
    )
)
def test_depths_never_skip_a_level(texts: list[str]) -> None:
    depths = [clause.depth for clause in body(*texts)]
    assert all(after <= before + 1 for before, after in zip([0, *depths], depths, strict=False))
