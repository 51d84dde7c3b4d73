"""A folder of 10,000 bulletins read in, ended twice in the middle (Ctrl-C, kill -9) and gone on with:
``python benchmarks/folder.py [files] [jobs]``. Says time and peak memory of each run; ends with 1 when
the corpus is not the one that an undisturbed run makes, or reading again adds anything."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import hostile

_VERBS = "推进 培养 优化 建设 完善 开放 修好 登记 评价 统一".split()  # one line, not ten
_THINGS = "山货名录 冷链小站 实训场地 乡村夜校 带货能手 预约平台 仓配课程 适老设施 学徒岗位".split()
_DETAILS = "每年更新一次 轮流看管 费用按次登记 晚间向职工开放 教师驻村两周 有人跟踪".split()


def make(folder: Path, count: int) -> None:
    """Half with serial numbers, half known by their dates alone, of one series each; one in ten in Word."""
    for number in range(count):
        text = bulletin(number, random.Random(number))
        place = folder / f"{number // 1000:02d}" / f"第 {number} 期〔示例〕"
        place.parent.mkdir(exist_ok=True)
        if number % 10:
            place.with_suffix(".txt").write_text(text, encoding="utf-8")
        else:
            body = b"".join(hostile.paragraph(line) for line in text.split("\n"))
            place.with_suffix(".docx").write_bytes(hostile.word(hostile.document(body)))


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


def run(home: Path, inbox: Path, jobs: int, stop: tuple[int, int] | None = None) -> int:
    """Read the folder in; stop: a signal, and after how many seconds it is sent. The number of issues."""
    began = time.monotonic()
    command = [sys.executable, "-m", "recommender", "--home", str(home), "ingest", str(inbox)]
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs), "--format", "json"], stdout=subprocess.DEVNULL, start_new_session=True
    )
    if stop:
        time.sleep(stop[1])
        (os.killpg if stop[0] == signal.SIGKILL else os.kill)(process.pid, stop[0])
    _, status, usage = os.wait4(process.pid, 0)
    took = time.monotonic() - began
    with sqlite3.connect(home / "data" / "corpus.sqlite") as database:
        count = int(database.execute("SELECT count(*) FROM issue").fetchone()[0])
    code = os.waitstatus_to_exitcode(status)
    print(f"exit {code:4d}  {took:6.1f} s  {usage.ru_maxrss // 1024:4d} MB  {count} issues", flush=True)
    return count


def content(home: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(home / "data" / "corpus.sqlite") as database:
        return database.execute("SELECT key, content_sha256 FROM issue ORDER BY key").fetchall()


def main() -> None:
    count, jobs = (int(value) for value in (sys.argv[1:] + ["10000", "2"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as place:
        inbox, homes = Path(place, "inbox"), [Path(place, name) for name in ("stopped", "whole")]
        inbox.mkdir()
        make(inbox, count)
        for home in homes:
            home.mkdir()
        run(homes[0], inbox, jobs, (signal.SIGINT, 20))
        run(homes[0], inbox, jobs, (signal.SIGKILL, 30))
        run(homes[0], inbox, jobs)
        before = content(homes[0])
        run(homes[0], inbox, jobs)
        run(homes[1], inbox, 1)
        sys.exit(not before == content(homes[0]) == content(homes[1]))


if __name__ == "__main__":
    main()
