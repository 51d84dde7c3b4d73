"""Narrower titles: always a title an investigator could print, none where the wording carries none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.recommend.heads import HEADS
from recommender.recommend.narrower import MAX_TITLE, Setting, narrower_titles, subject_name
from recommender.recommend.parts import parse_direction
from recommender.records import Candidate, Source

COMMERCE = Setting(("电子商务专业",))


def titles(core: str, setting: Setting = COMMERCE, source: Source = "heading") -> tuple[str, ...]:
    return narrower_titles(Candidate(core, source, ((0, 0),)), setting)


@pytest.mark.parametrize(
    ("core", "expected"),
    [
        # a push and a happening: the happening alone
        ("推进贸易数字化", ("贸易数字化背景下电子商务专业人才培养模式研究", "贸易数字化实现路径研究")),
        (
            "深化产教融合",
            ("产教融合背景下电子商务专业人才培养模式研究", "产教融合路径研究", "产教融合机制研究"),
        ),
        # a thing: what is done to it comes from the verb, or from the thing
        (
            "提升物流效率",
            (
                "物流效率提升背景下电子商务专业人才培养模式研究",
                "物流效率提升路径研究",
                "物流效率评价指标体系研究",
            ),
        ),
        (
            "打造一批公共实训基地",
            (
                "公共实训基地建设背景下电子商务专业人才培养模式研究",
                "公共实训基地建设路径研究",
                "公共实训基地运行机制研究",
            ),
        ),
        # the verb says something no noun does: verb and object stay together
        (
            "扩大县域消费",
            (
                "扩大县域消费背景下电子商务专业人才培养模式研究",
                "扩大县域消费的路径研究",
                "县域消费影响因素研究",
            ),
        ),
        (
            "激发老字号品牌意识",
            (
                "激发老字号品牌意识背景下电子商务专业人才培养模式研究",
                "激发老字号品牌意识的路径研究",
                "激发老字号品牌意识的问题与对策研究",
            ),
        ),
        # a clause: only what pushes it goes
        (
            "推动企业参与课程开发",
            ("推动企业参与课程开发的路径研究", "推动企业参与课程开发的问题与对策研究"),
        ),
        # training: what is taught, not training for training's sake
        (
            "培养乡村直播人才",
            (
                "面向乡村直播人才培养的电子商务专业课程体系研究",
                "乡村直播人才培养路径研究",
                "乡村直播人才培养模式研究",
            ),
        ),
        (
            "建设双师型教师队伍",
            (
                "电子商务专业双师型教师队伍建设路径研究",
                "双师型教师队伍建设路径研究",
                "双师型教师队伍建设机制研究",
            ),
        ),
        # rules of the authorities train nobody
        ("完善经费分担办法", ("经费分担办法完善路径研究", "经费分担办法现状与对策研究")),
    ],
)
def test_titles_in_the_manner_of_real_ones(core: str, expected: tuple[str, ...]) -> None:
    assert titles(core)[: len(expected)] == expected


def test_what_is_built_is_looked_at_itself() -> None:
    assert titles("县域医疗联合体建设", Setting(), "title") == (
        "县域医疗联合体建设路径研究",
        "县域医疗联合体运行机制研究",
    )


@pytest.mark.parametrize(
    "core",
    [
        "投资结构优化实现新突破",
        "产业发展迈出新步伐",
        "以实施技能行动为重点",
        "坚持以人民为中心",
        "加强组织工作",
        "加强协同配合",
        "三年行动",
        "护理收入占总收入比重",
        "探索改革新路径",
        "开展科学研究",
        "提振",
        "四个一批",
    ],
)
def test_no_title_rather_than_a_wrong_one(core: str) -> None:
    assert titles(core) == ()


def test_a_heading_that_may_be_either_gets_forms_that_suit_both() -> None:
    assert titles("门店运营效率") == ("门店运营效率的问题与对策研究", "门店运营效率的影响因素研究")
    assert titles("门店运营效率", source="title")[1:] == (
        "门店运营效率提升路径研究",
        "门店运营效率评价指标体系研究",
    )
    assert titles("指标体系") == ()  # of what?


def test_what_a_report_focuses_on_is_read_without_the_focus() -> None:
    assert titles("聚焦聚力扩大国内需求", Setting()) == ("扩大国内需求的路径研究", "国内需求影响因素研究")
    assert titles("聚焦高水平开放", Setting()) == ("高水平开放路径研究", "高水平开放战略研究")
    assert titles("扩大有效投资、激发潜在消费", Setting()) == ()


def test_culture_is_no_process_and_homework_no_industry() -> None:
    assert "实现路径" not in "".join(titles("繁荣校园文化", source="title"))
    assert titles("减轻课后作业") == ()


# -- where it is researched ------------------------------------------------------------------------


def test_without_a_fitting_subject_there_is_none_in_the_titles() -> None:
    assert titles("推进贸易数字化", Setting()) == ("贸易数字化实现路径研究", "贸易数字化的影响因素研究")


def test_the_next_subject_where_the_best_would_only_repeat_the_object() -> None:
    subjects = Setting(("跨境电商类专业", "国际贸易专业"))
    assert titles("促进跨境电商发展", subjects)[0] == "跨境电商发展背景下国际贸易专业人才培养模式研究"
    assert titles("促进跨境电商发展", Setting(("跨境电商类专业",)))[0] == "跨境电商发展路径研究"


def test_a_bare_object_is_told_by_what_its_document_is_about() -> None:
    trade = Setting((), "服务贸易", "服务贸易高质量发展")
    assert titles("优化区域布局", trade) == ("服务贸易区域布局优化路径研究", "服务贸易区域布局现状与对策研究")
    assert titles("引导需求", trade)[0] == "服务贸易高质量发展背景下引导需求的路径研究"
    assert titles("发展服务外包贸易", trade)[0] == "服务外包贸易发展路径研究"  # tells enough
    assert titles("优化贸易结构", trade)[0] == "贸易结构优化路径研究"  # would say 贸易 twice


def test_a_subject_is_named_as_majors_are() -> None:
    assert subject_name("护理专业", False) == "护理专业"
    assert subject_name("商贸类", True) == "商贸类专业"
    assert subject_name("高等职业教育", True) == subject_name("职业教育", True) == ""
    assert subject_name("学前教育", False) == "学前教育专业"
    assert subject_name("一个长得没有哪个题目放得下的名称", False) == ""


# -- always ---------------------------------------------------------------------------------------

VERBS = re.findall("..", "推进推动深化加强发展建设打造构建完善优化提升培育培养扩大创新规范支持发挥探索激发")
MIDDLES = [
    *re.findall("..", "绿色养老城乡产教跨境数字职业区域服务建设农村"),
    "“人工智能+”",
    "电商与物流",
    "老年人",
]
CORES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", *VERBS]),
        st.sampled_from(MIDDLES),
        st.sampled_from(["", *MIDDLES]),
        st.sampled_from(sorted(HEADS)),
    ),
)
SETTINGS = st.builds(
    Setting,
    st.lists(st.sampled_from(["护理专业", "现代商贸类专业", "电子商务专业"]), max_size=2, unique=True).map(
        tuple
    ),
    st.sampled_from(["", "服务贸易", "数字乡村建设中的"]),
    st.sampled_from(["", "服务贸易发展", "数字乡村建设"]),
)
SOURCES = st.sampled_from(["heading", "title", "phrase"])


@given(
    core=CORES | st.text("推进建设服务体系机制发展化业研究的与。0A“”", max_size=14),
    setting=SETTINGS,
    source=SOURCES,
)
def test_every_title_is_sound(core: str, setting: Setting, source: Source) -> None:
    found = titles(core, setting, source)
    assert len(found) <= 3
    assert len(set(found)) == len(found)
    assert found == titles(core, setting, source)
    parsed = parse_direction(core, source == "title")
    for title in found:
        assert parsed is not None
        assert title.endswith("研究")
        assert title.count("研究") == 1
        assert len(title) <= MAX_TITLE
        assert re.sub("(?<=.{4})(?:建设|构建)$", "", parsed.object) in title
        doubled = {twice[1] for twice in re.finditer(r"([\u4e00-\u9fff]{2,})\1", title)}
        assert doubled <= {twice[1] for twice in re.finditer(r"([\u4e00-\u9fff]{2,})\1", core)}
        assert not re.search("的的|、研究|[与和及]研究|的路径路径|背景下背景下|^的|的背景", title)


@given(core=CORES, setting=SETTINGS)
def test_the_object_is_a_part_of_the_direction(core: str, setting: Setting) -> None:
    parsed = parse_direction(core, from_title=False)
    if parsed:
        assert core.endswith(parsed.object)
        assert core.startswith(parsed.verb)
