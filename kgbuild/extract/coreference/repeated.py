"""Join noun phrases that take up an earlier one: by the same noun, by a part of a name, by a more general noun."""

from collections.abc import Sequence

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.coreference.phrases import countries_agree, country_of, definite, modifiers, owned
from kgbuild.extract.sites import SUBJECTS, Site
from kgbuild.extract.titles import title_carried_by
from kgbuild.model import EntityType, MentionKind

_KNOWN_OTHERWISE = frozenset({EntityType.COUNTRY, EntityType.PERSON})
_LINKING = frozenset({"of", "for", "on", "in"})
_REACH = 6
"""How many sentences back a definite noun may point."""
_FAR = 30
"""How many sentences back a noun phrase may point that says the same words."""


def join_heads_of_names(context: Context) -> None:
    """Join `the church`, `the airfield`, `this task force` with the last name before that holds the noun.

    `Church of Scientology`, `Tiyas Military Airfield` and `Task Force 50` begin or end in it.
    """
    before: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for i, one in enumerate(context.sites):
        words = _words_of_name(one)
        for word in _heads(words):
            before.setdefault(word, []).append((i, frozenset(words)))
        nominal = one.mention.kind is MentionKind.NOMINAL and one.mention.type is not EntityType.PERSON
        if not nominal or not context.clusters.alone(i) or not _pointed_at(one):
            continue
        holding = before.get(one.mention.lemma, []) + before.get(one.head.lower, [])
        fits = (j for j, name in holding if modifiers(one) <= name and countries_agree(context, j, i))
        found = max((j for j in fits if _may_be_called(context, j, one)), default=None)
        if found is not None:
            context.clusters.of(i).type = context.clusters.of(found).type
            context.clusters.merge(found, i, "noun-of-name")


def _heads(words: Sequence[str]) -> set[str]:
    """Give the words of a name that may be said alone: `church` of `Church of Scientology`, not `World` of others."""
    if len(words) <= 1:
        return set()
    return {words[-1]} | ({words[0]} if words[1] in _LINKING else set())


def _may_be_called(context: Context, j: int, one: Site) -> bool:
    """Tell `the army`, which is a country's, from a body that only has the word in its name (`Liberation Army`)."""
    institution = context.institutions.find(one.mention.lemma)
    return institution is None or context.clusters.of(j).key.startswith("institution:")


def _pointed_at(one: Site) -> bool:
    """Tell a noun phrase of one thing with `the`, `this` or `that`."""
    single = one.mention.number != "plural"
    return single and any(t.lower in {"the", "this", "that"} for t in one.head.children if t.i < one.head.i)


def _words_of_name(one: Site) -> list[str]:
    """Give the words of a name of a thing, without the number at its end; none for persons and noun phrases."""
    if one.mention.kind is not MentionKind.NAME or one.mention.hidden or one.mention.type is EntityType.PERSON:
        return []
    words = one.mention.text.lower().split()
    while words and words[-1].isdigit():
        words.pop()
    return words


def join_same_offices(context: Context) -> None:
    """Join an office that is named again and whose holder the article does not name (`the Foreign Secretary`)."""
    last: dict[tuple[str, str], int] = {}
    for i, one in enumerate(context.sites):
        person = one.mention.kind is MentionKind.NOMINAL and one.mention.type is EntityType.PERSON
        if not person or one.mention.number == "plural":
            continue
        carried = title_carried_by(one.head, context.cues)
        if carried is None or carried[0].kind != "office":
            continue
        country = country_of(context, i)
        key = (carried[0].phrase, context.clusters.of(country).key if country is not None else "")
        told = definite(one) or one.span.text[:1].isupper()
        if key in last and told and context.clusters.alone(i):
            context.clusters.merge(last[key], i, "same-office")
        last[key] = i


def join_described_persons(context: Context) -> None:
    """Join `the boy`, `the teenager` with the person named last whom it can describe."""
    for i, one in enumerate(context.sites):
        person = one.mention.kind is MentionKind.NOMINAL and one.mention.type is EntityType.PERSON
        points = context.institutions.points_back(one.mention.lemma, "hypernym")
        if not person or not points or not _pointed_at(one) or not context.clusters.alone(i):
            continue
        for j in range(i - 1, -1, -1):
            if context.sentence_of[i] - context.sentence_of[j] > _REACH:
                break
            if _can_be(context, j, one):
                context.clusters.merge(j, i, "described-person")
                break


def _can_be(context: Context, j: int, one: Site) -> bool:
    """Tell whether mention *j* names a person whom the noun can describe: of its gender, and not beside it."""
    cluster, old = context.clusters.of(j), context.sites[j]
    if cluster.type is not EntityType.PERSON or not cluster.named or old.mention.number == "plural":
        return False
    genders = {context.sites[m].mention.gender for m in cluster.members} - {"", "neuter"}
    agrees = not one.mention.gender or not genders or one.mention.gender in genders
    if old.top.dep == "conj" or any(t.dep == "conj" for t in old.top.children):
        return False  # one of several who were named together
    return agrees and old.top.head != one.top.head


def join_repeated_persons(context: Context) -> None:
    """Join `the bomber` with `a suicide bomber` shortly before: a person without a name, told of by the same noun."""
    before: dict[str, list[int]] = {}
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL or one.mention.type is not EntityType.PERSON:
            continue
        noun = before.setdefault(one.mention.lemma, [])
        if one.mention.number != "plural" and context.clusters.alone(i) and _pointed_at(one):
            near = (j for j in reversed(noun) if context.sentence_of[i] - context.sentence_of[j] <= _REACH)
            found = next((j for j in near if _same_person(context, j, i)), None)
            if found is not None:
                context.clusters.merge(found, i, "same-noun")
        noun.append(i)


def _same_person(context: Context, j: int, i: int) -> bool:
    old, new = context.sites[j], context.sites[i]
    alike = modifiers(new) <= modifiers(old) and old.mention.number == new.mention.number
    return alike and not context.clusters.shared(j) and countries_agree(context, j, i)


def join_repeated_nominals(context: Context) -> None:
    """Join a noun phrase with the nearest earlier one that its words allow: `the memorandum`, `the document`."""
    before: dict[str, list[int]] = {}
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL:
            continue
        noun = before.setdefault(context.institutions.plain(one.mention.lemma), [])
        if context.clusters.alone(i) and one.mention.type not in _KNOWN_OTHERWISE:
            _join_repeated(context, i, noun)
        noun.append(i)


def _join_repeated(context: Context, i: int, noun: Sequence[int]) -> None:
    """Join a noun phrase with an earlier one; *noun* are those with the same noun at their head, in text order."""
    subjects = [j for j in range(i) if _named_subject(context, j)] if _just_named(context, i, noun) else ()
    for rule, fits, reach, among in (
        ("hypernym", _hypernym, 1, subjects),
        ("same-noun", _same_noun, _REACH, noun),
        ("hypernym", _hypernym, _REACH, range(i) if _takes_up(context, i) else ()),
        ("same-noun", _same_words, _FAR, noun),
    ):
        near = (j for j in reversed(among) if context.sentence_of[i] - context.sentence_of[j] <= reach)
        found = next((j for j in near if fits(context, j, i)), None)
        if found is not None and context.clusters.merge(found, i, rule):
            break


def _just_named(context: Context, i: int, noun: Sequence[int]) -> bool:
    """Tell whether `the group` may mean what was named right before rather than a group of some sentences ago."""
    one = context.sites[i]
    told = context.sentence_of[i] - context.sentence_of[noun[-1]] if noun else 0
    body = one.mention.type is EntityType.ORGANIZATION and not modifiers(one)
    return told > 1 and body and _takes_up(context, i)


def _named_subject(context: Context, j: int) -> bool:
    return context.sites[j].mention.kind is MentionKind.NAME and context.sites[j].top.dep in SUBJECTS


def _same_words(context: Context, j: int, i: int) -> bool:
    """Tell a noun phrase that takes up another far back: with the same words, and not with a number of its own."""
    old, new = context.sites[j], context.sites[i]
    counted = any(t.dep == "nummod" or t.lower == "own" for t in new.head.children)
    kind = new.head.dep == "compound"  # of `prisoner swap`: any swap's
    return modifiers(old) == modifiers(new) and not counted and not kind and _same_noun(context, j, i)


def _same_noun(context: Context, j: int, i: int) -> bool:
    """Tell whether a noun phrase takes up another with the same noun at its head."""
    old, new = context.sites[j], context.sites[i]
    if context.clusters.shared(j) or not countries_agree(context, j, i) or _of_other_number(old, new):
        return False
    if owned(new) and context.institutions.find(new.mention.lemma) is not None:
        return False  # whose forces they are is seen when it is known whom `its` means
    a, b = modifiers(old), modifiers(new)
    if old.passage.heading and (a <= b or b <= a):
        return True
    if any(t.dep == "det" and t.lower in {"a", "an", "another"} for t in new.head.children):
        return False  # `ruled out a coalition`
    fresh = context.institutions.points_back(new.mention.lemma, "fresh")
    if not fresh and _kind_of_people(old, a) and _kind_of_people(new, b):
        return True
    if a == b and (a or not fresh):
        return definite(new) or new.mention.number == "plural" or new.head.dep == "compound" or a != frozenset()
    return not fresh and b < a and definite(new) and old.mention.number == new.mention.number


def _of_other_number(old: Site, new: Site) -> bool:
    """Tell `a missile` from `four missiles`, but not `a swap` from `swaps`."""
    counted = any(t.dep == "nummod" for one in (old, new) for t in one.head.children)
    return counted and old.mention.number != new.mention.number


def _kind_of_people(one: Site, modifiers: frozenset[str]) -> bool:
    """Tell a group that is named by its kind alone (`prisoner` of `prisoner swap`, `prisoners of war`)."""
    if one.mention.type is not EntityType.GROUP:
        return False
    complement = {t.lemma for t in one.span if t.i > one.head.i}
    return modifiers <= complement and (one.head.dep == "compound" or one.mention.number == "plural")


def _takes_up(context: Context, i: int) -> bool:
    """Tell a definite noun phrase of one thing whose noun says no more than what kind of thing it is."""
    new = context.sites[i]
    hypernym = context.institutions.points_back(new.mention.lemma, "hypernym")
    return hypernym and new.mention.number != "plural" and definite(new) and not owned(new)


def _hypernym(context: Context, j: int, i: int) -> bool:
    """Tell whether a noun phrase that takes up something can take up mention *j*."""
    old, new = context.sites[j], context.sites[i]
    if context.clusters.of(j).type is not new.mention.type or old.mention.number == "plural" or old.mention.hidden:
        return False
    # `the barbaric group` takes up a name, `the group of airmen` nothing
    more = new.span.end > new.head.i + 1 or new.head.text[:1].isupper()
    own_name = any(t.pos in {"PROPN", "NUM"} for t in new.span if t.i < new.head.i and t.entity != "NORP")
    described = modifiers(new) and (old.mention.kind is not MentionKind.NAME or more or own_name)
    return old.mention.kind is not MentionKind.PRONOUN and not described and countries_agree(context, j, i)
