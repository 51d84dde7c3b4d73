"""The corpus: what is stored once, what replaces what, in which order, and what a bad file says."""

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import database, entries
from recommender.corpus import Corpus, Known, Loose, open_corpus
from recommender.entries import insert
from recommender.errors import InputError, IntegrityError, LockedError, UsageError
from recommender.records import Clause, Document, Issue, Pick
from recommender.schemas import CORPUS, PICKED

TITLE = "高职教育动态（示例）"


def clause(text: str) -> Clause:
    return Clause("（一）", text, f"{text}的正文。", 1)


def bulletin(serial: int, *texts: str, title: str = TITLE, date: str | None = None) -> Issue:
    document = Document(
        "一、", "关于某事的通知", "某事", date="2020-01-02", clauses=tuple(map(clause, texts))
    )
    picks = (Pick("建设究", "建设研究"),)
    key = str(serial)
    return Issue(key, "bulletin", title, serial=serial, date=date, documents=(document,), picks=picks)


def policy(title: str, date: str) -> Issue:
    document = Document("", title, title, date=date, clauses=(clause(title),))
    return Issue(date, "policy", title, date=date, documents=(document,))


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path / "data" / "corpus.sqlite") as opened:
        yield opened


def add(corpus: Corpus, issue: Issue, source: str = "a.txt", digest: str = "") -> tuple[str, str]:
    """State and key; unless given, the digest of the file follows its content."""
    added = corpus.add(issue, source, digest or hashlib.sha256(repr(issue).encode()).hexdigest())
    return added.state, added.key


def stored(corpus: Corpus) -> dict[str, int]:
    """Key → number of clause rows, read by another connection."""
    query = "SELECT key, count(clause.text) FROM issue LEFT JOIN clause ON issue.id = issue GROUP BY key"
    with closing(sqlite3.connect(corpus._path)) as other:
        return dict(other.execute(query).fetchall())


# -- what is stored once, what replaces what ------------------------------------------------------


def test_an_issue_comes_back_as_it_was(corpus: Corpus) -> None:
    issue = bulletin(73, "推进贸易数字化")
    assert add(corpus, issue) == ("added", "73")
    assert corpus.get("73") == issue
    assert corpus.issues() == (issue,)


def test_the_same_file_is_stored_once(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"), "a.txt")
    assert add(corpus, bulletin(73, "甲"), "a.txt") == ("unchanged", "73")
    assert add(corpus, bulletin(73, "甲"), "copy.txt") == ("unchanged", "73")
    assert stored(corpus) == {"73": 1}


def test_the_same_content_in_another_encoding_is_stored_once(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"), "a.txt", "digest of UTF-8")
    assert add(corpus, bulletin(73, "甲"), "a.txt", "digest of GBK") == ("unchanged", "73")


def test_the_same_bytes_read_better_replace_the_earlier_reading(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲乙"), "a.txt", "d")
    assert add(corpus, bulletin(74, "丙"), "moved.txt", "d") == ("replaced", "74")
    assert stored(corpus) == {"74": 1}


def test_an_edited_file_replaces_its_issue(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲", "乙", "丙"), "a.txt")
    assert add(corpus, bulletin(73, "丁"), "elsewhere.txt") == ("replaced", "73")
    assert corpus.issues() == (bulletin(73, "丁"),)
    assert stored(corpus) == {"73": 1}


def test_the_title_is_compared_without_width_and_spaces(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲", title="高职 动态ＲＣＥＰ"), "a.txt")
    assert add(corpus, bulletin(73, "乙", title="高职动态RCEP"), "b.txt") == ("replaced", "73")


@pytest.mark.parametrize(("now", "state"), [("甲乙", "replaced"), ("甲戊", "added")])
def test_a_corrected_serial_replaces_if_half_the_clauses_remain(corpus: Corpus, now: str, state: str) -> None:
    add(corpus, bulletin(72, *"甲乙丙丁"), "a.txt")
    assert add(corpus, bulletin(73, *now, "己"), "a.txt") == (state, "73")
    assert corpus.keys() == (("73",) if state == "replaced" else ("72", "73"))


def test_a_file_name_used_again_keeps_the_earlier_issue(corpus: Corpus) -> None:
    add(corpus, bulletin(72, "甲", "乙"), "current.txt")
    assert add(corpus, bulletin(73, "丙", "丁"), "current.txt") == ("added", "73")
    assert corpus.keys() == ("72", "73")


def test_an_issue_without_clauses_is_not_taken_for_an_edition_of_another(corpus: Corpus) -> None:
    add(corpus, bulletin(72), "a.txt")
    assert add(corpus, bulletin(73), "a.txt") == ("added", "73")


def test_a_serial_corrected_to_one_that_exists_leaves_one_issue(corpus: Corpus) -> None:
    add(corpus, bulletin(72, "甲", "乙"), "a.txt")
    add(corpus, bulletin(73, "甲"), "b.txt")
    assert add(corpus, bulletin(73, "甲", "乙"), "a.txt") == ("replaced", "73")
    assert corpus.keys() == ("73",)
    add(corpus, bulletin(74, "甲", "乙"), "c.txt")
    assert add(corpus, bulletin(73, "甲", "乙"), "c.txt") == ("replaced", "73")
    assert corpus.keys() == ("73",)


def suffixed(key: str, title: str) -> str:
    return f"{key}-{hashlib.sha256(title.encode()).hexdigest()[:6]}"


def test_another_series_with_the_same_number_gets_its_own_key(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"), "a.txt")
    other = bulletin(73, "乙", title="职教通讯")
    key = suffixed("73", "职教通讯")
    assert add(corpus, other, "b.txt") == ("added", key)
    assert corpus.get(key) == replace(other, key=key)
    edited = bulletin(73, "丙", title="职教通讯")
    assert add(corpus, edited, "c.txt") == ("replaced", key)
    assert add(corpus, edited, "d.txt") == ("unchanged", key)
    assert stored(corpus) == {"73": 1, key: 1}


def test_two_policies_of_one_day_are_kept_apart(corpus: Corpus) -> None:
    assert add(corpus, policy("甲意见", "2020-05-01"), "a.txt") == ("added", "2020-05-01")
    assert add(corpus, policy("乙意见", "2020-05-01"), "b.txt")[1] == suffixed("2020-05-01", "乙意见")


def test_a_policy_and_a_bulletin_of_one_title_and_key_are_kept_apart(corpus: Corpus) -> None:
    add(corpus, policy("丙", "2020-05-01"), "a.txt")
    first = policy("甲", "2020-05-01")
    keys = {add(corpus, first, "b.txt")[1], add(corpus, replace(first, kind="bulletin"), "c.txt")[1]}
    assert keys == {suffixed("2020-05-01", "甲"), suffixed("2020-05-01", "甲") + "-2"}


def test_untitled_bulletins_are_told_apart_by_their_first_document(corpus: Corpus) -> None:
    first = bulletin(3, "甲", title="")
    second = replace(first, documents=(replace(first.documents[0], title="另一份"),))
    add(corpus, first, "a.txt")
    assert add(corpus, second, "b.txt")[0] == "added"


def test_a_failed_add_changes_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    add(corpus, bulletin(73, "甲"))
    monkeypatch.setattr("recommender.corpus.insert", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(corpus, bulletin(73, "乙"))
    assert corpus.get("73") == bulletin(73, "甲")
    assert stored(corpus) == {"73": 1}


def test_clauses_can_be_searched(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "推进贸易数字化", "优化跨境结算服务"))
    query = "SELECT document, position, heading FROM clause WHERE heading || text LIKE '%结算%'"
    with closing(sqlite3.connect(corpus._path)) as other:
        assert other.execute(query).fetchall() == [(0, 1, "优化跨境结算服务")]


# -- order and lookup -----------------------------------------------------------------------------


def test_time_is_the_issue_date_else_the_latest_document(corpus: Corpus) -> None:
    for issue in (
        bulletin(5, date="2019-06"),
        bulletin(4),  # its document: 2020-01-02
        bulletin(3, date="2020-01-02"),
        bulletin(9, date="2019"),
        replace(bulletin(1), documents=()),
    ):
        add(corpus, issue, f"{issue.key}.txt")
    assert corpus.keys() == ("1", "9", "5", "3", "4")
    assert tuple(issue.key for issue in corpus.issues()) == corpus.keys()


def test_the_newest_is_a_bulletin_where_there_is_one(corpus: Corpus) -> None:
    assert corpus.newest() is None
    add(corpus, policy("甲", "2021-01-01"), "p.txt")
    add(corpus, policy("乙", "2024-01-01"), "q.txt")
    assert corpus.newest() == policy("乙", "2024-01-01")
    add(corpus, bulletin(73, date="2023-05-10"), "a.txt")
    add(corpus, bulletin(67, date="2022-10-18"), "b.txt")
    assert corpus.newest() == bulletin(73, date="2023-05-10")


def test_an_unknown_key_lists_what_there_is(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="还没有收录任何动态"):
        corpus.get("73")
    for serial in range(60, 74):
        add(corpus, bulletin(serial, date=f"2023-01-{serial - 50}"), f"{serial}.txt")
    with pytest.raises(InputError, match=r"相近的有：.*73"):
        corpus.get("73期")
    with pytest.raises(InputError, match="最近收录的有：73、72、71、70、69、68、67、66。"):
        corpus.get("某期")


def test_a_serial_beyond_the_integers_of_sqlite_is_kept(corpus: Corpus) -> None:
    issue = bulletin(10**30, "甲")
    add(corpus, issue)
    assert corpus.issues() == (issue,)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
dates = st.sampled_from(["2023", "2023-05", "2023-05-10"]) | st.none()
clauses = st.builds(Clause, texts, texts, texts, st.integers(0, 3))
documents = st.builds(
    Document,
    texts,
    texts,
    texts,
    issuers=st.lists(texts, max_size=2).map(tuple),
    date=dates,
    clauses=st.lists(clauses, max_size=3).map(tuple),
    tables=st.lists(texts, max_size=2).map(tuple),
)
all_issues = st.builds(
    Issue,
    key=st.sampled_from(["1", "2", "2023-05-10"]),
    kind=st.sampled_from(["bulletin", "policy"]),
    title=texts,
    serial=st.integers(0, 3) | st.none(),
    date=dates,
    documents=st.lists(documents, max_size=2).map(tuple),
    picks=st.lists(st.builds(Pick, texts, texts), max_size=2).map(tuple),
    asides=st.lists(texts, max_size=2).map(tuple),
    repairs=st.lists(st.tuples(texts, st.integers(0, 9)), max_size=2).map(tuple),
    warnings=st.lists(texts, max_size=1).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(issue=all_issues)
def test_any_issue_survives_the_store(tmp_path_factory: pytest.TempPathFactory, issue: Issue) -> None:
    with open_corpus(tmp_path_factory.mktemp("store") / "corpus.sqlite") as corpus:
        _, key = add(corpus, issue)
        assert corpus.get(key) == issue


@settings(deadline=None, max_examples=60)
@given(data=st.data(), issues=st.lists(all_issues, max_size=6))
def test_the_order_does_not_depend_on_how_issues_came(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, issues: list[Issue]
) -> None:
    by_identity = {(issue.kind, entries.series_of(issue), issue.key): issue for issue in issues}
    distinct = list({entries.as_text(issue): issue for issue in by_identity.values()}.values())
    orders = []
    for run in (distinct, data.draw(st.permutations(distinct))):
        with open_corpus(tmp_path_factory.mktemp("store") / "corpus.sqlite") as corpus:
            for issue in run:
                add(corpus, issue, source=str(run.index(issue)))
            assert len(set(corpus.keys())) == len(corpus.keys())
            newest = corpus.newest()
            bulletins = [issue for issue in corpus.issues() if issue.kind == "bulletin"]
            assert newest == ([None, *corpus.issues(), *bulletins])[-1]
            orders.append([replace(issue, key="") for issue in corpus.issues()])
    assert orders[0] == orders[1]


# -- files and other processes --------------------------------------------------------------------


def test_what_was_added_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    with open_corpus(path) as corpus:
        add(corpus, bulletin(73, "甲"))
    with open_corpus(path) as corpus:
        assert corpus.keys() == ("73",)
        mode, version = (
            corpus._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "user_version")
        )
    assert (mode, version) == ("wal", len(CORPUS.migrations))


READ = """
import sys, pathlib
from recommender.corpus import open_corpus
with open_corpus(pathlib.Path(sys.argv[1])) as corpus:
    print(*corpus.keys())
"""


def test_another_process_reads_while_one_writes(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"), "a.txt")
    with database.transaction(corpus._connection, "IMMEDIATE"):
        insert(corpus._connection, bulletin(74, "乙"), "74", "b.txt", "d", "{}")
        command = [sys.executable, "-c", READ, str(corpus._path)]
        shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert shown.stdout.split() == ["73"]
        with open_corpus(corpus._path) as reader:
            assert reader.issues() == (bulletin(73, "甲"),)
    assert corpus.keys() == ("73", "74")


def test_twenty_processes_may_make_the_corpus_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", READ, str(tmp_path / "data" / "corpus.sqlite")]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(20)]
    assert [process.communicate(timeout=60)[1] for process in started] == [""] * 20


def test_a_writer_that_waits_too_long_says_so(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.01)
    busy = database.transaction(corpus._connection, "IMMEDIATE")
    with open_corpus(corpus._path) as other, busy, pytest.raises(LockedError, match="请等它结束后再试"):
        add(other, bulletin(73, "甲"))


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(IntegrityError) as caught:
        open_corpus(path)
    assert str(caught.value).startswith(f"{path}：不是资料库")
    assert "改名" in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_of_another_program_is_left_alone(tmp_path: Path, version: int) -> None:
    path = tmp_path / "corpus.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.executescript(f"CREATE TABLE song (name); PRAGMA user_version = {version};")
    before = path.read_bytes()
    with pytest.raises(IntegrityError, match="别的程序的数据库"):
        open_corpus(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_corpus(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    path.touch()
    with open_corpus(path) as corpus:
        assert corpus.keys() == ()


def test_a_newer_schema_asks_for_a_newer_program(corpus: Corpus) -> None:
    corpus._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(IntegrityError, match="请先升级本程序"):
        open_corpus(corpus._path)


def test_an_older_schema_is_upgraded_and_keeps_its_issues(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(corpus, bulletin(73, "甲"))
    step = ("ALTER TABLE issue ADD COLUMN note TEXT NOT NULL DEFAULT ''",)
    monkeypatch.setattr("recommender.corpus.CORPUS", replace(CORPUS, migrations=(*CORPUS.migrations, step)))
    with open_corpus(corpus._path) as upgraded:
        assert upgraded.keys() == ("73",)
        assert upgraded._connection.execute("SELECT note FROM issue").fetchall() == [("",)]
    with open_corpus(corpus._path) as again:
        assert add(again, bulletin(74, "乙"), "b.txt") == ("added", "74")


def test_which_issues_have_picks_is_told_without_reading_the_texts(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"))
    query = f"EXPLAIN QUERY PLAN SELECT id FROM issue WHERE {PICKED}"
    ((*_, plan),) = corpus._connection.execute(query)
    assert "issue_picked" in plan


def test_a_failed_upgrade_leaves_the_corpus_as_it_was(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(corpus, bulletin(73, "甲"))
    steps = (("ALTER TABLE issue ADD COLUMN note TEXT",), ("ALTER TABLE nothing ADD COLUMN note TEXT",))
    monkeypatch.setattr("recommender.corpus.CORPUS", replace(CORPUS, migrations=(*CORPUS.migrations, *steps)))
    with pytest.raises(IntegrityError):
        open_corpus(corpus._path)
    monkeypatch.undo()
    with open_corpus(corpus._path) as unchanged:
        assert unchanged.keys() == ("73",)


def test_changed_content_is_noticed(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"))
    corpus._connection.execute("UPDATE issue SET json = replace(json, '甲', '乙')")
    with pytest.raises(IntegrityError, match="第 73 期的内容与校验值不符"):
        corpus.get("73")


def test_content_of_another_shape_is_noticed(corpus: Corpus) -> None:
    insert(corpus._connection, bulletin(73, "甲"), "73", "a.txt", "d", "{}")
    with pytest.raises(IntegrityError, match="不合本版程序的格式"):
        corpus.issues()


def test_a_folder_or_a_file_in_the_way_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="打不开"):
        open_corpus(tmp_path)
    (tmp_path / "data").write_text("")
    with pytest.raises(UsageError, match="写不进去"):
        open_corpus(tmp_path / "data" / "corpus.sqlite")


def test_a_corpus_that_may_not_be_written_is_explained(corpus: Corpus) -> None:
    corpus._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(UsageError, match="只读"):
        add(corpus, bulletin(73, "甲"))


def test_a_full_disk_is_explained_and_loses_nothing(corpus: Corpus) -> None:
    add(corpus, bulletin(73, "甲"))
    pages = corpus._connection.execute("PRAGMA page_count").fetchone()[0]
    corpus._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UsageError, match="磁盘已满"):
        add(corpus, bulletin(74, *map(str, range(2000))), "b.txt")
    assert corpus.keys() == ("73",)


# -- documents of collections ---------------------------------------------------------------------


def loose(title: str, key: str = "2014-甲省", text: str = "甲", identity: str = "") -> Loose:
    document = Document("", title, title, date="2014", clauses=(clause(text),))
    issue = Issue(key, "policy", title, date="2014", documents=(document,))
    digest = hashlib.sha256(f"{title}{text}".encode()).hexdigest()
    return Loose(issue, identity or hashlib.sha256(title.encode()).hexdigest(), "a.jsonl", digest)


def add_all(corpus: Corpus, *documents: Loose) -> list[tuple[str, str]]:
    return [(added.state, added.key) for added in corpus.add_documents(documents)]


def test_documents_of_one_file_do_not_replace_each_other(corpus: Corpus) -> None:
    assert add_all(corpus, loose("甲", "a"), loose("乙", "b")) == [("added", "a"), ("added", "b")]
    assert stored(corpus) == {"a": 1, "b": 1}


def test_a_document_of_the_same_identity_is_replaced(corpus: Corpus) -> None:
    add_all(corpus, loose("甲", text="旧"))
    assert add_all(corpus, loose("甲", text="旧")) == [("unchanged", "2014-甲省")]
    assert add_all(corpus, loose("甲", text="新")) == [("replaced", "2014-甲省")]
    assert corpus.get("2014-甲省") == loose("甲", text="新").issue
    assert stored(corpus) == {"2014-甲省": 1}


def test_documents_that_share_a_key_all_get_a_longer_one(corpus: Corpus) -> None:
    one, two, three = (loose(title) for title in "甲乙丙")
    names = {document.identity: f"2014-甲省-{document.identity[:6]}" for document in (one, two, three)}
    assert add_all(corpus, one) == [("added", "2014-甲省")]
    assert add_all(corpus, two, three) == [("added", names[two.identity]), ("added", names[three.identity])]
    assert corpus.keys_of(names) == names
    assert set(corpus.keys()) == set(names.values())
    assert add_all(corpus, one) == [("unchanged", names[one.identity])]


def test_a_longer_key_that_is_taken_is_counted(corpus: Corpus) -> None:
    same = [loose(title, identity="abcdef" + title) for title in "甲乙丙"]
    add_all(corpus, *same)
    assert set(corpus.keys()) == {f"2014-甲省-abcdef{tail}" for tail in ("", "-2", "-3")}


def test_files_and_collections_leave_each_other_alone(corpus: Corpus) -> None:
    add(corpus, policy("甲", "2014"))
    assert add_all(corpus, loose("甲", "2014"))[0][1].startswith("2014-")
    assert add(corpus, policy("甲", "2014"), "b.txt") == ("unchanged", "2014")
    assert len(corpus.keys()) == 2


def test_documents_are_known_by_the_digest_of_their_line(corpus: Corpus) -> None:
    one, two = loose("甲", "a"), loose("乙", "b")
    add_all(corpus, one)
    add(corpus, bulletin(73, "甲"), digest="of a file")
    assert corpus.known([one.digest, two.digest, "of a file"]) == {one.digest: Known("a", one.identity)}
    assert corpus.known([]) == {}


def test_documents_are_stored_together_or_not_at_all(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    add_all(corpus, loose("甲"))
    monkeypatch.setattr(entries, "time_of", lambda issue: 1 / 0 if issue.title == "丙" else "")
    with pytest.raises(ZeroDivisionError):
        corpus.add_documents([loose("乙"), loose("丙")])
    assert stored(corpus) == {"2014-甲省": 1}


def test_the_corpus_can_be_read_one_issue_at_a_time(corpus: Corpus) -> None:
    for serial in (3, 1, 2):
        add(corpus, bulletin(serial, "甲"), f"{serial}.txt")
    stream = corpus.stream()
    assert next(stream).key == "1"
    corpus._connection.execute("DELETE FROM issue WHERE key = '2'")
    assert [issue.key for issue in stream] == ["3"]
    assert [issue.key for issue in corpus.issues()] == ["1", "3"]
