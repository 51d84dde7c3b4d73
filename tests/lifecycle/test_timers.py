"""Schedulers' files: they parse, mean the same times, and survive any path an office may have."""

import codecs
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import UsageError
from recommender.lifecycle.schedule import parse_cron
from recommender.lifecycle.timers import (
    Job,
    crontab,
    systemd_service,
    systemd_timer,
    windows_batch,
    windows_task,
)

PLACES = r"C:\程序 文件\Python 3\python.exe", "D:\\科研处 100%\\政策 & 动态\\"
WINDOWS = Job(*PLACES, parse_cron("0 6 * * 1"), "0 6 * * 1")
NAMESPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def job(home: str = "/srv/科研处/我的 动态", at: str = "0 6 * * 1") -> Job:
    return Job("/usr/bin/python3", home, parse_cron(at), at)


ODD = "ab 动态&%'\"$\\;#()!~*"
paths = st.text(st.sampled_from(ODD), min_size=1, max_size=12).map(lambda text: f"/{text}")


# -- cron ------------------------------------------------------------------------------------------


@given(paths)
def test_the_crontab_line_runs_the_very_words(home: str) -> None:
    line = crontab(job(home))
    assert line.count("\n") == 1
    # cron itself takes \% as % and an unescaped % as the end of the command
    assert not re.search(r"(?<!\\)%", line)
    command = line.split(maxsplit=5)[5].replace("\\%", "%")
    words = shlex.split(command.removesuffix(">/dev/null 2>&1\n"))
    assert words == job(home).words("--if-due", "0 6 * * 1")


def test_a_line_break_in_a_path_is_refused() -> None:
    with pytest.raises(UsageError, match="换行"):
        crontab(job("/a\nb"))


# -- systemd ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("0 6 * * 1", ["Mon *-*-* 06:00:00"]),
        ("30 6,18 * * *", ["*-*-* 06,18:30:00"]),
        ("0 6 1 */6 *", ["*-01,07-01 06:00:00"]),
        ("0 6 13 * 5", ["Fri *-*-* 06:00:00", "*-*-13 06:00:00"]),
        ("*/30 * * * 0,6", ["Sun,Sat *-*-* *:00,30:00"]),
    ],
)
def test_calendar_expressions(at: str, expected: list[str]) -> None:
    timer = systemd_timer(job(at=at))
    assert re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE) == expected
    assert "Persistent=true" in timer


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    if not (tool := shutil.which("systemd-analyze")):
        pytest.skip("systemd-analyze is not installed")
    odd = job("/tmp/科研处 100%/a'b$c", "0 6 13 3,9 5")
    units = tmp_path / f"{odd.name}.service", tmp_path / f"{odd.name}.timer"
    service = systemd_service(odd).replace("/usr/bin/python3", shutil.which("true") or "/bin/true")
    units[0].write_text(service, encoding="utf-8")
    units[1].write_text(systemd_timer(odd), encoding="utf-8")
    done = subprocess.run([tool, "verify", *map(str, units)], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if odd.name in line]
    assert complaints == []
    for calendar in re.findall(r"^OnCalendar=(.*)$", systemd_timer(odd), re.MULTILINE):
        subprocess.run([tool, "calendar", calendar], capture_output=True, check=True)


@given(paths)
def test_systemd_reads_the_very_words(home: str) -> None:
    line = next(one for one in systemd_service(job(home)).splitlines() if one.startswith("ExecStart="))
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    words = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in quoted]
    assert words == job(home).words("--wait", "600")
    assert re.sub(r'"(?:[^"\\]|\\.)*"', "", line).split() == ["ExecStart="]


# -- Windows ---------------------------------------------------------------------------------------


def task(one: Job) -> ET.Element:
    data = windows_task(one, "2026-02-14")
    assert data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    assert 'encoding="UTF-16"' in data.decode("utf-16")
    return ET.fromstring(data)


def said(root: ET.Element, path: str) -> str:
    found = root.find("/".join(f"t:{part}" for part in path.split("/")), NAMESPACE)
    assert found is not None
    return found.text or ""


def parse_windows(line: str) -> list[str]:
    """A command line as the C runtime of Windows parts it (its rules for quotes and backslashes)."""
    words, word, quoted, given_ = [], "", False, False
    position = 0
    while position < len(line):
        run = re.compile(r"\\*").match(line, position)
        assert run
        after = line[run.end() : run.end() + 1]
        if after == '"':
            word += "\\" * (len(run[0]) // 2)
            if len(run[0]) % 2:
                word += '"'
            else:
                quoted, given_ = not quoted, True
            position = run.end() + 1
        elif run[0]:
            word += run[0]
            position = run.end()
        elif after in " \t" and not quoted:
            words += [word] if word or given_ else []
            word, given_ = "", False
            position += 1
        else:
            word += after
            position += 1
    return words + ([word] if word or given_ else [])


def test_the_task_runs_the_very_words() -> None:
    root = task(WINDOWS)
    assert said(root, "Actions/Exec/Command") == WINDOWS.python
    assert parse_windows(said(root, "Actions/Exec/Arguments")) == WINDOWS.words("--wait", "600")[1:]
    assert PureWindowsPath(said(root, "Actions/Exec/WorkingDirectory")) == PureWindowsPath(WINDOWS.home)
    assert said(root, "Settings/StartWhenAvailable") == "true"
    assert said(root, "Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert said(root, "Triggers/CalendarTrigger/StartBoundary") == "2026-02-14T06:00:00"
    days = root.find(".//t:DaysOfWeek", NAMESPACE)
    assert days is not None
    assert [day.tag.split("}")[1] for day in days] == ["Monday"]


@pytest.mark.parametrize(
    ("at", "kinds", "number"),
    [
        ("0 6 * * *", {"ScheduleByDay"}, 1),
        ("0 6,18 * * 1-5", {"ScheduleByWeek"}, 2),
        ("0 6 1,15 * *", {"ScheduleByMonth"}, 1),
        ("0 6 * 3,9 *", {"ScheduleByMonth"}, 1),
        ("0 6 * 3 1", {"ScheduleByMonthDayOfWeek"}, 1),
        ("0 6 13 * 5", {"ScheduleByMonth", "ScheduleByWeek"}, 2),
        ("*/30 * * * *", {"ScheduleByDay"}, 48),
    ],
)
def test_kinds_of_triggers(at: str, kinds: set[str], number: int) -> None:
    triggers = task(job(at=at)).findall(".//t:CalendarTrigger", NAMESPACE)
    assert len(triggers) == number
    assert {trigger[2].tag.split("}")[1] for trigger in triggers} == kinds


def test_more_times_than_a_task_may_have_are_refused() -> None:
    with pytest.raises(UsageError, match="最多 48"):
        windows_task(job(at="*/10 * * * *"), "2026-02-14")


def test_the_batch_file_runs_the_very_words() -> None:
    data = windows_batch(WINDOWS)
    assert not data.startswith(codecs.BOM_UTF8)  # cmd would read it as a command
    lines = data.decode().split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    command = next(line for line in lines if "retrain" in line)
    assert parse_windows(command.replace("%%", "%")) == WINDOWS.words()
    assert not re.search(r"(?<!%)%(?!%)", command.replace("%%", ""))
    assert lines[-2:] == ["pause", ""]


def test_a_quote_in_a_path_is_refused_on_windows() -> None:
    with pytest.raises(UsageError, match="双引号"):
        windows_batch(job('/a"b'))


def test_two_workspaces_have_two_names() -> None:
    assert job("/a").name != job("/b").name
    assert job("/a").name == job("/a").name
