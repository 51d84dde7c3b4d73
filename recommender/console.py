"""The command line in Chinese, and its streams: results to stdout, everything else to stderr."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from recommender.progress import Tell, say_nothing
from recommender.report.plain import printable

OnFile = Callable[[Path, int, int], None]
OnDocuments = Callable[[Path, int], None]

_HEADINGS = {"Usage: ": "用法：", "Arguments": "参数", "Options": "选项", "Commands": "命令"}
_PHRASES = {
    "Show this message and exit.": "显示这段说明。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "[env var: ": "[环境变量：",
    "; required]": "；必填]",
    "; default: ": "；默认：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
}
_PATTERNS = {
    r"^(  \S+) <(?:list\[)?(?:str|path|Path)\]?>": r"\1",  # the Python type of an argument
    r"\{([^{}|]+)\}": r"\1",  # braces around a single argument
    r"\b(\d+)<=x<=(\d+)": r"\1 至 \2",
    r"\bx>=(\d+)": r"不小于 \1",
}


def to_chinese(text: str) -> str:
    """Typer's own words in a help text, in Chinese."""
    for english, chinese in _PHRASES.items():
        text = text.replace(english, chinese)
    for english, chinese in _HEADINGS.items():
        text = (
            text.replace(f"{english}:\n", f"{chinese}：\n")
            if english.isalpha()
            else text.replace(english, chinese)
        )
    for pattern, chinese in _PATTERNS.items():
        text = re.sub(pattern, chinese, text, flags=re.MULTILINE)
    return "\n\n".join(_aligned(block) for block in text.split("\n\n"))


_ROW = re.compile(r"^  (\S.*?) {2,}(\S.*)$", re.MULTILINE)


def _aligned(block: str) -> str:
    """A list in two columns, the first as wide as it is on the screen: Chinese takes two places."""
    widest = max((_width(name) for name, _ in _ROW.findall(block)), default=0)
    return _ROW.sub(lambda row: f"  {row[1]}{' ' * (widest - _width(row[1]) + 2)}{row[2]}", block)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout, and whose errors know which command they are of."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            vars(error)["ctx"] = getattr(error, "ctx", None) or ctx
            raise

    def get_help(self, ctx: Any) -> str:
        return to_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese, its commands in the order they are written."""

    def get_help(self, ctx: Any) -> str:
        return to_chinese(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)


def explain_usage(error: typer.TyperException) -> str:
    """A usage error of the command line as a Chinese sentence with what to do; the help itself
    where a command was called without anything."""
    kind, message = type(error).__name__, error.format_message()
    context = getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError" and context:
        return str(context.get_help())
    place = _place(error)
    value = "要写一个值" if "requires" in message else "不用写值"
    said = {
        "NoSuchOption": f"没有 {place} 这个选项",
        "BadOptionUsage": f"选项 {place} 后面{value}",
        "MissingParameter": f"缺少“{place}”",
        "BadParameter": f"“{place}”的值不对{_expected(message)}",
    }.get(kind) or _explain_words(message)
    path = context.command_path if context else "recommender"
    return f"错误：{said}。{_nearest(error, message)}请运行 {path} --help 查看用法。"


def _explain_words(message: str) -> str:
    """What is wrong with the words of a command line that no option or argument stands for."""
    if found := re.search(r"No such command (['\"])(.*?)\1(?:\.|$)", message):
        return f"没有 {found[2]} 这个命令"
    if found := re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return f"多写了参数 {found[1]}"
    return "没有写命令" if "Missing command" in message else f"命令写得不对（{message}）"


def _nearest(error: typer.TyperException, message: str) -> str:
    """The commands or options nearest to an unknown one, as a question; "" where none is near."""
    asked = message.partition("Did you mean ")[2]
    near = re.findall(r"'([^']+)'", asked) or sorted(getattr(error, "possibilities", None) or ())
    return f"是不是要写 {'、'.join(near)}？" if near else ""


def _place(error: typer.TyperException) -> str:
    """The option or argument an error is about, as the user writes it."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(parameter.opts[0])


def _expected(message: str) -> str:
    """What Typer says it wanted instead, in Chinese; "" where it says nothing we know."""
    for pattern, chinese in _EXPECTATIONS.items():
        if found := re.search(pattern, message):
            return "，要写" + chinese.format(*found.groups()).replace("', '", "、").replace("'", "")
    return ""


_EXPECTATIONS = {
    r"valid integer": "整数",
    r"valid number": "数",
    r"greater than or equal to (\S+)": "不小于 {0} 的数",
    r"less than or equal to (\S+)": "不大于 {0} 的数",
    r"is not one of (.+?)\.?$": " {0} 中的一个",
}


def prepare_streams() -> None:
    """Characters a console cannot show become ?, instead of ending the program (GBK consoles)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def print_json(value: Any) -> None:
    """One JSON document on stdout; escaped where the stream is not UTF-8, so that it stays whole."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(value, ensure_ascii=plain, indent=2))


def say(text: str) -> None:
    """A message for the person at the console, on stderr."""
    typer.echo(printable(text), err=True)


@contextmanager
def step_progress() -> Iterator[Tell]:
    """A progress bar over steps, each with the time since the first; silent where stderr is not a
    terminal."""
    if not sys.stderr.isatty():
        yield say_nothing
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("正在开始", total=None, count="")

        def tell(step: str, done: int = 0, of: int = 0) -> None:
            said, count = escape(printable(step)), f"{done}/{of}" if of else ""
            bar.update(task, description=said, completed=done, total=of or None, count=count)

        yield tell


@contextmanager
def file_progress() -> Iterator[tuple[OnFile, OnDocuments]]:
    """``step_progress`` over files, with a count inside a collection."""
    with step_progress() as tell:
        place = (0, 0)

        def on_file(path: Path, number: int, total: int) -> None:
            nonlocal place
            place = (number - 1, total)
            tell(f"读入 {path.name}", *place)

        def on_documents(path: Path, count: int) -> None:
            tell(f"读入 {path.name}，已读 {count} 份", *place)

        yield on_file, on_documents
