"""What the tests of the outer rooms share: invented bulletins as text, and the command line to call."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
TRADE = (
    "推进贸易数字化。支持外贸企业使用数字平台，贸易单证在线流转，降低成本。",
    "发展跨境电商。建设跨境电商产业园，鼓励企业租用海外仓，培养跨境电商人才。",
    "优化口岸通关服务。压缩通关时间，减少报关单证，企业享受通关便利。",
    "加强组织领导。各地各部门要提高认识，抓好落实。",
)
CARE = (
    "发展居家养老服务。街道设立养老服务站，老年人享受助餐助浴。",
    "培养养老护理人才。职业院校开设养老护理专业，护理员参加技能培训。",
    "推进适老化改造。老年人家庭加装扶手，社区养老设施逐步改造。",
)


def bulletin(
    serial: int,
    picks: tuple[str, ...] = (),
    trade: tuple[str, ...] = TRADE,
    title: str = "示例贸易教育动态",
) -> str:
    """A bulletin of two documents as an office would save it."""
    numerals = "一二三四五六七八九十"
    lines = [title, f"第{serial}期（总第{serial}期）", "示例商贸学院科研处", f"2024年{serial}月10日", ""]
    for label, head, clauses in (
        ("一", "商务部《关于推动外贸稳定增长的意见》", trade),
        ("二", "民政部《关于发展养老服务的意见》", CARE),
    ):
        lines += [f"{label}、2024年{serial}月1日，{head}，提出：", ""]
        lines += [f"（{numerals[i]}）{clause}\n" for i, clause in enumerate(clauses)]
    if picks:
        lines += ["三、本期推荐研究方向", ""]
        lines += [f"{number}. {pick}" for number, pick in enumerate(picks, 1)]
    return "\n".join(lines) + "\n"


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with this content; the folders before it are made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def put_three(folder: Path) -> Path:
    """Three bulletins with picks, enough to learn from."""
    put(folder, "1.txt", bulletin(1, ("推进贸易数字化研究",)))
    put(folder, "2.txt", bulletin(2, ("发展跨境电商研究",), TRADE[::-1]))
    put(folder, "3.txt", bulletin(3, ("培养养老护理人才研究",), TRADE[1:]))
    return folder


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_process(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Ran:
    """The command line in a process of its own, its output through pipes, read as UTF-8 or as
    PYTHONIOENCODING says."""
    done = subprocess.run(
        [sys.executable, "-c", "from recommender.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(SAMPLE.parent.parent), "PYTHONUTF8": "0"} | environment,
        timeout=120,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes, without SQLite's passing ones."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-wal", "-shm"))
    }
