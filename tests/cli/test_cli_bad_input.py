"""What a user can get wrong, or a disk: each with a message that says what to do, and its exit code."""

import errno
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import Call, Trained
from offices import SAMPLE, Ran, bulletin, put, put_three, run_process, tree

from recommender.commands.corpus import named
from recommender.corpus import open_corpus
from recommender.office import library

HEAD_ONLY = "示例动态\n第1期（总第1期）\n示例学院科研处\n2024年1月10日\n"
JAPANESE = "これはテストです。日本語の文章を書いています。" * 5


def refused(ran: Ran, code: int, *said: str) -> None:
    """Ended with this code, nothing on stdout, one Chinese line on stderr with these words."""
    assert (ran.code, ran.out) == (code, ""), ran
    assert ran.err.startswith("错误："), ran.err
    assert ran.err.count("\n") == 1
    assert re.search("请|可以写的有|文字要放在", ran.err), ran.err
    assert "Traceback" not in ran.err
    for words in said:
        assert words in ran.err


# -- files that cannot be read: 3, the rest kept --------------------------------------------------

BAD_FILES = {
    "empty.txt": (b"", "文件是空的"),
    "blank.txt": ("\ufeff \n　\n".encode(), "空的"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 50, "图片"),
    "japanese.txt": (JAPANESE.encode("euc-jp"), "编码"),
    "utf16.txt": (bulletin(9).encode("utf-16") + b"\0", "UTF-16"),
    "head.txt": (HEAD_ONLY.encode(), "请检查文件内容是否完整"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["ingest", "show", "suggest"])
def test_a_file_that_cannot_be_read(call: Call, tmp_path: Path, name: str, command: str) -> None:
    content, cause = BAD_FILES[name]
    file = put(tmp_path, name, content)
    ran = call("--home", tmp_path, command, file)
    assert ran.code == 3
    line = next(line for line in ran.err.splitlines() if str(file) in line)
    assert line.startswith(("错误：", "没有读入："))
    assert line.count(str(file)) == 1
    assert cause in line
    assert "请" in line


def test_the_rest_of_a_batch_is_kept(call: Call, tmp_path: Path) -> None:
    inbox = put_three(tmp_path / "inbox")
    for name, (content, _) in BAD_FILES.items():
        put(inbox, name, content)
    (tmp_path / "nothing").mkdir()
    paths = (inbox, tmp_path / "nothing", tmp_path / "missing.txt")
    ran = call("--home", tmp_path, "ingest", *paths)
    assert ran.code == 3
    assert ran.out == "新读入 3 份，没有变化 0 份。\n期号：1、2、3\n"
    assert f"{tmp_path / 'nothing'}：文件夹里没有可读的动态" in ran.err
    assert f"{tmp_path / 'missing.txt'}：找不到" in ran.err
    assert ran.err.count("没有读入：") == len(BAD_FILES) + 2
    with open_corpus(tmp_path / "data" / "corpus.sqlite") as corpus:
        assert corpus.keys() == ("1", "2", "3")


def test_of_many_issues_the_first_are_named() -> None:
    numbers = [str(number) for number in range(1, 22)]
    assert named(numbers[:20]) == "、".join(numbers[:20])
    assert named(numbers) == "、".join(numbers[:20]) + "……共 21 期，--format json 列出全部"
    assert named([]) == "无"


def test_nothing_readable_at_all(call: Call, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    ran = call("--home", tmp_path, "run", tmp_path / "inbox")
    assert (ran.code, ran.out) == (3, "")
    assert "文件夹里没有可读的动态" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{home}/none.txt", "找不到"),
        ("{home}/folder", "这是文件夹"),
        ("{home}/folder/", "这是文件夹"),
        ("{home}/a.docx", "只有一行标题"),
        ("x" * 300 + ".txt", "读不出来"),
        ("a\\b", ""),
    ],
)
def test_a_path_that_leads_nowhere(call: Call, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder").mkdir()
    put(tmp_path, "a.docx", b"PK")
    refused(call("--home", tmp_path, "show", name.format(home=tmp_path)), 3, said)


@pytest.mark.parametrize("command", ["show 8", "suggest 8", "compare", "train", "report 8"])
def test_nothing_was_ingested_yet(call: Call, tmp_path: Path, command: str) -> None:
    refused(call("--home", tmp_path, *command.split()), 3, "recommender ingest", str(tmp_path))
    assert list(tmp_path.rglob("*.sqlite")) == []


@pytest.mark.parametrize("command", ["suggest 1", "compare", "report 1"])
def test_nothing_was_trained_yet(call: Call, tmp_path: Path, command: str) -> None:
    put_three(tmp_path / "inbox")
    call("--home", tmp_path, "ingest", tmp_path / "inbox")
    refused(call("--home", tmp_path, *command.split()), 3, "请先运行 recommender train")


def test_too_little_to_learn_from(call: Call, tmp_path: Path) -> None:
    file = put(tmp_path, "p.txt", "示例省教育厅关于推进实训的意见\n\n（一）建设基地。支持校企共建基地。\n")
    call("--home", tmp_path, "ingest", file)
    refused(call("--home", tmp_path, "train"), 3, "不足 5 条")


def test_comparing_an_issue_without_picks(call: Call, copied: Path) -> None:
    file = put(copied, "9.txt", bulletin(9))
    refused(call("--home", copied, "compare", "8", file), 3, "9：这一期没有编辑选题")


def test_a_file_name_the_system_holds_in_another_encoding(call: Call, tmp_path: Path) -> None:
    name = os.fsdecode("第一期.txt".encode("gbk"))
    try:
        put(tmp_path / "inbox", name, bulletin(1))
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system takes only UTF-8 names")
    ran = call("--home", tmp_path, "ingest", tmp_path / "inbox", "--format", "json")
    assert (ran.code, ran.json["issues"]) == (0, ["1"])
    assert call("--home", tmp_path, "ingest", tmp_path / "inbox").out.startswith("新读入 0 份，没有变化 1 份")


# -- places that cannot be written: 2 -------------------------------------------------------------


@pytest.mark.parametrize("blocked", ["", "data", "models", "reports"])
def test_a_file_in_the_place_of_a_folder(call: Call, tmp_path: Path, blocked: str) -> None:
    inbox = put_three(tmp_path / "inbox")
    home = tmp_path / "office"
    place = put(home, blocked, "x") if blocked else put(tmp_path, "office", "x")
    refused(call("--home", home, "run", inbox), 2, "写不进去", str(place))
    assert place.read_text() == "x"


def test_a_file_in_the_place_of_a_new_workspace(call: Call, tmp_path: Path) -> None:
    put(tmp_path, "office", "x")
    refused(call("init", tmp_path / "office"), 2, "写不进去")
    refused(call("init", tmp_path / "office" / "sub"), 2, "路径中有一段是文件")


def test_a_report_that_cannot_be_written(call: Call, trained: Trained, tmp_path: Path) -> None:
    out = put(tmp_path, "out", "x")
    refused(call("--home", trained.home, "report", "8", "--out", out), 2, "写不进去")
    (tmp_path / "in" / "8.md").mkdir(parents=True)
    refused(
        call("--home", trained.home, "report", "8", "--out", tmp_path / "in", "--as", "md,txt"),
        2,
        "8.md：写不进去",
    )
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["8.md"]


def test_a_full_disk_leaves_the_old_report(call: Call, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(copied / "reports")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(call("--home", copied, "report", "8", "--as", "md"), 2, "8.md：写不进去（磁盘已满）。请清理磁盘")
    assert tree(copied / "reports") == before


def test_a_full_disk_leaves_the_old_model(call: Call, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(copied / "models")
    put(copied, "recommender.toml", "[topics]\ncount = 3\n")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(call("--home", copied, "train"), 2, "磁盘已满")
    monkeypatch.undo()
    assert tree(copied / "models") == before
    assert call("--home", copied, "suggest", "8").code == 0


# -- settings and word lists ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[list\nlength = 3\n", "不合 TOML 格式"),
        ("[list]\nlength = 0\n", "[list] 的 length 写成了 0"),
        ("[lst]\nlength = 3\n", "是不是要写 list？"),
        ("[weights]\nfitt = 1.0\n", "是不是要写 fit？"),
    ],
)
@pytest.mark.parametrize("command", ["train", "suggest 8", "compare"])
def test_wrong_settings(call: Call, copied: Path, text: str, said: str, command: str) -> None:
    put(copied, "recommender.toml", text)
    refused(call("--home", copied, *command.split()), 2, f"{copied / 'recommender.toml'}：", said)


def test_a_malformed_synonym(call: Call, copied: Path) -> None:
    path = put(copied, "data/lexicon/synonyms.txt", "# 说明\n产教联盟 产教联合体\n")
    refused(call("--home", copied, "train"), 3, f"{path} 第 2 行", "别称1 别称2 = 统一说法")


# -- damage: 5 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["show 8", "suggest 8", "compare", "train", "ingest {sample}", "run {sample}"]
)
def test_a_corpus_that_is_no_database(call: Call, copied: Path, command: str) -> None:
    path = put(copied, "data/corpus.sqlite", "这不是数据库" * 100)
    ran = call("--home", copied, *command.format(sample=SAMPLE).split())
    refused(ran, 5, f"{path}：不是资料库，或者已经损坏", "改名")
    assert path.read_text(encoding="utf-8") == "这不是数据库" * 100


def test_a_changed_issue_in_the_corpus(call: Call, copied: Path) -> None:
    with closing(sqlite3.connect(copied / "data" / "corpus.sqlite")) as database, database:
        database.execute("UPDATE issue SET json = replace(json, '研究', '硏究') WHERE key = '8'")
    refused(call("--home", copied, "show", "8"), 5, "第 8 期的内容与校验值不符")
    assert call("--home", copied, "show", "1").code == 0


def serving(home: Path) -> Path:
    return home / "models" / (home / "models" / "CURRENT").read_text().strip()


@pytest.mark.parametrize("name", ["arrays.npz", "learned.json", "manifest.json"])
@pytest.mark.parametrize("command", ["suggest 8", "compare", "report 8"])
def test_a_flipped_byte_in_the_model(call: Call, copied: Path, name: str, command: str) -> None:
    path = serving(copied) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    refused(call("--home", copied, *command.split()), 5, f"{path}：", "recommender train")


def test_training_again_mends_a_damaged_model(call: Call, copied: Path) -> None:
    path = serving(copied) / "arrays.npz"
    path.write_bytes(b"")
    assert call("--home", copied, "suggest", "8").code == 5
    assert call("--home", copied, "train").code == 0
    assert call("--home", copied, "suggest", "8").code == 0


def test_a_model_of_an_older_format(call: Call, copied: Path) -> None:
    path = serving(copied) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    refused(call("--home", copied, "suggest", "8"), 5, "旧版程序写成", "recommender train")


def test_a_model_whose_parts_this_version_does_not_know(call: Call, copied: Path) -> None:
    from recommender.lifecycle import registry, serving

    stored = registry.load(copied / "models")
    learned = json.loads(stored.files["learned.json"])
    del learned["labels"]
    files = {**stored.files, "learned.json": json.dumps(learned).encode()}
    digest = sha256(b"other").hexdigest()
    version = f"20260101T000000Z-{digest[:5]}"
    registry.publish(copied / "models", version, files, {"fingerprint": digest})
    serving.promote(copied / "models", version)
    refused(call("--home", copied, "suggest", "8"), 5, "模型的格式与本程序不符", "recommender train")


def test_current_points_nowhere(call: Call, copied: Path) -> None:
    put(copied, "models/CURRENT", "20200101T000000Z-00000\n")
    refused(call("--home", copied, "suggest", "8"), 5, "不存在")
    shutil.rmtree(copied / "models")
    refused(call("--home", copied, "suggest", "8"), 3, "recommender train")


# -- another run: 6 -------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from recommender.workspace import Workspace, lock
with lock(Workspace(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(home: Path) -> Iterator[None]:
    """The lock of a workspace, held by another process."""
    words = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin and other.stdout
        try:
            assert other.stdout.readline() == "held\n"
            yield
        finally:
            other.stdin.close()


def test_while_another_run_writes(call: Call, copied: Path) -> None:
    file = put(copied.parent, "9.txt", bulletin(9))
    with held(copied):
        before = tree(copied)
        for command in ("train", f"ingest {file}", f"run {file}"):
            refused(call("--home", copied, *command.split()), 6, "另一次运行正在使用", "什么也没有做")
        for command in ("show 8", "suggest 8", "compare"):  # reading goes on
            assert call("--home", copied, *command.split()).code == 0
        doctor = call("--home", copied, "doctor")
        assert "[注意] 占用：另一次运行正在使用工作区" in doctor.out
        assert doctor.code == 0
        assert tree(copied) == before
    assert call("--home", copied, "ingest", file).code == 0


def test_the_main_job_holds_the_lock_from_first_to_last(
    call: Call, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recommender.errors import LockedError
    from recommender.office import reports
    from recommender.workspace import Workspace, lock

    seen = []

    def try_to_lock(*_: object) -> object:
        with pytest.raises(LockedError), lock(Workspace(copied)):
            pass
        seen.append(1)
        raise LockedError("够了。请停下。")

    monkeypatch.setattr(reports, "learn", try_to_lock)
    refused(call("--home", copied, "run", SAMPLE), 6)
    assert seen == [1]


# -- the unforeseen: 1 ----------------------------------------------------------------------------


def test_the_unforeseen_gives_a_trace_only_when_asked(
    call: Call, trained: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(library, "find_issue", fail)
    refused(call("--home", trained.home, "show", "8"), 1, "ZeroDivisionError", "recommender --debug")
    ran = call("--home", trained.home, "--debug", "show", "8")
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback (most recent call last)" in ran.err
    assert "nobody thought of this" in ran.err


def test_an_expected_error_gives_no_trace_even_then(call: Call, tmp_path: Path) -> None:
    refused(call("--home", tmp_path, "--debug", "show", "8"), 3)


def test_an_interrupted_run_says_so(call: Call, trained: Trained, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "find_issue", interrupt)
    ran = call("--home", trained.home, "show", "8")
    assert (ran.code, ran.out, ran.err.strip()) == (1, "", "已中断。已经读入的内容不会丢失。")


def test_a_broken_file_in_a_process_of_its_own(tmp_path: Path) -> None:
    ran = run_process("ingest", put(tmp_path, "e.txt", ""), RECOMMENDER_HOME=str(tmp_path / "home"))
    assert (ran.code, ran.err) == (3, f"没有读入：{tmp_path}/e.txt：文件是空的。请放入有内容的文件。\n")
