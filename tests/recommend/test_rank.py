"""Ranks within an issue, one of each object, and variety."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.recommend.rank import dice, diversify, percentiles, same_object, scale_within

CORES = ["推进冷链数字化", "培育茶旅品牌", "发展社区托育", "建设智慧港口", "壮大渔业合作社"]
ALONE = np.zeros((5, 5))


def test_percentiles_count_ties_half() -> None:
    # 1 exceeds none and ties with itself: 0.5 of 4; the two 2s exceed 1 and share the next two places
    assert percentiles(np.array([[1.0], [2.0], [2.0], [3.0]])).ravel().tolist() == [0.125, 0.5, 0.5, 0.875]


def test_a_column_without_differences_favours_nobody() -> None:
    assert percentiles(np.full((7, 1), 3.0)).ravel().tolist() == [0.5] * 7
    assert percentiles(np.empty((0, 2))).shape == (0, 2)


def test_ranked_columns_are_ranked_within_their_group_and_others_left() -> None:
    values = np.array([[1.0, 9.0], [100.0, 9.5], [2.0, 8.0]])
    scaled = scale_within(values, ["heading", "title", "heading"], [True, False])
    assert scaled.tolist() == [[0.25, 9.0], [0.5, 9.5], [0.75, 8.0]]
    assert values[0, 0] == 1.0


@given(
    st.lists(
        st.tuples(st.sampled_from(["heading", "title"]), st.integers(0, 5), st.integers(0, 5)),
        min_size=1,
        max_size=9,
    ),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_the_order_of_candidates_does_not_matter(rows: list[tuple[str, int, int]], generator: object) -> None:
    def scaled(order: list[int]) -> NDArray[np.float64]:
        values = np.array([rows[i][1:] for i in order], dtype=np.float64)
        return scale_within(values, [rows[i][0] for i in order], [True, True])

    order = list(range(len(rows)))
    shuffled = order.copy()
    generator.shuffle(shuffled)  # type: ignore[attr-defined]
    assert np.array_equal(scaled(order)[shuffled], scaled(shuffled))
    assert ((scaled(order) > 0) & (scaled(order) < 1)).all()


def test_dice_by_hand() -> None:
    # 冷链 链物 物流 against 冷链 链运 运输: one common of three and three
    assert dice("冷链物流", "冷链运输") == pytest.approx(2 / 6)
    assert dice("冷链物流", "冷链物流") == 1
    # a repeated bigram counts as often as in both: 哈哈 哈哈 against 哈哈
    assert dice("哈哈哈", "哈哈") == pytest.approx(2 / 3)


@given(st.text(max_size=12), st.text(max_size=12))
def test_dice_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    assert dice(one, other) == dice(other, one)
    assert 0 <= dice(one, other) <= 1
    assert dice(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("推进冷链数字化", "冷链数字化", True),
        ("冷链数字化", "推进冷链数字化", True),
        ("发展社区托育服务", "社区托育服务发展", True),
        ("推进冷链数字化", "推进渔业数字化", False),
        ("加强人才培养", "培养茶艺人才", False),
    ],
)
def test_the_same_object(one: str, other: str, same: bool) -> None:
    assert same_object(one, other) is same


def test_without_variety_the_scores_decide() -> None:
    scores = np.array([0.1, 0.9, 0.5, 0.7, 0.3])
    alike = np.ones((5, 5))
    assert diversify(CORES, scores, alike, 0.0, 5) == [1, 3, 2, 4, 0]


def test_variety_moves_what_is_alike_down() -> None:
    scores = np.array([1.0, 0.9, 0.5, 0.0, 0.0])
    alike = ALONE.copy()
    alike[0, 1] = alike[1, 0] = 1.0
    assert diversify(CORES, scores, alike, 0.0, 3) == [0, 1, 2]
    assert diversify(CORES, scores, alike, 0.5, 3) == [0, 2, 3]


def test_of_one_object_only_the_best_stays() -> None:
    cores = ["冷链数字化", "培育茶旅品牌", "推进冷链数字化"]
    assert diversify(cores, np.array([1.0, 2.0, 3.0]), np.zeros((3, 3)), 0.0, 9) == [2, 1]


def test_ties_go_to_the_earlier() -> None:
    assert diversify(CORES, np.ones(5), ALONE, 0.3, 5) == [0, 1, 2, 3, 4]
    assert diversify(CORES, np.ones(5), ALONE, 0.3, 2) == [0, 1]
    assert diversify([], np.empty(0), np.empty((0, 0)), 0.3, 2) == []
