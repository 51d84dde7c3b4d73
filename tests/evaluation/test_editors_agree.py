"""Whether editors agree, beyond chance, and what few judgements can prove."""

import pytest
from builders_choices import lists

from recommender.choices.listing import Listing
from recommender.evaluation.agreement import agreement

MANY = tuple(f"第{n}个方向研究" for n in "一二三四五六七八九十")


def halves(user: str) -> dict[tuple[str, str], Listing]:
    """The first five taken, the others left out."""
    return lists(user, accept=MANY[:5], reject=MANY[5:])


def test_nobody_to_compare_with_is_said() -> None:
    alone = agreement(lists("甲", accept=MANY))
    assert (alone.pairs, alone.kappa) == ((), None)
    assert "还没有两位编辑" in alone.sentences[0]
    assert agreement({}).sentences == alone.sentences


def test_none_in_common_is_said() -> None:
    apart = agreement(lists("甲", accept=MANY[:5]) | lists("乙", accept=MANY[5:]))
    assert apart.pairs == ()
    assert apart.sentences == ("2 位编辑判断的不是同样的方向，没有共同的判断，无从看是否一致。",)


def test_two_who_agree_on_all() -> None:
    (pair,) = agreement(halves("甲") | halves("乙")).pairs
    assert (pair.users, pair.shared, pair.agreed, pair.kappa, pair.chance) == (("乙", "甲"), 10, 10, 1.0, 0.5)
    assert pair.beyond_chance
    assert pair.interval == pytest.approx((0.7225, 1), abs=1e-4)  # Wilson, 10 of 10


def test_kappa_is_that_of_the_paper() -> None:
    """Of 50 judged by both: 20 taken and 15 left out by both; Cohen's example with kappa 0.4."""
    titles = [f"方向{n}研究" for n in range(50)]
    both, left, first, second = titles[:20], titles[20:35], titles[35:40], titles[40:]
    found = agreement(
        lists("甲", accept=(*both, *first), reject=(*left, *second))
        | lists("乙", accept=(*both, *second), reject=(*left, *first))
    )
    assert (found.pairs[0].agreed, found.pairs[0].chance, found.kappa) == (35, 0.5, 0.4)
    assert "不是碰巧" in found.sentences[0]


def test_few_judgements_prove_nothing() -> None:
    found = agreement(
        lists("甲", accept=MANY[:2], reject=MANY[2]) | lists("乙", accept=MANY[:2], reject=MANY[2])
    )
    assert found.kappa == 1.0
    assert "共同判断 3 条，一致 3 条（100%，95% 区间 44%–100%）" in found.sentences[0]
    assert "还不能排除是碰巧" in found.sentences[0]


def test_all_of_one_kind_has_no_kappa() -> None:
    found = agreement(lists("甲", accept=MANY) | lists("乙", accept=MANY))
    assert (found.kappa, found.pairs[0].kappa, found.pairs[0].chance) == (None, None, 1.0)
    assert "算不出 kappa" in found.sentences[0]
    assert not found.pairs[0].beyond_chance


def test_three_editors_are_three_pairs_and_their_mean() -> None:
    other = lists("丙", accept=MANY[5:], reject=MANY[:5])
    found = agreement(halves("甲") | halves("乙") | other)
    assert [pair.kappa for pair in found.pairs] == [-1.0, -1.0, 1.0]
    assert found.kappa == pytest.approx(-1 / 3, abs=1e-4)
    assert len(found.sentences) == 3


def test_the_same_title_in_another_issue_is_another_direction() -> None:
    found = agreement(lists("甲", accept="贸易研究") | lists("乙", issue="2", accept="贸易研究"))
    assert found.pairs == ()
