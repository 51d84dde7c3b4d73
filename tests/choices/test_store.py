"""The store of choices: nothing confirmed is lost, nobody overwrites unseen."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from recommender.choices.corrections import Change, Correction
from recommender.choices.events import Accept, Add, Order, Reject, Undo
from recommender.choices.listing import listing_of
from recommender.choices.store import open_choices
from recommender.errors import ConflictError, IntegrityError, LockedError, UsageError

AT = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "choices.sqlite"


def correction(content: str = "c" * 64, file: str = "f" * 64) -> Correction:
    return Correction(0, AT, "甲", "73", content, file, Change("title", 0, -1, "甲", "乙"))


def test_what_is_stored_is_read_again(path: Path) -> None:
    with open_choices(path) as choices:
        first = choices.append("73", "甲", AT, Accept("贸易研究"), 0)
        other = choices.append("73", "乙", AT, Reject("贸易研究", "已立项"), 0)
        last = choices.append("73", "甲", AT, Order(("贸易研究",)), first.id)
        choices.append("74", "甲", AT, Add("养老研究"), 0)
    with open_choices(path, reading=True) as choices:
        assert choices.events("73", "甲") == (first, last)
        assert choices.events("73") == (first, other, last)
        assert len(choices.events()) == 4
        assert len(choices.events(user="甲")) == 3
        assert choices.users() == ("乙", "甲")
        assert choices.events("75") == ()


def test_a_list_that_moved_on_is_not_overwritten(path: Path) -> None:
    with open_choices(path) as mine, open_choices(path) as yours:
        seen = mine.append("73", "甲", AT, Accept("贸易研究"), 0).id
        yours.append("73", "甲", AT, Undo(), seen)
        with pytest.raises(ConflictError, match="刷新页面") as caught:
            mine.append("73", "甲", AT, Accept("养老研究"), seen)
        assert caught.value.exit_code == LockedError.exit_code
        assert len(mine.events()) == 2
        # neither another editor's list nor another issue's is in the way
        mine.append("73", "乙", AT, Accept("养老研究"), 0)
        mine.append("74", "甲", AT, Accept("养老研究"), 0)


def test_a_revision_is_never_given_twice(path: Path) -> None:
    with open_choices(path) as choices:
        first = choices.append("73", "甲", AT, Accept("贸易研究"), 0).id
        choices._connection.execute("DELETE FROM event")
        with pytest.raises(ConflictError):
            choices.append("73", "甲", AT, Accept("贸易研究"), first)
        assert choices.append("73", "甲", AT, Accept("贸易研究"), 0).id > first


def test_every_commit_waits_for_the_disk(path: Path) -> None:
    with open_choices(path) as choices:
        modes = [
            choices._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
    assert modes == ["wal", 2]  # 2: FULL


def test_corrections_have_a_revision_of_their_issue(path: Path) -> None:
    with open_choices(path) as choices:
        first = choices.mend(correction(), 0)
        assert first.id == 1
        with pytest.raises(ConflictError, match="刚有别人更正过"):
            choices.mend(correction(), 0)
        with pytest.raises(ConflictError):  # the same file, read anew
            choices.mend(correction(content="d" * 64), 0)
        second = choices.mend(correction("d" * 64, "e" * 64), 0)
        nowhere = choices.mend(correction("a" * 64, ""), 0)
        choices.mend(correction("b" * 64, ""), 0)  # no file is not the same file
        assert choices.corrections()[:3] == (first, second, nowhere)
        assert choices.mend(correction(), first.id).id == 5


WRITER = """
import sys, pathlib
from recommender.choices.events import Accept
from recommender.choices.store import open_choices
with open_choices(pathlib.Path(sys.argv[1])) as choices:
    seen = choices.events("73", "甲")[-1].id if choices.events("73", "甲") else 0
    while True:
        seen = choices.append("73", "甲", "2026-01-02T03:04:05+00:00", Accept(f"第{seen}条研究"), seen).id
        print(seen, flush=True)
"""


def test_what_was_confirmed_survives_a_kill(path: Path) -> None:
    confirmed = 0
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            lines = [int(writer.stdout.readline()) for _ in range(4)]
            os.kill(writer.pid, signal.SIGKILL)
            lines += [int(line) for line in writer.stdout.read().split()]
        confirmed = max(confirmed, *lines)
        with open_choices(path) as choices:
            events = choices.events("73", "甲")
            choices._connection.execute("PRAGMA integrity_check")
        assert [event.id for event in events] == list(range(1, len(events) + 1))
        assert len(events) >= confirmed
    assert listing_of(events).revision == len(events) >= 12


def test_another_program_s_file_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE event (id INTEGER)")
    with pytest.raises(IntegrityError, match="不是编辑选择记录"), open_choices(path):
        pass
    path.write_bytes(b"no database" * 100)
    with pytest.raises(IntegrityError, match="编辑选择记录"), open_choices(path):
        pass


def test_a_forged_event_is_named(path: Path) -> None:
    with open_choices(path) as choices:
        choices.append("73", "甲", AT, Accept("贸易研究"), 0)
        for payload in ("[]", "{", '{"title": 7}'):
            choices._connection.execute("UPDATE event SET payload = ?", (payload,))
            with pytest.raises(IntegrityError, match="第 1 条记录看不懂"):
                choices.events()


def test_a_store_that_may_not_be_written_is_explained(path: Path) -> None:
    with open_choices(path) as choices:
        choices._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(UsageError, match="只读"):
            choices.append("73", "甲", AT, Accept("贸易研究"), 0)


def test_a_full_disk_is_explained_and_loses_nothing(path: Path) -> None:
    with open_choices(path) as choices:
        kept = choices.append("73", "甲", AT, Accept("贸易研究"), 0)
        pages = choices._connection.execute("PRAGMA page_count").fetchone()[0]
        choices._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(UsageError, match="磁盘已满"):
            choices.append("73", "甲", AT, Order(tuple(map(str, range(5000)))), kept.id)
        assert choices.events() == (kept,)
