"""What became of topics, in words."""

from recommender.report.topics import change_sentences

NAMES = {1: "贸易", 4: "养老", 5: "护理", 6: "茶旅"}


def test_new_split_merged_and_vanished_topics_are_said() -> None:
    changes = {"continued": [1], "new": [6], "split": [[2, [4, 5]]], "merged": [[1, [1, 3]]], "vanished": [7]}
    assert change_sentences(changes, NAMES) == [
        "延续 1 个",
        "新出现 6 茶旅",
        "主题 2 分为 4 养老、5 护理",
        "主题 1 贸易、3 并为 1 贸易",
        "不再出现 7",
    ]


def test_nothing_new_is_only_the_number_that_continues() -> None:
    changes = {"continued": [1, 4], "new": [], "split": [], "merged": [], "vanished": []}
    assert change_sentences(changes, NAMES) == ["延续 2 个"]
