"""``background build`` and ``list``, on small invented collections."""

import json
from pathlib import Path

import pytest

from recommender.emphasis.count import periods_of
from recommender.emphasis.history import unpack
from recommender.errors import InputError, UsageError
from recommender.office.background import build, listing
from recommender.workspace import Workspace

SENTENCES = ["建设跨境电商平台", "发展养老服务", "扩大消费", "推进产教融合", "修缮老旧管网", "加强冬季供暖"]


def policies(folder: Path, name: str = "reports.jsonl") -> Path:
    """Thirty documents of six years, every sentence in each."""
    rows = [
        {"title": "报告", "year": 2010 + n // 5, "text": "。\n".join(SENTENCES[n % 6 :] + SENTENCES[: n % 6])}
        for n in range(30)
    ]
    path = folder / name
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_a_folder_of_collections_becomes_two_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    policies(tmp_path / "in")
    (tmp_path / "in" / "titles.csv").write_text("title,year\n跨境电商平台研究,2012\n", encoding="utf-8")
    (tmp_path / "in" / "other.csv").write_text("call\n无关\n", encoding="utf-8")
    files = build([tmp_path / "in"], tmp_path / "out")
    assert [path.name for path in files] == ["background.npz", "history.npz"]
    history = unpack(files[1].read_bytes())
    assert [(c.name, c.periods[0], c.periods[-1]) for c in history.collections] == [
        ("reports", "2010", "2015")
    ]
    assert history.named("reports").mentions.row(history.index["养老"]).tolist() == [5] * 6


def test_order_of_sources_does_not_matter(tmp_path: Path) -> None:
    one, other = policies(tmp_path, "a.jsonl"), policies(tmp_path, "b.jsonl")
    forth = [path.read_bytes() for path in build([one, other], tmp_path / "forth")]
    back = [path.read_bytes() for path in build([other, one], tmp_path / "back")]
    assert forth == back


def test_a_missing_source_is_named_and_titles_alone_are_not_enough(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这里"):
        build([tmp_path / "没有这里"], tmp_path / "out")
    titles = tmp_path / "titles.csv"
    titles.write_text("title\n甲\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有政策文本"):
        build([titles], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_ships_is_listed_beside_what_the_office_built(tmp_path: Path) -> None:
    names = [one.name for one in listing(Workspace(tmp_path))]
    assert set(names) == {"provincial", "national", "meetings", "titles"}
    provincial = next(one for one in listing(Workspace(tmp_path)) if one.name == "provincial")
    assert (provincial.first, provincial.last) == ("2003", "2026")
    build([policies(tmp_path, "city.jsonl")], Workspace(tmp_path).background)
    assert [one.name for one in listing(Workspace(tmp_path))] == ["city", *names]


@pytest.mark.parametrize(
    ("dates", "periods"),
    [
        (["2010", "2011", ""], ["2010", "2011", ""]),
        (["2009", *["2010"] * 6, *["2011"] * 6], ["", *["2010"] * 6, *["2011"] * 6]),
        ([f"2010-{m:02d}-01" for m in range(1, 13)] * 2, [f"2010-{m:02d}" for m in range(1, 13)] * 2),
        (["2010-01-05", "2011-01-06"], ["2010", "2011"]),
    ],
)
def test_periods_suit_the_collection(dates: list[str], periods: list[str]) -> None:
    assert periods_of(dates) == periods
