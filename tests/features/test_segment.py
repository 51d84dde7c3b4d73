"""Segmenting: the same words from either engine, in any process, with the office's own words whole."""

import importlib.util
import os
import re
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from builders import SAMPLE, fitted, sample_issues, sample_model, three_issues
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.config import Settings
from recommender.emphasis.sources import read_rows
from recommender.features import segment
from recommender.features.segment import engine_name, segmenter
from recommender.intake.read import read_one
from recommender.model import to_files
from recommender.parallel import Backend, Workers, mapped
from recommender.recommend.suggest import suggest

OFFICE = ("数智化产教联合体", "商贸流通新枢纽")
SHARED = Path(os.environ.get("RECOMMENDER_SHARED") or Path(__file__).parents[3] / "shared")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def without_rjieba(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """As on a machine for which rjieba has no wheel."""
    real = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> Any:
        return None if name == "rjieba" else real(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(cache))


@pytest.fixture(scope="module")
def plain_cut(cache: Path) -> segment.Cut:
    """The cut of jieba, built once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_has_rjieba", lambda: False)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(cache))
        return segmenter.__wrapped__(OFFICE)


def texts_of(folder: Path) -> list[str]:
    return [read_one(path)[0].text for path in sorted(folder.glob("*.txt"))]


def test_both_engines_cut_the_sample_alike(plain_cut: segment.Cut) -> None:
    pytest.importorskip("rjieba")
    fast = segmenter(OFFICE)
    for text in texts_of(SAMPLE):
        assert plain_cut(text) == fast(text)


def test_both_engines_cut_the_seeds_alike(plain_cut: segment.Cut) -> None:
    pytest.importorskip("rjieba")
    texts = texts_of(SHARED / "seeds")
    if not texts:
        pytest.skip(f"no seeds in {SHARED}; set RECOMMENDER_SHARED")
    fast = segmenter(OFFICE)
    for text in texts:
        assert plain_cut(text) == fast(text)


def test_both_engines_cut_public_policy_alike(plain_cut: segment.Cut) -> None:
    pytest.importorskip("rjieba")
    files = sorted((SHARED / "policy").glob("*.jsonl.xz"))
    if not files:
        pytest.skip(f"no public policy in {SHARED}; set RECOMMENDER_SHARED")
    fast = segmenter(OFFICE)
    for file in files:
        for row in islice(read_rows(file), 7, None, 150):
            text = row.text[:6000]
            assert plain_cut(text) == fast(text)


def test_one_model_suggests_the_same_with_either_engine(cache: Path) -> None:
    pytest.importorskip("rjieba")
    issue, model = sample_issues()[-1], sample_model()
    fast, learned = suggest(issue, model, Settings(), 20), to_files(fitted(three_issues()))
    caches = (segment.segmenter, segment.marking_segmenter, segment.tagger)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_has_rjieba", lambda: False)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(cache))
        for made in caches:
            made.cache_clear()
        try:
            assert engine_name().startswith("jieba ")
            assert suggest(issue, model, Settings(), 20) == fast
            assert to_files(fitted(three_issues())) == learned
        finally:
            for made in caches:
                made.cache_clear()


def run_by_run(text: str) -> list[str]:
    """The words of each run of Chinese cut alone, and what stands between: how the cut is meant."""
    words: list[str] = []
    for piece in re.findall(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9+\-]*|[，。；：！？、\n]", text):
        plain = segmenter(OFFICE)(piece)
        words += plain or ["\n"]
    return words


signs = st.text(
    st.sampled_from("推进贸易数字化产教联合体龘㐀，。；\n\r\t 　0123年%.-+#&_ABz\ue000\x1f（）“”"),
    max_size=30,
)


def marked(text: str) -> list[str]:
    """The words and the marks, without the gaps that only part words."""
    return [token for token in segment.marking_segmenter(OFFICE)(text) if token != segment.GAP]


@given(signs)
@settings(deadline=None, max_examples=200)
def test_many_runs_at_once_are_cut_as_each_alone(text: str) -> None:
    assert marked(text) == run_by_run(text)
    assert segmenter(OFFICE)(text) == [word for word in run_by_run(text) if word != "\n"]


@given(st.lists(signs, max_size=4))
@settings(deadline=None)
def test_texts_are_cut_together_as_apart(texts: list[str]) -> None:
    apart = [[*marked(text), segment.TEXT_END] for text in texts]
    assert marked("".join(text + segment.TEXT_END for text in texts)) == [
        word for one in apart for word in one
    ]


@pytest.mark.usefixtures("without_rjieba")
def test_without_rjieba_jieba_serves() -> None:
    assert segmenter.__wrapped__(OFFICE[:1])("推进贸易数字化") == ["推进", "贸易", "数字化"]
    assert engine_name().startswith("jieba ")


def test_jieba_keeps_its_cache_where_only_the_user_writes(plain_cut: segment.Cut, cache: Path) -> None:
    plain_cut("贸易")
    assert (cache / "recommender" / "jieba.cache").exists()
    if os.name == "posix":
        assert (cache / "recommender").stat().st_mode & 0o077 == 0


def test_the_engine_is_named_with_its_version() -> None:
    name, _, version = engine_name().partition(" ")
    assert name in ("jieba", "rjieba")
    assert version[0].isdigit()


@pytest.mark.parametrize("word", OFFICE)
def test_an_office_word_stays_whole(word: str, plain_cut: segment.Cut) -> None:
    text = f"本市建设{word}的方案"
    assert word not in segmenter()(text)
    assert word in segmenter(OFFICE)(text)
    assert word in plain_cut(text)


def test_one_list_does_not_leak_into_another() -> None:
    segmenter(OFFICE)
    assert OFFICE[0] not in segmenter(())(OFFICE[0])


def joined(text: str, words: tuple[str, ...]) -> list[str]:
    """A text as its words in one line, cut in whatever process this runs in."""
    return [" ".join(segmenter(words)(text))]


def test_each_worker_has_the_list() -> None:
    text = f"{OFFICE[0]}，{OFFICE[1]}"
    here = joined(text, OFFICE)
    there = mapped(partial(joined, words=OFFICE), [text] * 4, Workers(Backend.loky, 2))
    assert here == [" ".join(OFFICE)]
    assert there == [here] * 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("数据。库存", ["数据", "库存"]),
        ("贸易、数据，库存", ["贸易", "数据", "库存"]),
        ("“外贸”企业", ["外贸", "企业"]),
        ("落实RCEP协定", ["落实", "rcep", "协定"]),
        ("AI+消费", ["ai+", "消费"]),
        ("2024年12.5亿元", ["年", "亿元"]),
        ("", []),
        ("……——\n\t", []),
    ],
)
def test_punctuation_parts_and_latin_is_lower_case(text: str, words: list[str]) -> None:
    assert segmenter()(text) == words


@given(st.text(alphabet="贸易数据库存产教，。 aB1“”+-", max_size=40))
@settings(deadline=None)
def test_the_words_are_the_text_without_marks_and_figures(text: str) -> None:
    words = segmenter()(text)
    assert all(words)
    position = 0
    for word in words:
        position = text.lower().index(word, position) + len(word)


def test_both_engines_give_the_same_parts_of_speech(cache: Path) -> None:
    pytest.importorskip("rjieba")
    run = "开展双高计划的自振评估并提出建议龘"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_has_rjieba", lambda: False)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(cache))
        plain = segment.tagger.__wrapped__(("双高计划",))(run)
    assert plain == segment.tagger(("双高计划",))(run)
    assert ("双高计划", "n") in plain
    assert ("的", "uj") in plain
    assert plain[-1] == ("龘", "x")
