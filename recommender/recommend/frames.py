"""Headings that are not directions by their grammar: fragments, orders to somebody, reports of results.

Any style of policy has them: a regulation's first clause (经国务院批准), a speaker's frame (在…上下功夫),
a report's achievement (…取得新成效). Of 13,856 headings and titles, most in provincial government
reports, 4 % are one; none of the editors' picks known is.
"""

import re

from recommender.recommend.wording import begins_with_verb, trim_heading

_AT = "对(?![外内口接标台冲话策等比照象于])|在(?![线职校地建岗家读册籍编途于])"
_BY = "由|按照?|根据|凡|经(?![济营纪贸典费验络办])|除(?![险尘害湿雪冰旧虫])|未(?![来成])|不得"
_TIME = (
    "期间|以来|之[前后中]|以[前后]|(?<![及准临定按小实同工课学计])时|过程中|[领指引]导下"
    "|(?:前提|情况|条件|背景)下"
)
_OPEN = "[的之]|(?<!普)及|(?<![参赋给])与"  # something was to follow
# A stage that is something, a condition that is met, a state of affairs to be told of.
_TOLD = "第[一二三四五六七八九十]+(?:阶段|步|轮|批)[为是]|有[^机轨效序组线色限声关利害偿无教奖形].*的"
_FRAGMENT = re.compile(rf"^(?:{_AT}|{_BY}|{_TOLD})|(?:{_TIME}|{_OPEN}|情况)$")
# Somebody must do something: a sentence with its subject.
_ORDER = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:应当|应该|必须|不得|不准|不能|可以"
    r"|(?<![重主首需必简纪摘纲概次扼大])要(?![求素点件塞道务闻领害约价紧义旨强事])[\u4e00-\u9fff]{2})"
)
_GAINED = (
    "(?:取得|得到|迈出|迈上|跃上|再上|再创|实现|呈现|展现|获得|有)(?:了|更大|重大|重要|明显|显著|积极|决定性|实质性"
    "|突破性|阶段性|历史性|扎实|坚实|实|大|较大|较快|快速|全面|新|的|一个|大幅)*"
    "(?:突破|成效|实效|进展|台阶|步伐|步|成就|成果|成绩|提升|提高|加强|改善|增强|局面|态势|变化|面貌|格局)"
)
_GROWN = (
    "(?:持续|不断|进一步|更加|明显|显著|大幅|稳步|全面|逐步|日益|有所|趋于|加快|较快|较|相对|比较|继续|成效|势头|开局|起步|步伐)+"
    "(?:完备|健全|集聚|完善|突出|显著|良好|充足|到位|明显|扎实|合理|充分|有力|提[高升]|增[强长加]|改善|优化|加[强快]|扩大|拓展|见效)"
)
_STATE = "(?:完备|齐全|雄厚|良好|过硬|健全|到位|充足)"  # never the name of a thing: a condition or a praise
_RESULT = re.compile(rf"(?:{_GAINED}|{_GROWN}|{_STATE})$")
# 在发展中改善民生, 在改善民生方面, 在改善民生上下功夫: one half says what to do.
_PLACE = re.compile("方面|[上中下]")
_HOPE = re.compile(f"{_GAINED}$")


def unframed(phrase: str) -> str:
    """The direction inside a speaker's frame, and without the success that is hoped for.

    >>> unframed("在稳定和扩大就业方面"), unframed("在统筹发展和安全上善作善为")
    ('稳定和扩大就业', '统筹发展和安全')
    >>> unframed("在深化改革中不断提高教师待遇"), unframed("推进贸易数字化取得新进展")
    ('提高教师待遇', '推进贸易数字化')
    """
    act = _act_in(phrase) if phrase.startswith("在") else phrase
    return _HOPE.sub("", act) if begins_with_verb(act) else act


def _act_in(frame: str) -> str:
    """What a frame says to do: what follows it, else what it encloses, else the frame itself."""
    places = list(_PLACE.finditer(frame, 3))
    acts = [trim_heading(frame[place.end() :]) for place in places]
    enclosed = [frame[1 : place.start()] for place in places if place.group() in ("方面", "上")]
    return next(filter(_does, acts), enclosed[0] if enclosed else frame)


def _does(phrase: str) -> bool:
    return begins_with_verb(phrase) and not _HOPE.fullmatch(phrase)


def is_statement(core: str) -> bool:
    """Whether a wording is part of a sentence, an order to somebody, or a report of results.

    >>> is_statement("经国务院批准"), is_statement("各部门要带头执行"), is_statement("改革开放迈出新步伐")
    (True, True, True)
    >>> is_statement("有固定的办公场所"), is_statement("各项资金到位情况")
    (True, True)
    >>> is_statement("优化贸易方式"), is_statement("对外贸易"), is_statement("经济社会发展纲要")
    (False, False, False)
    """
    return bool(
        _FRAGMENT.search(core) or _ORDER.search(core) or _RESULT.search(core) and not begins_with_verb(core)
    )
