"""What a document is about: the noun phrases left of its name when the forms of official titles go.

The forms are those of GB/T 9704 and of the document names in 768 provincial government reports.
"""

import re

from recommender.fold import CJK, strip_marks
from recommender.intake.provinces import PROVINCES
from recommender.recommend.wording import ADVERBS, VERBS

_NUMBER = "[一二三四五六七八九十\\d]+"
_YEARS = re.compile(
    r"[（(]?\s*(?:19|20)\d{2}\s*(?:年?\s*[—\-－~至]+\s*(?:19|20)\d{2}\s*)?年?度?前?\s*[)）]?|[（(][^（）()]*[)）]"
    r"|(?:[一二三四五六七八九〇○零]{4}[—－~至]+)?[一二三四五六七八九〇○零]{4}年|“?十[一二三四五六]?五”(?:时期|期间)?"
)
_NAMED = re.compile(r"[《〈＜]([^《》〈〉＜＞]{4,})[》〉＞]")
_PLACE = re.compile(
    rf"^(?!{VERBS}|{ADVERBS}|[在对以就从将各跨])"
    rf"(?:(?:{'|'.join(PROVINCES)})(?:省|市|(?:壮族|回族|维吾尔)?自治区)|[{CJK}]{{2,3}}(?<![强大全各])省"
    rf"|[{CJK}]{{2,4}}?(?<![城上超夜股楼门强全入退点范])市(?![场域民值级政容属群圈区])"
    rf"|[{CJK}]{{2,3}}(?<![强大全各困贫范点])县(?![域级乡区城])|[{CJK}]{{2,4}}(?<!级)新区)"
    rf"(?:[{CJK}]{{2,3}}?(?:(?<![城上超])市(?![场域民值级群圈])|县(?![域级乡])"
    rf"|(?<![社园地校片景城山牧小])新?区(?![域块])))?"
    r"(?:人民政府(?:办公[厅室])?)?"
)
_PROVINCE = re.compile(rf"(?:{'|'.join(PROVINCES)})(?:省|市|(?:壮族|回族|维吾尔)?自治区)")
_FRAME = re.compile(
    r"^(?:关于|印发|发布|转发|公布|批转|同意|制定|学习|贯彻落实|贯彻|开展|做好|组织|推荐|申报|遴选|新时代|新时期|新形势下"
    r"|我国|全国(?!和|与|及)|我省|我市|全省|全市|自治区|中华人民共和国)+"
    r"|^在.{2,14}?(?:领域|方面|范围内|区域|过程中|中)(?=全面|推|加|坚|开|统|系|实)"
    r"|^[^，。]{2,12}?(?:助推|倒逼)(?=.{4})"
    r"|^以.{2,12}?(?:推动|推进|促进|引领|牵引|带动|赋能|助力|支撑|驱动)(?=.{4})"
)
_KIND = (
    r"(?:的)?(?:(?:若干|有关|具体|指导|实施|暂行|补充|框架)+(?:政策)?(?:措施)?|(?<!政策))"
    r"(?:意见|通知|措施|办法|细则|规定|(?:促进)?条例|决定|通告|公告|要点|指南|指引|目录|(?<!负面)清单|通报"
    r"|批复|复函|函|答复|请示|建议|决议|报告|草案)$"
)
_PLAN = (
    rf"(?:的)?(?:工作)?(?:总体|整体|综合|专项|(?:第{_NUMBER}个)?{_NUMBER}[年期])*(?:行动|实施|工作|试点|布局|责任分解|分工)*"
    r"(?:计划|方案|规划纲要|规划|纲要|要点)$"
    r"|(?:项目)?(?:组织)?实施工作$|(?:有关|相关|重点)(?:工作|事项|事宜|任务|举措)$|(?:事项|事宜|任务|举措)$"
    rf"|(?<!思想政治)(?<!社会)工作$|(?:的)?(?:若干|几个|有关)(?:政策|问题)$"
    rf"|(?<=[{CJK}]{{4}})(?:{_NUMBER}年)?(?:专项)?行动$|(?<=[{CJK}]{{4}})试点$"
)
_REPORT = re.compile(r"(?:的)?(?:做法|经验|探索|实践|启示|思考)(?:与(?:做法|经验|探索|实践|启示|思考))?$")
_PLANS = re.compile(r"(?<=计划|方案|规划)(?:和|与|及|、)")
# Where one title names two things, the second begins with a verb of its own (拓展…出口推进…建设).
_EAGER = "扎实|切实|加快|持续|进一步|积极|有效|全力|着力|大力"
_SECOND = re.compile(
    r"[，,]|(?<=[\u4e00-\u9fff]{4})(?<!批)(?:"
    rf"(?:{_EAGER}|全面|深入)*(?=(?:推进|推动|促进|增进|提高|鼓励|支撑|构建|打造|助力|赋能|支持|带动|加强|促(?=发展))"
    rf"[{CJK}]{{3}})"
    rf"|(?:{_EAGER})+(?=(?:{VERBS})[{CJK}“]{{3}})|加快(?=[{CJK}]{{4}})"
    rf"|(?<=[{CJK}]{{5}})、(?=(?:{VERBS})[{CJK}]{{4}}))"
)
# Of such a piece nothing can be made: an addressee, a manner without its matter, who sits on a committee.
_ASIDE = re.compile(
    r"^(?:对(?![外口接标])|向|给予)|^以.{2,10}$|^支持.{2,4}$|第.批$|情况$"
    r"|(?:组成人员|领导小组|委员会|联席会议|指挥部|办公室)(?:名单)?$"
)
_SECOND_VERB = "(?:调整|提升|提高|扩大|改进|创新|壮大)(?!行动)"
_EASY = (
    "加强和改进|加强和完善|加强|推进|推动|深化|促进|加快|强化|实施|开展|完善|健全|做好|支持|鼓励|引导"
    "|规范(?!性|化)|优化|拓展|支撑|助力|赋能|推行"
)
_LIGHT = re.compile(
    rf"(?:{_EASY})(?:(?:和|并)(?:{_EASY}))?(?![和与并]|(?:{_SECOND_VERB}))(?=[{CJK}A-Za-z“、]{{4}})"
)
_ADVERBS = re.compile(rf"^(?:{ADVERBS})+(?=(?:{VERBS}))")
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
    pieces = (piece for part in _parts(named) for piece in _SECOND.split(_strip(part)))
    phrases = (one for piece in pieces for one in _row(nominal(_strip(piece))))
    return list(dict.fromkeys(phrase for phrase in phrases if len(phrase) >= 4 and not _ASIDE.search(phrase)))


def _row(phrase: str) -> list[str]:
    """Things named side by side without a mark between them, each by its own name.

    >>> _row("首问负责制度限时办结制度"), _row("执法公示制度")
    (['首问负责制度', '限时办结制度'], ['执法公示制度'])
    """
    row = _ROW.fullmatch(phrase)
    return [one.lstrip("和与及") for one in re.findall(f".+?{row['head']}", phrase)] if row else [phrase]


def without_province(heading: str) -> str:
    """A heading without the province, and the city in it, that it begins with.

    >>> without_province("湖南省长沙市推进产业升级"), without_province("推进城市更新")
    ('推进产业升级', '推进城市更新')
    """
    return _PLACE.sub("", heading) if _PROVINCE.match(heading) else heading


def _parts(name: str) -> list[str]:
    """The documents a name speaks of: those in 《》, else the name itself; joined plans apart."""
    text = _YEARS.sub("", re.sub(r"\s+", "", name))
    named = _NAMED.findall(text) or [text]
    return [part for whole in named for part in _PLANS.split(re.sub(_KIND, "", whole))]


def _strip(text: str) -> str:
    """A title part without issuer, frame words and place before it, and kind of plan behind it."""
    text = re.sub("^.*关于", "", text)
    before = None
    while before != text:
        before = text
        text = _ADVERBS.sub("", _PLACE.sub("", _FRAME.sub("", strip_marks(text))))
        for tail in (_KIND, _PLAN, _REPORT):
            text = _without(tail, text)
    return re.sub("^(?:和|与|及)|(?:和|与|及|的)$", "", text)


def _without(tail: str | re.Pattern[str], text: str) -> str:
    """A text without its tail, unless too little is left: 加强人才工作 is not about 加强人才."""
    shorter = re.sub(tail, "", text)
    matter = re.sub(rf"^(?:{_EASY})", "", shorter) if text.endswith("工作") else shorter
    return shorter if len(matter) >= 4 else text


def nominal(text: str) -> str:
    """Verb and object as a noun phrase: 发展银发经济 → 银发经济发展; a verb that adds nothing goes.

    A verb that says something of its object stays before it (释放旅游消费潜力).

    >>> nominal("建设高质量外资集聚地"), nominal("深化产教融合"), nominal("推动外贸高质量发展")
    ('高质量外资集聚地建设', '产教融合', '外贸高质量发展')
    """
    text = _ADVERBS.sub("", text)
    if light := _LIGHT.match(text):
        return _FRAME.sub("", nominal(text[light.end() :]))
    making = re.match(rf"({_MAKING})([{CJK}A-Za-z“”\"+]{{4,}})$", text)
    if not making or re.search(rf"(?:{_MAKING}|改革|行动)$", making[2]):
        return text
    verb, made = making.groups()
    if re.search("(?:体系|机制|制度)$", made) and verb not in ("建设", "构建"):
        return text
    return made + ("建设" if verb == "打造" else verb)
