"""Works days out: which Monday, which April, which summer is meant, seen from the day of publication.

Values are ISO 8601 as the guidelines of the gold write them: a day, a month, a year, an ISO week, or an interval of
two of these with a slash. Nothing here looks at text.
"""

from datetime import date, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def iso_week(day: date) -> str:
    """Name the ISO week around *day*.

    >>> iso_week(date(2025, 6, 2))
    '2025-W23'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def iso_month(year: int, month: int) -> str:
    """Name a month; months before the first and after the twelfth run into the years beside.

    >>> iso_month(2025, 0)
    '2024-12'
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def last_day(year: int, month: int) -> int:
    """Count the days of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def part_of_month(year: int, month: int, part: str) -> str:
    """Name a part of a month: `early` to the 10th, `mid` to the 20th, `late` to its end.

    >>> part_of_month(2025, 6, "late")
    '2025-06-21/2025-06-30'
    """
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last_day(year, month))}[part]
    return f"{year:04d}-{month:02d}-{first:02d}/{year:04d}-{month:02d}-{last:02d}"


def valid_day(year: int, month: int, day: int) -> date | None:
    """Make a date, or None if the month has no such day."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= last_day(year, month) else None


def weekday_near(published: date, weekday: int, ahead: bool) -> date:
    """Find the last day of that name up to publication, or the first from it on.

    Args:
        published: the day seen from.
        weekday: 1 for Monday to 7 for Sunday.
        ahead: look forward instead of back; the day of publication itself counts both ways.

    >>> weekday_near(date(2025, 6, 3), 1, False)
    datetime.date(2025, 6, 2)
    """
    back = (published.isoweekday() - weekday) % 7
    return published + timedelta(days=(7 - back) % 7) if ahead else published - timedelta(days=back)


def month_year(published: date, month: int, ahead: bool) -> int:
    """Choose the year of a month that is named without one: the last such month begun, or the next to end."""
    if ahead:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def day_near(published: date, month: int, day: int, ahead: bool | None, far_days: int = 30) -> date | None:
    """Choose the year of a day that is named without one.

    A day a few weeks away is meant before its like of last year, whatever the tense, because announcements are told
    in the past (`was called for June 20`). Further off the tense decides, and where it does not, the nearest wins.

    Args:
        published: the day seen from.
        month: month of the day meant.
        day: its day of the month.
        ahead: True for what is to come, False for what is past, None where the text does not tell.
        far_days: how far ahead a day may lie and be taken in spite of the past tense.
    """
    found = [valid_day(published.year + step, month, day) for step in (-1, 0, 1)]
    days = [each for each in found if each]
    past = max((each for each in days if each <= published), default=None)
    coming = min((each for each in days if each >= published), default=None)
    if past is None or coming is None:
        return past or coming
    gap_back, gap_ahead = (published - past).days, (coming - published).days
    if ahead or (gap_ahead <= far_days and gap_ahead < gap_back):
        return coming
    return past if ahead is False or gap_back <= gap_ahead else coming


def season(year: int, months: tuple[int, int]) -> str:
    """Name the months of a season that begins in *year*.

    >>> season(2024, (12, 2))
    '2024-12/2025-02'
    """
    first, last = months
    return f"{iso_month(year, first)}/{iso_month(year + (last < first), last)}"


def season_year(published: date, months: tuple[int, int], which: str) -> int:
    """Choose the year in which `last`, `this` or `next` season began or begins."""
    first, last = months
    length = (last - first) % 12
    now = published.year * 12 + published.month - 1
    starts = [(published.year + step) * 12 + first - 1 for step in (-2, -1, 0, 1)]
    if which == "last":
        chosen = max(start for start in starts if start + length < now)
    elif which == "next":
        chosen = min([start for start in starts if start > now] or [starts[-1]])
    else:
        chosen = min(starts, key=lambda start: (not start <= now <= start + length, start // 12 != published.year))
    return chosen // 12


def weekend(published: date, ahead: bool) -> str:
    """Name the weekend before publication (or around it), or the one to come."""
    saturday = weekday_near(published, 6, ahead and published.isoweekday() != 7)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def holiday(year: int, rule: str) -> date | None:
    """Find a feast's day in a year.

    Args:
        year: the year.
        rule: `12-25`, `11-thu-4` (the fourth Thursday of November) or `easter-2` (days from Easter).

    >>> holiday(2016, "11-thu-4"), holiday(2025, "easter-2")
    (datetime.date(2016, 11, 24), datetime.date(2025, 4, 18))
    """
    if rule.startswith("easter"):
        return _easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    parts = rule.split("-")
    if len(parts) == 2:
        return valid_day(year, int(parts[0]), int(parts[1]))
    first = date(year, int(parts[0]), 1)
    skip = (_WEEKDAYS.index(parts[1]) - first.weekday()) % 7
    return first + timedelta(days=skip + 7 * (int(parts[2]) - 1))


def _easter(year: int) -> date:
    """Find the western Easter Sunday (Meeus, Astronomical Algorithms, chapter 8: the Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    day_of_week = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * day_of_week) // 451
    whole = epact + day_of_week - 7 * correction + 114
    return date(year, whole // 31, whole % 31 + 1)


def ago(published: date, count: float, unit: str) -> str | None:
    """Go back from publication by *count* units; the answer is as coarse as the unit.

    >>> ago(date(2025, 6, 2), 1, "month"), ago(date(2025, 6, 2), 3, "year"), ago(date(2025, 6, 2), 24, "hour")
    ('2025-05', '2022', '2025-06-01')
    """
    whole = int(count)
    if unit == "year":
        return f"{published.year - whole:04d}"
    if unit == "month":
        return iso_month(published.year, published.month - whole)
    days = {"week": 7 * whole, "day": whole, "hour": int(count + 12) // 24, "minute": 0, "fortnight": 14 * whole}
    if unit not in days:
        return None
    day = published - timedelta(days=days[unit])
    return iso_week(day) if unit in ("week", "fortnight") else day.isoformat()
