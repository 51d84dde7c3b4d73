"""Who issues policy in China: finding issuers in a title and the level they stand at.

The organs of the State Council are those of its institutional list (国务院机构设置, 2023 reform,
with the names used before it); places are those of GB/T 2260.
"""

import re

from recommender.intake.provinces import PROVINCES
from recommender.records import Level

_PROVINCES = "|".join(PROVINCES)
_DIRECT_CITIES = "北京|天津|上海|重庆"
_CENTRAL = (
    "中共中央办公厅|中共中央组织部|中共中央宣传部|中共中央|中央办公厅|国务院办公厅|国务院学位委员会"
    "|国务院国资委|国务院国有资产监督管理委员会|国务院新闻办公室|国新办|国务院|中办|国办"
    "|全国人民代表大会常务委员会|全国人大常委会|全国人民代表大会|全国政协|中央军委|中央网信办"
    "|中央[一-龥]{2,12}(?:委员会|领导小组|办公室|办)"
)
_MINISTRIES = (
    "国家发展和改革委员会|国家发展改革委|国家发改委|发展改革委|国家卫生健康委员会|国家卫生健康委|国家卫健委|国家民族事务委员会"
    "|国家民委|外交部|国防部|教育部|科学技术部|科技部|工业和信息化部|工信部|公安部|国家安全部|民政部"
    "|司法部|财政部|人力资源和社会保障部|人力资源社会保障部|人社部|自然资源部|生态环境部"
    "|住房和城乡建设部|住房城乡建设部|住建部|交通运输部|水利部|农业农村部|商务部|文化和旅游部"
    "|退役军人事务部|退役军人部|应急管理部|中国人民银行|人民银行|审计署|国家互联网信息办公室"
    "|国家互联网信息办|国家网信办|共青团中央|团中央|全国总工会|全国妇联|中国残联"
    "|中国残疾人联合会|海关总署|国务院[一-龥]{2,8}部|(?:国家|全国|中国)[一-龥]{2,14}?(?:局|委员会|总局|署|办公室|委|协会|联合会)"
    "|(?:税务|市场监管|体育|金融监管)总局"
)
_PLACE = (
    rf"(?:{_PROVINCES}|(?!关于|印发|对|在|就|为)"
    r"[一-龥]{2,6}?(?:省|市|自治区|自治州|新区|区|县|州|盟))"
)
_LOCAL = (
    rf"(?:中共)?{_PLACE}(?:省|市|(?:壮族|回族|维吾尔)?自治区)?[一-龥]{{0,8}}?"
    r"(?:人民政府|省政府|市政府|人大常委会|人民代表大会常务委员会|委员会|管委会|省委|市委|区委|县委|委"
    r"|[一-龥]{2,14}?(?:厅|局|委员会|委|办))"
)
_SCHOOL = r"[一-龥]{2,20}?(?:职业技术大学|职业大学|学院|大学|学校|研究院|研究所|研究会|学会|协会)"
_MEDIA = r"[一-龥]{2,12}?(?:日报|晚报|报社|报|社|网|电视台|杂志|周刊|派|客户端|公众号|头条|在线)"
_TAIL = r"(?:办公厅|办公室|党组)?"

_AGENCY = re.compile(rf"(?:{_CENTRAL}|{_MINISTRIES}|{_LOCAL}){_TAIL}")
_ANY = re.compile(rf"(?:{_CENTRAL}|{_MINISTRIES}|{_LOCAL}|{_SCHOOL}|{_MEDIA}){_TAIL}")
_OTHERS = re.compile(r"等(?:[一二三四五六七八九十\d]+\s*)?(?:个)?(?:部门|部委|单位|机关)?$")


def find_issuers(text: str) -> tuple[str, ...]:
    """The agencies a title begins with, in order; joined ones are taken apart.

    >>> find_issuers("中共中央办公厅 国务院办公厅印发《关于加强队伍建设的意见》")
    ('中共中央办公厅', '国务院办公厅')
    >>> find_issuers("教育部财政部关于实施计划的意见"), find_issuers("商务部等八部门关于转型的意见")
    (('教育部', '财政部'), ('商务部',))
    """
    issuers: list[str] = []
    rest = re.sub(r"^[\s，,：:]*(?:(?:近日|日前|近期|最近)[，,]?)?", "", text)
    while found := _AGENCY.match(rest):
        issuers.append(found[0])
        rest = rest[found.end() :].lstrip(" 、，,和与及")
    return tuple(dict.fromkeys(issuers))


def name_source(text: str) -> str:
    """The organ behind a source line such as 教育部网站; "" for none.

    >>> name_source("中华人民共和国教育部网站"), name_source("广州日报")
    ('教育部', '广州日报')
    """
    text = re.sub(r"^中华人民共和国|\s+|[（(].*$", "", text)
    return re.sub(r"(?:政府|官方)?(?:门户)?(?:官网|网站|公众号)$", "", text)


def level_of(issuer: str) -> Level:
    """The level an issuer stands at; "" when its name does not tell.

    >>> [level_of(n) for n in ("国务院办公厅", "教育部", "重庆市人民政府办公厅", "广州市教育局")]
    ['central', 'ministry', 'province', 'city']
    >>> [level_of(n) for n in ("示例职业学院", "中国教育报", "")]
    ['institution', 'media', '']
    """
    for level, pattern in _LEVELS:
        if pattern.match(issuer):
            return level
    return ""


_PROVINCE = (
    rf"(?:中共)?(?:{_PROVINCES})(?:省|(?:壮族|回族|维吾尔)?自治区)"
    rf"|[一-龥]{{2,3}}省|(?:中共)?(?:{_DIRECT_CITIES})市?(?!.*[区县])|省"
    rf"|(?:{_PROVINCES})(?=教育厅|人力|财政|工业|科技|商务|民政|发展)"
)
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("media", re.compile(rf"^(?!.*(?:人民政府|教育部|厅$)){_MEDIA}$")),
    ("institution", re.compile(rf"^{_SCHOOL}")),
    ("central", re.compile(rf"^(?:{_CENTRAL})")),
    ("ministry", re.compile(rf"^(?:{_MINISTRIES})")),
    ("province", re.compile(rf"^(?:{_PROVINCE})")),
    ("city", re.compile(rf"^{_PLACE}")),
)


def find_any_issuer(text: str) -> str:
    """The agency, school or medium a line consists of or begins with; "" for none."""
    found = _ANY.match(re.sub(r"\s+", "", text))
    return _OTHERS.sub("", found[0]) if found else ""
