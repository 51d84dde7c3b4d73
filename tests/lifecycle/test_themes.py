"""What becomes a topic of a corpus, what does not, and what the office calls it."""

from collections.abc import Mapping

import pytest
from builders import CARE, SCHOOL, TRADE, fitted, make_document, make_issue, sample_model
from hypothesis import given
from hypothesis import strategies as st

from recommender.lifecycle.texts import clause_texts
from recommender.lifecycle.themes import apply_names, term_weights
from recommender.records import Clause, Document

ARRANGED = (
    ("加强组织领导", "各级部门加强组织领导，成立领导小组，部门牵头负责。"),
    ("强化督促落实", "各级部门组织领导，部门牵头督促落实。"),
    ("保障措施", "部门牵头宣传解读，组织领导到位。"),
)


def test_arrangements_are_no_topic() -> None:
    issue = make_issue("1", [make_document("甲", (*CARE, *TRADE)), make_document("乙", (*SCHOOL, *ARRANGED))])
    flags = [text.arrangement for text in clause_texts(issue)]
    assert flags == [False] * 9 + [True] * 3
    model = fitted([issue])
    assert not any("组织" in label or "牵头" in label for label in model.labels)
    assert (model.components[:, model.terms.index("领导")] == 0).all()


def test_what_stands_below_an_arrangement_belongs_to_it() -> None:
    clauses = (
        Clause("一、", "保障措施", "", 1),
        Clause("（一）", "培养养老护理人才", "院校开设专业。", 2),
        Clause("", "", "院校另有安排。", 0),
        Clause("二、", "发展跨境电商", "企业租用海外仓。", 1),
    )
    issue = make_issue("1", [Document("一、", "甲", "甲", clauses=clauses)])
    texts = list(clause_texts(issue))
    assert [text.arrangement for text in texts][-3:] == [True, True, False]
    assert texts[-1].heading == "发展跨境电商"


def test_words_of_talk_and_own_names_weigh_nothing() -> None:
    weights = term_weights(("什么", "发展", "产教", "鲲鹏展翅", "长春"), ("长春",))
    assert weights[0] == weights[4] == 0
    assert 0 < weights[1] < weights[2]
    assert weights[1] < weights[3]


def test_the_topics_of_the_sample_are_named_by_phrases() -> None:
    model = sample_model()
    assert 5 <= len(model.labels) <= 14
    assert all(4 <= len(label) <= 16 for label in model.labels)
    assert all(len(part) >= 4 for label in model.labels for part in label.split("·"))
    assert not any("示例" in label or "牵头" in label for label in model.labels)


IDS, KNOWN = (1, 2, 3), (("甲题", "旧题"), ("乙题",), ("丙题", "甲题"))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({}, ("甲题", "乙题", "丙题")),
        ({"2": "新名"}, ("甲题", "新名", "丙题")),
        ({"旧题": "新名"}, ("新名", "乙题", "丙题")),
        ({"甲题": "新名"}, ("新名", "乙题", "丙题")),  # the label of now before an earlier one
        ({"1": "某名", "甲题": "新名"}, ("某名", "乙题", "新名")),
        ({"9": "无此题", "": "空"}, ("甲题", "乙题", "丙题")),
        ({"3": "甲题"}, ("甲题（2）", "乙题", "甲题")),  # the office's name stays as it is
    ],
)
def test_names_of_the_office(names: Mapping[str, str], shown: tuple[str, ...]) -> None:
    assert apply_names(IDS, KNOWN, names) == shown


@given(
    st.dictionaries(st.sampled_from(["1", "2", "甲题", "丙题", "x"]), st.sampled_from(["乙题", "名", "丁"]))
)
def test_shown_labels_differ_whatever_the_names(names: dict[str, str]) -> None:
    shown = apply_names(IDS, KNOWN, names)
    assert len(set(shown)) == 3
