"""The main job on the shipped sample, from the files to the files."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Call, Trained
from offices import SAMPLE, bulletin, put, put_three, run_process, tree

from recommender.report.files import DOCUMENTS

ISSUES = [str(path) for path in sorted(SAMPLE.glob("*.txt"))]


def test_all_eight_bulletins_are_read(trained: Trained) -> None:
    taken = trained.said["ingest"]
    assert (taken["added"], taken["unchanged"], taken["failed"]) == (8, 0, [])
    assert len(taken["issues"]) == len(set(taken["issues"])) == 8


def test_it_suggests_for_the_newest(trained: Trained) -> None:
    said = trained.said["suggest"]
    assert said["issue"]["key"] == "8"
    assert said["model"] == (trained.home / "models" / "CURRENT").read_text().strip()
    titles = [one["title"] for one in said["suggestions"]]
    assert len(titles) == len(set(titles)) == 10
    assert all(title.endswith("研究") for title in titles)


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: Path(path).stem)
def test_every_quotation_stands_in_the_clauses_shown(call: Call, trained: Trained, path: str) -> None:
    shown = call("--home", trained.home, "show", path, "--format", "json").json
    clauses = {
        (document["title"], clause["label"] + clause["heading"]): clause["heading"] + "\n" + clause["text"]
        for document in shown["documents"]
        for clause in document["clauses"]
    }
    said = call("--home", trained.home, "suggest", path, "--format", "json").json
    assert said["suggestions"]
    for one in said["suggestions"]:
        assert one["evidence"], one["title"]
        for evidence in one["evidence"]:
            assert evidence["quote"]
            assert evidence["quote"] in clauses[evidence["document"], evidence["clause"]]


def test_all_picks_are_compared(trained: Trained) -> None:
    assert trained.said["compare"]["labels"] == 24
    assert [len(issue["picks"]) for issue in trained.said["compare"]["issues"]] == [3] * 8


def test_the_files_are_written(trained: Trained) -> None:
    reports = trained.home / "reports"
    assert trained.said["files"] == [str(reports / f"8.{form}") for form in DOCUMENTS]
    titles = [one["title"] for one in trained.said["suggest"]["suggestions"]]
    listed = "\n".join(f"{rank}. {title}" for rank, title in enumerate(titles, 1))
    assert (reports / "8.txt").read_text(encoding="utf-8") == f"本期推荐研究方向\n\n{listed}\n"
    assert sorted(path.name for path in reports.iterdir()) == sorted(f"8.{form}" for form in DOCUMENTS)


def test_a_second_run_changes_nothing(call: Call, copied: Path, trained: Trained) -> None:
    ran = call("--home", copied, "run", SAMPLE, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    before = tree(trained.home)
    assert {name: after for name, after in tree(copied).items() if before[name] != after} == {}
    taken = ran.json["ingest"]
    assert (taken["added"], taken["unchanged"]) == (0, 8)
    assert taken["issues"] == trained.said["ingest"]["issues"]
    assert ran.json["suggest"] == trained.said["suggest"]
    assert ran.json["compare"] == trained.said["compare"]


def test_the_screen_shows_list_comparison_and_where_the_files_are(call: Call, copied: Path) -> None:
    ran = call("--home", copied, "run", SAMPLE)
    assert ran.code == 0
    assert ran.out.startswith("高职教育动态（示例） 第2期·总第8期（2025-09-24）　推荐研究方向")
    assert len(re.findall(r"^ *\d+\. \S+研究　得分", ran.out, re.MULTILINE)) == 10
    assert "本程序" in ran.out
    assert "共对照 8 期、24 条编辑选题" in ran.out
    assert ran.err == "报告已写入：" + "、".join(f"{copied}/reports/8.{form}" for form in DOCUMENTS) + "\n"


def test_it_does_not_matter_where_it_is_run_from(trained: Trained, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "elsewhere" / "in")
    ran = run_process(
        *("--home", "../office", "run", "in", "--format", "json"),
        cwd=tmp_path / "elsewhere",
        LC_ALL="C",
        PYTHONHASHSEED="1",
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["compare"] == trained.said["compare"]
    assert ran.json["ingest"] == trained.said["ingest"]
    assert ran.json["suggest"]["suggestions"] == trained.said["suggest"]["suggestions"]
    assert ran.json["files"] == [f"../office/reports/8.{form}" for form in DOCUMENTS]
    written = (tmp_path / "office" / "reports" / "8.txt").read_bytes()
    assert written == (trained.home / "reports" / "8.txt").read_bytes()
    version, other = ran.json["suggest"]["model"], trained.said["suggest"]["model"]
    reports = [
        (home / "reports" / "8.md").read_text(encoding="utf-8")
        for home in (tmp_path / "office", trained.home)
    ]
    assert reports[0].replace(version, other) == reports[1]
    assert version.partition("-")[2] == other.partition("-")[2]  # all but the time of training
    for name in ("learned.json", "arrays.npz"):
        here, there = tmp_path / "office" / "models" / version, trained.home / "models" / other
        assert (here / name).read_bytes() == (there / name).read_bytes()


def test_what_fails_is_named_and_the_rest_is_done(call: Call, tmp_path: Path) -> None:
    inbox = put_three(tmp_path / "inbox")
    put(inbox, "empty.txt", "")
    ran = call("--home", tmp_path, "run", inbox, tmp_path / "missing", "--format", "json")
    assert ran.code == 3
    assert [failure["path"] for failure in ran.json["ingest"]["failed"]] == [
        str(tmp_path / "missing"),
        str(inbox / "empty.txt"),
    ]
    assert ran.json["suggest"]["issue"]["key"] == "3"
    assert all(Path(file).exists() for file in ran.json["files"])
    assert ran.err.count("没有读入：") == 2


def test_a_bulletin_without_earlier_picks_is_served_too(call: Call, tmp_path: Path) -> None:
    put(tmp_path / "inbox", "1.txt", bulletin(1))
    ran = call("--home", tmp_path, "run", tmp_path / "inbox")
    assert ran.code == 0, ran.err
    assert "推进贸易数字化研究" in ran.out
    assert "还没有编辑选题可以对照" in ran.out
    data = call("--home", tmp_path, "compare", "--format", "json").json
    assert (data["issues"], data["metrics"], data["baselines"], data["labels"]) == ([], {}, {}, 0)


def test_an_edited_bulletin_is_learned_again(call: Call, tmp_path: Path) -> None:
    inbox = put_three(tmp_path / "inbox")
    first = call("--home", tmp_path, "run", inbox, "--format", "json").json
    put(inbox, "3.txt", bulletin(3, ("推进适老化改造研究",)))
    again = call("--home", tmp_path, "run", inbox, "--format", "json").json
    assert (again["ingest"]["added"], again["ingest"]["unchanged"]) == (1, 2)
    assert again["suggest"]["model"] != first["suggest"]["model"]
    assert again["compare"]["issues"][-1]["picks"][0]["pick"] == "推进适老化改造研究"


def test_a_whole_workspace_may_be_read_without_its_own_reports(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("init", tmp_path)
    put_three(tmp_path / "data" / "inbox")
    monkeypatch.chdir(tmp_path)
    for taken in ((3, 0), (0, 3)):
        ran = call("run", ".", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        assert (ran.json["ingest"]["added"], ran.json["ingest"]["unchanged"]) == taken
    assert call("ingest", "reports").code == 3
