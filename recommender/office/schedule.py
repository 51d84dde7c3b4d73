"""What to give to the system's scheduler, and how to install it there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recommender.disk import write_whole
from recommender.lifecycle import timers
from recommender.lifecycle.schedule import parse_cron
from recommender.lifecycle.timers import Job


@dataclass(frozen=True, slots=True)
class File:
    """A file ready to be installed; ``encoding`` is that of its bytes."""

    name: str
    data: bytes
    encoding: str = "utf-8"

    @property
    def text(self) -> str:
        return self.data.decode(self.encoding).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Plan:
    """Files, and the steps that install and remove them."""

    files: tuple[File, ...]
    steps: tuple[str, ...]


def cron(python: str, home: str, at: str) -> Plan:
    """A crontab line; UsageError for a time that cannot be read, as below."""
    job = Job(python, home, parse_cron(at), at)
    return Plan(
        (File("crontab.txt", timers.crontab(job).encode()),),
        (
            "运行 crontab -e，把上面这一行加到末尾，保存。它每小时看一次，到了时间才训练；关机错过的会补上。",
            "查看：crontab -l；结果见工作区的 models/retrain.log。",
            "取消：运行 crontab -e，删去这一行。",
        ),
    )


def systemd(python: str, home: str, at: str) -> Plan:
    """A service and its timer, for the user's own systemd."""
    job = Job(python, home, parse_cron(at), at)
    name, folder = job.name, "~/.config/systemd/user"
    return Plan(
        (
            File(f"{name}.service", timers.systemd_service(job).encode()),
            File(f"{name}.timer", timers.systemd_timer(job).encode()),
        ),
        (
            f"把两个文件放进 {folder}（mkdir -p {folder}）。",
            f"运行 systemctl --user daemon-reload && systemctl --user enable --now {name}.timer",
            "没有人登录时也要运行的话：loginctl enable-linger",
            "查看：systemctl --user list-timers；结果见工作区的 models/retrain.log。",
            f"取消：systemctl --user disable --now {name}.timer",
        ),
    )


def windows(python: str, home: str, at: str, today: date) -> Plan:
    """A task and a batch file; the task counts from ``today``."""
    job = Job(python, home, parse_cron(at), at)
    task, batch = f"{job.name}.xml", f"{job.name}.bat"
    return Plan(
        (
            File(task, timers.windows_task(job, today.isoformat()), "utf-16"),
            File(batch, timers.windows_batch(job)),
        ),
        (
            "请在要安装的 Windows 电脑上，加 --out 文件夹 运行本命令，写出这两个文件。",
            f'在命令提示符里进入那个文件夹，运行 schtasks /Create /TN "{job.name}" /XML "{task}"',
            f"想马上运行一次，双击 {batch}。",
            f'查看：schtasks /Query /TN "{job.name}"；结果见工作区的 models\\retrain.log。',
            f'取消：schtasks /Delete /TN "{job.name}"',
        ),
    )


def write(plan: Plan, out: Path) -> tuple[Path, ...]:
    """Write the files into a folder; UsageError when it cannot be written."""
    for file in plan.files:
        write_whole(out / file.name, file.data)
    return tuple(out / file.name for file in plan.files)
