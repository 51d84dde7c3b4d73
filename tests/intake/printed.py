"""Text as offices print it: flat OpenDocument files of many layouts, which LibreOffice turns into PDF."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from xml.sax.saxutils import escape

from recommender.intake.marks import find_mark

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_NOTE = "示例注释，说明山货名录的出处与统计的口径，编辑部整理。"
_BOX = ("编者按", "本栏目选编山货外销的做法，供参考。", "来稿请寄编辑部。")
_EVERY = 12  # paragraphs to a footnote; three times as many to a text box


@dataclass(frozen=True)
class Layout:
    """How a bulletin is printed. Lengths in centimetres, sizes of characters in points.

    gap: between columns; spacing: between letters; indent: of first lines, in characters; hanging: numbered
    paragraphs hang from their number; heads: how the headings of clauses are set; titles: heads of documents
    are centred and large; whole_head: what stands above the first document crosses the columns; inner: by
    how much the margin inside is wider than the one outside; even_head: the running head of even pages.
    """

    width: float = 21.0
    height: float = 29.7
    margin: float = 2.7
    columns: int = 1
    gap: float = 0.8
    size: float = 12.0
    leading: str = "150%"
    justified: bool = True
    spacing: float = 0.0
    indent: float = 2.0
    hanging: bool = False
    heads: Literal["plain", "bold", "large"] = "plain"
    titles: bool = False
    head: str = ""
    foot: str = "— {} —"
    whole_head: bool = False
    ruled: bool = False
    notes: bool = False
    boxes: bool = False
    tables: bool = False
    after: float = 0.0
    inner: float = 0.0
    even_head: str = ""


OFFICE = Layout(size=16, leading="28pt", margin=2.7, heads="bold", titles=True)
LAYOUTS = {
    "plain": Layout(),
    "paper of GB/T 9704": OFFICE,
    "no indents, space between paragraphs": Layout(indent=0, after=0.3),
    "no indents, nothing between paragraphs": Layout(indent=0),
    "ragged right": Layout(justified=False, size=14),
    "letters spaced": Layout(spacing=1.5, size=14, heads="bold"),
    "letters spaced far, two columns": Layout(spacing=3, size=12, columns=2, margin=1.5),
    "running head with a rule": Layout(
        head="示例职业学院　高职教育动态　2025年第3期", ruled=True, heads="bold"
    ),
    "page 1 of 9": Layout(foot="第 {} 页 共 {pages} 页", head="内部资料　注意保存"),
    "bare page numbers": Layout(foot="{}"),
    "hanging numbers": Layout(hanging=True, indent=2),
    "two columns": Layout(columns=2, margin=2, size=10.5, head="高职教育动态", titles=True),
    "two columns, narrow gap": Layout(columns=2, margin=1.5, gap=0.5, size=10.5, leading="120%"),
    "two columns, no indents": Layout(columns=2, margin=2, indent=0, size=10.5, after=0.2),
    "two columns below a whole head": Layout(columns=2, margin=2, size=10.5, whole_head=True, heads="bold"),
    "two columns, ragged, large": Layout(columns=2, margin=1.8, size=14, justified=False, heads="large"),
    "three columns, landscape": Layout(29.7, 21, 1.5, columns=3, size=10.5, head="高职教育动态"),
    "two columns, landscape": Layout(29.7, 21, 2, columns=2, gap=1.5, size=12, heads="bold", titles=True),
    "landscape": Layout(29.7, 21, 2, size=14),
    "narrow margins, small letters": Layout(margin=1, size=9, leading="115%", heads="bold"),
    "small paper, large letters": Layout(14.8, 21, 1.5, size=15, heads="large", titles=True),
    "footnotes": Layout(notes=True, heads="bold", size=14),
    "footnotes in two columns": Layout(notes=True, columns=2, margin=2, size=10.5),
    "text boxes": Layout(boxes=True, heads="bold"),
    "tables": Layout(tables=True, head="高职教育动态", ruled=True),
    "tables in two columns": Layout(tables=True, columns=2, margin=1.5, size=10.5),
    "mirrored margins": Layout(
        inner=1.5, head="高职教育动态", even_head="示例职业学院科研处　2025年第3期", heads="bold"
    ),
    "mirrored margins, two columns": Layout(
        columns=2, margin=1.8, inner=1, size=10.5, head="高职教育动态", even_head="2025年第3期"
    ),
    "everything": Layout(
        columns=2,
        margin=1.8,
        size=10.5,
        spacing=0.5,
        heads="bold",
        titles=True,
        head="高职教育动态　第3期",
        ruled=True,
        notes=True,
        tables=True,
        whole_head=True,
    ),
}


def as_printed(paragraphs: Sequence[str], layout: Layout) -> str:
    """A flat OpenDocument text; rows of tables are paragraphs with tabs between the cells."""
    first = next((i for i, text in enumerate(paragraphs) if re.search("[。；]", text)), 0)
    head, body = _paragraphs(paragraphs[:first], layout, 0), _paragraphs(paragraphs[first:], layout, first)
    if layout.whole_head:
        head = f'<text:section text:name="head" text:style-name="One">{head}</text:section>'
        body = f'<text:section text:name="body" text:style-name="Many">{body}</text:section>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_styles(layout)}{_page(layout)}<office:body><office:text>{head}{body}</office:text></office:body>"
        "</office:document>"
    )


def _paragraphs(texts: Iterable[str], layout: Layout, first: int) -> str:
    done: list[str] = []
    for is_row, group in groupby(enumerate(texts, first), lambda pair: "\t" in pair[1]):
        if is_row and layout.tables:
            done.append(_table([text for _, text in group]))
        else:
            done += [_paragraph(place, text, layout) for place, text in group]
    return "".join(done)


def _table(rows: list[str]) -> str:
    cells = [row.split("\t") for row in rows]
    widest = max(map(len, cells))
    lines = (
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string" table:style-name="Cell">'
            f'<text:p text:style-name="InCell">{escape(cell)}</text:p></table:table-cell>'
            for cell in [*row, *[""] * (widest - len(row))]
        )
        + "</table:table-row>"
        for row in cells
    )
    columns = f'<table:table-column table:number-columns-repeated="{widest}"/>'
    return f'<table:table table:name="t">{columns}{"".join(lines)}</table:table>'


def _paragraph(place: int, text: str, layout: Layout) -> str:
    mark = find_mark(text)
    is_title = layout.titles and mark is not None and mark.kind == "一、" and "《" in text and len(text) < 120
    style = "Title" if is_title else "Hanging" if mark and layout.hanging else "Body"
    inner = "".join(_runs(text, layout, bool(mark) and not is_title)) + "".join(_extras(place, text, layout))
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _runs(text: str, layout: Layout, is_clause: bool) -> Iterator[str]:
    """The heading of a clause in its own letters, and the rest."""
    end = text.find("。") + 1 if is_clause and 0 < text.find("。") < 40 else 0
    if end and layout.heads != "plain":
        yield f'<text:span text:style-name="Heading">{_spaced(text[:end])}</text:span>'
        text = text[end:]
    yield _spaced(text)


def _spaced(text: str) -> str:
    return re.sub(" {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text)).replace(
        "\t", "<text:tab/>"
    )


def _extras(place: int, text: str, layout: Layout) -> Iterator[str]:
    if layout.notes and place % _EVERY == _EVERY - 1 and "\t" not in text:
        yield (
            f'<text:note text:id="n{place}" text:note-class="footnote">'
            f"<text:note-citation>{place // _EVERY + 1}</text:note-citation><text:note-body>"
            f'<text:p text:style-name="Footnote">{_NOTE}</text:p></text:note-body></text:note>'
        )
    if layout.boxes and place % (3 * _EVERY) == _EVERY and "\t" not in text:
        lines = "".join(f'<text:p text:style-name="InCell">{line}</text:p>' for line in _BOX)
        yield (
            '<draw:frame draw:style-name="Box" text:anchor-type="paragraph" svg:width="4.5cm"'
            f' svg:height="2.2cm"><draw:text-box>{lines}</draw:text-box></draw:frame>'
        )


def _styles(layout: Layout) -> str:
    size, em = layout.size, layout.size / 28.35
    adjust = "justify" if layout.justified else "start"
    letters = f'fo:letter-spacing="{layout.spacing}pt"' if layout.spacing else ""
    hang = f'fo:margin-left="{2 * em:.3f}cm" fo:text-indent="{-2 * em:.3f}cm"'
    weight = 'fo:font-weight="bold" style:font-weight-asian="bold"'
    larger = f'fo:font-size="{size + 2}pt" style:font-size-asian="{size + 2}pt"'
    heading = f"{weight} {larger if layout.heads == 'large' else ''}"

    def paragraph(name: str, place: str, letter: str, align: str = adjust) -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties'
            f' fo:line-height="{layout.leading}" fo:text-align="{align}" fo:orphans="1" fo:widows="1"'
            f' fo:margin-bottom="{layout.after}cm" {place}/>'
            f'<style:text-properties style:font-name-asian="CJK" {letter} {letters}/></style:style>'
        )

    own = f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"'
    small = f'fo:font-size="{size * 0.75}pt" style:font-size-asian="{size * 0.75}pt"'
    title = f'fo:font-size="{size + 4}pt" style:font-size-asian="{size + 4}pt" {weight}'
    border = 'fo:border="0.5pt solid #000000" fo:padding="0.1cm"'
    return (
        '<office:font-face-decls><style:font-face style:name="CJK" svg:font-family="Noto Sans CJK SC"/>'
        "</office:font-face-decls><office:styles>"
        + paragraph("Body", f'fo:text-indent="{layout.indent * em:.3f}cm"', own)
        + paragraph("Hanging", hang, own)
        + paragraph("Title", 'fo:margin-top="0.3cm"', title, "center")
        + paragraph("InCell", "", small, "start")
        + paragraph("Footnote", "", small, "start")
        + paragraph(
            "Running", 'fo:border-bottom="0.5pt solid #000000"' if layout.ruled else "", small, "center"
        )
        + f'<style:style style:name="Heading" style:family="text"><style:text-properties {heading}/>'
        '</style:style><style:style style:name="Box" style:family="graphic"><style:graphic-properties'
        f' style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph" {border}/>'
        "</style:style></office:styles><office:automatic-styles>"
        f'<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties {border}/>'
        f"</style:style>{_section('One', 1, layout)}{_section('Many', layout.columns, layout)}"
    )


def _section(name: str, columns: int, layout: Layout) -> str:
    inner = f'<style:columns fo:column-count="{columns}" fo:column-gap="{layout.gap}cm"/>'
    return (
        f'<style:style style:name="{name}" style:family="section"><style:section-properties'
        f' text:dont-balance-text-columns="false">{inner}</style:section-properties></style:style>'
    )


def _page(layout: Layout) -> str:
    """The page and what runs on it; closes the automatic styles."""
    columns = 1 if layout.whole_head else layout.columns
    number = '<text:page-number text:select-page="current"/>'
    foot = layout.foot.format(number, pages="<text:page-count/>")
    mirrored = 'style:page-usage="mirrored"' if layout.inner else ""
    running = '<text:p text:style-name="Running">'
    even = f"<style:header-left>{running}{layout.even_head}</text:p></style:header-left>"
    wide = "landscape" if layout.width > layout.height else "portrait"
    return (
        f'<style:page-layout style:name="L" {mirrored}><style:page-layout-properties'
        f' fo:page-width="{layout.width}cm" fo:page-height="{layout.height}cm" fo:margin="{layout.margin}cm"'
        f' fo:margin-left="{layout.margin + layout.inner}cm"'
        f' style:print-orientation="{wide}">'
        f'<style:columns fo:column-count="{columns}" fo:column-gap="{layout.gap}cm"/>'
        "</style:page-layout-properties><style:header-style/><style:footer-style/></style:page-layout>"
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard"'
        ' style:page-layout-name="L">'
        f"<style:header>{running}{layout.head}</text:p></style:header>"
        f"{even if layout.even_head else ''}"
        f"<style:footer>{running}{foot}</text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
