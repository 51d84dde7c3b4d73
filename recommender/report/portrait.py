"""A college's effective profile as text for the screen."""

from collections.abc import Iterable

from recommender.recommend.portrait import Field, NearWord, Portrait
from recommender.report.plain import printable
from recommender.report.wording import SOURCE_LABELS


def render_portrait(portrait: Portrait) -> str:
    """Fields with departments and nearest words, places, what earlier picks show, projects."""
    origin = "recommender.toml 里写明的" if portrait.stated else "没有写明，从校名和刊名推测的"
    lines = ["学校画像：推荐时按它判断合不合适", "", f"学科专业（{origin}）"]
    lines += [f"  {_field_line(field)}" for field in portrait.fields]
    lines += ["", f"所在地：{'、'.join(portrait.places) or '没有写明'}", "", *_pick_lines(portrait)]
    lines.append(f"立项课题：{portrait.projects} 项")
    return printable("\n".join(lines) + "\n")


def _field_line(field: Field) -> str:
    taught = f"（{'、'.join(field.departments)}）" if field.departments else ""
    near = _words(field.nearest) or "不认识这个词，只有写到它的方向才算契合；换个常用的说法会更准"
    return f"{field.name}{taught}：{near}"


def _pick_lines(portrait: Portrait) -> list[str]:
    if not portrait.picks:
        return ["以往选题：还没有，读入有“本期推荐研究方向”的动态后会从中学习"]
    labels = SOURCE_LABELS | {"elsewhere": "其他"}
    sources = "，".join(f"{labels[name]} {count} 条" for name, count in portrait.sources.items())
    shared = "、".join(f"{word}（{count} 条）" for word, count in portrait.words.items())
    return [
        f"以往选题：{portrait.picks} 条，来自{sources}",
        f"  常见的词：{shared or '没有两条共有的词'}",
        f"  相近的词：{_words(portrait.nearest)}",
        "",
    ]


def _words(words: Iterable[NearWord]) -> str:
    return "、".join(f"{near.word} {near.cosine:.2f}" for near in words)
