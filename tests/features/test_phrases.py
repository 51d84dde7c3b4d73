"""Phrases: what belongs together is found whole, whatever the order of the sentences."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.features.phrases import Thresholds, find_phrases

BEFORE = ("建设", "组建", "打造", "推进", "申报", "评估")
AFTER = ("工作", "方案", "名单", "经费", "成员", "章程")


def planted(times: int = 6) -> list[list[str]]:
    """Sentences around 产教 联合体 实训基地, whose neighbours always differ, amid unrelated words."""
    phrase = ["产教", "联合体", "实训基地"]
    noise = [[f"词{i}甲", f"词{i % 7}乙", f"词{i % 5}丙"] for i in range(60)]
    return [[BEFORE[i % 6], *phrase, AFTER[i % 6]] for i in range(times)] + noise


def test_a_planted_phrase_is_found_whole() -> None:
    found = {phrase.text: phrase for phrase in find_phrases(planted())}
    assert found["产教联合体实训基地"].count == 6
    assert found["产教联合体实训基地"].words == ("产教", "联合体", "实训基地")


def test_a_fragment_is_not() -> None:
    texts = {phrase.text for phrase in find_phrases(planted())}
    assert not texts & {"产教联合体", "联合体实训基地"}


def test_the_order_of_sentences_does_not_matter() -> None:
    shuffled = planted()
    random.Random(3).shuffle(shuffled)
    assert find_phrases(shuffled) == find_phrases(planted())


def test_min_count_matters() -> None:
    texts = [phrase.text for phrase in find_phrases(planted(3), Thresholds(count=4))]
    assert "产教联合体实训基地" not in texts
    assert "产教联合体实训基地" in [phrase.text for phrase in find_phrases(planted(3))]


def test_a_phrase_never_crosses_a_list_nor_holds_a_single_character() -> None:
    apart = [["甲甲", "乙乙"]] + [["产教"], ["联合体"]] * 9 + [["产教", "的", "联合体"]] * 9
    assert find_phrases(apart) == []


def test_words_that_meet_by_chance_are_no_phrase() -> None:
    generator = random.Random(1)
    words = [f"词{i}" for i in range(6)]
    assert find_phrases([generator.choices(words, k=8) for _ in range(300)]) == []


@given(st.lists(st.lists(st.sampled_from(["产教", "融合", "贸易", "的", "数字化"]), max_size=6), max_size=12))
@settings(deadline=None)
def test_ranges(lists: list[list[str]]) -> None:
    found = find_phrases(lists, Thresholds(count=2))
    assert [(-p.count, p.text) for p in found] == sorted((-p.count, p.text) for p in found)
    for phrase in found:
        assert 2 <= len(phrase.words) <= 4
        assert phrase.count >= 2
        assert -1 <= phrase.npmi <= 1 + 1e-9
        assert phrase.text == "".join(phrase.words)
