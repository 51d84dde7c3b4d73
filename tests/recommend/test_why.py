"""What reasons say: every figure in a sentence is the one the feature was measured on."""

import re
from dataclasses import replace

import numpy as np
import pytest
from builders import SCHOOL, TRADE, fitted, make_document, make_issue, three_issues

from recommender.config import College, Settings
from recommender.emphasis.history import load_history
from recommender.emphasis.now import in_burst, rise, uptake
from recommender.recommend.judge import judge
from recommender.recommend.suggest import suggest
from recommender.records import Issue

MODEL = fitted(three_issues())
TRADERS = Settings(College(disciplines=("国际贸易", "护理")))
ISSUE = make_issue("9", [make_document("关于推动外贸稳定增长的意见", (*TRADE, *SCHOOL))], date="2024-06-01")


def said(feature: str, title: str, issue: Issue = ISSUE, settings: Settings = TRADERS) -> str:
    found = {one.title: one for one in suggest(issue, MODEL, settings, 20)}[title]
    return next(reason.text for reason in found.reasons if reason.feature == feature)


@pytest.mark.parametrize("term", ["产教融合", "跨境电商", "数字化"])
@pytest.mark.parametrize("as_of", ["2012", "2019-05-01", "2024-06-01", "9999"])
def test_an_uptake_is_what_rise_and_burst_are_measured_on(term: str, as_of: str) -> None:
    found = uptake(term, load_history(), as_of)
    assert 0 <= found.hits <= found.documents
    assert 0 <= found.earlier_hits <= found.earlier_documents
    assert bool(found.since) == bool(in_burst([term], load_history(), as_of))
    assert found.since <= as_of[:4]
    # shares of whole spans here, means of yearly shares there: the same but for the years' sizes
    assert found.change == pytest.approx(rise([term], load_history(), as_of), abs=0.02)


def test_an_uptake_before_all_records_is_empty() -> None:
    found = uptake("产教融合", load_history(), "1990")
    assert (found.years, found.hits, found.documents, found.since, found.change) == ("", 0, 0, "", 0.0)


def test_the_rise_is_told_in_reports() -> None:
    text = said("rising", "深化产教融合研究")
    found = uptake("产教融合", load_history(), "2024-06-01")
    figures = [int(number) for number in re.findall(r" (\d+) ", text)]
    assert "“产教融合”2023—2024年" in text
    assert figures[:4] == [found.documents, found.hits, found.earlier_documents, found.earlier_hits]


def test_a_burst_is_told_with_its_first_year_or_denied() -> None:
    since = uptake("跨境电商", load_history(), "2024-06-01").since
    text = said("bursting", "发展跨境电商研究")
    assert (f"“跨境电商”自 {since} 年起" in text) if since else ("不在突现期" in text)


def test_the_nearest_field_is_named_and_no_other() -> None:
    assert "与学校的“国际贸易”相近" in said("fit", "优化口岸通关服务研究")
    stranger = Settings(College(disciplines=("龘龘学",)))
    assert "有限" in said("fit", "优化口岸通关服务研究", settings=stranger)


def test_a_topic_is_told_with_its_share_of_the_issue() -> None:
    shares = judge(ISSUE, (), MODEL, TRADERS).reading.shares
    percent = re.search(r"占本期的 (\d+)%", said("emphasis", "推进贸易数字化研究"))
    assert percent
    assert int(percent[1]) in np.round(100 * shares).astype(int)


def test_a_repeated_pick_is_named_with_its_issue() -> None:
    assert "与近期选题“推进贸易数字化”（1）相近" in said("novelty", "推进贸易数字化研究")
    assert "与近几期选题不重复" in said("novelty", "优化口岸通关服务研究")


def test_a_word_no_more_stressed_than_elsewhere_is_not_called_so() -> None:
    common = replace(ISSUE, documents=(make_document("通知", [("加快改革发展", "改革。")]),))
    texts = [
        reason.text
        for one in suggest(common, MODEL, TRADERS, 5)
        for reason in one.reasons
        if reason.feature == "distinct"
    ]
    assert all("“" in text or "并不比" in text for text in texts)


def test_titles_are_counted() -> None:
    assert re.search("“.+”见于历年 [0-9]+ 条立项题目", said("researchable", "深化产教融合研究"))
