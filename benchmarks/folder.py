"""A folder of 10,000 bulletins read in, ended twice in the middle (Ctrl-C, kill -9) and gone on with:
``python benchmarks/folder.py [files] [jobs]``. All forms that can be written here (Word, PDF, web pages,
text in three encodings, archives), names with Chinese, spaces and 〔〕, paths of over 260 characters, links
to files and folders, in circles and to nowhere. Says time and memory of each run; ends with 1 when the corpus
is not the one that an undisturbed run of one process makes, or reading again adds anything."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import hostile

_VERBS = "推进 培养 优化 建设 完善 开放 修好 登记 评价 统一".split()  # one line, not ten
_THINGS = "山货名录 冷链小站 实训场地 乡村夜校 带货能手 预约平台 仓配课程 适老设施 学徒岗位".split()
_DETAILS = "每年更新一次 轮流看管 费用按次登记 晚间向职工开放 教师驻村两周 有人跟踪".split()
_LONG = "各县（区）特产登记与冷链小站建设材料汇编" * 3  # 180 bytes: five make a path of over 260 characters
FORMS: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".docx": lambda text: hostile.word(hostile.document(b"".join(map(hostile.paragraph, text.split("\n"))))),
    ".md": lambda text: text.encode("utf-16"),
    ".html": lambda text: f"<html><body><p>{text.replace(chr(10), '</p><p>')}</p></body></html>".encode(),
    ".TXT": lambda text: text.encode("gb18030"),
    ".pdf": hostile.pdf_of_text,
    ".mht": lambda text: hostile.web_archive(text.replace("\n", "</p><p>")),
    ".zip": lambda text: hostile.package({"本期〔正文〕.txt": text.encode()}),
}


def make(folder: Path, count: int) -> int:
    """Half with serial numbers, half known by their dates alone, of one series each; eight forms in turn,
    and one in a hundred also in Word: the number of those. Links beside them give nothing new."""
    kinds = list(FORMS.items())
    copies = 0
    for number in range(count):
        text = bulletin(number, random.Random(number))
        suffix, write = kinds[number // 2 % len(kinds)]
        place = folder / f"{number // 1000:02d} 年卷" / f"第 {number} 期〔示例〕"
        place = (folder.joinpath(*[_LONG] * 5) if number % 50 == 7 else place.parent) / place.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_suffix(suffix).write_bytes(write(text))
        if number % 100 == 7:
            place.with_name(f"{place.name}（另存）.docx").write_bytes(FORMS[".docx"](text + "再印。"))
            copies += 1
    first = next(folder.rglob("*.txt"))
    (folder / "链接.txt").symlink_to(first)
    (folder / "回到开头").symlink_to(folder)
    (first.parent / "再看一遍").symlink_to(folder / "回到开头")
    (folder / "断开.docx").symlink_to(folder / "没有.docx")
    (folder / "自己.docx").symlink_to(folder / "自己.docx")
    return copies


def bulletin(number: int, chance: random.Random) -> str:
    date = f"{1990 + number % 30}年{number // 30 % 12 + 1}月{number // 360 % 28 + 1}日"
    head = ["示例动态", f"第{number + 1}期（总第{number + 1}期）"] if number % 2 else ["示例简报"]
    lines = [*head, date]
    for label in "一二":
        lines.append(
            f"{label}、{date}，示例省教育厅《关于{chance.choice(_VERBS)}{chance.choice(_THINGS)}的意见》，提出："
        )
        lines += (f"（{mark}）{clause(chance)}" for mark in "一二三四五")
    return "\n".join(lines)


def clause(chance: random.Random) -> str:
    heading = chance.choice(_VERBS) + chance.choice(_THINGS)
    details = "，".join(
        f"{chance.choice(_VERBS)}{chance.choice(_THINGS)}{chance.randrange(2, 99)}处，{detail}"
        for detail in chance.sample(_DETAILS, 3)
    )
    return f"{heading}。{details}。"


def run(home: Path, inbox: Path, jobs: int, stop: tuple[signal.Signals, int] | None = None) -> int:
    """Read the folder in; stop: a signal, and after how many issues it is sent. The number of issues."""
    began = time.monotonic()
    command = [sys.executable, "-m", "recommender", "--home", str(home), "ingest", str(inbox)]
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs), "--format", "json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if stop:
        while count(home) < stop[1] and process.poll() is None:
            time.sleep(0.2)
        (os.killpg if stop[0] == signal.SIGKILL else os.kill)(process.pid, stop[0])
    _, status, used = os.wait4(process.pid, 0)
    took, code = time.monotonic() - began, os.waitstatus_to_exitcode(status)
    processor = used.ru_utime + used.ru_stime
    print(
        f"exit {code:3d}  {took:6.1f} s, {processor:6.1f} of them of the processor  "
        f"{used.ru_maxrss // 1024:4d} MB  {count(home):5d} issues",
        flush=True,
    )
    return code


def count(home: Path) -> int:
    return len(content(home))


def content(home: Path) -> list[tuple[str, str]]:
    """(key, SHA-256) of the issues stored so far."""
    with contextlib.suppress(sqlite3.OperationalError):  # not there yet
        path = home / "data" / "corpus.sqlite"
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute("SELECT key, content_sha256 FROM issue ORDER BY key").fetchall()
    return []


def main() -> None:
    files, jobs = (int(value) for value in (sys.argv[1:] + ["10000", "2"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as place:
        inbox, homes = Path(place, "inbox"), [Path(place, name) for name in ("stopped", "whole")]
        inbox.mkdir()
        copies = make(inbox, files)
        print(f"{files} issues in {files + copies} files; 2 links lead nowhere", flush=True)
        for home in homes:
            home.mkdir()
        run(homes[0], inbox, jobs, (signal.SIGINT, files // 3))
        run(homes[0], inbox, jobs, (signal.SIGKILL, 2 * files // 3))
        codes = [run(homes[0], inbox, jobs)]
        before = content(homes[0])
        codes += [run(homes[0], inbox, jobs), run(homes[1], inbox, 1)]
        kept = before == content(homes[0]) == content(homes[1]) and len(before) == files
        sys.exit(not kept or codes != [3, 3, 3])  # 3: for the two links


if __name__ == "__main__":
    main()
