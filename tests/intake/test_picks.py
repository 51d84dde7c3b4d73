"""The editors' list: its headings, its forms, its typing errors."""

from typing import get_args

import pytest
from bulletins import PICKS, Picks, Style, print_bulletin
from hypothesis import given
from hypothesis import strategies as st

from recommender.intake.clean import clean_text
from recommender.intake.picks import find_list, is_colophon, is_picks_heading, normalise_pick, read_picks

WANTED = tuple(f"{pick}研究" for pick in PICKS)
HEADINGS = (
    "本期推荐研究方向",
    "推荐研究方向",
    "【推荐研究方向】",
    "推荐选题",
    "研究方向推荐",
    "科研选题参考",
    "本期推荐课题（供参考）",
    "本期研究选题建议",
    "课题研究指南",
)


def listed(text: str) -> tuple[str, ...]:
    """Titles of the list in a text; () when none is found."""
    lines = list(clean_text(text).lines)
    span = find_list(lines)
    return tuple(pick.title for pick in read_picks(lines[span[0] + 1 : span[1]])[0]) if span else ()


@pytest.mark.parametrize("form", [form for form in get_args(Picks) if form != "none"])
@pytest.mark.parametrize("tail", [True, False], ids=["imprint", "end of file"])
def test_every_form_of_list(form: Picks, tail: bool) -> None:
    assert listed(print_bulletin(Style(picks=form, tail=tail))) == WANTED


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_form_of_heading(heading: str) -> None:
    assert listed(print_bulletin(Style(picks_heading=heading))) == WANTED


@pytest.mark.parametrize("contents", ["tabs", "unpaged"])
@pytest.mark.parametrize("guide", ["bullets", "numbers"])
def test_the_list_is_the_last_of_its_name(contents: str, guide: str) -> None:
    style = Style(contents=contents, guide=guide)  # type: ignore[arg-type]
    assert listed(print_bulletin(style)) == WANTED


def test_no_list_no_picks() -> None:
    assert listed(print_bulletin(Style(picks="none"))) == ()


@pytest.mark.parametrize(
    "line",
    [
        "（五）开展课题研究，提出建议。",
        "（三）加强课题研究，建议各校推荐优秀成果。",
        "三、推进方向",
        "四、研究与思考",
        "研究",
        "二、推荐研究生免试攻读硕士学位",
        "加强科研选题的指导和推荐研究方向的论证工作并纳入考核",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert not is_picks_heading(line)


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (
            ["结合本期内容，推荐以下方向：", "1.甲乙丙丁研究", "2.戊己庚辛研究"],
            ("甲乙丙丁研究", "戊己庚辛研究"),
        ),
        (["1.甲乙丙丁研究", "围绕甲乙展开，说明难点。", "2.戊己庚辛研究"], ("甲乙丙丁研究", "戊己庚辛研究")),
        (["1.甲乙丙丁研究", "七、下期预告", "1.庚辛"], ("甲乙丙丁研究",)),
        (
            ["甲乙丙丁研究", "戊己庚辛研究", "以上方向供各部门参考。联系电话另附。"],
            ("甲乙丙丁研究", "戊己庚辛研究"),
        ),
        (["1.甲乙丙丁研究", "[责任编辑] 丙某", "2.某刊"], ("甲乙丙丁研究",)),
    ],
)
def test_what_stands_around_the_items(lines: list[str], titles: tuple[str, ...]) -> None:
    assert listed("\n".join(["六、推荐研究方向", *lines])) == titles


def test_both_forms_of_a_pick_are_kept() -> None:
    lines = list(clean_text("六、推荐研究方向\n- 1.乡村夜校建设究").lines)
    picks, left = read_picks(lines[1:])
    assert [(pick.printed, pick.title) for pick in picks] == [("1.乡村夜校建设究", "乡村夜校建设研究")]
    assert left == []


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("1.乡村夜校建设究", "乡村夜校建设研究"),
        ("乡村夜校建设研", "乡村夜校建设研究"),
        ("乡村夜校建设研究研究", "乡村夜校建设研究"),
        ("乡村夜校建设研 究。", "乡村夜校建设研究"),
        ("乡村夜校建设", "乡村夜校建设研究"),
        ("《乡村夜校建设研究》", "乡村夜校建设研究"),
        ("“夜校+”建设研究", "“夜校+”建设研究"),
        ("乡村夜校建设研究（重点）", "乡村夜校建设研究"),
        ("乡村夜校建设：围绕经费展开", "乡村夜校建设研究"),
        ("夜校何为：村民视角的研究", "夜校何为：村民视角的研究"),
        ("AI 赋能夜校研究", "AI赋能夜校研究"),
        ("山货溯源探究", "山货溯源探究研究"),
        ("1.", ""),
    ],
)
def test_titles_in_the_house_style(printed: str, title: str) -> None:
    assert normalise_pick(printed) == title


@given(st.text(st.sampled_from("乡村夜校建设山货电商研究：。（）1.、“”"), max_size=20))
def test_a_normal_title_stays_as_it_is(printed: str) -> None:
    title = normalise_pick(printed)
    assert title == "" or title.endswith("研究")
    assert "研究研究" not in title


@pytest.mark.parametrize(
    ("line", "imprint"),
    [
        ("[总 指 导] 甲某", True),
        ("责任编辑：丙某", True),
        ("报：校领导。", True),
        ("抄 送：各处", True),
        ("主办：示例职业学院", True),
        ("编辑出版专业建设研究", False),
        ("报告制度建设研究", False),
    ],
)
def test_the_imprint(line: str, imprint: bool) -> None:
    assert is_colophon(line) is imprint
