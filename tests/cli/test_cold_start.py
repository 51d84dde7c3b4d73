"""The quick commands stay quick: what they import is held here, what they take in benchmarks/commands.py."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Trained
from offices import SAMPLE

LEARNING = {"sklearn", "scipy", "pandas", "joblib", "distributed"}
DRAWING = {"altair", "docx", "jinja2", "vl_convert", "xlsxwriter", "rich"}
READING = {"cn2an", "lxml", "olefile", "opencc", "pypdf", "pypdfium2", "recommender.intake"}
CUTTING = {"jieba", "rjieba"}
SLOW_VALUES = {"pydantic"}


def loaded(home: Path, *words: str) -> set[str]:
    """The modules that a command imports in a process of its own."""
    script = (
        "import sys\nfrom recommender.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "--home", str(home), *words]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stderr.split())


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (
            "--help",
            {"numpy", "filelock", "recommender.office", "recommender.workspace", "recommender.records"},
        ),
        ("show 8", {"numpy", "filelock", *CUTTING, *READING}),
        ("show 8 --format json", {"numpy", *CUTTING, *READING}),
        ("suggest 8", READING - {"recommender.intake"}),
        ("suggest 8 --top 3 --format json", READING - {"recommender.intake"}),
    ],
)
def test_a_quick_command_imports_little(trained: Trained, words: str, without: set[str]) -> None:
    heavy = without | LEARNING | DRAWING | SLOW_VALUES
    assert heavy & loaded(trained.home, *words.split()) == set()


def test_a_file_is_suggested_for_without_what_learns_and_draws(trained: Trained) -> None:
    file = next(path for path in sorted(SAMPLE.iterdir()) if path.suffix == ".txt")
    assert (LEARNING | DRAWING) & loaded(trained.home, "suggest", str(file)) == set()


def test_the_check_sees_what_is_imported(trained: Trained) -> None:
    assert {"numpy", "recommender.recommend.suggest"} <= loaded(trained.home, "suggest", "8")
