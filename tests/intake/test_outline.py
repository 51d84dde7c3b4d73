"""Where documents begin: every layout of sections, contents and guide gives back the same documents."""

from itertools import product
from typing import get_args

import pytest
from bulletins import (
    ARTICLES,
    COMMENT,
    EXPERIENCE,
    MORE_NEWS,
    NEWS,
    PICKS,
    PLAN,
    POLICY,
    Article,
    Contents,
    Dates,
    Guide,
    Sections,
    Style,
    print_bulletin,
)
from hypothesis import given
from hypothesis import strategies as st

from recommender.intake.chain import Numbered, best_chain
from recommender.intake.clean import Line, clean_text
from recommender.intake.contents import body_start, contents_end, same_title
from recommender.intake.heads import is_named, is_title_like
from recommender.intake.outline import find_sections, find_titled_sections
from recommender.intake.parse import parse_text
from recommender.intake.roles import names_section, role_of, split_name
from recommender.records import Document

HEAD = "示例学院动态\n2025年6月18日\n第2期（总第92期）\n"
CLAUSES = "（一）整理名录。各县登记。\n（二）培养能手。学校开班。\n"
WITH_COMMENT = (POLICY, COMMENT, PLAN, EXPERIENCE, NEWS)


def documents(text: str) -> tuple[Document, ...]:
    return parse_text(text).documents


def titles(text: str) -> list[str]:
    return [document.title for document in documents(text)]


def found(document: Document) -> tuple[object, ...]:
    """What the builder can tell of a document."""
    headings = tuple(clause.heading for clause in document.clauses if clause.depth == 1)
    return document.name, document.role, "、".join(document.issuers), document.date or "", headings


def printed(article: Article, style: Style) -> tuple[object, ...]:
    date = "" if style.dates == "none" else article.date
    return article.title, article.role, article.issuer, date, tuple(heading for heading, _ in article.clauses)


@pytest.mark.parametrize("articles", [ARTICLES, WITH_COMMENT], ids=["news", "comment"])
@pytest.mark.parametrize("contents", get_args(Contents))
@pytest.mark.parametrize("sections", get_args(Sections))
def test_every_layout_gives_back_its_documents(
    sections: Sections, contents: Contents, articles: tuple[Article, ...]
) -> None:
    for dates, guide in product(get_args(Dates), get_args(Guide)):
        style = Style(sections=sections, contents=contents, dates=dates, guide=guide)
        parsed = parse_text(print_bulletin(style, articles))
        assert [found(document) for document in parsed.documents] == [
            printed(article, style) for article in articles
        ]
        assert [pick.title for pick in parsed.picks] == [f"{pick}研究" for pick in PICKS]


@pytest.mark.parametrize("clause", ["（一）", "(一)", "1.", "1、"])
@pytest.mark.parametrize("sections", get_args(Sections))
def test_every_numbering_of_clauses(sections: Sections, clause: str) -> None:
    style = Style(sections=sections, clause=clause)  # type: ignore[arg-type]
    parsed = documents(print_bulletin(style))
    assert [found(document) for document in parsed] == [printed(article, style) for article in ARTICLES]


@pytest.mark.parametrize("sections", ["none", "inline", "counted", "restarted"])
@pytest.mark.parametrize("contents", ["none", "tabs"])
def test_a_policy_quoted_with_its_own_outline_stays_one_document(
    sections: Sections, contents: Contents
) -> None:
    """Its 一、二、三、 must not be taken for the next documents of the bulletin."""
    text = print_bulletin(Style(sections=sections, contents=contents))
    first = "（一）整理山货名录"
    inner = f"一、总体要求\n以村民为主体。\n二、实施职业学校提质计划\n{first}"
    text = text.replace(first, inner).replace("（四）压实各方责任", "三、保障措施\n（四）压实各方责任")
    parsed = documents(text)
    assert [document.name for document in parsed] == [article.title for article in ARTICLES]
    assert [clause.label for clause in parsed[0].clauses if clause.depth == 1] == ["一、", "二、", "三、"]
    assert [clause.label for clause in parsed[0].clauses if clause.depth == 2] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
    ]


def test_a_plain_title_between_two_policies_is_found_by_the_count() -> None:
    text = (
        HEAD
        + f"一、国务院《关于夜校的意见》\n{CLAUSES}"
        + f"二、邻市学校怎样办夜校\n{CLAUSES}"
        + f"三、教育部《关于登记的通知》\n{CLAUSES}"
    )
    assert titles(text) == ["国务院《关于夜校的意见》", "邻市学校怎样办夜校", "教育部《关于登记的通知》"]


def test_the_number_of_the_picks_tells_how_many_documents_there_are() -> None:
    body = (
        f"一、国务院《关于夜校的意见》\n{CLAUSES}二、邻市怎样办夜校\n{CLAUSES}三、邻县怎样办夜校\n{CLAUSES}"
    )
    assert len(titles(HEAD + body + "四、推荐研究方向\n1.夜校课程研究\n")) == 3


@pytest.mark.parametrize(
    "body",
    [
        "【专家观点】\n夜校要办下去，经费要有保障。\n第二段也是文字。\n",
        "二、【专家观点】\n夜校要办下去，经费要有保障。\n第二段也是文字。\n",
        "【专家观点】\n（一）夜校要办下去。经费要有保障。\n（二）老师要下乡。食宿要安排。\n",
    ],
    ids=["paragraphs", "numbered", "clauses"],
)
def test_a_section_without_a_title_is_itself_the_document(body: str) -> None:
    parsed = documents(HEAD + f"一、【政策法规】国务院《关于夜校的意见》\n{CLAUSES}" + body)
    assert [(document.title, document.role) for document in parsed[1:]] == [("专家观点", "commentary")]
    assert len(parsed[1].clauses) == 2


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "第一部分 政策法规\n一、国务院《关于夜校的意见》\n"
            + CLAUSES
            + "第二部分 业内动态\n一、示例二院办赛\n近日办赛。\n",
            [("国务院《关于夜校的意见》", "policy"), ("示例二院办赛", "news")],
        ),
        (
            "一、政策法规：国务院《关于夜校的意见》\n" + CLAUSES + "二、业内动态：示例二院办赛\n近日办赛。\n",
            [("国务院《关于夜校的意见》", "policy"), ("示例二院办赛", "news")],
        ),
        (
            "一、国务院《关于夜校的意见》【政策法规】\n"
            + CLAUSES
            + "二、示例二院的做法【他山之石】\n近日办学。\n",
            [("国务院《关于夜校的意见》", "policy"), ("示例二院的做法", "experience")],
        ),
        (
            "1.国务院《关于夜校的意见》\n" + CLAUSES + "2.教育部《关于登记的通知》\n" + CLAUSES,
            [("国务院《关于夜校的意见》", "policy"), ("教育部《关于登记的通知》", "policy")],
        ),
        (
            "国务院关于夜校的意见\n" + CLAUSES + "\n教育部关于登记的通知\n" + CLAUSES,
            [("国务院关于夜校的意见", "policy"), ("教育部关于登记的通知", "policy")],
        ),
    ],
    ids=["parts", "colons", "names behind", "arabic", "unnumbered"],
)
def test_rarer_layouts(body: str, wanted: list[tuple[str, str]]) -> None:
    assert [(document.title, document.role) for document in documents(HEAD + body)] == wanted


def test_a_decimal_outline_has_its_leaves_as_documents() -> None:
    text = (
        "示例通讯\n2025年第1期\n目 录\n1 政策动态\t1\n1.1 通知\t1\n1.1.1 教育部：登记通知\t1\n"
        "2 他山之石\t3\n2.1 邻校：夜校\t3\n"
        "1 政策动态\n1.1 通知\n1.1.1 教育部：登记通知\n"
        + CLAUSES
        + "资料来源：教育部网站\n发布日期：2025年4月8日\n"
        "2 他山之石\n2.1 邻校：夜校\n办学的 3.4万名村民。\n2.5 万人上课，反响很好。\n资料来源：示例日报\n"
    )
    parsed = documents(text)
    assert [(document.label, document.role, document.date) for document in parsed] == [
        ("1.1.1", "policy", "2025-04-08"),
        ("2.1", "experience", None),
    ]
    assert [document.issuers for document in parsed] == [("教育部",), ("示例日报",)]


# The parts, each for itself.


def chain(*scored: tuple[int, int], last: int | None = None) -> list[int]:
    lines = [Numbered(index, value, score) for index, (value, score) in enumerate(scored)]
    return [member.index for member in best_chain(lines, last)]


def test_the_chain_prefers_heads_over_clauses() -> None:
    assert chain((1, 3), (1, -1), (2, -1), (2, 3), (1, -1), (3, 3)) == [0, 3, 5]


def test_the_chain_bridges_a_plain_title() -> None:
    assert chain((1, 3), (2, -1), (3, 3)) == [0, 1, 2]


def test_the_chain_of_a_single_policy_is_empty() -> None:
    assert chain((1, -1), (2, -1), (3, -9)) == []
    assert chain() == []


def test_the_chain_reaches_the_known_last_number() -> None:
    assert chain((1, 3), (2, -1), (3, -1)) == [0]
    assert chain((1, 3), (2, -1), (3, -1), last=3) == [0, 1, 2]
    assert chain((1, 3), (2, -1), last=7) == [0]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-9, 4)), max_size=25))
def test_a_chain_always_counts_from_one_without_gaps(scored: list[tuple[int, int]]) -> None:
    chosen = [scored[index][0] for index in chain(*scored)]
    assert chosen == list(range(1, len(chosen) + 1))


@pytest.mark.parametrize("contents", ["tabs", "dots", "spaces"])
def test_the_body_begins_behind_the_contents(contents: Contents) -> None:
    lines = list(clean_text(print_bulletin(Style(contents=contents))).lines)
    assert contents_end(lines) == body_start(lines)
    assert lines[body_start(lines)].text.startswith("一、2025年")


def test_without_contents_the_body_begins_at_once() -> None:
    assert body_start(list(clean_text(print_bulletin(Style())).lines)) == 0


@pytest.mark.parametrize(
    ("listed", "line", "same"),
    [
        ("一、国务院《关于夜校的意见》", "一、2025年4月8日，国务院《关于夜校的意见》，提出：", True),
        ("●国务院《关于夜校的意见》", "一、国务院《关于夜校的意见》", True),
        ("一、国务院《关于夜校的意见》", "二、国务院《关于夜校的意见》", False),
        ("相关评论", "【相关评论】", True),
        ("相关评论", "各方相关评论认为夜校可行。", False),
    ],
)
def test_a_contents_entry_and_its_head(listed: str, line: str, same: bool) -> None:
    assert same_title(listed, line) is same


def test_roles_names_and_titles() -> None:
    assert [
        role_of(name) for name in ("政策解读", "政策速递", "院校风采", "高教要闻", "理论研究", "附录")
    ] == [
        "commentary",
        "policy",
        "experience",
        "news",
        "commentary",
        None,
    ]
    assert split_name("【典型案例】某校") == ("典型案例", "某校")
    assert split_name("[总指导] 甲某") is None
    assert names_section("三、【业内动态】")
    assert not names_section("三、优化政策环境")
    assert is_named("2025年4月8日，示例二院揭牌")
    assert is_title_like(NEWS.title)
    assert not is_title_like(MORE_NEWS.paragraphs[0])


def test_sections_cover_the_lines_between_their_heads() -> None:
    lines = list(clean_text(print_bulletin(Style(picks="none", tail=False))).lines)
    sections = find_sections(lines)
    assert [section.end for section in sections] == [section.head for section in sections[1:]] + [len(lines)]


def test_titles_without_numbering_need_text_between_them() -> None:
    texts = ["教育部关于登记的通知", "教育部关于登记的通知", "一、总体要求", "甲。"]
    sections = find_titled_sections([Line(text, number) for number, text in enumerate(texts)])
    assert [section.head for section in sections] == [0]
