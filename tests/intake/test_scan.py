"""Scans: what is said without the ``ocr`` extra, and what is read with it."""

from pathlib import Path

import pytest
import scanned
from office_files import convert

from recommender.config import Limits
from recommender.errors import InputError
from recommender.intake.parse import parse_text
from recommender.intake.read import read_one
from recommender.intake.readers import scan, table
from recommender.intake.readers.table import read_bytes

TEXT = """关于整理山货名录的意见

各有关单位：
为推进山货外销，现提出如下意见。
一、总体要求
（一）整理山货名录。各县登记特产的产地和产量，每年更新一次，供买家查询。
（二）培养带货能手。职业学校开设短期班，农户学会拍摄与讲解。
（三）修好冷链小站。村口设置小型冷库，电费按照农用价格计算。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[scanned.Picture]:
    """The text printed, and its page scanned."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (word,) = convert([folder / "a.txt"], "docx", folder)
    (printed,) = convert([word], "pdf", folder)
    return scanned.pictures(printed.read_bytes())


def test_without_the_library_the_message_says_what_to_install(
    pages: list[scanned.Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "can_recognise", lambda: False)
    with pytest.raises(InputError, match=r"扫描件.*recommender\[ocr\]"):
        read_bytes("pdf", scanned.as_pdf(pages), Limits(), lambda number: None)


@pytest.mark.skipif(not scan.can_recognise(), reason="the ocr extra is not installed")
@pytest.mark.parametrize("kind", scanned.KINDS)
def test_a_scan_is_read_with_its_confidence(pages: list[scanned.Picture], tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned.as_pdf([scanned.KINDS[kind](page) for page in pages]))
    reading, _ = read_one(path, Limits(seconds=300))
    headings = [clause.heading for clause in parse_text(reading.text).documents[0].clauses if clause.heading]
    assert headings == ["总体要求", "整理山货名录", "培养带货能手", "修好冷链小站"]
    assert reading.form == "scan"
    assert "平均把握" in reading.warnings[0]
