"""Collections in the corpus: an issue a line, keys that no order changes, nothing parsed twice."""

import gzip
import json
import lzma
import os
import random
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from recommender.corpus import Corpus, open_corpus
from recommender.ingest import Ingested, ingest_paths
from recommender.ingest import rows as module
from recommender.intake.entry import Entry
from recommender.intake.parse import parse_entry
from recommender.records import Issue

SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[2] / "shared")
REPORTS = SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz"
DOCUMENTS = SHARED / "policy" / "state_council_documents_2018-2019.jsonl.xz"

Record = dict[str, Any]


def text(detail: str = "做好服务") -> str:
    return f"一、总体要求\n（一）推进贸易数字化。支持企业使用数字技术，{detail}。\n（二）培育主体。支持合作。"


def report(province: str, year: int, **fields: Any) -> Record:
    return {"province": province, "year": year, "title": "政府工作报告", "text": text(province)} | fields


REPORT_KEYS = ("2013-甲省", "2013-乙省", "2014-甲省")


def reports() -> list[Record]:
    return [report("甲省", 2013), report("乙省", 2013), report("甲省", 2014)]


def put(folder: Path, records: list[Record], name: str = "a.jsonl") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records).encode()
    pack: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress}
    path.write_bytes(pack.get(path.suffix, bytes)(data))
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path / "corpus.sqlite") as opened:
        yield opened


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BATCH", 2)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the entries that are parsed."""
    titles: list[str] = []

    def noted(entry: Entry) -> Issue:
        titles.append(entry.title)
        return parse_entry(entry)

    monkeypatch.setattr(module, "parse_entry", noted)
    return titles


# -- what is taken in -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz", "A.JSONL.XZ"])
def test_each_line_becomes_an_issue(corpus: Corpus, tmp_path: Path, name: str) -> None:
    if name.startswith("A"):
        put(tmp_path, reports(), "a.jsonl.xz").rename(tmp_path / name)
    path = tmp_path / name if name.startswith("A") else put(tmp_path, reports(), name)
    assert ingest_paths(corpus, [path]) == Ingested(3, 0, (), REPORT_KEYS)
    issue = corpus.get("2014-甲省")
    assert (issue.kind, issue.title, issue.date, issue.institution) == (
        "policy",
        "政府工作报告",
        "2014",
        "甲省人民政府",
    )
    assert [clause.heading for clause in issue.documents[0].clauses][1:] == ["推进贸易数字化", "培育主体"]
    assert corpus.keys() == ("2013-乙省", "2013-甲省", "2014-甲省")


def test_a_folder_may_hold_files_and_collections(corpus: Corpus, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put(inbox, reports(), "b.jsonl.gz")
    (inbox / "a.txt").write_text(f"关于某事的意见\n{text()}\n示例省教育厅\n2023年5月10日\n", encoding="utf-8")
    assert ingest_paths(corpus, [inbox]) == Ingested(4, 0, (), ("2023-05-10", *REPORT_KEYS))
    assert ingest_paths(corpus, [inbox]) == Ingested(0, 4, (), ("2023-05-10", *REPORT_KEYS))


def test_an_undated_document_is_kept(corpus: Corpus, tmp_path: Path) -> None:
    (key,) = ingest_paths(corpus, [put(tmp_path, [{"title": "关于某事的意见", "text": text()}])]).issues
    issue = corpus.get(key)
    assert (issue.date, issue.documents[0].date) == (None, None)


# -- what is known already ------------------------------------------------------------------------


def test_a_second_reading_parses_nothing(corpus: Corpus, tmp_path: Path, parsed: list[str]) -> None:
    path = put(tmp_path, reports())
    ingest_paths(corpus, [path])
    assert len(parsed) == 3
    assert ingest_paths(corpus, [path]) == Ingested(0, 3, (), REPORT_KEYS)
    moved = put(tmp_path / "elsewhere", reports()[::-1], "b.jsonl.xz")
    assert ingest_paths(corpus, [moved]) == Ingested(0, 3, (), REPORT_KEYS[::-1])
    assert len(parsed) == 3


def test_another_version_reads_every_line_anew(
    corpus: Corpus, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, reports())
    ingest_paths(corpus, [path])
    monkeypatch.setattr(module, "__version__", "99")
    for _ in range(2):
        assert ingest_paths(corpus, [path]) == Ingested(0, 3, (), REPORT_KEYS)
        assert len(parsed) == 6


def test_an_edited_line_replaces_its_document(corpus: Corpus, tmp_path: Path, parsed: list[str]) -> None:
    ingest_paths(corpus, [put(tmp_path, reports())])
    edited = [*reports()[:2], report("甲省", 2014, text=text("改过的内容")), report("丙省", 2014)]
    assert ingest_paths(corpus, [put(tmp_path, edited)]) == Ingested(2, 2, (), (*REPORT_KEYS, "2014-丙省"))
    assert len(parsed) == 5
    assert "改过的内容" in repr(corpus.get("2014-甲省"))
    assert len(corpus.keys()) == 4


def test_a_number_put_right_gives_the_document_its_new_key(corpus: Corpus, tmp_path: Path) -> None:
    record = report("甲省", 2014, number="甲发〔2014〕1号")
    assert ingest_paths(corpus, [put(tmp_path, [record])]).issues == ("甲发〔2014〕1号",)
    record["number"] = "甲发〔2014〕11号"
    assert ingest_paths(corpus, [put(tmp_path, [record])]).issues == ("甲发〔2014〕11号",)
    assert corpus.keys() == ("甲发〔2014〕11号",)


def test_of_two_editions_in_one_file_the_last_counts(corpus: Corpus, tmp_path: Path) -> None:
    path = put(tmp_path, [report("甲省", 2014, text=text("旧")), report("甲省", 2014, text=text("新"))])
    assert ingest_paths(corpus, [path]) == Ingested(1, 1, (), ("2014-甲省",))
    assert ingest_paths(corpus, [path]) == Ingested(0, 2, (), ("2014-甲省",))
    assert "，新。" in repr(corpus.get("2014-甲省"))


def test_the_same_document_in_two_collections_is_stored_once(corpus: Corpus, tmp_path: Path) -> None:
    paths = [put(tmp_path, reports(), name) for name in ("a.jsonl", "b.jsonl.gz")]
    assert ingest_paths(corpus, paths) == Ingested(3, 3, (), REPORT_KEYS)


# -- keys -----------------------------------------------------------------------------------------


def crowd() -> list[Record]:
    """Documents of which some would have the same key."""
    same_number = [
        {
            "title": f"关于{name}的通知",
            "text": text(name),
            "number": "示发〔2014〕4号",
            "published": "2014-02-03",
        }
        for name in "甲乙丙"
    ]
    twice = [report("甲省", 2013, delivered=f"2013-0{month}-15") for month in (1, 2)]
    same_day = [{"title": f"关于{name}的意见", "text": text(name), "date": "2014-05-06"} for name in "丁戊"]
    return [*same_number, *twice, *same_day, report("乙省", 2013)]


@pytest.mark.parametrize("seed", range(5))
def test_no_key_depends_on_the_order(tmp_path: Path, small_batches: None, seed: int) -> None:
    shuffled = crowd()
    random.Random(seed).shuffle(shuffled)
    parts = [put(tmp_path, shuffled[:4], "a.jsonl"), put(tmp_path, shuffled[4:], "b.jsonl")]
    with open_corpus(tmp_path / "1") as one, open_corpus(tmp_path / "2") as two:
        said = ingest_paths(one, [put(tmp_path, crowd(), "all.jsonl")])
        assert set(said.issues) == set(one.keys())
        assert len(said.issues) == len(crowd())
        for part in parts[:: 1 if seed % 2 else -1]:
            ingest_paths(two, [part])
        assert two.issues() == one.issues()
        assert {"2013-甲省", "2013-乙省", "示发〔2014〕4号"} & set(one.keys()) == {"2013-乙省"}


def test_a_key_of_a_file_is_left_to_it(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"关于某事的意见\n{text()}\n示例省教育厅\n2023年5月10日\n", encoding="utf-8"
    )
    ingest_paths(corpus, [tmp_path / "a.txt"])
    record = {"title": "关于某事的意见", "text": text(), "date": "2023-05-10", "issuer": "示例省教育厅"}
    (key,) = ingest_paths(corpus, [put(tmp_path, [record])]).issues
    assert key.startswith("2023-05-10-示例省教育厅-")
    assert corpus.get("2023-05-10").title == corpus.get(key).title


# -- what goes wrong ------------------------------------------------------------------------------


def test_each_bad_line_is_named_and_the_rest_kept(corpus: Corpus, tmp_path: Path) -> None:
    path = put(tmp_path, reports())
    good = path.read_bytes().splitlines()
    bad = [b"{", b'{"title": "x"}', b'{"title": "x", "text": "x"}', "乙".encode("gbk"), b'"x"']
    path.write_bytes(b"\n".join([good[0], *bad, b"", *good[1:]]))
    done = ingest_paths(corpus, [path])
    assert (done.added, done.unchanged, done.issues) == (3, 0, REPORT_KEYS)
    assert {failure.path for failure in done.failed} == {str(path)}
    starts = [
        failure.error.startswith(f"{path}：第 {number} 行：") for number, failure in enumerate(done.failed, 2)
    ]
    assert starts == [True] * 5
    assert all(failure.error.endswith("。") for failure in done.failed)
    assert ingest_paths(corpus, [path]) == Ingested(0, 3, done.failed, REPORT_KEYS)


def test_of_very_many_bad_lines_the_rest_is_counted(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("编号,标题\n" * 1000, encoding="utf-8")
    failed = ingest_paths(corpus, [path]).failed
    assert len(failed) == 101
    assert failed[-1].error == f"{path}：另有 900 行也读不出来，请先改正上面列出的各行。"


def test_a_file_that_breaks_off_keeps_what_came_before(corpus: Corpus, tmp_path: Path) -> None:
    noise = random.Random(0)
    records = [report("甲省", year, text=text(str(noise.getrandbits(9000)))) for year in range(1900, 2000)]
    whole = put(tmp_path, records, "a.jsonl.gz")
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])
    done = ingest_paths(corpus, [whole])
    assert 0 < done.added < 100
    assert "不完整" in done.failed[0].error
    whole.write_bytes(data)
    again = ingest_paths(corpus, [whole])
    assert (again.added, again.unchanged, again.failed) == (100 - done.added, done.added, ())


def test_an_empty_collection_is_named(corpus: Corpus, tmp_path: Path) -> None:
    path = put(tmp_path, [], "a.jsonl.xz")
    assert [failure.error for failure in ingest_paths(corpus, [path]).failed] == [
        f"{path}：文件是空的。请放入有内容的文件。"
    ]


def test_an_error_of_the_program_costs_one_line(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fail(entry: Entry) -> Issue:
        if "乙省" in entry.text:
            raise ZeroDivisionError("division by zero")
        return parse_entry(entry)

    monkeypatch.setattr(module, "parse_entry", fail)
    path = put(tmp_path, reports())
    done = ingest_paths(corpus, [path])
    assert done.issues == ("2013-甲省", "2014-甲省")
    (failure,) = done.failed
    assert failure.error.startswith(f"{path}：第 2 行：程序出错（ZeroDivisionError: division by zero）")


def test_what_ends_the_program_loses_nothing_that_was_stored(
    corpus: Corpus, tmp_path: Path, small_batches: None
) -> None:
    path = put(tmp_path, crowd())

    def stop(file: Path, documents: int) -> None:
        if documents == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest_paths(corpus, [path], on_documents=stop)
    assert len(corpus.keys()) == 4
    again = ingest_paths(corpus, [path])
    assert (again.added, again.unchanged) == (4, 4)
    with open_corpus(tmp_path / "other") as other:
        assert ingest_paths(other, [path]).issues == again.issues
        assert other.issues() == corpus.issues()


# -- progress -------------------------------------------------------------------------------------


def test_progress_moves_inside_a_collection(corpus: Corpus, tmp_path: Path, small_batches: None) -> None:
    path = put(tmp_path, [report("甲省", year) for year in range(2001, 2006)])
    files: list[tuple[Path, int, int]] = []
    documents: list[tuple[Path, int]] = []
    ingest_paths(
        corpus,
        [path],
        lambda file, number, total: files.append((file, number, total)),
        on_documents=lambda file, count: documents.append((file, count)),
    )
    assert files == [(path, 1, 1)]
    assert documents == [(path, 2), (path, 4), (path, 5)]


def test_a_batch_is_bounded_in_characters_too(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH_CHARS", 1)
    counts: list[int] = []
    ingest_paths(corpus, [put(tmp_path, reports())], on_documents=lambda _, count: counts.append(count))
    assert counts == [1, 2, 3]


# -- real collections -----------------------------------------------------------------------------


@pytest.mark.skipif(not DOCUMENTS.exists(), reason=f"no {DOCUMENTS} (set RECOMMENDER_SHARED)")
def test_state_council_documents(corpus: Corpus) -> None:
    done = ingest_paths(corpus, [DOCUMENTS])
    assert (done.added, done.failed, len(done.issues)) == (41, (), 41)
    assert all(key.endswith("号") for key in done.issues)
    issue = corpus.get("国发〔2019〕4号")
    assert (issue.date, issue.institution, issue.documents[0].level) == ("2019-02-13", "国务院", "central")
    assert len(issue.documents[0].clauses) > 20
    assert ingest_paths(corpus, [DOCUMENTS]) == Ingested(0, 41, (), done.issues)


@pytest.mark.skipif(not REPORTS.exists(), reason=f"no {REPORTS} (set RECOMMENDER_SHARED)")
def test_provincial_reports(corpus: Corpus, tmp_path: Path) -> None:
    with lzma.open(REPORTS, "rt", encoding="utf-8") as lines:
        some = [json.loads(line) for line in islice(lines, 60)]
    done = ingest_paths(corpus, [put(tmp_path, some, "some.jsonl.xz")])
    assert (done.added, done.failed) == (60, ())
    assert set(done.issues) >= {f"{record['year']}-{record['province']}" for record in some} - {"2001-甘肃省"}
    assert {issue.documents[0].level for issue in corpus.stream()} == {"province"}
    assert all(len(issue.documents[0].clauses) >= 7 for issue in corpus.stream())
