"""What editors took of what was suggested, in sentences only where counts allow."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from builders import fitted, three_issues
from builders_choices import lists

from recommender.choices.listing import Lists
from recommender.config import College, Settings
from recommender.evaluation.uptake import Learned, Uptake, kinds_in, learned
from recommender.records import Issue

SETTINGS = Settings(college=College(disciplines=("贸易", "养老")))
TRADE = ("推进贸易数字化研究", "发展跨境电商研究", "优化口岸通关服务研究")
CARE = ("发展居家养老服务研究", "培养养老护理人才研究", "推进适老化改造研究")


def found(made: Lists, issues: Sequence[Issue] = three_issues()) -> Learned:
    model = fitted(issues, SETTINGS)
    by_key = {issue.key: issue for issue in issues}
    return learned(made, tuple(by_key), lambda key: kinds_in(by_key[key], model, SETTINGS))


def test_nothing_judged_is_said() -> None:
    nothing = found({})
    assert nothing.whole == Uptake("全部", 0, 0)
    assert nothing.sentences == ("还没有人判断过推荐的方向，没有可说的。",)


def test_too_few_are_said_to_be_too_few() -> None:
    few = found(lists("甲", accept=TRADE, reject=CARE[0]))
    assert few.whole == Uptake("全部", 4, 3)
    assert few.fields == () == few.topics
    assert few.sentences == ("近一期只判断过 4 条推荐，不足 5 条，还看不出什么。",)


@pytest.fixture(scope="module")
def two() -> Learned:
    made = lists("甲", issue="1", accept=TRADE[:2], reject=CARE, reason="已立项")
    made |= lists("甲", issue="3", accept="发展数字贸易研究", reject=TRADE[1:], add="校企合作研究")
    return found(made)


def test_shares_are_counted_over_the_last_issues_by_field(two: Learned) -> None:
    assert two.issues == ("1", "3")
    assert two.whole == Uptake("全部", 8, 3)
    trade = next(one for one in two.fields if one.name == "贸易")
    assert trade.judged == 5 >= trade.taken == 3
    assert two.own == 1
    assert two.sentences[0] == "近二期：推荐的方向采纳率 38%（8 条中 3 条）。"
    assert "近二期：贸易类选题采纳率 60%（5 条中 3 条）。" in two.sentences
    assert not any("养老" in sentence for sentence in two.sentences)  # three judgements say nothing


def test_own_directions_and_reasons_are_told(two: Learned) -> None:
    assert "编辑自拟 1 条，改了措辞采用 0 条。" in two.sentences
    assert two.reasons == {"已立项": 5 - 2}
    assert "不采纳的理由里常见的：已立项（3 条）。" in two.sentences


def test_two_editors_count_once_and_a_split_vote_nowhere() -> None:
    made = lists("甲", accept=(*TRADE, *CARE[:2])) | lists("乙", accept=TRADE, reject=CARE[0])
    both = found(made)
    assert both.whole == Uptake("全部", 4, 4)
    assert both.divided == 1
    assert any("意见不一的 1 条没有计入" in sentence for sentence in both.sentences)


def test_only_the_last_ten_issues_count() -> None:
    made: Lists = {}
    issues = []
    for number in range(12):
        (issue, *_) = three_issues()
        issues.append(replace(issue, key=str(number)))
        made = {**made, **lists("甲", issue=str(number), accept=TRADE[0])}
    result = found(made, issues)
    assert result.issues == tuple(str(number) for number in range(2, 12))
    assert result.whole == Uptake("全部", 10, 10)
    assert result.sentences[0].startswith("近十期：")
    # issues that the corpus no longer has are left out
    assert found(lists("甲", issue="99", accept=TRADE), issues).issues == ()
