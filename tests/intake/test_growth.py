"""Reading a file twice as long takes about twice the work, whatever it is full of.

Work is counted in calls and lines run, not in time, which would depend on the machine.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from recommender.intake.parse import parse_text

_HEAD = "高职教育动态\n第3期·总第73期\n2023年5月10日\n示例学院科研处\n\n"
_TITLE = "一、国务院办公厅《关于推动外贸稳定增长的意见》\n"
_NUMERALS = "一二三四五六七八九十"

# what a file may be full of: how the n-th piece of it looks, after a head and a title
PIECES: dict[str, Callable[[int], str]] = {
    "clauses": lambda n: f"（{_NUMERALS[n % 10]}）推进第{n}项贸易。支持外贸企业使用平台。\n",
    "documents": lambda n: (
        f"{_NUMERALS[n % 10]}、国务院《关于推动第{n}项外贸的意见》\n（一）推进贸易。支持企业。\n"
    ),
    "broken paragraphs": lambda n: f"支持外贸企业{n}使用数字平台\n\n开展贸易，",
    "one long line": lambda n: f"支持外贸企业{n}使用数字平台，开展贸易。",
    "scanned lines": lambda n: f"（一）推 进 贸 易 数 字 化 第 {n} 项 。 支 持 外 贸 企 业 。\n",
    "contents": lambda n: f"第{n}项贸易工作的意见..........{n % 90}\n",
    "table rows": lambda n: f"项目{n}\t单位\t数额{n}\n",
    "picks": lambda n: f"{n + 1}.贸易第{n}项数字化研究\n",
    "plain paragraphs": lambda n: f"这是第{n}段没有编号的文字，说的是贸易。\n",
    "open quotation marks": lambda n: f"支持“外贸《企业（使用第{n}个数字平台\n",
    "blank lines": lambda n: "\n\n\n",
    "page numbers": lambda n: f"{n}\n",
    "nested numbering": lambda n: f"（{_NUMERALS[n % 10]}）做好工作\n1.支持企业\n①使用平台{n}\n一是做好。\n",
}


def work(text: str) -> int:
    """Calls and lines run while a text is parsed."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parse_text(text)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("kind", PIECES)
def test_twice_the_file_is_twice_the_work(kind: str) -> None:
    foot = "二、本期推荐研究方向\n" if kind == "picks" else "（一）发展贸易。支持企业。\n"
    texts = [
        _HEAD + _TITLE + "（一）推进外贸。" + foot + "".join(map(PIECES[kind], range(size)))
        for size in (150, 300)
    ]
    parse_text(texts[1])  # fills what is remembered
    small, large = map(work, texts)
    assert large < 2.6 * small
