"""Counting collections into a history, and the history that ships."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from recommender.emphasis.bursts import find_bursts
from recommender.emphasis.count import Source, build_history, leads, periods_of
from recommender.emphasis.history import History, load_history, pack, unpack
from recommender.emphasis.now import in_burst, rise, shares, shipped_terms
from recommender.emphasis.series import Series, history_series
from recommender.emphasis.sources import Row, read_rows
from recommender.emphasis.trends import find_trend
from recommender.errors import InputError, IntegrityError

FILLER = ["加快蔬菜大棚改造", "扩大水库灌溉面积", "修缮老旧小区管网", "组织冬季供暖巡查"]


def collection(folder: Path, name: str = "reports.jsonl", years: range = range(2010, 2016)) -> Path:
    """Six documents a year; from 2013 five of them speak of 数字乡村."""
    path = folder / name
    rows = []
    for year in years:
        for number in range(6):
            spoken = [
                f"建设数字乡村。{FILLER[number % 4]}" if year >= 2013 and number else FILLER[number % 4]
            ]
            body = [FILLER[(number + k) % 4] + "。" for k in range(3)]
            rows.append({"title": "报告", "year": year, "text": "\n".join(spoken + body)})
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def counted(path: Path) -> History:
    return build_history([Source("provincial", "试验", list(read_rows(path)))])


def test_a_planted_term_has_the_planted_course(tmp_path: Path) -> None:
    history = counted(collection(tmp_path))
    row = history.index["乡村"]
    planted = history.named("provincial")
    assert planted.periods == ("2010", "2011", "2012", "2013", "2014", "2015")
    assert planted.documents.tolist() == [6] * 6
    assert planted.mentions.row(row).tolist() == [0, 0, 0, 5, 5, 5]
    assert planted.stresses.row(row).tolist() == [0, 0, 0, 5, 5, 5]
    assert planted.occurrences.row(row).tolist() == [0, 0, 0, 5, 5, 5]


def test_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    path = collection(tmp_path)
    one = pack(counted(path))
    path.write_text("\n".join(reversed(path.read_text("utf-8").splitlines())), encoding="utf-8")
    assert pack(counted(path)) == one


def test_packing_keeps_everything(tmp_path: Path) -> None:
    history = counted(collection(tmp_path))
    again = unpack(pack(history))
    assert again.index == history.index
    assert np.array_equal(again.since, history.since)
    assert np.array_equal(again.subject, history.subject)
    before, after = history.named("provincial"), again.named("provincial")
    assert (after.periods, after.label) == (before.periods, before.label)
    assert np.array_equal(after.mentions.toarray(), before.mentions.toarray())
    assert np.array_equal(after.stresses.toarray(), before.stresses.toarray())
    assert np.array_equal(after.occurrences.toarray(), before.occurrences.toarray())


def test_what_is_no_history_is_refused() -> None:
    with pytest.raises(IntegrityError, match="参照语料"):
        unpack(b"PK nothing")


def test_nothing_after_the_date_is_looked_at(tmp_path: Path) -> None:
    early = counted(collection(tmp_path, "early.jsonl", range(2008, 2014)))
    late = counted(collection(tmp_path, "late.jsonl", range(2008, 2016)))
    assert rise(["乡村"], early, "2013") == pytest.approx(rise(["乡村"], late, "2013"))
    assert rise(["乡村"], late, "2012-12-31") == 0.0
    seen = shares(late.named("provincial"), late.index["乡村"], "2013-06")
    assert seen == pytest.approx([0, 0, 0, 0, 0, 5 / 6])


def test_leads_are_title_headings_and_heads_of_paragraphs() -> None:
    text = "## 一、建设强市\n发展养老服务。其次谈谈别的。\n" + "长" * 60
    assert leads(Row("题名", text, "2020")).split("\n") == ["题名", "一、建设强市", "发展养老服务", "长" * 40]


def test_rows_are_read_from_compressed_files_and_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(
        gzip.compress('{"text":"甲","delivered":"2014-01-16","year":2014}\n{"title":"乙"}'.encode())
    )
    rows = read_rows(path)
    assert next(rows) == Row("", "甲", "2014-01-16")
    with pytest.raises(InputError, match=r"rows\.jsonl\.gz 第 2 条"):
        next(rows)


def test_a_report_given_before_its_year_counts_for_its_year(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text":"甲","delivered":"2013-12-30","year":2014}', encoding="utf-8")
    assert next(read_rows(path)).date == "2014"


@pytest.mark.parametrize("later", [[], ["2015"] * 5, ["2015"] * 500])
def test_a_thin_beginning_is_left_out_whatever_comes_much_later(later: list[str]) -> None:
    dates = ["2000"] * 2 + ["2002"] * 9 + ["2003"] * 10 + ["2004"] * 12 + ["2005"] * 11 + later
    assert sorted(set(periods_of(dates)) - {""})[0] == "2002"


# -- what ships: facts of recent history, known to every reader of the news --------------------------


def series_of(term: str) -> Series:
    history = load_history()
    return history_series(term, history.index[term], history.named("provincial"))


@pytest.mark.parametrize(("term", "start"), [("供给侧", 2016), ("互联网+", 2016), ("新质生产力", 2024)])
def test_bursts_agree_with_history(term: str, start: int) -> None:
    series = series_of(term)
    starts = [int(series.points[burst.start].period) for burst in series.bursts]
    assert any(abs(found - start) <= 1 for found in starts)


def test_a_slow_rise_is_not_taken_for_a_burst() -> None:
    assert series_of("产教融合").bursts == ()


def test_a_word_of_every_year_is_steady() -> None:
    series = series_of("教育")
    hits = [point.documents for point in series.points]
    assert find_bursts(hits, [point.of for point in series.points]) == []
    assert find_trend([point.share for point in series.points]).verdict == "steady"


def test_multi_word_terms_ship() -> None:
    index = load_history().index
    for term in ("产教融合", "新质生产力", "供给侧结构性改革", "跨境电商", "职业教育", "现代职业教育体系"):
        assert term in index


def test_a_wording_is_read_by_its_longest_terms() -> None:
    history = load_history()
    assert shipped_terms("推动跨境电商发展", history) == ["跨境电商", "发展"]
    assert in_burst(["新质生产力"], history, "2025") == 1.0
    assert in_burst(["新质生产力"], history, "2023") == 0.0


def test_a_chance_term_across_two_words_takes_nothing_from_a_longer_one() -> None:
    history = load_history()
    assert "化产" in history.index
    assert shipped_terms("深化产教融合", history) == ["产教融合"]


def test_terms_of_a_wording_stand_in_order_and_apart() -> None:
    found = shipped_terms("发展跨境电商和居家养老服务", load_history())
    assert found == ["发展", "跨境电商", "居家养老服务"]
