"""Which thing of the graph stands for which thing of the gold."""

from collections.abc import Iterable, Sequence

from kgbuild.model import Iri
from kgbuild.score.gold import Gold
from kgbuild.score.said import Said, Standing
from kgbuild.score.segments import Span


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two places share a character."""
    return one[0] < other[1] and other[0] < one[1]


def common_share(one: Span, other: Span) -> float:
    """Give how much of two overlapping places they share, in (0, 1]."""
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


def touches(standings: Iterable[Standing], spans: Sequence[Span]) -> bool:
    """Tell whether any standing shares a character with any span."""
    return any(overlap(standing.span, span) for standing in standings for span in spans)


class World:
    """Know the entities of all gold texts, where each is mentioned in any of them."""

    def __init__(self, said: Said, golds: Sequence[Gold]) -> None:
        self.said = said
        self._places: dict[str, dict[str, list[Span]]] = {}
        for gold in golds:
            for entity in gold.entities:
                places = self._places.setdefault(entity.key, {}).setdefault(gold.name, [])
                places.extend(mention.span for mention in entity.mentions)
        self._named: dict[tuple[Iri, str], bool] = {}

    def names(self, thing: Iri, key: str) -> bool:
        """Tell whether *thing* has a name, in whichever text, where the entity called *key* is mentioned."""
        known = self._named.get((thing, key))
        if known is None:
            places = self._places.get(key, {})
            known = self._named[thing, key] = any(
                touches((one for one in self.said.places[thing].get(name, ()) if one.kind == "name"), spans)
                for name, spans in places.items()
            )
        return known


class Alignment:
    """Tell for one text which thing of the graph stands for which gold id."""

    def __init__(self, gold: Gold, world: World) -> None:
        self._gold = gold
        self._world = world
        self._spans = gold.spans()
        self._keys = {entity.id: entity.key for entity in gold.entities}
        self._known: dict[tuple[Iri, str], bool] = {}

    def stands_for(self, thing: Iri | None, id_: str) -> bool:
        """Tell whether *thing* stands where gold mentions *id_*.

        Any mention of it in this text will do, and for entities also a name of it in any other text.
        """
        if thing is None:
            return False
        known = self._known.get((thing, id_))
        if known is None:
            known = self._known[thing, id_] = self._compare(thing, id_)
        return known

    def _compare(self, thing: Iri, id_: str) -> bool:
        here = self._world.said.places[thing].get(self._gold.name, ())
        if touches(here, self._spans.get(id_, [])):
            return True
        return id_ in self._keys and self._world.names(thing, self._keys[id_])

    def hits(self, thing: Iri, spans: Sequence[Span]) -> int:
        """Count the *spans* of this text where *thing* is mentioned."""
        here = self._world.said.places[thing].get(self._gold.name, ())
        return sum(touches(here, [span]) for span in spans)
