"""An official document's name without its forms: issuer, frame, place, kind of document, years.

The forms are those of GB/T 9704 and of the document names in 768 provincial government reports.
"""

import re

from recommender.fold import CJK, strip_marks
from recommender.intake.provinces import PROVINCES
from recommender.recommend.wording import ADVERBS, VERBS

_NUMBER = "[一二三四五六七八九十\\d]+"
_YEARS = re.compile(
    r"[（(][^（）()]*[)）]|[（(]?\s*(?:19|20)\d{2}\s*(?:年?\s*[—\-－~至]+\s*(?:19|20)\d{2}\s*)?年?度?前?\s*[)）]?"
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
    r"^(?:关于|印发|发布|转发|公布|批转|同意|制定|学习|贯彻落实|贯彻|开展|做好|组织|举办(?!者)|推荐|申报|遴选|新时代|新时期|新形势下"
    r"|我国|全国(?!和|与|及)|我省|我市|全省|全市|自治区|中华人民共和国)+"
    r"|^在.{2,14}?(?:领域|方面|范围内|区域|过程中|中)(?=全面|推|加|坚|开|统|系|实)"
    rf"|^在(?![线职校地建岗])[{CJK}]{{2,8}}?(?=实施|开展|推行|推广)"
    rf"|^[{CJK}]{{2,16}}?(?:部|厅|局|委|院|会|人民政府)(?:印发|发布|公布|出台|介绍)(?=.{{4}})"
    r"|^[^，。]{2,12}?(?:助推|倒逼)(?=.{4})"
    r"|^以.{2,12}?(?:推动|推进|促进|引领|牵引|带动|赋能|助力|支撑|驱动)(?=.{4})"
)
_KIND = (
    r"(?:的)?(?:(?:若干|有关|具体|指导|实施|暂行|补充|框架|统计|年度)+(?:政策)?(?:措施)?|(?<!政策))"
    r"(?:意见|通知|措施|办法|细则|规定|(?:促进)?条例|决定|通告|公告|要点|指南|指引|目录|(?<!负面)清单|通报"
    r"|批复|复函|函|答复|请示|建议|决议|报告|公报|白皮书|蓝皮书|草案)$"
)
_PLAN = (
    rf"(?:的)?(?:工作)?(?:总体|整体|综合|专项|(?:第{_NUMBER}个)?{_NUMBER}[年期])*(?:行动|实施|工作|试点|布局|责任分解|分工)*"
    r"(?:计划|方案|规划纲要|规划|纲要|要点)$"
    r"|(?:项目)?(?:组织)?实施工作$|(?:有关|相关|重点)(?:工作|事项|事宜|任务|举措)$|(?:事项|事宜|任务|举措)$"
    rf"|(?<!思想政治)(?<!社会)工作$|(?:的)?(?:若干|几个|有关)(?:政策|问题)$"
    r"|(?:项目)?(?:申报|遴选)$"
    rf"|(?<=[{CJK}]{{4}})(?:{_NUMBER}年)?(?:专项)?行动$|(?<=[{CJK}]{{4}})试点$"
)
_REPORT = re.compile(
    r"(?:典型)?案例$|简介$|(?:的)?(?:做法|经验|探索|实践|启示|思考)(?:与(?:做法|经验|探索|实践|启示|思考))?$"
)
_PLANS = re.compile(r"(?<=计划|方案|规划)(?:和|与|及|、)")
EASY = (
    "加强和改进|加强和完善|加强|推进|推动|深化|促进|加快|强化|实施|开展|完善|健全|做好|支持|鼓励|引导"
    "|规范(?!性|化)|优化|拓展|支撑|助力|赋能|推行"
)
_ADVERBS = re.compile(rf"^(?:{ADVERBS})+(?=(?:{VERBS}))")


def without_province(heading: str) -> str:
    """A heading without the province, and the city in it, that it begins with.

    >>> without_province("湖南省长沙市推进产业升级"), without_province("推进城市更新")
    ('推进产业升级', '推进城市更新')
    """
    return _PLACE.sub("", heading) if _PROVINCE.match(heading) else heading


def parts(name: str) -> list[str]:
    """The documents a name speaks of: those in 《》, else the name itself; joined plans apart.

    The province that issued them is not what they are about; a government's yearly report is on everything.
    """
    text = re.sub("^.*政府工作报告", "", _YEARS.sub("", re.sub(r"\s+", "", name)))
    if issuer := _PROVINCE.match(text):
        text = text.replace(issuer[0], "")
    named = _NAMED.findall(text) or [text]
    return [part for whole in named for part in _PLANS.split(re.sub(_KIND, "", whole))]


def stripped(text: str) -> str:
    """A title part without issuer, frame words and place before it, and kind of plan behind it."""
    text = re.sub("^.*关于", "", text)
    before = None
    while before != text:
        before = text
        text = without_adverbs(_PLACE.sub("", without_frame(strip_marks(text))))
        for tail in (_KIND, _PLAN, _REPORT):
            text = _without(tail, text)
    return re.sub("^(?:和|与|及)|(?:和|与|及|的|×)$", "", text)


def without_frame(text: str) -> str:
    """A text without 关于, 印发 and the like that it begins with."""
    return _FRAME.sub("", text)


def without_adverbs(text: str) -> str:
    """A text without the adverbs that it begins with before a verb."""
    return _ADVERBS.sub("", text)


def _without(tail: str | re.Pattern[str], text: str) -> str:
    """A text without its tail, unless too little is left: 加强人才工作 is not about 加强人才."""
    shorter = re.sub(tail, "", text)
    matter = re.sub(rf"^(?:{EASY})", "", shorter) if text.endswith("工作") else shorter
    return shorter if len(matter) >= 4 else text
