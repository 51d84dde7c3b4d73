"""Fuzzing of cleaning, parsing and the readers, guided by coverage; needs ``pip install atheris``.

``python benchmarks/fuzz.py TARGET SECONDS FOLDER`` grows a corpus in FOLDER/TARGET and writes each new
crash (one a place in the code) beside it as FOLDER/crash-TARGET-…, with the trace in a .txt file. What is
found becomes a case in tests/intake/cases/hostile/, which the tests read again.
"""

import hashlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "intake")]
with atheris.instrument_imports(include=["recommender.intake"]):
    import hostile
    from kept import lost_lines

    from recommender.config import Limits
    from recommender.errors import InputError
    from recommender.intake.clean import clean_text
    from recommender.intake.parse import parse_text
    from recommender.intake.readers.docx import read_docx
    from recommender.intake.readers.html import read_html, read_mht
    from recommender.intake.readers.pdf import read_pdf
    from recommender.intake.readers.table import form_of
    from recommender.intake.readers.text import read_text
    from recommender.intake.readers.word97 import read_word97

LIMITS = Limits(unpacked_mb=8, chars=20_000)
SAMPLE = Path(__file__).parents[1] / "data" / "sample"


def fuzz_clean(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")[:4000]
    once = [line.text for line in clean_text(text).lines]
    assert [line.text for line in clean_text("\n".join(once)).lines] == once, "cleaning does not come to rest"


def fuzz_parse(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")[:8000]
    issue = parse_text(text)
    assert lost_lines(text, issue) == [], "a line is lost"


def fuzz_docx(data: bytes) -> None:
    """The three parts of a document, between marks that no XML has."""
    body, styles, numbering, *_ = [*data.split(b"\xff"), b"", b""]
    parts = {"word/styles.xml": styles, "word/numbering.xml": numbering}
    read_docx(hostile.word(body, {name: part for name, part in parts.items() if part}), LIMITS)


TARGETS: dict[str, Callable[[bytes], object]] = {
    "clean": fuzz_clean,
    "parse": fuzz_parse,
    "text": lambda data: read_text(data, LIMITS),
    "docx": fuzz_docx,
    "package": lambda data: read_docx(data, LIMITS),
    "doc": lambda data: read_word97(data, LIMITS),
    "pdf": lambda data: read_pdf(data, LIMITS),
    "html": lambda data: read_html(data, LIMITS),
    "mht": lambda data: read_mht(data, LIMITS),
    "form": form_of,
}


def one_input(data: bytes, target: str, folder: Path) -> None:
    """Run a target; note a crash by where it happened, once, and go on."""
    try:
        TARGETS[target](data)
    except InputError:
        pass
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
        name = hashlib.sha256(f"{type(error).__name__} {places}".encode()).hexdigest()[:10]
        path = folder / f"crash-{target}-{name}"
        if not path.exists():
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(traceback.format_exc(), encoding="utf-8")


def main() -> None:
    target, seconds, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    grown = folder / target
    grown.mkdir(parents=True, exist_ok=True)
    if target in ("clean", "parse", "text"):
        for path in SAMPLE.glob("*.txt"):
            (grown / path.name).write_bytes(path.read_bytes())
    (grown / "word").write_bytes(hostile.plain_word())
    atheris.Setup(
        [
            sys.argv[0],
            str(grown),
            f"-max_total_time={seconds}",
            "-timeout=30",
            "-max_len=60000",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={folder}/slow-{target}-",
            "-print_final_stats=1",
        ],
        lambda data: one_input(data, target, folder),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
