"""The list of funded projects, as spreadsheets export it and as people slip."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offices import put

from recommender.errors import InputError
from recommender.intake.projects import ProjectList, read_projects
from recommender.records import Project

ROWS = "题目,年份,部门\n海外仓运营研究,2023,商贸学院\n护理实训研究,2024,健康学院\n"
BOTH = (Project("海外仓运营研究", 2023, "商贸学院"), Project("护理实训研究", 2024, "健康学院"))


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("gb18030"),
        ROWS.replace("\n", "\r\n").encode("utf-8-sig"),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        ROWS.replace("题目,年份,部门", "Title,YEAR,Department").encode(),
        ROWS.replace("题目,年份,部门", " 课题名称 , 立项年份,系部").encode(),
        ROWS.replace("2023", "2023年").replace("2024", "2024/3/1").encode(),
        ROWS.replace("2023", "2023.0").encode(),
        (ROWS + ",,\n\n" + ROWS.splitlines()[1]).encode(),
        ROWS.replace("海外仓运营研究", '"海外仓运营研究"').encode(),
    ],
)
def test_whatever_a_spreadsheet_writes(tmp_path: Path, data: bytes) -> None:
    assert read_projects(put(tmp_path, "projects.csv", data)) == ProjectList(BOTH)


def test_columns_may_stand_in_any_order_and_departments_be_left_out(tmp_path: Path) -> None:
    turned = put(tmp_path, "a.csv", "序号,部门,年份,题目\n1,商贸学院,2023,海外仓运营研究\n")
    assert read_projects(turned).projects == BOTH[:1]
    assert read_projects(put(tmp_path, "b.csv", "题目,年份\n护理研究,2024\n")).projects == (
        Project("护理研究", 2024),
    )


def test_a_title_may_hold_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", '题目,年份\n"甲,乙""丙""\n丁研究",2024\n,2024\n')
    read = read_projects(file)
    assert read.projects == (Project('甲,乙"丙"\n丁研究', 2024),)
    assert read.faults == (f"{file} 第 4 行：没有题目。这一行没有读入，请改正。",)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",2024,商贸学院", "没有题目。"),
        ("护理研究,,健康学院", "没有年份。"),
        ("护理研究", "没有年份。"),
        ("护理研究,去年,健康学院", "年份写成了“去年”"),
        ("护理研究,20244,健康学院", "年份写成了“20244”"),
        ("护理研究,24,健康学院", "年份写成了“24”"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_others_kept(tmp_path: Path, row: str, fault: str) -> None:
    file = put(tmp_path, "projects.csv", ROWS.replace("护理实训研究,2024,健康学院", row) + "末行研究,2022,\n")
    read = read_projects(file)
    assert [project.title for project in read.projects] == ["海外仓运营研究", "末行研究"]
    assert len(read.faults) == 1
    assert read.faults[0].startswith(f"{file} 第 3 行：{fault}")


def test_no_file_an_empty_one_and_a_header_alone_are_no_projects(tmp_path: Path) -> None:
    assert read_projects(tmp_path / "none.csv") == ProjectList()
    for text in ("", "\n\n", "题目,年份,部门\n"):
        assert read_projects(put(tmp_path, "projects.csv", text)) == ProjectList()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("海外仓运营研究,2023,商贸学院\n".encode(), "“题目”、“年份”"),
        ("题目,部门\n海外仓研究,商贸学院\n".encode(), "“年份”"),
        ("题目，年份，部门\n".encode(), "英文逗号"),
        (b"PK\x03\x04\0\0\0\0", "二进制"),
        (("题目,年份\n" + "长" * 200_000 + ",2024\n").encode(), "重新另存为 CSV"),
    ],
)
def test_what_is_no_such_list_is_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    file = put(tmp_path, "projects.csv", data)
    with pytest.raises(InputError, match=said) as refused:
        read_projects(file)
    assert str(file) in str(refused.value)


def test_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="读不出来"):
        read_projects(tmp_path)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=6, unique_by=lambda row: row[0].strip()))
def test_every_row_is_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    file = put(tmp_path_factory.mktemp("csv"), "p.csv", "\n".join(["题目,年份,部门", *quoted]))
    read = read_projects(file)
    said = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(read.projects) + len(read.faults) == len(said)
