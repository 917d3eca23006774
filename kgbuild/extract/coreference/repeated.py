"""Join noun phrases that take up an earlier one: by the same noun, by a part of a name, by a more general noun."""

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.coreference.phrases import countries_agree, country_of, definite, modifiers
from kgbuild.extract.sites import Site
from kgbuild.extract.titles import title_carried_by
from kgbuild.model import EntityType, MentionKind

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
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            before.setdefault(word, []).append((i, frozenset(words)))
        nominal = one.mention.kind is MentionKind.NOMINAL and one.mention.type is not EntityType.PERSON
        if not nominal or not context.clusters.alone(i) or not _pointed_at(one):
            continue
        holding = before.get(one.mention.lemma, []) + before.get(one.head.lower, [])
        fits = (j for j, name in holding if modifiers(one) <= name and countries_agree(context, j, i))
        found = max(fits, default=None)
        if found is not None:
            context.clusters.of(i).type = context.clusters.of(found).type
            context.clusters.merge(found, i, "noun-of-name")


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
    return agrees and old.top.head != one.top.head


def join_repeated_nominals(context: Context) -> None:
    """Join a noun phrase with the nearest earlier one that its words allow: `the memorandum`, `the document`."""
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL or not context.clusters.alone(i):
            continue
        if one.mention.type in {EntityType.COUNTRY, EntityType.PERSON}:
            continue
        for rule, fits, reach in (
            ("same-noun", _same_noun, _REACH),
            ("hypernym", _hypernym, _REACH),
            ("same-noun", _same_words, _FAR),
        ):
            before = (j for j in range(i - 1, -1, -1) if context.sentence_of[i] - context.sentence_of[j] <= reach)
            found = next((j for j in before if fits(context, j, i)), None)
            if found is not None and context.clusters.merge(found, i, rule):
                break


def _same_words(context: Context, j: int, i: int) -> bool:
    """Tell a noun phrase that takes up another far back: with the same words, and not with a number of its own."""
    old, new = context.sites[j], context.sites[i]
    if not _one_noun(context, j, i):
        return False
    counted = any(t.dep == "nummod" or t.lower == "own" for t in new.head.children)
    kind = new.head.dep == "compound"  # of `prisoner swap`: any swap's
    return modifiers(old) == modifiers(new) and not counted and not kind and _same_noun(context, j, i)


def _one_noun(context: Context, j: int, i: int) -> bool:
    """Tell two noun phrases with one noun at their head: of most pairs, that is all that has to be asked."""
    old, new = context.sites[j], context.sites[i]
    plain = context.institutions.plain
    return old.mention.kind is MentionKind.NOMINAL and plain(old.mention.lemma) == plain(new.mention.lemma)


def _same_noun(context: Context, j: int, i: int) -> bool:
    old, new = context.sites[j], context.sites[i]
    if not _one_noun(context, j, i):
        return False
    if context.clusters.shared(j) or not countries_agree(context, j, i):
        return False
    a, b = modifiers(old), modifiers(new)
    if old.passage.heading and (a <= b or b <= a):
        return True
    fresh = context.institutions.points_back(new.mention.lemma, "fresh")
    if not fresh and _kind_of_people(old, a) and _kind_of_people(new, b):
        return True
    if a == b and (a or not fresh):
        return definite(new) or new.mention.number == "plural" or new.head.dep == "compound" or a != frozenset()
    return not fresh and b < a and definite(new) and old.mention.number == new.mention.number


def _kind_of_people(one: Site, modifiers: frozenset[str]) -> bool:
    """Tell a group that is named by its kind alone (`prisoner` of `prisoner swap`, `prisoners of war`)."""
    if one.mention.type is not EntityType.GROUP:
        return False
    complement = {t.lemma for t in one.span if t.i > one.head.i}
    return modifiers <= complement and (one.head.dep == "compound" or one.mention.number == "plural")


def _hypernym(context: Context, j: int, i: int) -> bool:
    old, new = context.sites[j], context.sites[i]
    if not context.institutions.points_back(new.mention.lemma, "hypernym") or not definite(new):
        return False
    # `the barbaric group` takes up a name, `the group of airmen` nothing
    more = new.span.end > new.head.i + 1 or new.head.text[:1].isupper()
    described = modifiers(new) and (old.mention.kind is not MentionKind.NAME or more)
    if new.mention.number == "plural" or described or not countries_agree(context, j, i):
        return False
    same_type = context.clusters.of(j).type is new.mention.type
    plain = old.mention.kind is not MentionKind.PRONOUN and not old.mention.hidden
    return same_type and plain and old.mention.number != "plural"
