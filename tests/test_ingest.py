"""A batch of files: all that can be read is stored, all that cannot is named."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.corpus import Corpus, open_corpus
from recommender.errors import InputError, IntegrityError
from recommender.ingest import Failure, Ingested, Options, batch, ingest_paths
from recommender.intake import read
from recommender.records import Clause, Document, Issue

POLICY = """{title}

各有关单位：
为推进某项工作，现提出如下意见。
一、总体要求
（一）推进贸易数字化。支持企业使用数字技术，{detail}。
（二）培育经营主体。支持学校与企业合作。
示例省教育厅
{date}
"""


def policy(
    title: str = "关于推进贸易数字化的意见", date: str = "2023年5月10日", detail: str = "做好服务"
) -> str:
    return POLICY.format(title=title, date=date, detail=detail)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path / "corpus.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_folder_is_taken_in_and_only_once(corpus: Corpus, folder: Path) -> None:
    put(folder, "b.txt", policy(date="2024年1月2日"))
    put(folder, "a/c.txt", policy())
    first = ingest_paths(corpus, [folder])
    assert first == Ingested(2, 0, (), ("2023-05-10", "2024-01-02"))
    assert ingest_paths(corpus, [folder]) == Ingested(0, 2, (), first.issues)
    assert corpus.keys() == first.issues


def test_an_edited_file_counts_as_added(corpus: Corpus, folder: Path) -> None:
    put(folder, "a.txt", policy())
    ingest_paths(corpus, [folder])
    put(folder, "a.txt", policy(detail="改过的内容"))
    assert ingest_paths(corpus, [folder]) == Ingested(1, 0, (), ("2023-05-10",))
    assert "改过的内容" in repr(corpus.get("2023-05-10"))


def test_a_corrected_date_replaces_the_issue_of_the_file(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder, "a.txt", policy())
    ingest_paths(corpus, [path])
    path.write_text(policy(date="2023年5月11日"), encoding="utf-8")
    monkeypatch.chdir(folder)  # the same file, named in another way
    assert ingest_paths(corpus, [Path("a.txt")]).issues == ("2023-05-11",)
    assert corpus.keys() == ("2023-05-11",)


def test_the_same_issue_in_two_files_is_one_key(corpus: Corpus, folder: Path) -> None:
    put(folder, "a.txt", policy())
    put(folder, "b.txt", policy(), "gb18030")
    assert ingest_paths(corpus, [folder]) == Ingested(1, 1, (), ("2023-05-10",))


def test_each_bad_file_is_named_once_and_the_rest_kept(corpus: Corpus, folder: Path) -> None:
    bad = [
        put(folder, "a-empty.txt", ""),
        put(folder, "b-title-only.txt", "关于某事的通知"),
        put(folder, "c-binary.txt", "\0\1\2" * 50),
    ]
    put(folder, "d.txt", policy())
    missing, empty, odd = folder / "none.txt", folder / "none", put(folder, "e.xyz", "?")
    empty.mkdir()
    done = ingest_paths(corpus, [folder, missing, empty, odd])
    assert (done.added, done.unchanged, done.issues) == (1, 0, ("2023-05-10",))
    assert {failure.path for failure in done.failed} == set(map(str, [*bad, missing, empty, odd]))
    for failure in done.failed:
        assert failure.error.startswith(f"{failure.path}：")
        assert failure.error.count(failure.path) == 1
        assert failure.error.endswith("。")


def test_files_are_read_in_sorted_order_each_once(corpus: Corpus, folder: Path) -> None:
    files = [put(folder, name, policy(title=f"关于{name[0]}的意见")) for name in ("c.txt", "a.txt", "b.txt")]
    seen: list[tuple[str, int, int]] = []
    ingest_paths(
        corpus,
        [*files, folder, folder / ".." / "inbox"],
        lambda path, number, total: seen.append((path.name, number, total)),
    )
    assert seen == [("a.txt", 1, 3), ("b.txt", 2, 3), ("c.txt", 3, 3)]


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path, folder: Path) -> None:
    paths = [put(folder, name, policy(title=f"关于{name[0]}的意见")) for name in ("a.txt", "b.txt")]
    with open_corpus(tmp_path / "1.sqlite") as one, open_corpus(tmp_path / "2.sqlite") as two:
        assert ingest_paths(one, paths) == ingest_paths(two, reversed(paths))
        assert one.issues() == two.issues()


def test_an_error_of_the_program_costs_one_file(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(text: str) -> Issue:
        if "坏" in text:
            raise ZeroDivisionError("division by zero")
        document = Document("", "好", "好", clauses=(Clause("", "", "文", 0),))
        return Issue("1", "policy", "好", documents=(document,))

    monkeypatch.setattr(read, "parse_text", parse)
    bad = put(folder, "a.txt", "坏")
    put(folder, "b.txt", "好")
    done = ingest_paths(corpus, [folder])
    assert done.issues == ("1",)
    (failure,) = done.failed
    assert failure.error.startswith(f"{bad}：程序出错（ZeroDivisionError: division by zero）")
    assert "维护者" in failure.error


def test_a_folder_the_system_refuses_is_named(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(batch, "find_files", refuse)
    expected = Failure(str(folder), f"{folder}：读不出来（没有权限）。请检查路径和权限。")
    assert ingest_paths(corpus, [folder]).failed == (expected,)


def test_a_message_that_names_the_path_is_not_doubled(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(text: str) -> Issue:
        raise InputError("第 3 行看不懂。")

    monkeypatch.setattr(read, "parse_text", parse)
    path = put(folder, "a.txt", "文")
    assert ingest_paths(corpus, [path]).failed == (Failure(str(path), f"{path}：第 3 行看不懂。"),)


def test_an_error_of_the_corpus_stops_the_batch_and_keeps_what_was_stored(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Corpus.add

    def fail(self: Corpus, issue: Issue, source: str, *rest: str) -> object:
        if source.endswith("b.txt"):
            raise IntegrityError("损坏")
        return add(self, issue, source, *rest)

    monkeypatch.setattr(Corpus, "add", fail)
    put(folder, "a.txt", policy())
    put(folder, "b.txt", policy(title="关于另一事的意见"))
    with pytest.raises(IntegrityError):
        ingest_paths(corpus, [folder])
    assert corpus.keys() == ("2023-05-10",)


def test_nothing_to_do_is_no_error(corpus: Corpus) -> None:
    assert ingest_paths(corpus, []) == Ingested(0, 0, (), ())


def test_folders_of_the_program_itself_hold_no_bulletins(corpus: Corpus, folder: Path) -> None:
    put(folder, "data/inbox/a.txt", policy())
    ours = put(folder, "reports/8.md", policy(date="2024年1月2日"))
    ingested = ingest_paths(corpus, [folder, folder / "reports"], options=Options([folder / "reports"]))
    assert ingested.issues == ("2023-05-10",)
    assert [failure.path for failure in ingested.failed] == [str(folder / "reports")]
    assert "data/inbox" in ingested.failed[0].error
    assert ingest_paths(corpus, [ours], options=Options([folder / "reports"])).issues == (
        "2024-01-02",
    )  # named


def test_links_are_followed_once_and_what_is_no_file_is_named(corpus: Corpus, folder: Path) -> None:
    put(folder, "甲/a b〔1〕.txt", policy())
    (folder / "b.txt").symlink_to(folder / "甲" / "a b〔1〕.txt")
    (folder / "甲" / "回去").symlink_to(folder)
    (folder / "断开.docx").symlink_to("没有.docx")
    (folder / "自己.docx").symlink_to(folder / "自己.docx")
    pipes = {"管道.txt"} if hasattr(os, "mkfifo") else set()
    for name in pipes:
        os.mkfifo(folder / name)
    done = ingest_paths(corpus, [folder, folder / "甲"])
    assert (done.added, done.issues) == (1, ("2023-05-10",))
    said = {Path(failure.path).name: failure.error for failure in done.failed}
    assert {"断开.docx", "自己.docx"} | pipes == set(said)
    assert "指向的文件不在了（没有.docx）" in said["断开.docx"]
    assert "圈" in said["自己.docx"]
    assert all("管道" in said[name] for name in pipes)


def test_paths_of_more_than_260_characters(corpus: Corpus, folder: Path) -> None:
    place = "/".join(["各县特产登记与冷链小站建设材料汇编" * 4] * 5)
    path = put(folder, f"{place}/第 3 期〔示例〕.txt", policy())
    assert len(str(path)) > 260
    assert ingest_paths(corpus, [folder]).issues == ("2023-05-10",)
