"""Sheets of an Excel workbook: tables, and charts that Excel itself draws and an editor may change."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from recommender.report import tables
from recommender.report.build import Outlook
from recommender.report.colours import ACCENT, topic_colour
from recommender.report.plain import printable
from recommender.report.tables import Cell, Column, Table, shown

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767  # characters that Excel takes in a cell
_CUT = "……（以下从略，全文见网页版）"
_WIDEST = 66  # columns of text wrap from here
_LINE, _HIGHEST = 15, 27  # points of a line; lines of a row, which Excel limits to 409 points
_CHARTED = 6  # series that a chart can tell apart
_FORMATS = {"share": "0.0%", "score": "0.00", "whole": "0", "text": "@"}
_FAST = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """A workbook that is filled sheet by sheet."""

    def __init__(self, title: str) -> None:
        import xlsxwriter

        self._buffer = BytesIO()
        self._book: Workbook = xlsxwriter.Workbook(self._buffer, _FAST)
        # the same bytes whenever it is drawn
        self._book.set_properties({"title": printable(title), "created": datetime(2000, 1, 1)})
        common = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
        self._plain: dict[str, Format] = {
            kind: self._book.add_format(common | {"num_format": form}) for kind, form in _FORMATS.items()
        }
        self._plain["text"].set_text_wrap()
        self._plain["text"].set_indent(1)
        head = {
            "bold": True,
            "font_color": "white",
            "bg_color": ACCENT,
            "text_wrap": True,
            "valign": "vcenter",
        }
        self._head = self._book.add_format(common | head)
        self._title = self._book.add_format(common | {"bold": True, "font_size": 12})

    def sheet(self, name: str, made: Sequence[Table]) -> "Worksheet":
        """A sheet of tables, one below the other; head frozen and filter on the first."""
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        present = [table for table in made if table.rows] or list(made[:1])
        row = 0
        for position, table in enumerate(present):
            if position:
                sheet.write_string(row, 0, table.title, self._title)
                row += 1
            self._table(sheet, table, row)
            row += len(table.rows) + 2
        first = present[0]
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(first.rows), 1), len(first.columns) - 1)
        widths = _widths(present)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        row = 0
        for table in present:
            row += 1 if table is not first else 0  # its title
            for line, cells in enumerate(table.rows, row + 1):
                sheet.set_row(line, _LINE * _lines(cells, table, widths))
            row += len(table.rows) + 2
        return sheet

    def _table(self, sheet: "Worksheet", table: Table, top: int) -> None:
        for number, column in enumerate(table.columns):
            sheet.write_string(top, number, _cell_text(column.label), self._head)
        for row, cells in enumerate(table.rows, top + 1):
            for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._cell(sheet, row, number, cell, column)

    def _cell(self, sheet: "Worksheet", row: int, number: int, cell: Cell, column: Column) -> None:
        if isinstance(cell, int | float):
            sheet.write_number(row, number, cell, self._plain[column.kind])
        else:
            sheet.write_string(row, number, _cell_text(cell or ""), self._plain["text"])

    def emphasis(self, outlook: Outlook) -> None:
        """The terms' series: the own documents on the left of the chart's data, the reports below."""
        own, behind = tables.own_table(outlook), tables.background_table(outlook)
        sheet = self.sheet("政策关注度", [own, behind, tables.burst_table(outlook)])
        right = max(len(own.columns), len(behind.columns), 5) + 1
        top = 0
        for table in (own, behind):
            if table.rows:
                self._line_chart(sheet, table, top, right)
                top += len(table.rows) + 3 if table is own else 0

    def _line_chart(self, sheet: "Worksheet", table: Table, top: int, right: int) -> None:
        """A line a term, over the rows of the table whose head is in row ``top``."""
        chart = self._book.add_chart({"type": "line"})
        last = top + len(table.rows)
        for number in range(1, min(len(table.columns), _CHARTED + 1)):
            chart.add_series(
                {
                    "name": [sheet.name, top, number],
                    "categories": [sheet.name, top + 1, 0, last, 0],
                    "values": [sheet.name, top + 1, number, last, number],
                    "line": {"color": topic_colour(number), "width": 2},
                    "marker": {"type": _MARKERS[number % len(_MARKERS)], "size": 5},
                }
            )
        chart.set_title({"name": table.title, "name_font": {"size": 12}})
        chart.set_y_axis(
            {"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E0E4E8"}}}
        )
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 640, "height": 340})
        sheet.insert_chart(0 if top == 0 else 18, right, chart, {"description": table.title})

    def topics(self, outlook: Outlook, before: Sequence[Table]) -> None:
        """Topic by issue, with the shares stacked in the topics' own colours."""
        made = tables.topic_table(outlook)
        sheet = self.sheet("主题", [made, *before])
        if not made.rows or not outlook.issues:
            return
        chart = self._book.add_chart({"type": "area", "subtype": "percent_stacked"})
        last = len(made.columns) - 1
        for row, topic in enumerate(outlook.topics, 1):
            chart.add_series(
                {
                    "name": [sheet.name, row, 1],
                    "categories": [sheet.name, 0, 3, 0, last],
                    "values": [sheet.name, row, 3, row, last],
                    "fill": {"color": topic_colour(topic.id)},
                    "border": {"color": "white", "width": 1},
                }
            )
        chart.set_title({"name": "各主题在各期的分量", "name_font": {"size": 12}})
        chart.set_legend({"position": "right"})
        chart.set_size({"width": 860, "height": 380})
        below = len(made.rows) + sum(len(table.rows) + 3 for table in before) + 2
        sheet.insert_chart(below, 1, chart, {"description": "各主题在各期的分量"})

    def hits(self, made: Table, measures: Table) -> None:
        """Hits issue by issue, as columns."""
        sheet = self.sheet("命中", [made, measures])
        if not made.rows:
            return
        chart = self._book.add_chart({"type": "column"})
        for number in range(1, len(made.columns)):
            chart.add_series(
                {
                    "name": [sheet.name, 0, number],
                    "categories": [sheet.name, 1, 0, len(made.rows), 0],
                    "values": [sheet.name, 1, number, len(made.rows), number],
                    "fill": {"color": topic_colour(number)},
                }
            )
        chart.set_title({"name": "编辑选题有多少在推荐之中", "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        sheet.insert_chart(0, len(measures.columns) + 2, chart, {"description": made.title})

    def saved(self) -> bytes:
        self._book.close()
        return self._buffer.getvalue()


_MARKERS = ("circle", "diamond", "square", "triangle", "x", "plus")


def _cell_text(text: str) -> str:
    """Text that Excel takes: without control characters, and said to be cut where it is too long."""
    clean = printable(text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(_CUT)] + _CUT


def _widths(made: Sequence[Table]) -> list[int]:
    """Columns as wide as their texts, up to a limit."""
    widths = []
    for number in range(max(len(table.columns) for table in made)):
        texts = [
            line
            for table in made
            if number < len(table.columns)
            for cell in (table.columns[number].label, *(row[number] for row in table.rows))
            for line in shown(cell, table.columns[number]).split("\n")
        ]
        widths.append(min(max(max(map(_width, texts)) + 3, 8), _WIDEST))
    return widths


def _lines(cells: Sequence[Cell], table: Table, widths: Sequence[int]) -> int:
    """How many lines the highest cell of a row takes; programs do not work it out by themselves."""
    texts = (shown(cell, column) for cell, column in zip(cells, table.columns, strict=True))
    return max(
        min(sum(-(-max(_width(line), 1) // (width - 2)) for line in text.split("\n")), _HIGHEST)
        for text, width in zip(texts, widths, strict=False)
    )


def _width(text: str) -> int:
    """In characters of a digit's width: Chinese ones count twice."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text[:_LONGEST])
