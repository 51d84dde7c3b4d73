"""Settings: what is read, what is refused and in which words, and the file that init writes."""

import json
import pickle
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.begin import settings_template
from recommender.config import AUTHORITY, College, Department, Limits, Settings, load_settings
from recommender.errors import UsageError
from recommender.records import Level


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "recommender.toml"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(folder: Path, text: str, features: tuple[str, ...] | None = None) -> str:
    path = written(folder, text)
    with pytest.raises(UsageError) as caught:
        load_settings(path, features)
    message = str(caught.value)
    assert message.startswith(f"{path}：")
    assert message.endswith("。")
    return message.removeprefix(f"{path}：")


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "recommender.toml") == Settings()


def test_the_defaults_cover_every_level() -> None:
    assert set(Settings().authority) == set(get_args(Level))
    assert Settings().authority is not AUTHORITY


def test_each_setting_is_read(tmp_path: Path) -> None:
    text = """
        [college]
        name = "示例职业学院"
        province = "吉林省"
        city = "长春市"
        disciplines = ["贸易", " 职业教育 ", "贸易"]
        [[departments]]
        name = "经济贸易系"
        disciplines = ["跨境电商"]
        [[departments]]
        name = "信息系"
        [list]
        length = 50
        variety = 1
        [weights]
        fit = 2
        [authority]
        media = 0
        unknown = 0.1
        [topics]
        count = 200
    """
    assert load_settings(written(tmp_path, text)) == Settings(
        college=College("示例职业学院", "吉林省", "长春市", ("贸易", "职业教育")),
        departments=(Department("经济贸易系", ("跨境电商",)), Department("信息系")),
        length=50,
        variety=1.0,
        weights={"fit": 2.0},
        authority={**AUTHORITY, "media": 0.0, "": 0.1},
        topics=200,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_windows_files_are_read(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, '[college]\r\nname = "学院"\r\n', encoding)
    assert load_settings(path).college.name == "学院"


def test_settings_travel_to_worker_processes() -> None:
    assert pickle.loads(pickle.dumps(Settings())) == Settings()


WRONG_VALUES = [
    ("[college]\nname = 3", "[college] 的 name 写成了 3，应当是引号里的文字"),
    ('[college]\ndisciplines = "贸易"', '[college] 的 disciplines 写成了 "贸易"，应当是几个词'),
    ('[college]\ndisciplines = ["贸易", ""]', "应当是几个词"),
    ("[list]\nlength = 0", "[list] 的 length 写成了 0，应当是1 到 50 之间的整数。"),
    ("[list]\nlength = 51", "1 到 50"),
    ("[list]\nlength = 10.0", "整数"),
    ("[list]\nlength = true", "写成了 true"),
    ("[list]\nvariety = 1.1", "[list] 的 variety 写成了 1.1，应当是0 到 1 之间的数"),
    ("[list]\nvariety = nan", "0 到 1"),
    ("[list]\nvariety = false", "写成了 false"),
    ('[weights]\nfit = "大"', "[weights] 的 fit"),
    ("[weights]\nfit = inf", "-100 到 100"),
    ("[authority]\ncity = -0.1", "[authority] 的 city"),
    ("[topics]\ncount = 1", "2 到 200 之间的整数，或 0（由程序选择）"),
    ("[topics]\ncount = 201", "2 到 200"),
    ("[topics]\ncount = 2024-01-01", '写成了 "2024-01-01"'),
    ('[[departments]]\nname = " "', "第 1 个 [[departments]] 的 name"),
    ('[[departments]]\nname = "甲"\n[[departments]]\ndisciplines = []', "第 2 个 [[departments]] 缺少 name"),
    ('[departments]\nname = "甲"', "两层方括号"),
    ("departments = 3", "两层方括号"),
    ("list = 10", "“list” 写成了 10，应当是一个表：单独一行 [list]"),
    ("[[college]]", "[college]"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_what_was_expected(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refusal(tmp_path, text)


UNKNOWN_NAMES = [
    ("[colege]", "不认识设置 colege。是不是要写 college？"),
    ("length = 3", "可以写的有：college、departments、list、weights、authority、topics、limits。"),
    ("[list]\nlenght = 3", "不认识 [list] 里的 lenght。是不是要写 length？"),
    ('[list]\n"数量" = 3', "不认识 [list] 里的 数量。可以写的有：length、variety。"),
    ("[authority]\nminstry = 1", "是不是要写 ministry？"),
    ("[topics]\ncounts = 3", "是不是要写 count？"),
    ('[[departments]]\nname = "甲"\ndiscipline = []', "是不是要写 disciplines？"),
]


@pytest.mark.parametrize(("text", "expected"), UNKNOWN_NAMES)
def test_an_unknown_name_gets_the_nearest_right_one(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refusal(tmp_path, text)


def test_weights_are_checked_against_the_features_given(tmp_path: Path) -> None:
    text = "[weights]\nemphasys = 1"
    assert load_settings(written(tmp_path, text)).weights == {"emphasys": 1.0}
    assert "是不是要写 emphasis？" in refusal(tmp_path, text, ("emphasis", "fit"))
    path = written(tmp_path, "[weights]\nfit = 2.5")
    assert load_settings(path, ("emphasis", "fit")).weights == {"fit": 2.5}


BROKEN_FILES = [
    ("[college]\nname = “学院”", "第 2 行第 8 列附近不合 TOML 格式"),
    ("[college", "不合 TOML 格式"),
    ("[list]\nlength = 1\nlength = 2", "同一项只能写一次"),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN_FILES)
def test_wrong_toml_is_placed(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refusal(tmp_path, text)


def test_another_encoding_is_explained(tmp_path: Path) -> None:
    path = written(tmp_path, settings_template(), "gb18030")
    with pytest.raises(UsageError, match="另存为 UTF-8"):
        load_settings(path)


def test_a_folder_in_its_place_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="设置文件读不出来"):
        load_settings(tmp_path)


# -- the template ---------------------------------------------------------------------------------


def test_the_template_parses_to_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, settings_template())) == Settings()


def test_every_setting_occurs_in_the_template() -> None:
    lines = settings_template().splitlines()
    keys = {found[1] for line in lines if (found := re.match(r"(?:# )?(\w+) = ", line))}
    tables = {found[1] for line in lines if (found := re.match(r"(?:# )?\[+(\w+)\]+", line))}
    assert tables == {"college", "departments", "list", "weights", "authority", "topics", "limits"}
    limits = {field.name for field in fields(Limits)}
    levels = {level or "unknown" for level in get_args(Level)}
    assert keys == {"name", "province", "city", "disciplines", "length", "variety", "count"} | levels | limits


def test_the_examples_in_the_template_work_when_uncommented(tmp_path: Path) -> None:
    examples = re.sub(r'(?m)^# (\[\[|"|name|disciplines)', r"\1", settings_template())
    settings = load_settings(written(tmp_path, examples))
    assert settings.departments == (Department("经济贸易系", ("国际贸易", "跨境电商")),)
    assert settings.weights == {"理由的名称": 1.0}


readable = st.text(st.characters(exclude_categories=["Cs"]))


@given(name=readable)
def test_any_name_survives_the_template(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = written(tmp_path_factory.mktemp("home"), settings_template(name))
    assert load_settings(path) == replace(Settings(), college=College(name=name.strip()))


# -- round trip -----------------------------------------------------------------------------------

words = st.lists(readable.map(str.strip).filter(bool), unique=True, max_size=4).map(tuple)
shares = st.floats(0, 1)
all_settings = st.builds(
    Settings,
    college=st.builds(College, readable.map(str.strip), disciplines=words),
    departments=st.lists(st.builds(Department, readable.map(str.strip).filter(bool), words), max_size=3).map(
        tuple
    ),
    length=st.integers(1, 50),
    variety=shares,
    weights=st.dictionaries(readable, st.floats(-100, 100), max_size=3),
    authority=st.fixed_dictionaries(dict.fromkeys(get_args(Level), shares)),
    topics=st.integers(2, 200) | st.just(0),
)


def quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_toml(settings: Settings) -> str:
    college = settings.college
    lines = ["[college]", f"name = {quoted(college.name)}", f"disciplines = {quoted(college.disciplines)}"]
    for department in settings.departments:
        lines += ["[[departments]]", f"name = {quoted(department.name)}"]
        lines += [f"disciplines = {quoted(department.disciplines)}"]
    lines += ["[list]", f"length = {settings.length}", f"variety = {settings.variety!r}", "[weights]"]
    lines += [f"{quoted(name)} = {value!r}" for name, value in settings.weights.items()]
    lines += ["[authority]"]
    lines += [f"{level or 'unknown'} = {value!r}" for level, value in settings.authority.items()]
    return "\n".join([*lines, "[topics]", f"count = {settings.topics}"])


@given(settings=all_settings)
def test_settings_survive_the_file(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    assert load_settings(written(tmp_path_factory.mktemp("home"), as_toml(settings))) == settings
