"""Word lists: what a change would do, making it, taking it back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from offices import put, put_three

from recommender.begin import init_workspace
from recommender.errors import InputError, LockedError, UsageError
from recommender.lexicon import LISTS, WordChange
from recommender.office import desk, library, words
from recommender.office.words import Move, apply, preview, word_lists
from recommender.workspace import Workspace

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TERM = WordChange("words", "add", "跨境电商产业园")
STOP = WordChange("stopwords", "add", "贸易")
PAIR = WordChange("synonyms", "add", "数字平台", "数字化平台")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = init_workspace(tmp_path / "office")
    library.ingest(workspace, [put_three(tmp_path / "inbox")])
    return workspace


def test_a_term_is_previewed_before_it_is_added(office: Workspace) -> None:
    found = preview(office, TERM)
    assert (found.effect.clauses, found.effect.issues, found.effect.recut) == (3, ("1", "2", "3"), 3)
    example = found.effect.examples[0]
    assert example.issue == "3"  # the newest first
    assert "跨境电商产业园" in example.text
    assert "跨境电商产业园" in example.after
    assert "跨境电商产业园" not in example.before
    terms = {one.term: (one.before, one.after) for one in found.effect.terms}
    assert terms["跨境电商产业园"] == (0, 3)
    assert (found.newest, found.moves) == ("3", None)  # nothing trained yet
    assert word_lists(office).words == ()  # nothing was changed


def test_a_stop_word_vanishes_and_moves_directions(office: Workspace) -> None:
    desk.train_model(office, NOW)
    found = preview(office, STOP)
    (gone,) = [one for one in found.effect.terms if one.term == "贸易"]
    assert gone.before > 0 == gone.after
    assert found.moves is not None
    assert all(move.before != move.after for move in found.moves)
    nothing = preview(office, WordChange("stopwords", "add", "没有人说过"))
    assert (nothing.effect.clauses, nothing.effect.terms, nothing.moves) == (0, (), ())


def test_directions_that_would_move_are_named(office: Workspace) -> None:
    desk.train_model(office, NOW)
    found = preview(office, WordChange("words", "add", "居家养老服务"))
    assert found.moves is not None
    assert all(isinstance(move, Move) and move.title.endswith("研究") for move in found.moves)


def test_synonyms_merge_into_one_term(office: Workspace) -> None:
    found = preview(office, PAIR)
    assert {one.term: (one.before, one.after) for one in found.effect.terms}["数字化平台"] == (0, 2)
    assert apply(office, PAIR).synonyms == (("数字平台", "数字化平台"),)
    back = preview(office, WordChange("synonyms", "remove", "数字平台", "数字化平台"))
    assert {one.term: (one.before, one.after) for one in back.effect.terms}["数字化平台"] == (2, 0)


def test_a_list_keeps_comments_and_order(office: Workspace) -> None:
    text = "# 我们的词\r\n养老服务  # 常用\r\n\r\n# 外贸\r\n海外仓\r\n"
    put(office.lexicon, "words.txt", text)
    assert apply(office, TERM).words == ("养老服务", "海外仓", "跨境电商产业园")
    assert office.words.read_bytes().decode() == text + "跨境电商产业园\r\n"
    apply(office, WordChange("words", "remove", "养老服务"))
    assert office.words.read_bytes().decode() == "# 我们的词\r\n\r\n# 外贸\r\n海外仓\r\n跨境电商产业园\r\n"
    apply(office, WordChange("words", "remove", "跨境电商产业园"))
    assert word_lists(office).words == ("海外仓",)


def test_one_of_several_variants_is_taken_out(office: Workspace) -> None:
    put(
        office.lexicon,
        "synonyms.txt",
        "# 同义\n产教联盟 产教联合 = 产教联合体 # 统一\n甲方 ＝ 乙方".encode("gb18030"),
    )
    apply(office, WordChange("synonyms", "remove", "产教联盟", "产教联合体"))
    assert office.synonyms.read_text("utf-8") == "# 同义\n产教联合 = 产教联合体 # 统一\n甲方 ＝ 乙方"
    apply(office, WordChange("synonyms", "add", "丙方", "乙方"))
    assert office.synonyms.read_text("utf-8").endswith("甲方 ＝ 乙方\n丙方 = 乙方\n")
    apply(office, WordChange("synonyms", "remove", "甲方", "乙方"))
    assert word_lists(office).synonyms == (("丙方", "乙方"), ("产教联合", "产教联合体"))


def test_a_missing_list_is_made(office: Workspace) -> None:
    for name in LISTS:
        (office.lexicon / f"{name}.txt").unlink()
    apply(office, TERM)
    assert office.words.read_text("utf-8") == "跨境电商产业园\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (WordChange("words", "add", "海外仓"), "已经有“海外仓”"),
        (WordChange("words", "remove", "没有"), "里没有“没有”"),
        (WordChange("words", "add", "仓"), "请写 2 到 30 个字"),
        (WordChange("words", "add", "海外 仓库"), "不能收入词表"),
        (WordChange("words", "add", "#海外"), "不能收入词表"),
        (WordChange("words", "add", "海外=仓"), "不能收入词表"),
        (WordChange("words", "add", "海外\n仓"), "不能收入词表"),
        (WordChange("words", "add", "词" * 31), "不能收入词表"),
        (WordChange("words", "add", ""), "（空）"),
        (WordChange("words", "add", "通知"), "“通知”已在停用词里"),
        (WordChange("stopwords", "add", "海外仓"), "“海外仓”已在专业词或同义词里"),
        (WordChange("stopwords", "add", "联合体"), "已在专业词或同义词里"),
        (WordChange("synonyms", "add", "联盟"), "两个词"),
        (WordChange("words", "add", "甲方", "乙方"), "只写一个词"),
        (WordChange("synonyms", "add", "联盟", "联盟"), "同一个词"),
        (WordChange("synonyms", "add", "联盟体", "大联合"), "已统一为“联合体”"),
        (WordChange("synonyms", "add", "小联盟", "联盟体"), "已统一为“联合体”"),
        (WordChange("synonyms", "add", "联合体", "共同体"), "是别的词的统一说法"),
        (WordChange("topics", "add", "联盟"), "没有这样的词表"),  # type: ignore[arg-type]
        (WordChange("words", "change", "联盟"), "没有这样的词表"),  # type: ignore[arg-type]
    ],
)
def test_a_change_that_makes_no_sense_is_refused(office: Workspace, change: WordChange, said: str) -> None:
    put(office.lexicon, "words.txt", "海外仓\n")
    put(office.lexicon, "stopwords.txt", "通知\n")
    put(office.lexicon, "synonyms.txt", "联盟体 = 联合体\n")
    before = {path.name: path.read_bytes() for path in office.lexicon.glob("*.txt")}
    for act in (preview, apply):
        with pytest.raises(UsageError, match=said):
            act(office, change)
    assert {path.name: path.read_bytes() for path in office.lexicon.glob("*.txt")} == before


def test_one_change_at_a_time(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_WAIT", 0.0)
    with FileLock(office.lexicon / ".lock"), pytest.raises(LockedError, match="别人正在改词表"):
        apply(office, TERM)
    apply(office, TERM)


def test_a_list_that_cannot_be_read_is_not_overwritten(office: Workspace) -> None:
    put(office.lexicon, "words.txt", b"\xff\xff\xff")
    with pytest.raises(InputError, match="编码"):
        apply(office, TERM)
    assert office.words.read_bytes() == b"\xff\xff\xff"


def test_a_preview_without_issues(tmp_path: Path) -> None:
    found = preview(init_workspace(tmp_path / "empty"), TERM)
    assert (found.effect.clauses, found.newest, found.moves) == (0, "", None)
