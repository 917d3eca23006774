"""What the articles say of each thing, gathered under the key that its chain has by itself.

A key is what needs no comparing: the row of the gazetteer or the institution that a chain was matched with; else the
class and the name in the spelling that all its variants share. A surname alone, a general name (`Defence Ministry`
without a country) and what has no name get a key of their own article, since the same words mean another thing in
another article. Later rules join keys; nothing here does.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.gazetteer import fold
from kgbuild.model import Chain, EntityType, Extraction, Mention, MentionKind
from kgbuild.resolve.persons import person_name

_FAMILIES = {EntityType.PLACE: "place", EntityType.REGION: "place"}


@dataclass(slots=True)
class Thing:
    """Hold what all chains with one key say.

    Attributes:
        key: the key.
        types: how many mentions have which class.
        names: names of it as written, with their counts.
        others: noun phrases that stand for it.
        rules: why mentions were joined within articles, and why chains have this key.
        chains: (document id, number of the chain).
        offices: lemmas of the titles that the articles give it.
        genders: genders that its mentions show.
        folded: names of it, folded, as a person may write them in a ruling.
    """

    key: str
    types: Counter[EntityType] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    others: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    chains: list[tuple[str, int]] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    folded: set[str] = field(default_factory=set)

    @property
    def kind(self) -> EntityType:
        """Give the class that most mentions have."""
        return min(self.types, key=lambda kind: (-self.types[kind], kind.value))

    @property
    def documents(self) -> set[str]:
        """Give the articles that speak of it."""
        return {document for document, _ in self.chains}

    def take(self, other: "Thing") -> None:
        """Add what *other* says."""
        self.types.update(other.types)
        self.names.update(other.names)
        self.others |= other.others
        self.rules |= other.rules
        self.chains += other.chains
        self.offices |= other.offices
        self.genders |= other.genders
        self.folded |= other.folded


def gather(
    extractions: Iterable[Extraction],
    knowledge: Knowledge,
    linked: Callable[[Extraction], dict[int, str]],
    split: Callable[[str, str, set[str]], str],
) -> dict[str, Thing]:
    """Gather the chains of all articles under their keys.

    Args:
        extractions: one an article.
        knowledge: spellings, institutions and names of persons.
        linked: gives, for chains of an article by number, the key that a closer look found, "" for none.
        split: gives the key of a chain that a ruling takes out, from its article, its key and its folded names.
    """
    things: dict[str, Thing] = {}
    for extraction in extractions:
        told = linked(extraction)
        offices = _offices(extraction)
        for number, chain in enumerate(extraction.chains):
            key, rule = _key(extraction, chain, told.get(number, chain.key), knowledge)
            one = _read(extraction, number, chain, offices)
            one.key = split(extraction.document_id, key, one.folded)
            one.rules.add(rule)
            if one.key in things:
                things[one.key].take(one)
            else:
                things[one.key] = one
    return things


def _key(extraction: Extraction, chain: Chain, known: str, knowledge: Knowledge) -> tuple[str, str]:
    """Give the key that a chain has by itself, and the rule that chose it."""
    if known:
        return known, "place-of-several" if known.startswith("here:") else "same-gazetteer-row"
    if not chain.named:
        first = extraction.mentions[chain.mentions[0]]
        return f"here:{extraction.document_id}:{first.where.begin}:{first.where.end}", "own-article"
    if chain.type is EntityType.PERSON:
        name = person_name(chain.name, knowledge.gazetteer.canonical_part)
        if name.full:
            return f"person:{name.key}", "same-full-name"
        return f"person@{extraction.document_id}:{name.key}", "own-article"
    words = knowledge.identity.spelled(chain.name)
    family = _FAMILIES.get(chain.type, chain.type.value.lower())
    if _general({" ".join(words), fold(chain.name)}, knowledge):
        return f"here:{extraction.document_id}:{family}:{' '.join(words)}", "general-name"
    return f"{family}:{' '.join(words)}", "same-name"


def _general(names: set[str], knowledge: Knowledge) -> bool:
    """Tell a name that many bodies have (`Defence Ministry`, `Church`, `Cyclone`): a noun, or what each country has."""
    singular = {name.removesuffix("s") for name in names}
    nouns = any(knowledge.cues.noun_type(name) is not None for name in names | singular)
    return nouns or bool((names | singular) & knowledge.institutions.by_head.keys())


def _offices(extraction: Extraction) -> dict[int, set[str]]:
    """Give the lemmas of the titles of each mention of a person."""
    found: dict[int, set[str]] = {}
    for office in extraction.offices:
        found.setdefault(office.bearer, set()).add(office.lemma)
    return found


def _read(extraction: Extraction, number: int, chain: Chain, offices: dict[int, set[str]]) -> Thing:
    """Note what one chain says."""
    thing = Thing("", rules=set(chain.rules), chains=[(extraction.document_id, number)])
    thing.types[chain.type] += len(chain.mentions)
    thing.folded.add(fold(chain.name))
    for index in chain.mentions:
        mention = extraction.mentions[index]
        thing.offices |= offices.get(index, set())
        if mention.gender in {"male", "female"}:
            thing.genders.add(mention.gender)
        if mention.hidden or mention.kind is MentionKind.PRONOUN:
            continue
        if mention.kind is MentionKind.NAME:
            thing.names[_flat(mention)] += 1
            thing.folded.add(fold(mention.text))
        else:
            thing.others.add(_flat(mention))
    if not thing.names and not thing.others:
        thing.names[chain.name] += 1
    return thing


def _flat(mention: Mention) -> str:
    return " ".join(mention.text.split())
