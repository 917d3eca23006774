r"""Turns the wordings of furniture rules into patterns, so that whoever writes them needs no regular expressions.

A wording is the text as it stands on the page. Case does not matter, any run of white space counts as one space, the
straight and the curly apostrophe are one, so are hyphens and dashes. Some signs have a meaning:

    [of]            may be there or not
    (Share|Tweet)   one of these
    ...             any words, within the same line or sentence
    {number}        a number, or `a`, `an`, `one` and the like up to `twelve`
    {name}          a name: one to six words with capitals; {names}: several, with commas and `and`
    {date} {time}   a date with its year; a time of day
    {hashtags} {phone} {address} {signs}     what they say; an address is of the web or of mail, signs are no letters
    {published} {creator} {publisher}   a date, names, a name, which the article is then known to have
    {social}        one of a list that the file itself gives under `lists`; {social*}: one or more of them

A backslash takes the meaning away: `\[`. Everything compiles to patterns without nested repetition, so that matching
stays linear in practice whatever the page holds.
"""

import re
from collections.abc import Mapping
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}[-/]\d{{2}}[-/]\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ])"
_NAME = (
    rf"{_CAPITAL}[\w.'’-]*(?:\s+(?:(?:von|van|der|den|de|da|al|bin|ibn|el|la|of|the)\s+)?{_CAPITAL}[\w.'’-]*){{0,5}}"
)
_NAMES = rf"{_NAME}(?:\s*(?:,?\s+and\s+|,|&|/)\s*{_NAME}){{0,8}}"
_NUMBER = r"(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_BUILT_IN = {
    "number": _NUMBER,
    "name": _NAME,
    "names": _NAMES,
    "date": _DATE,
    "time": r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:gmt|utc|bst|[ec][sd]?t|ist|pst|pdt)\)?)?",
    "hashtags": r"#\w+(?:[\s,]*#\w+)*",
    "signs": r"[\W_]{1,400}",
    "phone": r"\+?\(?\d{1,4}\)?(?:[\s.-]\(?\d{2,5}\)?){2,4}",
    "address": r"(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|[a-z][\w-]*\.(?:com|org|net|co\.uk|gov|eu)(?:/\S*)?)",
}
_CAPTURED = {"published": _DATE, "creator": _NAMES, "publisher": _NAME}
_PIECE = re.compile(
    r"\\(?P<plain>.)|\{(?P<list>\w+)(?P<many>\*?)\}|(?P<any>\.\.\.|…)|(?P<space>\s+)|(?P<sign>[\[\]()|])|(?P<other>.)",
    re.DOTALL,
)
_ALIKE = {"'": "['’‘`]", "’": "['’‘`]", "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]", '"': '["“”]'}
_LOOSE = r"(?:\s+|(?<!\w)|(?!\w))"
"""Space beside something that may be left out: it may be gone too, but no two words grow together."""
_ANY = r"(?:(?!\w)|(?<!\w)).{0,200}(?:(?!\w)|(?<!\w))"
"""Anything, but no part of a word that stands beside it."""

_SIGNS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}


def compile_wording(
    wording: str, lists: Mapping[str, tuple[str, ...]], before: str = "", behind: str = ""
) -> re.Pattern[str]:
    """Compile *wording* to a pattern that does not regard case.

    Args:
        wording: what stands on the page, with the signs that this module explains.
        lists: name -> the words that `{name}` stands for.
        before: a regular expression that must match in front of the wording.
        behind: the same behind it.

    Returns:
        The pattern; what it captures is named `published`, `creator`, `publisher`.

    Raises:
        ValueError: a `{name}` is unknown or captured twice, or brackets do not close.

    >>> bool(compile_wording("{number} minutes ago", {}).fullmatch("31 minutes ago"))
    True
    """
    pattern = _pattern_of(wording, lists)
    try:
        return re.compile(f"{before}(?:{pattern}){behind}", re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise ValueError(f"the brackets of `{wording}` do not match ({error.msg})") from error


def needle_of(wording: str) -> str:
    """Give letters that stand in whatever the wording matches, as `needle_text` writes text; "" when there are none.

    Looking for them first spares most texts the pattern.

    >>> needle_of("[Please] (Share|Tweet) this article"), needle_of("{number} {social}")
    ('article', '')
    """
    found, run, depth = "", "", 0
    for piece in _PIECE.finditer(wording):
        sign = piece["sign"]
        if sign == "|" and not depth:
            return ""
        depth += (sign in ("[", "(")) - (sign in ("]", ")")) if sign else 0
        letter = piece["plain"] or piece["other"] or ""
        run = run + letter if not depth and letter.isascii() and letter.isalnum() else ""
        found = max(found, run, key=len)
    return needle_text(found)


def needle_text(words: str) -> str:
    """Write words so that letters which a pattern takes for the same are the same."""
    return words.casefold().replace("ı", "i")


def _pattern_of(wording: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Write the regular expression that *wording* stands for."""
    parts: list[str] = []
    pieces = list(_PIECE.finditer(wording))
    for number, piece in enumerate(pieces):
        if piece["space"]:
            beside = [pieces[n] for n in (number - 1, number + 1) if 0 <= n < len(pieces)]
            parts.append(_LOOSE if any(p["any"] or p["sign"] in ("[", "]") for p in beside) else r"\s+")
        elif piece["list"]:
            parts.append(_placeholder(piece["list"], bool(piece["many"]), lists))
        elif piece["any"]:
            parts.append(_ANY)
        elif piece["sign"]:
            parts.append(_SIGNS[piece["sign"]])
        else:
            literal = piece["plain"] or piece["other"]
            parts.append(_ALIKE.get(literal, re.escape(literal)))
    return "".join(parts)


def _placeholder(name: str, many: bool, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Give the pattern of one `{name}`; the longest value of a list is tried first."""
    if name in _CAPTURED:
        return f"(?P<{name}>{_CAPTURED[name]})"
    if name in lists:
        values = sorted(lists[name], key=lambda value: (-len(value), value))
        one = "(?:" + "|".join(_literal(value) for value in values) + ")"
        return rf"{one}(?:[\s,|/·•&-]*{one}){{0,12}}" if many else one
    if name in _BUILT_IN:
        return f"(?:{_BUILT_IN[name]})"
    raise ValueError(f"`{{{name}}}` is unknown; known are {', '.join(sorted({*_BUILT_IN, *_CAPTURED, *lists}))}")


def _literal(value: str) -> str:
    """Give the pattern of a value of a list: its words as they are, and no longer word."""
    pattern = "".join(r"\s+" if sign == " " else _ALIKE.get(sign, re.escape(sign)) for sign in value)
    return pattern + (r"(?!\w)" if value[-1:].isalnum() else "")


def date_of(words: str) -> date | None:
    """Read a date written with its year; None when it is none, impossible, or ambiguous (`02/06/2025`).

    >>> date_of("Friday, July 21, 2017")
    datetime.date(2017, 7, 21)
    >>> date_of("2 Sept. 2025"), date_of("31 June 2025")
    (datetime.date(2025, 9, 2), None)
    """
    iso = re.search(r"\b(\d{4})[-/](\d{2})[-/](\d{2})\b", words)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
        return _valid(year, month, day)
    year_found = re.search(r"\b\d{4}\b", words)
    day_found = re.search(r"\b\d{1,2}(?=(?:st|nd|rd|th)?\b)", words)
    month_found = re.search(rf"\b{_MONTH}", words, re.IGNORECASE)
    if not (year_found and day_found and month_found):
        return None
    return _valid(int(year_found[0]), _MONTHS.index(month_found[0][:3].lower()) + 1, int(day_found[0]))


def _valid(year: int, month: int, day: int) -> date | None:
    """Make a date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
