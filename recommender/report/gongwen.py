"""An empty Word document set as an official paper: GB/T 9704-2012 《党政机关公文格式》.

Page, margins, fonts, sizes, line grid and numbering after its sections 5 to 7. Fonts are named, none
is shipped; where 仿宋_GB2312 is missing, Word takes the 仿宋 that comes with Windows (``altName``).
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from recommender.report.numbering import HEADINGS, LIST, numbered, set_numbering, word_element

if TYPE_CHECKING:
    from docx.document import Document

TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN_FONT = "Times New Roman"
LINE = 579  # twentieths of a point: 28.95 pt, 22 lines on the 225 mm between the margins
_SIZES = {"Title": 44, "Subtitle": 32, "Normal": 32, "Caption": 24}  # half points: 二号 22 pt, 三号 16 pt
_FONTS = {
    "Normal": BODY_FONT,
    "Title": TITLE_FONT,
    "Subtitle": SUBHEAD_FONT,
    "Heading 1": HEAD_FONT,
    "Heading 2": SUBHEAD_FONT,
    "Heading 3": BODY_FONT,
    "List Number": BODY_FONT,
    "Caption": HEAD_FONT,
}
_ALTERNATIVES = {BODY_FONT: "仿宋", SUBHEAD_FONT: "楷体", TITLE_FONT: "方正小标宋_GBK"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def new_document() -> "Document":
    """An A4 page with the styles Title, Subtitle, Heading 1 to 3, List Number, Caption."""
    from docx import Document

    document = Document()
    _set_page(document)
    _set_defaults(document)
    for name, font in _FONTS.items():
        _set_style(document.styles[name], name, font)
    set_numbering(document)
    _set_page_number(document)
    _name_alternatives(document)
    return document


def saved(document: "Document") -> bytes:
    """The file, the same bytes for the same content: no clock in it."""
    buffer, whole = BytesIO(), BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as made, ZipFile(whole, "w", ZIP_DEFLATED) as out:
        for name in made.namelist():
            out.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), made.read(name), ZIP_DEFLATED)
    return whole.getvalue()


def set_fonts(properties: Any, east_asian: str) -> None:
    """Name the fonts of run properties and drop those of the theme, which would win over them."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” … — are drawn full width, as Chinese


def _set_page(document: "Document") -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(28)
    for old in section._sectPr.xpath("./w:docGrid"):
        section._sectPr.remove(old)
    section._sectPr.append(word_element("docGrid", type="lines", linePitch=str(LINE)))


def _set_defaults(document: "Document") -> None:
    """Language and fonts of everything that no style speaks of."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_fonts(defaults, BODY_FONT)
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(word_element("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"))
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if str(name).endswith("Theme")]:
            del fonts.attrib[name]
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.remove(old)
    language = word_element("themeFontLang", val="zh-CN", eastAsia="zh-CN")
    followers = ("clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator")
    after = next(child for child in settings if child.tag in [qn(f"w:{name}") for name in followers])
    after.addprevious(language)


def _set_style(style: Any, name: str, font: str) -> None:
    from docx.oxml.ns import qn

    element = style.element
    for part in ("w:rPr", "w:pPr"):
        for old in element.findall(qn(part)):
            element.remove(old)
    run = element.get_or_add_rPr()
    set_fonts(run, font)
    size = str(_SIZES.get(name, 32))
    for tag in ("color", "sz", "szCs"):
        run.append(word_element(tag, val="000000" if tag == "color" else size))
    paragraph = element.get_or_add_pPr()
    for child in _paragraph_rules(name):
        paragraph.append(child)


def _paragraph_rules(name: str) -> list[Any]:
    """The paragraph properties of a style, in the order that the schema wants."""
    level = int(name[-1]) if name.startswith("Heading") else 0
    rules = []
    if level or name in ("Title", "Caption"):
        rules.append(word_element("keepNext"))
    if level or name == "List Number":
        rules.append(numbered(HEADINGS if level else LIST, level - 1 if level else 0))
    before = str(LINE) if name in ("Title",) else "0"
    after = str(LINE) if name == "Subtitle" else "0"
    rules.append(word_element("spacing", before=before, after=after, line=str(LINE), lineRule="exact"))
    centred = name in ("Title", "Subtitle", "Caption")
    if not centred:
        rules.append(word_element("ind", left="0", firstLineChars="200", firstLine="640"))
    rules.append(word_element("jc", val="center" if centred else "both"))
    if level:
        rules.append(word_element("outlineLvl", val=str(level - 1)))
    return rules


def flush(paragraph: Any) -> None:
    """A paragraph without the indent of two characters."""
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(f"{{{_W}}}firstLineChars", "0")
    paragraph.paragraph_format.first_line_indent = 0


def off_grid(paragraph: Any) -> None:
    """Lines of a table stand closer than the grid of the page."""
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(f"{{{_W}}}spacing")
    spacing.addprevious(word_element("snapToGrid", val="0"))


def _set_page_number(document: "Document") -> None:
    """— 1 — in 四号, at the outer side: right on odd pages, left on even ones (7.5 of the standard)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        edge = {"right": "rightChars", "left": "leftChars"}[side]
        indent = word_element("ind", **{edge: "100", "firstLineChars": "0", "firstLine": "0"})
        for child in (indent, word_element("jc", val=side)):
            paragraph._p.get_or_add_pPr().append(child)
        _page_field(paragraph)


def _page_field(paragraph: Any) -> None:
    pieces: tuple[tuple[str, str], ...] = (
        *(("text", "— "), ("begin", ""), ("code", "PAGE"), ("separate", "")),
        *(("text", "1"), ("end", ""), ("text", " —")),
    )
    for kind, text in pieces:
        run = paragraph.add_run(text if kind == "text" else "")
        set_fonts(run._r.get_or_add_rPr(), "宋体")
        run._r.get_or_add_rPr().append(word_element("sz", val="28"))
        if kind == "code":
            code = word_element("instrText")
            code.text = text
            run._r.append(code)
        elif kind != "text":
            run._r.append(word_element("fldChar", fldCharType=kind))


def _name_alternatives(document: "Document") -> None:
    """The font table: what to take where a font of the standard is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part._blob = f'{head}<w:fonts xmlns:w="{_W}">{fonts}</w:fonts>'.encode()
