"""The background: counts and vectors of words, packed, read and built from collections."""

import csv
import gzip
import json
import lzma
import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recommender.emphasis.background import (
    Background,
    load_background,
    mean_direction,
    pack,
    unpack,
)
from recommender.emphasis.build import build_background
from recommender.errors import InputError

WORDS = ("贸易", "外贸", "养老")


def random_background(size: int = 40, seed: int = 0) -> Background:
    generator = np.random.default_rng(seed)
    vectors = generator.normal(size=(size, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    counts = generator.integers(0, 1000, size=(2, size))
    index = {f"词{i}": i for i in range(size)}
    return Background(index, vectors, counts[0], counts[1], 5000, 700)


def counted(clauses: int, titles: int) -> Background:
    """One word, 贸易, with these counts out of 999 clauses and 99 titles."""
    vectors = np.eye(1, 64, dtype=np.float32)
    return Background({"贸易": 0}, vectors, np.array([clauses]), np.array([titles]), 999, 99)


# -- the values ------------------------------------------------------------------------------------


def test_pack_and_unpack_give_the_same_words_and_nearly_the_same_cosines() -> None:
    before = random_background()
    after = unpack(pack(before))
    assert after.index == before.index
    assert np.array_equal(after.clauses, before.clauses)
    assert np.array_equal(after.titles, before.titles)
    assert (after.n_clauses, after.n_titles) == (5000, 700)
    assert np.allclose(np.linalg.norm(after.vectors, axis=1), 1, atol=1e-5)
    assert np.abs(after.vectors @ after.vectors.T - before.vectors @ before.vectors.T).max() < 0.01


def test_packing_is_the_same_every_time() -> None:
    assert pack(random_background()) == pack(random_background())


def test_idf_and_rate_of_a_known_and_an_unknown_word() -> None:
    known = counted(clauses=99, titles=9)
    assert known.idf("贸易") == pytest.approx(math.log(1000 / 100))
    assert known.rate("贸易") == pytest.approx(100 / 1001)
    assert known.idf("未见词") == pytest.approx(math.log(1000))
    assert known.rate("未见词") == pytest.approx(1 / 1001)


@pytest.mark.parametrize(
    ("clauses", "titles", "value"),
    [
        (99, 9, 0.0),  # 100/1000 of the clauses, 10/100 of the titles
        (9, 9, math.log(10)),  # 10/1000 against 10/100
        (99, 0, -math.log(10)),  # 100/1000 against 1/100
    ],
)
def test_researchability_is_above_zero_where_titles_use_a_word_more(
    clauses: int, titles: int, value: float
) -> None:
    assert counted(clauses, titles).researchability("贸易") == pytest.approx(value)
    assert counted(clauses, titles).researchability("未见词") == pytest.approx(math.log(10))


def test_a_mean_vector_weighs_its_words_and_skips_the_unknown() -> None:
    background = random_background()
    one, other = background.vectors[1], background.vectors[2]
    assert np.allclose(background.mean_vector(["词1", "没有"], [1.0, 5.0]), one, atol=1e-6)
    near_one = background.mean_vector(["词1", "词2"], [9.0, 0.1])
    assert float(near_one @ one) > float(near_one @ other)
    assert not background.mean_vector(["没有"], [1.0]).any()
    assert background.mean_vector([], []).shape == (64,)


def test_the_mean_of_opposites_is_nothing() -> None:
    vector = np.ones(3, dtype=np.float32)
    assert not mean_direction([vector, -vector], 3).any()
    assert not mean_direction([], 3).any()


# -- the one that ships ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("贸易", "外贸", "养老"),
        ("养老", "老年人", "口岸"),
        ("职业院校", "技能", "港口"),
        ("农民", "农村", "外贸"),
    ],
)
def test_the_shipped_background_knows_what_is_near(word: str, near: str, far: str) -> None:
    background = load_background()
    vectors = {name: background.vectors[background.index[name]] for name in (word, near, far)}
    assert float(vectors[word] @ vectors[near]) > float(vectors[word] @ vectors[far]) + 0.2


def test_the_shipped_background_knows_what_is_researched() -> None:
    background = load_background()
    assert background.researchability("模式") > background.researchability("狠抓")
    assert background.researchability("机制") > background.researchability("抓好")


def test_the_shipped_background_is_whole() -> None:
    background = load_background()
    size = len(background.index)
    assert size > 5000
    assert background.vectors.shape[0] == background.clauses.shape[0] == background.titles.shape[0] == size
    assert sorted(background.index.values()) == list(range(size))
    assert (background.clauses <= background.n_clauses).all()
    assert (background.titles <= background.n_titles).all()


# -- building --------------------------------------------------------------------------------------

FIELDS = (
    ("外贸", "出口", "口岸", "报关", "运费", "关税"),
    ("养老", "老年人", "护理", "助餐", "照护", "社区"),
    ("教师", "学生", "课程", "教材", "课堂", "教学"),
)


def planted(seed: int) -> list[str]:
    """Texts whose sentences take four words of one field each."""
    generator = random.Random(seed)
    sentences = ["，".join(generator.sample(FIELDS[i % 3], 4)) + "。" for i in range(240)]
    return ["".join(sentences[i : i + 8]) for i in range(0, 240, 8)]


def write_rows(path: Path, texts: list[str], field: str = "text") -> Path:
    lines = "".join(json.dumps({field: text, "year": 2020}, ensure_ascii=False) + "\n" for text in texts)
    squeeze: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress}
    path.write_bytes(squeeze.get(path.suffix, bytes)(f"{lines}\n".encode()))
    return path


def write_titles(path: Path, titles: list[str], column: str = "title") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerows([("year", column), *((2001, title) for title in titles)])
    return path


@pytest.fixture
def sources(tmp_path: Path) -> tuple[list[Path], list[Path]]:
    policies = [
        write_rows(tmp_path / name, planted(i))
        for i, name in enumerate(("a.jsonl", "b.jsonl.gz", "c.jsonl.xz"))
    ]
    return policies, [
        write_titles(tmp_path / "titles.csv", ["养老护理模式研究", "课程、教学", "课程与教材研究"])
    ]


def test_planted_neighbours_come_out_near(sources: tuple[list[Path], list[Path]]) -> None:
    built = build_background(*sources)
    assert set(built.index) == {word for field in FIELDS for word in field}

    def likeness(one: str, other: str) -> float:
        return float(built.vectors[built.index[one]] @ built.vectors[built.index[other]])

    for field in FIELDS:
        for other in FIELDS:
            if other is not field:
                assert likeness(field[0], field[1]) > likeness(field[0], other[1]) + 0.3


def test_counts_are_those_of_the_files(sources: tuple[list[Path], list[Path]]) -> None:
    built = build_background(*sources)
    assert (built.n_clauses, built.n_titles) == (720, 3)
    assert built.clauses.sum() == 720 * 4
    titles = {word: int(built.titles[row]) for word, row in built.index.items() if built.titles[row]}
    assert titles == {"养老": 1, "护理": 1, "课程": 2, "教学": 1, "教材": 1}
    assert built.researchability("课程") > built.researchability("外贸")


def test_the_order_of_files_does_not_matter(sources: tuple[list[Path], list[Path]]) -> None:
    policies, titles = sources
    assert pack(build_background(policies, titles)) == pack(build_background(policies[::-1], titles))


def test_too_little_text_is_an_input_error(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "few.jsonl", ["外贸出口，口岸通关。"])
    with pytest.raises(InputError, match="太少"):
        build_background([path], [])


def break_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-12])


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_a_wrong_field_names_the_file(tmp_path: Path, suffix: str) -> None:
    path = write_rows(tmp_path / f"reports.jsonl{suffix}", planted(0), field="body")
    with pytest.raises(InputError, match=r"reports\.jsonl.*“text”"):
        build_background([path], [])


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_file_broken_off_names_itself(tmp_path: Path, suffix: str) -> None:
    path = write_rows(tmp_path / f"reports.jsonl{suffix}", planted(0))
    break_off(path)
    with pytest.raises(InputError, match="reports"):
        build_background([path], [])


@pytest.mark.parametrize("line", ["[1, 2]", '{"text": null}', "{", '"text"', '{"text": 3}'])
def test_a_row_that_is_no_text_names_the_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="odd"):
        build_background([path], [])


def test_titles_without_the_column_name_the_file(sources: tuple[list[Path], list[Path]]) -> None:
    policies, (titles,) = sources
    write_titles(titles, ["课程研究"], column="name")
    with pytest.raises(InputError, match=r"titles\.csv.*“title”"):
        build_background(policies, [titles])


def test_a_missing_file_names_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        build_background([tmp_path / "nowhere.jsonl"], [])
