"""What one article says of each of its chains, in few words: all that deciding over articles needs of an article.

A summary is made from the article alone, so that any process can make it, and read back instead of the article for as
long as neither the article nor the data files change. What a person has ruled plays no part in it: a changed ruling
needs no new summaries. Summaries are read back by the million, so they are named tuples, which are read several
times as fast as dataclasses.

A key is what needs no comparing: the row of the gazetteer or the institution that a chain was matched with; else the
class and the name in the spelling that all its variants share. A surname alone, a general name (`Defence Ministry`
without a country) and what has no name get a key of their own article, since the same words mean another thing in
another article. Later rules join keys; nothing here does.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kgbuild.knowledge import Knowledge
from kgbuild.knowledge.gazetteer import fold
from kgbuild.model import Chain, EntityType, Extraction, MentionKind
from kgbuild.resolve.linking import Linker
from kgbuild.resolve.persons import person_name

_NAME, _PRONOUN = MentionKind.NAME, MentionKind.PRONOUN
_GENDERS = frozenset({"male", "female"})
_FAMILIES = {EntityType.PLACE: "place", EntityType.REGION: "place"}


class Told(NamedTuple):
    """Hold what an article tells of one chain.

    Attributes:
        key: the key that the chain has by itself.
        type: its class.
        mentions: how many mentions it has.
        names: names of it as written, with their counts, sorted.
        other: the noun phrase that serves best as its label; "" if it has a name.
        rules: why its mentions were joined, and why it has this key, sorted.
        offices: lemmas of the titles that the article gives it, sorted.
        genders: genders that its mentions show, sorted.
        folded: names of it, folded, as a person may write them in a ruling, sorted.
    """

    key: str
    type: EntityType
    mentions: int
    names: tuple[tuple[str, int], ...]
    other: str
    rules: tuple[str, ...]
    offices: tuple[str, ...]
    genders: tuple[str, ...]
    folded: tuple[str, ...]


class Summary(NamedTuple):
    """Hold what the article `document_id` tells of its chains, by number of the chain."""

    document_id: str
    chains: tuple[Told, ...]


def summarise(extraction: Extraction, knowledge: Knowledge) -> Summary:
    """Summarise one article; what else is read or ruled plays no part.

    Args:
        extraction: what was found in the article.
        knowledge: spellings, institutions, gazetteers and names of persons.

    Returns:
        What the article tells of each chain. No chains give an empty summary.
    """
    linked = Linker(knowledge).link(extraction)
    offices = _offices(extraction)
    counts = Counter(index for chain in extraction.chains for index in chain.mentions)
    shared = frozenset(index for index, count in counts.items() if count > 1)
    told: list[Told] = []
    for number, chain in enumerate(extraction.chains):
        key, rule = _key(extraction, chain, linked.get(number, chain.key), knowledge)
        told.append(_read(extraction, chain, offices, shared, key, rule))
    return Summary(extraction.document_id, tuple(told))


def best_phrase(phrases: Iterable[str]) -> str:
    """Choose the noun phrase that labels what has no name: the longest, then the alphabet; of none, ""."""
    return min(phrases, key=lambda text: (-len(text), text), default="")


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


def _read(
    extraction: Extraction,
    chain: Chain,
    offices: dict[int, set[str]],
    shared: frozenset[int],
    key: str,
    rule: str,
) -> Told:
    """Note what one chain tells; what means several things at once (`both sides`) is a name for none of them."""
    names: dict[str, int] = {}
    others: set[str] = set()
    folded = {fold(chain.name)}
    for index in chain.mentions:
        mention = extraction.mentions[index]
        kind = mention.kind
        if mention.hidden or kind is _PRONOUN or (index in shared and kind is not _NAME):
            continue
        text = " ".join(mention.text.split())
        if kind is _NAME:
            names[text] = names.get(text, 0) + 1
            folded.add(fold(mention.text))
        else:
            others.add(text)
    if not names and not others:
        names[chain.name] = 1
    titles = [offices[index] for index in chain.mentions if index in offices] if offices else ()
    return Told(
        key=key,
        type=chain.type,
        mentions=len(chain.mentions),
        names=tuple(sorted(names.items())),
        other="" if names else best_phrase(others),
        rules=tuple(sorted({*chain.rules, rule})),
        offices=tuple(sorted(set().union(*titles))),
        genders=tuple(sorted({extraction.mentions[index].gender for index in chain.mentions} & _GENDERS)),
        folded=tuple(sorted(folded)),
    )
