"""One thing of a source on its way into a compiled gazetteer."""

from dataclasses import dataclass, field

from kgbuild.knowledge.naming import Form
from kgbuild.model import EntityType

WIKIDATA = "http://www.wikidata.org/entity/{}"


@dataclass(slots=True)
class Entry:
    """Hold what a source says of one thing.

    Attributes:
        key: `iso:UA`, `iso:UA-14`, `geonames:703448`, `wikidata:Q212` or `own:Name`; sources that give one thing one
            key are brought together.
        name: its name in English, or else as the source writes it.
        type: its class.
        country: key of the country that it lies in or belongs to; `wikidata:Q212` where only that is known, "" if none.
        weight: population, or for others how many editions of Wikipedia have it; 0 if not known.
        latitude, longitude: degrees, or None.
        surfaces: further names with the form that they are.
        links: IRIs of the same thing elsewhere.
    """

    key: str
    name: str
    type: EntityType
    country: str = ""
    weight: int = 0
    latitude: float | None = None
    longitude: float | None = None
    surfaces: list[tuple[str, Form]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
