"""A corpus made to order: one theme rises, one fades, one stays, one bursts, one returns every spring."""

import json
import random
from typing import Any

import pytest
from offices import run_process

YEARS, A_MONTH = range(2018, 2024), 6
WANTED = {
    "低空物流": "rising",
    "小额信贷": "fading",
    "健康体检": "steady",
    "抗旱救灾": "steady",
    "茶叶采摘": "steady",
}


def chance(theme: str, year: int, month: int) -> float:
    """How likely a document of a month speaks of a theme."""
    passed = (year - 2018 + month / 12) / 6
    return {
        "低空物流": passed,
        "小额信贷": 1 - passed,
        "健康体检": 0.5,
        "抗旱救灾": 0.9 if (year, month) in ((2021, 7), (2021, 8), (2021, 9)) else 0.03,
        "茶叶采摘": 0.9 if month in (3, 4) else 0.05,
    }[theme]


def rows() -> list[dict[str, str]]:
    """Six documents a month over six years, three undated, one of 2093, one of 1923."""
    draw = random.Random(7)
    made = [{"title": f"无日期之{n}", "text": "推进健康体检。"} for n in range(3)]
    made += [{"title": d, "date": d, "text": "推进健康体检。"} for d in ("2093-01-01", "1923-01-01")]
    for year in YEARS:
        for month in range(1, 13):
            for number in range(A_MONTH):
                said = [f"推进{theme}。" for theme in WANTED if draw.random() < chance(theme, year, month)]
                date = f"{year}-{month:02d}-{number + 1:02d}"
                text = "\n\n".join(["各部门认真办理。", *said])
                made.append({"title": f"关于{date}工作的通知", "date": date, "text": text})
    return made


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The own series of each theme by month, as the command line prints them."""
    home = tmp_path_factory.mktemp("constructed")
    path = home / "themes.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows()), encoding="utf-8")
    run_process("--home", home, "ingest", path)
    options = ("--source", "own", "--by", "month", "--format", "json")
    said = run_process("--home", home, "trends", *WANTED, *options).json
    assert (said["undated"], said["misdated"]) == (3, 2)
    return {term["term"]: term for term in said["terms"]}


@pytest.mark.parametrize("theme", WANTED)
def test_each_theme_is_named_rightly(found: dict[str, dict[str, Any]], theme: str) -> None:
    assert found[theme]["trend"] == WANTED[theme]


def test_only_the_burst_bursts_and_when_it_did(found: dict[str, dict[str, Any]]) -> None:
    bursts = {
        theme: [(burst["start"], burst["end"]) for burst in term["bursts"]] for theme, term in found.items()
    }
    assert {theme: spans for theme, spans in bursts.items() if spans} == {
        "抗旱救灾": [("2021-07", "2021-09")]
    }


def test_only_the_seasonal_theme_has_a_season(found: dict[str, dict[str, Any]]) -> None:
    peaks = {theme: term["peak"] for theme, term in found.items() if term["peak"]}
    assert list(peaks) == ["茶叶采摘"]
    assert peaks["茶叶采摘"] in ("03", "04")
