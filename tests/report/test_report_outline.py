"""The outline: what the parser understood, for reading over; every repair with a Chinese name."""

import re
from pathlib import Path

import pytest
from conftest import Call, Trained

from recommender import intake
from recommender.intake.repairs import MARKS, SCANS, close_gaps
from recommender.records import Clause, Document, Issue, Pick
from recommender.report.outline import REPAIRS, render_outline

CLAUSES = (
    Clause("", "", "没有编号的一段，\n分成两行。", 0),
    Clause("（一）", "推进贸易数字化", "正文。", 1),
    Clause(
        "1.", "", "只有正文，没有标题的一条，写得很长很长，长过了三十个字，所以后面的字不再显示出来了。", 2
    ),
)
ISSUE = Issue(
    "73",
    "bulletin",
    "示例动态",
    serial=73,
    institution="示例学院",
    documents=(
        Document(
            "一、",
            "商务部《通知》",
            "通知",
            ("商务部",),
            "ministry",
            "2023-05-01",
            "商发〔2023〕1号",
            "policy",
            CLAUSES,
            ("甲\t乙", "丙\t丁"),
        ),
        Document("二、", "某报评论", "评论", role="commentary"),
    ),
    picks=(Pick("1. 推进贸易数字化究。", "推进贸易数字化研究"),),
    repairs=(("close_gaps", 12), ("rejoin_paragraphs", 1)),
    warnings=("第 9 行：“某报评论”下面没有正文。",),
)


def test_the_outline_shows_what_was_understood() -> None:
    assert render_outline(ISSUE) == (
        "示例动态 总第73期　期号 73\n"
        "主办：示例学院\n"
        "\n"
        "一、商务部《通知》\n"
        "  （政策文件，2023-05-01，商务部，商发〔2023〕1号）\n"
        "    没有编号的一段， 分成两行。\n"
        "    （一）推进贸易数字化\n"
        "      1.只有正文，没有标题的一条，写得很长很长，长过了三十个字，所以\n"
        "    （另有表格 2 行，不作条款）\n"
        "\n"
        "二、某报评论\n"
        "  （相关评论，无日期）\n"
        "\n"
        "编辑选题\n"
        "  1. 推进贸易数字化研究\n"
        "\n"
        "修补：去掉汉字间的空格 12 处，接上断开的段落 1 处\n"
        "注意：第 9 行：“某报评论”下面没有正文。\n"
    )


def test_little_is_enough() -> None:
    assert render_outline(Issue("x", "policy", "")) == "　期号 x\n主办：未印明\n"


def names_of_repairs() -> set[str]:
    """Every name intake may count: its repair functions, and the names it counts in passing."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(intake.__path__[0]).glob("*.py"))
    counted = set(re.findall(r"""counts\[["'](\w+)["']\]""", source))
    return {repair.__name__ for repair in (*MARKS, *SCANS, close_gaps)} | counted


def test_every_repair_has_a_chinese_name() -> None:
    produced = names_of_repairs()
    assert {"rejoin_paragraphs", "drop_repeated", "mend_confusions"} <= produced
    unnamed = produced - set(REPAIRS) - {"plain_blanks"}  # which never counts
    assert unnamed == set()
    assert set(REPAIRS) <= produced  # none is left over
    assert all(re.search("[\u4e00-\u9fff]", name) for name in REPAIRS.values())
    assert len(set(REPAIRS.values())) == len(REPAIRS)


@pytest.mark.parametrize("key", ["1", "2", "2023-11-15", "4", "5", "7", "8"])
def test_the_outline_of_the_sample(call: Call, trained: Trained, key: str) -> None:
    text = call("--home", trained.home, "show", key).out
    issue = call("--home", trained.home, "show", key, "--format", "json").json
    assert f"期号 {key}\n" in text
    places = [text.index(document["title"]) for document in issue["documents"]]
    assert places == sorted(places)
    headings = [c["label"] + c["heading"] for d in issue["documents"] for c in d["clauses"] if c["heading"]]
    assert headings
    assert all(heading in text for heading in headings)
    assert re.findall(r"^  \d+\. (.*)$", text.partition("编辑选题\n")[2], re.MULTILINE) == issue["picks"]
    for name, count in issue["repairs"].items():
        assert f"{REPAIRS[name]} {count} 处" in text
    assert all(f"注意：{warning}" in text for warning in issue["warnings"])
