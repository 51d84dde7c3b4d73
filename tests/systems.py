"""What tests need of the machine beside Python: named where it is missing, demanded where CI runs."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from recommender.report.fonts import Font, system_font


def missing(what: str) -> NoReturn:
    """Skip the test with the reason, or fail it in CI, where everything must be installed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; .ci/run must install it")
    pytest.skip(f"{what} is missing")


def program(*names: str) -> str:
    """The path of the first of some programs."""
    return next((path for path in map(shutil.which, names) if path), "") or missing(names[0])


def chinese_font() -> Font:
    """The Chinese font of this machine."""
    return system_font() or missing("a Chinese font (fonts-noto-cjk)")


def axe_core() -> str:
    """The script of axe-core, which .ci/run takes from the npm registry; AXE_CORE names the file."""
    path = Path(os.environ.get("AXE_CORE", ""))
    return path.read_text(encoding="utf-8") if path.is_file() else missing("axe-core (AXE_CORE)")
