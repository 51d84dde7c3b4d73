"""The command line in Chinese, and its streams: results to stdout, everything else to stderr."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from typer.core import TyperCommand, TyperGroup

from recommender.ingest import Progress as OnFile

_HEADINGS = {"Usage: ": "用法：", "Arguments": "参数", "Options": "选项", "Commands": "命令"}
_PHRASES = {
    "Show this message and exit.": "显示这段说明。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "[env var: ": "[环境变量：",
    "; required]": "；必填]",
    "; default: ": "；默认：",
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
    return text.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

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
    said = {
        "NoSuchOption": f"没有 {place} 这个选项",
        "BadOptionUsage": f"选项 {place} 后面要写一个值" if "requires" in message else f"选项 {place} 后面不用写值",
        "MissingParameter": f"缺少“{place}”",
        "BadParameter": f"“{place}”的值不对{_expected(message)}",
    }.get(kind, message)
    if "No such command" in message:
        said = f"没有 {message.split(chr(39))[1]} 这个命令"
    elif "unexpected extra argument" in message:
        said = f"多写了参数 {message.partition('(s)')[2].strip(' ()')}"
    elif "Missing command" in message:
        said = "没有写命令"
    path = context.command_path if context else "recommender"
    return f"错误：{said}。请运行 {path} --help 查看用法。"


def _place(error: typer.TyperException) -> str:
    """The option or argument an error is about, as the user writes it."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).rstrip(".")
    return str(parameter.opts[0])


def _expected(message: str) -> str:
    """What Typer says it wanted instead, in Chinese; "" where it says nothing we know."""
    for pattern, chinese in _EXPECTATIONS.items():
        if found := re.search(pattern, message):
            return "，要写" + chinese.format(*found.groups())
    return ""


_EXPECTATIONS = {
    r"valid integer": "整数",
    r"greater than or equal to (\S+)": "不小于 {0} 的数",
    r"is not one of (.+?)\.?$": " {0} 之一",
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
    typer.echo(text, err=True)


@contextmanager
def file_progress() -> Iterator[OnFile]:
    """A progress bar over files, silent where stderr is not a terminal."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("读入", total=None)

        def on_file(path: Path, number: int, total: int) -> None:
            bar.update(task, completed=number - 1, total=total, description=f"读入 {path.name}")

        yield on_file
