"""Help and usage errors: Chinese throughout, with an example, whatever command or option."""

import pkgutil
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer
from conftest import Call, Trained
from typer.core import TyperGroup

from recommender import commands
from recommender.cli import app
from recommender.commands.listed import LISTED

GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = {
    f"{name} {inner}".strip(): leaf
    for name, command in GROUP.commands.items()
    for inner, leaf in (command.commands.items() if isinstance(command, TyperGroup) else [("", command)])
}
TOP = GROUP.commands
TOP_LEVEL = list(TOP)
# Words a Chinese reader types or sees on screen as they are.
NAMES = {
    *(
        "recommender",
        "RECOMMENDER_HOME",
        "JSON",
        "json",
        "text",
        "md",
        "txt",
        "html",
        "docx",
        "xlsx",
        "png",
        "svg",
        "reports",
        "data",
        "inbox",
    ),
    *("sample", "TF", "IDF", "own", "provincial", "national", "meetings", "jsonl", "csv", "issue"),
    *("month", "quarter", "year", "zip", "cron", "crontab", "systemd", "Linux", "macOS", "Windows"),
    *("XML", "bat", "sequential", "threading", "loky", "dask", "tcp", "https", "PEM"),
}


def english(text: str) -> set[str]:
    """Latin words of two letters or more that are neither an option, a command nor a known name."""
    words = re.findall(r"(?<![\w-])[A-Za-z_]{2,}", re.sub(r"--[\w-]+", "", text))
    return set(words) - NAMES - {word for name in COMMANDS for word in name.split()}


def options() -> Iterator[tuple[str, str, bool]]:
    """(command, option, whether it takes a value) of every command."""
    for name, command in COMMANDS.items():
        for parameter in command.params:
            if parameter.param_type_name == "option":
                yield name, parameter.opts[0], not getattr(parameter, "is_flag", False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese(call: Call, name: str) -> None:
    ran = call(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert english(ran.out) == set()
    assert re.search(r"^  例：recommender " + name, ran.out, re.MULTILINE)
    assert re.match(rf"用法：recommender {name} \[选项\]", ran.out)
    assert not re.search(r"[{}]|<(?![a-z]+(?:\|[a-z]+)+>)|: $", ran.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_is_described(call: Call, name: str) -> None:
    text = call(*name.split(), "--help").out
    for parameter in COMMANDS[name].params:
        shown = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
        line = next(line for line in text.splitlines() if line.startswith(f"  {shown}"))
        assert re.search("[\u4e00-\u9fff]", line.split("  ", 2)[-1]), line


SHARED = {"app", "listed", "quick", "workers"}  # what commands have in common


def test_the_list_of_commands_holds_every_module_of_commands() -> None:
    """The help is written without those modules, so that one left out would never be found."""
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)} - SHARED
    assert modules == {listed.module for listed in LISTED.values()}
    for name, listed in LISTED.items():
        import_module(f"recommender.commands.{listed.module}")
        assert TOP[name].help == listed.help, name
    registered = {str(info.name) for info in app.registered_commands}
    assert registered | {str(info.name) for info in app.registered_groups} == LISTED.keys()


def test_the_program_lists_its_commands(call: Call) -> None:
    text = call("--help").out
    assert english(text) == set()
    assert "例：recommender run data/sample" in text
    assert re.findall(r"^  (\w+) {2,}\S", text.partition("命令：\n")[2], re.MULTILINE) == TOP_LEVEL


def test_examples_are_commands_that_parse(call: Call) -> None:
    for name, command in COMMANDS.items():
        words = shlex.split(str(command.epilog).removeprefix("例："))
        depth = 1 + len(name.split())
        assert words[:depth] == ["recommender", *name.split()]
        with command.make_context(name, words[depth:], resilient_parsing=False):
            pass


def test_without_a_command_the_help_is_shown(call: Call) -> None:
    ran = call()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("用法：recommender")


def is_usage_error(call: Call, *words: str) -> str:
    ran = call(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("错误：")
    assert "--help 查看用法。" in ran.err
    mentioned = set(re.findall(r"[A-Za-z_]{2,}", " ".join(words)))  # a user's own words may come back
    assert english(ran.err) <= mentioned, ran.err
    return ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sugest 8", "没有 sugest 这个命令。是不是要写 suggest、ingest？"),
        ("show 8 --form json", "没有 --form 这个选项。是不是要写 --format？"),
        ("it's", "没有 it's 这个命令"),
        ("a\"b'c", "这个命令"),
        ("--nonsense", "没有 --nonsense 这个选项"),
        ("-x", "没有 -x 这个选项"),
        ("--home", "选项 --home 后面要写一个值"),
        ("--debug=1 show 8", "选项 --debug 后面不用写值"),
        ("show", "缺少“期号或文件”"),
        ("init", "缺少“文件夹”"),
        ("run", "缺少“文件或文件夹”"),
        ("show 1 2 3", "多写了参数 2 3"),
        ("suggest 8 --top x", "“--top”的值不对，要写整数"),
        ("suggest 8 --top 0", "“--top”的值不对，要写不小于 1 的数"),
        ("show 8 --format xml", "“--format”的值不对，要写 text、json 中的一个"),
        ("--home x", "没有写命令"),
    ],
)
def test_what_is_wrong_is_said(call: Call, words: str, said: str) -> None:
    assert said in is_usage_error(call, *words.split())


@pytest.mark.parametrize(("command", "option", "takes_value"), list(options()))
def test_every_option_can_be_given_wrongly(call: Call, command: str, option: str, takes_value: bool) -> None:
    is_usage_error(call, *command.split(), f"{option}-x")
    if takes_value:
        assert f"选项 {option} 后面要写一个值" in is_usage_error(call, *command.split(), option)
    else:
        assert f"选项 {option} 后面不用写值" in is_usage_error(call, *command.split(), f"{option}=1")


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ("pdf", "没有 pdf 这种格式"),
        ("md,pdf,doc", "没有 pdf、doc 这种格式"),
        ("", "没有写格式"),
        (" ，", "没有写格式"),
    ],
)
def test_forms_that_do_not_exist(call: Call, trained: Trained, forms: str, said: str) -> None:
    ran = call("--home", trained.home, "report", "8", "--as", forms)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"错误：--as：{said}。可以写的有：html、docx、xlsx、md、txt、png、svg。\n"


@pytest.mark.parametrize("forms", ["md,txt", "md，txt", "MD、txt", "md, txt,md", "md txt"])
def test_forms_may_be_parted_as_one_likes(call: Call, trained: Trained, tmp_path: Path, forms: str) -> None:
    ran = call("--home", trained.home, "report", "8", "--as", forms, "--out", tmp_path)
    assert (ran.code, ran.out.split()) == (0, [f"{tmp_path}/8.md", f"{tmp_path}/8.txt"])
