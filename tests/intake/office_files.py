"""Files as offices have them, made by LibreOffice; tests that need it skip without, and fail in CI."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_UTF8_TEXT = "Text (encoded):UTF8,LF,,,"


def need_libreoffice() -> None:
    if not SOFFICE:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: .ci/run installs it")
        pytest.skip("LibreOffice (soffice) is not installed")


def convert(files: list[Path], form: str, folder: Path) -> list[Path]:
    """The files in another form, in a folder, in the same order. form: an ending, or ``ending:filter``."""
    need_libreoffice()
    reading = [f"--infilter={_UTF8_TEXT}"] if files[0].suffix == ".txt" else []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", *reading, "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]


def convert_all(files: list[Path], folder: Path) -> dict[str, list[Path]]:
    """form → the files in it: Word from the text, all others from Word, as an office would save them."""
    word = convert(files, "docx", folder)
    return {"docx": word} | {form: convert(word, form, folder) for form in ("doc", "html", "pdf")}
