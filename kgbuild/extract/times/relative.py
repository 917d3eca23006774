"""Times that only the date of publication makes a date: `Monday`, `yesterday`, `last month`, `three years ago`."""

import re
from datetime import date, timedelta

from kgbuild.extract.numbers import small_number
from kgbuild.extract.times import calendar
from kgbuild.extract.times.words import CalendarWords, Pattern, Reading, View, pattern

_EDGE = r"(?:the\s)?(?:very\s)?(?:end|close|start|beginning|middle)\sof\s(?:the\s)?"
_NO_DAY = re.compile(r"\b(?:Black|Bloody|Good|Ash|Palm|Easter|Cyber|Super|Shrove|Maundy|Holy|Whit|Giving)\s$")
_GENERAL = re.compile(r"\b(?:world|generation|society|of|even|still|until|than|exists?|life)\s$", re.I)
_CUED = re.compile(r"\b(?:On|By|Since|Before|After|Until|At|This|Last|Orthodox|Western)\s$")
_AGO_UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade|centur(?:y|ie))s?"


def relative_patterns(words: CalendarWords) -> tuple[Pattern, ...]:
    """Build the patterns of times that depend on the day of publication."""
    read = _Relative(words)
    return (*_days_and_units(words, read), *_distances(words, read))


def _days_and_units(words: CalendarWords, read: "_Relative") -> tuple[Pattern, ...]:
    """Build the patterns of days of the week, of today and of this, last and next week, month or year."""
    part = r"(?:[Ee]arly|[Ll]ate|[Ll]ater|[Ee]arlier|[Mm]id)"
    which = r"(?:[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast|[Pp]revious|[Cc]oming)"
    return (
        pattern(
            "weekday",
            rf"\b(?:(?:[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater)\s(?:on\s)?)?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?"
            rf"(?P<weekday>{words.weekday})(?:\s(?P<daypart>(?i:{words.daypart})))?(?![\w-])",
            read.weekday,
        ),
        pattern(
            "today",
            rf"\b(?:(?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s)?(?P<day>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|"
            rf"TODAY|(?:the\s)?day\sbefore\syesterday|(?:the\s)?day\safter\stomorrow)(?:\s(?P<daypart>{words.daypart}))?\b",
            read.today,
        ),
        pattern("daypart", rf"\b(?P<which>[Tt]his|[Ll]ast)\s(?P<daypart>{words.daypart})", read.daypart),
        pattern(
            "unit",
            rf"\b(?:(?P<part>{part})\s|(?P<edge>{_EDGE}))?(?:(?P<the>[Tt]he)\s)?(?P<which>{which})\s"
            rf"(?P<unit>(?i:weekend|week|month|quarter|year|decade|century|{words.season}))(?![\w-])",
            read.unit,
        ),
        pattern(
            "year-end", r"\b(?:(?:the\s)?year[\s-]end|(?:the\s)?end\sof\sthe\s(?P<unit>year|month|week))\b", read.end
        ),
        pattern("weekend", r"\b(?:over|at|during)\s(?P<what>the\sweekend)\b", read.weekend),
        pattern(
            "year-before",
            r"\bthe\s(?:year\s(?P<side>before|earlier)|(?P<previous>previous|preceding)\syear)\b",
            read.year_before,
        ),
    )


def _distances(words: CalendarWords, read: "_Relative") -> tuple[Pattern, ...]:
    """Build the patterns of what lies some time back, of feasts and seasons, and of vague times."""
    return (
        pattern(
            "ago",
            rf"\b(?:(?:[Jj]ust|[Aa]bout|[Aa]lmost|[Nn]early|[Oo]ver|[Mm]ore\sthan|[Ss]ome|[Aa]round|[Jj]ust\sover|"
            rf"[Jj]ust\sunder|[Ll]ess\sthan|[Rr]oughly)\s)?(?P<count>an?|a\scouple\sof|a\sfew|several|[\d.]+|[A-Za-z-]+)\s"
            rf"{_AGO_UNIT}\sago\b",
            read.ago,
        ),
        pattern(
            "holiday", rf"\b(?:[Tt]his\s)?(?P<holiday>{words.holiday})(?:,?\s(?P<year>20\d\d|19\d\d))?\b", read.holiday
        ),
        pattern(
            "season",
            rf"\b(?P<cue>(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring)\s(?:(?:early|late|mid)[\s-])?(?:the\s)?)"
            rf"(?P<season>{words.season})(?!\s(?:[A-Z]|of|months|time|season|sports|break|day|night))",
            read.season,
        ),
        pattern(
            "vague",
            rf"(?<![\w-])(?P<vague>{words.vague})(?!\s(?:this|that|in|than|on|date|stage|years?|point|life|version))",
            read.vague,
        ),
    )


class _Relative:
    """Read the values of relative times; every method is the reader of patterns of its name."""

    def __init__(self, words: CalendarWords) -> None:
        self.words = words

    def weekday(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read a day of the week: the last one up to publication, unless the text looks ahead."""
        after = view.text[match.end() :]
        if _NO_DAY.search(view.text[: match.start()]) or re.match(
            r"\s(?:Times|Telegraph|Mail|Mirror|Night|Post)\b", after
        ):
            return None
        if view.published is None:
            return Reading(None)
        number = self.words.measures.weekdays[match["weekday"].lower()]
        which = (match["which"] or "").lower()
        ahead = view.ahead is True if not which else which == "next"
        if which == "last" and view.published.isoweekday() == number:
            return Reading((view.published - timedelta(days=7)).isoformat())
        return Reading(calendar.weekday_near(view.published, number, ahead).isoformat())

    def today(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `today`, `yesterday`, `tomorrow night`; `the world today` is no day."""
        word = match["day"].lower()
        general = word == "today" and not match["part"] and _GENERAL.search(view.text[: match.start()])
        if match["day"] == "Today" and view.text[match.end() : match.end() + 1] == "," and view.ahead is None:
            return None
        if general or re.match(r"['’]s\s(?:world|society|standards|generation|youth|terms)", view.text[match.end() :]):
            return None
        steps = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
        step = steps.get(word, -2 if "before" in word else 2)
        return Reading(_moved(view.published, step))

    def daypart(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `this morning`, `last night`."""
        return Reading(_moved(view.published, -1 if match["which"].lower() == "last" else 0))

    def unit(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `last week`, `later this month`, `early next year`, `the past year`."""
        which, unit = match["which"].lower(), match["unit"].lower()
        if match["the"] and which in ("last", "past") and unit in _LENGTHS:
            return Reading(_LENGTHS[unit])
        if view.published is None or (match["the"] and which in ("next", "coming", "previous")):
            return Reading(None)
        step = {"this": 0, "next": 1, "coming": 1}.get(which, -1)
        part = (match["edge"] or match["part"] or "").lower()
        return Reading(self._unit(view.published, unit, step, part, view))

    def _unit(self, published: date, unit: str, step: int, part: str, view: View) -> str | None:
        """Name the unit of the calendar that lies *step* units from publication."""
        if unit == "week":
            return calendar.iso_week(published + timedelta(days=7 * step))
        if unit == "weekend":
            return self._weekend(published, step, view)
        if unit == "month":
            return self._month(published, step, part)
        if unit == "year":
            edge = "-12" if part.endswith(("end of ", "close of ")) else ""
            return f"{published.year + step:04d}{edge}"
        if unit == "quarter":
            first = (published.month - 1) // 3 * 3 + 1 + 3 * step
            return f"{calendar.iso_month(published.year, first)}/{calendar.iso_month(published.year, first + 2)}"
        if unit in ("decade", "century"):
            size = 10 if unit == "decade" else 100
            first = (published.year // size + step) * size
            return f"{first:04d}/{first + size - 1:04d}"
        months = self.words.measures.seasons[unit]
        year = calendar.season_year(published, months, {-1: "last", 0: "this", 1: "next"}[step])
        return calendar.season(year, months)

    def _month(self, published: date, step: int, part: str) -> str:
        """Name a month, or the part of it that `early`, `late` or `the end of` cut out."""
        name = calendar.iso_month(published.year, published.month + step)
        year, month = (int(piece) for piece in name.split("-"))
        edge = part.split()[-2] if part.endswith("of ") else part
        pieces = {"early": "early", "start": "early", "beginning": "early", "mid": "mid", "middle": "mid"}
        pieces |= {"late": "late", "end": "late", "close": "late"}
        return calendar.part_of_month(year, month, pieces[edge]) if edge in pieces else name

    def _weekend(self, published: date, step: int, view: View) -> str:
        """Name this, last or next weekend; `this weekend` told in the past is the one before."""
        if step == 1:
            return calendar.weekend(published, True)
        return calendar.weekend(published, step == 0 and view.ahead is True)

    def weekend(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `over the weekend`."""
        skip = match.start("what") - match.start()
        if view.published is None:
            return Reading(None, skip)
        return Reading(calendar.weekend(view.published, view.ahead is True), skip)

    def end(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `year end`, `the end of the month`."""
        unit = match["unit"] or "year"
        if view.published is None:
            return Reading(None)
        if unit == "week":
            return Reading(calendar.iso_week(view.published))
        if unit == "month":
            return Reading(calendar.part_of_month(view.published.year, view.published.month, "late"))
        return Reading(f"{view.published.year:04d}-12")

    def year_before(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `the year before`, when the article speaks of its own year."""
        return Reading(f"{view.published.year - 1:04d}" if view.published else None)

    def ago(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `a month ago`, `seventeen years ago`; `a few` and `several` give no value."""
        unit = match["unit"].replace("centurie", "century").replace("night", "day").replace("fortday", "fortnight")
        word = match["count"].lower()
        count = {"a": 1.0, "an": 1.0, "a couple of": 2.0}.get(word) or small_number(word)
        if count is None and word not in ("a few", "several", "many", "some"):
            return None
        if count is None or view.published is None:
            return Reading(None)
        return Reading(calendar.ago(view.published, count, unit))

    def holiday(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read a feast; without a year it is the one nearest to publication."""
        rule = self.words.measures.holidays[match["holiday"].lower().replace("’", "'")]
        if re.match(
            r"\s(?:[A-Z]|tree|card|present|dinner|shopping|fest|celebration|part|parade|season)",
            view.text[match.end() :],
        ):
            return None
        if re.search(r"\b[A-Z][a-z]+\s$", view.text[: match.start()]) and not _CUED.search(view.text[: match.start()]):
            return None
        if match["year"]:
            found = calendar.holiday(int(match["year"]), rule)
            return Reading(found.isoformat()) if found else None
        if view.published is None:
            return Reading(None)
        published = view.published
        days = [calendar.holiday(published.year + step, rule) for step in (-1, 0, 1)]
        ahead = view.ahead
        fits = [day for day in days if day and (ahead is None or (day >= published) is ahead or day == published)]
        nearest = min(fits, key=lambda day: abs((day - published).days))
        return Reading(nearest.isoformat())

    def season(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Read `in the spring`: the nearest one by the tense."""
        skip = len(match["cue"])
        if view.published is None:
            return Reading(None, skip)
        months = self.words.measures.seasons[match["season"].lower()]
        if match["season"].lower() == "fall" and "the" not in match["cue"].lower():
            return None
        if view.ahead is None and "the" not in match["cue"].lower():
            return None
        year = calendar.season_year(view.published, months, "next" if view.ahead else "this")
        return Reading(calendar.season(year, months), skip)

    def vague(self, match: "re.Match[str]", view: View) -> Reading | None:
        """Keep `recently` and `later` as times of unknown value."""
        before = view.text[: match.start()]
        if (
            match["vague"].lower() == "later"
            and re.search(r"\b(?:\w+s?|an?)\s$", before)
            and re.search(r"\b(?:hours?|days?|weeks?|months?|years?|minutes?|sooner or|no)\s$", before)
        ):
            return None
        return Reading(None)


_LENGTHS = {"week": "P1W", "month": "P1M", "year": "P1Y", "decade": "P10Y", "century": "P100Y"}


def _moved(published: date | None, days: int) -> str | None:
    """Go some days from publication."""
    return (published + timedelta(days=days)).isoformat() if published else None
