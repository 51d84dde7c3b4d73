"""Whom a direction suits, and the subjects its narrower titles name, for invented colleges."""

import pytest
from builders import CARE, SCHOOL, TRADE, make_document, make_issue, sample_model

from recommender.config import College, Department, Settings
from recommender.recommend.suggest import suggest
from recommender.records import Suggestion

DEPARTMENTS = (
    Department("商贸学院", ("国际贸易", "电子商务")),
    Department("康养学院", ("养老服务", "护理")),
    Department("农学院", ("作物栽培",)),
)
TRADERS = Settings(College(disciplines=("现代商贸", "职业教育")), DEPARTMENTS[:1])
CARERS = Settings(College(disciplines=("智慧健康养老", "职业教育")), DEPARTMENTS[1:2])
ISSUE = make_issue(
    "9",
    [
        make_document("关于推动外贸稳定增长的意见", TRADE),
        make_document("关于促进养老服务高质量发展的意见", (*CARE, ("优化区域布局", "统筹设施。"))),
        make_document("关于深化职业教育改革的意见", SCHOOL),
        make_document("关于促进家政服务发展推进社区食堂建设的意见", [("优化产业结构", "错开时段。")]),
    ],
    date="2024-06-01",
)


def listed(settings: Settings) -> dict[str, Suggestion]:
    return {one.title: one for one in suggest(ISSUE, sample_model(), settings, 30)}


def test_departments_whose_subjects_fit_and_no_others() -> None:
    found = listed(Settings(departments=DEPARTMENTS))
    assert found["推进贸易数字化研究"].departments == ("商贸学院",)
    assert found["发展居家养老服务研究"].departments == ("康养学院",)
    assert found["优化区域布局研究"].departments == ()


def test_the_best_department_comes_first_whatever_the_order_of_the_settings() -> None:
    retail = Department("零售学院", ("跨境电商",))
    for departments in ((*DEPARTMENTS, retail), (retail, *DEPARTMENTS)):
        found = listed(Settings(departments=departments))
        assert found["发展跨境电商研究"].departments == ("零售学院", "商贸学院")


def test_a_subject_the_background_does_not_know_fits_where_the_direction_names_it() -> None:
    novel = Settings(departments=(Department("新学院", ("贸易数字化",)),))
    assert listed(novel)["推进贸易数字化研究"].departments == ("新学院",)


@pytest.mark.parametrize(
    ("settings", "subject"), [(TRADERS, "现代商贸类专业"), (CARERS, "智慧健康养老类专业")]
)
def test_vocational_education_is_researched_in_any_subject(settings: Settings, subject: str) -> None:
    assert listed(settings)["深化产教融合研究"].narrower[0] == f"产教融合背景下{subject}人才培养模式研究"


def test_two_colleges_get_different_titles_for_one_direction() -> None:
    trade, care = listed(TRADERS), listed(CARERS)
    assert "专业人才培养模式" in trade["推进贸易数字化研究"].narrower[0]
    assert not any("专业" in title for title in care["推进贸易数字化研究"].narrower)
    assert any("护理专业" in title or "养老" in title for title in care["发展居家养老服务研究"].narrower)


def test_a_bare_clause_is_told_by_its_document_only_where_that_is_about_one_thing() -> None:
    found = listed(CARERS)
    assert found["优化区域布局研究"].narrower[-1] == "养老服务区域布局现状与对策研究"
    assert found["深化产教融合研究"].narrower[1] == "职业教育改革中的产教融合路径研究"
    assert found["优化产业结构研究"].narrower == ("产业结构优化路径研究", "产业结构现状与对策研究")
