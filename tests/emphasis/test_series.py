"""Series of the office's own documents: places, authority, periods, gaps."""

import pytest
from builders import make_document, make_issue

from recommender.config import AUTHORITY
from recommender.emphasis.series import (
    HEADING,
    TEXT,
    TITLE,
    Dated,
    all_periods,
    dated_documents,
    period_of,
    term_series,
)

TODAY = "2026-11-22"


def dated(period: str, title: str = "", headings: str = "", text: str = "", weight: float = 1.0) -> Dated:
    return Dated(period, weight, title, headings, text)


def shares(documents: list[Dated], periods: list[str]) -> list[float | None]:
    return [point.share for point in term_series("实训", documents, periods, "本库").points]


def test_the_best_place_of_a_document_counts() -> None:
    documents = [
        dated("2020", title="实训", text="实训"),
        dated("2021", headings="加强实训"),
        dated("2022", text="实训基地"),
        dated("2023", text="无关"),
    ]
    assert shares(documents, ["2020", "2021", "2022", "2023"]) == [TITLE, HEADING, TEXT, 0.0]


def test_authority_weighs_documents() -> None:
    documents = [dated("2020", title="实训", weight=3.0), dated("2020", text="无关", weight=1.0)]
    assert shares(documents, ["2020"]) == [pytest.approx(0.75)]


def test_a_period_without_documents_is_a_gap() -> None:
    periods = all_periods(["2020", "2022"], "year")
    series = term_series("实训", [dated("2020", text="实训"), dated("2022", text="实训")], periods, "本库")
    assert [(point.period, point.share, point.of) for point in series.points] == [
        ("2020", TEXT, 1),
        ("2021", None, 0),
        ("2022", TEXT, 1),
    ]


def test_an_unrelated_document_of_another_period_changes_nothing() -> None:
    one = [dated("2020", text="实训"), dated("2021", text="无关")]
    more = [*one, dated("2022", text="无关")]
    assert shares(one, ["2020", "2021"]) == shares(more, ["2020", "2021", "2022"])[:2]


def test_a_thin_last_period_is_said_to_be_partial() -> None:
    documents = [dated(year, text="实训") for year in ("2020", "2021", "2022") for _ in range(4)]
    assert not term_series("实训", documents, ["2020", "2021", "2022"], "本库").partial
    documents.append(dated("2023", text="实训"))
    assert term_series("实训", documents, ["2020", "2021", "2022", "2023"], "本库").partial


@pytest.mark.parametrize(
    ("date", "unit", "period"),
    [
        ("2023-05-10", "year", "2023"),
        ("2023-05-10", "month", "2023-05"),
        ("2023-12", "quarter", "2023-Q4"),
        ("2023", "month", None),
        (None, "year", None),
    ],
)
def test_periods_are_as_precise_as_the_date(date: str | None, unit: str, period: str | None) -> None:
    assert period_of(date, unit) == period  # type: ignore[arg-type]


def test_months_run_over_the_turn_of_the_year() -> None:
    assert all_periods(["2023-11", "2024-02"], "month") == ["2023-11", "2023-12", "2024-01", "2024-02"]


def test_a_document_without_date_has_its_issues_date_and_else_is_counted_out() -> None:
    document = make_document("关于实训的通知", [("加强实训", "建设实训基地。")])
    undated = make_issue("x", (document,), date=None)
    inherited = make_issue("2023-05-10", (document,), date="2023-05-10")
    placed = dated_documents([undated, inherited], "year", AUTHORITY, TODAY)
    assert [document.period for document in placed.documents] == ["2023"]
    assert (placed.undated, placed.misdated) == (1, 0)


@pytest.mark.parametrize("date", ["2093-05-10", "1923-05-10", "0023-05-10"])
def test_a_date_that_cannot_be_is_counted_out(date: str) -> None:
    issue = make_issue(date, (make_document("关于实训的通知", [("加强实训", "")]),), date=date)
    placed = dated_documents([issue], "year", AUTHORITY, TODAY)
    assert (placed.documents, placed.undated, placed.misdated) == ((), 0, 1)
    assert len(dated_documents([issue], "issue", AUTHORITY, TODAY).documents) == 1
