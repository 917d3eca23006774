"""What a name can stand for, and the form under which names are kept.

Folding takes away what spelling and typing vary: case, diacritics, hyphens, dots, apostrophes, a leading `the` and a
possessive `'s`. What it would confuse (`US` and `us`) is told apart by the rules about case in `gazetteer`.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from anyascii import anyascii

from kgbuild.model import EntityType

_GONE = str.maketrans("", "", ".'`\"")
_BLANK = str.maketrans("-/,", "   ")


class Form(StrEnum):
    """Tell how a surface stands for the thing: by its name, an adjective, its people or an acronym."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    ACRONYM = "acronym"


@dataclass(frozen=True, slots=True)
class Name:
    """Say what one surface can stand for.

    Attributes:
        key: the thing's identifier: `iso:UA`, `iso:UA-14` (region), `geonames:703448` (city), `kg:NATO` (any other).
        name: the fullest common English name.
        type: its class.
        form: how the surface stands for it.
        country: key of the country that it lies in or belongs to, "" if none or not known.
        weight: population or rank; of two things of one tier the bigger is more likely meant.
        capital_of: key of the country whose capital (or seat of government) it is.
        same_as: IRIs of the same thing elsewhere.
        tier: how sure the surface alone makes it, see `Tier`.
    """

    key: str
    name: str
    type: EntityType
    form: Form
    country: str = ""
    weight: int = 0
    capital_of: str = ""
    same_as: tuple[str, ...] = ()
    tier: int = 10


class Tier:
    """Rank what a surface can mean when nothing else is known: the lower, the likelier in news.

    Up to `CITY` the surface means this thing more often than not. From `SHARED` on, something else in the article
    should speak for it: the country that the article is about, a label of the language model, the full name.
    """

    COUNTRY = 0
    KNOWN = 1  # continents, seas, peoples, organisations under a name of their own
    BIG_CITY = 2  # a million people, or a capital
    REGION = 3
    CITY = 4  # 100,000 people, or a small capital
    SHARED = 5  # a name that other countries' bodies have too
    TOWN = 6
    REGION_OF_CITY = 7  # a name that a region shares with its chief city
    LISTED_REGION = 8  # a region that only ISO 3166-2 names, under its name in the language of the country
    SPELLING = 9  # an unusual spelling of a city


@lru_cache(maxsize=8_192)
def fold(surface: str) -> str:
    """Bring a surface to the form under which names are kept.

    >>> fold("the Çırağan Palace's"), fold("U.S."), fold("Guinea-Bissau"), fold("Da’esh")
    ('ciragan palace', 'us', 'guinea bissau', 'daesh')
    """
    text = surface if surface.isascii() else anyascii(surface)
    if text.isalpha():
        return text.lower()
    text = text.lower()
    if text.endswith("'s"):
        text = text[:-2]
    words = text.translate(_GONE).translate(_BLANK).replace("&", " and ").split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)
