"""Kill the editor's page (SIGKILL) at random moments while three editors write, and look whether all that
it confirmed to them is stored: every choice, correction and word must be.

    python benchmarks/web_crash.py [kills] [seed]

Default 100 kills. Ends with 1 when anything was lost, or stored that nobody sent.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads do not survive the fork of the harness
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    from crashes import call
    from editors import Served, kill_while_writing
    from offices import put_three

    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        put_three(home / "data" / "inbox")
        assert call("--home", home, "run", home / "data" / "inbox")[0] == 0
        wrong = kill_while_writing(Served(home), "1", kills, seed, lambda text: print(text, flush=True))
    print(*wrong, f"{kills} kills, {len(wrong)} faults, {time.perf_counter() - started:.0f} s", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
