"""The console: Typer's words in Chinese, its errors explained, streams that never end the program."""

import io
import json
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from recommender.console import (
    ChineseCommand,
    explain_usage,
    file_progress,
    prepare_streams,
    print_json,
    say,
    step_progress,
    to_chinese,
)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Usage: tool [OPTIONS] COMMAND [ARGS]...\n", "用法：tool [选项] 命令 [参数]...\n"),
        ("Usage: tool run [OPTIONS] {文件}...\n", "用法：tool run [选项] 文件...\n"),
        ("Arguments:\n  文件 <list[Path]>  读什么。  [required]\n", "参数：\n  文件  读什么。  [必填]\n"),
        ("Arguments:\n  期号 <str>  哪一期。\n", "参数：\n  期号  哪一期。\n"),
        ("Options:\n  --help  Show this message and exit.\n", "选项：\n  --help  显示这段说明。\n"),
        ("Commands:\n  run  做。\n", "命令：\n  run  做。\n"),
        ("  --a <text|json>  甲。  [default: text]", "  --a <text|json>  甲。  [默认：text]"),
        ("  --b  乙。  [env var: X; default: .]", "  --b  乙。  [环境变量：X；默认：.]"),
        ("  --c  丙。  [env var: X; required]", "  --c  丙。  [环境变量：X；必填]"),
        ("  --top 个数  丁。  [x>=1]", "  --top 个数  丁。  [不小于 1]"),
        ("  例：tool suggest Options", "  例：tool suggest Options"),
    ],
)
def test_typers_words_in_chinese(english: str, chinese: str) -> None:
    assert to_chinese(english) == chinese
    assert to_chinese(chinese) == chinese


def test_columns_line_up_on_the_screen() -> None:
    rest = "                long\n\n  例：tool\n"
    text = f"Options:\n  --home 文件夹  哪里。\n  --debug     细节。  [default: x]\n{rest}"
    aligned = f"选项：\n  --home 文件夹  哪里。\n  --debug        细节。  [默认：x]\n{rest}"
    assert to_chinese(text) == aligned


def failing(*words: str) -> typer.TyperException:
    """The error a small command line raises for these words."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)

    @app.command("make", cls=ChineseCommand)
    def make(
        name: str = typer.Argument(..., metavar="名称"), size: int = typer.Option(1, "--size", min=1, max=9)
    ) -> None: ...

    @app.command("other", cls=ChineseCommand)
    def other(plain: str, share: float = 0.5, yes: bool = False) -> None: ...

    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    with pytest.raises(typer.TyperException) as caught:
        group.main(list(words), prog_name="tool", standalone_mode=False)
    return caught.value


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("mkae", "没有 mkae 这个命令。是不是要写 make？请运行 tool --help 查看用法。"),
        ("xyz", "没有 xyz 这个命令。请运行 tool --help 查看用法。"),
        ("a.b", "没有 a.b 这个命令。请运行 tool --help 查看用法。"),
        ("make", "缺少“名称”。请运行 tool make --help 查看用法。"),
        ("other", "缺少“plain”。请运行 tool other --help 查看用法。"),
        ("make a b", "多写了参数 b。请运行 tool make --help 查看用法。"),
        ("make a --size", "选项 --size 后面要写一个值。请运行 tool make --help 查看用法。"),
        ("make a --siz 1", "没有 --siz 这个选项。是不是要写 --size？请运行 tool make --help 查看用法。"),
        ("make a --size x", "“--size”的值不对，要写整数。请运行 tool make --help 查看用法。"),
        ("make a --size 0", "“--size”的值不对，要写不小于 1 的数。请运行 tool make --help 查看用法。"),
        ("make a --size 10", "“--size”的值不对，要写不大于 9 的数。请运行 tool make --help 查看用法。"),
        ("other a --share x", "“--share”的值不对，要写数。请运行 tool other --help 查看用法。"),
        ("other a --yes=1", "选项 --yes 后面不用写值。请运行 tool other --help 查看用法。"),
    ],
)
def test_usage_errors_are_explained(words: str, said: str) -> None:
    assert explain_usage(failing(*words.split())) == f"错误：{said}"


def test_an_error_nobody_knows_is_still_said() -> None:
    said = explain_usage(typer.BadParameter("something else"))
    assert said.startswith("错误：")
    assert said.endswith("请运行 recommender --help 查看用法。")


class Console(io.TextIOWrapper):
    """A stream as Windows gives it: GBK, and strict."""

    def __init__(self, encoding: str = "gbk", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def written(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


def test_what_a_console_cannot_show_becomes_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = Console(), Console()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    prepare_streams()
    typer.echo("推进😀贸易")
    say("找不到 𠮷.txt")
    assert (out.written(), err.written()) == ("推进?贸易\n", "找不到 ?.txt\n")


def test_streams_that_cannot_be_prepared_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", None)  # as under pythonw
    prepare_streams()


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8", "UTF8", "utf-16"])
def test_json_is_whole_in_any_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = Console(encoding)
    monkeypatch.setattr(sys, "stdout", out)
    value = {"题": ["推进😀贸易", "𠮷", 1.5, None]}
    print_json(value)
    assert json.loads(out.written()) == value
    assert ("推进" in out.written()) == (encoding in ("utf-8", "UTF8"))


def test_messages_do_not_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("找不到 \x1b[2J甲.txt")
    assert capsys.readouterr() == ("", "找不到 [2J甲.txt\n")


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_is_for_terminals(terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    err = Console("utf-8", terminal)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with file_progress() as (on_file, on_documents):
        on_documents(Path("a.jsonl"), 200)
        on_file(Path("甲.txt"), 1, 2)
        on_file(Path("乙[red].txt"), 2, 2)
    assert ("乙[red].txt" in err.written()) == terminal
    assert bool(err.written()) == terminal


def test_steps_are_shown_with_their_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    err = Console("gbk", True)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with step_progress() as tell:
        tell("读取各期 [x]", 3, 8)
        tell("学习主题")
    assert "学习主题" in err.written()
    assert "0/0" not in err.written()
    with step_progress() as tell:
        tell("读取各期 [x]", 3, 8)
    assert "读取各期 [x]" in err.written()
    assert "3/8" in err.written()
