"""Hostile files, each read in by the program beside a bulletin that must not be lost: seconds, peak of the
largest process, exit code, what became of the bulletin, and what was said. ``python benchmarks/bombs.py``;
ends with 1 when a bulletin was lost, an exit code is neither 3 nor that of a file read, or time ran out."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import hostile
from child import table

GOOD = "关于修冷链小站的意见\n" + hostile.TEXT
SECONDS = 90  # limits.seconds is 60; the rest is the program's start on a busy machine
CASES = Path(__file__).resolve().parents[1] / "tests" / "intake" / "cases"
SHARES = (0.02, 0.1, 0.5, 0.9, 0.99)


class Row(NamedTuple):
    name: str
    seconds: float
    peak: int
    code: int
    is_kept: bool
    said: str


def large(folder: Path) -> Iterator[tuple[str, Path]]:
    """The largest ones, which the tests make smaller."""
    path = folder / "big.docx"
    path.write_bytes(hostile.word_bomb(1024 * hostile.MB))
    yield f"zip bomb as .docx, {path.stat().st_size // 1024} KB to 1 GB", path
    path.write_bytes(hostile.word_bomb(300 * hostile.MB))
    yield "300 MB text node", path
    path.write_bytes(hostile.many_paragraphs(3_000_000))
    yield "three million empty paragraphs", path
    path = folder / "big.pdf"
    path.write_bytes(hostile.pdf_bomb())
    yield "PDF stream bomb, 1 GB twice packed", path


def macros(folder: Path) -> Iterator[tuple[str, Path]]:
    path = folder / "a.docm"
    body = hostile.document(b"".join(map(hostile.paragraph, GOOD.replace("修", "建").split("\n"))))
    path.write_bytes(hostile.word(body, {"word/vbaProject.bin": b"\xcc\x61" * 99}))
    yield ".docm with a macro", path


def broken(folder: Path) -> Iterator[tuple[str, Path]]:
    """Whole files of every type cut short, and noise under every name, a folder of them a row."""
    page = f"<html><body><p>{hostile.TEXT}</p></body></html>".encode()
    whole = {
        "docx": hostile.plain_word(),
        "doc": (CASES / "whole.doc").read_bytes(),
        "pdf": hostile.pdf_of_text(hostile.TEXT),
        "html": page,
        "mht": hostile.web_archive(hostile.TEXT),
        "txt": hostile.TEXT.encode("utf-16"),
        "md": hostile.TEXT.encode("gb18030"),
        "zip": hostile.package({"a.txt": hostile.TEXT.encode(), "b.html": page}),
    }
    for suffix, data in {**whole, "wps": whole["doc"]}.items():
        yield (
            f".{suffix} cut at {len(SHARES)} places",
            folder_of(folder, suffix, [data[: int(s * len(data))] for s in SHARES]),
        )
    for suffix in (*whole, "wps", "docm", "htm", "mhtml"):
        yield f"random bytes as .{suffix}", folder_of(folder, suffix, [hostile.noise(suffix)])


def folder_of(folder: Path, suffix: str, files: list[bytes]) -> Path:
    place = folder / f"{suffix} {len(files)}"
    place.mkdir()
    for number, data in enumerate(files):
        (place / f"{number}.{suffix}").write_bytes(data)
    return place


def taken_in(name: str, path: Path) -> Row:
    """Read a file or folder and the good bulletin into a workspace of their own."""
    with tempfile.TemporaryDirectory() as home:
        good = Path(home, "good.txt")
        good.write_text(GOOD, encoding="utf-8")
        command = [sys.executable, "-m", "recommender", "--home", home, "ingest", "--format", "json"]
        with Path(home, "out.json").open("wb") as out:
            began = time.monotonic()
            ran = subprocess.Popen([*command, str(path), str(good)], stdout=out, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(ran.pid, 0)
            took = time.monotonic() - began
        answer = json.loads(Path(home, "out.json").read_text("utf-8"))
        said = sorted({one["error"].removeprefix(one["path"]).strip("：") for one in answer["failed"]})
    is_kept = answer["added"] >= 1 and str(good) not in [one["path"] for one in answer["failed"]]
    code = os.waitstatus_to_exitcode(status)
    return Row(name, took, used.ru_maxrss // 1024, code, is_kept, " / ".join(said))


def main() -> None:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        for source in (hostile.write_all, hostile.special, large, macros, broken):
            for name, path in source(Path(place)):
                rows.append(taken_in(name, path))
                print(*rows[-1], file=sys.stderr, flush=True)
    columns = ("file", "seconds", "MiB", "exit", "the other", "said")
    print(
        table(
            columns,
            [
                (r.name, f"{r.seconds:.1f}", r.peak, r.code, "kept" if r.is_kept else "LOST", r.said)
                for r in rows
            ],
        )
    )
    wrong = [row for row in rows if not row.is_kept or row.code not in (0, 3) or row.seconds > SECONDS]
    wrong += [row for row in rows if bool(row.code) != bool(row.said)]
    sys.exit(f"wrong: {', '.join(row.name for row in wrong)}" if wrong else 0)


if __name__ == "__main__":
    main()
