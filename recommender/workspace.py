"""The workspace: where everything lies, how a new one is made, who may write, the office's word lists."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from recommender.config import settings_template
from recommender.disk import writing
from recommender.errors import InputError, LockedError, cause_of
from recommender.lexicon import said
from recommender.records import Lexicon


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of the office; the properties are paths in it, whether or not they exist."""

    home: Path

    @property
    def settings(self) -> Path:
        return self.home / "recommender.toml"

    @property
    def inbox(self) -> Path:
        return self.home / "data" / "inbox"

    @property
    def failed(self) -> Path:
        """Where ``retrain`` puts the files of the inbox that it cannot read."""
        return self.inbox / "failed"

    @property
    def corpus(self) -> Path:
        return self.home / "data" / "corpus.sqlite"

    @property
    def choices(self) -> Path:
        """What the editors chose and mended."""
        return self.home / "data" / "choices.sqlite"

    @property
    def kept_words(self) -> Path:
        return self.home / "data" / "words.sqlite"

    @property
    def lock_file(self) -> Path:
        return self.home / "data" / ".lock"

    @property
    def lexicon(self) -> Path:
        return self.home / "data" / "lexicon"

    @property
    def words(self) -> Path:
        return self.lexicon / "words.txt"

    @property
    def stopwords(self) -> Path:
        return self.lexicon / "stopwords.txt"

    @property
    def synonyms(self) -> Path:
        return self.lexicon / "synonyms.txt"

    @property
    def topics(self) -> Path:
        return self.lexicon / "topics.toml"

    @property
    def restored(self) -> Path:
        """What ``restore`` has verified and not yet put in place; there only while it works or was killed."""
        return self.home / ".restored"

    @property
    def replaced(self) -> Path:
        """What the last ``restore`` took out of its place."""
        return self.home / ".before-restore"

    @property
    def projects(self) -> Path:
        return self.home / "data" / "projects.csv"

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def background(self) -> Path:
        return self.home / "data" / "background"

    @property
    def reports(self) -> Path:
        return self.home / "reports"

    @property
    def cache(self) -> Path:
        """What the program makes once and may make again."""
        return self.home / "data" / ".cache"

    @property
    def written(self) -> tuple[Path, ...]:
        """Folders of files that the program reads or writes itself: no bulletins among them."""
        return self.lexicon, self.models, self.reports, self.background, self.failed


# -- making and writing ---------------------------------------------------------------------------

_LEXICON = {
    "words": "专业词语，一行一个；分词时不会切开。例如：产教联合体",
    "stopwords": "不参与统计的词语，一行一个。例如：通知",
    "synonyms": "同义词，一行一组，写成：别称1 别称2 = 统一说法。例如：产教联盟 = 产教联合体",
}


_TOPICS = """\
# 主题的名称。等号左边是主题的编号（不变），或程序起的名称（放在英文双引号里）；右边是科室起的名称，
# 不超过 16 个字，也放在英文双引号里。重新训练后生效，以后继续沿用。例如（去掉行首的 “# ” 就生效）：
[topics]
# 3 = "跨境电商"
# "失能老人·养老服务" = "养老服务"
"""


# The header alone, with the mark by which spreadsheets know UTF-8.
_PROJECTS = "\ufeff题目,年份,部门\n"


def init_workspace(home: Path) -> Workspace:
    """Make a workspace, or complete one; a file that exists is never overwritten.

    Raises UsageError when the folder cannot be written.
    """
    workspace = Workspace(home)
    with writing(home):
        for folder in (workspace.inbox, workspace.lexicon, workspace.models, workspace.reports):
            folder.mkdir(parents=True, exist_ok=True)
        _write_new(workspace.settings, settings_template())
        for name, note in _LEXICON.items():
            _write_new(workspace.lexicon / f"{name}.txt", f"# {note}\n")
        _write_new(workspace.topics, _TOPICS)
        _write_new(workspace.projects, _PROJECTS)
    return workspace


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; nothing is left of it when writing fails."""
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        return
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def lock(workspace: Workspace, wait: float = 0.0) -> Iterator[None]:
    """Hold the workspace for writing; LockedError when another run holds it for ``wait`` seconds more.

    The system frees the lock when its process ends, however it ends; the file stays, it is no sign.
    """
    from filelock import FileLock, Timeout

    guard = FileLock(workspace.lock_file)
    with writing(workspace.home):
        workspace.lock_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            guard.acquire(timeout=wait)
        except Timeout:  # itself an OSError, so before ``writing`` sees it
            message = f"{workspace.home}：另一次运行正在使用这个工作区，这次什么也没有做。请等它结束后再试。"
            raise LockedError(message) from None
    try:
        yield
    finally:
        guard.release()


# -- word lists -----------------------------------------------------------------------------------


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
