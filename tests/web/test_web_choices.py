"""What an editor does to a list: saved at once, in the editor's name, and never over another's step."""

import html
import re
from pathlib import Path

import pytest
from visits import Visit, server_of

from recommender.office.choices import list_of

PAGE = "/issues/8/suggestions"


def titles(visit: Visit) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<bdi class="title">(.*?)</bdi>', visit.read(PAGE))]


def mine(visit: Visit) -> list[str]:
    """The list as the page shows it."""
    return [html.unescape(one) for one in re.findall(r'<bdi class="wording">(.*?)</bdi>', visit.read(PAGE))]


def home_of(visit: Visit) -> Path:
    return server_of(visit.app).workspace.home


def test_each_step_is_saved_at_once(visit: Visit) -> None:
    one, two, three, four, *_ = titles(visit)
    for fields in (
        {"action": "accept", "title": one},
        {"action": "accept", "title": two, "wording": "改过的题目研究"},
        {"action": "reject", "title": three, "reason": "已有立项"},
        {"action": "add", "title": "自拟的题目研究"},
        {"action": "accept", "title": four},
    ):
        answer = visit.choose("8", **fields)
        assert (answer.status_code, "said=saved" in answer.headers["location"]) == (303, True)
    assert mine(visit) == [one, "改过的题目研究", "自拟的题目研究", four]
    listing = list_of(server_of(visit.app).workspace, "8", "王老师")
    assert [(one.title, one.reason) for one in listing.rejected] == [(three, "已有立项")]


def test_order_undo_and_second_thoughts(visit: Visit) -> None:
    one, two, *_ = titles(visit)
    visit.choose("8", action="accept", title=one)
    visit.choose("8", action="accept", title=two)
    visit.choose("8", action="up", title=two)
    assert mine(visit) == [two, one]
    visit.choose("8", action="order", titles=[one, two])
    assert mine(visit) == [one, two]
    visit.choose("8", action="down", title=one)
    visit.choose("8", action="undo")
    assert mine(visit) == [one, two]
    visit.choose("8", action="edit", title=one, wording="另一种说法研究")
    visit.choose("8", action="remove", title=two)
    assert mine(visit) == ["另一种说法研究"]


def test_two_browsers_cannot_overwrite_each_other(visit: Visit) -> None:
    """The slower one is shown both, and may do its step on the list as it is."""
    one, two, *_ = titles(visit)
    seen = visit.seen(PAGE)
    visit.choose("8", action="accept", title=one)
    late = visit.send(
        "/issues/8/choices", {"seen": seen, "action": "reject", "title": two, "reason": "太宽泛"}, PAGE
    )
    assert late.status_code == 409
    assert one in html.unescape(late.text)
    assert "太宽泛" in late.text
    assert mine(visit) == [one]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
    again = visit.client.post(
        "/issues/8/choices", data={name: html.unescape(v) for name, v in fields.items()}
    )
    assert again.status_code == 303
    assert two in [each.title for each in list_of(server_of(visit.app).workspace, "8", "王老师").rejected]


def test_editors_judge_independently_and_are_laid_side_by_side(visit: Visit) -> None:
    one, *_ = titles(visit)
    other = Visit(visit.app, "李老师")
    visit.choose("8", action="accept", title=one)
    assert mine(other) == []
    other.choose("8", action="reject", title=one, reason="太窄")
    side = visit.read("/issues/8/side")
    assert "王老师" in side
    assert "太窄" in side
    assert "共同判断 1 条" in side


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "nope", "title": "甲研究"},
        {"action": "accept", "title": ""},
        {"action": "up", "title": "不在清单里研究"},
        {"action": "add", "title": "长" * 150},
        {"action": "reject", "title": "甲研究", "reason": "长" * 501},
    ],
)
def test_a_step_that_makes_no_sense_is_refused_in_words(visit: Visit, fields: dict[str, str]) -> None:
    answer = visit.choose("8", **fields)
    assert answer.status_code == 400
    assert "没有完成" in answer.text
    assert mine(visit) == []


@pytest.mark.parametrize("seen", ["", "x", "-1", "1e9", "٣"])
def test_a_revision_that_is_no_number_is_refused(visit: Visit, seen: str) -> None:
    answer = visit.send("/issues/8/choices", {"seen": seen, "action": "add", "title": "甲研究"})
    assert answer.status_code == 400


def test_choices_on_an_issue_that_is_not_there_are_refused(visit: Visit) -> None:
    answer = visit.send("/issues/999/choices", {"seen": "0", "action": "add", "title": "甲研究"})
    assert answer.status_code == 404


def test_the_choices_can_be_taken_along(visit: Visit) -> None:
    visit.choose("8", action="add", title="自拟的题目研究")
    assert "自拟的题目研究" in visit.read("/choices.csv")
    assert "自拟的题目研究" in visit.read("/choices.json")


# -- mending by hand ------------------------------------------------------------------------------


def mend(visit: Visit, **fields: str) -> int:
    page = "/issues/8/mend?field=title"
    sent = {"document": "-1", "clause": "0", "seen": visit.seen(page), **fields}
    return visit.send("/issues/8/mend", sent, page).status_code


def test_title_date_heading_and_pick_are_mended_and_taken_back(visit: Visit) -> None:
    before = visit.read("/issues/8")
    assert mend(visit, field="title", before="高职教育动态（示例）", after="高职动态") == 303
    assert mend(visit, field="date", before="2025-09-24", after="2025-09-25") == 303
    assert mend(visit, field="pick", clause="3", before="", after="补上的选题研究") == 303
    heading = {"document": "0", "clause": "5", "before": "夯实算力数据供给", "after": "夯实数据供给"}
    assert mend(visit, field="heading", **heading) == 303
    after = visit.read("/issues/8")
    for said in ("高职动态 第2期", "2025-09-25", "补上的选题研究", "夯实数据供给", "更正过 4 处"):
        assert said in after, said
    number = re.findall(r'name="correction" value="(\d+)"', after)[-1]
    back = {"correction": number, "seen": visit.seen("/issues/8")}
    assert visit.send("/issues/8/unmend", back).status_code == 303
    assert "<b>夯实算力数据供给</b>" in before
    assert "<b>夯实算力数据供给</b>" in visit.read("/issues/8")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"field": "date", "before": "2025-09-24", "after": "昨天"}, 400),
        ({"field": "heading", "document": "99", "clause": "0", "before": "甲", "after": "乙"}, 400),
        ({"field": "title", "before": "不是这个标题", "after": "乙"}, 400),
        ({"field": "json", "before": "甲", "after": "乙"}, 400),
        ({"field": "title", "before": "高职教育动态（示例）", "after": "乙", "seen": "77"}, 409),
    ],
)
def test_a_correction_that_fits_nothing_is_refused(visit: Visit, fields: dict[str, str], status: int) -> None:
    assert mend(visit, **fields) == status
    assert "更正过" not in visit.read("/issues/8")


# -- words ----------------------------------------------------------------------------------------


def test_a_word_is_added_after_a_look_and_taken_out_again(visit: Visit) -> None:
    looked = visit.read("/words/preview?list=synonyms&word=人工智能&preferred=智能技术")
    assert "条条款含有这两个词之一" in looked
    assert not (home_of(visit) / "data" / "lexicon" / "synonyms.txt").exists()
    fields = {"list": "synonyms", "step": "add", "word": "人工智能", "preferred": "智能技术"}
    assert visit.send("/words", fields).status_code == 303
    assert "人工智能 → 智能技术" in visit.read("/words")
    assert visit.send("/words", fields).status_code == 400  # it is there already
    assert visit.send("/words", {**fields, "step": "remove"}).status_code == 303
    assert "人工智能 → 智能技术" not in visit.read("/words")


@pytest.mark.parametrize("word", ["", "有 空格", "#注", "甲" * 40])
def test_a_word_that_is_none_is_refused(visit: Visit, word: str) -> None:
    assert visit.send("/words", {"list": "words", "step": "add", "word": word}).status_code == 400


def test_two_who_mend_see_what_each_wrote(visit: Visit) -> None:
    place = {"field": "heading", "document": "0", "clause": "1"}
    page = "/issues/8/mend?field=heading&document=0&clause=1"
    before = html.unescape(re.findall(r'name="before" value="([^"]*)"', visit.read(page))[0])
    other = Visit(visit.app, "李老师")
    seen = {"seen": visit.seen(page), **place, "before": before}
    assert other.send("/issues/8/mend", {**seen, "after": "李老师写的标题"}).status_code == 303
    answer = visit.send("/issues/8/mend", {**seen, "after": "王老师写的标题"})
    assert answer.status_code == 409
    for said in ("王老师写的标题", "李老师写的标题", "李老师</bdi>", f"<del><bdi>{before}</bdi></del>"):
        assert said in answer.text, said
    assert "王老师写的标题" not in visit.read("/issues/8")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert visit.send("/issues/8/mend", fields).status_code == 303
    assert "王老师写的标题" in visit.read("/issues/8")
