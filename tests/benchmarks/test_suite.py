"""The benchmarks run what they say: every section is a script, every tool finds planted topics, and
measures tell equal from unequal."""

import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import child
import pytest
import segmentation
import suite
import topic_measures
import topic_tools

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PLANTED = (
    ["跨境", "电商", "海外仓", "外贸", "口岸", "报关", "出口", "通关", "保税", "物流"],
    ["养老", "护理", "老年人", "助餐", "照护", "康复", "社区", "医养", "床位", "失能"],
)


def test_every_section_is_a_script_and_stands_in_the_manual() -> None:
    manual = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    for name in suite.SECTIONS:
        assert (BENCHMARKS / f"{name}.py").exists()
        assert f"`{name}.py`" in manual


@pytest.mark.filterwarnings("ignore")  # others may warn as they like
@pytest.mark.parametrize("name", topic_tools.TOOLS)
def test_every_tool_that_is_installed_finds_planted_topics(name: str) -> None:
    library, fit = topic_tools.TOOLS[name]
    if library and not find_spec(library):
        pytest.skip(f"{library} is not installed: it comes with the extra bench")
    # with rare words, since BERTopic's embedding has a hundred dimensions
    texts = [[*PLANTED[n % 2][n % 5 :], *PLANTED[n % 2][: n % 3], f"少见{n % 120}"] for n in range(240)]
    found = fit([" ".join(words) for words in texts], str.split, 2, 0)
    assert {frozenset(words) for words in found.words} == {frozenset(words) for words in PLANTED}
    assert [topic == found.topic_of[0] for topic in found.topic_of] == [n % 2 == 0 for n in range(240)]


def test_npmi_of_words_that_only_meet_is_one_and_of_words_that_never_do_minus_one() -> None:
    reference = topic_measures.Reference([PLANTED[n % 2] for n in range(10)])
    mixed = [[*PLANTED[0][:5], *PLANTED[1][:5]]]
    assert reference.npmi(PLANTED) == pytest.approx(1.0)
    assert reference.npmi(mixed) == pytest.approx((20 * 1 - 25) / 45)
    assert topic_measures.distinct([*PLANTED, PLANTED[0]]) == pytest.approx(2 / 3)


def test_stability_compares_the_texts_that_both_runs_had() -> None:
    runs = [topic_tools.Run(0, without=0), topic_tools.Run(1, without=1)]
    topics = [row % 2 for row in range(20)]
    found = [
        topic_tools.Found([*PLANTED], [topics[row] ^ flip for row in range(20) if run.keeps(row)])
        for flip, run in enumerate(runs)
    ]
    assert topic_measures.stability(list(zip(runs, found, strict=True))) == (1.0, 1.0)
    shifted = topic_tools.Found([*PLANTED], [*found[1].topic_of[1:], 0])
    assert topic_measures.stability([(runs[0], found[0]), (runs[1], shifted)])[1] < 0.9


def test_both_engines_cut_the_same_words_of_runs_of_chinese(tmp_path: Path) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("推进产教融合，2000年时建设海外仓\n发展数字贸易", encoding="utf-8")
    for engine in ("runs", "ours"):
        segmentation.cut_lines(engine, texts)
    cut = [texts.with_suffix(f".{engine}").read_text(encoding="utf-8") for engine in ("runs", "ours")]
    assert cut[0] == cut[1]
    assert cut[0].replace(" ", "") == "推进产教融合年时建设海外仓\n发展数字贸易"


def test_a_child_is_measured_and_its_failure_is_told() -> None:
    used = child.run(["-c", "x = bytearray(50_000_000); [i * i for i in range(2_000_000)]"])
    assert used.wall > 0 and used.processor > 0.01 and used.peak > 50
    with pytest.raises(SystemExit, match="ended with 3"):
        child.run(["-c", "raise SystemExit(3)"])


def test_the_suite_goes_on_after_a_failure_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sections = {"title_forms": suite.Section("无文件夹"), "suite": suite.Section("帮助", ("--help",))}
    monkeypatch.setattr(suite, "SECTIONS", sections)
    monkeypatch.setattr(sys, "argv", ["suite.py", "--out", str(tmp_path / "page.md")])
    with pytest.raises(SystemExit, match="failed: title_forms"):
        suite.main()
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert page.startswith(f"# Benchmarks\n\n{date.today()}")
    assert "**Failed: it ended with 1.**" in page and "usage: suite.py" in page
    assert "2 of 2: suite" in capfd.readouterr().err


def test_the_page_names_no_folder_of_this_machine() -> None:
    assert suite._short(suite.REPORTS) == "../shared/policy/provincial_reports_2000-2026.jsonl.xz"


def test_help_of_the_suite_runs_without_any_other_tool() -> None:
    command = [sys.executable, str(BENCHMARKS / "suite.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "segmentation" in done.stdout
