"""Reports made by hand: plain ones, and one whose every text is hostile."""

import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

from recommender.emphasis.series import Point, describe
from recommender.recommend.profile import Profile
from recommender.records import (
    Clause,
    Comparison,
    Document,
    Evidence,
    Issue,
    PickMatch,
    Reason,
    SimilarProject,
    Suggestion,
)
from recommender.report.build import (
    IssueLabel,
    Outlook,
    Overview,
    Report,
    TermHistory,
    Theme,
    TopicHistory,
)

MODEL = "20260101T000000Z-abcde"
MEASURES = {"recall@3": 0.25, "recall@10": 0.5, "mrr": 0.4, "ndcg@10": 0.3}

# What documents may hold: HTML, formulas, control characters, marks of direction, emoji, length.
ATTACKS = (
    "<script>window.hacked=1</script>研究",
    '"><img src=x onerror="window.hacked=1">研究',
    "</script><script>window.hacked=1</script>",
    '=HYPERLINK("http://example.invalid","点")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "{{ 7*7 }}{% raw %}",
    "<AI&数据>融合\x00\x07\x1b[31m研究",
    "\u202e反向\u200f右左\u2066研究",
    "长" * 10_000,
    "W" * 3_000,
    "表情😀研究👩‍🏫",
    "\ud800半个\ufffe研究",
    "]]>&amp;<!-- 研究 -->",
)


def topic(number: int, label: str, *shares: float) -> TopicHistory:
    points = [Point(f"{place}", share, 1, 1) for place, share in enumerate(shares)]
    return TopicHistory(number, label, shares, describe(label, "本库", points))


def term(word: str) -> TermHistory:
    """Eight years in the background with a burst at their end, three issues of one's own."""
    hits = (0, 1, 0, 0, 1, 0, 25, 28)
    behind = [Point(f"{2018 + i}", hit / 31, hit, 31) for i, hit in enumerate(hits)]
    own = [Point(f"第{i}期", 0.1 * i, i, 3) for i in range(1, 4)]
    dates = ("2024-03-01", "2024-09-01", "2025-03-01")
    return TermHistory(word, describe(word, "本库", own), dates, describe(word, "省级政府工作报告", behind))


def suggestion(rank: int, title: str, topic: str = "贸易", quote: str = "原文。") -> Suggestion:
    return Suggestion(
        rank,
        title,
        1.25,
        topic,
        "heading",
        (Reason("fit", 0.9, 1.5, f"专业契合：{title}"), Reason("novelty", 0.2, -0.25, "选题新意：重复")),
        (Evidence("商务部《通知》", "（一）推进", quote),),
        narrower=(f"{title}路径",),
        departments=("商贸学院", "信息学院"),
        projects=(SimilarProject(f"{title}立项", 2024, "商贸学院", 0.8),),
    )


def make_report(*titles: str, text: str = "原文。") -> Report:
    """A report on an issue of one document, with an outlook of two topics and two terms."""
    clauses = (
        Clause("一、", "总的要求", "上一条的文字。", 1),
        Clause("（一）", "推进", f"前文。{text}后文。", 2),
        Clause("（二）", "发展", "下一条的文字。", 2),
    )
    document = Document("一、", "商务部《通知》", "通知", ("商务部",), "ministry", clauses=clauses)
    issue = Issue("73", "bulletin", "示例动态", number=3, serial=73, date="2025-03-01", documents=(document,))
    matches = tuple(PickMatch(title, rank, title, "exact") for rank, title in enumerate(titles[:2], 1))
    matches += (PickMatch("没有命中的选题研究", None, None, "none"),)
    labels = titles[:2] if len(titles) > 1 else ("贸易", "养老")
    outlook = Outlook(
        issues=tuple(
            IssueLabel(key, f"总第{key}期", f"2025-0{n}-01") for n, key in enumerate(("71", "72", "73"), 1)
        ),
        topics=(topic(3, labels[0], 0.6, 0.2, 0.5), topic(7, labels[1], 0.4, 0.8, 0.5)),
        terms=(term("产教融合"), term(titles[0] if titles else "跨境电商")),
        comparison=Comparison((("73", matches),), MEASURES, {"heading_order": MEASURES}, len(matches)),
    )
    return Report(
        issue=issue,
        model=MODEL,
        suggestions=tuple(suggestion(n, title, labels[0], text) for n, title in enumerate(titles, 1)),
        matches=matches,
        themes=(Theme(labels[0], 0.25, 0.125),),
        profile=Profile(("贸易",), (), ()),
        outlook=outlook,
    )


def hostile_report() -> Report:
    return make_report(*ATTACKS, text="".join(ATTACKS))


def make_overview(*reports: Report) -> Overview:
    return Overview("2025", "2025 年", MODEL, reports, reports[0].outlook)


# -- reading forms back ---------------------------------------------------------------------------

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook_cells(data: bytes) -> dict[str, list[list[str]]]:
    """Sheet → rows of the cells' texts, as Excel would show them; a formula is an error."""
    with ZipFile(BytesIO(data)) as book:
        shared = [
            "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
            for item in ET.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [
            sheet.get("name", "")
            for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        ]
        sheets = {}
        for number, name in enumerate(names, 1):
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{_MAIN}f")), f"a formula in {name}"
            assert not list(root.iter(f"{_MAIN}hyperlink")), f"a link in {name}"
            sheets[name] = [
                [_text(cell, shared) for cell in row.iter(f"{_MAIN}c")] for row in root.iter(f"{_MAIN}row")
            ]
    return sheets


def _text(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_MAIN}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
