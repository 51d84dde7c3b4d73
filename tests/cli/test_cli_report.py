"""report: one issue, a year, all of them; pictures only with a font; what is asked wrongly."""

import hashlib
from pathlib import Path

import pytest
from conftest import Call, Trained
from systems import chinese_font

from recommender.report import tools
from recommender.report.files import DOCUMENTS


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_year_and_all_of_them(call: Call, trained: Trained, tmp_path: Path) -> None:
    year = call("--home", trained.home, "report", "--year", "2023", "--as", "txt,md", "--out", tmp_path)
    assert (year.code, year.err, names(tmp_path)) == (0, "", ["2023.md", "2023.txt"])
    text = (tmp_path / "2023.txt").read_text(encoding="utf-8")
    assert text.count("本期推荐研究方向") == 3
    assert "（2023-03-22）\n本期推荐研究方向\n\n1. " in text
    assert "2024" not in text
    every = call("--home", trained.home, "report", "--all", "--out", tmp_path, "--format", "json")
    assert [Path(file).name for file in every.json["files"]] == [f"all.{form}" for form in DOCUMENTS]
    assert (tmp_path / "all.txt").read_text(encoding="utf-8").count("本期推荐研究方向") == 8


def test_a_year_without_issues_names_those_there_are(call: Call, trained: Trained, tmp_path: Path) -> None:
    ran = call("--home", trained.home, "report", "--year", "1999", "--out", tmp_path)
    assert (ran.code, ran.out, names(tmp_path)) == (3, "", [])
    assert "1999 年：资料库里没有这一年的动态。有的年份：2023、2024、2025。" in ran.err


@pytest.mark.parametrize(
    "words", ["report", "report 8 --all", "report 8 --year 2023", "report --all --year 2023"]
)
def test_one_thing_is_reported_on(call: Call, trained: Trained, words: str) -> None:
    ran = call("--home", trained.home, *words.split())
    assert (ran.code, ran.out) == (2, "")
    assert "三者选一" in ran.err


def test_pictures(call: Call, trained: Trained, tmp_path: Path) -> None:
    chinese_font()
    assert call("--home", trained.home, "report", "8", "--as", "svg,png", "--out", tmp_path).code == 0
    charts = ("bursts", "emphasis", "heat", "ranks", "topics")
    assert names(tmp_path) == sorted(f"8-{chart}.{kind}" for chart in charts for kind in ("png", "svg"))


def test_without_a_chinese_font(
    call: Call, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are refused with the remedy; the five forms are written all the same."""
    monkeypatch.setattr(tools, "system_font", lambda: None)
    ran = call("--home", trained.home, "report", "8", "--as", "md,png", "--out", tmp_path)
    assert (ran.code, ran.out, names(tmp_path)) == (2, "", [])
    assert "没有中文字体" in ran.err
    assert "安装" in ran.err
    assert call("--home", trained.home, "report", "8", "--out", tmp_path).code == 0
    assert names(tmp_path) == sorted(f"8.{form}" for form in DOCUMENTS)


def test_a_report_is_the_same_file_every_time(call: Call, trained: Trained, tmp_path: Path) -> None:
    """Word and Excel put no clock into what is drawn, and the page neither."""
    prints = []
    for folder in (tmp_path / "1", tmp_path / "2"):
        assert call("--home", trained.home, "report", "7", "--out", folder).code == 0
        prints.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert prints[0] == prints[1]
    assert len(prints[0]) == len(DOCUMENTS)


def test_the_list_goes_through_a_pipe_as_it_is(call: Call, trained: Trained) -> None:
    ran = call("--home", trained.home, "suggest", "8")
    assert ran.err == ""
    assert "\x1b" not in ran.out
