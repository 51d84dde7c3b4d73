"""The head line of a document: title, name, issuers, date, number."""

import pytest

from recommender.intake.titles import find_number, looks_like_document, split_title

NAME = "关于促进山货电商发展的若干意见"


@pytest.mark.parametrize(
    "line",
    [
        f"2025年4月8日，国务院办公厅《{NAME}》，提出：",
        f"2025 年 4 月 8 日，国务院办公厅《{NAME}》",
        f"2025年4月8日国务院办公厅印发《{NAME}》：",
        f"（2025年4月8日）国务院办公厅《{NAME}》",
        f"国务院办公厅2025年4月8日印发《{NAME}》，主要任务：",
        f"国务院办公厅于2025年4月8日发布《{NAME}》",
        f"国务院办公厅《{NAME}》（2025年4月8日）",
        f"国务院办公厅《{NAME}》（国办发〔2025〕8号，2025年4月8日）",
        f"国务院办公厅《{NAME}》 2025-04-08",
        f"2025-04-08 国务院办公厅《{NAME}》",
        f"2025年4月8日，国务院办公厅{NAME}，提出：",
    ],
)
def test_name_issuer_and_date_in_any_order(line: str) -> None:
    parts = split_title(line)
    assert (parts.name, parts.issuers, parts.date) == (NAME, ("国务院办公厅",), "2025-04-08")
    assert "2025" not in parts.title


def test_a_month_alone_is_kept_as_a_month() -> None:
    assert split_title(f"2025年4月，国务院办公厅《{NAME}》").date == "2025-04"


def test_a_year_inside_the_name_stays() -> None:
    parts = split_title("示例省教育厅关于做好2025年5月1日起夜校登记工作的通知")
    assert (parts.date, parts.name) == (None, "关于做好2025年5月1日起夜校登记工作的通知")


@pytest.mark.parametrize(
    ("line", "title", "lead_in"),
    [
        (f"国务院《{NAME}》，提出：", f"国务院《{NAME}》", "提出"),
        (f"国务院《{NAME}》，主要包括以下措施：", f"国务院《{NAME}》", "主要包括以下措施"),
        (f"国务院《{NAME}》：", f"国务院《{NAME}》", ""),
        (f"国务院《{NAME}", f"国务院《{NAME}", ""),
        ("教授甲：夜校要常办", "教授甲：夜校要常办", ""),
    ],
)
def test_the_phrase_that_opens_the_digest(line: str, title: str, lead_in: str) -> None:
    parts = split_title(line)
    assert (parts.title, parts.lead_in) == (title, lead_in)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("示例市关于印发《示例市夜校管理办法》的通知", "示例市夜校管理办法"),
        ("教育部办公厅发布《关于开展夜校登记的通知》", "关于开展夜校登记的通知"),
        ("国务院关于暂时调整实施《夜校条例》有关规定的批复", "关于暂时调整实施《夜校条例》有关规定的批复"),
        ("教育部等五部门关于促进夜校发展的意见", "关于促进夜校发展的意见"),
        ("教育部关于促进夜校发展的意见（教职成〔2025〕8号）", "关于促进夜校发展的意见"),
        ("教育部 财政部关于促进夜校发展的意见", "关于促进夜校发展的意见"),
        ("教育部：夜校登记办法公布", "夜校登记办法公布"),
        ("示例二院举办技能赛", "示例二院举办技能赛"),
        ("国务院印发《山货发展规划（2025—2030年）》", "山货发展规划（2025—2030年）"),
    ],
)
def test_the_documents_own_name(title: str, name: str) -> None:
    assert split_title(title).name == name


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (NAME, True),
        (f"国务院办公厅《{NAME}》", True),
        ("示例省山货电商发展三年行动计划", True),
        ("示例省乡村夜校管理办法（试行）", True),
        ("示例二院举办技能赛", False),
        ("总体要求", False),
        ("各县要落实本通知。", False),
        ("加强组织领导", False),
        ("国务院办公厅", False),
    ],
)
def test_what_reads_as_an_official_document(text: str, document: bool) -> None:
    assert looks_like_document(text) is document


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国办发〔2025〕8号", "国办发〔2025〕8号"),
        ("国办发[2025]8号", "国办发〔2025〕8号"),
        ("教职成〔 2025 〕 12 号", "教职成〔2025〕12号"),
        ("（教职成函【2025】第12号）", "教职成函〔2025〕12号"),
        ("第 3 期", None),
        ("2025年8号", None),
    ],
)
def test_document_numbers(text: str, number: str | None) -> None:
    assert find_number(text) == number
