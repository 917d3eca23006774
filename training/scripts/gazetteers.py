"""Lists of places and peoples that settle what a name is where the corpora disagree."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent.parent / "data/words.toml").read_text(encoding="utf-8"))


def _words(key: str) -> frozenset[str]:
    """Read a list of words."""
    return frozenset(_LISTS[key].split())


def _names(key: str) -> frozenset[str]:
    """Read a list of phrases."""
    return frozenset(" ".join(name.split()) for name in _LISTS[key].split(","))


SUPER_REGIONS = _names("super_regions")
LOC_HEADS, FAC_HEADS, GPE_HEADS, EVENT_HEADS = (_words(f"{kind}_heads") for kind in ("loc", "fac", "gpe", "event"))
PARTY_MEMBERS, TITLES = _words("party_members"), _words("titles")
_DIRECTIONS = frozenset("north south east west northern southern eastern western central new".split())
_FIRST_OF_LOC = frozenset("mount lake gulf bay cape river sea wadi strait mt".split())


@dataclass(frozen=True, slots=True)
class Gazetteers:
    """Names of places by kind, and words for peoples."""

    countries: frozenset[str]
    gpe: frozenset[str]
    peoples: frozenset[str]
    gpe_by_length: dict[int, list[str]]

    def place_types(self, words: list[str]) -> list[str]:
        """Say which of GPE, LOC and FAC a place name can be; all three when nothing tells."""
        low = [w.lower() for w in words if w.lower() != "the"]
        name = " ".join(low).replace(" - ", "-")
        if name in self.countries:
            return ["GPE"]
        if name in SUPER_REGIONS:
            return ["LOC"]
        if not low:
            return ["GPE", "LOC", "FAC"]
        if len(low) > 1 and (low[-1] in FAC_HEADS or low[0] in {"camp", "fort", "port-of"}):
            return ["FAC"]
        if len(low) > 1 and (low[-1] in LOC_HEADS or low[0] in _FIRST_OF_LOC):
            return ["LOC"]
        if name in self.gpe or low[-1] in GPE_HEADS or low[0] in GPE_HEADS:
            return ["GPE"]
        if len(low) > 1 and low[0] in _DIRECTIONS:
            return ["GPE", "LOC"]
        return ["GPE", "LOC", "FAC"]

    def is_country(self, words: list[str]) -> bool:
        """Whether the words name a country (articles ignored)."""
        return " ".join(w.lower() for w in words if w.lower() != "the") in self.countries

    def is_people(self, word: str) -> bool:
        """Whether a capitalised word is an adjective or noun of nationality, people or religion."""
        return word in self.peoples


def load(folder: Path) -> Gazetteers:
    """Read the lists below a `gazetteers` folder."""
    countries = set(_names("countries"))
    for row in _rows(folder / "country-codes/country-codes.csv"):
        for key in ("CLDR display name", "UNTERM English Short", "official_name_en"):
            name = re.sub(r"\s*\(.*?\)\*?", "", row[key] or "").lower().removeprefix("the ").strip()
            if name:
                countries.add(name)
    gpe: set[str] = set()
    for row in _rows(folder / "natural-earth/ne_10m_populated_places.csv"):
        gpe |= {row["NAME"], row["NAMEASCII"], row["NAME_EN"], row["ADM1NAME"]}
    for row in _rows(folder / "world-cities/world-cities.csv"):
        gpe |= {row["name"], row["subcountry"]}
    replaceable: dict[int, list[str]] = {}
    for name in sorted(g for g in gpe if g and re.fullmatch(r"[^\W\d_]+( [^\W\d_]+){0,2}", g) and g.istitle()):
        replaceable.setdefault(len(name.split()), []).append(name)
    peoples = _peoples(folder)
    low = {g.lower() for g in gpe if g} - SUPER_REGIONS
    return Gazetteers(frozenset(countries), frozenset(low), peoples, replaceable)


def _peoples(folder: Path) -> frozenset[str]:
    """Gather words of nationality from the factbook and the list above, with their plurals."""
    words = set(_words("peoples"))
    for path in sorted(folder.glob("factbook/*/*.json")):
        nationality = json.loads(path.read_text(encoding="utf-8")).get("People and Society", {}).get("Nationality", {})
        for part in ("noun", "adjective"):
            value = nationality.get(part, {})
            text = value.get("text", "") if isinstance(value, dict) else str(value)
            for item in re.split(r",|;|\bor\b|\(s\)|\(.*?\)|<.*?>", text):
                if re.fullmatch(r"[A-Z][a-zé'-]{3,}", item.strip()):
                    words.add(item.strip())
    words -= {"None", "Note", "Sudan", "Dominica", "Island", "Islander", "Motswana"}
    return frozenset(words | {w + "s" for w in words if not w.endswith(("sh", "ese", "ch", "s"))})


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with a header."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
