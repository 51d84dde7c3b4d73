"""Consoles and pipes: other encodings, no colours, the same answer whatever the environment."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Call, Trained
from offices import TRADE, Ran, bulletin, put, run_process

ANSI = re.compile(r"\x1b|\r|\x08")
# An emoji, a character outside GBK, and a sequence a terminal would obey.
ODD = ("推进😀贸易𠮷数字化。支持外贸企业使用数字平台，贸易\x1b[31m单证在线流转，降低成本。", *TRADE[1:])


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bulletin with characters a GBK console cannot show."""
    return put(tmp_path_factory.mktemp("odd"), "9.txt", bulletin(9, ("推进😀贸易𠮷数字化研究",), ODD))


def as_gbk(call: Call, home: Path, *words: str | Path) -> tuple[Ran, Ran]:
    """A command in this process, and on a GBK console."""
    here = call("--home", home, *words)
    there = run_process("--home", home, *words, PYTHONIOENCODING="gbk")
    assert (there.code, there.err) == (here.code, shown_in_gbk(here.err))
    return here, there


def shown_in_gbk(text: str) -> str:
    return text.encode("gbk", errors="replace").decode("gbk")


def test_a_gbk_console_shows_everything_it_can(call: Call, trained: Trained, odd: Path) -> None:
    here, there = as_gbk(call, trained.home, "show", odd)
    assert "推进😀贸易𠮷数字化" in here.out
    assert there.out == shown_in_gbk(here.out)
    assert "推进?贸易?数字化" in there.out


def test_json_on_a_gbk_console_is_whole(call: Call, trained: Trained, odd: Path) -> None:
    here, there = as_gbk(call, trained.home, "show", odd, "--format", "json")
    assert there.json == here.json
    assert "推进😀贸易𠮷数字化" in json.dumps(there.json, ensure_ascii=False)


def test_messages_on_a_gbk_console(tmp_path: Path) -> None:
    ran = run_process("--home", tmp_path, "show", "😀𠮷.txt", PYTHONIOENCODING="gbk")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("错误：??.txt：")


def test_files_keep_what_the_console_cannot_show(
    call: Call, trained: Trained, odd: Path, tmp_path: Path
) -> None:
    assert call("--home", trained.home, "report", odd, "--out", tmp_path).code == 0
    assert "推进😀贸易𠮷数字化研究" in (tmp_path / "9.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_whole_in_any_encoding(call: Call, trained: Trained, encoding: str) -> None:
    here = call("--home", trained.home, "show", "8", "--format", "json")
    there = run_process("--home", trained.home, "show", "8", "--format", "json", PYTHONIOENCODING=encoding)
    assert there.out.isascii()
    assert there.json == here.json


def test_pipes_get_neither_colours_nor_progress(odd: Path, tmp_path: Path) -> None:
    ran = run_process("--home", tmp_path, "ingest", odd, TERM="xterm-256color", FORCE_COLOR="1")
    assert ran == Ran(0, "新读入 1 份，没有变化 0 份。\n期号：9\n", "")


def test_no_text_of_a_document_commands_the_terminal(call: Call, trained: Trained, odd: Path) -> None:
    for words in (["show", odd], ["suggest", odd], ["compare", odd]):
        assert not ANSI.search(call("--home", trained.home, *words).out)


ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.UTF-8"},
    {"PYTHONHASHSEED": "2", "LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
)


def test_the_answer_depends_on_the_model_alone(trained: Trained) -> None:
    words = ("--home", trained.home, "suggest", "8", "--format", "json")
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda given: run_process(*words, **given), ENVIRONMENTS))
    assert [(ran.code, ran.err) for ran in runs] == [(0, "")] * 3
    assert [ran.json for ran in runs] == [trained.said["suggest"]] * 3
    assert runs[2].out.isascii()  # escaped, so that it stays whole


@pytest.mark.skipif(os.name == "nt", reason="no /dev/null and SIGPIPE there")
def test_a_reader_that_has_seen_enough_is_no_error(trained: Trained) -> None:
    words = [sys.executable, "-c", "from recommender.cli import main; main()", "--home", str(trained.home)]
    words += ["show", "8", "--format", "json"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writing)
    assert done.stderr == b""
