"""Time and peak memory of hostile files, each read in a process of its own; run it as
``python benchmarks/bombs.py``. Peaks are of the reading process and of the capped one it starts."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import hostile

READ = """
import resource, sys, time
from pathlib import Path
from recommender.config import Limits
from recommender.errors import InputError
from recommender.intake.archive import contents
from recommender.intake.files import fetch
from recommender.intake.read import issue_of, read_content
from recommender.intake.worker import worker
limits, began, said = Limits(), time.monotonic(), ""
try:
    for content in contents(fetch(Path(sys.argv[1]), limits), limits):
        said = f"read: {len(issue_of(read_content(content, limits), limits).documents)} documents"
except InputError as error:
    said = str(error).removeprefix(sys.argv[1] + "：").partition("。")[0]
took = time.monotonic() - began
worker(limits.memory_mb).close()
own = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) // 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{took:6.1f} s {own:5d} MB {child:5d} MB  {said}")
"""


def large(folder: Path) -> Iterator[tuple[str, Path]]:
    """The largest ones, which the tests make smaller."""
    path = folder / "big.docx"
    path.write_bytes(hostile.word_bomb(1024 * hostile.MB))
    yield f"zip bomb, {path.stat().st_size // 1024} KB to 1 GB", path
    path.write_bytes(hostile.word_bomb(300 * hostile.MB))
    yield "300 MB text node", path
    path.write_bytes(hostile.many_paragraphs(3_000_000))
    yield "three million empty paragraphs", path
    path = folder / "big.pdf"
    path.write_bytes(hostile.pdf_bomb())
    yield "PDF stream bomb, 1 GB twice packed", path


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for source in (hostile.write_all, hostile.special, large):
            for name, path in source(folder):
                ran = subprocess.run(
                    [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False
                )
                print(f"{name:36s} {ran.stdout.strip() or ran.stderr[-300:]}", flush=True)


if __name__ == "__main__":
    main()
