"""Invented bulletins whose content is known by construction.

``Article`` is what a bulletin says, ``Style`` how it is printed, ``print_bulletin`` the text. College,
place and digests are invented; so a test can ask that parsing gives back what was printed.
"""

from dataclasses import dataclass, replace
from typing import Literal

from recommender.records import Role

Sections = Literal["none", "inline", "grouped", "heading", "counted", "restarted", "nested", "nested 1."]
Dates = Literal["before", "between", "after", "below", "none"]
Contents = Literal["none", "tabs", "dots", "spaces", "unpaged"]
Guide = Literal["none", "bullets", "numbers", "chinese"]
Picks = Literal[
    "1.", "1、", "（1）", "①", "一是", "一、", "•", "- 1.", "bare", "row", "numbered row", "explained", "none"
]

CN = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"]
HEADING = "本期推荐研究方向"


@dataclass(frozen=True)
class Article:
    """One document. clauses: (heading, text); paragraphs: text without numbering, above them."""

    role: Role
    section: str
    title: str
    issuer: str = ""
    date: str = ""
    clauses: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """Issuer and 《name》, as a head prints them; other titles as they are."""
        return f"{self.issuer}《{self.title}》" if self.role == "policy" else self.title


@dataclass(frozen=True)
class Style:
    """How a bulletin is printed."""

    sections: Sections = "none"
    clause: Literal["（一）", "1.", "1、", "(一)"] = "（一）"
    dates: Dates = "before"
    contents: Contents = "none"
    guide: Guide = "none"
    picks: Picks = "1."
    picks_heading: str = HEADING
    tail: bool = True
    blank: bool = True
    head: str = "示例学院动态\n2025 年 6 月 18 日\n第 2 期·总第 92 期\n示例学院研究室主办"


POLICY = Article(
    role="policy",
    section="政策法规",
    title="关于促进山货电商发展的若干意见",
    issuer="国务院办公厅",
    date="2025-04-08",
    clauses=(
        ("整理山货名录", "各县登记特产的产地和产量，每年更新一次，供买家查询。"),
        ("培养带货能手", "职业学校开设短期班，农户学会拍摄、讲解和发货，结业后有人跟踪指导。"),
        ("修好冷链小站", "村口设小型冷库，电费按农用价计算，由合作社轮流看管。"),
        ("压实各方责任", "县里每季度通报一次进展。"),
    ),
)
PLAN = Article(
    role="policy",
    section="政策法规",
    title="示例省职业学校实训场地共享实施方案",
    issuer="示例省教育厅",
    date="2025-05-12",
    clauses=(
        ("开放实训场地", "晚间和周末向企业职工开放，按次登记，费用公示。"),
        ("统一预约平台", "全省用一个入口，谁先预约谁先用，违约者暂停一月。"),
        ("评价共享成效", "把使用率写进年度报告。"),
    ),
)
COMMENT = Article(
    role="commentary",
    section="相关评论",
    title="山货出山，先要有人会卖",
    clauses=(
        ("人才在哪里", "一是返乡青年愿意学。二是学校有老师肯下乡。"),
        ("路径怎么走", "先培训，后开店，再联合。"),
    ),
)
NEWS = Article(
    role="news",
    section="业内动态",
    title="示例二院举办山货直播技能赛",
    paragraphs=("近日，示例二院举办直播技能赛，二十支队伍现场讲解山货，评委由买家担任。",),
)
MORE_NEWS = Article(
    role="news",
    section="业内动态",
    title="示例三院与园区共建仓配实训室",
    paragraphs=("本周，示例三院同园区签约，学生在真实仓库里学习分拣与盘点。",),
)
EXPERIENCE = Article(
    role="experience",
    section="他山之石",
    title="邻市学校办乡村夜校的做法",
    clauses=(
        ("课程由村民点单", "村民想学什么，学校就教什么。"),
        ("老师轮流驻村", "每人每学期驻村两周，食宿由村里安排。"),
    ),
)
ARTICLES = (POLICY, PLAN, NEWS, MORE_NEWS, EXPERIENCE)
PICKS = ("山货电商人才培养", "实训场地共享机制", "乡村夜校课程建设")


def with_inner_outline(article: Article) -> Article:
    """The same policy with an outline of its own: 一、 above its clauses, as when quoted in full."""
    inner = (("总体要求", ""), ("主要任务", ""), ("保障措施", ""))
    return replace(article, clauses=(*inner, *article.clauses))


def print_bulletin(
    style: Style, articles: tuple[Article, ...] = ARTICLES, picks: tuple[str, ...] = PICKS
) -> str:
    """The whole bulletin as text."""
    blocks = [style.head, *_print_guide(style, articles), *_print_contents(style, articles)]
    blocks += _print_body(style, articles)
    if style.picks != "none":
        blocks += _print_picks(style, _top_count(style, articles) + 1, picks)
    if style.tail:
        blocks += ["[总指导] 甲某 乙某", "[责任编辑] 丙某", "报：校领导。", "发：各部门。"]
    return ("\n\n" if style.blank else "\n").join(blocks) + "\n"


def iso_to_chinese(date: str) -> str:
    """2025-04-08 as 2025年4月8日."""
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"


def _head_line(style: Style, article: Article) -> str:
    """Title with date and lead-in, as the head of a document prints them."""
    if article.role != "policy":
        return article.title
    date = iso_to_chinese(article.date)
    forms = {
        "before": f"{date}，{article.printed}，提出：",
        "between": f"{article.issuer}{date}印发《{article.title}》，提出：",
        "after": f"{article.printed}（{date}）",
    }
    return forms.get(style.dates, article.printed)


def _below_head(style: Style, article: Article) -> list[str]:
    """Everything below a document's head."""
    lines = [f"发布日期：{article.date}"] if style.dates == "below" and article.date else []
    inner = style.sections.startswith("nested")
    lines += article.paragraphs
    for place, (heading, text) in enumerate(article.clauses):
        mark = {"（一）": f"（{CN[place]}）", "(一)": f"({CN[place]})", "1、": f"{place + 1}、"}
        label = (
            f"{place + 1}."
            if inner and style.sections == "nested"
            else mark.get(style.clause, f"{place + 1}.")
        )
        if inner and style.sections == "nested 1.":
            label = f"（{place + 1}）"
        lines.append(f"{label}{heading}。{text}")
    return lines


def _groups(articles: tuple[Article, ...]) -> list[tuple[str, list[Article]]]:
    """Neighbouring articles of one section."""
    groups: list[tuple[str, list[Article]]] = []
    for article in articles:
        if not groups or groups[-1][0] != article.section:
            groups.append((article.section, []))
        groups[-1][1].append(article)
    return groups


def _top_count(style: Style, articles: tuple[Article, ...]) -> int:
    """How many numbers 一、二、… stand before the list of picks."""
    if style.sections in ("none", "inline", "counted"):
        return sum(article.role != "commentary" for article in articles)
    return len([group for group in _groups(articles) if group[0] != "相关评论"])


def _print_body(style: Style, articles: tuple[Article, ...]) -> list[str]:
    printer = {"none": _print_numbered, "inline": _print_numbered, "counted": _print_counted}
    return printer.get(style.sections, _print_grouped)(style, articles)


def _print_numbered(style: Style, articles: tuple[Article, ...]) -> list[str]:
    """一、【政策法规】2025年…; a commentary stands below its policy without a number."""
    lines: list[str] = []
    number = 0
    for article in articles:
        name = f"【{article.section}】"
        if article.role == "commentary":
            lines.append(name + article.title)
        else:
            bracket = name if style.sections == "inline" or article.role != "policy" else ""
            lines.append(f"{CN[number]}、{bracket}{_head_line(style, article)}")
            number += 1
        lines += _below_head(style, article)
    return lines


def _print_counted(style: Style, articles: tuple[Article, ...]) -> list[str]:
    """【政策法规】 above documents counted through the issue: 一、 二、 … 【业内动态】 三、."""
    lines: list[str] = []
    number = 0
    for name, group in _groups(articles):
        lines.append(f"【{name}】")
        for article in group:
            lines += [f"{CN[number]}、{_head_line(style, article)}", *_below_head(style, article)]
            number += 1
    return lines


def _print_grouped(style: Style, articles: tuple[Article, ...]) -> list[str]:
    """A section's name on a line of its own above its documents."""
    lines: list[str] = []
    for place, (name, group) in enumerate(_groups(articles)):
        numbered = {"heading": f"{CN[place]}、【{name}】", "nested": f"{CN[place]}、{name}"}
        numbered["nested 1."] = f"{CN[place]}、【{name}】"
        lines.append(numbered.get(style.sections, f"【{name}】"))
        for number, article in enumerate(group):
            label = {
                "restarted": f"{CN[number]}、",
                "nested": f"（{CN[number]}）",
                "nested 1.": f"{number + 1}.",
            }
            lines.append(label.get(style.sections, "") + _head_line(style, article))
            lines += _below_head(style, article)
    return lines


def _entries(style: Style, articles: tuple[Article, ...]) -> list[str]:
    """The lines of 目录: what the body's heads say, without dates."""
    plain = replace(style, dates="none")
    lines = _print_body(plain, tuple(replace(article, clauses=(), paragraphs=()) for article in articles))
    return [*lines, f"{CN[_top_count(style, articles)]}、{style.picks_heading}"]


def _print_contents(style: Style, articles: tuple[Article, ...]) -> list[str]:
    if style.contents == "none":
        return []
    leader = {"tabs": "\t", "dots": "........", "spaces": "      "}.get(style.contents)
    entries = _entries(style, articles)
    if leader is None:
        return ["目 录", *entries]
    return ["目 录", *(f"{entry}{leader}{page}" for page, entry in enumerate(entries, start=2))]


def _print_guide(style: Style, articles: tuple[Article, ...]) -> list[str]:
    """导读: titles with a sentence each."""
    if style.guide == "none":
        return []
    lines = ["本期导读"]
    for place, article in enumerate(articles):
        mark = {"bullets": "●", "numbers": f"{place + 1}. ", "chinese": f"{CN[place]}、"}[style.guide]
        lines += [f"{mark}{article.printed}", f"第{place + 1}篇谈的是乡村与学校的事。"]
    return [*lines, f"●{style.picks_heading}"]


def _print_picks(style: Style, number: int, picks: tuple[str, ...]) -> list[str]:
    heading = f"{CN[number - 1]}、{style.picks_heading}"
    titles = [f"{pick}研究" for pick in picks]
    rows = {
        "row": ["；".join(titles) + "。"],
        "numbered row": ["；".join(f"{i}.{title}" for i, title in enumerate(titles, start=1)) + "。"],
        "explained": [
            f"{i}. {title}：围绕本期所列做法，说明难点和对策。" for i, title in enumerate(titles, start=1)
        ],
        "bare": titles,
    }
    if style.picks in rows:
        return [heading, *rows[style.picks]]
    return [heading, *(_pick_mark(style.picks, place) + title for place, title in enumerate(titles))]


def _pick_mark(form: Picks, place: int) -> str:
    marks = {
        "（1）": f"（{place + 1}）",
        "①": chr(0x2460 + place),
        "一是": f"{CN[place]}是",
        "一、": f"{CN[place]}、",
        "•": "• ",
        "- 1.": f"- {place + 1}.",
        "1、": f"{place + 1}、",
    }
    return marks.get(form, f"{place + 1}. ")
