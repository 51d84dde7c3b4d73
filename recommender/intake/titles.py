"""The head of a document: its title, own name, issuers, number and kind."""

import re
from dataclasses import dataclass

from recommender.intake.agencies import find_issuers
from recommender.intake.numerals import DAY, find_date

# The kinds of official document (党政机关公文处理工作条例, 2012) and of regulation; then the kinds of
# plan and list that name a document only together with 关于, 印发 or an issuer.
KINDS = (
    "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|条例|规定|办法|细则|章程|规则|准则"
    "|规划|纲要|计划|方案|要点|指引|大纲|倡议书|白皮书"
)
_LISTS = "措施|清单|目录|标准|指南|行动|工程|试点|答复|名单|政策|法"
_SUFFIX = r"(?:[（(][^（）()]{1,30}[)）])?$"
_KIND_END = re.compile(rf"(?:{KINDS}){_SUFFIX}")
_LIST_END = re.compile(rf"(?:{KINDS}|{_LISTS}){_SUFFIX}")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,10}\s*[〔\[［【(（]\s*(?:19|20)\s*\d\s*\d\s*[〕\]］】)）]\s*(?:第\s*)?[\d ]+号"
)
_VERBS = "联合|印发|发布|出台|公布|下发|转发|制定|批准|审议|关于"
_DATE_PLACES = (
    re.compile(
        rf"^\s*[（(【\[]?(?:{DAY}|(?:19|20)\d\d\s*年\s*\d{{1,2}}\s*月(?=\s*[，,]))[)）】\]]?\s*[，,：:、]?\s*"
    ),
    re.compile(rf"\s*[（(][^（()《》）]{{0,30}}?{DAY}[^（()《》）]{{0,30}}[)）]\s*$|(?<=[》\s]){DAY}\s*$"),
    re.compile(rf"\s*[于在]?\s*[（(]?{DAY}[)）]?\s*[，,]?\s*(?=(?:{_VERBS}|《))"),
)
_LEAD_IN = re.compile(r"(?:[，,；;：:。]|(?<=》))\s*[^，,。；;：:《》]{0,24}》?\s*[：:]\s*$")
_WITH_COMMA = re.compile(r"(?<=[》知见案划法定要点告函施纲）])[，,]\s*[^。《》]{0,24}[：:]?\s*$")
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ISSUES = re.compile("(?:印发|发布|出台|公布|下发|转发|制定|批准)[^，。]{0,12}$")
_ISSUE_VERBS = re.compile(
    r"^(?:联合)?(?:印发|发布|出台|公布|下发|转发|制定|批准|审议通过|关于印发|关于发布|关于转发|关于公布)(?:了)?(?=[《\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a title line says. ``lead_in`` is the phrase that opens the digest (提出：)."""

    title: str
    name: str
    issuers: tuple[str, ...]
    date: str | None
    lead_in: str


def split_title(line: str) -> TitleParts:
    """Take the line at a document's head apart.

    >>> parts = split_title("2023 年 4 月 26 日，国务院办公厅《关于推动外贸稳规模优结构的意见》，主要任务：")
    >>> parts.name, parts.issuers, parts.date, parts.lead_in
    ('关于推动外贸稳规模优结构的意见', ('国务院办公厅',), '2023-04-26', '主要任务')
    """
    lead_date, text = _take_date(line.strip(), _DATE_PLACES[:1])
    title, lead_in = _cut_lead_in(text)
    date, title = _take_date(title.rstrip("。"), _DATE_PLACES[1:])
    return TitleParts(title, _name(title), find_issuers(title), lead_date or date, lead_in)


def _take_date(text: str, places: tuple[re.Pattern[str], ...] = _DATE_PLACES) -> tuple[str | None, str]:
    """The date of issue and the title without it, where it stands at the head, in brackets at the
    end, or before 印发. A date inside the name (2024年5月1日起…) stays.

    >>> _take_date("某部2023年4月26日印发《关于开展建设的通知》")
    ('2023-04-26', '某部印发《关于开展建设的通知》')
    >>> _take_date("某部关于开展建设的通知（某发〔2023〕5号，2023年4月26日）")
    ('2023-04-26', '某部关于开展建设的通知')
    """
    for place in places:
        found = place.search(text)
        before = text[: found.start()] if found else ""
        if found and (date := find_date(found[0])) and before.count("《") <= before.count("》"):
            return date, (before + text[found.end() :]).strip()
    return None, text


def without_date(line: str) -> str:
    """A title line without the date at its head."""
    return _DATE_PLACES[0].sub("", line)


def _cut_lead_in(text: str) -> tuple[str, str]:
    """Separate what introduces the digest from the title; close a 《 left open."""
    found = _WITH_COMMA.search(text) or (_LEAD_IN.search(text) if text.endswith(("：", ":")) else None)
    if not found or not text[: found.start()].strip():
        return text.rstrip("：: "), ""
    title, lead_in = text[: found.start()], found[0].strip("，,：:；。 ")
    if title.count("《") > title.count("》"):
        title += "》"
    return title, lead_in.replace("》", "")


def _name(title: str) -> str:
    """The document's own name: what 《》 hold where the title issues that, else what follows the
    issuers.

    >>> _name("某市关于印发《某市行动方案》的通知"), _name("国务院关于暂时调整实施《某法》有关规定的批复")
    ('某市行动方案', '关于暂时调整实施《某法》有关规定的批复')
    """
    quoted = [
        found for found in _QUOTED.finditer(title) if len(found[1]) > 3 and not _is_object(title, found)
    ]
    if quoted:
        return max((found[1] for found in quoted), key=lambda name: (bool(_LIST_END.search(name)), len(name)))
    rest = title
    for issuer in find_issuers(title):
        rest = rest.replace(issuer, "", 1).lstrip(" 、，,")
    rest = re.sub(r"^等[^关印发《]{0,8}(?=关于|印发|发布|《)", "", rest).strip(" ：:")
    cut = rest.find("关于")
    if 0 < cut < 12 and looks_like_document(rest[cut:]):
        rest = rest[cut:]
    return re.sub(rf"[（(]{_NUMBER.pattern}[)）]$", "", rest) or title


def _is_object(title: str, quoted: re.Match[str]) -> bool:
    """Whether a title is about a quoted document (关于贯彻《…》的意见) and does not issue it."""
    before, after = title[: quoted.start()], title[quoted.end() :]
    return "关于" in before and not _ISSUES.search(before) and bool(_KIND_END.search(after))


def looks_like_document(text: str) -> bool:
    """Whether a line names an official document: 关于…的通知, 《…》, …行动计划.

    >>> [looks_like_document(n) for n in ("关于开展建设的通知", "总体要求", "加强组织领导。")]
    [True, False, False]
    """
    text = text.strip()
    if len(text) > 160 or re.search("[。；！？]", _QUOTED.sub("", text)):
        return False
    if _QUOTED.search(text) and (find_issuers(without_date(text)) or _ISSUE_VERBS.search(text)):
        return True
    plain = _cut_lead_in(text)[0].strip("》 ")
    if "关于" in plain or "印发" in plain or find_issuers(plain):
        return bool(_LIST_END.search(plain))
    return bool(_KIND_END.search(plain)) and len(plain) >= 10


def find_number(text: str) -> str | None:
    """A document number such as 国办发〔2018〕48号, without gaps, in its standard brackets.

    >>> find_number("吉政办发〔 2018〕48号"), find_number("教职成厅函[2023]15号")
    ('吉政办发〔2018〕48号', '教职成厅函〔2023〕15号')
    """
    found = _NUMBER.search(text)
    if not found:
        return None
    number = re.sub(r"\s+|第(?=\d)", "", found[0])
    return re.sub(r"[〔\[［【(（](\d{4})[〕\]］】)）]", r"〔\1〕", number)
