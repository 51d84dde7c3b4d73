"""The Word page as LibreOffice prints it: its words in order, Chinese letters and not boxes."""

import subprocess
from pathlib import Path

import pytest
from samples import hostile_report, make_report
from systems import chinese_font, program

from recommender.report.build import Report
from recommender.report.fonts import Font
from recommender.report.word import render_word

TITLES = ("推进贸易数字化研究", "发展养老服务研究")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for LibreOffice's own settings and for what is printed."""
    program("soffice", "libreoffice")
    program("pdftotext")
    return tmp_path_factory.mktemp("office")


def printed(report: Report, font: Font | None, office: Path, name: str) -> Path:
    """The report's Word page as PDF."""
    path = office / f"{name}.docx"
    path.write_bytes(render_word(report, font))
    settings = f"-env:UserInstallation={(office / 'settings').as_uri()}"
    convert: list[str | Path] = [
        program("soffice", "libreoffice"),
        settings,
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*convert, "--outdir", office, path], check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf")


def words(pdf: Path) -> str:
    done = subprocess.run(
        [program("pdftotext"), "-layout", pdf, "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


def first_page(pdf: Path) -> bytes:
    draw: list[str | Path] = [program("pdftoppm"), "-r", "60", "-f", "1", "-l", "1", "-png", pdf]
    return subprocess.run(draw, check=True, capture_output=True).stdout


def test_the_page_prints_with_its_numbers(office: Path) -> None:
    text = words(printed(make_report(*TITLES), chinese_font(), office, "plain"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[0] == "本期推荐研究方向"
    assert [line.replace(" ", "") for line in lines[2:4]] == [f"{n}.{t}" for n, t in enumerate(TITLES, 1)]
    for heading in ("一、理由和依据", f"（一）{TITLES[0]}", f"（二）{TITLES[1]}", "二、与编辑选题对照"):
        assert heading in lines
    assert any(line.replace(" ", "") == "—1—" for line in lines)


def test_chinese_letters_are_drawn_and_not_boxes(office: Path) -> None:
    """Boxes look the same whatever they stand for; letters do not."""
    chinese_font()
    pages = [first_page(printed(make_report(word), None, office, word)) for word in ("研究方向", "甲乙丙丁")]
    assert pages[0] != pages[1]


def test_hostile_text_prints(office: Path) -> None:
    assert "<AI&数据>融合" in words(printed(hostile_report(), None, office, "hostile"))
