"""Who is who, decided over summaries that come one by one and are not kept.

What is held grows with the distinct names of the build, and by a few bytes with each article that names a thing, but
not with text. What can only be a thing of its own article takes no part in any join and is not held at all: its entity
is made from the article's summary when that is asked for again.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache, partial
from weakref import proxy

from kgbuild.knowledge import Knowledge
from kgbuild.model import Entity, Resolution, mint
from kgbuild.resolve.bodies import join_bodies, may_be_typo
from kgbuild.resolve.entities import best_key, id_of, make_entity, own_id
from kgbuild.resolve.joins import Joins
from kgbuild.resolve.linking import Linker
from kgbuild.resolve.people import join_full_names
from kgbuild.resolve.roster import Roster, may_be_person
from kgbuild.resolve.rulings import Rulings
from kgbuild.resolve.summaries import Summary, Told
from kgbuild.resolve.surnames import join_surnames
from kgbuild.resolve.things import Thing

_HELD = 2_048
"""How many entities that several articles may speak of are kept for the next one."""


class Resolver:
    """Gather summaries in any order, then decide who is who.

    Args:
        knowledge: names, institutions, and what the user has ruled to be one thing or two.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rulings = _rulings(knowledge)
        self._things: dict[str, Thing] = {}
        self._articles = 0

    def add(self, summary: Summary) -> None:
        """Gather what one article tells; each article may be added once, in any order."""
        for key, told in _held(summary, self._rulings):
            folded = self._rulings.named(told.folded)
            thing = self._things.get(key)
            if thing is None:
                thing = self._things[key] = Thing(key, told, folded)
            else:
                thing.hear(told, folded)
            if may_be_person(key) or may_be_typo(key):
                thing.note(self._articles)
        self._articles += 1

    @property
    def held(self) -> int:
        """Tell how many keys are held: what memory grows with."""
        return len(self._things)

    def finish(self) -> "Resolved":
        """Decide who is who; nothing may be added afterwards.

        Returns:
            Who is who, for any number of articles, one by one. Nothing added gives nothing.
        """
        joins = Joins()
        self._rulings.apply(self._things, joins)
        roster = Roster(self._things, joins, self._knowledge.identity, self._knowledge.gazetteer)
        join_full_names(roster)
        strangers = join_surnames(roster)
        join_bodies(self._things, joins, self._knowledge.gazetteer)
        things, self._things = self._things, {}
        return Resolved(self._knowledge, things, _decide(things, roster, strangers, self._knowledge))


def _decide(
    things: dict[str, Thing], roster: Roster, strangers: Collection[str], knowledge: Knowledge
) -> dict[str, Thing]:
    """Make one thing of all that are joined, in place, and give each its id.

    Returns:
        The things by their ids.
    """
    by_id: dict[str, Thing] = {}
    keys = sorted(things)
    joined = roster.joins.joined(keys)
    for root in keys:
        thing = things[root]
        if thing.id:
            continue  # joined with a lesser key
        thing.joins = roster.joins.reasons(root)
        more = joined.get(root, [])
        for key in more:
            thing.take(things[key])
            things[key] = thing
        best = best_key([roster.public(key) if key in strangers else key for key in (root, *more)])
        name = id_of(best, thing, knowledge)
        if name in by_id:  # two things whose readable names are alike
            name = mint(*name.split("/", 1), best)
        if name in by_id:  # and whose keys name them alike: two surnames alone that a ruling keeps apart
            name = mint(*name.split("/", 1), best, root)
        thing.key, thing.id = best, name
        thing.forget()
        by_id[name] = thing
    return by_id


class Resolved:
    """Tell who is who, article by article.

    Entities are made when they are asked for. A thing of one article alone has an id with a hash of its key, which
    holds the article's name, so that it cannot meet another one's.
    """

    def __init__(self, knowledge: Knowledge, things: Mapping[str, Thing], by_id: Mapping[str, Thing]) -> None:
        self._knowledge = knowledge
        self._rulings = _rulings(knowledge)
        self._linker = Linker(knowledge)
        self._things = things
        this: Resolved = proxy(self)  # a method would hold its object for good, and with it all names
        self._shared = lru_cache(_HELD)(lambda name: this._describe(by_id[name]))

    def local(self, summary: Summary) -> Resolution:
        """Give what is decided of one article's chains: their entities, and no others.

        Args:
            summary: of an article that was added.
        """
        keys = _keys(summary, self._rulings)
        own: dict[str, Thing] = {}
        for key, told in zip(keys, summary.chains, strict=True):
            if key in self._things:
                continue
            if key in own:
                own[key].hear(told)
            else:
                own[key] = Thing(key, told)
        alone = {key: self._describe(thing) for key, thing in own.items()}
        ids = [alone[key].id if key in alone else self._things[key].id for key in keys]
        entities = {entity.id: entity for entity in alone.values()}
        entities |= {name: self.entity(name) for name in set(ids) - entities.keys()}
        return Resolution(
            {name: entities[name] for name in sorted(entities)},
            {(summary.document_id, number): name for number, name in enumerate(ids)},
        )

    def entity(self, name: str) -> Entity:
        """Give the entity with the id *name*, of those that more than one article may speak of.

        Raises:
            KeyError: there is none, or it is a thing of one article alone, which only `local` gives.
        """
        return self._shared(name)

    def _describe(self, thing: Thing) -> Entity:
        entity = self._linker.describe(thing.key, make_entity(thing.key, thing, self._knowledge))
        return self._linker.place(thing.key, entity, self._country)

    def _country(self, key: str) -> str:
        """Give the id of the entity that *key* names; a key that is joined with a better one names none."""
        thing = self._things.get(key)
        return thing.id if thing is not None and thing.key == key else ""


def _rulings(knowledge: Knowledge) -> Rulings:
    return Rulings(knowledge.identity, partial(_own_id, knowledge))


def _own_id(knowledge: Knowledge, key: str) -> str:
    return own_id(key, knowledge)


def _keys(summary: Summary, rulings: Rulings) -> list[str]:
    """Give the key of each chain after what the user has ruled."""
    return [rulings.split(summary.document_id, told.key, told.folded) for told in summary.chains]


def _held(summary: Summary, rulings: Rulings) -> Iterator[tuple[str, Told]]:
    """Give what has to be held of an article: all but what is a thing of it alone, unless a ruling names that."""
    keys = _keys(summary, rulings)
    ruled = {key for key, told in zip(keys, summary.chains, strict=True) if rulings.named(told.folded)}
    for key, told in zip(keys, summary.chains, strict=True):
        if key in ruled or not key.startswith("here:"):
            yield key, told
