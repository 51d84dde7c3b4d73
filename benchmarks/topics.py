"""Topics of the provincial reports: ours against what a user would take instead, on the same words.

    python benchmarks/topics.py [--quick] [--once] [--keep FOLDER]

The clauses of the 768 reports are the texts (``--quick``: of every tenth report). The program cuts them
into words once, for all; each tool fits the same number of topics in a process of its own, three times
with other seeds and twice without a fifth of the texts (``--once``: one run), in turn, so that noise
falls on all. Peaks are
those of the largest process. NPMI counts the ten strongest words of a topic in the same texts for
all. Alike: the mean share (Jaccard) of ten words that matched topics of two runs have in common, and
the adjusted Rand index of the texts' strongest topics.

The second table is the way from text to topics: the tools with jieba's own cut, which they call as often
as they do and which is loaded before, against the whole process of ``recommender train``, which also
chooses the number of topics, names them, and learns emphasis, phrases and weights.
Measures are kept in FOLDER, if given: a run that was ended goes on there.
"""

import json
import lzma
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import topic_tools
from child import SHARED, Used, recommender, run, table
from topic_measures import Reference, distinct, stability
from topic_tools import TEXTS, TOOLS, WORDS, Found, Run, read_words

from recommender.corpus import open_corpus
from recommender.features.coherence import topic_count
from recommender.features.tokens import clause_tokens
from recommender.records import Lexicon

REPORTS = SHARED / "policy" / "provincial_reports_2000-2026.jsonl.xz"
QUICK = 10
RUNS = (Run(0), Run(1), Run(2), Run(3, without=0), Run(4, without=1))
WHOLE = 3  # of the runs are on all texts


@dataclass(frozen=True, slots=True)
class Fitted:
    """One run of a tool: seconds, and of the processor, from words to topics; the process; the topics."""

    wall: float
    processor: float
    used: Used
    found: Found


def main() -> None:
    if not REPORTS.exists():
        sys.exit(f"{REPORTS} is missing: nothing to measure on")
    every = QUICK if "--quick" in sys.argv else 1
    with tempfile.TemporaryDirectory() as temporary:
        keep = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else temporary
        folder = Path(keep).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        prepare(folder, every)
        names = [name for name, (library, _) in TOOLS.items() if not library or find_spec(library)]
        fitted: dict[str, list[Fitted]] = {name: [] for name in names}
        for number in range(1 if "--once" in sys.argv else len(RUNS)):
            for name in names:
                say(f"{name}, run {number + 1}")
                fitted[name].append(fit_apart(folder, name, number))
        report(folder, fitted)
        report_whole(folder, every, [name for name in names if name != "ours"])
        for name in sorted(TOOLS.keys() - set(names)):
            print(f"\n{name}: not installed, left out")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def prepare(folder: Path, every: int) -> None:
    """A workspace with the reports, trained; their clauses as text and as words."""
    trained(folder, every, 0)
    if not (folder / WORDS).exists():
        run([__file__, "--words", folder])


def trained(folder: Path, every: int, number: int) -> Used:
    """What a training from nothing took, or what was kept of it."""
    path = folder / f"train-{number}.json"
    if not path.exists():
        say(f"recommender train, run {number + 1}")
        path.write_text(json.dumps(asdict(train(folder, every))))
    return Used(**json.loads(path.read_text()))


def train(folder: Path, every: int) -> Used:
    """Train on the reports in a workspace of their own, from nothing."""
    home, reports = folder / "home", folder / "reports.jsonl"
    shutil.rmtree(home, ignore_errors=True)
    with lzma.open(REPORTS, "rt", encoding="utf-8") as file:
        reports.write_text("".join(line for i, line in enumerate(file) if i % every == 0), encoding="utf-8")
    recommender(home, "init", home)
    recommender(home, "ingest", reports)
    return recommender(home, "train")


def write_words(folder: Path) -> None:
    """texts.txt: a line a clause; words.txt: the same as words, those of a single clause left out."""
    texts, words = [], []
    with open_corpus(folder / "home" / "data" / "corpus.sqlite", reading=True) as corpus:
        for issue in corpus.stream():
            for tokens in clause_tokens(issue, Lexicon()):
                clause = issue.documents[tokens.document].clauses[tokens.clause]
                texts.append(" ".join(f"{clause.heading} {clause.text}".split()))
                words.append(tokens.all)
    counts = Counter(word for text in words for word in set(text))
    shared = [" ".join(word for word in text if counts[word] > 1) for text in words]
    both = [pair for pair in zip(texts, shared, strict=True) if pair[1]]
    for name, lines in zip((TEXTS, WORDS), zip(*both, strict=True), strict=True):
        (folder / name).write_text("\n".join(lines), encoding="utf-8")


def fit_apart(folder: Path, name: str, number: int, file: str = WORDS) -> Fitted:
    """One run of a tool in a process of its own, or what was kept of it."""
    text, one = folder / file, RUNS[number]
    path = folder / f"{text.stem}-{list(TOOLS).index(name)}-{number}.json"
    if not path.exists():
        part = path.with_suffix(".part")
        count = topic_count(text.read_text(encoding="utf-8").count("\n") + 1)
        facts = (text, name, str(count), str(one.seed), str(one.without), part)
        used = run([topic_tools.__file__, *facts])
        path.write_text(json.dumps(json.loads(part.read_text()) | {"used": asdict(used)}))
    facts = json.loads(path.read_text())
    return Fitted(facts["wall"], facts["processor"], Used(**facts["used"]), Found(**facts["found"]))


def report(folder: Path, fitted: dict[str, list[Fitted]]) -> None:
    """From words to topics."""
    reference = Reference(read_words(folder / WORDS))
    words, topics = sum(map(len, reference.texts)), len(fitted["ours"][0].found.words)
    print(f"{len(reference.texts):,} texts, {words:,} words, {topics} topics\n")
    fit = _median(fitted["ours"]).processor
    columns = ["words to topics", "CPU s", "s", "CPU × ours", "peak MiB", "NPMI", "distinct words"]
    if len(fitted["ours"]) > 1:
        columns += ["alike, other seed: words, texts", "alike, without a fifth: words, texts"]
    print(table(columns, [_row(name, runs, fit, reference) for name, runs in fitted.items()]))


def report_whole(folder: Path, every: int, names: Sequence[str]) -> None:
    """From text to topics."""
    own, others = [trained(folder, every, 0)], []
    for number, name in enumerate(names, 1):
        own.append(trained(folder, every, number))
        say(f"{name}, from text")
        others.append(fit_apart(folder, name, 0, TEXTS))
    usual = sorted(own, key=lambda used: used.processor)[len(own) // 2]
    rows = [
        ("recommender train, all it does", *_times(usual.processor, usual.wall, usual), f"{usual.peak:.0f}")
    ]
    for name, one in zip(names, others, strict=True):
        rows.append((f"jieba, {name}", *_times(one.processor, one.wall, usual), f"{one.used.peak:.0f}"))
    columns = ("text to topics", "CPU s", "CPU × ours", "s", "s × ours", "peak MiB")
    print("\n" + table(columns, rows))


def _times(processor: float, wall: float, own: Used) -> tuple[str, str, str, str]:
    """Seconds of the processor and of the clock, each beside what it is of ours."""
    ratios = (f"{processor / own.processor:.1f}", f"{wall / own.wall:.1f}")
    return f"{processor:.0f}", ratios[0], f"{wall:.0f}", ratios[1]


def _row(name: str, runs: Sequence[Fitted], own: float, reference: Reference) -> list[str]:
    """A tool in the first table."""
    took, found = _median(runs), [one.found for one in runs]
    npmi = statistics.median(reference.npmi(one.words) for one in found[:WHOLE])
    unlike = statistics.median(distinct(one.words) for one in found[:WHOLE])
    pairs = list(zip(RUNS, found, strict=False))  # one run alone tells of no other
    alike = [stability(part) for part in (pairs[:WHOLE], pairs[WHOLE:]) if len(part) > 1]
    times = [f"{took.processor:.1f}", f"{took.wall:.1f}", f"{took.processor / own:.1f}"]
    values = [f"{_peak(runs):.0f}", f"{npmi:.3f}", f"{unlike:.2f}"]
    return [name, *times, *values, *(f"{words:.2f}, {texts:.2f}" for words, texts in alike)]


def _median(runs: Sequence[Fitted]) -> Fitted:
    """The run of median processor time among those on all texts."""
    whole = sorted(runs[:WHOLE], key=lambda one: one.processor)
    return whole[len(whole) // 2]


def _peak(runs: Sequence[Fitted]) -> float:
    return max(one.used.peak for one in runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--words"]:
        write_words(Path(sys.argv[2]))
    else:
        main()
