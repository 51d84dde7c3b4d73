"""``trends`` as a user calls it: the contract's JSON, sources, units, what is missing."""

import json
from pathlib import Path

import pytest
from conftest import Call, Trained


def said(call: Call, *words: str | Path) -> dict:  # type: ignore[type-arg]
    ran = call(*words, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)  # type: ignore[no-any-return]


def test_a_term_has_the_shape_of_the_contract(call: Call, trained: Trained) -> None:
    term = said(call, "--home", trained.home, "trends", "跨境电商")["terms"][0]
    assert term["term"] == "跨境电商"
    assert {"series", "trend", "bursts", "source"} <= term.keys()
    assert set(term["series"][0]) == {"period", "share", "documents", "of"}
    assert term["trend"] in {"new", "rising", "steady", "fading"}
    assert term["series"][0]["period"] == "1"


def test_on_the_first_day_the_background_answers(call: Call, tmp_path: Path) -> None:
    term = said(call, "--home", tmp_path, "trends", "新质生产力")["terms"][0]
    assert term["source"] == "省级政府工作报告"
    assert [burst["start"] for burst in term["bursts"]] == ["2024"]


@pytest.mark.parametrize(("source", "label"), [("own", "本库"), ("national", "国务院政府工作报告")])
def test_the_source_can_be_chosen(call: Call, trained: Trained, source: str, label: str) -> None:
    found = said(call, "--home", trained.home, "trends", "跨境电商", "--source", source)
    assert found["terms"][0]["source"] == label


def test_an_unknown_source_is_refused(call: Call, trained: Trained) -> None:
    ran = call("--home", trained.home, "trends", "跨境电商", "--source", "titles")
    assert (ran.code, ran.out) == (3, "")
    assert "可以写的有：own、" in ran.err


@pytest.mark.parametrize(("unit", "first"), [("year", "2022"), ("quarter", "2022-Q4"), ("month", "2022-12")])
def test_periods_follow_the_unit_and_gaps_are_null(
    call: Call, trained: Trained, unit: str, first: str
) -> None:
    found = said(call, "--home", trained.home, "trends", "服务消费", "--source", "own", "--by", unit)
    points = found["terms"][0]["series"]
    assert points[0]["period"] == first
    assert all((point["share"] is None) == (point["of"] == 0) for point in points)


def test_a_term_nobody_uses_is_said_with_its_neighbours(call: Call, trained: Trained) -> None:
    found = said(call, "--home", trained.home, "trends", "产教融和", "跨境电商")
    assert [term["term"] for term in found["terms"]] == ["跨境电商"]
    assert found["missing"][0]["term"] == "产教融和"
    assert "产教融合" in found["missing"][0]["nearest"]
    assert "没有收录" in call("--home", trained.home, "trends", "产教融和").out


def test_topics_have_series_too(call: Call, trained: Trained) -> None:
    found = said(call, "--home", trained.home, "trends", "--topics")["terms"]
    assert len(found) >= 2
    for number in range(len(found[0]["series"])):
        assert sum(topic["series"][number]["share"] for topic in found) == pytest.approx(1, abs=0.01)


def test_topics_say_number_words_and_how_many_were_tried(call: Call, trained: Trained) -> None:
    found = said(call, "--home", trained.home, "trends", "--topics")
    assert [topic["topic"] for topic in found["terms"]] == list(range(1, len(found["terms"]) + 1))
    assert all(len(topic["words"]) == 6 for topic in found["terms"])
    assert len(found["terms"]) in [row["count"] for row in found["table"]]
    text = call("--home", trained.home, "trends", "--topics").out
    assert "主题 1　" in text
    assert "连贯（NPMI" in text


def test_the_words_of_an_issue_stand_out_by_their_z(call: Call, trained: Trained) -> None:
    found = said(call, "--home", trained.home, "trends", "--distinctive", "5", "--top", "8")
    scores = [term["z"] for term in found["terms"]]
    assert found["issue"] == "5"
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert all(term["clauses"] >= 1 for term in found["terms"])
    assert "z=" in call("--home", trained.home, "trends", "--distinctive", "5").out


def test_an_offices_own_background_stands_beside_ours(call: Call, tmp_path: Path) -> None:
    rows = [{"title": "报告", "year": 2010 + n // 6, "text": "发展低空物流。"} for n in range(36)]
    path = tmp_path / "city.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    home = ("--home", tmp_path / "home")
    call(*home, "background", "build", path)
    listed = said(call, *home, "background", "list")["collections"]
    assert (listed[0]["name"], listed[0]["documents"]) == ("city", 36)
    term = said(call, *home, "trends", "物流", "--source", "city")["terms"][0]
    assert [point["documents"] for point in term["series"]] == [6] * 6
    (tmp_path / "home" / "data" / "background" / "history.npz").write_bytes(b"no")
    ran = call(*home, "trends", "物流")
    assert (ran.code, ran.out) == (3, "")
    assert "recommender background build" in ran.err


def test_emerging_terms_are_as_of_their_year(call: Call, tmp_path: Path) -> None:
    found = said(call, "--home", tmp_path, "trends", "--emerging", "--as-of", "2016", "--top", "20")
    assert found["as_of"] == "2016"
    assert len(found["terms"]) == 20
    assert "供给侧结构性改革" in [term["term"] for term in found["terms"]]
    scores = [term["score"] for term in found["terms"]]
    assert scores == sorted(scores, reverse=True)


def test_the_text_says_verdict_and_bursts(call: Call, tmp_path: Path) -> None:
    text = call("--home", tmp_path, "trends", "供给侧").out
    assert "供给侧（省级政府工作报告）：回落" in text
    assert "突现：2016 至 " in text
