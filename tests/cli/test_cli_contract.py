"""What other programs rely on: names, JSON keys, exit codes, what goes to stdout and what to stderr."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Call, Trained
from offices import SAMPLE, bulletin, put, put_three, run_process, tree

from recommender import __version__
from recommender.cli import app
from recommender.evaluation.baselines import BASELINES, RANDOM
from recommender.evaluation.metrics import MEASURES
from recommender.recommend.features import FEATURES
from recommender.report.files import DOCUMENTS

FACTS = ["key", "kind", "title", "number", "serial", "date", "institution"]
MEASURED = {"recall@3", "recall@10", "mrr", "ndcg@10"}


def json_of(call: Call, home: Path, *words: str | Path) -> Any:
    ran = call("--home", home, *words, "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    return ran.json


def test_the_commands_have_their_names() -> None:
    names = [command.name for command in app.registered_commands]
    assert {"run", "init", "doctor", "ingest", "show", "train", "suggest", "compare", "report"} <= {*names}


def test_the_version(call: Call) -> None:
    assert call("--version").out == f"recommender {__version__}\n"
    assert call("--version", "nonsense").code == 0


def test_show(call: Call, trained: Trained) -> None:
    issue = json_of(call, trained.home, "show", "8")
    contract = [*FACTS, "documents", "picks", "repairs"]
    assert [key for key in issue if key in contract] == contract
    assert set(issue) - set(contract) == {"asides", "warnings", "picks_printed"}
    facts = ["8", "bulletin", "高职教育动态（示例）", 2, 8, "2025-09-24"]
    assert [issue[key] for key in FACTS[:-1]] == facts
    assert issue["institution"].startswith("示例职业学院")
    assert all(isinstance(pick, str) for pick in issue["picks"])
    assert all(isinstance(count, int) for count in issue["repairs"].values())
    for document in issue["documents"]:
        keys = ["label", "title", "name", "issuers", "level", "date", "number", "role", "clauses"]
        assert [key for key in document if key != "tables"] == keys
        assert document["role"] in {"policy", "commentary", "news", "experience"}
        for clause in document["clauses"]:
            assert list(clause) == ["label", "heading", "text", "depth"]


def test_a_policy_alone_is_a_policy(call: Call, tmp_path: Path) -> None:
    text = "示例省教育厅关于推进实训的意见\n\n一、总体要求\n（一）建设基地。支持校企共建基地。\n"
    file = put(tmp_path, "p.txt", text)
    assert json_of(call, tmp_path, "show", file)["kind"] == "policy"


def test_suggest(call: Call, trained: Trained) -> None:
    said = json_of(call, trained.home, "suggest", "8", "--top", "5")
    assert list(said) == ["issue", "model", "suggestions"]
    assert list(said["issue"]) == FACTS
    assert [one["rank"] for one in said["suggestions"]] == [1, 2, 3, 4, 5]
    for one in said["suggestions"]:
        contract = ["rank", "title", "score", "topic", "source", "reasons", "evidence"]
        assert list(one) == [*contract, "narrower", "departments", "projects"]
        assert one["source"] in {"heading", "title", "phrase"}
        assert {reason["feature"] for reason in one["reasons"]} == set(FEATURES)
        for reason in one["reasons"]:
            assert list(reason) == ["feature", "value", "contribution", "text"]
        for evidence in one["evidence"]:
            assert list(evidence) == ["document", "clause", "quote"]
        total = sum(reason["contribution"] for reason in one["reasons"])
        assert one["score"] == pytest.approx(total, abs=1e-9)


def test_suggest_gives_as_many_as_the_settings_say(call: Call, copied: Path) -> None:
    put(copied, "recommender.toml", "[list]\nlength = 3\n")
    assert len(json_of(call, copied, "suggest", "8")["suggestions"]) == 3
    assert len(json_of(call, copied, "suggest", "8", "--top", "4")["suggestions"]) == 4


def test_compare(call: Call, trained: Trained) -> None:
    said = json_of(call, trained.home, "compare")
    assert list(said)[:4] == ["issues", "metrics", "baselines", "labels"]
    assert said["labels"] == 24
    assert len(said["issues"]) == 8
    assert set(said["metrics"]) == MEASURED == set(MEASURES)
    assert set(said["baselines"]) == {*BASELINES, RANDOM[0]}
    for measures in (said["metrics"], *said["baselines"].values()):
        assert set(measures) == MEASURED
        assert all(0 <= value <= 1 for value in measures.values())
    for issue in said["issues"]:
        assert list(issue) == ["key", "picks"]
        for pick in issue["picks"]:
            assert list(pick) == ["pick", "rank", "matched", "grade", "why"]
            assert pick["grade"] in {"exact", "near", "related", "topic", "none"}
            assert (pick["rank"] is None) == (pick["matched"] is None)


def test_compare_takes_keys_and_files_each_issue_once(call: Call, trained: Trained) -> None:
    said = json_of(call, trained.home, "compare", "8", SAMPLE / "2025-09.txt", "1", "8")
    assert [issue["key"] for issue in said["issues"]] == ["8", "1"]
    assert said["labels"] == 6


def test_ingest(call: Call, tmp_path: Path) -> None:
    put_three(tmp_path / "inbox")
    put(tmp_path / "inbox", "0.txt", "")
    ran = call("--home", tmp_path, "ingest", tmp_path / "inbox", "--format", "json")
    assert ran.code == 3
    assert list(ran.json) == ["added", "unchanged", "failed", "issues"]
    assert (ran.json["added"], ran.json["unchanged"], ran.json["issues"]) == (3, 0, ["1", "2", "3"])
    assert [list(failure) for failure in ran.json["failed"]] == [["path", "error"]]
    assert ran.json["failed"][0]["path"] == str(tmp_path / "inbox" / "0.txt")
    assert ran.json["failed"][0]["error"] in ran.err


def test_run(trained: Trained, call: Call) -> None:
    assert list(trained.said) == ["ingest", "suggest", "compare", "files"]
    assert trained.messages == ""
    assert trained.said["suggest"] == json_of(call, trained.home, "suggest", "8")
    assert trained.said["compare"] == json_of(call, trained.home, "compare")


def test_train_init_report_and_doctor(call: Call, copied: Path) -> None:
    assert json_of(call, copied, "train")["model"] == json_of(call, copied, "suggest", "8")["model"]
    assert json_of(call, copied, "init", copied / "new") == {"home": str(copied / "new")}
    files = json_of(call, copied, "report", "8", "--out", copied / "out")
    assert files == {"files": [str(copied / "out" / f"8.{form}") for form in DOCUMENTS]}
    said = json_of(call, copied, "doctor")
    assert list(said) == ["findings"]
    assert list(said["findings"][0]) == ["check", "state", "text", "remedy", "exit_code"]


def test_text_and_json_name_the_same_directions(call: Call, trained: Trained) -> None:
    said = json_of(call, trained.home, "suggest", "8")
    screen = call("--home", trained.home, "suggest", "8").out
    assert re.findall(r"^ *\d+\. (\S+)　得分", screen, re.MULTILINE) == [
        one["title"] for one in said["suggestions"]
    ]


def test_an_issue_is_a_key_or_a_path(call: Call, trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    by_key = call("--home", trained.home, "show", "8").out
    assert call("--home", trained.home, "show", SAMPLE / "2025-09.txt").out == by_key
    monkeypatch.chdir(SAMPLE)
    assert call("--home", trained.home, "show", "2025-09.txt").out == by_key


def test_a_file_named_like_a_key_does_not_hide_the_key(
    call: Call, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "8", "别的内容")
    monkeypatch.chdir(tmp_path)
    assert call("--home", trained.home, "show", "8").out.startswith("高职教育动态")


def test_a_path_is_read_without_a_workspace(call: Call, tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", bulletin(5))
    assert json_of(call, tmp_path / "none", "show", file)["key"] == "5"
    assert not (tmp_path / "none").exists()


def test_an_unknown_key_lists_near_ones(call: Call, trained: Trained) -> None:
    for words in (("show", "2023-11"), ("suggest", "2023-11-51"), ("compare", "2023-11-5")):
        ran = call("--home", trained.home, *words)
        assert (ran.code, ran.out) == (3, "")
        assert "相近的有：" in ran.err
        assert "2023-11-15" in ran.err
    assert "最近收录的有：8" in call("--home", trained.home, "show", "第九十九").err


def test_home_may_stand_in_the_environment(
    call: Call, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_option = call("--home", trained.home, "show", "8").out
    monkeypatch.setenv("RECOMMENDER_HOME", str(trained.home))
    assert call("show", "8").out == by_option
    assert call("--home", tmp_path, "show", "8").code == 3  # the option wins
    monkeypatch.delenv("RECOMMENDER_HOME")
    monkeypatch.chdir(trained.home)
    assert call("show", "8").out == by_option  # the current folder otherwise


def test_reading_leaves_no_trace(call: Call, trained: Trained) -> None:
    before = tree(trained.home)
    for words in ("show 8", "suggest 8", "compare", "doctor"):
        assert call("--home", trained.home, *words.split()).code == 0
    assert tree(trained.home) == before


def test_another_issue_can_be_chosen(call: Call, copied: Path) -> None:
    ran = call("--home", copied, "run", SAMPLE, "--issue", "1", "--format", "json")
    assert ran.json["suggest"]["issue"]["key"] == "1"
    assert [Path(file).name for file in ran.json["files"]] == [f"1.{form}" for form in DOCUMENTS]


def test_it_runs_as_a_program_of_its_own(trained: Trained) -> None:
    assert run_process("--version").out == f"recommender {__version__}\n"
    ran = run_process("show", "8", "--format", "json", RECOMMENDER_HOME=str(trained.home))
    assert (ran.code, ran.err, ran.json["key"]) == (0, "", "8")
    assert json.dumps(ran.json, ensure_ascii=False, indent=2) + "\n" == ran.out
