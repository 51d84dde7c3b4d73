"""``trends --emerging`` on the office's own dated policies, and on the background."""

import json
from pathlib import Path

import pytest
from conftest import Call

THEMES = ["养老服务", "管网改造", "冬季供暖", "水库灌溉", "蔬菜大棚", "旅游公路"]


def policies(folder: Path, last: int = 2020) -> Path:
    """Six policies a year from 2014; from 2019 all of them speak of 低空物流."""
    rows = []
    for year in range(2014, last + 1):
        for number in range(6):
            new = ["一、发展低空物流", "建设低空物流枢纽，开通低空物流航线。"] if year >= 2019 else []
            old = [f"抓好{THEMES[(number + k) % 6]}，办好{THEMES[(number + k + 1) % 6]}。" for k in range(3)]
            title = f"某市第{number}区{year}年政府工作报告"
            rows.append({"title": title, "date": f"{year}-01-10", "text": "\n".join(new + old), "number": ""})
    path = folder / "policies.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def ranked(call: Call, home: Path, *words: str) -> list[str]:
    ran = call("--home", home, "trends", "--emerging", *words, "--format", "json")
    assert ran.code == 0, ran.err
    return [term["term"] for term in json.loads(ran.out)["terms"]]


@pytest.fixture
def stocked(call: Call, tmp_path: Path) -> Path:
    """A workspace whose corpus is a collection of dated policies."""
    home = tmp_path / "home"
    assert call("init", home).code == 0
    assert call("--home", home, "ingest", policies(tmp_path)).code == 0
    return home


def test_the_own_corpus_is_ranked_by_itself(call: Call, stocked: Path) -> None:
    terms = ranked(call, stocked, "--source", "own", "--as-of", "2019")
    assert "低空" in terms[0]
    assert "新发展理念" not in terms


def test_own_documents_dated_later_do_not_enter(call: Call, stocked: Path) -> None:
    assert not [t for t in ranked(call, stocked, "--source", "own", "--as-of", "2018") if "低空" in t]


def test_without_a_source_the_provincial_reports_are_ranked(call: Call, stocked: Path) -> None:
    terms = ranked(call, stocked, "--as-of", "2019")
    assert terms == ranked(call, stocked, "--as-of", "2019", "--source", "provincial")
    assert terms != ranked(call, stocked, "--as-of", "2019", "--source", "national")


@pytest.mark.parametrize(("source", "said"), [("titles", "可以写的有：own、"), ("own", "没有带日期的文件")])
def test_what_cannot_be_ranked_is_said(call: Call, tmp_path: Path, source: str, said: str) -> None:
    ran = call("--home", tmp_path, "trends", "--emerging", "--source", source)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
