"""The commands around versions and schedulers, as a user types them."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Call, Trained
from offices import put, tree


@pytest.fixture
def two(call: Call, copied: Path) -> tuple[Path, str, str]:
    """A workspace with a former and a serving version."""
    first = (copied / "models" / "CURRENT").read_text().strip()
    put(copied, "data/lexicon/words.txt", "海外仓建设\n数字贸易\n")
    assert call("--home", copied, "train").code == 0
    return copied, first, (copied / "models" / "CURRENT").read_text().strip()


def test_list_and_show(call: Call, two: tuple[Path, str, str]) -> None:
    home, first, second = two
    lines = call("--home", home, "models", "list").out.splitlines()
    assert lines[0].startswith(f"{second}　正在使用　8 期")
    assert lines[1].startswith(f"{first}　上一个　8 期")
    assert "前10位命中率 0." in lines[0]
    said = call("--home", home, "models", "list", "--format", "json").json["versions"]
    assert [(one["version"], one["state"]) for one in said] == [(second, "serving"), (first, "previous")]
    text = call("--home", home, "models", "show").out
    assert text.startswith(f"{second}\n  状态：正在使用\n")
    assert "学自：8 期（1 至 8）" in text
    facts = call("--home", home, "models", "show", first, "--format", "json").json["facts"]
    assert set(facts["libraries"]) == {"recommender", "numpy", "scipy", "scikit-learn"}
    assert set(facts["scores"]) == {"recall@3", "recall@10", "mrr", "ndcg@10"}
    stored = json.loads((home / "models" / first / "scores.json").read_text("utf-8"))
    assert stored["metrics"] == facts["scores"]
    assert len(stored["issues"]) == 8


def test_diff_in_words_and_json(call: Call, two: tuple[Path, str, str]) -> None:
    home, first, second = two
    text = call("--home", home, "models", "diff").out
    assert text.startswith(f"从 {first} 到 {second}：\n- 主题有 ")
    assert "第 8 期的前 10 条推荐" in text
    assert call("--home", home, "models", "diff", second, first).out.startswith(f"从 {second} 到 {first}")
    said = call("--home", home, "models", "diff", "--format", "json").json
    assert set(said) >= {"old", "new", "topics", "terms", "settings", "moves"}


def test_rollback_promote_verify_prune(call: Call, two: tuple[Path, str, str]) -> None:
    home, first, second = two
    assert call("--home", home, "models", "rollback").out == f"已退回 {first}。{second} 不会再自动启用。\n"
    ran = call("--home", home, "models", "rollback")
    assert (ran.code, "没有可以退回的完好版本" in ran.err) == (3, True)
    assert call("--home", home, "models", "promote", second).out == f"已启用 {second}。\n"
    ran = call("--home", home, "models", "verify")
    assert (ran.code, "共 2 个版本，0 个已损坏。" in ran.out) == (0, True)
    assert call("--home", home, "models", "prune", "--keep", "0").out == "没有可以清理的版本。\n"
    spare = "20200101T000000Z-00000"
    shutil.copytree(home / "models" / first, home / "models" / spare)
    ran = call("--home", home, "models", "verify")
    assert (ran.code, "共 3 个版本，1 个已损坏。" in ran.out) == (5, True)
    assert call("--home", home, "models", "promote", spare).code == 5
    assert call("--home", home, "models", "prune", "--keep", "0").out == f"已删除 {spare}\n"
    history = (home / "models" / "history.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["event"] for line in history] == ["rollback", "promote"]


def test_what_is_missing_is_said(call: Call, trained: Trained, tmp_path: Path) -> None:
    assert "还没有训练过模型" in call("--home", tmp_path, "models", "list").out
    for words in (["show"], ["diff"], ["promote", "x"]):
        ran = call("--home", tmp_path, "models", *words)
        assert (ran.code, "先运行 recommender train" in ran.err) == (3, True)
    ran = call("--home", trained.home, "models", "diff")
    assert (ran.code, "只有一个版本" in ran.err) == (3, True)
    ran = call("--home", trained.home, "models", "show", "x")
    assert (ran.code, "没有版本“x”" in ran.err) == (3, True)


# -- schedulers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "files"),
    [("cron", [".txt"]), ("systemd", [".service", ".timer"]), ("windows", [".bat", ".xml"])],
)
def test_files_are_printed_or_written_and_nothing_is_installed(
    call: Call, tmp_path: Path, kind: str, files: list[str]
) -> None:
    home, out = tmp_path / "政策 动态", tmp_path / "计划 任务"
    home.mkdir()
    before = tree(home)
    ran = call("--home", home, "schedule", kind)
    assert (ran.code, ran.err) == (0, "")
    assert str(home) in ran.out
    assert "本命令什么也没有安装" in ran.out
    ran.out.encode("gbk")
    ran = call("--home", home, "schedule", kind, "--at", "30 7 * * mon-fri", "--out", out)
    assert ran.code == 0
    assert sorted(path.suffix for path in out.iterdir()) == files
    said = call("--home", home, "schedule", kind, "--out", out, "--format", "json").json
    assert {Path(path).name for path in said["written"]} == set(said["files"])
    assert said["steps"]
    assert tree(home) == before


def test_a_time_that_cannot_be_read(call: Call, tmp_path: Path) -> None:
    for kind in ("cron", "systemd", "windows"):
        ran = call("--home", tmp_path, "schedule", kind, "--at", "7d")
        assert ran.code == 2
        assert "每周一 6:00" in ran.err
