"""Decide what a name stands for where it stands: an adjective inside a longer mention, a capital for its government.

Two conventions of the guidelines are settled here, once names and noun phrases are both known. An adjective of a
country inside a group, person, organisation, document or weapon phrase is part of that phrase and hidden; elsewhere
(`Russian oil`) it is a mention of the country. A capital that acts, speaks, owns or is dealt with as a party
(`Kyiv demanded`, `Moscow's proposals`) is a mention of the country; where things happen in it, it is the city. And an
embassy or office that acts is those who work there.
"""

from collections.abc import Iterable

from kgbuild.extract.sites import SUBJECTS, Site, described
from kgbuild.extract.titles import title_ending_at
from kgbuild.extract.words import Word
from kgbuild.knowledge.cues import Cues
from kgbuild.knowledge.gazetteer import Form, Gazetteer
from kgbuild.model import EntityType, MentionKind

_SWALLOWING = frozenset(
    {
        EntityType.PERSON,
        EntityType.GROUP,
        EntityType.ORGANIZATION,
        EntityType.DOCUMENT,
        EntityType.WEAPON,
        EntityType.COUNTRY,
    }
)
_PUT_ON = frozenset({"sanction", "sanctions", "tariff", "pressure", "embargo", "impose"})
_STAFFED = frozenset({"embassy", "consulate", "office", "mission"})
_STANDING = frozenset({"stand", "lie", "open", "close", "burn", "collapse", "remain", "reopen", "house", "occupy"})
_PLACE_CASES = frozenset(
    "in at near outside around across through into inside within toward towards over above".split()
)
_PARTY_CASES = frozenset({"by", "with", "between", "against", "among", "for"})
_MOVING = frozenset(
    "travel fly go arrive return visit trip journey move flee come head drive flight train road route".split()
)


def settle_standing(sites: Iterable[Site], gazetteer: Gazetteer, cues: Cues) -> list[Site]:
    """Hide adjectives that belong to a longer mention, and turn capitals that act into their countries."""
    all_sites = [_settle_staff(one) for one in sites]
    by_head = {s.head.i: s for s in all_sites if s.mention.kind is MentionKind.NOMINAL}
    person_starts = {s.span.start for s in all_sites if s.mention.type is EntityType.PERSON and s.form == ""}
    settled: list[Site] = []
    for one in all_sites:
        if one.mention.kind is not MentionKind.NAME or one.mention.hidden:
            settled.append(one)
        elif one.form == Form.ADJECTIVE.value:
            settled.append(_settle_adjective(one, by_head, person_starts, cues))
        else:
            settled.append(_settle_capital(one, gazetteer))
    return [s for s in settled if not _language(s)]


def _settle_staff(one: Site) -> Site:
    """Take a building that does something for those who work there: `the embassy rejected it`, `her office said so`."""
    kind = one.mention.type is EntityType.FACILITY and one.head.lower in _STAFFED
    if not kind or one.top.dep != "nsubj" or one.top.head.pos != "VERB" or one.top.head.lemma in _STANDING:
        return one
    passive = any(child.dep == "aux:pass" for child in one.top.head.children)
    return one if passive else one.retype(EntityType.ORGANIZATION, "building-for-staff")


def _settle_adjective(one: Site, by_head: dict[int, Site], person_starts: set[int], cues: Cues) -> Site:
    noun = _noun_described(one)
    nominal = by_head.get(noun.i)
    if nominal is not None and nominal.mention.type in _SWALLOWING and nominal.span.start <= one.span.start:
        return one.hide("inside-nominal")
    title = _title_after(one, cues)
    if title is not None and title.i + 1 in person_starts:  # a `general election` is no general
        return one.hide("inside-title")
    if noun.i in person_starts or any(noun.i < start <= noun.i + 1 for start in person_starts):
        return one.hide("before-person")
    return one


def _noun_described(one: Site) -> Word:
    """Give the noun that an adjective of a country describes, through coordination (`British and French forces`)."""
    token = one.top
    while token.dep == "conj" and token.head.i < token.i and token.head.pos in {"ADJ", "PROPN"}:
        token = token.head
    return described(token)


def _title_after(one: Site, cues: Cues) -> Word | None:
    """Give the last word of the title that follows directly (`Ukrainian | Deputy Foreign Minister`), or None."""
    words = one.passage.words
    last = None
    for i in range(one.span.end, min(len(words), one.span.end + 5)):
        if words[i].pos not in {"NOUN", "PROPN", "ADJ"}:
            break
        title = title_ending_at(words[i], cues)
        if title is not None:
            last = words[i]
    return last


def _settle_capital(one: Site, gazetteer: Gazetteer) -> Site:
    if one.mention.type is not EntityType.CITY:
        return one
    rows = [row for row in gazetteer.look_up(one.span.text) if row.capital_of]
    if not rows or _in_dateline(one) or not _acts(one.top):
        return one
    country = gazetteer.country(rows[0].capital_of)
    if country is None:
        return one
    made = one.retype(EntityType.COUNTRY, "capital-for-government")
    return Site(made.mention, made.passage, made.span, made.head, country.key, Form.NAME.value)


def _in_dateline(one: Site) -> bool:
    """Tell `SEOUL, South Korea —` and `MOSCOW (Reuters) -`, where a city says where the report was written."""
    following = one.passage.words[one.span.end : one.span.end + 2]
    return (one.span.start <= 1 and one.span.text.isupper()) or (
        len(following) > 1 and following[0].text == "," and following[1].entity in {"GPE", "LOC"}
    )


def _acts(token: Word) -> bool:
    """Tell from the clause whether a city's name stands for those who rule there."""
    while token.dep == "conj":
        token = token.head
    case = next((t.lower for t in token.children if t.dep == "case" and t.i < token.i), "")
    if case in _PLACE_CASES:
        return False
    if token.dep in SUBJECTS:
        return not any(t.dep == "cop" for t in token.head.children)
    if token.dep == "nmod:poss":
        return token.head.pos == "NOUN" and token.head.entity == ""
    if case in _PARTY_CASES or token.dep == "iobj" or (case == "on" and token.head.lemma in _PUT_ON):
        return True
    if case in {"to", "from"}:
        return token.head.lemma not in _MOVING and token.head.pos in {"VERB", "NOUN"} and case == "to"
    return token.dep == "obj" and token.head.pos == "VERB" and token.head.lemma not in _MOVING


def _language(one: Site) -> bool:
    """Tell an adjective that names a language (`recognised Russian as an official language`), which is no country."""
    if one.form != Form.ADJECTIVE.value or one.mention.kind is not MentionKind.NAME:
        return False
    token = one.top
    around = token.words[max(token.sent.start, token.i - 8) : min(token.sent.end, token.i + 8)]
    alone = token.dep not in {"amod", "compound"} and token.i + 1 == one.span.end
    return alone and any(t.lemma in {"language", "speak", "translate", "translation"} for t in around)
