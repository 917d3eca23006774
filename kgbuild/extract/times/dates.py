"""Dates that name a day, a month or a year: `June 2`, `5-6 April 2016`, `mid-May`, `since 2022`, `the 1990s`."""

import re
from datetime import date

from kgbuild.extract.numbers import ORDINALS
from kgbuild.extract.times import calendar
from kgbuild.extract.times.words import CalendarWords, Pattern, Reading, View, pattern

_DASH = r"\s?[-–—]\s?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w|[.,]\d|%|\s?[-–]\s?\d{3})"
_YEAR = r"(?:1\d{3}|20\d\d)(?!\w|[.,]\d|%)"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)|\d{1,2}:\d\d)(?:\s[A-Z]{3,4})?(?=[\s,])"
CENTURIES = {word: value for word, value in ORDINALS.items() if value > 2} | {"twentieth": 20}
_ORDINAL = "|".join(sorted(CENTURIES, key=lambda word: (-len(word), word)))
_STRONG = re.compile(
    r"\b(?:in|since|until|till|during|from|by|of|before|after|early|late|mid|year|summer|winter)[\s-]$", re.I
)
_COUNTED = re.compile(r"\s(?:[a-z]+s|people|men|women|[a-z]*children|more|other|year)\b")
_YEARLY = re.compile(r"(?:19|20)(?:0[1-9]|[1-9]\d)|2000")
_NUMBERED = re.compile(
    r"(?:\b(?:Resolutions?|No|Nos|Order|Law|Act|Article|Flight|Boeing|Airbus|Room|Channel|Route|Highway|Windows|Unit|"
    r"Division|Brigade|Regiment|Protocol|number|resolutions?)\.?\s|[#$€£¥/\w.,:+]|[^\s(\[\"“'‘–—-]-|\d\s?[-–]\s?)$"
)


_BETWEEN = rf"(?:\s(?:to|until|till|through|and)\s|{_DASH})"


def date_patterns(words: CalendarWords) -> tuple[Pattern, ...]:
    """Build the patterns of dates that name a day, a month or a year."""
    read = _Dates(words)
    return (*_days_and_months(words, read), *_years(words, read))


def _days_and_months(words: CalendarWords, read: "_Dates") -> tuple[Pattern, ...]:
    """Build the patterns of days, months and ranges of them."""
    month, long_month, weekday = words.month, words.long_month, words.weekday
    to = rf"(?:\s(?:to|until|till|through)\s|{_DASH})"
    part = r"(?:early|mid|late|the\send\sof|end\sof|the\sbeginning\sof|beginning\sof|the\sstart\sof|start\sof|"
    part += r"the\smiddle\sof|middle\sof|later\sin|earlier\sin|late\sin|early\sin)"

    lead = rf"(?:(?P<clock>{_CLOCK}),?\s(?:on\s)?)?(?:(?:{weekday}),?\s(?:the\s)?)?"
    year = rf"(?:,?\s(?P<year>{_YEAR}))?"
    return (
        pattern("iso", r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])", read.iso),
        pattern(
            "day-range",
            rf"\b(?:(?:[Ff]rom|(?P<between>[Bb]etween))\s)?(?P<month>{month})\s?(?P<day>{_DAY})(?:{_BETWEEN})"
            rf"(?:(?P<month2>{month})\s?)?(?P<day2>{_DAY}){year}",
            read.day_range,
        ),
        pattern(
            "day-range",
            rf"\b(?:(?:[Ff]rom|(?P<between>[Bb]etween))\s)?(?P<day>{_DAY})(?:\s(?P<month>{month}))?(?:{_BETWEEN})"
            rf"(?P<day2>{_DAY})\s?(?P<month2>{month}){year}",
            read.day_range,
        ),
        pattern("day", rf"\b{lead}(?P<month>{month})\s?(?P<day>{_DAY}){year}", read.day),
        pattern("day", rf"\b{lead}(?P<day>{_DAY})(?:\sof)?\s(?P<month>{month}){year}", read.day),
        pattern(
            "month-range",
            rf"\b(?:from\s|between\s)?(?P<month>{long_month})(?:{to})(?P<month2>{long_month})(?:,?\s(?P<year>{_YEAR}))?\b",
            read.month_range,
        ),
        pattern(
            "month",
            rf"\b(?:(?P<part>{part})[\s-])?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<month>{month})"
            rf"(?:(?:\sof)?,?\s(?P<year>{_YEAR}))?(?![\w’'-]*\w)",
            read.month,
        ),
    )


def _years(words: CalendarWords, read: "_Dates") -> tuple[Pattern, ...]:
    """Build the patterns of years and of what is longer or shorter by a named part."""
    return (
        pattern(
            "year-range",
            rf"\b(?:(?:[Ff]rom|[Bb]etween)\s)?(?P<year>{_YEAR})(?:{_BETWEEN})(?P<year2>{_YEAR}|\d\d(?!\w|[.,]\d|%))",
            read.year_range,
        ),
        pattern("decade", r"\b(?:(?P<part>early|mid|late)[\s-])?(?P<decade>(?:1\d|20)\d0)['’]?s\b", read.decade),
        pattern("bc", r"\b(?P<year>\d{1,4})\s(?:B\.?C\.?(?:E\.?)?)(?!\w)", read.before_christ),
        pattern(
            "ad",
            r"\b(?:(?P<year>[1-9]\d{0,3})\s(?:A\.?D\.?|C\.?E\.?)|AD\s(?P<year2>[1-9]\d{0,3}))(?!\w)",
            read.after_christ,
        ),
        pattern(
            "century",
            rf"\b(?:the\s)?(?:(?:early|mid|late)[\s-])?(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_ORDINAL}))"
            r"[\s-]century\b(?P<bc>\sB\.?C)?",
            read.century,
        ),
        pattern(
            "quarter",
            rf"\b(?:the\s)?(?P<which>first|second|third|fourth|last|final)\s(?P<what>quarter|half)\sof\s(?P<year>{_YEAR})",
            read.quarter,
        ),
        pattern("quarter", rf"\bQ(?P<which>[1-4])(?P<what>)\s(?P<year>{_YEAR})", read.quarter),
        pattern("season", rf"\b(?P<season>{words.season})(?:\sof)?\s(?P<year>{_YEAR})", read.season),
        pattern(
            "year",
            rf"(?<!\w)(?:(?P<part>early|mid|late)[\s-])?(?:(?:early|late|later|earlier)\sin\s|"
            rf"(?:end|beginning|start|middle)\sof\s)?(?P<year>{_YEAR})",
            read.year,
        ),
    )


class _Dates:
    """Read the values of dates; every method is the reader of patterns of its name."""

    def __init__(self, words: CalendarWords) -> None:
        self.words = words

    def iso(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `2025-06-02`."""
        found = calendar.valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
        return Reading(found.isoformat()) if found else None

    def day(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read one day, with or without its year; a clock time before it makes it a moment."""
        month, day = self.words.month_of(match["month"]), _number(match["day"])
        if match["month"] in ("May", "March") and match.start("month") < match.start("day") and not match["year"]:
            before = view.text[max(0, match.start() - 2) : match.start()]
            if match.start() == 0 and not before and view.text[match.end() : match.end() + 1] == "":
                return Reading(None)
        found = self._placed(month, day, match["year"], view)
        if found is None:
            return Reading(None) if calendar.valid_day(2024, month, day) else None
        moment = _clock(match["clock"]) if match["clock"] else ""
        return Reading(found.isoformat() + moment)

    def day_range(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `from March 24 to April 1`, `5-6 April 2016`."""
        if " and " in match.group() and not match["between"]:
            return None
        month = self.words.month_of(match["month"] or match["month2"])
        month2 = self.words.month_of(match["month2"] or match["month"])
        last = self._placed(month2, _number(match["day2"]), match["year"], view)
        if last is None:
            return Reading(None)
        first = calendar.valid_day(last.year - (month > month2), month, _number(match["day"]))
        return Reading(f"{first.isoformat()}/{last.isoformat()}") if first and first < last else None

    def _placed(self, month: int, day: int, year: str | None, view: View) -> date | None:
        """Find the year of a day: written, told before, by publication, or the sentence's own."""
        if year:
            view.years[month, day] = int(year)
            return calendar.valid_day(int(year), month, day)
        if (month, day) in view.years:
            return calendar.valid_day(view.years[month, day], month, day)
        if view.published is not None:
            return calendar.day_near(view.published, month, day, view.ahead)
        told = view.sentence_years
        return calendar.valid_day(told[0], month, day) if told else None

    def month(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read a month, or a part of it."""
        name, year = match["month"], match["year"]
        if not self._is_month(match, view):
            return None
        month = self.words.month_of(name)
        chosen = int(year) if year else self._month_year(month, match["which"], view)
        if chosen is None:
            return Reading(None)
        part = (match["part"] or "").lower()
        for word, meaning in _PARTS.items():
            if part.endswith(word):
                return Reading(calendar.part_of_month(chosen, month, meaning))
        return Reading(calendar.iso_month(chosen, month))

    def _is_month(self, match: "re.Match[str]", view: View) -> bool:
        """Tell a month from the verb `may`, the verb `march` and names such as `April Smith`."""
        if match["year"] or match["part"] or match["which"]:
            return True
        before, after = view.text[: match.start()], view.text[match.end() :]
        cued = re.search(
            r"\b(?:in|since|until|till|by|during|from|of|through|before|after|between|and|to|for)\s$", before, re.I
        )
        if match["month"].lower() in ("may", "march", "august", "mar", "jan", "dec", "sep") or len(match["month"]) < 5:
            return bool(cued) and not re.match(r"\s[A-Z]", after)
        return not re.match(r"\s[A-Z][a-z]", after) or bool(cued)

    def _month_year(self, month: int, which: str | None, view: View) -> int | None:
        """Find the year of a month named without one."""
        if view.published is None:
            return None
        published = view.published
        if which and which.lower() == "last":
            return published.year - (month >= published.month)
        if which and which.lower() == "next":
            return published.year + (month <= published.month)
        if which:
            return published.year
        return calendar.month_year(published, month, bool(view.ahead))

    def month_range(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `from May to July`, `June-August 2024`."""
        first, last = self.words.month_of(match["month"]), self.words.month_of(match["month2"])
        year = int(match["year"]) if match["year"] else self._month_year(last, None, view)
        if year is None:
            return Reading(None)
        return Reading(f"{calendar.iso_month(year - (first > last), first)}/{calendar.iso_month(year, last)}")

    def year_range(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `2004 to 2009`, `2015-16`."""
        if " and " in match.group() and not match.group().lower().startswith("between"):
            return None
        first, second = match["year"], match["year2"]
        last = second if len(second) == 4 else first[:2] + second
        if _NUMBERED.search(view.text[: match.start()]) or not int(first) < int(last) or not _YEARLY.fullmatch(first):
            return None
        return Reading(f"{first}/{last}")

    def decade(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `the 1990s`."""
        return Reading(f"{match['decade']}/{match['decade'][:3]}9")

    def before_christ(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `575 B.C.`: ISO 8601 has a year 0, which is 1 BC."""
        before = int(match["year"]) - 1
        return Reading(f"-{before:04d}" if before else "0000")

    def after_christ(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `833 AD`, `AD 70`."""
        return Reading(f"{int(match['year'] or match['year2']):04d}")

    def century(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `the 16th century`: the hundred years that end with a round one; before Christ it stays unresolved."""
        number = int(match["digits"]) if match["digits"] else CENTURIES[match["word"].lower()]
        if match["bc"] or not 1 <= number <= 21:
            return Reading(None)
        return Reading(f"{100 * number - 99:04d}/{100 * number:04d}")

    def quarter(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `the first quarter of 2025`, `Q3 2024`, `the second half of 2024`."""
        length = 6 if match["what"] == "half" else 3
        which = match["which"]
        pieces = 12 // length
        number = int(which) if which.isdigit() else _ORDER.get(which, pieces)
        if number > pieces:
            return None
        year = int(match["year"])
        return Reading(f"{year}-{(number - 1) * length + 1:02d}/{year}-{number * length:02d}")

    def season(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `summer of 2017`."""
        return Reading(calendar.season(int(match["year"]), self.words.measures.seasons[match["season"].lower()]))

    def year(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read a year, and leave numbers of four digits that count or number something."""
        before, after = view.text[: match.start()], view.text[match.end() :]
        if re.search(r"[a-z] [A-Z]\w+ $", before) and not re.match(r"\s?[a-z,]", after) and not _STRONG.search(before):
            return None
        strong = bool(_STRONG.search(before)) or match.start() < match.start("year")
        if _NUMBERED.search(before) or re.match(r"\s?(?:%|per\s?cent|[A-Z]{3}\b)|-\w", after):
            return None
        if not strong and (
            not _YEARLY.fullmatch(match["year"]) or (_COUNTED.match(after) and match["year"][2:] in ("00", "50"))
        ):
            return None
        if strong and _COUNTED.match(after) and int(match["year"]) < 1900:
            return None
        return Reading(f"{int(match['year']):04d}")


_PARTS = {"early": "early", "beginning of": "early", "start of": "early", "mid": "mid", "middle of": "mid"}
_PARTS |= {"late": "late", "end of": "late"}
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _number(text: str) -> int:
    """Read the number of a day, `14th` included."""
    return int(re.sub(r"\D", "", text))


def _clock(text: str) -> str:
    """Read a clock time as the end of an ISO moment."""
    hour, minute = re.findall(r"(\d{1,2})(?:[:.](\d\d))?", text)[0]
    shift = 12 if "p" in text.lower() and int(hour) < 12 else 0
    if "a" in text.lower() and int(hour) == 12:
        shift = -12
    return f"T{int(hour) + shift:02d}:{minute or '00'}"
