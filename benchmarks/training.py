"""Time and memory of ingesting and training, and of training again: ``python benchmarks/training.py FILE``.

FILE: a collection of policies as JSON lines. Each step is a process of its own, in a workspace that
is thrown away: ingest all, train, ingest one document more, train again. Ratios within one run tell;
seconds depend on the machine.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from child import PROGRAM, environment

ONE_MORE = {
    "title": "示例省2026年政府工作报告",
    "province": "示例省",
    "year": 2026,
    "text": "一、发展数字贸易\n\n推进贸易数字化，支持建设海外仓。\n\n二、发展银发经济\n\n培养护理人才。",
}


def main() -> None:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("用法：python benchmarks/training.py 政策文集.jsonl（可用 .gz、.xz 压缩）")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        more = home / "more.jsonl"
        more.write_text(json.dumps(ONE_MORE, ensure_ascii=False), encoding="utf-8")
        run(home, "init", home)
        steps = [
            ("读入", ("ingest", Path(sys.argv[1]).resolve())),
            ("训练", ("train",)),
            ("再读入一份", ("ingest", more)),
            ("再训练", ("train",)),
        ]
        print(f"{'步骤':<10}{'处理器秒':>8}{'墙钟秒':>8}{'峰值 MiB':>10}")
        took = {}
        for label, words in steps:
            took[label], wall, peak = run(home, *words)
            print(f"{label:<10}{took[label]:>10.1f}{wall:>10.1f}{peak:>10.0f}", flush=True)
        print(f"再训练为训练的 {100 * took['再训练'] / took['训练']:.0f}%（处理器时间）")


def run(home: Path, *words: str | Path) -> tuple[float, float, float]:
    """Processor seconds, seconds and peak MiB of one command."""
    began = time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, "--home", str(home), *map(str, words)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(map(str, words))}：结束码 {child.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return processor(used), time.perf_counter() - began, used.ru_maxrss * scale / 2**20


def processor(used: resource.struct_rusage) -> float:
    """Seconds of the processor, in the program and for it in the kernel."""
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
