"""The profile a college is judged by: printed, checked, and seen in its list."""

from pathlib import Path
from typing import Any

from conftest import Call
from offices import bulletin, put

TRADE = (
    '[college]\ndisciplines = ["跨境电商"]\n[[departments]]\nname = "商贸学院"\ndisciplines = ["国际贸易"]\n'
)
CARE = '[college]\ndisciplines = ["养老服务"]\n[[departments]]\nname = "健康学院"\ndisciplines = ["护理"]\n'


def office(call: Call, home: Path, settings: str) -> Path:
    """A workspace with these settings that has learned from one bulletin on trade and on care."""
    put(home, "recommender.toml", settings)
    put(home, "inbox/1.txt", bulletin(1))
    put(home, "inbox/2.txt", bulletin(2, ("推进贸易数字化研究",)))
    assert call("--home", home, "ingest", home / "inbox").code == 0
    assert call("--home", home, "train").code == 0
    return home


def test_two_colleges_get_visibly_different_lists_from_one_issue(call: Call, tmp_path: Path) -> None:
    homes = [office(call, tmp_path / name, text) for name, text in (("trade", TRADE), ("care", CARE))]

    def listed(home: Path) -> list[dict[str, Any]]:
        said = call("--home", home, "suggest", "1", "--top", "4", "--format", "json")
        found: list[dict[str, Any]] = said.json["suggestions"]
        return found

    trade, care = map(listed, homes)
    assert len({one["title"] for one in trade} ^ {one["title"] for one in care}) >= 2
    assert {name for one in trade for name in one["departments"]} == {"商贸学院"}
    assert {name for one in care for name in one["departments"]} == {"健康学院"}
    assert any("国际贸易专业" in title for one in trade for title in one["narrower"])
    assert any("护理专业" in title for one in care for title in one["narrower"])
    assert "    适合：商贸学院" in call("--home", homes[0], "suggest", "1").out


def test_the_profile_is_printed_as_text_and_json(call: Call, tmp_path: Path) -> None:
    home = office(call, tmp_path, TRADE)
    said = call("--home", home, "suggest", "--explain-profile").out
    assert "学科专业（recommender.toml 里写明的）" in said
    assert "国际贸易（商贸学院）：国际贸易 1.00" in said
    assert "以往选题：1 条，来自条款标题 1 条" in said
    profile = call("--home", home, "suggest", "--explain-profile", "--format", "json").json["profile"]
    assert [field["name"] for field in profile["fields"]] == ["跨境电商", "国际贸易"]
    assert profile["picks"] == 1
    assert profile["sources"] == {"heading": 1}


def test_the_profile_of_an_issue_leaves_its_own_picks_out(call: Call, tmp_path: Path) -> None:
    home = office(call, tmp_path, TRADE)
    assert "以往选题：还没有" in call("--home", home, "suggest", "2", "--explain-profile").out
    assert "以往选题：1 条" in call("--home", home, "suggest", "1", "--explain-profile").out


def test_suggest_without_an_issue_says_what_to_write(call: Call, tmp_path: Path) -> None:
    ran = call("--home", tmp_path, "suggest")
    assert ran.code == 2
    assert "recommender suggest 73" in ran.err


def test_doctor_tells_the_profile_and_fields_it_does_not_know(call: Call, tmp_path: Path) -> None:
    home = office(call, tmp_path, TRADE)
    assert (
        "[正常] 学校画像：学科专业 2 个（跨境电商、国际贸易），学自以往选题 1 条"
        in call("--home", home, "doctor").out
    )
    put(home, "recommender.toml", '[college]\ndisciplines = ["龘龘学"]\n')
    assert "[注意] 学校画像" in call("--home", home, "doctor").out
    assert "训练以后才能查看" in call("--home", tmp_path / "new", "doctor").out
