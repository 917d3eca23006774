"""When an event mention's own clause says that it happened, and whether two such times can be one."""

import re
from datetime import date

from kgbuild.interpret.article import Article
from kgbuild.model import TimeMention

_TIMELESS = frozenset({"subject", "object", "possessor", "clause", "complement", "indirect"})
_CALENDAR = re.compile(r"\d{4}(-\d\d){0,2}")


def time_of(article: Article, number: int) -> TimeMention | None:
    """Find the time that a frame's own clause states, None if it states none."""
    frame = article.frames[number]
    places = [filler.where for filler in frame.fillers if filler.side not in _TIMELESS]
    for time in article.extraction.times:
        if frame.sentence.contains(time.where) and any(time.where.contains(place) for place in places):
            return time
    return None


def may_be_one(one: TimeMention, other: TimeMention) -> bool:
    """Tell whether two times may be the same; neighbouring days may (`late on Sunday`, `overnight`)."""
    first, second = _calendar(one), _calendar(other)
    if not first or not second:
        return True
    shared = min(len(first), len(second))
    if first[:shared] == second[:shared]:
        return True
    whole = len("2025-06-02")
    return shared == whole and abs((date.fromisoformat(first) - date.fromisoformat(second)).days) == 1


def _calendar(time: TimeMention) -> str:
    """Give the day, month or year of a time; "" for a stretch of several and for what can't be resolved.

    Of a week or a quarter only the year counts.
    """
    value = time.value or ""
    found = _CALENDAR.match(value)
    return found.group() if found and "/" not in value else ""
