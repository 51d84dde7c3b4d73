"""What a document is about: the noun phrases left of its name when the forms of official titles go."""

import re

from recommender.fold import CJK
from recommender.recommend.official import EASY, parts, stripped, without_adverbs, without_frame
from recommender.recommend.wording import VERBS

# Where one title names two things, the second begins with a verb of its own (拓展…出口推进…建设).
_EAGER = "扎实|切实|加快|持续|进一步|积极|有效|全力|着力|大力"
_SECOND = re.compile(
    r"[，,]|(?<=情况)[和与及]|更好发挥.{2,12}作用$|(?<=[\u4e00-\u9fff]{4})(?<!批)(?:"
    rf"(?:{_EAGER}|全面|深入)*(?=(?:推进|推动|促进|增进|提高|鼓励|支撑|构建|打造|助力|赋能|支持|带动|加强|促(?=发展))"
    rf"[{CJK}]{{3}})"
    rf"|(?:{_EAGER})+(?=(?:{VERBS})[{CJK}“]{{3}})|加快(?=[{CJK}]{{4}})"
    rf"|(?<=[{CJK}]{{5}})、(?=(?:{VERBS})[{CJK}]{{4}}))"
)
# Of such a piece nothing can be made: an addressee, a manner without its matter, who sits on a committee,
# a speech, a meeting or its news, a list, an organ whose work it is.
_ASIDE = re.compile(
    r"^(?:对(?![外口接标])|向|给予)|^以.{2,10}$|^支持.{2,4}$|第.批$|情况$"
    r"|(?:组成人员|领导小组|委员会|联席会议|指挥部|办公室)(?:名单)?$"
    r"|(?:讲话|致辞|致词|贺信|演讲|发言|答记者问|指示|批示|强调|指出)$|召开|举行|(?:会议|大会|全会|座谈会)$"
    r"|(?:名单|书目|结果)(?:公布|公示|揭晓)?$|(?:(?<![干内外全乐支])部|(?<![大展])厅|(?<!格)局|人民政府)(?:工作)?$"
)
_SECOND_VERB = "(?:调整|提升|提高|扩大|改进|创新|壮大)(?!行动)"
_LIGHT = re.compile(
    rf"(?:{EASY})(?:(?:和|并)(?:{EASY}))?(?![和与并]|(?:{_SECOND_VERB}))(?=[{CJK}A-Za-z“、]{{4}})"
)
_ROW = re.compile("(?:.{4,}?(?P<head>制度|机制|体系|工程|平台))(?:.{4,}?(?P=head))+")
_MAKING = "建设|发展|培育|构建|打造|培养|壮大"


def title_objects(name: str) -> list[str]:
    """The noun phrases a document is about, read off its name; a place at its head is cut off, and so
    is what stands before a colon (某省：推进…).

    >>> title_objects("关于拓展跨境电商出口推进海外仓建设的意见")
    ['跨境电商出口', '海外仓建设']
    >>> title_objects("关于印发示例市推动外贸三年行动计划（2022年）和示例市外资集聚地建设行动计划的通知")
    ['推动外贸', '外资集聚地建设']
    >>> title_objects("示例省：推进农村电商体系建设")
    ['农村电商体系建设']
    """
    named = re.split("[：:]", name)[-1]
    pieces = (piece for part in parts(named) for piece in _SECOND.split(stripped(part)))
    phrases = (one for piece in pieces for one in _row(nominal(stripped(piece))))
    return list(dict.fromkeys(phrase for phrase in phrases if len(phrase) >= 4 and not _ASIDE.search(phrase)))


def _row(phrase: str) -> list[str]:
    """Things named side by side without a mark between them, each by its own name.

    >>> _row("首问负责制度限时办结制度"), _row("执法公示制度")
    (['首问负责制度', '限时办结制度'], ['执法公示制度'])
    """
    row = _ROW.fullmatch(phrase)
    return [one.lstrip("和与及") for one in re.findall(f".+?{row['head']}", phrase)] if row else [phrase]


def nominal(text: str) -> str:
    """Verb and object as a noun phrase: 发展银发经济 → 银发经济发展; a verb that adds nothing goes.

    A verb that says something of its object stays before it (释放旅游消费潜力).

    >>> nominal("建设高质量外资集聚地"), nominal("深化产教融合"), nominal("推动外贸高质量发展")
    ('高质量外资集聚地建设', '产教融合', '外贸高质量发展')
    """
    text = without_adverbs(text)
    if light := _LIGHT.match(text):
        return without_frame(nominal(text[light.end() :]))
    making = re.match(rf"({_MAKING})([{CJK}A-Za-z“”\"+]{{4,}})$", text)
    if not making or re.search(rf"(?:{_MAKING}|改革|行动)$", making[2]):
        return text
    verb, made = making.groups()
    if re.search("(?:体系|机制|制度)$", made) and verb not in ("建设", "构建"):
        return text
    return made + ("建设" if verb == "打造" else verb)
