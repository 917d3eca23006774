"""Join noun phrases with what they mean: appositions, offices, institutions, the two sides, back-pointing nouns.

Precision first: a noun phrase is joined only where a construction, an office known in the article, a country beside
it, or the same words say so. What stays unjoined is a thing of its own.
"""

from collections import Counter
from collections.abc import Collection

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.coreference.phrases import country_of, definite, modifiers, owned
from kgbuild.extract.sites import SUBJECTS, Site
from kgbuild.extract.titles import title_carried_by
from kgbuild.model import EntityType, MentionKind

_COUNTRIES = frozenset({EntityType.COUNTRY})
_PARTIES = _COUNTRIES | {EntityType.ORGANIZATION, EntityType.GROUP}
_PEOPLE = frozenset({EntityType.PERSON, EntityType.GROUP})
_WITH_AGENCIES = frozenset({"kg:United_Nations", "kg:European_Union"})
_BEFORE = frozenset({"compound", "adjective"})
_PAIR = 2
_OPPOSED = frozenset({"war", "warring", "oppose", "opposing", "rival", "conflict", "conflicting"})
_SHORTLY = 3
"""How many sentences back two countries side by side are what `both sides` means before all others."""
_AREAS = frozenset({EntityType.REGION, EntityType.CITY, EntityType.PLACE})


def join_appositions(context: Context) -> None:
    """Join `Vladimir Medinsky` with `the head of the Russian delegation` set off by commas, or told by `is`."""
    for link in context.links:
        if link.kind not in {"apposition", "predicate"}:
            continue
        head, other = context.sites[link.head], context.sites[link.dependent]
        kinds = {head.mention.kind, other.mention.kind}
        if MentionKind.NOMINAL not in kinds or _numbers_differ(head, other):
            continue
        if link.kind == "predicate" and (_negated(other) or not (definite(other) or _bare_title(other))):
            continue
        same_type = head.mention.type is other.mention.type
        if same_type or head.mention.kind is MentionKind.PRONOUN:
            context.clusters.merge(link.head, link.dependent, link.kind)


def _bare_title(one: Site) -> bool:
    """Tell an office told of somebody without article (`was sworn in as prime minister`, `becomes president`)."""
    person = one.mention.type is EntityType.PERSON and one.mention.number != "plural"
    return person and not any(t.dep == "det" for t in one.head.children)


def join_named_kinds(context: Context) -> None:
    """Join `Kursk region` with `Kursk`, `the city of Mosul` with `Mosul`, `Likud party` with `Likud`."""
    for link in context.links:
        head, name = context.sites[link.head], context.sites[link.dependent]
        kinds = head.mention.kind is MentionKind.NOMINAL and name.mention.kind is MentionKind.NAME
        if not kinds or name.mention.hidden or head.mention.number == "plural":
            continue
        told = link.kind in _BEFORE or (link.kind == "preposition" and link.lemma == "of")
        if not told or not _one_kind(context, head, name, link.kind):
            continue
        if context.clusters.alone(link.head):
            context.clusters.of(link.head).type = name.mention.type
        context.clusters.merge(link.dependent, link.head, "named-kind")


def _one_kind(context: Context, head: Site, name: Site, construction: str) -> bool:
    """Tell whether the noun says no more than what kind of thing the name names."""
    if head.mention.type in _AREAS and name.mention.type in _AREAS:
        return True
    same = head.mention.type is name.mention.type
    lemma = head.mention.lemma
    generic = any(context.institutions.points_back(lemma, how) for how in ("hypernym", "kind"))
    has_many = lemma == "agency" and name.key in _WITH_AGENCIES
    return same and generic and not has_many and construction in _BEFORE


def join_institutions(context: Context) -> None:
    """Give noun phrases and names of institutions that a country has one of the key that all articles share."""
    last: dict[str, int] = {}
    for i, one in enumerate(context.sites):
        if one.mention.kind is MentionKind.PRONOUN or one.mention.hidden or context.clusters.of(i).key:
            continue
        words, _, owner = _head_words(one).partition(" of ")
        institution = context.institutions.find(words)
        if institution is None:
            continue
        country = _country_behind(context, i)
        country = _named_owner(context, one, owner) if country is None else country
        if country is None:
            fresh = context.institutions.points_back(one.mention.lemma, "fresh") or owned(one)
            if institution.class_ in last and definite(one) and not modifiers(one) and not fresh:
                context.clusters.merge(last[institution.class_], i, "institution-again")
            continue
        if _qualified(context, i, one, country, institution.head) or not context.clusters.of(country).key:
            continue  # `the foreign ministries of the two countries`
        cluster = context.clusters.of(i)
        cluster.key = f"institution:{institution.class_}:{context.clusters.of(country).key}"
        cluster.rules.add("institution-of-country")
        for j in range(i):
            if context.clusters.of(j).key == cluster.key:
                context.clusters.merge(j, i, "same-institution")
                break
        last[institution.class_] = i


def _country_behind(context: Context, i: int) -> int | None:
    """Give the country that an institution is of, or that of the body that it is of (`its forces` of a ministry)."""
    country = country_of(context, i)
    if country is not None:
        return country
    kinds = (context.clusters.of(owner).key.split(":", 2) for owner in context.dependents(i, "possessor"))
    keys = {kind[2] for kind in kinds if kind[0] == "institution" and len(kind) > 2}
    found = (j for j in range(len(context.sites)) if context.clusters.of(j).key in keys)
    return next(found, None) if keys else None


def _named_owner(context: Context, one: Site, owner: str) -> int | None:
    """Find the country inside a name that ends in it (`Government of Iraq`), where the article mentions it too."""
    rows = context.gazetteer.look_up(one.mention.text[-len(owner) :]) if owner else ()
    if not rows or rows[0].type is not EntityType.COUNTRY:
        return None
    keys = (context.clusters.of(j).key for j in range(len(context.sites)))
    return next((j for j, key in enumerate(keys) if key == rows[0].key), None)


def _head_words(one: Site) -> str:
    """Give the noun phrase up to its head, the head in its dictionary form (`state | negotiator`)."""
    if one.mention.kind is MentionKind.NAME:
        return one.mention.text.lower()
    words = [t.lower for t in one.passage.words[one.span.start : one.head.i]]
    head = one.head.lower if one.head.lower == "people" else one.head.lemma
    return " ".join([*words, head])


def _qualified(context: Context, i: int, one: Site, country: int, head: str) -> bool:
    """Tell whether further words single out a part or a kind (`two members`, `special forces`)."""
    counted = any(t.dep == "nummod" for t in one.head.children)
    others = [d for d in context.dependents(i, "adjective", "compound") if d != country]
    others += [d for d in context.dependents(i, "preposition") if d != country and _is_country(context, d)]
    before = {t.lemma for t in one.span if t.i < one.head.i}
    more = (modifiers(one) & before) - set(head.split()) - {t.lemma for t in context.sites[country].span}
    return one.mention.kind is MentionKind.NOMINAL and (counted or bool(others) or bool(more))


def _is_country(context: Context, i: int) -> bool:
    return context.clusters.of(i).type is EntityType.COUNTRY


def join_countries(context: Context) -> None:
    """Join `the Russian side` and `the country` with the country they mean."""
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL or one.mention.number == "plural":
            continue
        if not context.institutions.points_back(one.mention.lemma, "country"):
            continue
        country = country_of(context, i)
        if country is not None:
            _retype(context, i)
            context.clusters.merge(country, i, "side-of-country")
        elif definite(one) and not modifiers(one) and not owned(one):
            found = _nearest_country(context, i)
            if found is not None:
                _retype(context, i)
                context.clusters.merge(found, i, "the-country")


def join_own_countries(context: Context) -> None:
    """Join `his country` with the country that its owner is told to be of (`North Korean leader Kim Jong Un`)."""
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL or one.mention.number == "plural" or not owned(one):
            continue
        if not context.institutions.points_back(one.mention.lemma, "country") or not context.clusters.alone(i):
            continue
        owners = [m for j in context.dependents(i, "possessor") for m in context.clusters.of(j).members]
        found = next((c for m in owners if (c := country_of(context, m)) is not None), None)
        if found is not None:
            _retype(context, i)
            context.clusters.merge(found, i, "own-country")


def _retype(context: Context, i: int) -> None:
    if context.clusters.alone(i):
        context.clusters.of(i).type = EntityType.COUNTRY


def _nearest_country(context: Context, i: int) -> int | None:
    """Give the country that the sentence or the one before speaks of: its subject first, then the nearest."""
    best: tuple[float, int] | None = None
    for j in range(i - 1, -1, -1):
        distance = context.sentence_of[i] - context.sentence_of[j]
        if distance > 2:
            break
        one = context.sites[j]
        if context.clusters.of(j).type is not EntityType.COUNTRY or (one.mention.hidden and distance > 0):
            continue
        if country_of(context, i) == j:
            continue
        rank = distance - (0.8 if one.top.dep in SUBJECTS else 0.0) + (0.5 if one.mention.hidden else 0.0)
        if best is None or rank < best[0]:
            best = (rank, j)
    return best[1] if best else None


def share_parties(context: Context) -> None:
    """Let `both sides` and `the two countries` mention each of the two countries that the text sets side by side."""
    for i, one in enumerate(context.sites):
        if one.mention.kind is not MentionKind.NOMINAL or one.mention.type is EntityType.PERSON:
            continue
        points = context.institutions.points_back(one.mention.lemma, "party")
        if points and _two(one) and context.clusters.alone(i):
            pair = _pair_meant(context, i, one)
            if pair is not None:
                context.clusters.share(i, pair, "two-parties")
        elif _counts_two(one) and context.cues.noun_type(one.mention.lemma) in _PEOPLE:
            persons = _two_persons(context, i)
            if persons and context.clusters.alone(i):
                context.clusters.share(i, persons, "two-persons")
        elif one.mention.number == "plural" and not modifiers(one) and context.clusters.alone(i):
            _share_institutions(context, i, one)


def _counts_two(one: Site) -> bool:
    """Tell `the two leaders` and `both men`, who were named before, from `two leaders`."""
    before = {t.lower for t in one.head.subtree if t.i < one.head.i}
    return one.mention.number == "plural" and ("both" in before or {"the", "two"} <= before)


def _two_persons(context: Context, i: int) -> list[int]:
    """Give the two persons whom the sentence before *i* names, or this one before it; none if it names others too."""
    for back in (0, 1):
        named = {
            context.clusters.root(j): j
            for j in context.names
            if j < i
            and context.sentence_of[i] - context.sentence_of[j] == back
            and context.clusters.of(j).type is EntityType.PERSON
        }
        if named:
            return sorted(named.values()) if len(named) == _PAIR else []
    return []


def _two(one: Site) -> bool:
    words = {t.lower for t in one.head.subtree if t.i <= one.head.i}
    each = "each" in words
    plural = one.mention.number == "plural" and words & {"both", "two", "the", "warring", "these"}
    # `two pro-Russian parties` are no sides, `two South Caucasus neighbours` are
    places = {t.lemma for t in one.span if t.pos == "PROPN"}
    aligned = {t.lemma for t in one.head.children if t.lower.startswith(("pro-", "anti-"))}
    singled_out = (aligned | modifiers(one)) - _OPPOSED - places
    return bool(each or (plural and not singled_out and not words & {"three", "four", "all", "other"}))


def _pair_meant(context: Context, i: int, one: Site) -> list[int] | None:
    """Give the two countries that *i* means, of those that the text names; sides may be bodies and groups too.

    They are the two that stood side by side shortly before it (`Russia and Ukraine`), else the two most named, else
    the two that stood side by side last.
    """
    kinds = _PARTIES if context.institutions.points_back(one.mention.lemma, "side") else _COUNTRIES
    before: list[tuple[int, int]] = []
    for j, other in enumerate(context.sites[:i]):
        if other.top.dep == "conj" and len(other.top.conjuncts) == 1 and _may_be_party(context, j, kinds):
            beside = (k for k in context.at(other.top.head) if k < j)
            before += [(k, j) for k in beside if _may_be_party(context, k, kinds)]
    if before and context.sentence_of[i] - context.sentence_of[before[-1][1]] <= _SHORTLY:
        return list(before[-1])
    counts = Counter(
        context.clusters.root(j)
        for j, s in enumerate(context.sites)
        if s.mention.kind is MentionKind.NAME and context.clusters.of(j).type in kinds - {EntityType.GROUP}
    )
    common = sorted(counts, key=lambda root: (-counts[root], root))[:2]
    if len(common) == 2 and counts[common[1]] > 1:
        return common
    return list(before[-1]) if before else None


def _may_be_party(context: Context, j: int, kinds: Collection[EntityType]) -> bool:
    """Tell what can be one of two sides: a country, or one body or group (`the army`, but not `soldiers`)."""
    kind = context.clusters.of(j).type
    return kind in kinds and (kind is EntityType.COUNTRY or context.sites[j].mention.number != "plural")


def _share_institutions(context: Context, i: int, one: Site) -> None:
    """Let `the delegations` mention the delegations of both countries, where the article has both."""
    institution = context.institutions.find(one.mention.lemma)
    if institution is None or institution.type is not EntityType.GROUP or not definite(one):
        return
    roots = sorted(
        {
            context.clusters.root(j)
            for j in range(len(context.sites))
            if context.clusters.of(j).key.startswith(f"institution:{institution.class_}:")
        }
    )
    if len(roots) == 2:
        context.clusters.share(i, roots, "both-institutions")


def join_roles(context: Context) -> None:
    """Join `the minister`, `the Ukrainian leader`, `the ambassador` with the person who has that office here."""
    for i, one in enumerate(context.sites):
        single = one.mention.kind is MentionKind.NOMINAL and one.mention.type is EntityType.PERSON
        if not single or one.mention.number == "plural" or not context.clusters.alone(i):
            continue
        as_name = one.span.text[:1].isupper()  # `Foreign Secretary` stands for its holder like a name
        if not (as_name or definite(one) or context.dependents(i, "adjective", "possessor")):
            continue
        holder = _holder(context, i, one, later=as_name)
        if holder is not None:
            context.clusters.merge(holder, i, "office-again")


def _holder(context: Context, i: int, one: Site, *, later: bool) -> int | None:
    """Give the last person before *i*, or with *later* the first after it, who has this office and no other country."""
    before = _holders(context, i, one)
    if before or not later:
        return before[-1] if before else None
    after = _holders(context, i, one, after=True)
    return after[0] if after else None


def _holders(context: Context, i: int, one: Site, *, after: bool = False) -> list[int]:
    """List those before *i* (or after it) who have the office that the noun phrase names, in text order."""
    country = country_of(context, i)
    wanted = context.clusters.of(country).key if country is not None else ""
    found: list[int] = []
    for office in sorted(context.offices, key=lambda o: context.sites[o.bearer].mention.where.begin):
        bearer = context.sites[office.bearer]
        if (bearer.mention.where.begin > one.mention.where.begin) is not after or office.bearer == i:
            continue
        if not context.clusters.of(office.bearer).named:
            continue
        owners = {context.clusters.of(o).key for o in office.of}
        if (_same_office(context, one, office.lemma) and (not wanted or not owners or wanted in owners)) or (
            one.mention.lemma == "leader" and wanted in owners - {""} and _leads(context, office.lemma)
        ):
            found.append(office.bearer)
    return found


def _same_office(context: Context, one: Site, lemma: str) -> bool:
    """Tell whether a noun phrase names an office by its whole title or a part of it (`the minister`)."""
    carried = title_carried_by(one.head, context.cues)
    words = (carried[0].phrase if carried is not None else one.mention.lemma).split()
    return set(words) <= set(lemma.split())


def _leads(context: Context, lemma: str) -> bool:
    title = context.cues.title(lemma)
    return title is not None and title.leads


def _negated(one: Site) -> bool:
    return any(t.lower in {"not", "n't", "never", "no"} for t in one.head.children)


def _numbers_differ(a: Site, b: Site) -> bool:
    return {a.mention.number, b.mention.number} == {"singular", "plural"}
