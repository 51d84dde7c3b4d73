"""Files as text: encodings, refusals with a remedy, folders."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import InputError, RecommenderError
from recommender.intake.read import find_files, read_one
from recommender.intake.readers.table import READERS, REFUSED
from recommender.intake.readers.text import decode_text

SHORT = "产教融合"
KOREAN = (
    "올해 우리 학교는 마을 사람들과 함께 겨울 시장을 열고 손으로 만든 물건과 따뜻한 음식을 나누기로 하였다. "
    "학생들은 주말마다 모여 간판을 그리고 의자를 고치며 손님을 맞을 준비를 한다."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text", [SHORT, "研究", "山", "示例学院动态\n第 3 期（总第 73 期）\n", "目录\t……\t12，“引文”①③"]
)
def test_the_encodings_of_the_office(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    text = "示例学院动态\n第 3 期（总第 73 期）\n一、总体要求"
    assert decode_text(text.encode(encoding)) == text


@given(st.text(st.sampled_from("山货名录登记一二三，。（）《》\n\tAB12"), min_size=1))
def test_gb18030_and_utf8_read_alike(text: str) -> None:
    assert decode_text(text.encode("gb18030")) == decode_text(text.encode("utf-8")) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SHORT.encode("utf-16") + b"\0", "UTF-16"),
        (b"PK\x03\x04\x14\0\0\0", "二进制"),
        (bytes(range(256)) * 4, "二进制"),
        ("産業教育の振興について検討する。".encode("shift_jis"), "编码"),
        ("産業教育の振興について検討する。".encode("euc-jp"), "编码"),
        (KOREAN.encode("euc-kr"), "编码"),
        (bytes(128 + (place * 73 + 41) % 127 for place in range(999)), "编码"),
        ("示例".encode() + b"\xff\xfe\xfd", "编码"),
    ],
    ids=[
        "torn utf-16",
        "zip",
        "all bytes",
        "shift-jis",
        "euc-jp",
        "euc-kr",
        "noise",
        "torn utf-8",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode_text(data)


@pytest.mark.xfail(
    strict=True, reason="short Korean bytes are also common Chinese characters; no rule tells them apart"
)
def test_short_korean_is_refused() -> None:
    with pytest.raises(ValueError, match="编码"):
        decode_text("직업 교육 발전을 위한 정책".encode("euc-kr"))


def test_a_file_comes_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    data = SHORT.encode("gbk")
    path = tmp_path / "一期.TXT"
    path.write_bytes(data)
    reading, digest = read_one(path)
    assert (reading.text, digest) == (SHORT, hashlib.sha256(data).hexdigest())


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "空的"),
        ("空白.txt", " \n\t\r\n　".encode(), "空的"),
        ("程序.txt", b"MZ\0\0\x01\x02", "程序"),
        ("二进制.txt", b"\x01\x02\0\0\x01\x02", "二进制"),
        ("乱码.md", "産業教育の振興について検討する。".encode("shift_jis"), "另存为 UTF-8"),
        ("表.docx", b"\x89PNG\r\n\x1a\n\0", "图片"),
        ("旧.doc", b"{\\rtf1 abc}", "RTF"),
    ],
)
def test_refusals_name_the_file_and_what_to_do(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(InputError, match="请") as refusal:
        read_one(path)
    assert str(path) in str(refusal.value)
    assert said in str(refusal.value)
    assert isinstance(refusal.value, RecommenderError)
    assert refusal.value.exit_code == 3


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "没有.txt"
    for reader in (read_one, find_files):
        with pytest.raises(InputError, match="找不到") as refusal:
            reader(missing)
        assert str(missing) in str(refusal.value)


def test_a_folder_given_as_a_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    with pytest.raises(InputError, match="读不出来"):
        read_one(folder)


def test_files_of_a_folder_sorted_without_notes(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    (tmp_path / ".hidden").mkdir()
    wanted = [write(tmp_path / "2025", "a.txt", b"a"), write(tmp_path, "b.md", b"b")]
    for name in ("README.md", "readme.txt", "~$b.md", ".c.txt", "picture.png"):
        write(tmp_path, name, b"x")
    write(tmp_path / ".hidden", "d.txt", b"d")
    assert find_files(tmp_path) == wanted


def test_a_single_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "README.md", b"x")
    assert find_files(path) == [path]


def test_a_folder_without_bulletins_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "README.md", b"x")
    with pytest.raises(InputError, match="没有可读的动态") as refusal:
        find_files(tmp_path)
    assert str(tmp_path) in str(refusal.value)


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "表.xyz", SHORT.encode()))[0].text == SHORT
    assert set(READERS).isdisjoint(REFUSED)
