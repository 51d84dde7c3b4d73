"""Archives: what was packed comes back; hostile or damaged ones are refused before anything is used."""

import json
import stat
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import InputError, IntegrityError, RecommenderError, UsageError
from recommender.lifecycle import archive
from recommender.lifecycle.archive import LIST, is_member, pack, unpack

FILES: dict[str, Path | bytes] = {
    "recommender.toml": b"[list]\n",
    "data/corpus.sqlite": bytes(range(256)) * 50,
    "data/lexicon/words.txt": "产教联合体\n".encode(),
    "models/CURRENT": b"20260214T163720Z-9bfad\n",
    "models/20260214T163720Z-9bfad/arrays.npz": b"\x00" * 999,
}


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "备份 1.zip"
    pack(path, FILES, {"program": "0"})
    return path


def refused(path: Path, error: type[RecommenderError], part: str = "：") -> None:
    """It is refused, and nothing stands outside the folder it was to be extracted into."""
    into = path.parent / "into"
    before = {one for one in path.parent.rglob("*") if into not in one.parents and one != into}
    with pytest.raises(error, match=part) as caught:
        unpack(path, into)
    assert str(path) in str(caught.value)
    after = {one for one in path.parent.rglob("*") if into not in one.parents and one != into}
    assert after == before


def test_what_was_packed_comes_back(packed: Path, tmp_path: Path) -> None:
    names = unpack(packed, tmp_path / "into")
    assert set(names) == set(FILES)
    for name, data in FILES.items():
        assert (tmp_path / "into" / name).read_bytes() == data
    assert [path.name for path in packed.parent.iterdir() if path.name.startswith(".")] == []


def test_the_same_content_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    pack(tmp_path / "again.zip", dict(reversed(FILES.items())), {"program": "0"})
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=5000), st.text("词语-_甲a.1", min_size=1, max_size=9))
def test_any_content_and_name_survives(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    folder, member = tmp_path_factory.mktemp("zip"), f"data/lexicon/{name}"
    if not is_member(member):
        with pytest.raises(ValueError, match="not a name"):
            pack(folder / "a.zip", {member: data}, {})
        return
    pack(folder / "a.zip", {member: data}, {})
    unpack(folder / "a.zip", folder / "into")
    assert (folder / "into" / member).read_bytes() == data


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "/etc/passwd", "data/../../x", "data/lexicon/../../x", "data\\lexicon\\x", "C:/x", "", "."),
        *("data/lexicon/", "data/lexicon/..", "data/lexicon/.hidden", "models/evil.py", "data/inbox/x.txt"),
        *(
            "models/20260214T163720Z-9bfad/../x",
            "recommender.toml/x",
            "data/lexicon/a/b",
            "recommender.toml\n",
        ),
    ],
)
def test_only_the_programs_own_names_are_members(name: str) -> None:
    assert not is_member(name)


# -- hostile ---------------------------------------------------------------------------------------


def rewrite(packed: Path, change: Callable[[zipfile.ZipFile], None], but: str = "") -> Path:
    """The archive again, without one member, and changed."""
    path = packed.with_name("hostile.zip")
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != but:
                new.writestr(info, old.read(info))
        change(new)
    return path


def listing(files: dict[str, bytes], form: int = 1) -> str:
    sums = {name: {"size": len(data), "sha256": sha256(data).hexdigest()} for name, data in files.items()}
    return json.dumps({"format": form, "files": sums})


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "data/lexicon/../../evil", "..\\evil", "evil"])
def test_a_name_that_leads_elsewhere(packed: Path, name: str) -> None:
    refused(rewrite(packed, lambda new: new.writestr(name, b"evil")), InputError, "没有恢复")


def test_a_name_that_leads_elsewhere_and_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("../evil", b"evil")
        new.writestr(LIST, listing({"../evil": b"evil"}))
    refused(path, InputError, "没有恢复")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device(packed: Path, kind: int) -> None:
    def change(new: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("data/lexicon/link.txt")
        info.external_attr = (kind | 0o777) << 16
        new.writestr(info, "/etc/passwd")

    refused(rewrite(packed, change), InputError, "没有恢复")


def test_a_name_twice(packed: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = rewrite(packed, lambda new: new.writestr("recommender.toml", b"other"))
    refused(path, InputError)


def test_a_bomb_that_declares_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_SMALL", 1 << 20)
    data = bytes(8 << 20)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("data/corpus.sqlite", data)
        new.writestr(LIST, listing({"data/corpus.sqlite": data}))
    refused(path, InputError, "不合常理")


def test_a_bomb_that_declares_less_than_it_holds(tmp_path: Path) -> None:
    small, name = b"\0" * 100, "data/corpus.sqlite"
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(name, bytes(8 << 20))
        new.writestr(LIST, listing({name: small}))
    data = path.read_bytes()
    for size in ((8 << 20).to_bytes(4, "little"),):  # in the local header and in the directory
        data = data.replace(size, len(small).to_bytes(4, "little"))
    path.write_bytes(data)
    refused(path, IntegrityError)
    left = tmp_path / "into" / name
    assert not left.exists() or left.stat().st_size <= len(small)


def test_no_room_is_said_before_anything_is_written(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 10

    monkeypatch.setattr("shutil.disk_usage", lambda _: Full)
    with pytest.raises(UsageError, match="请清理磁盘"):
        unpack(packed, packed.parent / "into")
    assert list((packed.parent / "into").iterdir()) == []


# -- damaged and other -----------------------------------------------------------------------------


def test_every_flipped_byte_is_noticed_or_changes_nothing(packed: Path) -> None:
    """ZIP has bytes that mean nothing (dates, attributes): flipped, the content still comes back whole."""
    data = packed.read_bytes()
    path, noticed = packed.with_name("flipped.zip"), 0
    for position in range(0, len(data), 3):
        changed = bytearray(data)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        into = packed.parent / f"into{position}"
        try:
            names = unpack(path, into)
        except (InputError, IntegrityError):
            noticed += 1
        else:
            assert {name: (into / name).read_bytes() for name in names} == FILES
    assert noticed > len(data) / 3 / 2


@pytest.mark.parametrize("keep", [0, 1, 100, -1])
def test_half_an_archive(packed: Path, keep: int) -> None:
    path = packed.with_name("half.zip")
    path.write_bytes(packed.read_bytes()[:keep])
    refused(path, InputError, "不是备份文件")


def test_what_is_no_archive_of_ours(tmp_path: Path) -> None:
    refused(tmp_path / "none.zip", InputError, "找不到")
    with tarfile.open(tmp_path / "a.tar", "w"):
        pass
    refused(tmp_path / "a.tar", InputError, "不是备份文件")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as other:
        other.writestr("recommender.toml", "")
    refused(tmp_path / "b.zip", InputError, "不是本程序的备份文件")
    refused(tmp_path, InputError)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 1, "files": {"recommender.toml": 3}}', "[" * 100_000]
)
def test_a_list_that_is_none(packed: Path, text: str) -> None:
    refused(rewrite(packed, lambda new: new.writestr(LIST, text), but=LIST), IntegrityError, "清单")


def test_a_list_of_another_form_or_of_other_files(packed: Path) -> None:
    newer = rewrite(packed, lambda new: new.writestr(LIST, listing({}, form=2)), but=LIST)
    refused(newer, InputError, "请升级本程序")
    fewer = rewrite(packed, lambda new: new.writestr(LIST, listing({})), but=LIST)
    refused(fewer, IntegrityError, "与清单不符")


def test_a_file_that_cannot_be_written_leaves_the_former(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = packed.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="磁盘已满"):
        pack(packed, {"recommender.toml": b"new"}, {})
    assert packed.read_bytes() == before
    assert not list(packed.parent.glob(".*"))
