"""A direction taken apart into verb and object, and put together again as titles need it."""

import re
from dataclasses import dataclass

from recommender.fold import CJK, bare
from recommender.recommend.frames import is_statement
from recommender.recommend.heads import Head, head_of
from recommender.recommend.wording import ADVERBS

# Verbs that no noun phrase of a heading begins with, those before what would make a noun left out.
_VERBS = (
    "推进|推动|促进|加快|加强和改进|加强|强化|深化|加大|实施|开展|发展(?![和与及]|环境|方式|格局|能力|规划)|培育壮大|培育|培养|造就"
    "|壮大|做[强优大实好][做办]?[强优大实好]?|[建办用稳][强优好牢住活][建办用]?[强优好]?|建设(?!用地|项目)|构建|组建|搭建|共建|建立健全|建立|打造|完善|健全"
    "|优化调整|优化|调整|提升|提高|扩大|增强|拓展|拓宽|丰富|释放|激发|畅通|打通|夯实|改善|增进|稳定|稳住|提振|恢复|支持|鼓励|引导|引进"
    "|推广|推行|规范(?!性|化)|创新(?!创业|型|驱动|链)|便利|降低|简化|营造|放大|参与|发挥|践行|探索|盘活|补齐|延伸|承接|维护|巩固"
    "|扶持|改进|集聚|整合|促成|带动|满足|开发|开拓|回归|增加|保障和改善|防范化解|防范|化解"
)
_VERB = re.compile(rf"(?:{_VERBS})(?:[和与并、](?:{_VERBS}))?(?=[{CJK}“A-Za-z])")
# The verb of a direction as the noun of what is done to its object.
_OWN = {
    "发展": "发展",
    "建设": "建设",
    "打造": "建设",
    "构建": "构建",
    "完善": "完善",
    "健全": "完善",
    "优化": "优化",
    "提升": "提升",
    "提高": "提升",
    "培育": "培育",
    "培养": "培养",
    "拓展": "拓展",
    "改善": "改善",
    "创新": "创新",
    "推广": "推广",
}
# Verbs that say something of their object that no other word does: they stay with it.
_BOUND = re.compile(
    "践行|回归|探索|参与|承接|盘活|补齐|发挥|引导|满足|便利|降低|简化|带动|放大|防范|化解|延伸|巩固|维护|稳|保障|恢复"
    "|扩大(?!.*(?:供给|开放|消费|投资|需求)$)"
)
# Verbs that only push a happening on: what they push is the event itself.
_PUSH = re.compile("(?:推进|推动|促进|加快|加强|强化|深化|加大|实施|开展|支持|鼓励|推行)")
# A piece of a sentence, or a wording that no title can carry.
_SENTENCE = re.compile(
    "迈出|打开|取得|呈现|得到|再上|迈上|实现新|来自|采用|居全国|[占▲○；;，。！？：:（()）%]|研究"
    "|^以.{2,}为|^(?:通过|为|每|把|将|让(?!利)|从(?!业))"
    "|^(?:坚持|突出|围绕|明确|落实|确保|树立|统筹|贯彻|严格|依法|切实|防止|保持|做到)"
    "|[一二两三四五六七八九十百\\d][大个项]|(?:路径|途径|对策|策略|经验|做法)$"
    "|新(?:活力|突破|步伐|局面|面貌|台阶|成效|提升|动能|优势|篇章)$"
    "|(?:工作|行动|工程|计划|专项|项目|试点|意见|方案|重点|责任|要求)$"
)
_INNER = re.compile(
    "加强|举办|融入|参与|实施|推进|推动|引进|进入|下沉|落户|走出去|协同发力|赋能(?=.{3})|服务(?=产业|企业|农村|社会)"
)
_SECOND = re.compile(rf"[、，](?:{_VERBS})")  # a second verb and object in the first's
_STRESS = re.compile("加强|强化|加大")  # says nothing but how much, so that its object must say what
_FOCUS = re.compile("^(?:聚焦聚力|聚焦|聚力)(?=.{4})")
_BARE = 5  # characters from which a heading that is no verb and object says of what (指标体系 does not)
_MANNER = re.compile(rf"^(?:全方位|{ADVERBS})+(?={_VERBS})")
_LEAD = re.compile("^(?:一批|一系列|更多|更高水平的?|全方位|各类)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A direction taken apart. said: as worded; verb: "" for a noun phrase; object: the noun phrase.

    head: None where the object ends in no known word, or is itself a clause. plain: whether it is
    sure that the wording is verb and object, or a noun phrase.
    """

    said: str
    verb: str
    object: str
    head: Head | None
    plain: bool


def parse_direction(core: str, from_title: bool) -> Parsed | None:
    """Take a direction apart; None when it is no wording a title can be built on.

    from_title: it stands in a document's title, where what begins with no verb is a noun phrase.

    >>> parse_direction("提升物流效率", False).object, parse_direction("数字乡村建设", True).verb
    ('物流效率', '')
    """
    core, focused = _FOCUS.subn("", core)
    core = _MANNER.sub("", core)
    if is_statement(core) or _SENTENCE.search(core) or len(bare(core)) < 4:
        return None
    found = _VERB.match(core)
    verb = found[0] if found else ""
    object_ = _LEAD.sub("", core[len(verb) :]) if len(bare(core[len(verb) :])) >= 2 else core
    head = head_of(object_)
    plain = bool(verb) or from_title or bool(focused) or core.startswith("“")
    if not verb and (head is None or not plain and (not head.happening or len(bare(core)) < _BARE)):
        return None
    if _SECOND.search(object_) or head is None and _STRESS.fullmatch(verb) and not _INNER.search(object_):
        return None
    whole = len(bare(object_)) >= 4 and not (verb and (_INNER.search(object_) or _BOUND.match(core)))
    return Parsed(core, verb, object_, head if whole else None, plain)


def happening_of(parsed: Parsed) -> str:
    """What happens to the object: by the direction's own verb, else what its last word calls for."""
    if parsed.head is None or not parsed.head.happening:
        return ""
    return _OWN.get(parsed.verb, parsed.head.happening)


def event_of(parsed: Parsed) -> str:
    """The wording that may stand before 背景下: a happening.

    >>> event_of(parse_direction("推进贸易数字化", False)), event_of(parse_direction("提高开放水平", False))
    ('贸易数字化', '开放水平提升')
    >>> event_of(parse_direction("扩大服务消费", False)), event_of(parse_direction("推动企业融入课堂", False))
    ('扩大服务消费', '企业融入课堂')
    """
    if parsed.head is None:
        is_clause = _PUSH.fullmatch(parsed.verb) and _INNER.search(parsed.object)
        return parsed.object if is_clause else parsed.said
    if parsed.head.happening:
        return parsed.object + happening_of(parsed)
    return parsed.said if parsed.head.way in ("促进", "-") else parsed.object


def way_of(parsed: Parsed) -> str:
    """The object with 路径, as titles say it: 平台建设路径, 产业升级路径, 扩大消费的路径."""
    head = parsed.head
    if head is None or head.way == "-" or head.way == "促进" and parsed.verb:
        return f"{parsed.said}的路径"
    return f"{parsed.object}{head.way or happening_of(parsed)}路径"


def form_of(parsed: Parsed) -> str:
    """The object with the second form of its last word.

    Of what is being built the built thing is looked at (平台建设 → 平台运行机制), unless only its
    building is (队伍建设机制).
    """
    head = parsed.head
    if head is None:
        return f"{parsed.said}的问题与对策"
    built = re.fullmatch("(.{4,})(?:建设|构建)", parsed.object)
    inner = head_of(built[1]) if built else None
    if built and inner and inner.happening in ("建设", "构建"):
        return f"{built[1]}{inner.form}"
    done = happening_of(parsed)
    if head.form in ("优化策略", "创新") and (done in head.form or done == "完善"):
        return f"{parsed.object}现状与对策"  # else both titles would ask how to better it
    return f"{parsed.object}{head.form}"
