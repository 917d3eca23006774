"""Reads the dateline with which agencies open a report: `SEOUL, South Korea (AP) — The leaders met`."""

import re
from dataclasses import dataclass, field

_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-ZÀ-ÖØ-ÞĀ-Ž.'’-]*(?:[ /-][A-ZÀ-ÖØ-ÞĀ-Ž][A-ZÀ-ÖØ-ÞĀ-Ž.'’-]*){0,4}"
_TITLE = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]+(?: (?:of |the )?[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]+){0,3}"
_DAY = (
    r"(?:(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2} [A-Z][a-z]+(?: \d{4})?)"
)
_DATELINE = re.compile(
    rf"(?P<city>{_UPPER}|{_TITLE})(?:, (?P<region>(?!{_DAY}){_TITLE}|[A-Z][.A-Z]+))?(?:, {_DAY})?"
    r"(?: ?\((?P<agency>[A-Z][\w .&/-]{1,40})\))?\s*(?:—|–|--|-|:)\s+(?=[\"'“‘A-Z0-9])"
)
_AGENCY_ONLY = re.compile(r"\((?P<agency>[A-Z][\w .&/-]{1,40})\)\s*(?:—|–|--|-)\s+(?=[\"'“‘A-Z0-9])")
_LIMIT_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """Hold what a dateline tells; "" for what it does not.

    Attributes:
        place: where the report was written.
        agency: who sent it.
        length: how many characters the report begins behind.
    """

    place: str = ""
    agency: str = ""
    length: int = field(default=0, compare=False, repr=False)


def dateline_of(words: str) -> Dateline:
    """Read the dateline of a paragraph; one that has none tells nothing.

    A place must stand in capitals throughout or have an agency after it: `Talks - The minister said` is no dateline.

    >>> dateline_of("SEOUL, South Korea — The leaders met on Thursday.")
    Dateline(place='SEOUL, South Korea', agency='')
    >>> dateline_of("ROTTERDAM, June 2 (Reuters) - Dock workers ended their strike.")
    Dateline(place='ROTTERDAM', agency='Reuters')
    """
    head = words[:_LIMIT_CHARACTERS]
    alone = _AGENCY_ONLY.match(head)
    if alone:
        return Dateline("", alone["agency"], alone.end())
    found = _DATELINE.match(head)
    if not found:
        return Dateline()
    city = found["city"]
    marked = city.isupper() and len(city) > 2
    if not marked and not found["agency"]:
        return Dateline()
    place = ", ".join(part for part in (city, found["region"]) if part)
    return Dateline(place, found["agency"] or "", found.end())
