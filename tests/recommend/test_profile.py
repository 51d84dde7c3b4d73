"""The profile: stated fields, or those read off names; earlier picks; places."""

from dataclasses import replace

import pytest
from builders import fitted, make_document, make_issue, three_issues

from recommender.config import College, Department, Settings
from recommender.model import PastPick
from recommender.recommend.profile import build_profile
from recommender.records import Issue

MODEL = fitted(three_issues())
ISSUE = three_issues()[0]


def issue_of(title: str, institution: str) -> Issue:
    return replace(make_issue("9", [make_document("甲", ())], institution=institution), title=title)


def test_stated_disciplines_and_those_of_departments_are_the_themes() -> None:
    settings = Settings(
        college=College(disciplines=("物流管理",)),
        departments=(Department("经贸系", ("国际贸易", "物流管理")), Department("护理系", ("养老护理",))),
    )
    assert build_profile(settings, MODEL, ISSUE).themes == ("物流管理", "国际贸易", "养老护理")


@pytest.mark.parametrize(
    ("title", "institution", "theme"),
    [
        ("高职教育动态", "某某职业学院", "高职教育"),
        ("政策快报", "示例市水产职业技术学院", "水产"),
        ("政策快报", "示例商务职业学院科研处", "示例商务"),
    ],
)
def test_without_them_the_names_tell(title: str, institution: str, theme: str) -> None:
    model = replace(MODEL, series=((title, institution),))
    assert theme in build_profile(Settings(), model, issue_of(title, institution)).themes


def test_names_that_tell_nothing_leave_vocational_education() -> None:
    model = replace(MODEL, series=())
    issue = replace(issue_of("动态", "学院"), kind="policy")
    assert build_profile(Settings(), model, issue).themes == ("职业教育",)


def test_the_issues_own_picks_are_never_part_of_it() -> None:
    profile = build_profile(Settings(), MODEL, ISSUE)
    assert {pick.issue for pick in profile.picks} == {"2", "3"}
    stranger = replace(ISSUE, key="77")
    assert build_profile(Settings(), MODEL, stranger).picks == MODEL.picks
    assert MODEL.picks[0] == PastPick("1", "推进贸易数字化", "heading")


def test_places_stated_or_read_off_names() -> None:
    stated = Settings(college=College(province="江西省", city="示例市"))
    assert build_profile(stated, MODEL, ISSUE).places == ("江西省", "示例市")
    named = replace(ISSUE, institution="四川示例职业学院")
    assert build_profile(Settings(), replace(MODEL, series=()), named).places == ("四川",)
    by_city = replace(ISSUE, institution="示例市示例职业学院")
    assert build_profile(Settings(), replace(MODEL, series=()), by_city).places == ("示例",)


@pytest.mark.parametrize(
    ("institution", "fields"),
    [
        ("重庆商务职业学院高等职业教育研究所", ("商务",)),
        ("广州市白云工商技师学院", ("白云工商",)),
        ("四川省江北市交通职业技术学院科研处", ("交通",)),
        ("四川大学", ()),
        ("高等职业教育研究所", ()),
    ],
)
def test_the_field_is_read_off_the_name_of_the_school(institution: str, fields: tuple[str, ...]) -> None:
    issue = replace(ISSUE, institution=institution, title="某动态")
    themes = build_profile(Settings(), replace(MODEL, series=()), issue).themes
    assert tuple(theme for theme in themes if theme not in ("某", "职业教育")) == fields
