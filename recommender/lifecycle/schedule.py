"""When is a run due? Five-field cron times (POSIX crontab) or an interval, as plain functions of time.

Times of a schedule are civil times of a zone. A time that a clock change skips counts as that much
later; one that comes twice counts once, the first. A run that was missed is due at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from recommender.errors import UsageError

_FIELDS = (("分", 0, 59), ("时", 0, 23), ("日", 1, 31), ("月", 1, 12), ("星期", 0, 7))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NAMES = {
    "月": {name: n for n, name in enumerate(_MONTHS, 1)},
    "星期": {name: n for n, name in enumerate(_DAYS)},
}
_SHORT = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = 366 * 8 + 2  # days without a 29 February, at most: 2096 to 2104
_EXAMPLE = "例如 “0 6 * * 1”（每周一 6:00），或间隔 7d、12h、30m、2w"


@dataclass(frozen=True, slots=True)
class Cron:
    """Sets of allowed values; week days from 0 for Sunday. any_day, any_week_day: the field was ``*``;
    where neither was, a day of either kind counts (POSIX)."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    week_days: frozenset[int]
    any_day: bool
    any_week_day: bool

    def falls_on(self, day: date) -> bool:
        """Whether there is a time on this day."""
        by_day, by_week_day = day.day in self.days, day.isoweekday() % 7 in self.week_days
        either = by_day and by_week_day if self.any_day or self.any_week_day else by_day or by_week_day
        return day.month in self.months and either


Schedule = Cron | timedelta


def is_due(schedule: Schedule, last: datetime | None, now: datetime, zone: tzinfo | None = None) -> bool:
    """Whether a run is due now, when the last began at ``last`` (None: never).

    zone: of the schedule's times; None for the computer's own. A last run in the future means that
    the clock was wrong then: a run is due. Raises ValueError for times without a zone.
    """
    if now.tzinfo is None or last is not None and last.tzinfo is None:
        raise ValueError("times need a zone")
    if last is None or last > now:
        return True
    if isinstance(schedule, timedelta):
        return now.astimezone(UTC) - last.astimezone(UTC) >= schedule
    latest = latest_time(schedule, now, zone)
    return latest is not None and latest > last


def latest_time(cron: Cron, now: datetime, zone: tzinfo | None = None) -> datetime | None:
    """The last time of a schedule up to now, in UTC; None for one that never comes (30 February)."""
    today = now.astimezone(zone).date() + timedelta(days=1)  # a skipped hour may reach past midnight
    for back in range(_LONGEST):
        day = today - timedelta(days=back)
        if cron.falls_on(day):
            times = [instant for instant in _instants(cron, day, zone) if instant <= now]
            if times:
                return max(times)
    return None


def _instants(cron: Cron, day: date, zone: tzinfo | None) -> Iterator[datetime]:
    for hour in cron.hours:
        for minute in cron.minutes:
            civil = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
            yield civil.astimezone(UTC)  # a civil time without a zone is the computer's own


# -- reading --------------------------------------------------------------------------------------


def parse_schedule(text: str) -> Schedule:
    """Read ``0 6 * * 1``, ``@weekly`` or an interval such as ``7d``; UsageError says what is wrong.

    >>> parse_schedule("12h")
    datetime.timedelta(seconds=43200)
    """
    given = text.strip().lower()
    if found := re.fullmatch(r"(\d{1,4}) ?([mhdw])", given):
        if not int(found[1]):
            raise UsageError(f"时间“{text}”：间隔不能是 0。{_EXAMPLE}。")
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    return parse_cron(text)


def parse_cron(text: str) -> Cron:
    """Read the five fields of a crontab line: numbers, names, ``*``, lists, ranges, steps.

    >>> parse_cron("*/20 6 * * mon-fri").minutes == {0, 20, 40}
    True
    """
    fields = _SHORT.get(text.strip().lower(), text.lower()).split()
    if len(fields) != len(_FIELDS):
        raise UsageError(f"时间“{text}”看不懂：要写五项，分、时、日、月、星期，用空格分开，{_EXAMPLE}。")
    minutes, hours, days, months, week_days = (
        _read_field(text, field, place) for field, place in zip(fields, _FIELDS, strict=True)
    )
    sundays_once = frozenset(day % 7 for day in week_days)
    stars = [field.startswith("*") for field in fields]
    cron = Cron(minutes, hours, days, months, sundays_once, stars[2], stars[4])
    if not any(cron.falls_on(date(2000, 1, 1) + timedelta(days=offset)) for offset in range(_LONGEST)):
        raise UsageError(f"时间“{text}”：没有这样的日子。请检查日和月，{_EXAMPLE}。")
    return cron


def _read_field(text: str, field: str, place: tuple[str, int, int]) -> frozenset[int]:
    name, low, high = place
    values: set[int] = set()
    for part in field.split(","):
        span = _read_part(part, low, high, _NAMES.get(name, {}))
        if span is None:
            said = f"“{field}”不是{name}的写法，应在 {low} 到 {high} 之间"
            raise UsageError(f"时间“{text}”：{said}。{_EXAMPLE}。")
        values.update(span)
    return frozenset(values)


def _read_part(part: str, low: int, high: int, names: dict[str, int]) -> range | None:
    """``*``, ``3``, ``1-5``, each with or without ``/2``; None for anything else."""
    found = re.fullmatch(r"(\*|(\w+)(?:-(\w+))?)(?:/(\d{1,2}))?", part, re.ASCII)
    if not found or found[4] and not int(found[4]):
        return None
    step = int(found[4] or 1)
    if found[1] == "*":
        return range(low, high + 1, step)
    first = _number(found[2], names)
    last = _number(found[3], names) if found[3] else high if found[4] else first
    if first is None or last is None or not low <= first <= last <= high:
        return None
    return range(first, last + 1, step)


def _number(text: str, names: dict[str, int]) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,2}", text) else names.get(text)
