"""Wordings: trimmed headings, what they say, and the house style of a title."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.recommend.wording import (
    begins_with_verb,
    content,
    house_title,
    is_administrative,
    is_slogan,
    trim_heading,
)


@pytest.mark.parametrize(
    ("heading", "direction"),
    [
        ("大力发展冷链物流", "发展冷链物流"),
        ("进一步加快推进智慧口岸建设", "推进智慧口岸建设"),
        ("持续优化营商环境，激发企业活力", "优化营商环境"),
        ("深入实施技能提升行动；完善评价", "实施技能提升行动"),
        ("积极稳步推进普惠托育", "推进普惠托育"),
        ("切实加强实训基地管理。", "加强实训基地管理"),
        ("加快茶产业转型", "茶产业转型"),
        ("推动“直播+”农产品销售", "推动“直播+”农产品销售"),
        ("“双高计划”", "双高计划"),
        ("建设 RCEP 合作 示范区", "建设RCEP合作示范区"),
        ("完善机制：责任到人", "完善机制"),
        ("高质量推进园区建设", "推进园区建设"),
        ("高质量就业", "高质量就业"),
        ("科学发展观学习", "科学发展观学习"),
        ("创新模式", "创新模式"),
        ("", ""),
    ],
)
def test_a_heading_is_trimmed_to_its_direction(heading: str, direction: str) -> None:
    assert trim_heading(heading) == direction


@given(st.text(alphabet="大力加快推进发展外贸，。：“”《》 —A1", max_size=20))
def test_trimming_twice_is_trimming_once_and_adds_nothing(heading: str) -> None:
    once = trim_heading(heading)
    assert trim_heading(once) == once
    assert set(once) <= set(heading)


@pytest.mark.parametrize(
    ("core", "left"),
    [
        ("加强组织领导", ""),
        ("强化宣传解读", ""),
        ("规范资金使用", ""),
        ("保障条件切实到位", ""),
        ("明确工作目标和主要任务", ""),
        ("推进冷链数字化", "冷链数字化"),
        ("培育“专精特新”企业", "专精特新企业"),
    ],
)
def test_what_is_left_without_common_words(core: str, left: str) -> None:
    assert content(core) == left


@pytest.mark.parametrize("core", ["促发展惠民生", "稳外贸稳外资", "稳增长调结构防风险", "强基础补短板"])
def test_a_chant_is_a_slogan(core: str) -> None:
    assert is_slogan(core)


@pytest.mark.parametrize("core", ["推进冷链数字化", "发展茶产业", "稳外贸", "外贸稳规模", "打造物流枢纽"])
def test_a_direction_is_none(core: str) -> None:
    assert not is_slogan(core)


@pytest.mark.parametrize(
    "heading",
    ["保障措施", "组织实施", "加强组织领导", "五、工作要求", "强化宣传引导", "总体要求", "抓好落实"],
)
def test_arrangements_are_administrative(heading: str) -> None:
    assert is_administrative(heading)


@pytest.mark.parametrize(
    "heading", ["完善养老保障", "发展目标客户直播", "培养基层组织人才", "推进农机装备更新"]
)
def test_matters_are_not(heading: str) -> None:
    assert not is_administrative(heading)


@pytest.mark.parametrize(
    ("core", "verb"), [("推进冷链数字化", True), ("冷链数字化", False), ("培育新业态", True)]
)
def test_beginning_with_a_verb(core: str, verb: bool) -> None:
    assert begins_with_verb(core) is verb


@pytest.mark.parametrize(
    ("core", "title"),
    [
        ("推进冷链数字化", "推进冷链数字化研究"),
        ("推进冷链数字化研究", "推进冷链数字化研究"),
        ("推进冷链数字化研究研究。", "推进冷链数字化研究"),
        ("推进冷链数字化。研究", "推进冷链数字化研究"),
        ("1. 推进冷链数字化；", "推进冷链数字化研究"),
        ("（十三）推进冷链数字化", "推进冷链数字化研究"),
        ("- 2.推进冷链数字化", "推进冷链数字化研究"),
        ("三、推进冷链数字化", "推进冷链数字化研究"),
        ("一是推进冷链数字化", "推进冷链数字化研究"),
        ("第二条 推进冷链数字化", "推进冷链数字化研究"),
        ("三全育人模式", "三全育人模式研究"),
        ("5G应用", "5G应用研究"),
        ("一体化办学", "一体化办学研究"),
        ("研究型教学", "研究型教学研究"),
    ],
)
def test_house_style(core: str, title: str) -> None:
    assert house_title(core) == title


@given(st.text(alphabet="推进冷链数字化研究。；，.1一、（）二 是第条-•", max_size=24))
def test_always_one_ending_no_numbering_no_full_stop(core: str) -> None:
    title = house_title(core)
    assert title.endswith("研究")
    assert not re.search(r"研究[。.；;，,\s]*研究$", title)
    assert "。" not in title
    assert not re.match(r"\s*(?:\d+[.、](?!\d)|（[一二\d]+）|[一二]+、|一是)", title)
    assert house_title(title) == title
