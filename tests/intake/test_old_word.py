"""Old Word files as LibreOffice writes them: numbers, tables and tracked changes as in .docx."""

from pathlib import Path

import hostile
import olefile
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
<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/></Types>"""


def relation(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="r1" Type="{LINK}/{kind}" Target="{target}"/>'
    return f'<?xml version="1.0"?>{RELATIONS}{one}</Relationships>'.encode()


BY = 'w:author="a" w:date="2024-01-01T00:00:00Z"'


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def changed() -> str:
    gone = f'<w:del w:id="1" {BY}><w:r><w:delText>删去</w:delText></w:r></w:del>'
    return f'<w:p>{r("保留")}{gone}<w:ins w:id="2" {BY}>{r("增加")}</w:ins>{r("完。")}</w:p>'


def moved() -> str:
    here = f'<w:p><w:moveFrom w:id="5" {BY}>{r("移走。")}</w:moveFrom>{r("中间。")}</w:p>'
    there = f'<w:p><w:moveTo w:id="6" {BY}>{r("移来。")}</w:moveTo></w:p>'
    joined = f'<w:p><w:pPr><w:rPr><w:del w:id="3" {BY}/></w:rPr></w:pPr>{r("前半，")}</w:p>'
    return here + there + joined + p("后半。")


def table(*rows: tuple[str, str]) -> str:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    cells = ("".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{grid}" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def with_box(text: str, *inside: str) -> str:
    """A paragraph beside which a text box floats."""
    look = 'xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t202" style="width:200pt;height:60pt"'
    inner = "".join(f"<w:p>{r(line)}</w:p>" for line in inside)
    shape = f'<v:shape id="b" {look}><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>'
    return f"<w:p>{r(text)}<w:r><w:pict>{shape}</w:pict></w:r></w:p>"


NOTED = f'<w:p>{r("加注")}<w:r><w:footnoteReference w:id="2"/></w:r>{r("的话。")}</w:p>'
LINE = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
NOTE = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{r("脚注的话。")}</w:p></w:footnote>'
NOTES = f"<w:footnotes {hostile.W}>{LINE}{NOTE}</w:footnotes>"


def style(name: str, depth: int | None, base: str = "Normal") -> str:
    number = "" if depth is None else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    head = (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
    )
    return f"{head}<w:pPr>{number}</w:pPr></w:style>"


NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
NUMBERED = style("Top", 0) + style("Next", 1) + style("Heir", None, "Next")
STYLES = f"<w:styles {hostile.W}>{NORMAL}{NUMBERED}</w:styles>"


def styled(text: str, name: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{name}"/>{more}')


def whole_word(body: str, **parts: str) -> bytes:
    """A Word file as other programs want it, with parts by their names in word/."""
    types, links = TYPES, RELATIONS
    for number, name in enumerate(parts):
        kind = f'PartName="/word/{name}.xml" ContentType="{OFFICE}.{name}+xml"'
        types = types.replace("</Types>", f"<Override {kind}/></Types>")
        links += f'<Relationship Id="r{number}" Type="{LINK}/{name}" Target="{name}.xml"/>'
    return hostile.package(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relation("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": f'<?xml version="1.0"?>{links}</Relationships>'.encode(),
            "word/document.xml": hostile.document(body.encode()),
            **{f"word/{name}.xml": part.encode() for name, part in parts.items()},
        }
    )


def saved(folder: Path, body: str, **parts: str) -> tuple[Path, Path]:
    """A Word file, and the same one saved in the old format."""
    path = folder / "a.docx"
    path.write_bytes(whole_word(body, **parts))
    (old,) = convert([path], "doc", folder)
    return path, old


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file with everything in it, in both formats."""
    body = p("关于整理名录的意见") + numbered("总体要求") + numbered("指导思想", 1) + numbered("目标", 1)
    body += numbered("甲", 2) + numbered("乙", 2) + table(("县名", "小站"), ("示例县", ""), ("", "3"))
    body += (
        with_box("框前。", "框里一段。", "框里二段。")
        + NOTED
        + with_box("又一个框。", "框三。")
        + p("框后。")
    )
    body += numbered("任务") + numbered("丙", 1) + moved() + changed()
    return saved(tmp_path_factory.mktemp("word"), body, numbering=numbering(GOVERNMENT), footnotes=NOTES)


@pytest.fixture(scope="module")
def by_style(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old file of which only the styles number: LibreOffice numbers each paragraph as well, so these
    numbers are made another property (of word spacing, 4 bytes long too) in the pages of paragraphs."""
    body = styled("总体要求", "Top") + styled("指导思想", "Next") + styled("目标", "Heir") + p("正文。")
    body += styled("任务", "Top") + styled("丙", "Next")
    folder = tmp_path_factory.mktemp("style")
    _, old = saved(folder, body, numbering=numbering(GOVERNMENT), styles=STYLES)
    with olefile.OleFileIO(old, write_mode=True) as ole:
        word = ole.openstream("WordDocument").read()
        pages = word.replace(b"\x0b\x46", b"\x55\x44").replace(b"\x0a\x26", b"\x33\x24")
        assert pages != word
        ole.write_stream("WordDocument", pages)
    return old


def test_numbers_tables_and_changes_are_as_in_docx(both: tuple[Path, Path]) -> None:
    new, old = (read_one(path)[0] for path in both)
    assert (new.form, old.form) == ("docx", "doc")
    assert new.text == old.text
    assert "（二）目标\n1. 甲\n2. 乙\n县名\t小站\n示例县\t\n\t3\n框前。" in old.text
    assert "框前。\n框里一段。\n框里二段。\n加注的话。\n又一个框。\n框三。\n框后。\n二、任务" in old.text
    assert old.text.endswith("中间。\n移来。\n前半，后半。\n保留增加完。")


def test_notes_are_left_out_and_said(both: tuple[Path, Path]) -> None:
    assert [read_one(path)[0].warnings for path in both] == [("有 1 条脚注或尾注，没有读入正文。",)] * 2


def test_numbers_given_by_styles_are_as_printed(by_style: Path, tmp_path: Path) -> None:
    (printed,) = convert([by_style], "txt:Text (encoded):UTF8", tmp_path)
    lines = read_one(by_style)[0].text.split("\n")
    assert lines == ["一、总体要求", "（一）指导思想", "（二）目标", "正文。", "二、任务", "（一）丙"]
    assert lines == ["".join(line.split()) for line in printed.read_text("utf-8-sig").splitlines()]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_an_old_file_cut_short_is_read_or_refused(both: tuple[Path, Path], share: float) -> None:
    data = both[1].read_bytes()
    try:
        assert read_word97(data[: int(share * len(data))], Limits()).form == "doc"
    except Unreadable as error:
        assert "请用 Word 或 WPS" in str(error)
