"""The effective profile laid open: every number in it can be counted by hand."""

from builders import fitted, make_issue, three_issues
from hypothesis import given
from hypothesis import strategies as st

from recommender.config import College, Department, Settings
from recommender.emphasis.background import load_background
from recommender.recommend.portrait import draw_portrait, nearest_words
from recommender.recommend.reading import meaning
from recommender.records import Project

NEXT = make_issue("", ())
MODEL = fitted(three_issues())
STATED = Settings(
    College(province="甲省", city="乙市", disciplines=("现代商贸",)),
    (Department("护理系", ("护理", "现代商贸")), Department("农学系", ("作物栽培学概论", "龘龘学"))),
    projects=(Project("海外仓研究", 2023),),
)


def test_fields_with_those_who_teach_them() -> None:
    portrait = draw_portrait(STATED, MODEL, NEXT)
    assert portrait.stated
    assert {field.name: field.departments for field in portrait.fields} == {
        "现代商贸": ("护理系",),
        "护理": ("护理系",),
        "作物栽培学概论": ("农学系",),
        "龘龘学": ("农学系",),
    }
    assert portrait.places == ("甲省", "乙市")
    assert portrait.projects == 1


def test_a_field_nobody_writes_of_has_no_nearest_words() -> None:
    nearest = {field.name: field.nearest for field in draw_portrait(STATED, MODEL, NEXT).fields}
    assert nearest["龘龘学"] == ()
    assert nearest["护理"][0].word == "护理"
    assert len(nearest["护理"]) == 8


def test_picks_are_counted_and_those_of_the_issue_left_out() -> None:
    whole = draw_portrait(STATED, MODEL, NEXT)
    assert whole.picks == 4
    assert whole.sources == {"heading": 4}
    assert draw_portrait(STATED, MODEL, three_issues()[0]).picks == 2
    assert whole.words == {}  # no word is in two of the four


def test_shared_words_are_counted_once_a_pick() -> None:
    first, second, third = three_issues()
    model = fitted(
        [first, make_issue("9", second.documents, ("养老护理与养老服务研究", "养老护理研究")), third]
    )
    words = draw_portrait(STATED, model, NEXT).words
    assert words["养老"] == 2
    assert list(words.values()) == sorted(words.values(), reverse=True)


def test_without_settings_the_fields_are_read_off_names_and_said_to_be() -> None:
    portrait = draw_portrait(Settings(), MODEL, make_issue("", (), institution="示例市商务职业学院"))
    assert not portrait.stated
    assert "商务" in [field.name for field in portrait.fields]


@given(st.sampled_from(["护理", "跨境电商", "职业教育", "物流", "人工智能"]), st.integers(0, 20))
def test_nearest_words_fall_in_nearness(name: str, count: int) -> None:
    background = load_background()
    found = nearest_words(meaning(name, MODEL, background), background, count)
    cosines = [near.cosine for near in found]
    assert len(found) == count
    assert cosines == sorted(cosines, reverse=True)
