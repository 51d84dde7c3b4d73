"""The five forms agree: the list is read back from each, of an issue and of a year."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Trained
from docx import Document
from lxml import html
from samples import hostile_report, make_overview, make_report, workbook_cells

from recommender.office.reports import full_report, overview
from recommender.recommend.wording import quoted
from recommender.report.build import Overview, Report
from recommender.report.files import DOCUMENTS, write_overview, write_report
from recommender.report.plain import printable
from recommender.report.tools import Tools
from recommender.workspace import Workspace

Lists = dict[str, list[str]]

TODAY = "2026-11-22"


@pytest.fixture
def tools(trained: Trained) -> Tools:
    return Tools(None, Workspace(trained.home).cache)  # lists need no charts in Word


def from_page(data: bytes) -> list[str]:
    page = html.fromstring(data.decode())
    return [item.text_content() for item in page.xpath("//ol[@class='short']/li")]


def from_word(data: bytes) -> list[str]:
    paragraphs = Document(BytesIO(data)).paragraphs
    return [p.text for p in paragraphs if p.style and p.style.name == "List Number"]


def from_workbook(data: bytes) -> list[str]:
    head, *rows = workbook_cells(data)["推荐方向"]
    return [row[head.index("推荐研究方向")] for row in rows]


def from_markdown(data: bytes) -> list[str]:
    lines = re.findall(r"^\d+\. (.*)$", data.decode(), re.MULTILINE)
    return [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) for line in lines]


def from_text(data: bytes) -> list[str]:
    return re.findall(r"^\d+\. (.*)$", data.decode(), re.MULTILINE)


READERS = {"html": from_page, "docx": from_word, "xlsx": from_workbook, "md": from_markdown, "txt": from_text}


def lists(files: tuple[Path, ...]) -> Lists:
    return {path.suffix[1:]: READERS[path.suffix[1:]](path.read_bytes()) for path in files}


def test_every_form_is_read_back() -> None:
    assert tuple(READERS) == DOCUMENTS


@pytest.mark.parametrize("key", ["1", "8"])
def test_an_issue(trained: Trained, tools: Tools, tmp_path: Path, key: str) -> None:
    made = full_report(Workspace(trained.home), key, TODAY)
    titles = [one.title for one in made.suggestions]
    assert len(titles) == 10
    assert lists(write_report(made, tmp_path, DOCUMENTS, tools)) == dict.fromkeys(DOCUMENTS, titles)


def test_a_year(trained: Trained, tools: Tools, tmp_path: Path) -> None:
    made = overview(Workspace(trained.home), TODAY, 2024)
    titles = [one.title for report in made.reports for one in report.suggestions]
    assert len(made.reports) == 3
    assert lists(write_overview(made, tmp_path, DOCUMENTS, tools)) == dict.fromkeys(DOCUMENTS, titles)


@pytest.mark.parametrize("made", [hostile_report(), make_overview(hostile_report())], ids=["issue", "year"])
def test_whatever_the_titles_say(made: Report | Overview, tools: Tools, tmp_path: Path) -> None:
    """Hostile titles come back whole from each form, but for what no file or terminal may hold."""
    titles = [printable(one.title) for one in hostile_report().suggestions]
    write = write_report if isinstance(made, Report) else write_overview
    assert lists(write(made, tmp_path, DOCUMENTS, tools)) == dict.fromkeys(DOCUMENTS, titles)  # type: ignore[arg-type]


def test_facts_stand_in_every_long_form(trained: Trained, tools: Tools, tmp_path: Path) -> None:
    """Evidence with its source, and the measures of the comparison, read the same everywhere."""
    made = full_report(Workspace(trained.home), "8", TODAY)
    files = write_report(made, tmp_path, ("html", "docx", "xlsx", "md"), tools)
    texts = {path.suffix[1:]: whole_text(path) for path in files}
    for form, text in texts.items():
        for one in made.suggestions:
            for found in one.evidence:
                assert (quoted(found.quote) if form == "docx" else found.quote) in text, form
                assert found.document in text, form
        measure = made.outlook.comparison.metrics["recall@10"]
        assert (f"{measure}" if form == "xlsx" else f"{measure:.2f}") in text, form


def test_narrower_titles_departments_and_projects_stand_in_every_long_form(
    tools: Tools, tmp_path: Path
) -> None:
    made = make_report("推进贸易数字化研究")
    files = write_report(made, tmp_path, ("html", "docx", "xlsx", "md"), tools)
    for path in files:
        for said in ("推进贸易数字化研究路径", "商贸学院、信息学院", "推进贸易数字化研究立项"):
            assert said in whole_text(path), path.suffix


def whole_text(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".html":
        return str(html.fromstring(data.decode()).text_content())
    if path.suffix == ".xlsx":
        return "\n".join(cell for rows in workbook_cells(data).values() for row in rows for cell in row)
    if path.suffix == ".docx":
        document = Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([p.text for p in document.paragraphs] + cells)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", data.decode())
