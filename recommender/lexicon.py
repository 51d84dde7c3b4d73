"""Changing a word list of the office: a line more or less, everything else as the office wrote it."""

from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from recommender.errors import UsageError
from recommender.records import Lexicon

List = Literal["words", "stopwords", "synonyms"]
LISTS: tuple[List, ...] = get_args(List)
Step = Literal["add", "remove"]
_NAMES: dict[List, str] = {"words": "专业词", "stopwords": "停用词", "synonyms": "同义词"}
_T = TypeVar("_T")
_LONGEST = 30
_MARKS = "#=＝,，;；"


@dataclass(frozen=True, slots=True)
class WordChange:
    """A word to add to a list, or to take out; for synonyms the variant, and what it is unified to."""

    list: List
    step: Step
    word: str
    preferred: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words by whose occurrence the effect shows."""
        return (self.word, self.preferred) if self.preferred else (self.word,)


def check_change(change: WordChange, now: Lexicon) -> None:
    """Raise UsageError for a change that makes no sense with the lists as they are."""
    if change.list not in LISTS or change.step not in get_args(Step):
        raise UsageError("没有这样的词表或操作。请刷新页面后再试。")
    if (change.list == "synonyms") != bool(change.preferred):
        raise UsageError("同义词要写别称和统一说法两个词，其他词表只写一个词。")
    for word in change.texts:
        _check_word(word, shortest=1 if change.list == "stopwords" else 2)
    stands, name = _stands(change, now), _NAMES[change.list]
    if change.step == "remove" and not stands:
        raise UsageError(f"{name}里没有“{_shown(change)}”，不用去掉。")
    if change.step == "add" and stands:
        raise UsageError(f"{name}里已经有“{_shown(change)}”。")
    if change.step == "add":
        _refuse_contradiction(change, now)


def changed(now: Lexicon, change: WordChange) -> Lexicon:
    """The lists with the change made."""
    if change.list == "synonyms":
        pair = (change.word, change.preferred)
        return replace(now, synonyms=tuple(sorted(_altered(now.synonyms, pair, change.step))))
    words = tuple(sorted(_altered(getattr(now, change.list), change.word, change.step)))
    return replace(now, words=words) if change.list == "words" else replace(now, stopwords=words)


def changed_text(text: str, change: WordChange) -> str:
    """The file of a list with the change made: comments, order and other lines stay as they are.

    >>> changed_text("# 词\\n产教融合\\n", WordChange("words", "add", "双高计划"))
    '# 词\\n产教融合\\n双高计划\\n'
    >>> changed_text("甲方 乙方 = 双方\\n", WordChange("synonyms", "remove", "甲方", "双方"))
    '乙方 = 双方\\n'
    """
    end = "\r\n" if "\r\n" in text else "\n"
    if change.step == "add":
        line = f"{change.word} = {change.preferred}" if change.preferred else change.word
        gap = end if text and not text.endswith("\n") else ""
        return f"{text}{gap}{line}{end}"
    return "".join(_without(line, change) for line in text.splitlines(keepends=True))


def said(line: str) -> str:
    """What a line of a list says, without its comment."""
    return "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()


def _without(line: str, change: WordChange) -> str:
    content = said(line)
    if change.list != "synonyms":
        return "" if content == change.word else line
    left, _, right = content.replace("＝", "=").partition("=")
    if change.word not in left.split() or right.strip() != change.preferred:
        return line
    rest = " ".join(variant for variant in left.split() if variant != change.word)
    return line.replace(content, f"{rest} = {change.preferred}", 1) if rest else ""


def _altered(values: tuple[_T, ...], value: _T, step: Step) -> set[_T]:
    return {*values, value} if step == "add" else {*values} - {value}


def _stands(change: WordChange, now: Lexicon) -> bool:
    if change.list == "synonyms":
        return (change.word, change.preferred) in now.synonyms
    return change.word in getattr(now, change.list)


def _shown(change: WordChange) -> str:
    return " = ".join(change.texts)


def _check_word(word: str, shortest: int) -> None:
    fits = (
        shortest <= len(word) <= _LONGEST and word.isprintable() and not set(word) & {*_MARKS, " ", "\u3000"}
    )
    if not fits:
        shown = word[:_LONGEST].strip() or "（空）"
        raise UsageError(
            f"“{shown}”不能收入词表。请写 {shortest} 到 {_LONGEST} 个字的一个词，不带空格和 {_MARKS}。"
        )


def _refuse_contradiction(change: WordChange, now: Lexicon) -> None:
    preferred = dict(now.synonyms)
    stopped = (
        {*now.stopwords} if change.list != "stopwords" else {*now.words, *preferred, *preferred.values()}
    )
    for word in change.texts:
        if word in stopped:
            other = "停用词" if change.list != "stopwords" else "专业词或同义词"
            raise UsageError(f"“{word}”已在{other}里。请先从那里去掉，再加到{_NAMES[change.list]}里。")
    if change.list != "synonyms":
        return
    if change.word == change.preferred:
        raise UsageError(f"“{change.word}”和统一说法是同一个词。")
    if change.word in preferred:
        raise UsageError(f"“{change.word}”已统一为“{preferred[change.word]}”。请先去掉那一组。")
    if change.preferred in preferred:
        raise UsageError(
            f"“{change.preferred}”已统一为“{preferred[change.preferred]}”。请把统一说法写成后者。"
        )
    if change.word in preferred.values():
        raise UsageError(
            f"“{change.word}”是别的词的统一说法，不能再换成“{change.preferred}”。请先去掉那一组。"
        )
