"""What changed between two models, and the sentences made of it."""

from dataclasses import replace

from builders import fitted, make_document, make_issue, sample_issues, sample_model, three_issues

from recommender.config import Settings
from recommender.lifecycle.diff import ModelDiff, Move, TermChanges, TopicChanges, Version, diff_models
from recommender.report.versions import render_diff, render_version, version_line

FARM = make_document(
    "关于发展茶产业的意见",
    [("建设茶园步道", "茶园修建步道，茶农种茶采茶。"), ("评选茶艺师", "茶艺师制茶，茶园采茶。")] * 2,
)
ISSUES = three_issues()
GROWN = (*ISSUES, make_issue("4", [FARM], date="2024-04-10"))


def test_nothing_changed() -> None:
    model = fitted(ISSUES, Settings(topics=3))
    found = diff_models(Version(model, {}), Version(model, {}), ISSUES[-1], Settings())
    assert (found.moves, found.settings, found.issues_new, found.terms.n_new) == ((), (), (), 0)
    assert found.topics == TopicChanges(3, (), (), (), (), ())
    assert "的前 10 条推荐没有变化。" in render_diff("a", "b", found)


def test_a_new_issue_brings_a_topic_and_terms() -> None:
    old = fitted(ISSUES, Settings(topics=3))
    grown = fitted(GROWN, Settings(topics=4))
    tea = next(n for n, label in enumerate(grown.labels) if "茶" in label)
    order = [n for n in range(4) if n != tea]
    numbers = tuple(9 if n == tea else old.topic_ids[order.index(n)] for n in range(4))
    new = replace(grown, topic_ids=numbers, last_topic_id=9)
    found = diff_models(Version(old, {}), Version(new, {}), GROWN[-1], Settings())
    assert found.topics.new == (grown.labels[tea],)
    assert found.issues_new == ("4",)
    assert {"茶园", "茶艺师"} & set(found.terms.new)
    text = render_diff("a", "b", found)
    assert "多学了 1 期：4。" in text
    assert f"新出现 1 个：「{grown.labels[tea]}」" in text


def test_settings_are_told_by_their_place() -> None:
    model = fitted(ISSUES, Settings(topics=3))
    old = {"settings": {"weights": {"fit": 1.0}, "college": {"name": "甲", "disciplines": []}}}
    new = {"settings": {"weights": {"habit": 2.0}, "college": {"name": "甲", "disciplines": ["茶艺"]}}}
    found = diff_models(Version(model, old), Version(model, new), None, Settings())
    assert found.settings == (
        ("college.disciplines", [], ["茶艺"]),
        ("weights.fit", 1.0, None),
        ("weights.habit", None, 2.0),
    )
    text = render_diff("a", "b", found)
    assert "设置 college.disciplines 由 （无） 改为 茶艺。" in text
    assert "设置 weights.fit 由 1.0 改为 （无）。" in text


def test_moves_have_the_reasons_that_moved_them() -> None:
    """The same model without its memory of picks: only what hangs on the picks may move a direction."""
    old = sample_model()
    new = replace(old, picks=())
    found = diff_models(Version(old, {}), Version(new, {}), sample_issues()[-1], Settings())
    assert found.moves
    for move in found.moves:
        assert move.before != move.now
        if move.before is None or move.now is None:
            assert move.causes == ()
            continue
        sign = 1 if move.now < move.before else -1
        assert all(change * sign > 0 for _, change in move.causes)
        assert len(move.causes) <= 2
    causes = {name for move in found.moves for name, _ in move.causes}
    assert "habit" in causes
    assert causes <= {"habit", "context", "novelty", "kind"}


def test_every_kind_of_change_has_its_sentence() -> None:
    found = ModelDiff(
        TopicChanges(2, ("甲",), ("乙",), (("丙", ("丁", "戊")),), (("己", ("庚", "辛")),), (("壬", "癸"),)),
        TermChanges(1, 2, ("新词",), ("旧词",)),
        (),
        (("habit", 1.0, 1.25),),
        ("8",),
        ("1",),
        "8",
        10,
        (
            Move("甲研究", 8, 3, (("habit", 0.21),)),
            Move("乙研究", 12, 9, ()),
            Move("丙研究", 2, 11, (("fit", -0.5),)),
            Move("丁研究", None, 1, ()),
            Move("戊研究", 4, None, ()),
        ),
    )
    text = render_diff("旧", "新", found)
    for sentence in (
        "主题有 2 个延续，新出现 1 个：「甲」，消失 1 个：「乙」。",
        "主题「丙」由「丁」、「戊」合并而来。",
        "主题「己」分成了「庚」、「辛」。",
        "主题「壬」改称「癸」。",
        "词语新增 1 个（新词），不再用 2 个（旧词）。",
        "少了 1 期：1。",
        "学到的权重有 1 项变化：选题习惯 1.00 → 1.25。",
        "第 8 期的前 10 条推荐有 5 处变化：",
        "甲研究：第 8 位升到第 3 位，因为选题习惯 +0.21。",
        "乙研究：第 12 位升到第 9 位，进入推荐，自身得分变化不大，是前后别的方向变了。",
        "丙研究：第 2 位降到第 11 位，退出推荐，因为专业契合 -0.50。",
        "丁研究：新进名单，排第 1 位（",
        "戊研究：原第 4 位，不再单列（",
    ):
        assert sentence in text
    text.encode("gbk")


def test_a_version_of_before_scores_were_kept_is_shown() -> None:
    assert version_line("v", "kept", {"issues": 3, "topics": ["甲"]}) == "v　备用　3 期，1 个主题"
    assert "检验：0 期有编辑选题；无" in render_version("v", "kept", {"issues": 3})
    assert version_line("v", "damaged", {}) == "v　已损坏"
