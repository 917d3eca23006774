"""Resolve pronouns: `he` and `it` by agreement and salience, `I` and `we` in a quotation by who speaks.

Salience is a sum of few terms, in the line of Lappin and Leass (1994), section 2: nearness in sentences, standing as a
subject, being named, and for a possessive the subject of its own clause. A pronoun without a clear antecedent stays
unresolved and gives no mention.
"""

from kgbuild.extract.coreference.context import Context
from kgbuild.extract.sites import OBJECTS, SUBJECTS, Site
from kgbuild.extract.words import Word
from kgbuild.model import EntityType, MentionKind

_BACK = 2
"""How many sentences back a pronoun may look."""
_FLOOR = -1.9
"""Salience below which a pronoun stays unresolved."""
_MEDIA = frozenset({"x", "telegram", "twitter", "facebook", "instagram", "youtube", "truth social", "tiktok", "weibo"})
_MUTE = frozenset({EntityType.DOCUMENT, EntityType.WEAPON, EntityType.FACILITY, EntityType.NAMED_EVENT})
_SPEAKING_VERBS = frozenset({"say", "write", "add", "announce", "post", "tweet", "declare"})
_SIDE_CLAUSES = frozenset({"acl:relcl", "advcl"})
_ASIDE = 1.2
_SPEAKING = 1.0
"""What makes who says something more likely to be the subject of it."""
_TOGETHER = 0.5
"""What makes two that stand side by side more likely than one group for `they`."""
_SIDE_TYPES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP})
_AIMED = frozenset({"at", "against", "to", "from"})
_PAIRED = _SIDE_TYPES | {EntityType.PERSON}


def resolve_pronouns(context: Context) -> None:
    """Join the third-person pronouns with their antecedents, in text order, then `I` and `we` with their speakers."""
    for i, one in enumerate(context.sites):
        if one.mention.kind is MentionKind.PRONOUN and one.mention.person == 3:
            found = _antecedent(context, i)
            both = _pair(context, i, found) if one.mention.number == "plural" else None
            if both is not None:
                context.clusters.share(i, both, "pronoun-for-both")
            elif found is not None:
                context.clusters.merge(found, i, "pronoun")
    for i, one in enumerate(context.sites):
        if one.mention.kind is MentionKind.PRONOUN and one.mention.person == 1 and i in context.quoted:
            _resolve_first_person(context, i)


def _antecedent(context: Context, i: int) -> int | None:
    best: tuple[float, int] | None = None
    for j in range(i - 1, -1, -1):
        if context.sentence_of[i] - context.sentence_of[j] > _BACK:
            break
        if not _agrees(context, j, i):
            continue
        rank = _salience(context, j, i)
        if rank > _FLOOR and (best is None or rank > best[0]):
            best = (rank, j)
    return best[1] if best else None


def _pair(context: Context, i: int, found: int | None) -> list[int] | None:
    """Give the two things that a plural pronoun means together, where that fits better than *found* does.

    They stand side by side (`Russia and Ukraine agreed after their delegates met`), or one mention names both
    (`the warring parties outlined their demands`).
    """
    best = _FLOOR if found is None else _salience(context, found, i)
    pair: list[int] | None = None
    for j in range(i - 1, -1, -1):
        if context.sentence_of[i] - context.sentence_of[j] > _BACK:
            break
        rank = _salience(context, j, i) + _TOGETHER
        if rank <= best:
            continue
        if context.clusters.shared(j):
            best, pair = rank, context.clusters.meant(j)
        elif (beside := _beside(context, j)) and not _contains(context.sites[j], context.sites[i]):
            best, pair = rank, [*beside, j]
    return pair


def _beside(context: Context, j: int) -> list[int]:
    """List the mentions that *j*, the last of them, is coordinated with, if all can act as parties together."""
    one = context.sites[j]
    if one.top.dep != "conj" or one.mention.kind is not MentionKind.NAME or one.mention.hidden:
        return []
    together = sorted((one.top, *one.top.conjuncts), key=lambda word: word.i)
    before: list[int] = []
    for word in together[:-1]:
        before += [k for k in context.at(word) if k < j and not context.sites[k].mention.hidden][-1:]
    kinds = {context.clusters.of(k).type for k in (*before, j)}
    whole = together[-1] is one.top and len(before) == len(together) - 1
    return before if whole and len(kinds) == 1 and kinds <= _PAIRED else []


def _agrees(context: Context, j: int, i: int) -> bool:
    """Tell whether number, gender and kind of thing let pronoun *i* mean what *j* means."""
    old, new = context.sites[j], context.sites[i]
    cluster = context.clusters.of(j)
    if (
        cluster.type is None
        or context.clusters.shared(j)
        or _co_arguments(old, new)
        or new.span.start == old.span.start
    ):
        return False
    if _contains(old, new) or old.mention.text.lower() in _MEDIA:
        return False  # `it wrote on X that they would leave`
    if new.mention.gender in {"male", "female"}:
        genders = {context.sites[m].mention.gender for m in cluster.members} - {"", "neuter"}
        return cluster.type is EntityType.PERSON and (not genders or new.mention.gender in genders)
    if cluster.type is EntityType.PERSON:
        return False
    if new.mention.number == "plural":
        plural = any(context.sites[m].mention.number == "plural" for m in cluster.members)
        return plural or cluster.type in {EntityType.GROUP, EntityType.ORGANIZATION}
    return (old.mention.number != "plural" and cluster.type is not EntityType.GROUP) or _collective(old)


def _collective(old: Site) -> bool:
    return old.mention.kind is MentionKind.NOMINAL and old.mention.number == "singular"


def _contains(old: Site, new: Site) -> bool:
    """Tell whether the pronoun stands inside the very noun phrase (`Ukraine and its allies` is not the case)."""
    return old.passage is new.passage and old.span.start <= new.span.start < old.span.end


def _co_arguments(old: Site, new: Site) -> bool:
    """Tell whether both are subject and object of one verb: then a plain pronoun means somebody else."""
    if old.passage is not new.passage or "Yes" in new.head.feature("Reflex"):
        return False
    if not _is_argument(new.head):
        return False
    verb = new.head.head
    while _shares_subject(verb):
        verb = verb.head  # whose subject it shares: `ships rammed the boats and fired at them`
    beside = old.top.head is new.head.head and old.top.dep in SUBJECTS | OBJECTS
    return beside or (old.top.head is verb and old.top.dep in SUBJECTS)


def _shares_subject(verb: Word) -> bool:
    """Tell a verb that is done by the subject of the one above it: coordinated, or a bare gerund behind it."""
    if verb.head is verb or any(child.dep in SUBJECTS for child in verb.children):
        return False
    gerund = verb.lower.endswith("ing") and not any(child.dep in {"mark", "case"} for child in verb.children)
    return verb.dep == "conj" or (verb.dep == "advcl" and gerund)


def _is_argument(word: Word) -> bool:
    """Tell a subject, an object, or what stands behind a preposition that a verb's own subject seldom stands behind."""
    if word.dep in SUBJECTS | OBJECTS:
        return True
    return word.dep == "obl" and any(child.dep == "case" and child.lower in _AIMED for child in word.children)


def _salience(context: Context, j: int, i: int) -> float:
    old, new = context.sites[j], context.sites[i]
    distance = context.sentence_of[i] - context.sentence_of[j]
    rank = -1.0 * distance
    role = _role(old)
    if role in SUBJECTS:
        rank += 1.0
    elif role in OBJECTS:
        rank += 0.3
    if new.head.dep in SUBJECTS and role in SUBJECTS:
        rank += 0.4
    if context.clusters.of(j).named:
        rank += 0.4
    if old.mention.hidden:
        rank -= 0.9
    if new.head.dep == "nmod:poss" and _clause_subject(new) is not None and _clause_subject(new) == old.top:
        rank += 1.2
    if distance == 0 and _in_a_side_clause(old, new):
        rank -= _ASIDE
    if _is_mute(context, j) and new.head.dep in SUBJECTS and new.head.head.lemma in _SPEAKING_VERBS:
        rank -= _ASIDE
    if _says_of_itself(old, new):
        rank += _SPEAKING
    size = len(context.clusters.of(j).members)
    return rank + min(0.1 * size, 0.5) - 0.002 * (i - j)


def _is_mute(context: Context, j: int) -> bool:
    """Tell a thing that seldom says anything: `a video posted by the ministry`, of which `it wrote` tells nothing."""
    return context.clusters.of(j).type in _MUTE


def _in_a_side_clause(old: Site, new: Site) -> bool:
    """Tell what a clause beside tells of: `asked about Israel, whose army ..., he said`, where the main one goes on."""
    clauses = [word for word in (old.top, *old.top.above) if word.dep in _SIDE_CLAUSES]
    return bool(clauses) and clauses[-1] not in (new.head, *new.head.above)


def _says_of_itself(old: Site, new: Site) -> bool:
    """Tell whether a pronoun is the subject of what *old* says, thinks or wants: `Britain said it would help`."""
    verb = new.head.head
    within = new.head.dep in SUBJECTS and verb.dep == "ccomp" and new.head.i < verb.i
    return within and old.top.dep in SUBJECTS and old.top.head is verb.head and old.top.i < verb.head.i


def _role(one: Site) -> str:
    token = one.top
    while token.dep in {"conj", "appos"} and token.head is not token:
        token = token.head
    return token.dep


def _clause_subject(new: Site) -> object:
    """Give the subject of the verb that a possessive pronoun stands below, or None."""
    token = new.head
    for _ in range(8):
        token = token.head
        for child in token.children:
            if child.dep in SUBJECTS and child.i < new.head.i:
                return child
        if token.dep == "ROOT":
            break
    return None


def _resolve_first_person(context: Context, i: int) -> None:
    speaker = context.quoted[i]
    if speaker is None:
        return
    if context.sites[i].mention.number == "singular":
        if context.clusters.of(speaker).type is EntityType.PERSON:
            context.clusters.merge(speaker, i, "speaker-I")
        return
    side = side_of(context, speaker)
    if side is not None:
        context.clusters.merge(side, i, "speaker-we")


def side_of(context: Context, speaker: int) -> int | None:
    """Give the country or body for which a speaker says `we`: what its office belongs to, or itself if it is one."""
    cluster = context.clusters.of(speaker)
    if cluster.type in _SIDE_TYPES:
        return speaker
    roots = set(cluster.members)
    owned = [o for office in context.offices if office.bearer in roots for o in office.of]
    for kind in (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP):
        for other in owned:
            if context.clusters.of(other).type is kind:
                return other
    return None
