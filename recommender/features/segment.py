"""Chinese text as words: the only room that knows a segmenter.

rjieba where a wheel exists, else jieba: both cut with the same dictionary and hidden Markov model,
so the words are the same. Only runs of Chinese characters reach the segmenter; Latin words are cut
here, because the two engines differ there. Numbers and punctuation are dropped after segmenting,
never before: 数据。库存 must not become 数据库.
"""

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from recommender.fold import CJK

TEXT_END = "\x1e"  # parts texts that are cut together: in none of them, or it ends one too
GAP = " "  # what is neither Chinese nor a Latin word parts words
_GAPS, _LATIN = re.compile(f"([^{CJK}]+)"), r"[A-Za-z][A-Za-z0-9+\-]*"
_NAME = "\ue000"  # stands for a Latin word while the rest is cut
_ENDS = "，。；：！？、\n"  # where a sentence or a part of one ends
_FREQUENCY = 200_000  # outweighs any way to cut a listed word that the dictionary prefers
_NOUN = "n"

Cut = Callable[[str], list[str]]
Tag = Callable[[str], list[tuple[str, str]]]


@lru_cache(maxsize=4)
def segmenter(words: tuple[str, ...] = ()) -> Cut:
    """A function from text to its words, with an office's own words added.

    The list is an argument, and each process builds its own segmenter from it: words added in a
    parent process are silently lost in joblib's and Dask's workers.
    """
    cut = _cutter(words, "")
    return lambda text: [token for token in cut(text) if token != GAP]


@lru_cache(maxsize=4)
def marking_segmenter(words: tuple[str, ...] = ()) -> Cut:
    """``segmenter`` that gives a line break for each end of a sentence or of a part of one, ``GAP`` for
    any other gap, and leaves ``TEXT_END`` where it stands: so many texts are cut in one call."""
    return _cutter(words, _ENDS + TEXT_END)


def _cutter(words: tuple[str, ...], marks: str) -> Cut:
    cut, signs_in = _engine(words), re.compile(f"{_LATIN}|[{marks}]" if marks else _LATIN)

    @lru_cache(maxsize=10_000)
    def between(gap: str) -> str:
        """What stands for all that is not Chinese: each sign of it is a word of its own to the engine."""
        signs = (
            piece if piece == TEXT_END else "\n" if piece in marks else _NAME
            for piece in signs_in.findall(gap)
        )
        return "".join(signs) or GAP

    def cut_text(text: str) -> list[str]:
        # one call for all runs, since one for each costs as much as the cutting
        pieces = _GAPS.split(text)
        pieces[1::2] = map(between, pieces[1::2])
        tokens, place = cut("".join(pieces)), -1
        for name in re.findall(_LATIN, text):
            place = tokens.index(_NAME, place + 1)
            tokens[place] = name.lower()
        return tokens

    return cut_text


@lru_cache(maxsize=4)
def tagger(words: tuple[str, ...] = ()) -> Tag:
    """A function from a run of Chinese characters to its words, each with its part of speech.

    The tags are those of jieba's dictionary (n noun, vn verbal noun, v verb, uj 的, …): "n" for an
    office's own words, "x" for what is in no list. What rjieba guesses for such words jieba does not.
    """
    if _has_rjieba():
        fast = _rust(words)
        return lambda run: [(word, tag if fast.has_word(word) else "x") for word, tag in fast.tag(run)]
    from jieba import posseg

    slow = _python(words)
    tags = dict(posseg.POSTokenizer(slow).word_tag_tab) | dict.fromkeys(words, _NOUN)
    return lambda run: [(word, tags.get(word, "x")) for word in slow.lcut(run)]


def part_of_speech() -> Callable[[str], str]:
    """A function from a word to its part of speech in the dictionary (n, v, d, m, …); "" for a word
    it does not list."""
    tag = tagger()

    def of(word: str) -> str:
        found = tag(word)
        return found[0][1] if len(found) == 1 and found[0][1] != "x" else ""

    return of


def engine_name() -> str:
    """Name and version of the segmenter in use, for the manifest of a model."""
    from importlib.metadata import version

    name = "rjieba" if _has_rjieba() else "jieba"
    return f"{name} {version(name)}"


def _has_rjieba() -> bool:
    from importlib.util import find_spec

    return find_spec("rjieba") is not None


def _engine(words: tuple[str, ...]) -> Cut:
    return _rust(words).cut if _has_rjieba() else _python(words).lcut  # type: ignore[no-any-return]


@lru_cache(maxsize=4)
def _rust(words: tuple[str, ...]) -> Any:
    """A segmenter with these words; without any that which the module itself is, as each of them
    reads the whole dictionary."""
    import rjieba

    if not words:
        return rjieba
    fast = rjieba.Jieba()
    for word in words:
        fast.add_word(word, _FREQUENCY, _NOUN)
    return fast


def _python(words: tuple[str, ...]) -> Any:
    import jieba

    jieba.setLogLevel("WARNING")
    slow = jieba.Tokenizer()
    slow.tmp_dir = str(_private_cache())
    for word in words:
        slow.add_word(word, _FREQUENCY)
    return slow


def _private_cache() -> Path:
    """A folder only this user can write: jieba loads any newer cache from the shared one."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "recommender"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
