"""The list of funded projects as an office keeps it: written by init, read by suggest, checked by doctor."""

from pathlib import Path

from conftest import Call
from offices import put


def test_init_leaves_a_list_to_fill_in(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "office").code == 0
    listed = tmp_path / "office" / "data" / "projects.csv"
    assert listed.read_bytes() == "\ufeff题目,年份,部门\n".encode()
    listed.write_text("题目,年份\n海外仓研究,2023\n", encoding="utf-8")
    call("init", tmp_path / "office")
    assert "海外仓研究" in listed.read_text(encoding="utf-8")


def test_suggest_shows_what_was_funded_and_names_bad_rows(call: Call, copied: Path) -> None:
    before = call("--home", copied, "suggest", "8", "--format", "json").json["suggestions"]
    title = before[0]["title"]
    file = put(copied, "data/projects.csv", f"题目,年份,部门\n{title},2020,商贸学院\n无年份的课题,,\n")
    ran = call("--home", copied, "suggest", "8", "--format", "json")
    assert ran.code == 0
    assert f"{file} 第 3 行：没有年份。" in ran.err
    after = {one["title"]: one for one in ran.json["suggestions"]}
    funded = after[title]["projects"][0]
    assert list(funded) == ["title", "year", "department", "similarity"]
    assert (funded["title"], funded["year"], funded["department"]) == (title, 2020, "商贸学院")
    assert f"已立项：《{title}》（2020年，商贸学院，" in call("--home", copied, "suggest", "8").out
    call("--home", copied, "report", "8", "--as", "md")
    assert "本校相近的立项：" in (copied / "reports" / "8.md").read_text(encoding="utf-8")


def test_a_list_that_cannot_be_read_stops_with_its_name(call: Call, copied: Path) -> None:
    put(copied, "data/projects.csv", "海外仓研究,2023\n")
    ran = call("--home", copied, "suggest", "8")
    assert ran.code == 3
    assert "projects.csv" in ran.err


def test_doctor_counts_projects_and_names_the_first_bad_row(call: Call, copied: Path) -> None:
    put(copied, "data/projects.csv", "题目,年份\n海外仓研究,2023\n护理研究,2024\n")
    assert "[正常] 立项课题：2 项" in call("--home", copied, "doctor").out
    put(copied, "data/projects.csv", "题目,年份\n海外仓研究,2023\n护理研究,去年\n,2021\n")
    said = call("--home", copied, "doctor").out
    assert "[注意] 立项课题：" in said
    assert "第 3 行" in said
    assert "共 2 行有误" in said


def test_projects_do_not_make_another_model(call: Call, copied: Path) -> None:
    version = call("--home", copied, "train", "--format", "json").json["model"]
    put(copied, "data/projects.csv", "题目,年份\n海外仓研究,2023\n")
    assert call("--home", copied, "train", "--format", "json").json["model"] == version
