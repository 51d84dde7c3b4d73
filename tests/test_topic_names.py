"""data/lexicon/topics.toml: the office's names of topics."""

from pathlib import Path

import pytest

from recommender.begin import init_workspace
from recommender.errors import InputError
from recommender.wordlists import read_topic_names
from recommender.workspace import Workspace


def written(folder: Path, text: str) -> Path:
    path = folder / "topics.toml"
    path.write_bytes(text.encode())
    return path


def test_a_new_workspace_has_the_file_and_no_name(tmp_path: Path) -> None:
    path = init_workspace(tmp_path).topics
    assert path == Workspace(tmp_path).lexicon / "topics.toml"
    assert read_topic_names(path) == {}
    text = path.read_text(encoding="utf-8").replace("# 3 =", "3 =").replace('# "失', '"失')
    assert read_topic_names(written(tmp_path, text)) == {"3": "跨境电商", "失能老人·养老服务": "养老服务"}


def test_names_by_number_or_label(tmp_path: Path) -> None:
    text = '\ufeff[topics]\r\n3 = " 跨境电商 "\r\n"数据·使用" = "数据要素"\r\n'
    assert read_topic_names(written(tmp_path, text)) == {"3": "跨境电商", "数据·使用": "数据要素"}
    assert read_topic_names(tmp_path / "none.toml") == {}
    assert read_topic_names(written(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[topics]\n数据 = "甲"', "第 2 行"),
        ("[topics]\n3 = 跨境电商", "第 2 行"),
        ("[topics]\n3 = 4", "“3”"),
        ('[topics]\n3 = ""', "“3”"),
        (f'[topics]\n3 = "{"长" * 17}"', "16"),
        ('[topics]\n3 = "甲"\n4 = "甲"', "“3”和“4”"),
        ('3 = "甲"', r"\[topics\]"),
        ("topics = 3", r"\[topics\]"),
        ('[names]\n3 = "甲"', r"\[topics\]"),
    ],
)
def test_another_form_is_explained(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_topic_names(written(tmp_path, text))
    assert "topics.toml" in str(caught.value)
