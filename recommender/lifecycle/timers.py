"""Ready files for the system's own scheduler: a crontab line, systemd units, a Windows task.

Each is text made from a ``Job``; nothing here installs anything. Formats: crontab(5), systemd.time(7)
and systemd.service(5), the Task Scheduler schema 1.2, and cmd batch files.
"""

import shlex
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from recommender.errors import UsageError
from recommender.lifecycle.schedule import Cron

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_LONG_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOST_TRIGGERS = 48  # of one Windows task


@dataclass(frozen=True, slots=True)
class Job:
    """python: the interpreter's path. home: the workspace's. at: when, with the text it was read from."""

    python: str
    home: str
    at: Cron
    text: str

    @property
    def name(self) -> str:
        """The same for the same workspace, another for another: recommender-3f2a1."""
        return f"recommender-{sha256(self.home.encode()).hexdigest()[:5]}"

    def words(self, *options: str) -> list[str]:
        """The command line, word by word."""
        return [self.python, "-m", "recommender", "--home", self.home, "retrain", *options]


# -- cron -----------------------------------------------------------------------------------------


def crontab(job: Job) -> str:
    """A line that looks every hour whether a run is due, so that one missed while the computer was
    off is made up for. ``%`` would end the command, and is escaped."""
    command = shlex.join(job.words("--if-due", job.text))
    if "\n" in command:
        raise UsageError("crontab 的一行里不能有换行。请把工作区移到名称里没有换行的文件夹。")
    return f"17 * * * * {command} >/dev/null 2>&1".replace("%", "\\%") + "\n"


# -- systemd --------------------------------------------------------------------------------------


def systemd_service(job: Job) -> str:
    """The unit that runs once; exit 3 and 4 leave their word in the history and are no failure of it."""
    return f"""[Unit]
Description=Recommender: scheduled retraining

[Service]
Type=oneshot
ExecStart={" ".join(_unit_word(word) for word in job.words("--wait", "600"))}
SuccessExitStatus=3 4
Nice=10
"""


def systemd_timer(job: Job) -> str:
    """The timer; ``Persistent`` makes up for times at which the computer was off."""
    calendars = "\n".join(f"OnCalendar={one}" for one in _on_calendar(job.at))
    return f"""[Unit]
Description=Recommender: when to retrain

[Timer]
{calendars}
Persistent=true
Unit={job.name}.service

[Install]
WantedBy=timers.target
"""


def _unit_word(word: str) -> str:
    """A word of ExecStart: quoted, without specifiers, variables or escapes of systemd's own."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _on_calendar(cron: Cron) -> list[str]:
    """Calendar expressions; where both kinds of day are given, one for each (either counts)."""
    clock = f"{_listed(cron.hours, 24)}:{_listed(cron.minutes, 60)}:00"
    months = _listed(cron.months, 12)
    found = []
    if not cron.any_week_day:
        names = ",".join(_DAYS[day] for day in sorted(cron.week_days))
        days = _listed(cron.days, 31) if cron.any_day else "*"
        found.append(f"{names} *-{months}-{days} {clock}")
    if cron.any_week_day or not cron.any_day:
        found.append(f"*-{months}-{_listed(cron.days, 31)} {clock}")
    return found


def _listed(values: frozenset[int], all_of_them: int) -> str:
    return "*" if len(values) == all_of_them else ",".join(f"{value:02d}" for value in sorted(values))


# -- Windows --------------------------------------------------------------------------------------


def windows_task(job: Job, start: str) -> bytes:
    """The task as XML in UTF-16, as ``schtasks /Create /XML`` wants it.

    start: the day from which it counts, ``2026-02-14``. UsageError for more times than a task may have.
    """
    program, *words = job.words("--wait", "600")
    triggers = "".join(_triggers(job.at, start))
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>政策动态研究方向推荐：定期重新训练</Description>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(list2cmdline(words))}</Arguments>
      <WorkingDirectory>{escape(job.home)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    return text.replace("\n", "\r\n").encode("utf-16")


def _triggers(cron: Cron, start: str) -> list[str]:
    times = list(product(sorted(cron.hours), sorted(cron.minutes)))
    kinds = _kinds(cron)
    if len(times) * len(kinds) > _MOST_TRIGGERS:
        raise UsageError(
            f"Windows 的一个计划任务最多 {_MOST_TRIGGERS} 个时间，这里有 {len(times) * len(kinds)} 个。"
            "请少写几个，例如 “0 6 * * 1”（每周一 6:00）。"
        )
    return [
        f"    <CalendarTrigger>\n      <StartBoundary>{start}T{hour:02d}:{minute:02d}:00</StartBoundary>\n"
        f"      <Enabled>true</Enabled>\n{kind}    </CalendarTrigger>\n"
        for kind in kinds
        for hour, minute in times
    ]


def _kinds(cron: Cron) -> list[str]:
    """How the days are given: every day, by week, by month, by week days of some months."""
    if cron.any_day and cron.any_week_day and len(cron.months) == 12 and len(cron.days) == 31:
        return ["      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>\n"]
    if not (cron.any_day or cron.any_week_day):
        return [_by_month(cron), _by_week_day(cron)]  # either counts
    if not cron.any_week_day and len(cron.days) < 31 or not cron.any_day and len(cron.week_days) < 7:
        raise UsageError("Windows 的计划任务不能同时限定日和星期。请只写其中一项，另一项写 *。")
    return [_by_month(cron) if cron.any_week_day else _by_week_day(cron)]


def _by_month(cron: Cron) -> str:
    days = "".join(f"<Day>{day}</Day>" for day in sorted(cron.days))
    inner = f"<DaysOfMonth>{days}</DaysOfMonth>{_months(cron)}"
    return f"      <ScheduleByMonth>{inner}</ScheduleByMonth>\n"


def _by_week_day(cron: Cron) -> str:
    days = "".join(f"<{_LONG_DAYS[day]} />" for day in sorted(cron.week_days))
    chosen = f"<DaysOfWeek>{days}</DaysOfWeek>"
    if len(cron.months) == 12:
        return f"      <ScheduleByWeek><WeeksInterval>1</WeeksInterval>{chosen}</ScheduleByWeek>\n"
    weeks = "".join(f"<Week>{week}</Week>" for week in ("1", "2", "3", "4", "Last"))
    inner = f"<Weeks>{weeks}</Weeks>{chosen}{_months(cron)}"
    return f"      <ScheduleByMonthDayOfWeek>{inner}</ScheduleByMonthDayOfWeek>\n"


def _months(cron: Cron) -> str:
    return f"<Months>{''.join(f'<{_LONG_MONTHS[month - 1]} />' for month in sorted(cron.months))}</Months>"


def windows_batch(job: Job) -> bytes:
    """A .bat to double-click: UTF-8 with its code page set first, and it waits to be read.

    Within quotes only ``%`` means something to cmd, and is doubled.
    """
    words = " ".join(_batch_word(word) for word in job.words())
    lines = [
        "@echo off",
        "chcp 65001 >nul",
        'set "PYTHONUTF8=1"',
        f"cd /d {_batch_word(job.home)}",
        words,
        "echo.",
        "pause",
    ]
    return "\r\n".join((*lines, "")).encode()


def _batch_word(word: str) -> str:
    """A word in quotes; a backslash before the closing quote is doubled, as the C runtime reads it."""
    if '"' in word:
        raise UsageError(f"{word}：路径里有双引号，Windows 不允许。请在要安装的 Windows 电脑上运行这个命令。")
    tail = "\\" * (len(word) - len(word.rstrip("\\")))
    return f'"{word.replace("%", "%%")}{tail}"'
