"""Who issued a document, and at what level they stand."""

import pytest

from recommender.intake.agencies import find_any_issuer, find_issuers, level_of, name_source
from recommender.records import Level


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("国务院办公厅关于开展夜校登记的通知", ("国务院办公厅",)),
        ("中共中央办公厅、国务院办公厅印发《意见》", ("中共中央办公厅", "国务院办公厅")),
        ("中共中央 国务院关于推进改革的意见", ("中共中央", "国务院")),
        ("教育部财政部关于实施计划的意见", ("教育部", "财政部")),
        ("教育部办公厅 财政部办公厅关于做好工作的通知", ("教育部办公厅", "财政部办公厅")),
        ("工业和信息化部等八部门关于加快转型的意见", ("工业和信息化部",)),
        ("国家发展改革委、商务部印发《方案》", ("国家发展改革委", "商务部")),
        ("四川省人民政府办公厅关于印发方案的通知", ("四川省人民政府办公厅",)),
        ("广州市教育局关于公布名单的通知", ("广州市教育局",)),
        ("近日，教育部印发《通知》", ("教育部",)),
        ("关于四川省有关问题的复函", ()),
        ("示例二院举办技能赛", ()),
        ("", ()),
    ],
)
def test_issuers_at_the_head_of_a_title(title: str, issuers: tuple[str, ...]) -> None:
    assert find_issuers(title) == issuers


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("中共中央", "central"),
        ("国务院办公厅", "central"),
        ("全国人大常委会", "central"),
        ("教育部办公厅", "ministry"),
        ("国家知识产权局", "ministry"),
        ("人力资源社会保障部", "ministry"),
        ("浙江省人民政府", "province"),
        ("浙江省教育厅", "province"),
        ("内蒙古自治区人民政府", "province"),
        ("上海市教育委员会", "province"),
        ("示例省教育厅", "province"),
        ("杭州市人民政府", "city"),
        ("上海市浦东新区人民政府", "city"),
        ("示例市教育局", "city"),
        ("示例职业学院", "institution"),
        ("示例大学", "institution"),
        ("示例日报", "media"),
        ("某协作组", ""),
        ("", ""),
    ],
)
def test_levels(issuer: str, level: Level) -> None:
    assert level_of(issuer) == level


@pytest.mark.parametrize(
    ("source", "organ"),
    [
        ("中华人民共和国教育部网站", "教育部"),
        ("示例省教育厅官方网站", "示例省教育厅"),
        ("示例日报（记者 甲某）", "示例日报"),
        ("示例市政府门户网站", "示例市"),
        ("新华网", "新华网"),
    ],
)
def test_the_organ_behind_a_source_line(source: str, organ: str) -> None:
    assert name_source(source) == organ


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("示例职业学院科研处", "示例职业学院"),
        ("国务院办公厅", "国务院办公厅"),
        ("示 例 省 教 育 厅", "示例省教育厅"),
        ("星期三", ""),
    ],
)
def test_any_issuer_of_a_line(line: str, issuer: str) -> None:
    assert find_any_issuer(line) == issuer
