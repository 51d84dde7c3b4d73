"""The office's word lists as it writes them: plain text, and the names it gives to topics."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from recommender.errors import InputError, cause_of
from recommender.lexicon import said
from recommender.records import Lexicon
from recommender.workspace import Workspace


def read_lexicon(workspace: Workspace) -> Lexicon:
    """The three lists of the workspace; InputError as in ``read_words`` and ``read_synonyms``."""
    return Lexicon(
        words=read_words(workspace.words),
        stopwords=read_words(workspace.stopwords),
        synonyms=read_synonyms(workspace.synonyms),
    )


def read_words(path: Path) -> tuple[str, ...]:
    """The words of a list, one a line, sorted and unique; a missing file is an empty list.

    ``#`` begins a comment. Raises InputError naming file and line where a line is not one word.
    """
    words = set()
    for number, line in _lines(path):
        if len(line.split()) > 1:
            raise InputError(f"{path} 第 {number} 行：“{line}”中间有空格。请一行只写一个词。")
        words.add(line)
    return tuple(sorted(words))


def read_synonyms(path: Path) -> tuple[tuple[str, str], ...]:
    """(variant, preferred) pairs from lines ``variant1 variant2 = preferred``, sorted and unique.

    A missing file is an empty list. Raises InputError naming file and line where a line has another
    form, or gives a variant a second preferred word, or replaces a preferred word in its turn.
    """
    preferred: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in _lines(path):
        for variant, word in _synonym_line(path, number, line):
            if preferred.setdefault(variant, word) != word:
                first = f"第 {lines[variant]} 行已统一为“{preferred[variant]}”"
                raise InputError(f"{path} 第 {number} 行：“{variant}”在{first}。请只留一处。")
            lines.setdefault(variant, number)
    for variant, word in preferred.items():
        if word in preferred:
            place = f"{path} 第 {lines[variant]} 行：统一说法“{word}”在第 {lines[word]} 行又被换成"
            raise InputError(f"{place}“{preferred[word]}”。请把两行的统一说法写成同一个词。")
    return tuple(sorted(preferred.items()))


def _synonym_line(path: Path, number: int, line: str) -> list[tuple[str, str]]:
    left, _, right = line.replace("＝", "=").partition("=")
    variants, words = left.split(), right.split()
    if not variants or len(words) != 1 or "=" in right or words[0] in variants:
        raise InputError(f"{path} 第 {number} 行：“{line}”看不懂。请写成：别称1 别称2 = 统一说法。")
    return [(variant, words[0]) for variant in variants]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number, content) of the lines that say something, without comments."""
    for number, line in enumerate(read_list(path).splitlines(), 1):
        if content := said(line):
            yield number, content


_MAX_NAME = 16  # characters, as program labels have


def read_topic_names(path: Path) -> dict[str, str]:
    """The office's names of topics: id or earlier label → name; {} without the file.

    The file has one table, ``[topics]``, with lines ``3 = "跨境电商"``. Raises InputError naming the
    file and the line's key where the form is another, or a name is empty, long or given twice.
    """
    table = _topics_table(path)
    keys: dict[str, str] = {}
    for key, value in table.items():
        name = value.strip() if isinstance(value, str) else ""
        if not 0 < len(name) <= _MAX_NAME:
            expected = f'1 到 {_MAX_NAME} 个字的名称，例如 {key if key.isascii() else "3"} = "跨境电商"'
            raise InputError(f"{path}：“{key}”右边应当是放在英文双引号里的 {expected}。请改正后再试。")
        if name in keys:
            raise InputError(f"{path}：“{keys[name]}”和“{key}”都叫“{name}”。请给不同的主题不同的名称。")
        keys[name] = key
    return {key.strip(): name for name, key in keys.items()}


def _topics_table(path: Path) -> dict[str, object]:
    text = read_list(path).replace("\r\n", "\n")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第 {place[1]} 行附近" if place else "文件末尾"
        remedy = '编号或程序起的名称 = "科室起的名称"，中文都放在英文双引号里，同一项只写一次'
        raise InputError(f"{path}：{where}看不懂。请写成：{remedy}。") from error
    table = raw.get("topics", {})
    if not isinstance(table, dict) or set(raw) - {"topics"}:
        raise InputError(f"{path}：只能有 [topics] 一段，每个名称写在它的下面。请改正后再试。")
    return table


def read_list(path: Path) -> str:
    """Text of a list: UTF-8 with or without BOM, or GB18030 as an older Notepad saves it; "" without
    a file. InputError for another encoding, or a file that cannot be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InputError(f"{path}：词表读不出来（{cause_of(error)}）。请检查权限。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}：词表的编码不认识。请用记事本另存为 UTF-8。")
