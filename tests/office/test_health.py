"""doctor: everything sound on a healthy workspace, each fault with its remedy, nothing changed."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Call, Trained
from offices import bulletin, put, tree

from recommender.begin import init_workspace
from recommender.office import health
from recommender.office.finding import Finding
from recommender.office.health import CHECKS, examine
from recommender.report import fonts
from recommender.workspace import Workspace

SETTINGS = '[college]\nname = "示例职业学院"\ndisciplines = ["贸易"]\n'


def found(home: Path, check: str) -> Finding:
    return next(finding for finding in examine(Workspace(home)) if finding.check == check)


def test_a_healthy_workspace(call: Call, copied: Path) -> None:
    put(copied, "recommender.toml", SETTINGS)
    findings = examine(Workspace(copied))
    assert [finding.check for finding in findings] == list(CHECKS)
    # rjieba is optional, a font the machine's
    ours = [finding for finding in findings if finding.check not in ("程序", "中文字体")]
    assert {(finding.state, finding.remedy, finding.exit_code) for finding in ours} == {("ok", "", 0)}
    assert found(copied, "资料库").text == "8 期，编辑选题 24 条，内容完好"
    ran = call("--home", copied, "doctor")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("[正常]") >= len(CHECKS) - 2


def test_a_new_workspace_says_what_comes_next(tmp_path: Path) -> None:
    home = init_workspace(tmp_path / "new").home
    findings = {finding.check: finding for finding in examine(Workspace(home))}
    assert {finding.exit_code for finding in findings.values()} == {0}
    assert "disciplines" in findings["设置"].remedy
    assert "recommender ingest" in findings["资料库"].remedy
    assert "recommender train" in findings["模型"].remedy


# -- faults: (what to break, check, state, part of the text, part of the remedy, exit code) -------


def no_settings(home: Path) -> None:
    (home / "recommender.toml").unlink(missing_ok=True)


def wrong_settings(home: Path) -> None:
    put(home, "recommender.toml", "[list]\nlength = 99\n")


def malformed_words(home: Path) -> None:
    put(home, "data/lexicon/synonyms.txt", "甲 乙\n")


def no_database(home: Path) -> None:
    put(home, "data/corpus.sqlite", "这不是数据库" * 100)


def changed_issue(home: Path) -> None:
    with closing(sqlite3.connect(home / "data" / "corpus.sqlite")) as database, database:
        database.execute("UPDATE issue SET json = replace(json, '研究', '硏究') WHERE key = '8'")


def newer_corpus(home: Path) -> None:
    with closing(sqlite3.connect(home / "data" / "corpus.sqlite")) as database:
        database.execute("PRAGMA user_version = 99")


def serving(home: Path) -> Path:
    return home / "models" / (home / "models" / "CURRENT").read_text().strip()


def damaged_model(home: Path) -> None:
    path = serving(home) / "arrays.npz"
    path.write_bytes(path.read_bytes()[:-1])


def older_model(home: Path) -> None:
    path = serving(home) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))


def no_model(home: Path) -> None:
    shutil.rmtree(home / "models")


def reports_is_a_file(home: Path) -> None:
    shutil.rmtree(home / "reports")
    put(home, "reports", "")


def lock_is_a_folder(home: Path) -> None:
    (home / "data" / ".lock").unlink(missing_ok=True)
    (home / "data" / ".lock").mkdir()


def gone(home: Path) -> None:
    shutil.rmtree(home)


def empty_corpus(home: Path) -> None:
    put(home, "data/corpus.sqlite", b"")


class Fault(NamedTuple):
    """What is broken, and what doctor must say of it."""

    harm: Callable[[Path], None]
    check: str
    state: str
    text: str
    remedy: str
    code: int


FAULTS = (
    Fault(no_settings, "设置", "warning", "使用默认设置", "recommender init", 0),
    Fault(wrong_settings, "设置", "fault", "[list] 的 length 写成了 99", "请改正", 2),
    Fault(malformed_words, "词表", "fault", "synonyms.txt 第 1 行", "别称1 别称2 = 统一说法", 3),
    Fault(no_database, "资料库", "fault", "不是资料库", "改名", 5),
    Fault(changed_issue, "资料库", "fault", "第 8 期的内容与校验值不符", "改名", 5),
    Fault(newer_corpus, "资料库", "fault", "更新版本的程序", "升级", 5),
    Fault(empty_corpus, "资料库", "warning", "还没有读入过动态", "recommender ingest", 0),
    Fault(damaged_model, "模型", "fault", "arrays.npz", "recommender train", 5),
    Fault(older_model, "模型", "fault", "旧版程序写成", "recommender train", 5),
    Fault(no_model, "模型", "warning", "还没有训练过模型", "recommender train", 0),
    Fault(reports_is_a_file, "文件夹", "fault", "不是能写入的文件夹", "移走占位的文件", 2),
    Fault(lock_is_a_folder, "占用", "fault", ".lock：写不进去", "请检查权限", 2),
    Fault(gone, "文件夹", "fault", "不是文件夹", "recommender init", 2),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.harm.__name__)
def test_a_fault_is_found_with_its_remedy_and_nothing_is_changed(
    call: Call, copied: Path, fault: Fault
) -> None:
    put(copied, "recommender.toml", SETTINGS)
    fault.harm(copied)
    before = tree(copied.parent)
    finding = found(copied, fault.check)
    assert (finding.state, finding.exit_code) == (fault.state, fault.code)
    assert fault.text in finding.text
    assert fault.remedy in finding.remedy
    others = [one for one in examine(Workspace(copied)) if one.check != fault.check]
    assert not [one for one in others if one.state == "fault"]
    ran = call("--home", copied, "doctor")
    assert (ran.code, ran.err) == (fault.code, "")
    assert f"[{'故障' if fault.state == 'fault' else '注意'}] {fault.check}：" in ran.out
    assert f"办法：{finding.remedy}" in ran.out
    assert tree(copied.parent) == before


def test_issues_read_after_training_are_noticed(call: Call, copied: Path) -> None:
    call("--home", copied, "ingest", put(copied, "9.txt", bulletin(9)))
    finding = found(copied, "模型")
    assert (finding.state, finding.exit_code) == ("warning", 0)
    assert "有 1 期是训练以后读入的" in finding.text
    assert "recommender train" in finding.remedy


def test_several_faults_end_with_the_gravest(call: Call, copied: Path) -> None:
    wrong_settings(copied)
    damaged_model(copied)
    ran = call("--home", copied, "doctor", "--format", "json")
    assert ran.code == 5
    assert {one["check"] for one in ran.json["findings"] if one["state"] == "fault"} == {"设置", "模型"}


def test_a_console_without_chinese(trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ascii:
        encoding = "ascii"

    monkeypatch.setattr(sys, "stdout", Ascii())
    finding = found(trained.home, "终端")
    assert (finding.state, finding.exit_code) == ("warning", 0)
    assert "UTF-8" in finding.remedy


def test_without_the_fast_segmenter(trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "engine_name", lambda: "jieba 0.42.1")
    assert "pip install rjieba" in found(trained.home, "程序").remedy


def test_without_a_chinese_font(trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "system_font", lambda: None)
    finding = found(trained.home, "中文字体")
    assert (finding.state, finding.exit_code) == ("warning", 0)
    assert finding.remedy == fonts.remedy()
    monkeypatch.setattr(health, "system_font", lambda: fonts.Font("SimSun", Path("simsun.ttc")))
    assert found(trained.home, "中文字体") == Finding("中文字体", "ok", "图用 SimSun 绘制")
