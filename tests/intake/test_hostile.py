"""Hostile files: each is refused with the limit named, or read, in bounded time; the others go on."""

import time
from pathlib import Path

import hostile
import pytest

from recommender.config import Limits
from recommender.corpus import open_corpus
from recommender.errors import InputError
from recommender.ingest import Options, ingest_paths
from recommender.intake.archive import contents
from recommender.intake.files import fetch
from recommender.intake.read import issue_of, read_content, read_one
from recommender.parallel import ALONE, Backend, Workers

SAID = {
    "zip bomb as .docx": "unpacked_mb",
    "zip bomb that lies of its size": "损坏",
    "bzip2 bomb that lies of its size": "压缩的方式少见",
    "billion laughs": "请用 Word",
    "external entity": "DTD",
    "200,000 empty paragraphs": "空的",
    "200 MB text node": "XML",
    "5,000 tables in each other": "XML",
    "nested zip": "nesting",
    "thirty bombs in a zip": "unpacked_mb",
    "zip of 6,000 names": "parts",
    "PDF stream bomb": "请",
    "PDF whose pages are a loop": "pages",
    "PDF of 20,000 pages": "pages",
    "a million elements in each other": "层次",
    "a table of a million open cells": "层次",
    "text on one line": "正文",
    "30 million line breaks": "空的",
    "40 million open brackets": "chars",
    "2 GB sparse text": "file_mb",
    "a pipe": "管道",
    "/dev/zero": "设备",
    "a link to /dev/zero": "设备",
    "a link to itself": "圈",
}
SECONDS = 60


def refusal(path: Path) -> str:
    """What is said of a file that must not be read, the last thing if it is several."""
    limits = Limits()
    said = ""
    for content in contents(fetch(path, limits), limits):
        try:
            issue_of(read_content(content, limits), limits)
        except InputError as error:
            said = str(error)
    return said


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_in_time(tmp_path: Path, name: str) -> None:
    file, make = hostile.FILES[name]
    path = tmp_path / file
    path.write_bytes(make())
    began = time.monotonic()
    said = refusal(path)
    assert SAID[name] in said
    assert time.monotonic() - began < SECONDS


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    for name, path in hostile.special(tmp_path):
        with pytest.raises(InputError, match=SAID[name]):
            fetch(path, Limits())


@pytest.mark.parametrize("suffix", ["docx", "doc", "wps", "pdf", "html", "mht", "txt", "md", "zip", "docm"])
def test_noise_under_every_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"noise.{suffix}"
    path.write_bytes(hostile.noise(suffix))
    with pytest.raises(InputError, match="请"):
        read_one(path)


CASES = sorted((Path(__file__).parent / "cases" / "hostile").glob("*"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    """A refusal in words is right, and so is an issue; anything else was a crash."""
    try:
        reading, _ = read_one(path)
        issue_of(reading, Limits())
    except InputError as error:
        assert "程序出错" not in str(error)


def test_macros_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    body = hostile.document(hostile.paragraph("关于整理名录的意见") + hostile.paragraph(hostile.TEXT))
    path.write_bytes(hostile.word(body, {"word/vbaProject.bin": b"\xcc\x61" * 99}))
    assert "整理名录" in read_one(path)[0].text


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused(tmp_path: Path, share: float) -> None:
    whole = {
        "a.docx": hostile.plain_word(),
        "a.pdf": hostile.pdf_of_pages(3),
        "a.zip": hostile.package({"a.txt": hostile.TEXT.encode()}),
        "a.html": f"<html><body><p>{hostile.TEXT}</p></body></html>".encode(),
        "a.mht": hostile.web_archive(hostile.TEXT),
        "utf-8.txt": hostile.TEXT.encode(),
        "utf-16.txt": hostile.TEXT.encode("utf-16"),
        "gb18030.txt": hostile.TEXT.encode("gb18030"),
    }
    for name, data in whole.items():
        path = tmp_path / name
        path.write_bytes(data[: int(share * len(data))])
        try:
            read_one(path)
        except InputError as error:
            assert str(path) in str(error)


@pytest.mark.parametrize("workers", [ALONE, *(Workers(one, 2) for one in (Backend.threading, Backend.loky))])
def test_the_rest_of_the_batch_goes_on(tmp_path: Path, workers: Workers) -> None:
    (tmp_path / "a.docx").write_bytes(hostile.laughs())
    (tmp_path / "b.docx").write_bytes(hostile.plain_word())
    (tmp_path / "c.pdf").write_bytes(hostile.pdf_loop())
    (tmp_path / "d.txt").write_text("关于修小站的意见\n" + hostile.TEXT, encoding="utf-8")
    with open_corpus(tmp_path / "corpus.sqlite") as corpus:
        done = ingest_paths(corpus, [tmp_path], options=Options(workers=workers))
    assert done.added == 2
    assert [Path(failure.path).name for failure in done.failed] == ["a.docx", "c.pdf"]


def test_time_is_capped(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(hostile.many_paragraphs(3_000_000))
    began = time.monotonic()
    with pytest.raises(InputError, match="seconds"):
        read_one(path, Limits(seconds=1))
    assert time.monotonic() - began < 10
    path.write_bytes(hostile.plain_word())
    assert read_one(path)[0].form == "docx"  # the next file gets a process of its own


def test_memory_is_capped(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this system caps no memory")
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.pdf_bomb(300 * hostile.MB))
    with pytest.raises(InputError, match="memory_mb"):
        read_one(path, Limits(memory_mb=256))
