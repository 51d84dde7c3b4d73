"""The words an issue stresses, as text and JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommender.records import Issue
from recommender.report.build import issue_name
from recommender.report.plain import printable


@dataclass(frozen=True, slots=True)
class Stressed:
    """A word, its z-score, and how many clauses of the issue have it."""

    term: str
    z: float
    clauses: int


def render_stressed(issue: Issue, words: Sequence[Stressed]) -> str:
    """A line a word with the numbers behind it."""
    head = f"{issue_name(issue)}　比以往各期和一般政策文本突出的词语（z 为标准误的倍数，2 以上为明显）"
    if not words:
        return printable(f"{head}：没有。\n")
    lines = [f"{n:>3}. {one.term}　z={one.z:.1f}，{one.clauses} 个条款提到" for n, one in enumerate(words, 1)]
    return printable("\n".join([head, *lines]) + "\n")


def stressed_contract(issue: Issue, words: Sequence[Stressed]) -> dict[str, Any]:
    """The JSON of ``trends --distinctive``."""
    return {"issue": issue.key, "terms": [asdict(one) | {"z": round(one.z, 4)} for one in words]}
