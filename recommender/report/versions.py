"""Model versions in words: a list, one version, and what changed between two."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recommender.evaluation.metrics import MEASURES
from recommender.lifecycle.diff import ModelDiff, Move
from recommender.recommend.features import FEATURES

STATES = {
    "serving": "正在使用",
    "previous": "上一个",
    "withdrawn": "已退回",
    "refused": "没有通过检验",
    "kept": "备用",
    "damaged": "已损坏",
}


def version_line(version: str, state: str, facts: Mapping[str, Any]) -> str:
    """One version in a line."""
    parts = [f"{version}　{STATES[state]}"]
    if facts:
        parts.append(f"{facts.get('issues', 0)} 期，{len(facts.get('topics', ()))} 个主题")
        parts.append(_scores(facts.get("scores") or {}))
    return "　".join(part for part in parts if part)


def _scores(scores: Mapping[str, float]) -> str:
    return "，".join(
        f"{MEASURES[name].label} {value:.3f}" for name, value in scores.items() if name in MEASURES
    )


def render_version(version: str, state: str, facts: Mapping[str, Any]) -> str:
    """One version with what its manifest says."""
    libraries = "、".join(f"{name} {number}" for name, number in facts.get("libraries", {}).items())
    first, last = facts.get("issue_range", ("", ""))
    rows = {
        "状态": STATES[state],
        "训练时间": facts.get("trained_at", ""),
        "学自": f"{facts.get('issues', 0)} 期（{first} 至 {last}），{facts.get('clauses', 0)} 条条款",
        "主题": "、".join(facts.get("topics", ())),
        "检验": f"{facts.get('judged_issues', 0)} 期有编辑选题；{_scores(facts.get('scores') or {}) or '无'}",
        "接续": facts.get("follows", "无"),
        "程序": f"{libraries}；分词 {facts.get('segmenter', '')}",
        "输入校验值": facts.get("fingerprint", ""),
    }
    return "\n".join([version, *(f"  {name}：{value}" for name, value in rows.items())]) + "\n"


def render_diff(old: str, new: str, diff: ModelDiff) -> str:
    """What changed, in sentences."""
    lines = [f"从 {old} 到 {new}：", *(f"- {line}" for line in _sentences(diff))]
    moves = [f"- {_move(move, diff.length)}" for move in diff.moves]
    if diff.issue:
        head = f"第 {diff.issue} 期的前 {diff.length} 条推荐"
        lines += ["", f"{head}有 {len(moves)} 处变化：" if moves else f"{head}没有变化。", *moves]
    return "\n".join(lines) + "\n"


def _sentences(diff: ModelDiff) -> Iterator[str]:
    topics, terms = diff.topics, diff.terms
    if diff.issues_new:
        yield f"多学了 {len(diff.issues_new)} 期：{_some(diff.issues_new)}。"
    if diff.issues_gone:
        yield f"少了 {len(diff.issues_gone)} 期：{_some(diff.issues_gone)}。"
    yield (
        f"主题有 {topics.kept} 个延续" + _counted("新出现", topics.new) + _counted("消失", topics.gone) + "。"
    )
    yield from (f"主题「{now}」由{_quoted(parts)}合并而来。" for now, parts in topics.merged)
    yield from (f"主题「{was}」分成了{_quoted(parts)}。" for was, parts in topics.split)
    yield from (f"主题「{was}」改称「{now}」。" for was, now in topics.renamed)
    gone = f"不再用 {terms.n_gone} 个{_examples(terms.gone)}"
    yield f"词语新增 {terms.n_new} 个{_examples(terms.new)}，{gone}。"
    if diff.weights:
        shown = [f"{FEATURES[name].label} {was:.2f} → {now:.2f}" for name, was, now in diff.weights[:6]]
        yield f"学到的权重有 {len(diff.weights)} 项变化：{'，'.join(shown)}。"
    else:
        yield "学到的权重没有变。"
    if not diff.settings:
        yield "设置没有变。"
    for place, was, now in diff.settings:
        yield f"设置 {place} 由 {_plain(was)} 改为 {_plain(now)}。"


def _move(move: Move, length: int) -> str:
    """深化产教融合研究：第 8 位升到第 3 位，因为选题习惯 +0.21。"""
    was, now = move.before, move.now
    if was is None:
        return f"{move.title}：新进名单，排第 {now} 位（以前没有这个候选，或由相近的说法代替）。"
    if now is None:
        return f"{move.title}：原第 {was} 位，不再单列（没有这个候选了，或由相近的说法代替）。"
    path = f"第 {was} 位{'升' if now < was else '降'}到第 {now} 位"
    if was > length:
        path += "，进入推荐"
    elif now > length:
        path += "，退出推荐"
    causes = "、".join(f"{FEATURES[name].label} {change:+.2f}" for name, change in move.causes)
    why = f"因为{causes}" if causes else "自身得分变化不大，是前后别的方向变了"
    return f"{move.title}：{path}，{why}。"


def _counted(word: str, labels: Sequence[str]) -> str:
    return f"，{word} {len(labels)} 个：{_quoted(labels)}" if labels else ""


def _quoted(labels: Sequence[str]) -> str:
    return "、".join(f"「{label}」" for label in labels)


def _some(keys: Sequence[str]) -> str:
    return "、".join(keys[:8]) + ("等" if len(keys) > 8 else "")


def _examples(terms: Sequence[str]) -> str:
    return f"（{'、'.join(terms[:8])}）" if terms else ""


def _plain(value: Any) -> str:
    if value is None or value in ([], ""):
        return "（无）"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
