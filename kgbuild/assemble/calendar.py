"""ISO 8601 values as stretches of days, so that a query can compare what texts tell in months, weeks and ranges.

A day, a month, a year, an ISO week or a range of these becomes its first and its last day, both inclusive; a
duration stays a duration. Times of day are dropped: news dates its events by days.
"""

import calendar
import re
from datetime import date

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_DURATION = re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
_WEEKS = re.compile(r"P(\d+)W")


def days(value: str) -> tuple[date, date] | None:
    """Give the first and last day of an ISO 8601 value, or None when it is no date.

    >>> [day.isoformat() for day in days("2024-02")]
    ['2024-02-01', '2024-02-29']
    >>> [day.isoformat() for day in days("2025-05-11/2025-05-20")]
    ['2025-05-11', '2025-05-20']
    >>> days("P30D") is None
    True
    """
    begin, slash, end = value.partition("/")
    first = _stretch(begin)
    last = _stretch(end) if slash else first
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def duration(value: str) -> str | None:
    """Give an ISO 8601 duration in the form of `xsd:duration` (weeks as days), or None when it is none.

    >>> duration("P2W"), duration("P30D"), duration("2025")
    ('P14D', 'P30D', None)
    """
    weeks = _WEEKS.fullmatch(value)
    if weeks:
        return f"P{7 * int(weeks[1])}D"
    return value if _DURATION.fullmatch(value) else None


def _stretch(value: str) -> tuple[date, date] | None:
    """Read one value without a slash."""
    try:
        if match := _DAY.fullmatch(value):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return day, day
        if match := _MONTH.fullmatch(value):
            year, month = int(match[1]), int(match[2])
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        if match := _YEAR.fullmatch(value):
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
        if match := _WEEK.fullmatch(value):
            year, week = int(match[1]), int(match[2])
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:  # a thirteenth month, a fifty-fourth week, the year 0
        return None
    return None
