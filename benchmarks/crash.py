"""Kill every writing command at random points and count what is broken afterwards: nothing must be.

    python benchmarks/crash.py [points of retrain] [seed]

The other commands get an eighth of the points each. Ends with 1 when anything was wrong.
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
    import crashes

    retrain = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        office = crashes.make_office(Path(folder) / "base" / "office")
        names = crashes.commands(office)
        counts = {name: retrain if name == "retrain" else retrain // 8 for name in names}
        wrong = crashes.survey(office, Path(folder), counts, seed, lambda text: print(text, flush=True))
    print(f"{sum(counts.values())} points, {len(wrong)} faults, {time.perf_counter() - started:.0f} s")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
