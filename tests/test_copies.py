"""One bulletin in two files: which is kept, and that both are named, in any order and again."""

from pathlib import Path

import pytest
from hostile import document, paragraph, word
from hypothesis import given
from hypothesis import strategies as st
from offices import bulletin

from recommender.copies import likeness
from recommender.corpus import open_corpus
from recommender.ingest import Ingested, Options, ingest_paths
from recommender.parallel import ALONE, Backend, Workers

TEXT = bulletin(73, ("推进贸易数字化研究",))


def as_word(text: str) -> bytes:
    return word(document(b"".join(paragraph(line) for line in text.split("\n") if line)))


def ingest(folder: Path, *paths: Path, workers: Workers = ALONE) -> Ingested:
    with open_corpus(folder / "corpus.sqlite") as corpus:
        return ingest_paths(corpus, paths or [folder], options=Options(workers=workers))


def put(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("first", ["a.docx", "b.docx"])
def test_word_is_kept_before_text_whichever_comes_first(tmp_path: Path, first: str) -> None:
    """The text has lost a word, so it is not the same content."""
    kept = put(tmp_path, first, as_word(TEXT))
    text = put(tmp_path, "aa.txt", TEXT.replace("护理员参加", "护理员"))
    done = ingest(tmp_path)
    assert [(copy.path, copy.kept, copy.key) for copy in done.duplicates] == [(str(text), str(kept), "73")]
    assert done.issues == ("73",)
    again = ingest(tmp_path)
    assert (again.added, again.unchanged) == (0, 2)
    assert again.duplicates == done.duplicates


def test_a_corrected_reprint_replaces_the_issue_and_names_it(tmp_path: Path) -> None:
    before = put(tmp_path, "73.txt", TEXT)
    ingest(tmp_path)
    after = put(tmp_path, "73更正.txt", TEXT.replace("降低成本", "降低了成本"))
    done = ingest(tmp_path)
    assert [(copy.path, copy.kept) for copy in done.duplicates] == [(str(before), str(after))]
    with open_corpus(tmp_path / "corpus.sqlite") as corpus:
        assert "降低了成本" in repr(corpus.get("73"))


def test_another_number_is_another_issue(tmp_path: Path) -> None:
    put(tmp_path, "73.txt", TEXT)
    put(tmp_path, "74.txt", bulletin(74, ("推进贸易数字化研究",)))
    done = ingest(tmp_path)
    assert (done.issues, done.duplicates) == (("73", "74"), ())


@pytest.mark.parametrize("workers", [ALONE, Workers(Backend.loky, 3)], ids=["alone", "three"])
def test_the_result_is_the_same_whoever_reads(tmp_path: Path, workers: Workers) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for serial in range(1, 13):
        put(folder, f"第 {serial} 期〔示例〕.txt", bulletin(serial))
    put(folder, "坏.docx", b"PK\x03\x04")
    done = ingest(tmp_path, folder, workers=workers)
    assert done.issues == tuple(str(n) for n in sorted(range(1, 13), key=lambda n: f"第 {n} 期"))
    assert [Path(failure.path).name for failure in done.failed] == ["坏.docx"]


def test_what_was_read_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt", TEXT)
    ingest(tmp_path)
    monkeypatch.setattr("recommender.intake.read.parse_text", lambda text: 1 / 0)
    assert ingest(tmp_path) == Ingested(0, 1, (), ("73",))


@given(st.text("甲乙丙丁", min_size=5), st.text("甲乙丙丁", min_size=5))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(one, one) == 1.0
    assert 0.0 <= likeness(one, other) == likeness(other, one) <= 1.0
