"""Phrases that several forms of a report share."""

from typing import TYPE_CHECKING

from recommender.evaluation.baselines import BASELINES, RANDOM
from recommender.records import (
    Comparison,
    Evidence,
    Grade,
    PickMatch,
    Reach,
    Reason,
    SimilarProject,
    Suggestion,
)

if TYPE_CHECKING:
    from recommender.report.build import Report

GRADE_LABELS: dict[Grade, str] = {
    "exact": "完全一致",
    "near": "基本一致",
    "related": "内容相关",
    "topic": "同一主题",
    "none": "未命中",
}
SOURCE_LABELS = {"heading": "条款标题", "title": "文件主题", "phrase": "反复出现的短语", "own": "编辑自拟"}


def main_reasons(suggestion: Suggestion, count: int = 3) -> tuple[Reason, ...]:
    """The reasons that lift a direction most; those that add nothing are left out."""
    return tuple(reason for reason in suggestion.reasons[:count] if reason.contribution > 0)


def source_line(evidence: Evidence, between: str = "　") -> str:
    """Where a quotation stands: its document, and its clause if that has a number or a heading.

    >>> source_line(Evidence("《意见》", "一、总则", "甲。"), "，")
    '《意见》，一、总则'
    >>> source_line(Evidence("《意见》", "", "甲。"))
    '《意见》'
    """
    return between.join(filter(None, (evidence.document, evidence.clause)))


def project_line(project: SimilarProject) -> str:
    """A funded project like a direction, with year, department and similarity.

    >>> project_line(SimilarProject("海外仓研究", 2023, "商贸学院", 0.6124))
    '《海外仓研究》（2023年，商贸学院，相似度 0.61）'
    """
    facts = [f"{project.year}年", project.department, f"相似度 {project.similarity:.2f}"]
    return f"《{project.title}》（{'，'.join(filter(None, facts))}）"


def match_line(match: PickMatch) -> str:
    """How a pick fared, as a sentence."""
    why = f"；{match.why}" if match.why else ""
    if match.rank is None:
        return f"{match.pick}：未命中{why}"
    return f"{match.pick}：第 {match.rank} 位，{GRADE_LABELS[match.grade]}（{match.matched}）{why}"


def label_note(labels: int, issues: int) -> str:
    """What so many labels can show, and what they cannot."""
    if not labels:
        return "还没有编辑选题可以对照。"
    note = f"共对照 {issues} 期、{labels} 条编辑选题；每期都在不看本期选题的情况下推荐。"
    if labels < 30:
        note += "选题太少，只能看出大致好坏，不足以分出相近方法的高低。"
    return note


def comparison_notes(comparison: Comparison) -> list[str]:
    """What stands beside the table of measures: reach, loose hits, intervals, lift, what so many
    labels prove."""
    notes = []
    if comparison.reach:
        reached, picks, size = (sum(part) for part in zip(*map(_counts, comparison.reach), strict=True))
        notes.append(f"候选覆盖：{picks} 条选题中 {reached} 条在候选里，候选共 {size} 条。")
    if comparison.loose:
        loose = comparison.loose["recall@10"]
        notes.append(f"把内容相关的也算上，前 10 位命中率为 {loose:.3f}。")
    if comparison.intervals and comparison.lift:
        low, high = comparison.intervals["recall@10"]
        mean, least, most = comparison.lift
        notes.append(f"前 10 位命中率的 95% 区间（按期重抽样）：{low:.3f} 至 {high:.3f}。")
        notes.append(f"比同一批候选随机排列多命中 {mean:.3f}（95% 区间 {least:.3f} 至 {most:.3f}）。")
    return [*notes, label_note(comparison.labels, len(comparison.issues))]


def _counts(reach: Reach) -> tuple[int, int, int]:
    return reach.reached, reach.picks, reach.candidates


def baseline_label(name: str) -> str:
    """The reader's name of a baseline."""
    return dict([RANDOM]).get(name) or BASELINES[name][0]


def basis_note(report: "Report") -> str:
    """Who settled on the list, what it rests on, and the model that made it."""
    picks = len(report.profile.picks)
    learned = f"以往 {picks} 条编辑选题" if picks else "（还没有以往的编辑选题）"
    fields = "、".join(report.profile.themes)
    settled = f"方向由 {report.editor} 选定。" if report.editor else ""
    return f"{settled}依据：学校专业（{fields}）、{learned}、本期条款与历年政策文本；模型 {report.model}。"
