"""The command line: it gathers the commands and turns every error into one line and an exit code."""

import gc
import sys
import traceback

import typer

from recommender.commands.app import app
from recommender.console import explain_usage, prepare_streams, say
from recommender.errors import RecommenderError, UsageError

__all__ = ["app", "main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end with the exit code of the contract.

    arguments: those of a caller that goes on afterwards; None for the process's own.
    """
    if arguments is None:
        gc.set_threshold(_NEW_OBJECTS)
    prepare_streams()
    code = _run(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        gc.freeze()  # what is still there goes with the process, and need not be searched for cycles
    sys.exit(code)


_NEW_OBJECTS = 100_000  # before cycles are looked for; by Python's 700, a tenth of a list's time goes there
_INTERRUPTED = 130  # what Typer makes of Ctrl-C


def _run(given: list[str]) -> int:
    try:
        code = app(args=given, prog_name="recommender", standalone_mode=False) or 0
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        return int(code)
    except RecommenderError as error:
        say(f"错误：{error}")
        return error.exit_code
    except typer.TyperException as error:
        say(explain_usage(error))
        return UsageError.exit_code
    except (typer.Abort, KeyboardInterrupt):
        say("已中断。已经读入的内容不会丢失。")
        return RecommenderError.exit_code
    except Exception as error:  # the one place where an unforeseen error becomes a message
        advice = "请用 recommender --debug 加原来的命令重试，并把输出发给维护者"
        say(f"错误：程序出现意外（{type(error).__name__}：{error}）。{advice}。")
        if "--debug" in given:
            traceback.print_exc()
        return RecommenderError.exit_code
