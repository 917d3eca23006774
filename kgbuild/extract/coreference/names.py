"""Join names that are one name: the same, shortened, abbreviated, misspelt by a letter."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.sites import Site
from kgbuild.knowledge.gazetteer import Form, Gazetteer, Tier, fold
from kgbuild.model import EntityType, MentionKind

_BODIES = frozenset({EntityType.ORGANIZATION, EntityType.NAMED_EVENT, EntityType.FACILITY, EntityType.GROUP})
_ACRONYM = re.compile(r"(?:[A-Z][a-z]?\.?){2,8}s?")
_ALIAS = re.compile(
    r"(?:,? ?\(?(?:(?:who is )?(?:also|better|widely|commonly|popularly|formerly|previously) )?known as"
    r"|,? ?\(?(?:aka|a\.k\.a\.|alias|nicknamed)),? (?:the )?[\"“‘']?(?=\w)"
)
_ALIAS_WORDS = 9
_INNER = 4
"""How many letters a name must have that stands for a longer one in whose middle it is."""
_SHORT = 2
"""An acronym of so many letters fits too many names to be joined with one that is not beside it."""
_BEGUN = frozenset({EntityType.ORGANIZATION, EntityType.CITY, EntityType.PLACE, EntityType.FACILITY, EntityType.REGION})
_SHORTENED = _BODIES | {EntityType.PERSON}
_LONG = 8
"""How many letters a name must have to be a misspelling of another."""
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "al", "a", "to"})


def agree_on_types(sites: Sequence[Site]) -> list[Site]:
    """Give every name of the article that is spelled alike one class: the gazetteer's, else the most frequent.

    A model that reads `Hamas` as a person once in ten times is outvoted; ties go to the class that stands first in
    the text.
    """
    votes: dict[str, Counter[EntityType]] = {}
    for one in sites:
        if one.mention.kind is MentionKind.NAME and not one.key and one.mention.type is not None:
            votes.setdefault(fold(one.mention.text), Counter())[one.mention.type] += 1
    agreed: list[Site] = []
    for one in sites:
        counts = votes.get(fold(one.mention.text)) if one.mention.kind is MentionKind.NAME and not one.key else None
        winner = counts.most_common(1)[0][0] if counts else one.mention.type
        agreed.append(one if winner is one.mention.type or winner is None else one.retype(winner, "majority-type"))
    return agreed


def agree_on_acronyms(sites: Sequence[Site]) -> list[Site]:
    """Let an acronym stand for what the article calls so, whatever else is called so elsewhere.

    `RSF` is Reporters Without Borders to a list of names, and the Rapid Support Forces in an article that names these.
    """
    meant: dict[str, Site] = {}
    long = [one for one in sites if one.mention.kind is MentionKind.NAME and " " in one.mention.text]
    for one in sites:
        short = one.mention.text
        if one.form == Form.ACRONYM.value and short not in meant:
            fits = (other for other in long if _initials(other.mention.text, short))
            spelled = [other for other in fits if short not in other.mention.text.split()]  # `US` and `US Senate`
            introduced = next((other for other in spelled if _introduces(other, one)), None)
            if introduced is not None:
                meant[short] = introduced
            elif len(short) > _SHORT and spelled and not any(other.key == one.key for other in spelled):
                meant[short] = next((other for other in spelled if other.key), one)
    return [
        one.rekey(meant[one.mention.text], "acronym-of-article")
        if one.form == Form.ACRONYM.value and meant.get(one.mention.text, one).key != one.key
        else one
        for one in sites
    ]


def leave_shared_names(sites: Sequence[Site], gazetteer: Gazetteer) -> list[Site]:
    """Leave a name that bodies of several countries have unknown, if the country of the known one is not spoken of.

    `Socialist Party` is that of Spain to a list of names, but not in an article on France.
    """
    countries = {one.key for one in sites if one.mention.type is EntityType.COUNTRY}
    return [replace(one, key="") if _is_elsewhere(one, gazetteer, countries) else one for one in sites]


def _is_elsewhere(one: Site, gazetteer: Gazetteer, countries: set[str]) -> bool:
    if one.mention.kind is not MentionKind.NAME or one.mention.type is not EntityType.ORGANIZATION or not one.key:
        return False
    row = next((row for row in gazetteer.look_up(one.mention.text) if row.key == one.key), None)
    return row is not None and row.tier == Tier.SHARED and bool(row.country) and row.country not in countries


def join_same_names(context: Context) -> None:
    """Join names with one gazetteer row or one folded spelling."""
    first: dict[tuple[str, str], int] = {}
    for i in context.names:
        one = context.sites[i]
        family = one.mention.type.value if one.mention.type else ""
        keys = [("key", one.key)] if one.key else [(family, squash(one.mention.text))]
        for key in keys:
            if key in first:
                context.clusters.merge(first[key], i, "same-gazetteer-row" if one.key else "same-name")
            else:
                first[key] = i


def join_acronyms(context: Context) -> None:
    """Join `Syrian Democratic Forces` with the `(SDF)` that follows it, and with later SDF."""
    long = [i for i in context.names if " " in context.sites[i].mention.text]
    for i in context.names:
        short = context.sites[i].mention
        if short.type is not EntityType.PERSON and _ACRONYM.fullmatch(short.text):
            _join_acronym(context, long, i)


def _join_acronym(context: Context, names: Sequence[int], i: int) -> None:
    short = context.sites[i]
    for j in names:
        long = context.sites[j]
        if _introduces(long, short) and _force(context, j, i, "acronym-in-brackets"):
            return
        spelled = long.mention.type in _BODIES and _initials(long.mention.text, short.mention.text)
        sure = spelled and len(short.mention.text) > _SHORT
        if spelled and (_force(context, j, i, "acronym") if sure else context.clusters.merge(j, i, "acronym")):
            return


def join_partial_acronyms(context: Context) -> None:
    """Join `Vermont ANG` with `Vermont Air National Guard`: the first words are kept, the others abbreviated."""
    names = [i for i in context.names if context.sites[i].mention.type in _BODIES]
    for i in names:
        kept, _, short = context.sites[i].mention.text.rpartition(" ")
        if not kept or not re.fullmatch("[A-Z]{2,6}", short):
            continue
        for j in names:
            long = context.sites[j].mention.text
            if long.startswith(f"{kept} ") and " " in long[len(kept) + 1 :] and _initials(long[len(kept) :], short):
                context.clusters.merge(j, i, "partial-acronym")
                break


def join_aliases(context: Context) -> None:
    """Join a name with the one that it is also known by (`Mohamed Hamdan Dagalo, better known as Hemedti`)."""
    begins = {(context.sites[i].passage.begin, context.sites[i].span.start): i for i in reversed(context.names)}
    for i in context.names:
        one = context.sites[i]
        behind = one.passage.written(one.span.end, min(one.span.end + _ALIAS_WORDS, len(one.passage.words)))
        told = _ALIAS.match(behind)
        if told is not None:
            start = one.passage.words[one.span.end].idx + told.end()
            alias = begins.get((one.passage.begin, one.passage.word_at(start).i))
            if alias is not None:
                _force(context, i, alias, "alias")


def _force(context: Context, long: int, short: int, rule: str) -> bool:
    """Join an acronym or alias with the name that it is told of, whatever class the model gave it."""
    cluster = context.clusters.of(short)
    if not cluster.key and len({context.sites[m].mention.text for m in cluster.members}) == 1:
        cluster.type = context.clusters.of(long).type
    return context.clusters.merge(long, short, rule, other_name=True)


def _introduces(long: Site, short: Site) -> bool:
    words = long.passage.words
    begins = short.span.start
    behind = long.passage is short.passage and 0 < begins - long.span.end <= 2 and words[begins - 1].text == "("
    return behind and bool(_initials(long.mention.text, short.mention.text) or len(short.mention.text) <= 6)


@lru_cache(maxsize=8_192)
def _initials(long: str, short: str) -> bool:
    """Tell whether *short* is made of the first letters of the words of *long*, small words counted or not."""
    words = re.findall(r"\w+", long)
    target = re.sub(r"[^A-Za-z]", "", short).upper()
    every = "".join(w[0] for w in words).upper()
    main = "".join(w[0] for w in words if w.lower() not in _SMALL).upper()
    return len(target) > 1 and target in {every, main}


def join_compass_points(context: Context) -> None:
    """Join `the North` with the country of the article that is called so (`North Korea`)."""
    names = context.names
    for i in names:
        word = context.sites[i].mention.text
        if word not in {"North", "South", "East", "West"}:
            continue
        for j in names:
            country = context.sites[j].mention
            if country.type is EntityType.COUNTRY and country.text.startswith(f"{word} "):
                cluster = context.clusters.of(i)
                cluster.type, cluster.key = EntityType.COUNTRY, ""
                context.clusters.merge(j, i, "compass-point")
                break


def join_short_names(context: Context) -> None:
    """Join a shortened name with the fuller one: a person's surname, the head words of an organisation.

    The nearest fuller name before it wins, else the first after it. A surname that two persons of the article share
    goes to the one named last.
    """
    alike: dict[EntityType | None, list[int]] = {}
    for i in context.names:
        alike.setdefault(context.sites[i].mention.type, []).append(i)
    for i in context.names:
        one = context.sites[i]
        if one.key or one.mention.type not in _SHORTENED:
            continue
        fuller = [j for j in alike[one.mention.type] if j != i and _fuller(context, j, i)]
        before = [j for j in fuller if j < i]
        if before or fuller:
            context.clusters.merge(before[-1] if before else fuller[0], i, "short-name")


def join_first_words(context: Context) -> None:
    """Join a name that no list knows with the one body whose name it begins: `Nippon` with `Nippon Steel`."""
    bodies: dict[str, set[str]] = {}
    first: dict[str, int] = {}
    for i in context.names:
        one = context.sites[i]
        words = fold(one.mention.text).split()
        if one.mention.type is EntityType.ORGANIZATION and len(words) > 1:
            bodies.setdefault(words[0], set()).add(one.key or " ".join(words))
            first.setdefault(words[0], i)
    for i in context.names:
        one = context.sites[i]
        word = fold(one.mention.text)
        if one.key or one.mention.hidden or one.mention.type not in _BEGUN or len(word) < _INNER:
            continue
        if context.cues.noun_type(word) is not None or one.mention.text[:1].islower():
            continue  # `Navy` is no `Navy Special Warfare`
        if len(bodies.get(word, ())) == 1 and context.clusters.root(first[word]) != context.clusters.root(i):
            _force(context, first[word], i, "first-word")


def _fuller(context: Context, j: int, i: int) -> bool:
    """Tell whether name *j* is a fuller form of name *i*, which is of the same class."""
    long, short = context.sites[j], context.sites[i]
    if short.mention.type is EntityType.PERSON:
        return _short_person(short.mention.text, long.mention.text) and context.clusters.compatible(i, j)
    if not _short_body(short.mention.text, long.mention.text) or not context.clusters.compatible(i, j):
        return False
    return not long.key or _only_one(context, short.mention.text, long.key)


def _only_one(context: Context, noun: str, key: str) -> bool:
    """Tell whether a noun alone (`Coalition`, `Council`) can mean only one of the known bodies of the article."""
    others = (context.sites[j] for j in context.names)
    known = context.cues.noun_type(noun.lower()) is not None
    return known and not any(o.key != key and _short_body(noun, o.mention.text) for o in others)


@lru_cache(maxsize=8_192)
def _short_person(short: str, long: str) -> bool:
    """Tell whether *short* is the family name, or a first name of several, of *long*; spaces are not trusted."""
    a, b = squash(short), squash(long)
    if len(a) < 2 or len(b) <= len(a):
        return False
    words = [squash(w) for w in long.split()]
    ends = b.endswith(a) and (a in words or any("".join(words[k:]) == a for k in range(len(words))))
    begins = a == words[0] if " " not in short else fold(long).startswith(f"{fold(short)} ")
    inner = len(a) >= _INNER and a in words[1:-1]  # `Lula` of `Luiz Inácio Lula da Silva`
    return ends or inner or (begins and len(words) > 1)


@lru_cache(maxsize=8_192)
def _short_body(short: str, long: str) -> bool:
    """Tell whether *short* keeps the first or last words of *long* (`Security Council`, `Church`)."""
    a, b = fold(short).split(), fold(long).split()
    if not a or len(a) >= len(b):
        return False
    return b[-len(a) :] == a or (b[: len(a)] == a and b[len(a)] in _SMALL)


def join_misspelt_names(context: Context) -> None:
    """Join long names of persons that differ by one letter (`Kyslytsya`, `Kyslitsya`) within the article."""
    persons = [i for i in context.names if context.sites[i].mention.type is EntityType.PERSON]
    spelled = [(i, squash(context.sites[i].mention.text)) for i in persons]
    long = [(i, name) for i, name in spelled if len(name) >= _LONG]
    for (i, a), (j, b) in combinations(long, 2):
        if a != b and one_edit(a, b):
            context.clusters.merge(i, j, "one-letter-off")


@lru_cache(maxsize=8_192)
def squash(text: str) -> str:
    """Fold a name and take all but letters and digits out, so that `Von derLeyen` is `von der Leyen`."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def one_edit(a: str, b: str) -> bool:
    """Tell whether two strings differ by exactly one letter added, dropped or changed.

    >>> one_edit("kyslytsya", "kyslitsya"), one_edit("putin", "putin"), one_edit("abc", "ab")
    (True, False, True)
    """
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or a == b:
        return False
    k = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[k + 1 :] == b[k + 1 :] if len(a) == len(b) else a[k:] == b[k + 1 :]
