"""Events, and the list they fold into: total, replayable, and every undo exact."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.choices.events import (
    ACTIONS,
    MAX_TITLE,
    Accept,
    Action,
    Add,
    Edit,
    Event,
    Order,
    Reject,
    Remove,
    Undo,
    action_of,
    clean_name,
    name_of,
    payload_of,
)
from recommender.choices.listing import Decision, Listing, listing_of
from recommender.errors import UsageError

TITLES = st.sampled_from(["推进贸易数字化研究", "发展跨境电商研究", "养老服务研究", "适老化改造研究"])
DOING = st.one_of(
    st.builds(Accept, TITLES),
    st.builds(Reject, TITLES, st.sampled_from(["", "已立项"])),
    st.builds(Edit, TITLES, TITLES),
    st.builds(Add, TITLES),
    st.builds(Remove, TITLES),
    st.builds(Order, st.lists(TITLES, unique=True).map(tuple)),
)
ACTING: st.SearchStrategy[Action] = st.one_of(DOING, st.just(Undo()))


def happened(actions: Sequence[Action], first: int = 1) -> list[Event]:
    """One editor's events, a minute apart."""
    return [
        Event(number, f"2026-01-02T03:{number % 60:02}:00+00:00", "甲", "73", action)
        for number, action in enumerate(actions, first)
    ]


def folded(*actions: Action) -> Listing:
    return listing_of(happened(actions))


def shown(listing: Listing) -> list[tuple[str, str, str, str, bool]]:
    return [(one.title, one.verdict, one.wording, one.reason, one.own) for one in listing.decisions]


@given(st.lists(ACTING, max_size=30))
def test_whatever_was_done_leads_somewhere(actions: list[Action]) -> None:
    listing = folded(*actions)
    titles = [one.title for one in listing.decisions]
    assert len(set(titles)) == len(titles)
    assert set(listing.accepted) | set(listing.rejected) == set(listing.decisions)
    assert listing.revision == len(actions)
    assert all(one.reason == "" for one in listing.accepted)


@given(st.lists(ACTING, max_size=20), DOING)
def test_undo_brings_back_what_was(actions: list[Action], last: Action) -> None:
    before, after = folded(*actions), folded(*actions, last, Undo())
    assert after.decisions == before.decisions
    assert after.can_undo == before.can_undo
    assert after.revision == before.revision + 2


@given(st.lists(DOING, max_size=15))
def test_as_many_undos_as_actions_leave_nothing(actions: list[Action]) -> None:
    assert folded(*actions, *[Undo()] * len(actions)).decisions == ()
    assert not folded(*actions, *[Undo()] * (len(actions) + 3)).can_undo


@given(st.lists(ACTING, max_size=30))
def test_replaying_what_was_stored_gives_the_same_list(actions: list[Action]) -> None:
    stored = [json.dumps([name_of(one), payload_of(one)], ensure_ascii=False) for one in actions]
    read = [action_of(*json.loads(line)) for line in stored]
    assert read == actions
    assert folded(*read) == folded(*actions)


def test_a_list_as_an_editor_makes_it() -> None:
    listing = folded(
        Accept("甲研究"),
        Reject("乙研究", "已立项"),
        Edit("丙研究", "丙的机制研究"),
        Add("丁研究"),
        Order(("丁研究", "没有的研究", "丙研究")),
    )
    assert shown(listing) == [
        ("丁研究", "accepted", "丁研究", "", True),
        ("丙研究", "accepted", "丙的机制研究", "", False),
        ("甲研究", "accepted", "甲研究", "", False),
        ("乙研究", "rejected", "乙研究", "已立项", False),
    ]
    assert [one.edited for one in listing.accepted] == [False, True, False]
    assert listing.decisions[1].at == "2026-01-02T03:03:00+00:00"


def test_a_mind_may_be_changed_and_the_place_stays() -> None:
    before = (Accept("甲研究"), Accept("乙研究"))
    assert shown(folded(*before, Reject("甲研究", "太大")))[0][1:4] == ("rejected", "甲研究", "太大")
    assert shown(folded(*before, Reject("甲研究", "太大"), Accept("甲研究")))[0][1:4] == (
        *("accepted", "甲研究", ""),
    )
    assert [one.title for one in folded(*before, Remove("甲研究")).decisions] == ["乙研究"]
    assert not folded(Accept("甲研究"), Add("甲研究")).decisions[0].own
    assert folded() == Listing()
    assert Decision("甲研究", "accepted", "甲研究").edited is False


@pytest.mark.parametrize(
    ("name", "payload", "said"),
    [
        ("steal", {}, "没有“steal”这种操作"),
        (["accept"], {}, "这种操作"),
        ("accept", ["甲"], "形式不对"),
        ("accept", {}, "缺少内容"),
        ("accept", {"title": "  "}, "题目是空的"),
        ("accept", {"title": 7}, "题目应当是文字"),
        ("accept", {"title": "甲", "admin": "1"}, "不认识 admin"),
        ("edit", {"title": "甲", "wording": ""}, "题目是空的"),
        ("edit", {"title": "甲"}, "缺少内容"),
        ("add", {"title": "长" * (MAX_TITLE + 1)}, f"最多 {MAX_TITLE} 个"),
        ("reject", {"title": "甲", "reason": ["1"]}, "理由应当是文字"),
        ("order", {"titles": "甲"}, "顺序应当是"),
        ("order", {"titles": ["甲"] * 501}, "不超过 500 个"),
        ("undo", {"title": "甲"}, "不认识 title"),
    ],
)
def test_what_no_page_sends_is_refused(name: object, payload: object, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        action_of(name, payload)


def test_titles_are_cleaned_of_what_no_title_has() -> None:
    found = action_of("add", {"title": " 跨境\x00电商\n 人才\u202e \ud800"})
    assert found == Add("跨境电商 人才")
    assert action_of("order", {"titles": ["甲", "甲", "乙"]}) == Order(("甲", "乙"))
    assert set(ACTIONS) == {"accept", "reject", "edit", "add", "remove", "order", "undo"}


@given(st.text(max_size=60))
def test_a_name_is_text_or_refused(text: str) -> None:
    try:
        name = clean_name(text)
    except UsageError:
        return
    assert name
    assert clean_name(name) == name
    name.encode()
