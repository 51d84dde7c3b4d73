"""All tables of benchmarks in one go, as one Markdown page.

    python benchmarks/suite.py [SECTION …] [--quick] [--out FILE]

Each section is a script beside this one, run in a process of its own with its progress on stderr;
what it prints becomes a part of the page, which is written to FILE or, at the end, to stdout.
``--quick`` takes a part of the text, few repeats, and leaves out what takes long. A section that fails
is said to have failed, the others go on, and the suite ends with 1. What it takes to install the tools
that are compared stands in README.md beside this file.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from child import ROOT, SHARED

REPORTS = str(SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz")


@dataclass(frozen=True, slots=True)
class Section:
    """A script of benchmarks with the words it gets; quick: those of a quick run, None to leave it out.

    is_table: it prints Markdown; else its lines are shown as they stand.
    """

    title: str
    words: tuple[str, ...] = ()
    quick: tuple[str, ...] | None = ()
    is_table: bool = False


SECTIONS = {
    "segmentation": Section("Segmentation", quick=("--quick",), is_table=True),
    "topics": Section("Topics", quick=("--quick", "--once"), is_table=True),
    "keyphrases": Section("Key phrases of 1,000 abstracts", quick=("--quick",), is_table=True),
    "hits": Section("Editors' picks among the first ten", is_table=True),
    "ranking": Section("What each feature of the ranker adds", quick=None),
    "emerging": Section("Emerging terms foretold", quick=None),
    "training": Section("Training and training again", (REPORTS,), None),
    "growth": Section("Growth", ("--sizes", "100,1000,10000"), ("--sizes", "100,200")),
    "cluster": Section("A cluster of two against two processes", (REPORTS,), (REPORTS, "50")),
    "commands": Section("Commands", ("5",), ("1",)),
    "reports": Section("Reports", ("3",), ("1",)),
    "layouts": Section("Headings that a PDF loses", quick=None),
    "scans": Section("Headings read from scans", quick=None, is_table=True),
    "bombs": Section("Hostile files", quick=None, is_table=True),
    "folder": Section("A folder of 10,000 files, ended in the middle", ("10000", "2"), None),
    "crash": Section("Killed at random", ("200",), ("8",)),
    "web_crash": Section("The editor's page killed", ("100",), None),
    "web_load": Section("The editor's page under load", ("300",), None),
    "endurance": Section("Months of scheduled runs", ("100", "20"), None),
}


def main() -> None:
    asked = _arguments()
    names = asked.section or [
        name for name, one in SECTIONS.items() if not asked.quick or one.quick is not None
    ]
    page, failed = [heading(date.today(), asked.quick)], []
    for number, name in enumerate(names, 1):
        say(f"== {number} of {len(names)}: {name}")
        began = time.perf_counter()
        text, ok = run_section(name, asked.quick)
        say(f"== {name}: {time.perf_counter() - began:.0f} s{'' if ok else ', FAILED'}")
        page.append(text)
        failed += [] if ok else [name]
    if asked.out:
        asked.out.write_text("\n\n".join(page) + "\n", encoding="utf-8")
    else:
        print("\n\n".join(page))
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="All tables of benchmarks in one go.")
    parser.add_argument("section", nargs="*", type=_section, help=f"{', '.join(SECTIONS)}; all without")
    parser.add_argument("--quick", action="store_true", help="a part of the text, few repeats")
    parser.add_argument("--out", type=Path, help="the file to write; else stdout")
    return parser.parse_args()


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise argparse.ArgumentTypeError(f"there is no section {name}")
    return name


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_section(name: str, quick: bool) -> tuple[str, bool]:
    """A section as Markdown, and whether its script ended well; what it says on stderr is shown."""
    section = SECTIONS[name]
    words = (section.quick or ()) if quick else section.words
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *words],
        stdout=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
        check=False,
    )
    shown = " ".join(("python", f"benchmarks/{name}.py", *(_short(word) for word in words)))
    return as_markdown(section, shown, done.stdout, done.returncode), done.returncode == 0


def _short(word: str) -> str:
    """A path of the shared data as it is from the project's folder: the page names no folder of a machine."""
    return word.replace(str(SHARED), "../shared")


def as_markdown(section: Section, command: str, printed: str, code: int) -> str:
    body = printed.strip() if section.is_table else f"```\n{printed.rstrip()}\n```"
    failure = f"\n\n**Failed: it ended with {code}.**" if code else ""
    return f"## {section.title}\n\n`{command}`\n\n{body}{failure}"


def heading(day: date, quick: bool) -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{_processor_name()}, {os.cpu_count()} cores, {memory:.0f} GiB"
    python = f"{platform.system()}; Python {platform.python_version()}"
    advice = "Compare figures within one table: absolute times depend on the machine."
    return f"# Benchmarks{', quick' if quick else ''}\n\n{day}; {machine}; {python}. {advice}"


def _processor_name() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
