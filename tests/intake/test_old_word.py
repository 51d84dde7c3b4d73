"""Old Word files as LibreOffice writes them: numbers, tables and tracked changes as in .docx."""

from pathlib import Path

import hostile
import pytest
from office_files import convert
from test_word import GOVERNMENT, numbered, numbering, p

from recommender.config import Limits
from recommender.intake.read import read_one
from recommender.intake.readers.word97 import read_word97
from recommender.intake.reading import Unreadable

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
TYPES = f"""<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{OFFICE}.numbering+xml"/></Types>"""


def relation(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="r1" Type="{LINK}/{kind}" Target="{target}"/>'
    return f'<?xml version="1.0"?>{RELATIONS}{one}</Relationships>'.encode()


def changed() -> str:
    by = 'w:author="a" w:date="2024-01-01T00:00:00Z"'
    gone = f'<w:del w:id="1" {by}><w:r><w:delText>删去</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2" {by}><w:r><w:t>增加</w:t></w:r></w:ins>'
    return f"<w:p><w:r><w:t>保留</w:t></w:r>{gone}{new}<w:r><w:t>完。</w:t></w:r></w:p>"


def table(*rows: tuple[str, str]) -> str:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    cells = ("".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{grid}" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A Word file with everything in it, and the same one saved in the old format."""
    folder = tmp_path_factory.mktemp("word")
    body = p("关于整理名录的意见") + numbered("总体要求") + numbered("指导思想", 1) + numbered("目标", 1)
    body += numbered("甲", 2) + numbered("乙", 2) + table(("县名", "小站"), ("示例县", ""), ("", "3"))
    body += numbered("任务") + numbered("丙", 1) + changed()
    parts = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": relation("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": relation("numbering", "numbering.xml"),
        "word/document.xml": hostile.document(body.encode()),
        "word/numbering.xml": numbering(GOVERNMENT).encode(),
    }
    path = folder / "a.docx"
    path.write_bytes(hostile.package(parts))
    (old,) = convert([path], "doc", folder)
    return path, old


def test_numbers_tables_and_changes_are_as_in_docx(both: tuple[Path, Path]) -> None:
    new, old = (read_one(path)[0] for path in both)
    assert (new.form, old.form) == ("docx", "doc")
    assert new.text == old.text
    assert "（二）目标\n1. 甲\n2. 乙\n县名\t小站\n示例县\t\n\t3\n二、任务" in old.text
    assert old.text.endswith("保留增加完。")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_an_old_file_cut_short_is_read_or_refused(both: tuple[Path, Path], share: float) -> None:
    data = both[1].read_bytes()
    try:
        assert read_word97(data[: int(share * len(data))], Limits()).form == "doc"
    except Unreadable as error:
        assert "请用 Word 或 WPS" in str(error)
