"""Headings and titles as the wording of a research direction.

The word lists are the commonest first and last words of the 17,091 numbered headings in 768
provincial government reports (2000–2026), sorted by hand into what they do; none is a theme.
"""

import re
from functools import lru_cache

from recommender.fold import bare, strip_marks

ADVERBS = (
    "大力|加快|进一步|持续|深入|切实|着力|积极|全面|不断|更好|更加|充分|有序|稳步|扎实|努力|继续|认真|坚决|全力|有效|主动"
    "|狠抓|抓实抓好|用足用好|用好|做好|千方百计|妥善|科学(?!发展观)|统筹|合理|协同|同步|牢牢|始终|奋力|坚定不移|多措并举|高质量(?=[推建])"
)
VERBS = (
    "加强和改进|加强|推进|推动|深化|加大|强化|实施|聚焦|发展|突出|促进|提高|提升|建设|扩大|围绕|创新|优化|完善|发挥|巩固"
    "|调整|增强|保持|构建|打造|落实|改善|确保|保障|转变|改进|培育|健全|实现|开展|拓展|维护|建立|探索|支持|鼓励|引导|规范|壮大"
    "|稳定|稳住|夯实|承接|引进|培养|延续|组织|搭建|丰富|畅通|激发|释放|增进|释放|增加|防范|化解|整合|集聚|打通|便利|办好"
    "|应对|服务|拓宽|扶持|举办|推行|推广|支撑|赋能|助力|创建|设立|出台|制定|细化|明确|坚持|全面推行"
)
# What any policy speaks of; a heading of nothing else says nothing to research.
COMMON = (
    "高质量|高水平|工作|政策|措施|方案|资金|经费|组织|领导|保障|宣传|解读|引导|条件|责任|环境|氛围|力度|水平|作用|基础|要求|任务|目标|原则|思想"
    "|部门|单位|各级|各地|协调|协同|监督|检查|考核|督导|督促|督查|调度|联动|落实|使用|管理|指导|实施|主要|重点|总体|基本|指导性|具体"
    "|切实|到位|良好|社会|全社会|舆论|经验|总结|推广|评估|监测|统计|投入|支持|财政|财税|金融|税收|用地|配套|服务|经办|流程|机制|体系|制度"
    "|能力|建设|发展|效能|效果|实效|质量|问题|风险|底线|意义|重要|认识|高度|重视|统筹|规划|计划|行动|项目|工程|试点|示范|名单|附则|内容|范围"
    "|纲要|意见|通知|办法|步骤|安排|进度|时间|程序|申报|材料|联系|方式|事项|其他|有关|相关|进展|成效|情况|回顾|形势|背景|依据|目的|定义|概念|特征|优势|资源|要素"
    "|资金使用|人员|队伍|氛围|市场|主体|机构|平台|信息|公开|动态|调整|党的|党建|政治|纪律|作风|廉政|法治|执法|标准|规范化|多元|综合|实化|压实|强力"
)
_LEAD = re.compile(rf"^(?:{ADVERBS})(?=(?:{ADVERBS}|{VERBS}))")
_ONLY_ADVERB = re.compile(
    r"^(?:大力|加快|进一步|持续|深入|切实|着力|积极|不断|更好|稳步|扎实|努力|继续|抓实抓好)(?=[\u4e00-\u9fff]{3})"
)
_TAG = re.compile(
    r"^[^，：:]{0,3}(?:模式|条件|原则|目标|任务|方式|方向|路径|定位|特点|内容|范围|对象|思路|背景)[：:](?=.{4})"
)
_VERB = re.compile(rf"^(?:{VERBS})")
_EMPTY = re.compile(rf"(?:{ADVERBS}|{VERBS}|{COMMON}|[的和与及等对以在为把各])")
_INNER = str.maketrans("“”", "‘’")
_NUMBERING = re.compile(
    r"^[\s•·●\-]*(?:[（(]?[一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d+(?:\.\d+)*[.．、](?!\d)"
    r"|第[一二三四五六七八九十百\d]+[条章节]|[一二三四五六七八九十]是)\s*"
)
_ADMIN = re.compile(
    "组织领导|组织实施|组织保障|保障措施|政策保障|支撑保障|条件保障|工作要求|总体要求|指导思想|基本原则|(?:主要|工作|发展|总体)目标(?=$|任务|要求|[和与及])|附则"
    "|宣传引导|宣传解读|督促指导|督导检查|监督管理和考核|抓好落实|贯彻落实|推进机制|强化保障|加强保障|工作保障|领导和管理"
)


# Parts that any plan, rule or committee has (the chapters of the State Council's framework for emergency
# plans among them), and who answers for what: they say how a policy works, not what it is about.
_PART = re.compile(
    "(?:适用|调整)范围|(?:工作|议事|会议)(?:规则|制度|程序|流程)|组成人员|人员组成|成员单位|(?:主要|部门|工作|机构)?(?:职能|职责)(?:分工|任务)?"
    "|(?:组织|领导)(?:机构|体系|形式|架构)(?:[和与及]职责)?|[\u4e00-\u9fff]{2,8}机构及其职责|等级划分|(?:分级|入围|评价|验收|启动)(?:标准|条件)|(?:名词)?术语(?:[和与及]定义)?"
    "|(?:编制|制定)(?:目的|依据)|(?:应急)?响应(?:程序|分级|终止|启动)|应急终止|(?:奖励|奖惩|责任追究|奖励[和与]处罚)|(?:通信|物资|技术|交通)保障"
    "|(?:严格|认真)?(?:明确|确定|落实|压实|夯实|强化|靠实|厘清)[\u4e00-\u9fff]{0,6}(?:职责|责任|分工|主体|权限|范围|时限|措施)"
    "|(?:加强|强化|落实)[\u4e00-\u9fff]{0,10}(?:的(?:领导|责任)|工作领导)|法律责任"
    "|(?:成立|组建|设立)[\u4e00-\u9fff]{2,16}(?:办公室|领导小组|工作小组|工作组|专班|委员会|指挥部)(?:及办公室)?"
)
_FOOTNOTE = re.compile(r"[\s*＊※▲△★☆●○◆◇■□]+$")


def trim_heading(heading: str) -> str:
    """The direction a heading names: its first phrase, without a leading adverb.

    A tag before a colon (培养模式：…) only says of what kind the phrase is.

    >>> trim_heading("大力发展服务贸易"), trim_heading("持续优化布局，扩大开放")
    ('发展服务贸易', '优化布局')
    >>> trim_heading("培养模式：实施贯通培养")
    '实施贯通培养'
    """
    text = re.sub(r"\s+(?=[^A-Za-z])|(?<=[^A-Za-z])\s+", "", heading)
    text = _FOOTNOTE.sub("", _TAG.sub("", text)).removeprefix("关于")
    phrase = strip_marks(re.split(r"[，,；;：:—！!？?]", text)[0])
    while trimmed := _LEAD.match(phrase) or _ONLY_ADVERB.match(phrase):
        phrase = phrase[trimmed.end() :]
    return phrase


def is_administrative(heading: str) -> bool:
    """Whether a section heading announces arrangements, not matters: its clauses are skipped."""
    return bool(_ADMIN.search(heading)) and len(bare(heading)) <= 16


@lru_cache(maxsize=10_000)  # a list compares each wording with all others
def content(core: str) -> str:
    """What is left of a wording when common policy words are taken out.

    >>> content("加强组织领导"), content("推进贸易数字化"), content("规范资金使用")
    ('', '贸易数字化', '')
    """
    return _EMPTY.sub("", bare(core))


def is_formal(core: str) -> bool:
    """Whether a wording names a part that any document has, or who answers for what.

    >>> is_formal("适用范围"), is_formal("明确部门职责"), is_formal("防汛机构及其职责")
    (True, True, True)
    >>> is_formal("优化贸易方式")
    False
    """
    return bool(_PART.fullmatch(bare(core)))


def is_slogan(core: str) -> bool:
    """Whether a wording is a chant of one-character verbs and two-character objects.

    >>> is_slogan("促发展惠民生"), is_slogan("优化贸易方式")
    (True, False)
    """
    return bool(re.fullmatch(r"(?:[促惠稳优保增强调防扩提降补抓打聚育兴][\u4e00-\u9fff]{2}){2,}", core))


def begins_with_verb(core: str) -> bool:
    """Whether a wording is a verb and its object, the commonest form of a picked heading."""
    return bool(_VERB.match(core))


def quoted(text: str) -> str:
    """A text in quotation marks, those within it single (GB/T 15834—2011).

    >>> quoted("做强“双师型”队伍。")
    '“做强‘双师型’队伍。”'
    """
    return f"“{text.translate(_INNER)}”"


def house_title(core: str) -> str:
    """The direction in the house style: …研究, once, without numbering or full stop.

    >>> house_title("推进贸易数字化"), house_title("课程建设研究")
    ('推进贸易数字化研究', '课程建设研究')
    """
    before = None
    while before != core:
        before, core = core, _NUMBERING.sub("", core.strip("。.；;，, ").split("。")[0])
    return re.sub(r"[\s.；;，,]*(?:研究[\s.；;，,]*)*$", "研究", core, count=1)
