"""Due or not: cron fields, leap days, clock changes, zones, clocks that jump; against a brute force."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import UsageError
from recommender.lifecycle.schedule import Cron, is_due, latest_time, parse_cron, parse_schedule

CHINA, BERLIN, NEW_YORK, KATHMANDU = map(
    ZoneInfo, ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
)
MONDAY_SIX = "0 6 * * 1"


def due(text: str, last: str | None, now: str, zone: ZoneInfo = CHINA) -> bool:
    """Whether a run is due, times given as civil times of the zone."""
    then = datetime.fromisoformat(last).replace(tzinfo=zone) if last else None
    return is_due(parse_schedule(text), then, datetime.fromisoformat(now).replace(tzinfo=zone), zone)


@pytest.mark.parametrize(
    ("text", "last", "now", "expected"),
    [
        (MONDAY_SIX, None, "2026-02-11 12:00", True),  # never run
        (MONDAY_SIX, "2026-02-09 06:00", "2026-02-16 05:59", False),
        (MONDAY_SIX, "2026-02-09 06:00", "2026-02-16 06:00", True),
        (MONDAY_SIX, "2026-02-09 06:00", "2026-02-18 09:00", True),  # missed, made up for
        (MONDAY_SIX, "2026-02-16 06:00", "2026-02-16 06:00", False),
        ("0 6 * * 7", "2026-02-14 06:00", "2026-02-15 06:30", True),  # 7 is Sunday too
        ("0 6 13 * 5", "2026-02-12 06:00", "2026-02-13 07:00", True),
        ("0 6 13 * 5", "2026-02-13 07:00", "2026-02-20 07:00", True),  # either kind of day counts
        ("0 6 29 2 *", "2024-02-29 06:00", "2028-02-29 05:59", False),
        ("0 6 29 2 *", "2024-02-29 06:00", "2028-02-29 06:00", True),
        ("0 6 29 2 *", "2096-02-29 06:00", "2103-12-31 06:00", False),  # 2100 is no leap year
        ("0 6 31 * *", "2026-03-31 06:00", "2026-04-30 23:00", False),
        ("@weekly", "2026-02-08 00:00", "2026-02-15 00:00", True),
        ("7d", "2026-02-09 06:00", "2026-02-16 05:59", False),
        ("7d", "2026-02-09 06:00", "2026-02-16 06:00", True),
        ("90m", "2026-02-09 23:00", "2026-02-10 00:30", True),
        ("12 h", "2026-02-09 23:00", "2026-02-10 10:59", False),
    ],
)
def test_due(text: str, last: str | None, now: str, expected: bool) -> None:
    assert due(text, last, now) is expected


def test_the_hour_that_spring_skips_is_made_up_for() -> None:
    daily = "30 2 * * *"  # 02:30 does not exist in Berlin on 29 March 2026
    assert not due(daily, "2026-03-28 02:30", "2026-03-29 01:59", BERLIN)
    assert due(daily, "2026-03-28 02:30", "2026-03-29 03:30", BERLIN)
    assert not due(daily, "2026-03-29 03:30", "2026-03-29 23:00", BERLIN)
    assert due(daily, "2026-03-29 03:30", "2026-03-30 02:30", BERLIN)


def test_the_hour_that_comes_twice_runs_once() -> None:
    cron = parse_cron("30 2 * * *")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 summer time; an hour later it is 02:30 again
    yesterday = first - timedelta(days=1)
    assert not is_due(cron, yesterday, first - timedelta(minutes=1), BERLIN)
    assert is_due(cron, yesterday, first, BERLIN)
    assert not is_due(cron, first, first + timedelta(hours=1), BERLIN)
    assert is_due(cron, first, first + timedelta(hours=25), BERLIN)


def test_an_interval_is_elapsed_time_whatever_the_clock_shows() -> None:
    last = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    a_day_on_the_clock = datetime(2026, 3, 29, 12, tzinfo=BERLIN)  # 23 hours
    assert not is_due(timedelta(days=1), last, a_day_on_the_clock, BERLIN)
    assert is_due(timedelta(days=1), last, a_day_on_the_clock + timedelta(hours=1), BERLIN)


def test_the_zone_is_that_of_the_schedule_not_of_the_times() -> None:
    cron = parse_cron(MONDAY_SIX)
    last = datetime(2026, 2, 10, 6, tzinfo=CHINA)
    sunday_night = datetime(2026, 2, 15, 22, tzinfo=UTC)  # Monday 06:00 in China
    assert is_due(cron, last, sunday_night, CHINA)
    assert not is_due(cron, last, sunday_night, NEW_YORK)
    assert is_due(cron, last, datetime(2026, 2, 16, 0, 15, tzinfo=UTC), KATHMANDU)  # UTC+5:45


def test_the_computers_own_zone_is_the_default() -> None:
    now = datetime(2026, 2, 16, 12, tzinfo=UTC)
    here = now.astimezone().utcoffset()
    latest = latest_time(parse_cron("0 6 * * *"), now)
    assert latest is not None
    assert latest.astimezone().hour == 6
    assert latest.astimezone().utcoffset() == here


def test_a_clock_that_was_wrong_does_not_stop_the_runs() -> None:
    assert due(MONDAY_SIX, "2031-01-01 00:00", "2026-02-11 12:00")  # it was set ahead, and put right
    assert due("7d", "2031-01-01 00:00", "2026-02-11 12:00")
    assert not due(MONDAY_SIX, "2026-02-11 12:00", "2026-02-11 13:00")  # and then the usual again


def test_times_need_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        is_due(timedelta(days=1), None, datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="zone"):
        is_due(timedelta(days=1), datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))


# -- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("*/20 * * * *", "minutes", {0, 20, 40}),
        ("5-9/2 * * * *", "minutes", {5, 7, 9}),
        ("50/5 * * * *", "minutes", {50, 55}),
        ("1,2,30 * * * *", "minutes", {1, 2, 30}),
        ("0 0 * JAN-mar *", "months", {1, 2, 3}),
        ("0 0 * * fri,SAT", "week_days", {5, 6}),
        ("0 0 * * 5-7", "week_days", {5, 6, 0}),
        ("0 0 * * *", "week_days", set(range(7))),
    ],
)
def test_fields(text: str, field: str, expected: set[int]) -> None:
    assert getattr(parse_cron(text), field) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "0 6 * *", "0 6 * * 1 1", "60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 * 13 *", "0 0 * * 8"),
        *("5-1 * * * *", "*/0 * * * *", "a * * * *", "1,,2 * * * *", "-1 * * * *", "0 0 30 2 *", "0d", "d7"),
        *("1.5h", "0 0 31 4,6 *", "0 0 * * 星期一", "@noon", "1-2-3 * * * *", "99999d"),
    ],
)
def test_what_cannot_be_read_is_explained_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"时间“.*”.*每周一") as caught:
        parse_schedule(text)
    assert caught.value.exit_code == 2


# -- against every minute --------------------------------------------------------------------------

fields = st.tuples(
    st.sampled_from(["0", "*/30", "15,45"]),
    st.sampled_from(["*", "2", "1-3", "0,23"]),
    st.sampled_from(["*", "1", "25-31", "*/9"]),
    st.sampled_from(["*", "3,10", "2"]),
    st.sampled_from(["*", "0", "mon-wed", "6,7"]),
)


def slowly(cron: Cron, now: datetime, zone: ZoneInfo, days: int) -> datetime | None:
    """The last time of a schedule, by looking at every minute; times that come twice count once."""
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    for back in range(days * 24 * 60):
        instant = now - timedelta(minutes=back)
        civil = instant.astimezone(zone)
        if (
            civil.fold == 0
            and civil.minute in cron.minutes
            and civil.hour in cron.hours
            and cron.falls_on(civil.date())
        ):
            return instant
    return None


@settings(deadline=None, max_examples=60)
@given(
    fields=fields,
    zone=st.sampled_from([CHINA, NEW_YORK, KATHMANDU]),
    now=st.datetimes(datetime(2024, 1, 5), datetime(2029, 1, 1), timezones=st.just(UTC)),
)
def test_it_agrees_with_looking_at_every_minute(
    fields: tuple[str, ...], zone: ZoneInfo, now: datetime
) -> None:
    cron = parse_cron(" ".join(fields))
    found = latest_time(cron, now, zone)
    expected = slowly(cron, now, zone, 4)
    if expected is None:
        assert found is not None
        assert found <= now - timedelta(days=3)
        return
    # a time that spring skipped is later than any that the clock showed
    skipped = found is not None and found > expected and zone is NEW_YORK and found.month == 3
    assert found == expected or skipped
