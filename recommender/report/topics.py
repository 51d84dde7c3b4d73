"""The topics of a model over time, as text and as the JSON of the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommender.emphasis.series import Series
from recommender.features.past import CountScore
from recommender.report.plain import printable
from recommender.report.trends import bars, series_contract, verdict


@dataclass(frozen=True, slots=True)
class NumberedTopic:
    """A topic by the number it keeps, with its strongest words and its series."""

    number: int
    words: tuple[str, ...]
    series: Series


@dataclass(frozen=True, slots=True)
class TopicHistories:
    """table: the numbers of topics tried, with their scores, empty where the office set the number.
    changes: what became of the topics of the model before, by number, as the manifest has it."""

    topics: tuple[NumberedTopic, ...]
    table: tuple[CountScore, ...]
    changes: Mapping[str, Any]


def render_topics(found: TopicHistories) -> str:
    """Each topic with its words, verdict and bars; how the number was chosen; what changed."""
    lines = [line for topic in found.topics for line in (*_topic_lines(topic), "")]
    lines += [*_table_lines(found), *_change_lines(found)]
    return printable("\n".join(lines).rstrip() + "\n")


def _topic_lines(topic: NumberedTopic) -> list[str]:
    series = topic.series
    lines = [
        f"主题 {topic.number}　{series.term}：{verdict(series)}",
        f"  主要词语：{'、'.join(topic.words)}",
    ]
    known = [point for point in series.points if point.of]
    if known:
        lines.append(f"  {series.points[0].period} {bars(series)} {series.points[-1].period}")
        lines.append(f"  最近 {known[-1].period}：占 {100 * (known[-1].share or 0):.0f}%")
    return lines


def _table_lines(found: TopicHistories) -> list[str]:
    if not found.table:
        return [f"主题个数 {len(found.topics)}：按设置。"]
    head = f"主题个数 {len(found.topics)}：由程序选定，兼顾连贯（NPMI，-1 至 1）和稳定（0 至 1）。试过的有："
    rows = [
        f"  {row.count:>3} 个　连贯 {row.coherence:.3f}　稳定 {row.stability:.3f}　综合 {row.score:.3f}"
        for row in found.table
    ]
    return [head, *rows]


def _change_lines(found: TopicHistories) -> list[str]:
    """What became of the topics of the model before; nothing for the first model."""
    if not found.changes:
        return []
    said = change_sentences(found.changes, {topic.number: topic.series.term for topic in found.topics})
    return ["", "与上一个模型相比：" + "；".join(said) + "。"]


def change_sentences(changes: Mapping[str, Any], names: Mapping[int, str]) -> list[str]:
    """New, split, merged, vanished and continued topics in words; a number without a name stands alone.

    changes: a ``Continuity`` as a mapping.
    """

    def named(numbers: Sequence[int]) -> str:
        return "、".join(f"{n} {names[n]}" if n in names else f"{n}" for n in numbers)

    said = [f"延续 {len(changes['continued'])} 个"]
    said += [f"新出现 {named(changes['new'])}"] if changes["new"] else []
    said += [f"主题 {named([old])} 分为 {named(parts)}" for old, parts in changes["split"]]
    said += [f"主题 {named(parts)} 并为 {named([new])}" for new, parts in changes["merged"]]
    said += [f"不再出现 {named(changes['vanished'])}"] if changes["vanished"] else []
    return said


def topics_contract(found: TopicHistories) -> dict[str, Any]:
    """The JSON of ``trends --topics``: that of terms, with number and words; table and changes."""
    return {
        "terms": [
            series_contract(topic.series) | {"topic": topic.number, "words": list(topic.words)}
            for topic in found.topics
        ],
        "table": [asdict(row) for row in found.table],
        "changes": dict(found.changes),
    }
