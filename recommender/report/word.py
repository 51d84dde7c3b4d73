"""A report as a Word page that an editor pastes into the bulletin; ``gongwen`` sets the page."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from recommender.recommend.wording import quoted
from recommender.records import Suggestion
from recommender.report import tables
from recommender.report.build import Outlook, Overview, Report, issue_name, issue_short
from recommender.report.charts.catalogue import outlook_charts, overview_charts
from recommender.report.charts.chart import WIDTH, Chart, picture
from recommender.report.fonts import Font, remedy
from recommender.report.gongwen import BODY_FONT, HEAD_FONT, flush, new_document, off_grid, saved, set_fonts
from recommender.report.numbering import number_by, restart_list
from recommender.report.plain import printable
from recommender.report.wording import basis_note, label_note, main_reasons, match_line, source_line

if TYPE_CHECKING:
    from docx.document import Document

_TALLEST = 540  # points: a picture leaves room for its caption on the page
_EDGE, _WIDE = 2, 18  # characters: the margins of a cell; no column is weighed as wider than this


def render_word(report: Report, font: Font | None) -> bytes:
    """The list first, then why, then a page with the comparison and the charts.

    font: with which the charts are drawn; without one the paper says what to install.
    """
    paper = _Paper(f"{issue_name(report.issue)}：推荐研究方向", font)
    paper.line("本期推荐研究方向", "Title")
    paper.line(issue_name(report.issue), "Subtitle")
    for one in report.suggestions:
        paper.line(one.title, "List Number")
    if not report.suggestions:
        paper.line("这一期没有找到可以推荐的方向：没有可研究的条款标题或文件主题。")
    if report.suggestions:
        paper.line("理由和依据", "Heading 1")
    for one in report.suggestions:
        _direction(paper, one)
    charts = outlook_charts(report.outlook)
    paper.new_page()
    paper.line("与编辑选题对照", "Heading 1")
    paper.table(tables.match_table(report.matches))
    paper.charts(charts, ("ranks",))
    _comparison(paper, report.outlook)
    paper.line("政策关注度", "Heading 1")
    paper.charts(charts, ("emphasis",))
    paper.table(tables.theme_table(report.themes))
    paper.line(basis_note(report))
    return paper.saved()


def render_overview_word(overview: Overview, font: Font | None) -> bytes:
    """What was suggested and picked, issue by issue; then hits and topics over time."""
    paper = _Paper(f"{overview.name}：推荐与选题总览", font)
    paper.line("推荐与选题总览", "Title")
    paper.line(overview.name, "Subtitle")
    paper.line("各期推荐方向", "Heading 1")
    for report in overview.reports:
        paper.line(issue_short(report.issue), "Heading 2")
        paper.numbered([one.title for one in report.suggestions])
        if report.matches:
            paper.said("编辑选题", "；".join(match_line(match) for match in report.matches) + "。")
    paper.new_page()
    paper.line("推荐与编辑选题", "Heading 1")
    charts = overview_charts(overview)
    paper.charts(charts, ("hits", "ranks"))
    _comparison(paper, overview.outlook)
    paper.line("政策关注度和主题", "Heading 1")
    paper.charts(charts, ("topics", "heat", "emphasis", "bursts"))
    return paper.saved()


def _direction(paper: "_Paper", one: Suggestion) -> None:
    paper.line(one.title, "Heading 2")
    reasons = main_reasons(one)
    if reasons:
        paper.said("推荐理由", "；".join(reason.text for reason in reasons) + "。")
    for evidence in one.evidence:
        paper.said("政策依据", f"{quoted(evidence.quote)}（{source_line(evidence, '，')}）")
    if one.narrower:
        paper.said("可细化的题目", "；".join(one.narrower) + "。")
    if one.departments:
        paper.said("适合系部", "、".join(one.departments) + "。")
    for project in one.projects:
        paper.said("相近的立项", f"{project.title}（{project.year} 年，{project.department}）")


def _comparison(paper: "_Paper", outlook: Outlook) -> None:
    comparison = outlook.comparison
    paper.line(label_note(comparison.labels, len(comparison.issues)))
    if comparison.metrics:
        paper.table(tables.measure_table(comparison))


class _Paper:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, font: Font | None) -> None:
        self._document: Document = new_document()
        self._font = font
        core = self._document.core_properties
        core.title, core.author, core.comments, core.language = printable(title), "", "", "zh-CN"
        core.created = core.modified = datetime(2000, 1, 1)  # the same bytes whenever it is drawn

    def line(self, text: str, style: str = "Normal") -> Any:
        """A paragraph, its text verbatim; Word wants line breaks as breaks."""
        paragraph = self._document.add_paragraph(style=style)
        _write(paragraph, text)
        return paragraph

    def said(self, label: str, text: str) -> None:
        """A paragraph that begins with what it is, in 黑体."""
        paragraph = self._document.add_paragraph()
        _write(paragraph, f"{label}：", HEAD_FONT)
        _write(paragraph, text)

    def numbered(self, texts: list[str]) -> None:
        """A list that begins with 1."""
        number = restart_list(self._document)
        for text in texts:
            number_by(self.line(text, "List Number"), number)

    def new_page(self) -> None:
        from docx.enum.text import WD_BREAK

        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, made: tables.Table) -> None:
        """A table as wide as the text, its head repeated on every page."""
        from docx.enum.table import WD_TABLE_ALIGNMENT

        if not made.rows:
            return
        self.line(made.title, "Caption")
        grid = self._document.add_table(rows=1 + len(made.rows), cols=len(made.columns), style="Table Grid")
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _share_width(grid, made)
        for cell, column in zip(grid.rows[0].cells, made.columns, strict=True):
            _fill(cell, column.label, HEAD_FONT, centred=True)
        for line, row in zip(list(grid.rows)[1:], made.rows, strict=True):
            for cell, value, column in zip(line.cells, row, made.columns, strict=True):
                _fill(cell, tables.shown(value, column), BODY_FONT, centred=column.kind != "text")
        _repeat_head(grid)

    def charts(self, drawn: tuple[Chart, ...], names: tuple[str, ...]) -> None:
        """The named charts in that order, each with its caption."""
        wanted = [chart for name in names for chart in drawn if chart.name == name]
        if wanted and self._font is None:
            self.line(f"本机没有中文字体，图没有画出。{remedy()}")
            return
        for chart in wanted:
            self._picture(chart, self._font.family if self._font else "")

    def _picture(self, chart: Chart, family: str) -> None:
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Pt

        self.line(chart.title, "Caption")
        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        flush(paragraph)
        shape = paragraph.add_run().add_picture(BytesIO(picture(chart, "png", family)), width=Pt(WIDTH))
        if shape.height > Pt(_TALLEST):
            shape.width, shape.height = round(shape.width * Pt(_TALLEST) / shape.height), Pt(_TALLEST)
        shape._inline.docPr.set("descr", f"{chart.title}。{printable(chart.text)}")

    def saved(self) -> bytes:
        return saved(self._document)


def _write(paragraph: Any, text: str, font: str = "") -> None:
    """A run of text as it stands; the font where it differs from the style's."""
    run = paragraph.add_run(printable(text))
    set_fonts(run._r.get_or_add_rPr(), font or _font_of(paragraph))


def _font_of(paragraph: Any) -> str:
    fonts = paragraph.style.element.rPr.rFonts
    return str(fonts.get(f"{{{fonts.nsmap['w']}}}eastAsia"))


def _fill(cell: Any, text: str, font: str, centred: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(20)
    flush(paragraph)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    off_grid(paragraph)
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(12)
    set_fonts(run._r.get_or_add_rPr(), font)


def _share_width(grid: Any, made: tables.Table) -> None:
    """Columns as wide as their longest text asks for, within the width of the page's text."""
    from docx.shared import Pt

    needs = [
        _EDGE + min(max(len(tables.shown(cell, column)) for cell in (column.label, *cells)), _WIDE)
        for column, *cells in zip(made.columns, *made.rows, strict=True)
    ]
    for position, need in enumerate(needs):
        width = Pt(WIDTH * need / sum(needs))
        grid.columns[position].width = width
        for cell in grid.columns[position].cells:
            cell.width = width


def _repeat_head(grid: Any) -> None:
    from docx.oxml import OxmlElement

    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
