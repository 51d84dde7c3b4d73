"""What the names of a bulletin's sections say about the documents below them."""

import re

from recommender.intake.marks import BRACKETED, find_mark, heading_words
from recommender.records import Role

_ROLES: tuple[tuple[Role, str], ...] = (
    ("commentary", "评论|观点|解读|视点|视角|声音|访谈|时评|论坛|专家|述评|评析"),
    ("policy", "政策|法规|文件|通知|部署|法律|公文"),
    ("experience", "他山|经验|案例|实践|借鉴|院校|探索|做法|交流"),
    ("news", "动态|资讯|新闻|要闻|快讯|快递|速递|信息|热点|简讯|短讯|时讯|关注|前沿|头条"),
    ("commentary", "聚焦|理论|研究|思考|争鸣"),
)
_NAME = re.compile(
    r"(?!优化|强化|加强|加大|完善|推进|推动|推广|做好|开展|落实|健全|建立|深化|提升|实施|营造|创新|构建|规范|抓好|促进|拓展)"
    r"[\u4e00-\u9fff·]{2,8}"
)
# Names that stand over documents even without numbering or brackets; others need one of them.
_PLAIN = re.compile(
    r"(?:相关|专家|媒体|权威|本刊|政策)(?:评论|观点|解读)|(?:政策|法律)法规|政策(?:文件|动态|速递|要闻)"
    r"|(?:业内|行业|行业内|院校|高教|职教|区域|校际)(?:动态|资讯|要闻|新闻)|他山之石"
)


def role_of(name: str) -> Role | None:
    """The role a section's name gives its documents.

    >>> role_of("相关评论"), role_of("政策法规"), role_of("他山之石"), role_of("第一部分")
    ('commentary', 'policy', 'experience', None)
    """
    return next((role for role, words in _ROLES if re.search(words, name)), None)


def is_section_name(text: str) -> bool:
    """Whether a numbered line's words are a bare name such as 政策法规, over documents, not clauses.

    >>> is_section_name("业内动态"), is_section_name("优化政策环境"), is_section_name("总体要求")
    (True, False, False)
    """
    return bool(_NAME.fullmatch(text)) and role_of(text) is not None


def names_section(line: str) -> bool:
    """Whether a line is nothing but a section's name, with numbering or without.

    >>> names_section("一、【政策法规】"), names_section("二、业内动态"), names_section("【相关评论】某题")
    (True, True, False)
    """
    mark = find_mark(line)
    inner = line[mark.end :].strip() if mark else line.strip()
    bracket = BRACKETED.match(inner)
    if bracket:
        return not bracket["rest"] and role_of(bracket["name"]) is not None
    words = heading_words(inner)
    named = is_section_name(words) if mark else bool(_PLAIN.fullmatch(words))
    return named and len(inner) <= len(words) + 4


def split_name(line: str) -> tuple[str, str] | None:
    """Name and rest of a line without numbering that opens a section; None for other lines.

    >>> split_name("【他山之石】某校：实训的做法"), split_name("【业内动态】")
    (('他山之石', '某校：实训的做法'), ('业内动态', ''))
    >>> split_name("相关评论"), split_name("相关评论：某题"), split_name("[责任编辑] 某人")
    (('相关评论', ''), ('相关评论', '某题'), None)
    >>> split_name("第二部分 业内动态"), split_name("第二章 总则")
    (('业内动态', ''), None)
    """
    bracket = BRACKETED.match(line)
    if bracket:
        return (bracket["name"], bracket["rest"].strip()) if role_of(bracket["name"]) else None
    part = find_mark(line)
    if part and part.kind == "章":
        name = heading_words(line)
        return (name, "") if is_section_name(name) else None
    name, _, rest = line.replace(":", "：").partition("：")
    plain = heading_words(name)
    return (plain, rest.strip()) if len(name) <= 12 and _PLAIN.fullmatch(plain) else None
