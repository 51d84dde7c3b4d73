"""What a scheduled run does with the inbox: what it moves, what it leaves alone, what it says."""

from pathlib import Path

import hostile
import pytest
from offices import bulletin

from recommender.office import inbox, library
from recommender.office.inbox import empty_inbox
from recommender.office.library import open_shelf
from recommender.workspace import Workspace


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "office")
    workspace.inbox.mkdir(parents=True)
    return workspace


def keys(office: Workspace) -> tuple[str, ...]:
    with open_shelf(office) as corpus:
        return corpus.keys()


def test_no_inbox_is_no_error(tmp_path: Path) -> None:
    assert empty_inbox(Workspace(tmp_path)) == inbox.Emptied(0, ())


def test_a_linked_folder_is_read_and_nothing_in_it_is_moved(office: Workspace, tmp_path: Path) -> None:
    share = tmp_path / "共享"
    share.mkdir()
    (share / "7.txt").write_text(bulletin(7), encoding="utf-8")
    (share / "坏.txt").write_bytes(b"\0\1")
    (office.inbox / "共享").symlink_to(share)
    done = empty_inbox(office)
    assert (done.added, keys(office)) == (1, ("7",))
    (said,) = done.failed
    assert "没有移动" in said
    assert (share / "坏.txt").exists()


def test_a_link_to_nowhere_is_put_aside(office: Workspace) -> None:
    (office.inbox / "断开.docx").symlink_to("没有.docx")
    (said,) = empty_inbox(office).failed
    assert "指向的文件不在了" in said
    assert (office.failed / "断开.docx").is_symlink()


def test_a_file_that_is_still_being_written_stays(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = hostile.plain_word()
    path = office.inbox / "慢.docx"
    path.write_bytes(whole[:400])

    def meanwhile(*arguments: object, **more: object) -> object:
        done = library.take_in(*arguments, **more)  # type: ignore[arg-type]
        path.write_bytes(whole)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "take_in", meanwhile)
        (said,) = empty_inbox(office).failed
    assert "还在改动" in said
    assert empty_inbox(office) == inbox.Emptied(1, ())


def test_an_archive_of_which_a_part_failed_is_put_aside_whole(office: Workspace) -> None:
    parts = {"7.txt": bulletin(7).encode(), "坏.txt": b"\0\1", "空.txt": b"", "/外.txt": b"\0"}
    (office.inbox / "两期.zip").write_bytes(hostile.package(parts))
    done = empty_inbox(office)
    assert done.added == 1
    (said,) = done.failed
    assert "共 3 处" in said
    note = (office.failed / "两期.zip.原因.txt").read_text("utf-8-sig")
    assert "坏.txt" in note
    assert "空.txt" in note
    assert (office.failed / "两期.zip").exists()
