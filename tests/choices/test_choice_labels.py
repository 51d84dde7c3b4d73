"""All editors' decisions as labels: one vote a direction."""

from builders_choices import lists

from recommender.choices.labels import labels_of


def test_two_who_agree_count_once() -> None:
    alone = labels_of(lists("甲", accept="贸易数字化研究"))
    both = labels_of(lists("甲", accept="贸易数字化研究") | lists("乙", accept="贸易数字化研究"))
    assert alone == both
    assert [(one.issue, one.title, one.vote) for one in both] == [("1", "贸易数字化研究", 1.0)]


def test_two_who_differ_say_nothing_and_three_a_third() -> None:
    split = lists("甲", accept="贸易研究") | lists("乙", reject="贸易研究")
    assert labels_of(split) == ()
    assert [one.vote for one in labels_of(split | lists("丙", reject="贸易研究"))] == [-1 / 3]


def test_the_wording_most_would_print_leads() -> None:
    made = (
        lists("甲", edit=("贸易研究", "贸易机制研究"))
        | lists("乙", edit=("贸易研究", "贸易路径研究"))
        | lists("丙", edit=("贸易研究", "贸易路径研究"))
        | lists("丁", reject="贸易研究")
    )
    (label,) = labels_of(made)
    assert (label.title, label.wordings, label.vote) == (
        *("贸易研究", ("贸易路径研究", "贸易机制研究")),
        0.5,
    )


def test_own_directions_are_labels_and_issues_stay_apart() -> None:
    made = lists("甲", add="养老服务研究") | lists("甲", issue="2", reject="养老服务研究")
    assert [(one.issue, one.vote) for one in labels_of(made)] == [("1", 1.0), ("2", -1.0)]
    assert labels_of({}) == ()


def test_the_order_of_editors_does_not_matter() -> None:
    one = lists("甲", accept="贸易研究", reject="养老研究") | lists("乙", edit=("贸易研究", "贸易路径研究"))
    assert labels_of(one) == labels_of(dict(reversed(list(one.items()))))
