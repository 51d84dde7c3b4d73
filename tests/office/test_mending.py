"""What an editor mends counts as printed, everywhere, and survives a corpus made anew."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from conftest import Call
from offices import TRADE, bulletin, put, put_three

from recommender.choices.corrections import Change, change_of
from recommender.corpus import open_corpus
from recommender.errors import ConflictError, InputError, UsageError
from recommender.office import desk, health, library
from recommender.office.corrections import Mended, mend, mended_issue, opposite
from recommender.office.finding import Finding
from recommender.workspace import Workspace

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HEADING = change_of("heading", 0, 0, "推进贸易数字化", "推进数字贸易发展")
PICK = change_of("pick", -1, 1, "", "优化口岸通关服务研究")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "office")
    library.ingest(workspace, [put_three(tmp_path / "inbox")])
    return workspace


def mending(office: Workspace, change: Change, key: str = "1") -> Mended:
    return mend(office, key, change, "甲", mended_issue(office, key).revision, NOW)


def test_it_is_shown_suggested_trained_and_compared(office: Workspace, call: Call) -> None:
    lessons = desk.read_lessons(office)
    mending(office, HEADING)
    found = mending(office, PICK)
    assert [one.change for one in found.corrections] == [HEADING, PICK]
    assert {(one.user, one.at, one.issue) for one in found.corrections} == {
        ("甲", "2026-01-02T03:04:05+00:00", "1")
    }
    shown = call("--home", office.home, "show", "1", "--format", "json").json
    assert shown["documents"][0]["clauses"][0]["heading"] == "推进数字贸易发展"
    assert shown["picks"] == ["推进贸易数字化研究", "优化口岸通关服务研究"]
    assert desk.read_lessons(office) != lessons
    desk.train_model(office, NOW)
    titles = [one.title for one in desk.report_on(office, "1", 20).suggestions]
    assert "推进数字贸易发展研究" in titles
    assert "推进贸易数字化研究" not in titles
    comparison = desk.compare(office)
    assert comparison.labels == 4
    assert "优化口岸通关服务" in {pick.core for pick in desk.load_model(office)[1].picks}


def test_the_same_content_is_mended_again(office: Workspace, tmp_path: Path) -> None:
    mended = mending(office, HEADING).issue
    assert library.ingest(office, [tmp_path / "inbox"]).unchanged == 3
    assert library.find_issue(office, "1") == mended
    for file in office.corpus.parent.glob("corpus.sqlite*"):
        file.unlink()
    library.ingest(office, [tmp_path / "inbox"])
    assert library.find_issue(office, "1") == mended
    # and in a file that is looked at by its path
    assert library.find_issue(office, str(tmp_path / "inbox" / "1.txt")) == mended


def test_what_another_reading_makes_of_the_same_file_is_mended_too(office: Workspace) -> None:
    mending(office, HEADING)
    with open_corpus(office.corpus) as corpus:
        origin, read = corpus.origin("1"), corpus.get("1")
        assert read.documents[0].clauses[0].heading == "推进贸易数字化"  # the corpus keeps what was read
        corpus.add(replace(read, warnings=("甲",)), "1.txt", origin.file)
    found = library.find_issue(office, "1")
    assert (found.warnings, found.documents[0].clauses[0].heading) == (("甲",), "推进数字贸易发展")
    # a reading that gets it right is left as it is
    right = replace(
        read.documents[0], clauses=(replace(read.documents[0].clauses[0], heading="推进贸易全面数字化"),)
    )
    with open_corpus(office.corpus) as corpus:
        corpus.add(replace(read, documents=(right, *read.documents[1:])), "1.txt", origin.file)
    assert library.find_issue(office, "1").documents[0].clauses[0].heading == "推进贸易全面数字化"


def test_a_mended_date_moves_the_issue_in_time(office: Workspace) -> None:
    assert library.newest_issue(office).key == "3"
    mending(office, change_of("date", -1, -1, "2024-01-10", "2024-09-10"))
    assert library.newest_issue(office).key == "1"
    with library.open_shelf(office) as corpus:
        assert corpus.keys() == ("2", "3", "1") == tuple(issue.key for issue in corpus.issues())
        assert [one.content for one in corpus.origins()] == [corpus.origin(key).content for key in "231"]
    mending(office, change_of("date", -1, -1, "2024-09-10", ""))
    with library.open_shelf(office) as corpus:
        assert corpus.keys()[0] == "1"  # by the dates of its documents


def test_two_who_mend_at_once_do_not_overwrite(office: Workspace) -> None:
    seen = mended_issue(office, "1").revision
    mend(office, "1", HEADING, "甲", seen, NOW)
    with pytest.raises(ConflictError):
        mend(office, "1", PICK, "乙", seen, NOW)
    with pytest.raises(ConflictError):  # the very same place, which no longer reads as it did
        mend(office, "1", HEADING, "乙", seen, NOW)
    mend(office, "2", change_of("heading", 0, 0, "加强组织领导", "组织领导"), "乙", 0, NOW)


def test_what_is_not_there_cannot_be_mended(office: Workspace) -> None:
    with pytest.raises(UsageError, match="已经不是“没有的话”"):
        mend(office, "1", Change("heading", 0, 0, "没有的话", "甲"), "甲", 0, NOW)
    with pytest.raises(InputError, match="没有“99”"):
        mend(office, "99", HEADING, "甲", 0, NOW)
    with pytest.raises(UsageError, match="没有写姓名"):
        mend(office, "1", HEADING, " ", 0, NOW)
    assert not office.choices.exists()


def test_a_correction_is_taken_back_by_its_opposite(office: Workspace) -> None:
    before = library.find_issue(office, "1")
    for change in (HEADING, PICK, change_of("pick", -1, 0, "推进贸易数字化研究", "")):
        made = mending(office, change)
        assert made.issue != before
        assert mending(office, opposite(change)).issue.documents == before.documents
    after = library.find_issue(office, "1")
    assert [pick.title for pick in after.picks] == [pick.title for pick in before.picks]


def test_doctor_tells_of_corrections_and_of_those_whose_issue_is_gone(
    office: Workspace, tmp_path: Path
) -> None:
    def finding() -> Finding:
        return next(one for one in health.examine(office) if one.check == "编辑选择")

    assert (finding().state, finding().text) == ("ok", "还没有人在网页上选过、改过")
    mending(office, HEADING)
    assert (finding().state, finding().text) == ("ok", "0 次选择，0 人，更正 1 处，内容完好")
    mending(office, PICK)
    library.ingest(
        office, [put(tmp_path / "inbox", "1.txt", bulletin(1, trade=("另外的标题。另外的话。", *TRADE[1:])))]
    )
    assert finding().state == "warning"
    assert "更正 3 处" in finding().text  # the pick was added to the new reading too
    assert "第 1 期有 1 处更正用不上了" in finding().text


def written_as_word(text: str, path: Path) -> Path:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_corrections_follow_into_the_word_file_that_replaces_a_worse_form(
    office: Workspace, tmp_path: Path
) -> None:
    mending(office, HEADING)
    mending(office, PICK)
    mending(office, change_of("heading", 0, 1, "发展跨境电商", "发展跨境电子商务"))
    mending(office, change_of("heading", 0, 2, "优化口岸通关服务", "优化通关服务"))
    trade = (
        TRADE[0],
        TRADE[1].replace("发展跨境电商", "发展跨境电子商务"),
        "优化关口服务。" + TRADE[2],
        TRADE[3],
    )
    text = bulletin(1, ("推进贸易数字化研究",), trade).replace(
        "（一）推进", "（一）新加的一条。只此一句。\n\n（二）推进"
    )
    found = library.ingest(office, [written_as_word(text, tmp_path / "1.docx")])
    assert [Path(one.kept).name for one in found.duplicates] == ["1.docx"]
    now = mended_issue(office, "1")
    headings = [clause.heading for clause in now.issue.documents[0].clauses]
    assert headings[:4] == ["新加的一条", "推进数字贸易发展", "发展跨境电子商务", "优化关口服务"]
    assert [pick.title for pick in now.issue.picks] == ["推进贸易数字化研究", "优化口岸通关服务研究"]
    assert [(one.user, one.change.clause) for one in now.corrections] == [("甲", 1), ("甲", 1)]
    assert [one.change.after for one in now.lost] == ["优化通关服务"]
    # read again, nothing is done twice; and the office may go on mending
    library.ingest(office, [tmp_path / "1.docx"])
    assert mended_issue(office, "1") == now
    assert mending(office, change_of("heading", 0, 3, "优化关口服务", "优化通关服务")).lost == ()
