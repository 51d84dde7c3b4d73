"""Fragments, orders and reports of results are no directions; what they frame may be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.recommend.candidates import find_candidates
from recommender.recommend.frames import is_statement, unframed
from recommender.records import Clause, Document, Issue

FRAGMENTS = [
    "校长外出期间",
    "在规定期限内",
    "根据上级部署",
    "凡参加培训的教师",
    "由教务处牵头",
    "不得挪作他用",
]
ORDERS = ["各学院要落实实训安排", "用人单位应当支付津贴", "教师必须参加企业实践"]
RESULTS = ["校企合作取得新进展", "师资力量雄厚", "办学条件持续改善", "管理制度健全", "就业质量稳步提升"]
DIRECTIONS = [
    "对外贸易",
    "对口支援",
    "在线教学资源建设",
    "在职培训",
    "经济结构调整",
    "除险加固",
    "未来产业培育",
    "普及高中阶段教育",
    "高中教育普及",
    "数字技能需求",
    "生产要素市场化配置",
    "产业集聚",
    "健全培训制度",
    "改善办学条件",
    "重要矿产保障",
    "企业参与",
    "服务型制造",
    "养老服务提升",
    "实时监测",
    "与时俱进的教师发展",
]


@pytest.mark.parametrize("core", FRAGMENTS + ORDERS + RESULTS)
def test_a_statement_is_no_direction(core: str) -> None:
    assert is_statement(core)


@pytest.mark.parametrize("core", DIRECTIONS)
def test_a_direction_is_no_statement(core: str) -> None:
    assert not is_statement(core)
    assert unframed(core) == core


@pytest.mark.parametrize(
    ("heading", "core"),
    [
        ("在提高实训质量上下功夫", "提高实训质量"),
        ("在教师评价方面", "教师评价"),
        ("在更高起点上扩大国际合作", "扩大国际合作"),
        ("在改革中完善学分制度", "完善学分制度"),
        ("推进学分银行建设取得实质性进展", "推进学分银行建设"),
    ],
)
def test_the_direction_is_taken_out_of_its_frame(heading: str, core: str) -> None:
    issue = Issue(
        "1", "policy", "意见", documents=(Document("", "意见", "意见", clauses=(_clause(heading),)),)
    )
    assert [found.core for found in find_candidates(issue)] == [core]


def _clause(heading: str) -> Clause:
    return Clause("一、", heading, "各学院按专业组织教师和企业共同完成。", 1)


@given(st.text("在上中下方面对推进取得新突破改善民生贸易的", max_size=16))
def test_a_wording_is_only_ever_cut(phrase: str) -> None:
    found = unframed(phrase)
    assert found in phrase
    assert unframed(found) == found or found.startswith("在")
