"""Which words are predicates, and what each has of its own: sides, negation, modals, tense.

A predicate is a verb, a noun that may name an event, or an adjective that is said of something. Only what hangs
from the word itself is read here; what it shares with its neighbours (the subject of a controlled verb, the
antecedent of a relative clause) is the business of `sharing`.
"""

from dataclasses import dataclass, field

from kgbuild.extract.inflection import dictionary_form
from kgbuild.extract.tree import Tree

MODALS = frozenset({"may", "might", "can", "could", "will", "would", "shall", "should", "must", "ought"})
CONTRACTED_MODALS = {"'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "ca": "can", "wo": "will"}
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "nowhere"})
NO_ONE = frozenset({"no", "neither", "none", "nobody", "no-one"})
_DENYING = NO_ONE | NEGATIONS
CONDITIONS = frozenset({"if", "unless", "whether"})
# Verbs whose infinitive is what is asked, however a parser labels it.
ASKING = frozenset(
    {
     "ask", "tell", "urge", "order", "force", "allow", "permit", "enable", "help", "require", "request", "call",
     "press", "persuade", "encourage", "invite", "warn", "want", "expect", "oblige", "compel", "instruct", "task",
     "authorise", "authorize", "forbid", "appeal", "pressure", "push", "command", "direct", "beg", "implore",
     "agree", "plan", "refuse", "decline", "vow", "pledge", "promise", "threaten", "offer", "propose", "fail",
     "try", "attempt", "seek", "decide", "commit",
    }
)  # fmt: skip
_PREDICATIVE = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer", "csubj:outer"})
_PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
_ALL_SUBJECTS = _SUBJECTS | _PASSIVE_SUBJECTS
_OBLIQUES = frozenset({"obl", "obl:arg", "obl:agent", "obl:unmarked", "obl:npmod", "obl:lmod", "nmod"})
_PLAIN_SIDES = {"obj": "object", "iobj": "indirect"}
_NOUN_CLAUSES = frozenset({"acl", "ccomp", "xcomp", "acl:to"})
# Participles that before a noun are plain adjectives: they tell what it is like, not what was done to it.
_FROZEN = frozenset(
    {"armed", "advanced", "united", "combined", "wounded", "injured", "fallen", "limited", "related", "aged",
     "mixed", "detailed", "increased", "continued", "renewed", "sustained", "organized", "organised", "based",
     "experienced", "failed", "elected", "appointed", "committed", "dedicated", "shared", "supporting",
     "leading", "following", "visiting"}
)  # fmt: skip
_POINTING = frozenset({"this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another", "other", "several", "some"})
_NOUN_SIDES = {"nmod:poss": "possessor", **dict.fromkeys(_SUBJECTS, "bearer")}
_IRREGULAR = {
    "held": "hold", "stolen": "steal", "frozen": "freeze", "taken": "take", "sworn": "swear", "lost": "lose",
    "shot": "shoot", "torn": "tear", "broken": "break", "driven": "drive", "chosen": "choose", "led": "lead",
}  # fmt: skip


@dataclass(slots=True)
class Predicate:
    """Gather what is known of one predicate while its clause is put in order; a `Frame` in the making.

    Attributes:
        word: its number in the tree.
        lemma: dictionary form with a particle.
        pos: "verb", "noun" or "adjective".
        sides: (side, word) pairs.
        passive: whether its surface subject is its object.
        own_subject: whether the clause states its subject itself.
    """

    word: int
    lemma: str
    pos: str
    sides: list[tuple[str, int]] = field(default_factory=list)
    passive: bool = False
    own_subject: bool = False
    negated: bool = False
    auxiliaries: list[str] = field(default_factory=list)
    tense: str = ""
    rules: list[str] = field(default_factory=list)

    def fillers(self, side: str) -> list[int]:
        """List the words on *side*."""
        return [word for name, word in self.sides if name == side]

    def surface_subject(self) -> tuple[list[int], str]:
        """Give the words of the grammatical subject and the logical side they are on."""
        side = "object" if self.passive else "subject"
        return self.fillers(side), side

    def add(self, side: str, words: list[int], rule: str = "") -> None:
        """Put *words* on *side* unless they are there."""
        new = [(side, word) for word in words if (side, word) not in self.sides and word != self.word]
        self.sides.extend(new)
        if new and rule and rule not in self.rules:
            self.rules.append(rule)

    def add_all(self, pairs: list[tuple[str, int]]) -> None:
        """Put words on the sides that they are paired with, unless the side is filled."""
        had = {side for side, _ in self.sides}
        self.sides.extend(pair for pair in pairs if pair[0] not in had)


def participle_lemma(form: str) -> str:
    """Guess the verb of a participle that was tagged as an adjective.

    >>> [participle_lemma(form) for form in ("annexed", "occupied", "captured", "controlled", "stolen", "besieged")]
    ['annex', 'occupy', 'capture', 'control', 'steal', 'besiege']
    """
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if form.endswith("ied"):
        return form[:-3] + "y"
    stem = form.removesuffix("ed")
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sfz":
        return stem[:-1]
    if (
        stem.endswith(("c", "g", "z", "v", "u", "at", "ut", "ur", "ir", "os", "us", "as", "is", "ud"))
        or stem[-2:] == "ag"
    ):
        return stem if stem.endswith(("ss", "ing", "ong", "ait", "eat", "out", "oat")) else stem + "e"
    return stem


def find_predicates(tree: Tree, names: set[int]) -> dict[int, Predicate]:
    """Find the predicates of a paragraph with their own sides.

    Args:
        tree: the parse.
        names: words inside a name, which never name an event.
    """
    found: dict[int, Predicate] = {}
    for word, pos in enumerate(tree.pos):
        predicate = _predicate(tree, word, pos) if pos in _PREDICATIVE and word not in names else None
        if predicate is not None:
            found[word] = predicate
    return found


def _predicate(tree: Tree, word: int, pos: str) -> Predicate | None:
    if tree.dep[word] == "amod" and tree.lower[word] in _FROZEN:
        return None
    if pos == "VERB":
        return _verb(tree, word, _with_particle(tree, word))
    if pos in ("NOUN", "PROPN"):
        return _noun(tree, word, tree.lemma[word] if pos == "NOUN" else _singular(tree.lower[word]))
    return _adjective(tree, word)


def _adjective(tree: Tree, word: int) -> Predicate | None:
    """Read an adjective: a participle in disguise before a noun, or what is said of a subject."""
    dep = tree.dep[word]
    form = tree.lower[word]
    if dep in ("amod", "acl") and (form.endswith("ed") or form in _IRREGULAR or tree.has(word, "VerbForm=Part")):
        guess = tree.lemma[word] if tree.lemma[word] != form else participle_lemma(form)
        lemma = dictionary_form(form, guess, tree.verbs)
        return _verb(tree, word, lemma)
    if dep == "amod" and word < tree.head[word]:
        return None
    predicate = Predicate(word, tree.lemma[word], "adjective")
    if dep == "amod":  # `leaves ten people dead`: behind its noun an adjective is said of it
        predicate.add("subject", [tree.head[word]], "postnominal")
        predicate.own_subject = True
    _read_clause(tree, predicate)
    return predicate


def _with_particle(tree: Tree, word: int) -> str:
    particle = tree.child(word, "compound:prt")
    return tree.lemma[word] if particle is None else f"{tree.lemma[word]} {tree.lower[particle]}"


def _singular(form: str) -> str:
    """Undo the plural of a capitalised common noun, whose lemma a tagger leaves alone."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 3 else form


def _verb(tree: Tree, word: int, lemma: str) -> Predicate:
    predicate = Predicate(word, lemma, "verb")
    predicate.passive = _is_passive(tree, word)
    _read_clause(tree, predicate)
    return predicate


def is_past_participle(tree: Tree, word: int) -> bool:
    """Tell whether a word is a past participle; of one before or after its noun the ending alone may tell."""
    if tree.has(word, "VerbForm=Part") and not tree.has(word, "Tense=Pres"):
        return not any(tree.dep[kid] in ("cop", "aux") or tree.lower[kid] == "that" for kid in tree.kids[word])
    if tree.dep[word] in ("amod", "acl"):
        return tree.lower[word].endswith(("ed", "en")) or tree.lower[word] in _IRREGULAR
    return False


def _is_passive(tree: Tree, word: int) -> bool:
    labels = {tree.dep[kid] for kid in tree.kids[word]}
    if labels & {"aux:pass", "nsubj:pass", "csubj:pass"}:
        return True
    if not is_past_participle(tree, word) or "obj" in labels:
        return False
    has_auxiliary = any(tree.dep[kid] == "aux" and tree.lemma[kid] in ("have", "be") for kid in tree.kids[word])
    if has_auxiliary or tree.dep[word] in ("amod", "acl", "advcl"):
        return not has_auxiliary
    # `Ten killed in Basra`: a headline leaves the auxiliary out; elsewhere the tag is likelier wrong than the subject.
    subject = tree.child(word, "nsubj")
    return subject is not None and (tree.passage.heading or tree.pos[subject] == "NUM")


def _read_clause(tree: Tree, predicate: Predicate) -> None:
    """Read the dependents of a verb or of a predicate adjective."""
    for kid in tree.kids[predicate.word]:
        dep = tree.dep[kid]
        if dep in _ALL_SUBJECTS:
            # A parser takes some subjects of passives for plain ones; the verb's own form decides.
            predicate.own_subject = True
            predicate.add("object" if predicate.passive else "subject", tree.coordinated(kid))
            if tree.lower[kid] in NO_ONE or _has_no(tree, kid):
                predicate.negated = True
        elif dep in _OBLIQUES:
            _read_oblique(tree, predicate, kid)
        else:
            _read_other(tree, predicate, kid, dep)
    _read_tense(tree, predicate)


def _read_other(tree: Tree, predicate: Predicate, kid: int, dep: str) -> None:
    if dep in _PLAIN_SIDES:
        predicate.add(_PLAIN_SIDES[dep], tree.coordinated(kid))
        if dep == "obj" and _has_no(tree, kid):
            predicate.negated = True
    elif dep in ("xcomp", "advcl", "ccomp"):
        _read_asked(tree, predicate, kid)
        predicate.add(_clause_side(tree, predicate, kid, dep), tree.coordinated(kid))
    elif dep in ("advmod", "cc:preconj", "discourse"):
        if tree.lemma[kid] in NEGATIONS or tree.lower[kid] in NEGATIONS:
            predicate.negated = True
        elif dep == "advmod":
            predicate.add("adverb", [kid])
    elif dep == "aux":
        _read_auxiliary(tree, predicate, kid)
    elif dep == "mark":
        _read_mark(tree, predicate, kid)


def _read_asked(tree: Tree, predicate: Predicate, kid: int) -> None:
    """Put the one who is to act on side `for`: `called for Kyiv to withdraw`."""
    if any(tree.dep[below] in ("mark", "case") and tree.lower[below] == "for" for below in tree.kids[kid]):
        subjects = [below for below in tree.kids[kid] if tree.dep[below] in _ALL_SUBJECTS]
        for subject in subjects:
            predicate.add("for", tree.coordinated(subject))


def _clause_side(tree: Tree, predicate: Predicate, kid: int, dep: str) -> str:
    """Tell a complement clause, a nominal complement and an adverbial clause apart."""
    if dep == "ccomp":
        return "clause"
    if dep == "xcomp":
        nominal = tree.pos[kid] in ("NOUN", "PROPN", "PRON", "ADJ") and tree.child(kid, "mark") is None
        return "complement" if nominal else "clause"
    if any(tree.lower[below] == "to" and tree.dep[below] in ("mark", "case") for below in tree.kids[kid]):
        if tree.lower[kid].endswith("ing"):
            return "to"
        return "clause" if predicate.lemma in ASKING else marker_of(tree, kid) or "adverbial"
    return marker_of(tree, kid) or "adverbial"


def _read_auxiliary(tree: Tree, predicate: Predicate, kid: int) -> None:
    lemma = CONTRACTED_MODALS.get(tree.lower[kid], tree.lemma[kid])
    if lemma in MODALS:
        predicate.auxiliaries.append(lemma)


def _read_mark(tree: Tree, predicate: Predicate, kid: int) -> None:
    mark = tree.lower[kid]
    if mark in CONDITIONS or mark in ("to", "once"):
        predicate.auxiliaries.append(mark)
    elif mark == "without":
        predicate.negated = True


def _read_oblique(tree: Tree, predicate: Predicate, kid: int) -> None:
    side = tree.preposition(kid)
    dep = tree.dep[kid]
    words = tree.coordinated(kid)
    if dep == "obl:agent" or (side == "by" and predicate.passive):
        predicate.add("subject", words, "passive")
        predicate.own_subject = True
    elif side:
        predicate.add(side, words)
    elif dep == "obl:agent" or tree.pos[kid] in ("NOUN", "PROPN"):
        predicate.add("bare", words)


def marker_of(tree: Tree, word: int) -> str:
    """Give the word that introduces a clause (`if`, `after`, `when`), "" if none; `to` is not one."""
    for kid in tree.kids[word]:
        if tree.dep[kid] in ("mark", "case") and tree.lower[kid] not in ("to", "that"):
            return tree.multiword(kid)
        if tree.dep[kid] == "advmod" and tree.lower[kid] in ("when", "where", "while"):
            return tree.lower[kid]
    return ""


def _has_no(tree: Tree, word: int) -> bool:
    return any(
        tree.dep[kid] in ("det", "det:predet", "advmod") and tree.lower[kid] in ("no", "neither")
        for kid in tree.kids[word]
    )


def _read_tense(tree: Tree, predicate: Predicate) -> None:
    if "will" in predicate.auxiliaries or "shall" in predicate.auxiliaries:
        predicate.tense = "future"
        return
    auxiliary = [kid for kid in tree.kids[predicate.word] if tree.dep[kid] in ("aux", "aux:pass", "cop")]
    for word in (*auxiliary, predicate.word):
        if tree.has(word, "Tense=Past") and tree.has(word, "VerbForm=Fin"):
            predicate.tense = "past"
            return
        if tree.has(word, "Tense=Pres") and tree.has(word, "VerbForm=Fin"):
            has_perfect = tree.lemma[word] == "have" and word != predicate.word
            predicate.tense = "past" if has_perfect else "present"
            return


def _noun(tree: Tree, word: int, lemma: str) -> Predicate:
    """Read a noun: possessor, modifiers, prepositional complements, clauses, and a subject if it is a predicate."""
    predicate = Predicate(word, lemma, "noun")
    for kid in tree.kids[word]:
        _read_of_noun(tree, predicate, kid, tree.dep[kid])
        if tree.dep[kid] == "nummod" or (tree.dep[kid] == "det" and tree.lower[kid] in _INDEFINITE):
            predicate.rules.append("indefinite")
        elif tree.dep[kid] == "det" and tree.lower[kid] in _POINTING:
            predicate.rules.append("pointing")
    if tree.child(word, "cop") is not None:
        _read_tense(tree, predicate)
    return predicate


def _read_of_noun(tree: Tree, predicate: Predicate, kid: int, dep: str) -> None:
    if dep in ("compound", "amod", "nmod:npmod", "nmod:unmarked", "flat"):
        predicate.add("modifier", _modifiers(tree, kid))
    elif dep in _NOUN_SIDES:
        predicate.add(_NOUN_SIDES[dep], tree.coordinated(kid))
    elif dep in _OBLIQUES or dep == "nmod:desc":
        predicate.add(tree.preposition(kid) or "modifier", tree.coordinated(kid))
    elif dep in _NOUN_CLAUSES and not is_past_participle(tree, kid):
        predicate.add(marker_of(tree, kid) or "clause", tree.coordinated(kid))
    elif dep == "aux":
        _read_auxiliary(tree, predicate, kid)
    elif (dep in ("det", "advmod") and tree.lower[kid] in _DENYING) or _is_without(tree, kid):
        predicate.negated = True


def _is_without(tree: Tree, word: int) -> bool:
    return tree.dep[word] == "case" and tree.lower[word] == "without"


def _modifiers(tree: Tree, word: int) -> list[int]:
    """List a modifier with what modifies it or is coordinated with it (both of `Russia-Ukraine talks`)."""
    found = [word]
    for member in found:
        found.extend(
            kid for kid in tree.kids[member] if tree.dep[kid] in ("compound", "conj", "flat", "amod", "nmod:unmarked")
        )
    return sorted(found)
