"""Scans: what is said without the ``ocr`` extra, and what is read with it."""

from pathlib import Path

import hostile
import pypdfium2
import pytest
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
def scanned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page drawn at 200 dpi and put back into a PDF as a picture."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (word,) = convert([folder / "a.txt"], "docx", folder)
    (printed,) = convert([word], "pdf", folder)
    page = pypdfium2.PdfDocument(printed)[0].render(scale=200 / 72, grayscale=True).to_numpy()
    picture = page[:, :, 0] if page.ndim == 3 else page
    return as_pdf(bytes(picture.tobytes()), picture.shape[1], picture.shape[0])


def as_pdf(pixels: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that is a grey picture."""
    size = f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = f"<< /Type /XObject /Subtype /Image {size} /Length {len(pixels)} >>\nstream\n".encode() + pixels
    box = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page = box + b"/Resources << /XObject << /I 5 0 R >> >> >>"
    draw = b"<< /Length 28 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream"
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    return hostile.pdf(catalogue, hostile.PAGES, page, draw, image + b"\nendstream")


def test_without_the_library_the_message_says_what_to_install(
    scanned: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "can_recognise", lambda: False)
    with pytest.raises(InputError, match=r"扫描件.*recommender\[ocr\]"):
        read_bytes("pdf", scanned, Limits(), lambda number: None)


@pytest.mark.skipif(not scan.can_recognise(), reason="the ocr extra is not installed")
def test_a_scan_is_read_with_its_confidence(scanned: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned)
    reading, _ = read_one(path, Limits(seconds=300))
    headings = [clause.heading for clause in parse_text(reading.text).documents[0].clauses if clause.heading]
    assert headings == ["总体要求", "整理山货名录", "培养带货能手", "修好冷链小站"]
    assert reading.form == "scan"
    assert "平均把握" in reading.warnings[0]
