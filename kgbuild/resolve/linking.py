"""Which row of a gazetteer a name means in its article, by what stands around it; no link without enough support.

A name of a place is often borne by several (Tripoli, Cambridge). Each row starts with how likely it is by itself, by
its size; the article then speaks for it: a larger place written behind it (`Paris, Texas`), its country among those
that the article names, most of all the one named most, other places of that country, and the class in which the name
was read. The best row is linked when its score reaches `THRESHOLD`. A name whose rows the article cannot tell apart
stays a thing of that article alone; a small place for which nothing speaks keeps its name and gets no link.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.gazetteer import Form, Name, Tier, fold
from kgbuild.model import Chain, Entity, EntityType, Extraction, MentionKind

THRESHOLD = 0.6
ROWS = frozenset({"iso", "geonames", "kg", "wikidata", "own"})
"""What keys of rows begin with."""

_BY_ITSELF = {Tier.COUNTRY: 0.9, Tier.KNOWN: 0.8, Tier.BIG_CITY: 0.8, Tier.REGION: 0.7, Tier.CITY: 0.6}
_UNSURE = 0.35
_BEHIND, _COUNTRY, _CHIEF_COUNTRY, _NEIGHBOUR, _CLASS = 0.5, 0.25, 0.1, 0.1, 0.1
_CLOSE, _RIVALS_SIZE = 0.1, 3
"""Two rows this close tell nothing apart, unless one is so many times as big."""
_FAMOUS = 30
"""From this weight on (editions of Wikipedia, say) a person or body is more likely than not the one meant."""

_PLACES = frozenset({EntityType.CITY, EntityType.REGION, EntityType.COUNTRY, EntityType.PLACE, EntityType.FACILITY})
_ALIKE = {
    EntityType.CITY: _PLACES - {EntityType.COUNTRY},
    EntityType.PLACE: _PLACES - {EntityType.COUNTRY},
    EntityType.REGION: frozenset({EntityType.REGION, EntityType.PLACE}),
    EntityType.ORGANIZATION: frozenset({EntityType.ORGANIZATION, EntityType.GROUP, EntityType.FACILITY}),
    EntityType.GROUP: frozenset({EntityType.ORGANIZATION, EntityType.GROUP}),
    EntityType.FACILITY: frozenset({EntityType.FACILITY, EntityType.PLACE, EntityType.ORGANIZATION}),
}


@dataclass(slots=True)
class _Around:
    """Hold what an article says of places: countries named, countries of other places, what stands behind whom."""

    countries: Counter[str] = field(default_factory=Counter)
    neighbours: dict[str, set[int]] = field(default_factory=dict)
    behind: dict[int, set[str]] = field(default_factory=dict)

    def support(self, number: int, row: Name) -> float:
        """Tell how much speaks for *row* as the meaning of chain *number*, besides the row itself."""
        home = row.key if row.type is EntityType.COUNTRY else row.country
        if not home:
            return 0.0
        score = _BEHIND if self.behind.get(number, set()) & {home, row.key} else 0.0
        if self.countries[home]:
            score += _COUNTRY
            if self.countries[home] == max(self.countries.values()):
                score += _CHIEF_COUNTRY
        return score + (_NEIGHBOUR if self.neighbours.get(home, set()) - {number} else 0.0)


class Linker:
    """Link the chains of one article after the other, and describe what was linked."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._gazetteer = knowledge.gazetteer
        self._local = knowledge.local

    def link(self, extraction: Extraction) -> dict[int, str]:
        """Give, for chains whose name could mean several things or was not known, the key that the article speaks for.

        Returns:
            By number of the chain: a row's key, "" for no link, or a key of the article's own where the name could
            mean several and nothing tells which. Chains that need no closer look are left out.
        """
        around = self._around(extraction)
        found: dict[int, str] = {}
        for number, chain in enumerate(extraction.chains):
            if chain.named and self._open(chain):
                key = self._choose(number, chain, around, extraction)
                if key != chain.key:
                    found[number] = key
        return found

    def _open(self, chain: Chain) -> bool:
        """Tell whether a closer look is wanted: a city, or a name that only the user's gazetteer may know."""
        if chain.key:
            row = self._gazetteer.thing(chain.key)
            return row is not None and row.type is EntityType.CITY and chain.type is EntityType.CITY
        return self._local is not None

    def _around(self, extraction: Extraction) -> _Around:
        around = _Around()
        of: dict[int, int] = {}
        home: dict[int, set[str]] = {}
        for number, chain in enumerate(extraction.chains):
            of.update(dict.fromkeys(chain.mentions, number))
            row = self._gazetteer.thing(chain.key) if chain.key else None
            if row is None:
                continue
            home[number] = {row.key, row.country} - {""}
            if row.type is EntityType.COUNTRY:
                around.countries[row.key] += len(chain.mentions)
            elif row.country and len(self._rows(chain.name, chain.type)) < 2:
                around.neighbours.setdefault(row.country, set()).add(number)
        for link in extraction.links:
            if link.kind == "comma" and link.head in of and link.dependent in of:
                around.behind.setdefault(of[link.head], set()).update(home.get(of[link.dependent], ()))
        return around

    def _rows(self, name: str, kind: EntityType) -> list[Name]:
        """Find all rows that a name of this class can mean, each once."""
        rows = [row for row in self._gazetteer.look_up(name) if row.form is not Form.ADJECTIVE]
        if self._local is not None:
            known = {row.key for row in rows}
            rows += [row for row in self._local.look_up(fold(name)) if row.key not in known]
        alike = _ALIKE.get(kind, frozenset({kind}))
        return [row for row in rows if row.type in alike]

    def _choose(self, number: int, chain: Chain, around: _Around, extraction: Extraction) -> str:
        rows = {row.key: row for name in _names(extraction, chain) for row in self._rows(name, chain.type)}
        if chain.key and chain.key not in rows:
            return chain.key
        if chain.key and len(rows) == 1 and rows[chain.key].tier <= Tier.CITY:
            return chain.key
        scored = sorted(
            ((_score(row, chain.type, around.support(number, row)), row) for row in rows.values()),
            key=lambda pair: (-pair[0], -pair[1].weight, pair[1].key),
        )
        if not scored:
            return ""
        best, row = scored[0]
        rivals = [other for score, other in scored[1:] if best - score < _CLOSE and other.type is row.type]
        unique = all(row.weight >= _RIVALS_SIZE * max(other.weight, 1) for other in rivals)
        if best >= THRESHOLD and unique:
            return row.key
        several = len([one for one in scored if one[1].type is row.type]) > 1
        if several and chain.type in _PLACES:
            return f"here:{extraction.document_id}:place:{fold(chain.name)}"
        return ""

    def describe(self, key: str, entity: Entity) -> Entity:
        """Add to an entity what the user's gazetteer knows of it, and which of its sources says so."""
        if self._local is None:
            return entity
        keys = [key] if self._local.thing(key) is not None else self._same_elsewhere(key, entity)
        rows = [row for one in keys if (row := self._local.thing(one)) is not None]
        sources = {source for one in keys for source in self._local.sources_of(one)}
        links = {*entity.same_as, *(iri for row in rows for iri in row.same_as)}
        return replace(entity, same_as=tuple(sorted(links)), linked_by=tuple(sorted(sources)))

    def _same_elsewhere(self, key: str, entity: Entity) -> list[str]:
        """Find the only row of the user's gazetteer with the name, class and country of a row that ships."""
        row = self._gazetteer.thing(key)
        if row is None or self._local is None:
            return []
        found = [
            other.key
            for other in self._local.look_up(fold(row.name))
            if other.type is row.type and other.country in {row.country, ""}
        ]
        return found if len(found) == 1 else []

    def place(self, key: str, entity: Entity, id_of: Callable[[str], str]) -> Entity:
        """Add to a place that the user's gazetteer knows in which country of the build it lies.

        Args:
            key: the key that names the entity.
            entity: the entity.
            id_of: gives the id of the build's entity that a key names, "" for none.
        """
        row = row_of(self._knowledge, key) if entity.linked_by else None
        if row is None or row.type not in _PLACES - {EntityType.COUNTRY}:
            return entity
        return replace(entity, known_in=id_of(row.country))


def row_of(knowledge: Knowledge, key: str) -> Name | None:
    """Give the row of a key, of the tables that ship or else of the user's gazetteer; None for a key that is no row."""
    if key.partition(":")[0] not in ROWS:
        return None
    row = knowledge.gazetteer.thing(key)
    return knowledge.local.thing(key) if row is None and knowledge.local is not None else row


def _names(extraction: Extraction, chain: Chain) -> Iterable[str]:
    """Give the different names of a chain, the fullest first."""
    others = {
        extraction.mentions[index].text
        for index in chain.mentions
        if extraction.mentions[index].kind is MentionKind.NAME and not extraction.mentions[index].hidden
    }
    return (chain.name, *sorted(others - {chain.name}))


def _score(row: Name, kind: EntityType, support: float) -> float:
    """Weigh one meaning, in [0, 1] but for much support."""
    score = _BY_ITSELF.get(row.tier, _UNSURE)
    if row.type not in _PLACES:
        score = max(score, _UNSURE + (_CLASS if len(row.name.split()) > 1 else 0.0))
        score += _CLASS if row.weight >= _FAMOUS else 0.0
    return score + support + (_CLASS if row.type is kind else 0.0)
