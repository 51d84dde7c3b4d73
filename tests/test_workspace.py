"""The workspace: its paths, its making, its lock, its word lists."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.begin import init_workspace
from recommender.config import Settings, load_settings
from recommender.disk import unwritable, writing
from recommender.errors import InputError, LockedError, UsageError
from recommender.wordlists import read_synonyms, read_words
from recommender.workspace import Workspace, lock


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.txt"
    path.write_bytes(text.encode(encoding))
    return path


# -- paths and making -----------------------------------------------------------------------------


def test_the_paths_are_those_of_the_design() -> None:
    workspace = Workspace(Path("office"))
    paths = {
        "recommender.toml": workspace.settings,
        "data/inbox": workspace.inbox,
        "data/corpus.sqlite": workspace.corpus,
        "data/.lock": workspace.lock_file,
        "data/lexicon": workspace.lexicon,
        "data/lexicon/words.txt": workspace.words,
        "data/lexicon/stopwords.txt": workspace.stopwords,
        "data/lexicon/synonyms.txt": workspace.synonyms,
        "models": workspace.models,
        "reports": workspace.reports,
    }
    assert {path.relative_to("office").as_posix(): path for path in paths.values()} == paths
    written = workspace.lexicon, workspace.models, workspace.reports, workspace.background, workspace.failed
    assert workspace.written == written


def test_a_new_workspace_is_usable(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "处室" / "动态")
    assert load_settings(workspace.settings) == Settings()
    for folder in (workspace.inbox, workspace.models, workspace.reports):
        assert folder.is_dir()
    for path in (workspace.words, workspace.stopwords, workspace.synonyms):
        assert path.read_text(encoding="utf-8").startswith("# ")
    assert read_words(workspace.words) == read_words(workspace.stopwords) == ()
    assert read_synonyms(workspace.synonyms) == ()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    workspace.words.write_text("产教联合体", encoding="utf-8")
    workspace.settings.write_text("", encoding="utf-8")
    workspace.synonyms.unlink()
    before = content(tmp_path)
    init_workspace(tmp_path)
    after = content(tmp_path)
    assert set(after) - set(before) == {"data/lexicon/synonyms.txt"}
    assert {name: after[name] for name in before} == before


def test_a_file_in_the_place_of_the_home_is_explained(tmp_path: Path) -> None:
    home = tmp_path / "office"
    home.write_text("")
    for place in (home, home / "below"):
        with pytest.raises(UsageError) as caught:
            init_workspace(place)
        assert str(home) in str(caught.value)
        assert "文件夹" in str(caught.value)
        assert "--home" in str(caught.value)


def test_a_file_in_the_place_of_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(UsageError, match="models：写不进去（这里已有同名的文件"):
        init_workspace(tmp_path)


@pytest.mark.parametrize(
    ("code", "cause", "remedy"),
    [
        (errno.ENOSPC, "磁盘已满", "请清理磁盘"),
        (errno.EACCES, "没有权限", "--home"),
        (errno.EROFS, "磁盘是只读的", "--home"),
        (errno.EIO, "磁盘读写出错", "--home"),
        (errno.EXDEV, os.strerror(errno.EXDEV), "--home"),
    ],
)
def test_what_the_system_refuses_is_said_in_chinese(code: int, cause: str, remedy: str) -> None:
    message = str(unwritable(Path("office"), OSError(code, os.strerror(code))))
    assert message.startswith("office：写不进去")
    assert cause in message
    assert remedy in message


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str, encoding: str) -> object:
        self.touch()
        return FullFile()

    class FullFile:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            raise OSError(errno.ENOSPC, "full")

        def write(self, text: str) -> None: ...

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UsageError, match="磁盘已满"):
        init_workspace(tmp_path)
    assert content(tmp_path) == {}


def test_writing_names_the_file_when_the_system_does() -> None:
    with pytest.raises(UsageError, match=r"^b：写不进去"), writing(Path("a")):
        raise OSError(errno.EACCES, "no", "b")
    with pytest.raises(UsageError, match=r"^a：写不进去"), writing(Path("a")):
        raise OSError(errno.EACCES, "no")


# -- lock -----------------------------------------------------------------------------------------

HOLD = """
import sys, pathlib
from recommender.workspace import Workspace, lock
with lock(Workspace(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_leaves_at_once(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with lock(workspace), pytest.raises(LockedError, match="另一次运行") as caught, lock(workspace):
        pytest.fail("both hold the lock")
    assert str(tmp_path) in str(caught.value)
    with lock(workspace):
        pass


def test_a_killed_run_frees_the_lock(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(LockedError), lock(workspace):
            pass
        other.kill()
        other.wait()
    with lock(workspace):
        pass


def test_an_error_of_the_work_passes_and_frees_the_lock(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with pytest.raises(FileNotFoundError), lock(workspace):
        raise FileNotFoundError
    with lock(workspace):
        pass


def test_no_lock_in_an_unwritable_home(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(UsageError, match="写不进去"), lock(Workspace(tmp_path)):
        pass


# -- word lists -----------------------------------------------------------------------------------

WORDS = "# 说明\n产教联合体\n  双高计划  # 后来加的\n\n产教联合体\r\nC#\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_words_are_read_sorted_and_once(tmp_path: Path, encoding: str) -> None:
    assert read_words(written(tmp_path, WORDS, encoding)) == ("C#", "产教联合体", "双高计划")


def test_a_missing_list_is_empty(tmp_path: Path) -> None:
    assert read_words(tmp_path / "none.txt") == ()
    assert read_synonyms(tmp_path / "none.txt") == ()


def test_two_words_on_a_line_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "# 说明\n产教　联合体\n")
    with pytest.raises(InputError) as caught:
        read_words(path)
    assert str(caught.value).startswith(f"{path} 第 2 行：“产教　联合体”")


def test_synonyms_become_pairs(tmp_path: Path) -> None:
    path = written(tmp_path, "# 说明\n产教联盟 产教共同体 = 产教联合体\n人工智慧＝人工智能  # 译名\n")
    assert read_synonyms(path) == (
        ("产教共同体", "产教联合体"),
        ("产教联盟", "产教联合体"),
        ("人工智慧", "人工智能"),
    )


@pytest.mark.parametrize("line", ["甲 乙", "= 乙", "甲 =", "甲 = 乙 丙", "甲 = 乙 = 丙", "甲 乙 = 乙", "="])
def test_a_malformed_synonym_is_named(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, f"\n{line}\n")
    with pytest.raises(InputError) as caught:
        read_synonyms(path)
    assert str(caught.value).startswith(f"{path} 第 2 行：")


def test_contradicting_synonyms_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="第 2 行：“甲”在第 1 行已统一为“乙”"):
        read_synonyms(written(tmp_path, "甲 = 乙\n甲 = 丙"))
    with pytest.raises(InputError, match="第 1 行：统一说法“乙”在第 2 行又被换成“丙”"):
        read_synonyms(written(tmp_path, "甲 = 乙\n乙 = 丙"))
    assert read_synonyms(written(tmp_path, "甲 = 乙\n甲 = 乙")) == (("甲", "乙"),)


def test_an_unreadable_list_is_explained(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="词表读不出来"):
        read_words(tmp_path)
    path = tmp_path / "list.txt"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputError, match="编码不认识"):
        read_words(path)


word = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@given(words=st.lists(word))
def test_a_list_survives_its_file(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = written(tmp_path_factory.mktemp("list"), "\n".join(words))
    assert read_words(path) == tuple(sorted(set(words)))
