"""Say what kind of thing each name of a paragraph names.

The stretches come from `spans.py`. The class comes from the gazetteer, where the model's label and the words around
the name allow it, then from the name's own words (`Palace`, `Hurricane`), then from the model's label. Whether an
adjective or a capital is a mention of its own is settled later, when the noun phrases around it are known
(`standing.py`).
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import Site, carrier, site
from kgbuild.extract.spans import (
    LABELS,
    WELL_KNOWN_CITY,
    Candidate,
    best,
    ends_a_name,
    gazetteer_candidates,
    join_bodies,
    model_candidates,
    shorten,
    widen,
)
from kgbuild.extract.words import Phrase
from kgbuild.knowledge.cues import Cues
from kgbuild.knowledge.gazetteer import Form, Gazetteer, Name, Tier
from kgbuild.model import EntityType, MentionKind, Where

_PLACES = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY, EntityType.PLACE})
_NAMED_BY_NOUN = frozenset({EntityType.REGION, EntityType.CITY, EntityType.FACILITY, EntityType.PLACE})
_CLOSE, _SAME_SENTENCE = 2, 40
"""How many words off `region` may stand to make a region of a name that is a city too; a capital needs it close."""
_HYPHENED = re.compile(
    "(?:pro|anti|counter|Pro|Anti|Counter)-(?P<object>[A-Z].*)|(?P<subject>[A-Z].*)-(?:led|held|run|born|made|[a-z]+ed)"
)
"""A word that holds a name and says who is for, against or behind something."""
_SPOKEN, _ACRONYM = re.compile(r"\w"), re.compile("[A-Z]{3,6}")
_STATE_OF = 2
"""How many words `state` stands before the name in `the state of São Paulo`."""


def find_names(
    passage: Passage, gazetteer: Gazetteer, cues: Cues, surnames: frozenset[str], calendar: frozenset[str] = frozenset()
) -> list[Site]:
    """Find the names of one paragraph.

    Args:
        passage: the parsed paragraph.
        gazetteer: names known beforehand.
        cues: titles and name endings.
        surnames: last words of the article's names of persons with more than one word; a single word among them is a
            person even where the gazetteer knows a town of that name.
        calendar: names of days and months, small letters: they name no thing.

    Returns:
        Sites of kind `NAME`, in text order, not overlapping; then the hidden owners inside them.
    """
    candidates = list(shorten(passage, model_candidates(passage, gazetteer, cues), gazetteer))
    candidates = widen(passage, join_bodies(passage.words, candidates, cues), gazetteer)
    taken = {i for c in candidates for i in range(c.start, c.end)}
    candidates += gazetteer_candidates(passage, gazetteer, taken, surnames)
    found = [_name_site(passage, c, gazetteer, cues, surnames) for c in sorted(candidates, key=lambda c: c.start)]
    named = [one for one in found if one is not None and one.mention.text.lower() not in calendar]
    names = [one for one in named if one.key or not one.mention.text.islower()]  # `electoral` names nothing
    return names + [owner for one in names if (owner := _owner_inside(one, gazetteer)) is not None]


def _owner_inside(one: Site, gazetteer: Gazetteer) -> Site | None:
    """Find the country or body that an organisation's name begins with (`US Senate`), as a hidden mention."""
    if one.mention.type not in {EntityType.ORGANIZATION, EntityType.DOCUMENT} or len(one.span) < 2:
        return None
    for length in (3, 2, 1):
        if length >= len(one.span):
            continue
        span = one.passage.phrase(one.span.start, one.span.start + length)
        row = best(gazetteer, span.text) if ends_a_name(span.last) else None
        if row is not None and row.key != one.key and row.type in {EntityType.COUNTRY, EntityType.ORGANIZATION}:
            owner = site(one.passage, span, span.root, MentionKind.NAME, row.type, "owner-in-name", key=row.key)
            return owner.hide("inside-name")
    return None


def surnames_of(passages: Iterable[Passage], gazetteer: Gazetteer, cues: Cues) -> frozenset[str]:
    """Collect the surnames that the article tells to be some.

    These are the last words of persons' names that have more than one word, and rulers (`the Assad regime`).
    """
    names = [ent for passage in passages for ent in passage.names]
    full = (ent for ent in names if ent.label == "PERSON" and len(ent) > 1)
    persons = {ent.last.text for ent in full if not _capital(ent, gazetteer)}
    return frozenset(persons | {ent.text for ent in names if len(ent) == 1 and _rules(ent, gazetteer, cues)})


def _capital(name: Phrase, gazetteer: Gazetteer) -> bool:
    """Tell `Addis Ababa`, which no person is called."""
    return len(name) > 1 and any(row.capital_of for row in gazetteer.look_up(name.text)[:1])


def _rules(name: Phrase, gazetteer: Gazetteer, cues: Cues) -> bool:
    """Tell a ruler from the country or party that stands before `regime`."""
    behind = name.words[name.end] if name.end < len(name.words) else None
    if behind is None or cues.words_behind.get(behind.lemma) is not EntityType.PERSON:
        return False
    rows = gazetteer.look_up(name.text)
    return name.text[:1].isupper() and (not rows or (rows[0].type is EntityType.CITY and not rows[0].capital_of))


def _name_site(
    passage: Passage, candidate: Candidate, gazetteer: Gazetteer, cues: Cues, surnames: frozenset[str]
) -> Site | None:
    span, text = passage.phrase(candidate.start, candidate.end), passage.written(candidate.start, candidate.end)
    if not _SPOKEN.search(text):
        return None
    rows = gazetteer.look_up(text)
    hyphened = _HYPHENED.fullmatch(text) if len(span) == 1 and not rows else None
    if hyphened and candidate.label != "PERSON":
        return _part_of_word(passage, span, hyphened, gazetteer)
    bearer = len(span) == 1 and text in surnames and candidate.label not in {"", "NORP"}
    surname = bearer and not (rows and rows[0].type is EntityType.COUNTRY)
    row = None if surname else _choose(passage, span, candidate.label, rows, surnames, gazetteer, cues)
    if surname:
        kind, rule = EntityType.PERSON, "surname-of-article"
    elif row is not None:
        kind = EntityType.GROUP if row.form is Form.PEOPLE else row.type
        rule = "gazetteer-type"
    elif (told := _told_by_name(span, candidate.label, cues)) is not None:
        kind, rule = told, "name-ending"
    elif candidate.label and not (candidate.label == "EVENT" and len(span) == 1):
        # a single word that no list knows for a feast or a war is most often no event: `Homeopathy`, `Internet`
        acronym = candidate.label in {"GPE", "LOC"} and _ACRONYM.fullmatch(text)
        kind, rule = (EntityType.ORGANIZATION if acronym else LABELS[candidate.label]), "model-type"
    else:
        return None
    head = carrier(span)
    return site(
        passage,
        span,
        head,
        MentionKind.NAME,
        kind,
        candidate.rule,
        rule,
        key=_key(row),
        form=row.form.value if row else "",
        number="plural" if row is not None and row.form is Form.PEOPLE else "singular",
        gender=_gender(span, gazetteer, cues) if kind is EntityType.PERSON else "",
    )


def _part_of_word(passage: Passage, span: Phrase, hyphened: re.Match[str], gazetteer: Gazetteer) -> Site | None:
    """Give the name that a word holds behind or before a hyphen (`counter-ISIL`, `U.S.-led`), if a list knows it."""
    group = "object" if hyphened["object"] else "subject"
    row = best(gazetteer, hyphened[group])
    if row is None or row.form in {Form.ADJECTIVE, Form.PEOPLE}:
        return None
    row = gazetteer.country(row.capital_of) or row  # `pro-Moscow` is for those who rule there
    made = site(passage, span, span.root, MentionKind.NAME, row.type, "part-of-word", key=row.key, number="singular")
    begin = made.mention.where.begin + hyphened.start(group)
    where = Where(begin, begin + len(hyphened[group]))
    return replace(made, mention=replace(made.mention, where=where, text=hyphened[group], lemma=hyphened[group]))


def _key(row: Name | None) -> str:
    """Give the key of a row; a people is another thing than its country (`Syrians`)."""
    if row is None:
        return ""
    if row.form is not Form.PEOPLE:
        return row.key
    return f"institution:people:{row.key}" if row.type is EntityType.COUNTRY else f"people:{row.key}"


def _gender(span: Phrase, gazetteer: Gazetteer, cues: Cues) -> str:
    """Tell a person's gender by the title before the name or by the first name; "" if neither does."""
    before = span.words[span.start - 1] if span.start > 0 else None
    title = cues.title(before.lower.rstrip(".")) if before is not None else None
    if title is not None and title.gender:
        return title.gender
    return gazetteer.gender(span.first.text) if len(span) > 1 else ""


def _told_by_name(span: Phrase, label: str, cues: Cues) -> EntityType | None:
    """Give the class that a name of several words tells by its last or first word (`Palace`, `Mount`)."""
    told = None
    if len(span) > 1:
        first = cues.beginning_type(span.first.text)
        if first is EntityType.WEAPON:
            return first  # `HMS Ocean` is no sea, `FS Charles de Gaulle` no person
        before = span.words[span.end - 2].lower
        if span.last.text.isdigit() and before in cues.numbered:
            return cues.numbered[before]
        # first words are weaker: `Sea Org` is no sea
        told = cues.ending_type(span.last.text) or (first if label != "ORG" else None)
    return None if label == "PERSON" else told or _told_by_noun_after(span, cues)


def _told_by_noun_after(span: Phrase, cues: Cues) -> EntityType | None:
    """Give the class that the common noun behind a name tells (`Likud party`, `Shah Cheragh mosque`)."""
    if span.end >= len(span.words):
        return None
    noun = span.words[span.end]
    described = span.root.head is noun or span.root.dep in {"compound", "amod"}
    if noun.pos != "NOUN" or not noun.text.islower() or not described:
        return None
    kind = cues.noun_type(noun.lemma)
    return kind if kind in _NAMED_BY_NOUN else None


def _choose(
    passage: Passage,
    span: Phrase,
    label: str,
    rows: tuple[Name, ...],
    surnames: frozenset[str],
    gazetteer: Gazetteer,
    cues: Cues,
) -> Name | None:
    """Pick the gazetteer's row that the model's label and the words around the name allow, or None."""
    if not rows or (label == "PERSON" and not _place_after_all(span, rows[0], surnames)):
        return None
    if rows[0].type is EntityType.CITY and (
        label in {"ORG", "FAC", "WEAPON"} or (label in {"EVENT", "MISC"} and rows[0].tier > Tier.CITY)
    ):
        return None
    if rows[0].type is not EntityType.CITY and rows[0].tier <= Tier.REGION:
        return rows[0]  # first of all a country or region, though there are cities of that name: `Gaza`, `Mexico`
    ambiguous = {row.type for row in rows if row.form is Form.NAME} & _PLACES
    if {EntityType.REGION, EntityType.CITY} <= ambiguous:
        near = _CLOSE if any(row.capital_of for row in rows) else _SAME_SENTENCE
        region = _behind_its_city(passage, span, rows, gazetteer) or _speaks_of_regions(span, cues, near)
        wanted = EntityType.REGION if region else EntityType.CITY
        return next(row for row in rows if row.type is wanted)
    return rows[0]


def _behind_its_city(passage: Passage, span: Phrase, rows: tuple[Name, ...], gazetteer: Gazetteer) -> bool:
    """Tell `Washington` in `Everett, Washington`: a region behind a comma and a city of its country."""
    comma = span.start - 1
    if comma < 1 or passage.words[comma].text != ",":
        return False
    city = next((ent for ent in passage.names if ent.end == comma), None)
    row = best(gazetteer, city.text) if city is not None else None
    countries = {region.country for region in rows if region.type is EntityType.REGION}
    return row is not None and row.type is EntityType.CITY and row.country in countries


def _place_after_all(span: Phrase, row: Name, surnames: frozenset[str]) -> bool:
    """Tell whether the model's person is a place or organisation that the gazetteer knows for sure."""
    if span.last.text in surnames or row.type is EntityType.PERSON:
        return False
    sure = row.type in {EntityType.COUNTRY, EntityType.REGION, EntityType.ORGANIZATION, EntityType.GROUP}
    return sure or row.weight >= WELL_KNOWN_CITY or bool(row.capital_of and len(span) > 1)


def _speaks_of_regions(span: Phrase, cues: Cues, near: int) -> bool:
    """Tell from the nearest telling noun of the sentence whether a name means the region or its capital."""
    nearest = (near, False)
    for token in span.first.sent:
        kind = cues.noun_type(token.lemma)
        state = kind is EntityType.COUNTRY and span.start - token.i == _STATE_OF
        if kind in {EntityType.REGION, EntityType.CITY} or state:
            # what follows the name directly (`Kherson region`) tells most
            distance = token.i - span.end if token.i >= span.end else 2 * (span.start - token.i)
            nearest = min(nearest, (distance, kind is not EntityType.CITY))
    return nearest[1]
