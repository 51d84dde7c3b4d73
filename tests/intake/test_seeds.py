"""The real documents, as counted by hand: numbers and names only, none of their sentences."""

import os
import re
from pathlib import Path

import pytest
from kept import lost_lines

from recommender.intake.clean import clean_text
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.records import Document, Issue

SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[2].parent / "shared")
SEEDS = {path.name[:3]: path for path in sorted((SHARED / "seeds").glob("*.txt"))}
CN = "一二三四五六七八九"

pytestmark = pytest.mark.skipif(
    not SEEDS, reason=f"no real documents in {SHARED / 'seeds'} (set RECOMMENDER_SHARED)"
)


def seed(number: str) -> Issue:
    return parse_text(read_one(SEEDS[number])[0].text)


def policies(issue: Issue) -> list[Document]:
    return [document for document in issue.documents if document.role == "policy"]


def top(document: Document) -> int:
    return sum(clause.depth == 1 for clause in document.clauses)


def test_000() -> None:
    issue = seed("000")
    assert (issue.key, issue.number, issue.serial, issue.date) == ("73", 3, 73, "2023-05-10")
    assert [document.role for document in issue.documents] == [
        "policy",
        "commentary",
        "policy",
        "policy",
        "commentary",
        "policy",
    ]
    assert [top(document) for document in policies(issue)] == [15, 18, 5, 4]
    assert [document.date for document in policies(issue)] == [
        "2023-04-26",
        "2023-04-25",
        "2023-04-20",
        "2023-04-25",
    ]
    assert [document.level for document in policies(issue)] == ["central", "central", "ministry", "province"]
    assert [pick.title for pick in issue.picks] == [
        "产教联合体建设研究",
        "推进贸易数字化研究",
        "优化跨境结算服务研究",
    ]


def test_the_last_policy_of_000_has_numbered_clauses_below_its_first_two() -> None:
    labels = [clause.label for clause in policies(seed("000"))[-1].clauses]
    assert labels == ["（一）", "1.", "2.", "3.", "4.", "5.", "（二）", "1.", "2.", "3.", "（三）", "（四）"]


def test_001() -> None:
    issue = seed("001")
    assert (issue.key, issue.number, issue.date) == ("67", 7, "2022-10-18")
    assert [document.role for document in issue.documents] == ["policy"] * 4
    assert [top(document) for document in issue.documents] == [14, 5, 4, 26]
    assert [document.issuers for document in issue.documents] == [
        ("中共中央办公厅", "国务院办公厅"),
        ("工业和信息化部",),
        ("民政部办公厅", "财政部办公厅"),
        ("重庆市人民政府办公厅",),
    ]
    assert [pick.title for pick in issue.picks] == [
        "优化贸易方式研究",
        "推进贸产联动创新升级研究",
        "壮大技术技能人才队伍建设研究",
    ]


def test_002() -> None:
    issue = seed("002")
    assert issue.kind == "policy"
    (document,) = issue.documents
    assert (document.number, document.date) == ("吉政办发〔2018〕48号", "2018-12-12")
    assert (document.issuers, document.level) == (("吉林省人民政府办公厅",), "province")
    tens = ["", "十", "二十", "三十"]
    wanted = [f"（{tens[n // 10]}{CN[n % 10 - 1] if n % 10 else ''}）" for n in range(1, 36)]
    assert [clause.label for clause in document.clauses if clause.label in wanted] == wanted


def test_002_is_readable() -> None:
    text = "\n".join(line.text for line in clean_text(read_one(SEEDS["002"])[0].text).lines)
    assert len(re.findall("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", text)) < 60
    assert text.count("产教融合") == len(re.findall(r"产\s*教\s*融\s*合", text)) > 30
    assert "囯" not in text


def test_003() -> None:
    issue = seed("003")
    assert len(issue.documents) == 34
    assert sum(document.date is not None for document in issue.documents) >= 33
    assert issue.picks == ()
    clauses = [clause for document in issue.documents for clause in document.clauses]
    assert not any("\t" in clause.heading + clause.text for clause in clauses)
    assert sum(len(document.tables) for document in issue.documents) > 100


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_nothing_is_lost_and_cleaning_comes_to_rest(number: str) -> None:
    text = read_one(SEEDS[number])[0].text
    assert lost_lines(text, parse_text(text)) == []
    once = [line.text for line in clean_text(text).lines]
    assert [line.text for line in clean_text("\n".join(once)).lines] == once


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_no_warnings(number: str) -> None:
    assert seed(number).warnings == ()
