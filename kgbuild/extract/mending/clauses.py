"""Puts right what parsers of news get wrong again and again: who speaks, and what hangs on the word that reports it.

Each rule moves a word to where the grammar of English wants it, and only if the parse leaves that place empty. None
looks at what the words mean, apart from knowing which verbs report.
"""

from kgbuild.extract.mending.phrases import ASKING_OF, CALLING
from kgbuild.extract.sites import SUBJECTS
from kgbuild.extract.tree import Tree, words

_OF, _FROM, _FOR = frozenset({"of"}), frozenset({"from"}), frozenset({"for"})
_ASKS_GERUND = {
    **dict.fromkeys(ASKING_OF, _OF),
    **dict.fromkeys("stop prevent ban bar block deter discourage dissuade keep".split(" "), _FROM),
    **dict.fromkeys("blame thank praise criticise criticize condemn denounce".split(" "), _FOR),
}
"""Verbs whose object does what a gerund behind it says, with the word between the two."""
_BESIDE = frozenset({"obl", "advmod", "advcl", "obl:tmod", "obl:unmarked"})
_HOLDING = words("in at during to via through")
TELLING = words("tell inform brief remind assure reassure notify warn")
_AUXILIARY = words("will would can could may might must shall should had has have")
_GOING_ON = words("is are was were")
_SUFFERED = words("kill injure wound hurt arrest detain destroy damage displace abduct kidnap evacuate capture")
_OBJECT_PRONOUNS = words("it him her them")
_RELATIVE_OBJECT = words("who whom which that")
_REMAINING = words("remain stay become seem appear feel look keep")
_LINES = words("telephone phone video videolink link")
_CHARGED = words("charge accuse sentence convict indict jail suspect rescue free")
_RELATIVE = frozenset({"who", "which", "that"})
_NO_NOUN_PHRASE = frozenset({"VERB", "AUX", "PUNCT", "SCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_TAKEN_FOR = frozenset({"nsubj", "nsubj:pass", "obj", "conj", "appos", "nmod", "obl", "obl:unmarked", "nmod:unmarked"})


def mend(tree: Tree) -> None:
    """Put a parse right."""
    _hang_gerunds(tree)
    for verb, lemma in enumerate(tree.lemma):
        if tree.pos[verb] == "VERB" and lemma in tree.reporting:
            _take_subject(tree, verb)
            _take_clause(tree, verb)
            _take_what_stands_before_it(tree, verb)
            _take_gerund(tree, verb)
            _raise_gerund(tree, verb)
            _take_relative(tree, verb)
            _set_beside(tree, verb)
            _keep_predicate(tree, verb)
    for verb, pos in enumerate(tree.pos):
        if pos == "VERB":
            _leave_modal(tree, verb)
            _make_active(tree, verb)
            _take_number(tree, verb)
            _make_passive(tree, verb)
            _await(tree, verb)
            _name(tree, verb)
            _take_partner(tree, verb)
    for word, lower in enumerate(tree.lower):
        if lower in _RELATIVE and tree.dep[word] in SUBJECTS:
            _raise_relative(tree, word)
    tree.arrange()


def _hang_gerunds(tree: Tree) -> None:
    """Hang a gerund on the verb that asks for it, and what follows of it on the gerund, where the parse did not.

    In `accused the army of bombing a market, killing 32` the army bombs, and bombing kills.
    """
    for verb, lemma in enumerate(tree.lemma):
        marks = _ASKS_GERUND.get(lemma) if tree.pos[verb] == "VERB" else None
        if marks is None:
            continue
        objects = [kid for kid in tree.kids[verb] if tree.dep[kid] == "obj"]
        if not objects and tree.dep[verb] == "acl":
            objects = [tree.head[verb]]  # `three men suspected of agreeing to spy`
        for noun in objects:
            inner = [noun, *(kid for kid in tree.kids[noun] if tree.dep[kid] == "nmod")]  # `chief of staff of leading`
            gerunds = [kid for one in inner for kid in tree.kids[one] if tree.dep[kid] == "acl" and kid > verb]
            for gerund in [kid for kid in gerunds if _marked(tree, kid, marks)]:
                tree.hang(gerund, verb, "advcl")
        below = [kid for kid in tree.kids[verb] if kid > verb and tree.dep[kid] == "advcl"]
        asked = [kid for kid in below if _marked(tree, kid, marks)]
        for other in [kid for kid in below if asked and kid > asked[-1] and _is_bare_gerund(tree, kid)]:
            tree.hang(other, asked[-1], "advcl")


def _marked(tree: Tree, word: int, marks: frozenset[str]) -> bool:
    marked = any(tree.dep[kid] in ("mark", "case") and tree.lower[kid] in marks for kid in tree.kids[word])
    return marked and tree.lower[word].endswith("ing")


def _is_bare_gerund(tree: Tree, word: int) -> bool:
    bare = not any(tree.dep[kid] in ("mark", "case", *SUBJECTS) for kid in tree.kids[word])
    return bare and tree.lower[word].endswith("ing")


def _take_subject(tree: Tree, verb: int) -> None:
    """Give a verb that reports who stands between a comma and it, where that was taken for part of what is reported.

    In `struck a depot, killing five and wounding 34, governor Oleh Syniehubov said` he says it, and in `met resistance
    from the army, residents and an officer said` they do.
    """
    finite = tree.has(verb, "VerbForm=Fin") and tree.dep[verb] in ("ROOT", "parataxis")
    if not finite or tree.child(verb, *SUBJECTS) is not None or tree.child(verb, "aux:pass") is not None:
        return
    begin = verb
    while begin > 0 and tree.lower[begin - 1] != "," and tree.pos[begin - 1] not in _NO_NOUN_PHRASE:
        begin -= 1
    if begin == 0 or tree.lower[begin - 1] != ",":
        return
    tops = [word for word in range(begin, verb) if not begin <= tree.head[word] < verb and tree.pos[word] in _NOMINAL]
    if not tops or any(tree.dep[top] not in _TAKEN_FOR or tree.preposition(top) for top in tops):
        return
    content = verb if tree.dep[verb] == "ROOT" else tree.head[verb]
    if all(content in tree.above(top) for top in tops):
        tree.hang(tops[0], verb, "nsubj")
        for other in tops[1:]:
            tree.hang(other, tops[0], "conj")


def _take_clause(tree: Tree, verb: int) -> None:
    """Give a verb that reports the clause behind `that`, where it hangs on a noun between the two.

    `said in a joint statement that ...`, `told a conference that ...`, `claimed without offering evidence that ...`,
    but not `commented on reports that ...`.
    """
    if tree.child(verb, "ccomp") is not None:
        return
    for noun in range(verb + 1, len(tree.dep)):
        if not _only_holds(tree, noun, verb):
            continue
        for clause in tree.kids[noun]:
            if tree.dep[clause] == "acl" and _begins_with_that(tree, clause):
                tree.hang(clause, verb, "ccomp")
                return


def _only_holds(tree: Tree, noun: int, verb: int) -> bool:
    """Tell a noun that says where, to whom or without what a verb reports, and not what it reports."""
    above = tree.head[noun]
    if above == verb:
        hears = tree.dep[noun] in ("obj", "iobj") and tree.lemma[verb] in TELLING
        return hears or (tree.dep[noun] == "obl" and tree.preposition(noun) in _HOLDING)
    lacks = any(tree.lower[kid] == "without" for kid in tree.kids[above])
    return lacks and tree.dep[noun] == "obj" and tree.head[above] == verb


def _begins_with_that(tree: Tree, clause: int) -> bool:
    return any(tree.dep[kid] == "mark" and tree.lower[kid] == "that" for kid in tree.kids[clause])


def _take_what_stands_before_it(tree: Tree, verb: int) -> None:
    """Give a verb what stands before it or before `that`, where it hangs on what is reported.

    `Its army, in a daily briefing, said its forces had ...`, `said on Telegram that ...`. A comma behind the verb
    leaves it open: `In July, he said, the army attacked`.
    """
    clause = tree.child(verb, "ccomp")
    if clause is None or clause < verb:
        return
    that = next((kid for kid in tree.kids[clause] if tree.dep[kid] == "mark" and tree.lower[kid] == "that"), 0)
    open_ = verb + 1 < len(tree.pos) and tree.pos[verb + 1] == "PUNCT"
    for kid in list(tree.kids[clause]):
        before = kid < verb and not open_
        if tree.dep[kid] in _BESIDE and (before or verb < kid < that):
            tree.hang(kid, verb, tree.dep[kid])


def _take_gerund(tree: Tree, verb: int) -> None:
    """Hang `adding that ...` on the report that it adds to: `The troops left, the ministry said, adding that ...`."""
    above = tree.head[verb]
    if above == verb or tree.dep[verb] != "advcl" or not tree.lower[verb].endswith("ing"):
        return
    if tree.child(verb, *SUBJECTS) is not None or tree.lemma[above] in tree.reporting:
        return
    for kid in tree.kids[above]:
        reports = tree.dep[kid] == "parataxis" and tree.lemma[kid] in tree.reporting
        if reports and above < kid < verb and tree.child(kid, *SUBJECTS) is not None:
            tree.hang(verb, kid, "advcl")
            return


def _raise_gerund(tree: Tree, verb: int) -> None:
    """Hang a report behind a comma on the main verb: who `barred it from voting, accusing it of fraud` accuses it."""
    if tree.dep[verb] != "advcl" or not _is_bare_gerund(tree, verb) or verb == 0 or tree.lower[verb - 1] != ",":
        return
    above = tree.head[verb]
    while not tree.has(above, "VerbForm=Fin") and tree.dep[above] in ("advcl", "xcomp", "acl", "ccomp"):
        if tree.head[above] == above:
            return
        above = tree.head[above]
    if above != tree.head[verb] and tree.has(above, "VerbForm=Fin"):
        tree.hang(verb, above, "advcl")


def _take_relative(tree: Tree, verb: int) -> None:
    """Put what is said below who says it in `children whom Kyiv says were taken`, where both hang on the children."""
    noun = tree.head[verb]
    if not tree.dep[verb].startswith("acl:relcl") or tree.child(verb, "ccomp", "obj") is not None:
        return
    for other in [kid for kid in tree.kids[noun] if kid > verb and tree.dep[kid].startswith("acl:relcl")]:
        if any(kid < verb and tree.lower[kid] in _RELATIVE_OBJECT for kid in tree.kids[other]):
            tree.hang(other, verb, "ccomp")
            return


def _set_beside(tree: Tree, verb: int) -> None:
    """Take a report at the end for one, where it was taken for an adjunct: `He died on Monday, his wife announced`."""
    above, subject = tree.head[verb], tree.child(verb, *SUBJECTS)
    if tree.dep[verb] != "advcl" or above > verb or subject is None or not tree.has(verb, "VerbForm=Fin"):
        return
    opens = tree.passage.left_edge(tree.passage.words[subject])
    bare = tree.child(verb, "mark", "ccomp", "obj", "xcomp", "advmod") is None
    if bare and above < opens and tree.lower[opens - 1] == ",":
        tree.hang(verb, above, "parataxis")


def _keep_predicate(tree: Tree, verb: int) -> None:
    """Leave `committed` with `remained` in `said it remained committed to peace`."""
    told = [kid for kid in tree.kids[verb] if tree.dep[kid] == "ccomp"]
    if len(told) == 2 and tree.lemma[told[0]] in _REMAINING and told[1] == told[0] + 1:
        tree.hang(told[1], told[0], "xcomp")


def _leave_modal(tree: Tree, verb: int) -> None:
    """Coordinate a past tense with what reports the auxiliary before it: `said it could wait and announced ...`."""
    first = tree.head[verb]
    above = tree.head[first]
    if (tree.dep[verb], tree.dep[first]) != ("conj", "ccomp"):
        return
    if above > first or tree.lemma[above] not in tree.reporting:
        return
    modal = any(tree.dep[kid] in ("aux", "aux:pass") and tree.lower[kid] in _AUXILIARY for kid in tree.kids[first])
    modal = modal or any(tree.dep[kid] == "aux" and tree.lower[kid] in _GOING_ON for kid in tree.kids[first])
    modal = modal or (tree.child(first, "cop") is not None and _points_back(tree, verb))
    own = any(tree.dep[kid] in ("aux", "aux:pass", *SUBJECTS) for kid in tree.kids[verb])
    if modal and not own and tree.has(verb, "VerbForm=Fin"):
        tree.hang(verb, above, "conj")


def _make_active(tree: Tree, verb: int) -> None:
    """Take a passive without `was` and `by` for what it is: `A court on Thursday sentenced the former president`."""
    sides = [kid for kid in tree.kids[verb] if tree.dep[kid] in ("nsubj:pass", "obl:agent")]
    if len(sides) != 2 or tree.child(verb, "aux:pass") is not None or any(tree.preposition(kid) for kid in sides):
        return
    subject, agent = sides
    if subject < verb < agent and tree.child(verb, "obj") is None:
        tree.dep[subject], tree.dep[agent] = "nsubj", "obj"
        tree.feats[verb] = "Mood=Ind|Tense=Past|VerbForm=Fin"


def _points_back(tree: Tree, verb: int) -> bool:
    """Tell `urged it` behind `said the bloc was weak`: the bloc does not urge itself."""
    return any(tree.dep[kid] in ("obj", "iobj") and tree.lower[kid] in _OBJECT_PRONOUNS for kid in tree.kids[verb])


def _await(tree: Tree, verb: int) -> None:
    """Take `pending` for the preposition that it is: `ordered the mayor to be jailed pending trial`."""
    noun = tree.child(verb, "obj")
    pending = next((kid for kid in tree.kids[noun] if tree.lower[kid] == "pending"), None) if noun is not None else None
    if noun is None or pending is None or pending > noun or tree.dep[pending] != "amod":
        return
    tree.dep[pending], tree.pos[pending], tree.dep[noun] = "case", "ADP", "obl"
    subject = tree.child(verb, "nsubj")
    if subject is not None and subject < verb and tree.child(verb, "aux", "aux:pass") is None:
        tree.dep[subject] = "nsubj:pass"
        tree.feats[verb] = "Tense=Past|VerbForm=Part|Voice=Pass"


def _name(tree: Tree, verb: int) -> None:
    """Take what something is called for no object: `called the arrest a setback`, `what it called a strike`."""
    if tree.lemma[verb] not in CALLING or tree.child(verb, "xcomp") is not None:
        return
    nouns = [kid for kid in tree.kids[verb] if tree.dep[kid] == "obj" and kid > verb]
    if len(nouns) > 1 or (nouns and tree.lower[tree.head[verb]] == "what"):
        tree.dep[nouns[-1]] = "xcomp"


def _take_partner(tree: Tree, verb: int) -> None:
    """Hang whom one speaks with on the verb and not on what one speaks by: `spoke by telephone with the general`."""
    for noun in [kid for kid in tree.kids[verb] if kid > verb and tree.lemma[kid] in _LINES]:
        if tree.preposition(noun) in ("by", "via", "over"):
            for partner in [kid for kid in tree.kids[noun] if tree.preposition(kid) in ("with", "to")]:
                tree.hang(partner, verb, "obl")


def _make_passive(tree: Tree, verb: int) -> None:
    """Tell a passive whose `were` is left out: `six sites were hit and 26 people killed`, and headlines."""
    headline = tree.passage.heading and tree.lemma[verb] in _CHARGED | _SUFFERED and tree.has(verb, "Tense=Past")
    shared = tree.dep[verb] == "conj" and tree.child(tree.head[verb], "aux:pass") is not None
    if not headline and not (shared and tree.lemma[verb] in _SUFFERED):
        return
    subject = tree.child(verb, "nsubj")
    if subject is None or subject > verb or tree.child(verb, "obj", "aux", "ccomp", "xcomp") is not None:
        return
    tree.dep[subject] = "nsubj:pass"
    tree.feats[verb] = "Tense=Past|VerbForm=Part|Voice=Pass"


def _take_number(tree: Tree, verb: int) -> None:
    """Take a bare number before a verb without subject for its subject: `1,400 died and over 3,100 were injured`."""
    if tree.child(verb, *SUBJECTS) is not None:
        return
    number = tree.child(verb, "obl", "obl:unmarked")
    if number is None and tree.dep[verb] == "conj":
        number = _number_before(tree, verb)
    if number is None or number > verb or tree.pos[number] != "NUM" or tree.preposition(number):
        return
    passive = tree.child(verb, "aux:pass") is not None or tree.has(verb, "Voice=Pass")
    tree.hang(number, verb, "nsubj:pass" if passive else "nsubj")


def _number_before(tree: Tree, verb: int) -> int | None:
    """Find a number between `and` and a verb that was taken to count what stands before: `51 died and 1,300 fled`."""
    joined = next((kid for kid in tree.kids[verb] if tree.dep[kid] == "cc" and kid < verb), verb)
    between = [word for word in range(joined + 1, verb) if tree.pos[word] == "NUM" and tree.head[word] < joined]
    return between[0] if len(between) == 1 else None


def _raise_relative(tree: Tree, word: int) -> None:
    """Hang `who` on the head of its clause in `who was due to meet the chancellor`, where the parser took it lower."""
    clause = next((above for above in tree.above(word) if tree.dep[above].startswith("acl:relcl")), None)
    if clause is not None and tree.head[word] != clause and word < clause and tree.child(clause, *SUBJECTS) is None:
        tree.hang(word, clause, "nsubj")
