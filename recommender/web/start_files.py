"""A file that starts the page when it is double-clicked."""

import shlex
from pathlib import Path

from recommender.disk import write_whole, writing
from recommender.errors import UsageError


def write_start_files(folder: Path, home: Path, python: Path, platform: str) -> tuple[Path, ...]:
    """Write the start file of a system (``win32``, ``darwin``, or another Unix) for a workspace.

    python: the interpreter the program is installed for. Returns the files written.
    """
    made = _batch(home, python) if platform == "win32" else _shell(home, python, platform)
    written = []
    for name, content in made.items():
        path = folder / name
        write_whole(path, content)
        if platform != "win32":
            with writing(path):
                path.chmod(0o755)
        written.append(path)
    return tuple(written)


def _batch(home: Path, python: Path) -> dict[str, bytes]:
    r"""ASCII but for paths, CRLF: cmd reads a batch file in the code page of the console, GBK in China.

    >>> _batch(Path("C:/a"), Path("C:/p.exe"))["start-recommender.bat"].split(b"\r\n")[0]
    b'@echo off'
    """
    lines = (
        "@echo off",
        f'"{_safe(python)}" -m recommender --home "{_safe(home.resolve())}" serve',
        "if errorlevel 1 pause",
        "",
    )
    try:
        return {"start-recommender.bat": "\r\n".join(lines).encode("gbk")}
    except UnicodeEncodeError as error:
        raise UsageError(f"{home}：路径里有批处理文件写不了的字。请把工作区放到别的文件夹。") from error


def _safe(path: Path) -> str:
    """A path inside the quotes of a batch file, where only % still has a meaning."""
    return str(path).replace("%", "%%")


def _shell(home: Path, python: Path, platform: str) -> dict[str, bytes]:
    """A script, and on Linux the entry that a desktop starts."""
    command = shlex.join((str(python), "-m", "recommender", "--home", str(home.resolve()), "serve"))
    script = f"#!/bin/sh\nexec {command}\n".encode()
    if platform == "darwin":
        return {"start-recommender.command": script}
    entry = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=研究方向推荐",
        f"Exec={_quoted((str(python), '-m', 'recommender', '--home', str(home.resolve()), 'serve'))}",
        "Terminal=true",
        "",
    )
    return {"start-recommender.sh": script, "recommender.desktop": "\n".join(entry).encode()}


def _quoted(words: tuple[str, ...]) -> str:
    r"""Words as the Exec key of a desktop entry takes them (Desktop Entry Specification 1.5, "Exec").

    >>> _quoted(("a b", "50%"))
    '"a b" "50%%"'
    """

    def quoted(word: str) -> str:
        for char in '\\"`$':
            word = word.replace(char, "\\" + char)
        return f'"{word}"'.replace("\\", "\\\\").replace("%", "%%")

    return " ".join(map(quoted, words))
