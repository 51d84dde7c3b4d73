"""What the editors chose, as text, as a file for Excel, and as JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from recommender.report.plain import printable

if TYPE_CHECKING:
    from recommender.choices.listing import Chosen
    from recommender.evaluation.agreement import Agreement
    from recommender.evaluation.uptake import Learned

COLUMNS = ("期号", "编辑", "推荐方向", "决定", "采用的题目", "理由", "时间")
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def choices_csv(chosen: "Sequence[Chosen]") -> bytes:
    """A table that Excel opens by a double click: UTF-8 with its mark, no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in _row(one)] for one in chosen)
    return text.getvalue().encode("utf-8-sig")


def choices_json(chosen: "Sequence[Chosen]") -> bytes:
    """The same as JSON, one object a decision."""
    return f"{json.dumps(choices_contract(chosen), ensure_ascii=False, indent=1)}\n".encode()


def choices_contract(chosen: "Sequence[Chosen]") -> list[dict[str, Any]]:
    """One object a decision: issue, user, and what was decided."""
    return [
        {"issue": one.issue, "user": one.user, **asdict(one.decision), "edited": one.decision.edited}
        for one in chosen
    ]


def learned_contract(learned: "Learned | None", agreement: "Agreement") -> dict[str, Any]:
    """What was learned, None before the first training, and how far the editors agree."""
    return {"learned": None if learned is None else asdict(learned), "agreement": asdict(agreement)}


def render_choices(chosen: "Sequence[Chosen]", said: Sequence[str]) -> str:
    """The decisions issue by issue, then what was learned from them."""
    lines: list[str] = []
    heads: Mapping[tuple[str, str], list[Chosen]] = _by_list(chosen)
    for (issue, user), decisions in heads.items():
        lines += [f"第 {issue} 期　{user}", *(f"  {_line(one)}" for one in decisions), ""]
    lines += said if chosen else ["还没有人在网页上选过。运行 recommender serve 打开网页。"]
    return printable("\n".join(lines) + "\n")


def _by_list(chosen: "Sequence[Chosen]") -> "dict[tuple[str, str], list[Chosen]]":
    found: dict[tuple[str, str], list[Chosen]] = {}
    for one in chosen:
        found.setdefault((one.issue, one.user), []).append(one)
    return found


def _line(one: "Chosen") -> str:
    decision = one.decision
    changed = f" → {decision.wording}" if decision.edited else ""
    reason = f"（{decision.reason}）" if decision.reason else ""
    return f"{said_of(one)}　{decision.title}{changed}{reason}"


def said_of(one: "Chosen") -> str:
    """What was decided, in a word."""
    if one.decision.verdict == "rejected":
        return "不采纳"
    if one.decision.own:
        return "自拟"
    return "改写采纳" if one.decision.edited else "采纳"


def _row(one: "Chosen") -> tuple[str, ...]:
    decision = one.decision
    printed = decision.wording if decision.verdict == "accepted" else ""
    return one.issue, one.user, decision.title, said_of(one), printed, decision.reason, decision.at


def _guarded(cell: str) -> str:
    """A cell that stays text: an apostrophe before what would begin a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
