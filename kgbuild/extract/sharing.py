"""What predicates share: subjects of controlled and coordinated verbs, antecedents, arguments of light verbs.

Everything here is a closed set of constructions of English, worked through from the top of each sentence down, so
that a verb's governor is complete before the verb asks it for a subject. Where the parse leaves a doubt the side
stays empty: a wrong actor is worse than none.
"""

from kgbuild.extract.lending import lend, list_members
from kgbuild.extract.mending.clauses import TELLING
from kgbuild.extract.predicates import ASKING, Predicate, is_past_participle, marker_of
from kgbuild.extract.tree import Tree, words

# Verbs with an object whose infinitive is still done by the subject: `used drones to strike`, `promised them to go`.
SUBJECT_CONTROL = words(
    "promise use vow pledge threaten swear launch take hold need spend devote employ exploit visit travel go meet do"
)
# Verbs that put the doer of what follows behind a preposition: `called on Iran to`, `appealed to donors to`.
_CONTROL_PREPOSITIONS = ("on", "upon", "for", "to", "with", "of")
_CHARGES = words("charge suspicion accusation allegation count")
_RELATIVES = frozenset({"who", "whom", "which", "that", "whose", "where", "when"})
_PLURAL = frozenset({"have", "are", "were", "do"})
_ANY_NUMBER = frozenset("can could may might must shall should will would".split())
_FRONTED = frozenset({"in", "near", "at", "on", "across", "during", "after", "before", "bare", "outside", "inside"})


def share(tree: Tree, predicates: dict[int, Predicate]) -> None:
    """Complete the sides of all predicates of a paragraph, in place."""
    ordered = [predicates[word] for word in tree.order if word in predicates]
    for predicate in ordered:
        if predicate.pos == "noun":
            _share_possessor(tree, predicates, predicate)
        else:
            _share_subject(tree, predicates, predicate)
    for predicate in ordered:
        if predicate.pos == "verb":
            _share_object(tree, predicates, predicate)
            lend(tree, predicates, predicate)
        elif predicate.pos == "noun":
            list_members(tree, predicates, predicate)


def _governor(tree: Tree, predicates: dict[int, Predicate], word: int) -> Predicate | None:
    """Find the predicate that a word depends on, with the other members of a coordination passed over."""
    above = tree.head[word]
    return predicates.get(above) if above != word else None


def _share_subject(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    word, dep = predicate.word, tree.dep[predicate.word]
    governor = _governor(tree, predicates, word)
    if dep.startswith("acl:relcl") or (dep == "acl" and _has_relative(tree, word)):
        _resolve_relative(tree, predicates, predicate)
        return
    if dep in ("acl", "amod"):
        _fill_from_noun(tree, predicates, predicate)
        return
    if governor is None:
        return
    if dep == "ccomp" and _antecedent_from_above(tree, governor, predicate):
        return
    if dep == "conj":
        _share_with_conjunct(tree, governor, predicate)
    elif dep == "xcomp" or (dep in ("ccomp", "advcl", "obl") and not predicate.own_subject):
        _control(tree, governor, predicate)
    elif dep == "parataxis" and _says_what_governs_it(tree, governor, predicate):
        predicate.add("clause", [governor.word], "inverted-speech")


def _says_what_governs_it(tree: Tree, governor: Predicate, predicate: Predicate) -> bool:
    """Tell `Talks failed, he said`, where what is said governs the word that says it.

    Who says so says it outright: `it would not have brought peace` is a clause of its own.
    """
    before = tree.head[predicate.word] < predicate.word and not predicate.auxiliaries and not predicate.negated
    parted = ";" in tree.lower[governor.word : predicate.word]
    charged = bool(predicate.fillers("object")) and predicate.lemma not in TELLING  # `..., a charge France rejected`
    before = before and not predicate.passive and not parted and not charged
    return before and predicate.own_subject and not predicate.fillers("clause") and governor.pos != "noun"


def _antecedent_from_above(tree: Tree, governor: Predicate, predicate: Predicate) -> bool:
    """Put the antecedent into a clause below the relative one: `children (who) Kyiv says were moved`."""
    if not tree.dep[governor.word].startswith("acl:relcl"):
        return False
    antecedent = tree.head[governor.word]
    for at, (side, word) in enumerate(predicate.sides):
        if tree.lower[word] in _RELATIVES and tree.pos[word] == "PRON":
            predicate.sides[at] = (side, antecedent)
            predicate.rules.append("relative")
            return True
    if not predicate.own_subject and governor.own_subject:
        _take(predicate, [antecedent], "relative")
        return True
    return False


def _has_relative(tree: Tree, word: int) -> bool:
    return any(tree.lower[kid] in _RELATIVES and tree.dep[kid] not in ("mark", "det") for kid in tree.kids[word])


def _take(predicate: Predicate, words: list[int], rule: str) -> None:
    """Give a predicate the grammatical subject it lacks."""
    side = "object" if predicate.passive else "subject"
    if not predicate.fillers(side):
        predicate.add(side, words, rule)


def _resolve_relative(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    """Put the antecedent where the relative pronoun stands, or where a side is missing."""
    antecedent = tree.head[predicate.word]
    words = _antecedents(tree, antecedent, predicate.word)
    replaced = False
    for at, (side, word) in enumerate(predicate.sides):
        if (
            tree.lower[word] in _RELATIVES
            and tree.pos[word] in ("PRON", "ADV", "DET", "SCONJ")
            and tree.head[word] == predicate.word
        ):
            predicate.sides[at] = ("in" if tree.lower[word] == "where" else side, words[0])
            replaced = True
    if replaced:
        predicate.sides += [(side, word) for side, one in predicate.sides if one == words[0] for word in words[1:]]
        predicate.rules.append("relative")
        predicate.sides = [
            (("in" if side == "adverb" and word == antecedent else side), word) for side, word in predicate.sides
        ]
        return
    if any(tree.lower[kid] in ("where", "when", "why") for kid in tree.kids[predicate.word]):
        predicate.add("in", words, "relative")
    elif not predicate.own_subject:
        _take(predicate, words, "relative")
    elif not predicate.passive and not predicate.fillers("object") and not predicate.fillers("clause"):
        predicate.add("object", words, "relative")


def _fill_from_noun(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    """Read a participle beside its noun, or an infinitive that a noun takes (`a plan to withdraw`)."""
    noun = tree.head[predicate.word]
    if ("to" in predicate.auxiliaries or marker_of(tree, predicate.word)) and not predicate.passive:
        owner = predicates.get(noun)
        charged = _charged(tree, predicates, noun)
        if charged:
            _take(predicate, charged, "noun-control")
        elif owner is not None:
            words = owner.fillers("possessor") or owner.fillers("by") or owner.fillers("subject")
            _take(predicate, words or _subject_above(tree, predicates, noun), "noun-control")
        return
    if is_past_participle(tree, predicate.word) and not predicate.fillers("object"):
        predicate.passive = True
        predicate.add("object", [noun], "participle")
    elif predicate.own_subject:
        return
    elif tree.pos[noun] != "VERB":
        _take(predicate, [noun], "participle")


def _charged(tree: Tree, predicates: dict[int, Predicate], noun: int) -> list[int]:
    """Give who is said to have done it: `arrest the mayor on charges of aiding rebels`."""
    verb = predicates.get(tree.head[noun])
    if tree.lemma[noun] not in _CHARGES or verb is None or verb.word == noun or verb.pos != "verb":
        return []
    return [word for word in verb.fillers("object") if word != noun]


def _antecedents(tree: Tree, noun: int, verb: int) -> list[int]:
    """List whom a relative clause is about: all that stand side by side, if its verb speaks of several.

    `China and Russia, which have blocked it` are two, `the army and the police, which has fled,` is one.
    """
    first = noun
    while tree.dep[first] == "conj" and tree.head[first] != first:
        first = tree.head[first]
    together = tree.coordinated(first)
    finite = next((word for word in (*tree.kids[verb], verb) if tree.has(word, "VerbForm=Fin")), verb)
    plural = tree.lower[finite] in _PLURAL or (tree.has(finite, "Tense=Pres") and not tree.lower[finite].endswith("s"))
    alone = len(together) < 2 or tree.has(noun, "Number=Plur") or together[-1] > verb
    return [noun] if alone or not plural or tree.lower[finite] in _ANY_NUMBER else together


def _subject_above(tree: Tree, predicates: dict[int, Predicate], word: int, steps: int = 4) -> list[int]:
    """Find the subject of the clause around a noun that is an object or an adjunct there."""
    if steps == 0 or tree.dep[word] not in ("obj", "obl", "xcomp", "conj", "nmod", "acl", "advcl", "ccomp"):
        return []
    above = predicates.get(tree.head[word])
    if above is None or (above.pos == "noun" and above.fillers("possessor")):
        return above.fillers("possessor") if above is not None else []
    if above.pos != "noun":
        return above.fillers("subject")
    return _subject_above(tree, predicates, above.word, steps - 1)


def _share_with_conjunct(tree: Tree, first: Predicate, second: Predicate) -> None:
    """Share subject, modals, negation and voice between coordinated predicates."""
    if second.own_subject:
        return
    start = min(first.surface_subject()[0], default=0)
    second.add_all([pair for pair in first.sides if pair[0] in _FRONTED and pair[1] < start])
    bare = not any(tree.dep[kid] in ("aux", "aux:pass", "cop") for kid in tree.kids[second.word])
    if (
        second.pos == "verb"
        and first.passive
        and bare
        and is_past_participle(tree, second.word)
        and not second.fillers("object")
    ):
        second.passive = True
    words, _ = first.surface_subject()
    _take(second, words, "shared-subject")
    finite = tree.has(second.word, "VerbForm=Fin") or tree.has(second.word, "VerbForm=Ger")
    if bare and (not finite or not second.tense):
        second.auxiliaries.extend(aux for aux in first.auxiliaries if aux not in second.auxiliaries)
        second.tense = second.tense or first.tense
        if first.negated and first.pos == second.pos == "verb" and _joined_by_or_and(tree, second.word):
            second.negated = True


def _joined_by_or_and(tree: Tree, word: int) -> bool:
    joint = tree.child(word, "cc")
    return joint is None or tree.lower[joint] in ("and", "or", "nor")


def _control(tree: Tree, governor: Predicate, predicate: Predicate) -> None:
    """Give a clause without subject the one that its governor controls it with."""
    if predicate.own_subject:
        return
    dep = tree.dep[predicate.word]
    if governor.pos == "noun":
        words = governor.fillers("possessor") or governor.fillers("subject")
    elif dep == "advcl" and "to" in predicate.auxiliaries and governor.lemma not in ASKING:
        words = governor.fillers("subject") or governor.surface_subject()[0]
    else:
        words = _controller(tree, governor, predicate)
    _take(predicate, words, "control")


def _controller(tree: Tree, governor: Predicate, predicate: Predicate) -> list[int]:
    dep = tree.dep[predicate.word]
    asked = governor.lemma in ASKING and "to" in predicate.auxiliaries  # whatever the parse calls what is asked
    if dep == "advcl" and not asked and not _is_gerund_complement(tree, predicate.word):
        return governor.surface_subject()[0]
    if governor.lemma.split(" ")[0] not in SUBJECT_CONTROL:
        persons = governor.fillers("indirect") or governor.fillers("object")
        persons = [word for word in persons if word < predicate.word]
        if persons:
            return persons
        if "to" in predicate.auxiliaries:
            for side in _CONTROL_PREPOSITIONS:
                behind = [word for word in governor.fillers(side) if word < predicate.word]
                if behind and governor.lemma in ("call", "appeal", "ask", "wait", "rely", "count", "plead"):
                    return behind
    return governor.surface_subject()[0]


def _is_gerund_complement(tree: Tree, word: int) -> bool:
    """Tell `accuse Kyiv of trying` and `stop them from leaving` from a free adjunct."""
    return any(
        tree.dep[kid] in ("mark", "case") and tree.lower[kid] in ("of", "from", "for", "into")
        for kid in tree.kids[word]
    )


def _share_object(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    """Give `damaged` the object of `damaged or destroyed forty planes`."""
    if predicate.passive or predicate.fillers("object") or predicate.fillers("clause"):
        return
    seconds = [kid for kid in tree.kids[predicate.word] if tree.dep[kid] == "conj"]
    if not seconds or seconds[0] - predicate.word > 3:
        return
    second = predicates.get(seconds[0])
    if second is not None and not second.own_subject and not second.passive:
        predicate.add("object", [word for word in second.fillers("object") if word > second.word], "shared-object")


def _share_possessor(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    """Share a possessor, a subject or a modal between coordinated nouns (`Kyiv's drones and attacks`)."""
    if tree.dep[predicate.word] != "conj":
        return
    first = predicates.get(tree.head[predicate.word])
    if first is None or first.pos != "noun":
        return
    if not predicate.fillers("possessor"):
        predicate.add("possessor", first.fillers("possessor"), "shared-possessor")
    if first.negated and not any(tree.dep[kid] == "det" for kid in tree.kids[predicate.word]):
        predicate.negated = True
