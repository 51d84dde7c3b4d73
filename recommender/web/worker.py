"""The process that does long work for the page: the use cases of the commands, under the same lock, with
progress and result as lines of JSON on stdout. ``python -m recommender.web.worker HOME KIND ARGUMENT…``
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from recommender.errors import RecommenderError
from recommender.workspace import Workspace

Work = Callable[[Workspace, Sequence[str]], dict[str, Any]]


def _tell(**values: Any) -> None:
    """A line to the server; one that has been killed hears nothing, and the work goes on."""
    try:
        print(json.dumps(values, ensure_ascii=False), flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # for the rest of the process


def _step(text: str, done: int = 0, of: int = 0) -> None:
    _tell(step=text, done=done, of=of)


def _now() -> datetime:
    return datetime.now().astimezone()


def _ingest(workspace: Workspace, arguments: Sequence[str]) -> dict[str, Any]:
    """Files into the corpus. arguments: their paths."""
    from recommender.office import library
    from recommender.report.contract import ingest_contract

    def on_file(path: Path, number: int, total: int) -> None:
        _step(f"正在读入 {path.name}", number - 1, total)

    return ingest_contract(library.ingest(workspace, [Path(one) for one in arguments], on_file))


def _retrain(workspace: Workspace, arguments: Sequence[str]) -> dict[str, Any]:
    """Inbox, training, checks, promotion, as the command ``retrain`` does."""
    from recommender.lifecycle.history import as_json
    from recommender.office.retrain import Wish, retrain

    run = retrain(workspace, _now(), Wish(), tell=_step)
    return as_json(run) if run else {}


def _report(workspace: Workspace, arguments: Sequence[str]) -> dict[str, Any]:
    """The files of a report. arguments: the issue's key, the forms parted by commas, the editor whose
    list is to be written, "" for the program's own, and the name of the export."""
    from recommender.office.chosen import chosen_report
    from recommender.office.exports import write_export
    from recommender.office.reports import full_report

    key, forms, editor, name = arguments
    now = _now()
    _step("正在整理推荐、走势和对照", 0, 2)
    report = full_report(workspace, key, now.date().isoformat())
    if editor:
        report = chosen_report(workspace, report, editor)
    _step("正在写文件", 1, 2)
    made = write_export(workspace, report, forms.split(","), name, now)
    return {"export": made.name, "forms": list(made.forms)}


def _compare(workspace: Workspace, arguments: Sequence[str]) -> dict[str, Any]:
    """The comparison over all issues, kept for the page that shows it."""
    from recommender.web.comparing import compare_and_keep

    _step("正在逐期对照")
    return compare_and_keep(workspace)


WORK: dict[str, Work] = {"ingest": _ingest, "retrain": _retrain, "report": _report, "compare": _compare}


def main(arguments: Sequence[str]) -> int:
    """Do one piece of work; 0, or 1 with the reason told."""
    home, kind, *rest = arguments
    try:
        _tell(result=WORK[kind](Workspace(Path(home)), rest))
    except RecommenderError as error:
        _tell(error=str(error))
        return 1
    except Exception as error:
        _tell(error=f"程序出现意外（{type(error).__name__}：{error}）。请把这一行交给维护者。")
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
