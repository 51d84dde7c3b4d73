"""Phrases that several forms of a report share."""

from typing import TYPE_CHECKING

from recommender.evaluation.baselines import BASELINES, RANDOM
from recommender.records import Grade, PickMatch, Reason, Suggestion

if TYPE_CHECKING:
    from recommender.report.build import Report

GRADE_LABELS: dict[Grade, str] = {
    "exact": "完全一致",
    "near": "基本一致",
    "related": "内容相关",
    "topic": "同一主题",
    "none": "未命中",
}
SOURCE_LABELS = {"heading": "条款标题", "title": "文件主题", "phrase": "反复出现的短语"}


def main_reasons(suggestion: Suggestion, count: int = 3) -> tuple[Reason, ...]:
    """The reasons that lift a direction most; those that add nothing are left out."""
    return tuple(reason for reason in suggestion.reasons[:count] if reason.contribution > 0)


def match_line(match: PickMatch) -> str:
    """How a pick fared, as a sentence."""
    if match.rank is None:
        return f"{match.pick}：未命中"
    return f"{match.pick}：第 {match.rank} 位，{GRADE_LABELS[match.grade]}（{match.matched}）"


def label_note(labels: int, issues: int) -> str:
    """What so many labels can show, and what they cannot."""
    if not labels:
        return "还没有编辑选题可以对照。"
    note = f"共对照 {issues} 期、{labels} 条编辑选题；每期都在不看本期选题的情况下推荐。"
    if labels < 30:
        note += "选题太少，只能看出大致好坏，不足以分出相近方法的高低。"
    return note


def baseline_label(name: str) -> str:
    """The reader's name of a baseline."""
    return dict([RANDOM]).get(name) or BASELINES[name][0]


def basis_note(report: "Report") -> str:
    """What the list rests on, and the model that made it."""
    picks = len(report.profile.picks)
    learned = f"以往 {picks} 条编辑选题" if picks else "（还没有以往的编辑选题）"
    fields = "、".join(report.profile.themes)
    return f"依据：学校专业（{fields}）、{learned}、本期条款与历年政策文本；模型 {report.model}。"
