"""Candidates: what an issue offers, and what it must not."""

import pytest
from builders import CARE, TRADE, make_document, make_issue, sample_issues

from recommender.fold import bare, fold
from recommender.recommend.candidates import MAX_HEADING, MAX_TITLE, find_candidates, is_direction
from recommender.recommend.wording import is_slogan, trim_heading
from recommender.records import Candidate, Clause, Document, Issue


def cores(issue: Issue, source: str = "heading") -> list[str]:
    return [candidate.core for candidate in find_candidates(issue) if candidate.source == source]


def outline(*rows: tuple[str, str, int]) -> Issue:
    """One document of (label, heading, depth) rows."""
    clauses = tuple(Clause(label, heading, "按计划推进。", depth) for label, heading, depth in rows)
    return make_issue("1", [Document("", "", "关于支持茶旅的意见", clauses=clauses)])


def test_headings_in_reading_order() -> None:
    issue = make_issue("1", [make_document("关于推动外贸的意见", TRADE), make_document("乙", CARE)])
    assert cores(issue) == [trim_heading(heading) for heading, _ in (*TRADE, *CARE)]


def test_nothing_below_arrangements() -> None:
    issue = outline(
        ("一、", "发展冷链物流", 1),
        ("（一）", "建设冷链仓储基地", 2),
        ("二、", "保障措施", 1),
        ("（一）", "建立冷链专家智库", 2),
        ("1.", "壮大冷链专家队伍", 3),
        ("三、", "培育茶旅品牌", 1),
        ("四、", "组织实施", 1),
        ("（一）", "开发茶旅线路", 2),
    )
    assert cores(issue) == ["发展冷链物流", "建设冷链仓储基地", "培育茶旅品牌"]


def test_the_items_of_an_article_are_parts_of_its_sentence() -> None:
    issue = outline(("第二条", "茶园管理", 2), ("（一）", "隐瞒茶园面积", 3), ("第三条", "茶旅融合", 2))
    assert cores(issue) == ["茶园管理", "茶旅融合"]


@pytest.mark.parametrize("label", ["一是", "二是", "首先", "其次", "第一"])
def test_spoken_items_never(label: str) -> None:
    assert cores(outline((label, "发展冷链物流", 1))) == []


@pytest.mark.parametrize("label", ["（一）", "1.", "第一条", "第三章"])
def test_numbered_items_do(label: str) -> None:
    assert cores(outline((label, "发展冷链物流", 1))) == ["发展冷链物流"]


def test_a_paragraph_without_number_is_no_heading() -> None:
    assert cores(outline(("", "发展冷链物流", 0))) == []


def test_commentary_never_and_news_without_its_title() -> None:
    document = make_document("关于推动冷链物流的意见", TRADE, role="commentary")
    assert find_candidates(make_issue("1", [document])) == ()
    news = make_issue("1", [make_document("关于推动冷链物流的意见", TRADE, role="news")])
    assert cores(news, "title") == []
    assert cores(news)


@pytest.mark.parametrize(
    "core",
    [
        "加强组织领导",
        "促发展惠民生",
        "取得突破。",
        "茶旅融合是大势所趋",
        "怎么发展茶旅呢",
        "新增茶园12万亩",
        "2035年基本建成茶乡",
        "茶旅项目名单",
        "让茶农当上主播",
        "把订单送进茶园",
        "茶旅如何融合",
        "茶旅",
        "茶旅融合发展" * 4,
    ],
)
def test_what_is_no_direction(core: str) -> None:
    assert not is_direction(core, MAX_HEADING)


@pytest.mark.parametrize(
    "core",
    ["推进茶旅融合", "“直播+”助农模式", "培育数字新业态", "实事求是教育", "把握茶产业周期", "5G+智慧港口"],
)
def test_what_is_one(core: str) -> None:
    assert is_direction(core, MAX_HEADING)


def test_marks_count_as_printed() -> None:
    assert is_direction("“茶”、“旅”、“学”融合发展路径与评价机制", MAX_HEADING)
    assert not is_direction("“茶”、“旅”、“学”、“研”融合发展路径与评价机制", MAX_HEADING)


def test_a_title_points_at_the_clauses_that_speak_of_it() -> None:
    clauses = (
        ("发展民宿", "建设跨境 电商综合试验区。"),
        ("培育主体", "跨境电商综合试验区扩围。"),
        ("优化服务", "无关。"),
    )
    issue = make_issue(
        "1", [make_document("甲", ()), make_document("关于支持跨境电商综合试验区的意见", clauses)]
    )
    (title,) = [c for c in find_candidates(issue) if c.source == "title"]
    assert title == Candidate("跨境电商综合试验区", "title", ((1, -1), (1, 0), (1, 1)))


def test_a_title_without_clauses_has_nothing_to_quote() -> None:
    assert find_candidates(make_issue("1", [make_document("关于支持跨境电商的意见", ())])) == ()


def test_a_journalists_sentence_is_no_title_object() -> None:
    sentence = make_document("示例县：把茶叶搬进直播间", TRADE, role="experience")
    assert cores(make_issue("1", [sentence]), "title") == []
    noun = make_document("示例县：茶旅直播基地建设", TRADE, role="experience")
    assert cores(make_issue("1", [noun]), "title") == ["茶旅直播基地建设"]


def test_the_same_words_twice_are_one_candidate_with_both_places() -> None:
    first = make_document("甲", [("发展“冷链”物流", "建仓库。")])
    second = make_document("乙", [("培育茶旅", "开线路。"), ("发展冷链物流", "购车辆。")])
    found = find_candidates(make_issue("1", [first, second]))
    assert [c.core for c in found] == ["发展“冷链”物流", "培育茶旅"]
    assert found[0].places == ((0, 0), (1, 1))


def test_phrases_come_last_with_their_places() -> None:
    issue = make_issue("1", [make_document("甲", TRADE)])
    found = find_candidates(issue, ["数字贸易平台", "从未出现的短语"])[-1]
    assert found == Candidate("数字贸易平台", "phrase", ((0, 0),))


@pytest.mark.parametrize("issue", sample_issues(), ids=lambda issue: issue.key)
def test_the_sample_offers_clean_candidates(issue: Issue) -> None:
    found = find_candidates(issue)
    assert len({bare(candidate.core) for candidate in found}) == len(found) > 15
    for candidate in found:
        assert not is_slogan(candidate.core)
        assert "。" not in candidate.core
        assert len(candidate.core) <= (MAX_TITLE if candidate.source == "title" else MAX_HEADING)
        document, index = candidate.places[0]
        if candidate.source == "heading":
            heading = issue.documents[document].clauses[index].heading
            assert fold(candidate.core) in fold(heading)
            assert issue.documents[document].role != "commentary"
        else:
            assert index == -1
