"""The forms of a report: what each holds, and that none contradicts another."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Call, Trained

from recommender.office import desk
from recommender.recommend.profile import Profile
from recommender.recommend.wording import quoted
from recommender.records import Comparison, Evidence, Issue, PickMatch, Reason, Suggestion
from recommender.report.build import Report, Theme, issue_name
from recommender.report.contract import suggest_contract
from recommender.report.files import file_stem, write_report
from recommender.report.markdown import render_markdown
from recommender.report.text import render_comparison, render_list, render_screen
from recommender.report.tools import Tools
from recommender.report.wording import baseline_label, label_note, match_line
from recommender.workspace import Workspace

HOSTILE = "<AI&数据>|*重点*_[链接](http://x)`码`#~$\\尾"


def suggestion(rank: int, title: str, quote: str = "原文。") -> Suggestion:
    reasons = (
        Reason("fit", 0.9, 1.5, "专业契合：相近"),
        Reason("kind", 0.0, 0.0, "选题来源：无"),
        Reason("novelty", 0.2, -0.25, "选题新意：重复"),
    )
    evidence = (
        Evidence("商务部《通知》", "（一）标题", quote),
        Evidence("民政部《意见》", "2.另一条", "二。"),
    )
    return Suggestion(rank, title, 1.25, "贸易·服务", "heading", reasons, evidence)


def report(*titles: str, matches: tuple[PickMatch, ...] = ()) -> Report:
    return Report(
        issue=Issue("73", "bulletin", "示例动态", number=3, serial=73, date="2023-05-10"),
        model="20260101T000000Z-abcde",
        suggestions=tuple(suggestion(rank, title) for rank, title in enumerate(titles, 1)),
        matches=matches,
        themes=(Theme("贸易·服务", 0.25, 0.125),),
        profile=Profile(("贸易",), (), ()),
    )


MATCHES = (
    PickMatch("推进贸易研究", 2, "推进贸易数字化研究", "near"),
    PickMatch("养老服务研究", None, None, "none"),
)


def unescaped(markdown: str) -> str:
    """What a reader of the rendered Markdown sees of a line."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


# -- each form ------------------------------------------------------------------------------------


def test_the_text_is_the_list_and_nothing_else() -> None:
    assert render_list(report("甲研究", "乙研究")) == "本期推荐研究方向\n\n1. 甲研究\n2. 乙研究\n"
    assert render_list(report("甲研究", matches=MATCHES)) == "本期推荐研究方向\n\n1. 甲研究\n"


def test_the_screen_shows_why_and_where() -> None:
    text = render_screen(report("甲研究", "乙研究", matches=MATCHES))
    assert text.startswith(
        "示例动态 第3期·总第73期（2023-05-10）　推荐研究方向（模型 20260101T000000Z-abcde）\n\n"
    )
    assert " 1. 甲研究　得分 1.25　主题：贸易·服务\n    - 专业契合：相近\n" in text
    assert "    > 商务部《通知》　（一）标题：“原文。”\n" in text
    assert "选题来源：无" not in text  # what adds nothing is no reason
    assert text.endswith(
        "编辑选题对照（推荐时没有看过本期选题）\n  推进贸易研究：第 2 位，基本一致（推进贸易数字化研究）\n"
        "  养老服务研究：未命中\n"
    )


def test_the_screen_without_directions_says_why() -> None:
    assert "这一期没有找到可以推荐的方向" in render_screen(report())
    assert "编辑选题对照" not in render_screen(report("甲研究"))


def test_markdown_holds_the_whole_report() -> None:
    text = render_markdown(report("甲研究", "乙研究", matches=MATCHES))
    headings = re.findall(r"^(#+ .*)$", text, re.MULTILINE)
    assert headings == [
        "# 示例动态 第3期·总第73期（2023-05-10）：推荐研究方向",
        *("## 1. 甲研究", "## 2. 乙研究", "## 本期政策关注度", "## 与编辑选题对照"),
    ]
    assert "\n\n1. 甲研究\n2. 乙研究\n\n" in text
    assert "得分 1.25；来源：条款标题；主题：贸易·服务" in text
    for row in ("| 专业契合：相近 | +1.50 |", "| 选题来源：无 | +0.00 |", "| 选题新意：重复 | -0.25 |"):
        assert row in text
    assert "> 原文。\n>\n> —— 商务部《通知》　（一）标题" in text
    assert "| 贸易·服务 | 25.0% | 12.5% |" in text
    assert "- 推进贸易研究：第 2 位，基本一致（推进贸易数字化研究）\n- 养老服务研究：未命中\n" in text
    assert text.endswith("模型 20260101T000000Z-abcde。\n")


def test_markdown_leaves_out_what_there_is_not() -> None:
    text = render_markdown(replace(report("甲研究"), themes=()))
    assert "与编辑选题对照" not in text
    assert "政策关注度" not in text
    assert "还没有以往的编辑选题" in text


# -- text of documents is text --------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", [HOSTILE, "- 甲", "1. 甲", "2) 乙", "+ 甲", "=== 甲", "&lt;b&gt;", "~~删~~"]
)
def test_markdown_reads_no_marks_of_documents(title: str) -> None:
    text = render_markdown(replace(report(), suggestions=(suggestion(1, title, title),)))
    lines = text.splitlines()
    assert unescaped(next(line for line in lines if line.startswith("1. "))) == f"1. {title}"
    assert unescaped(next(line for line in lines if line.startswith("> "))) == f"> {title}"
    quoted = next(line for line in lines if line.startswith("> "))[2:]
    assert not re.search(r"(?<!\\)[<>&*_`|\[\]#~$]", quoted)
    assert not re.match(r"\s*([-+=]|\d+[.)])", quoted)


def test_a_table_of_markdown_keeps_its_columns() -> None:
    reasons = (Reason("fit", 1.0, 1.0, "甲|乙\n丙"),)
    one = replace(suggestion(1, "甲研究"), reasons=reasons, score=1.0)
    assert "| 甲\\|乙 丙 | +1.00 |\n" in render_markdown(replace(report(), suggestions=(one,)))


def test_no_form_carries_control_characters() -> None:
    hostile = report("甲\x1b[31m\x07\u202e研究")
    for text in (render_screen(hostile), render_list(hostile), render_markdown(hostile)):
        assert "甲" in text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_text_and_screen_keep_odd_characters() -> None:
    for text in (render_list(report(HOSTILE)), render_screen(report(HOSTILE))):
        assert f"1. {HOSTILE}" in text


# -- the forms agree ------------------------------------------------------------------------------


def titles_of(text: str, pattern: str) -> list[str]:
    return [unescaped(title) for title in re.findall(pattern, text, re.MULTILINE)]


@pytest.mark.parametrize("key", ["1", "2023-11-15", "8"])
def test_all_forms_draw_the_same_titles_in_the_same_order(trained: Trained, key: str) -> None:
    made = desk.report_on(Workspace(trained.home), key)
    titles = [one["title"] for one in suggest_contract(made)["suggestions"]]
    assert len(titles) > 3
    assert titles_of(render_list(made), r"^\d+\. (.*)$") == titles
    assert titles_of(render_screen(made), r"^ *\d+\. (.*?)　得分") == titles
    assert titles_of(render_markdown(made), r"^\d+\. (.*)$") == titles
    assert titles_of(render_markdown(made), r"^## \d+\. (.*)$") == titles


def test_screen_and_markdown_show_the_same_facts(trained: Trained) -> None:
    made = desk.report_on(Workspace(trained.home), "8")
    screen, markdown = render_screen(made), unescaped(render_markdown(made))
    for text in (screen, markdown):
        assert made.model in text
        assert issue_name(made.issue) in text
        assert text.count("得分 ") >= len(made.suggestions)
        assert all(match_line(match) in text for match in made.matches)
    for one in made.suggestions:
        assert f"得分 {one.score:.2f}" in screen
        assert all(reason.text in markdown for reason in one.reasons)
        assert all(found.quote in markdown for found in one.evidence)
        assert quoted(one.evidence[0].quote) in screen


# -- the comparison -------------------------------------------------------------------------------


def test_the_comparison_lists_issues_and_measures() -> None:
    values = {"recall@3": 0.5, "recall@10": 1.0, "mrr": 0.25, "ndcg@10": 0.125}
    text = render_comparison(Comparison((("73", MATCHES),), values, {"heading_order": values}, 2))
    assert text.startswith("73\n  推进贸易研究：第 2 位")
    rows = [line.split() for line in text.splitlines() if line.endswith(("@10", "0.125"))]
    assert rows == [
        ["方法", "recall@3", "recall@10", "mrr", "ndcg@10"],
        ["本程序", "0.500", "1.000", "0.250", "0.125"],
        ["条款标题原序", "0.500", "1.000", "0.250", "0.125"],
    ]
    assert text.endswith("不足以分出相近方法的高低。\n")


def test_what_labels_can_show() -> None:
    assert label_note(0, 0) == "还没有编辑选题可以对照。"
    assert "选题太少" in label_note(29, 10)
    assert "选题太少" not in label_note(30, 10)
    assert baseline_label("random_in_pool") == "候选随机排序（期望）"


@pytest.mark.parametrize(
    ("grade", "said"),
    [("exact", "完全一致"), ("near", "基本一致"), ("related", "内容相关"), ("topic", "同一主题")],
)
def test_every_grade_has_a_name(grade: str, said: str) -> None:
    assert said in match_line(PickMatch("甲", 1, "乙", grade))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (
            {"title": "动态", "number": 3, "serial": 73, "date": "2023-05-10"},
            "动态 第3期·总第73期（2023-05-10）",
        ),
        ({"title": "动态", "serial": 73}, "动态 总第73期"),
        ({"title": "", "number": 1}, "第1期"),
        ({"title": "关于某事的通知", "date": "2023-05"}, "关于某事的通知（2023-05）"),
    ],
)
def test_how_an_issue_is_named(facts: dict[str, object], name: str) -> None:
    assert issue_name(Issue("73", "bulletin", **facts)) == name  # type: ignore[arg-type]


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "stem"),
    [
        ("73", "73"),
        ("2023-05-10", "2023-05-10"),
        ("73-abc123", "73-abc123"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ('a:b*c?"d<e>f|g\\h', "a-b-c-d-e-f-g-h"),
        ("第 3\t期\n\x00", "第-3-期-"),
        ("..", "issue-"),
        ("", "issue-"),
        ("CON", "issue-CON"),
        ("com1", "issue-com1"),
        ("期" * 300, "期" * 80),
    ],
)
def test_a_key_becomes_a_safe_file_name(tmp_path: Path, key: str, stem: str) -> None:
    assert file_stem(key) == stem
    made = replace(report("甲研究"), issue=replace(report().issue, key=key))
    files = write_report(made, tmp_path / "out", ["md", "txt", "md"], Tools(None, tmp_path))
    assert files == (tmp_path / "out" / f"{stem}.md", tmp_path / "out" / f"{stem}.txt")
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(files)
    assert all(path.read_bytes().endswith(b"\n") and b"\r" not in path.read_bytes() for path in files)


def test_a_report_is_written_over_the_earlier_one(call: Call, trained: Trained, tmp_path: Path) -> None:
    for _ in range(2):
        ran = call("--home", trained.home, "report", "8", "--out", tmp_path / "a" / "b", "--as", "txt")
        assert (ran.code, ran.err, ran.out) == (0, "", f"{tmp_path}/a/b/8.txt\n")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["8.txt"]
    assert (tmp_path / "a" / "b" / "8.txt").read_bytes() == (trained.home / "reports" / "8.txt").read_bytes()
