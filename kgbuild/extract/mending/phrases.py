"""Puts right what parsers of news get wrong again and again about names and noun phrases, before these are looked for.

Words are moved to where the grammar of English wants them, and only if the parse leaves that place empty.
"""

from collections.abc import Sequence
from itertools import pairwise

from kgbuild.extract.words import Word

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_NAMING = frozenset({"appos", "flat"})
_OPENING = frozenset({"(", "—", "–", ":"})
_NAMED = frozenset({"PROPN", "PRON"})
_HANDING = frozenset({"hand", "turn"})
_SETTING_OFF = frozenset({",", "—", "–", "-", "--", "(", ")", ":", ";"})
CALLING = frozenset({"call", "dub", "label", "brand", "describe", "term"})
"""Verbs whose object is given a name or a quality."""
_ENDS = frozenset({".", "!", "?"})
_CLAUSES = frozenset({"advcl", "conj", "parataxis"})
ASKING_OF = frozenset({"accuse", "suspect", "convict", "acquit", "absolve"})
"""Verbs whose object has done, or has not, what stands behind `of`."""
_REPORTING = frozenset({"say", "tell", "add", "report", "write", "announce", "state"})
_TWO = 2
_HELD = frozenset({"obj", "obl", "nsubj"})
_LOOSE = frozenset({"obl:unmarked", "nmod:unmarked", "dislocated", "obl", "nsubj", "parataxis", "advcl", "ccomp"})
_READ_ON = frozenset({"ccomp", "parataxis", "conj", "advcl", "dep"})


def mend_phrases(words: Sequence[Word]) -> list[int]:
    """Put a paragraph's parse right, as far as names and noun phrases depend on it.

    Returns:
        The numbers of words that begin a sentence although the parse has it go on.
    """
    breaks = [word.i + 1 for word in words if word.text in _ENDS and _break_behind(word)]
    for word in words:
        if word.pos == "VERB" and word.dep in _HELD and _is_noun(word):
            word.pos = "NOUN"
        if len(word.children) > 1:
            _leave_one_subject(word)
            _take_hearer(word)
    for word in words:
        if word.pos == "VERB":
            _mend_verb(word)
        else:
            _mend_other(word)
    return breaks


def _mend_verb(word: Word) -> None:
    """Apply what is known of some verbs."""
    if word.lemma in ASKING_OF:
        _take_reproach(word)
    elif word.lemma in _REPORTING:
        _take_titled(word)


def _mend_other(word: Word) -> None:
    """Apply what is known of some words and constructions."""
    if word.lower == "over" and word.dep == "advmod":
        _hand_over(word)
    elif word.lower == "whose":
        _part_whose(word)
    elif word.dep == "appos" or (word.dep == "nmod:desc" and word.i > word.head.i):
        _list_names(word)
    elif word.dep == "amod" and word.i > word.head.i and word.head.dep == "obj":
        _call_it_so(word)


def _is_noun(word: Word) -> bool:
    """Tell a noun that was taken for a verb from what hangs on it: `disputed Ukrainian claims that ...`."""
    deps = {child.dep for child in word.children}
    return bool(deps & {"amod", "det", "nmod:poss"}) and not deps & {*_SUBJECTS, "aux", "aux:pass", "obj"}


def _break_behind(point: Word) -> bool:
    """Begin a sentence behind a full stop over which the parse reads on: `..., he said. Its leader accused him`."""
    words, at = point.words, point.i + 1
    if at >= len(words) or not words[at].text[:1].isupper() or not words[at].text[:1].isalpha():
        return False
    end = at
    while end < len(words) and words[end].text not in _ENDS:
        end += 1
    before = [word for word in words[:at] if word.head.i >= at]
    across = [word for word in words[at : end + 1] if word.head.i < at]
    if before:  # a sentence without a verb of its own: `A second, tabled by the party, secured 144. The minister said`
        tops = [word for word in before if word.dep != "punct"]
        return len(tops) == 1 and not across and tops[0].dep in _LOOSE and _part(before, tops[0])
    tops = [word for word in across if word.dep not in {"punct", "cc"}]
    if len(tops) != 1 or tops[0].pos not in {"VERB", "AUX", "ADJ", "NOUN"} or tops[0].dep not in _READ_ON:
        return False
    return _part(across, tops[0])


def _part(across: Sequence[Word], top: Word) -> bool:
    """Make one of the words that hang across a full stop the head of its sentence, and hang the others on it."""
    for word in across:
        if word is not top:
            _hang(word, top, word.dep)
    _make_root(top)
    return True


def _leave_one_subject(verb: Word) -> None:
    """Let a verb keep the last of several subjects before it that are set off from one another.

    A parser takes a dateline (`BELGRADE — The authorities detained ...`) and an apposition before who speaks
    (`... from the capital, Khartoum, mediators said`) for subjects too.
    """
    subjects = [child for child in verb.children if child.dep in _SUBJECTS and child.i < verb.i]
    for one, other in pairwise(subjects):
        set_off = any(word.text in _SETTING_OFF for word in verb.words[one.i + 1 : other.i])
        if set_off and one.pos in _NOMINAL and other.pos in _NOMINAL:
            one.dep = "dislocated"
        elif not set_off and one.pos == "NOUN":
            _leave_one_beside(verb, one, other)
        elif not set_off and one.pos == "PROPN" and other.pos == "PROPN" and other.words[other.i - 1].pos == "NOUN":
            _hang(other, other.words[other.i - 1], "appos")  # `Caroline van der Plas of the farmers' party BBB said`


def _leave_one_beside(verb: Word, one: Word, other: Word) -> None:
    """Tell what a noun before a subject is: `Moldova's ruling pro-European party won`, `a charge France rejected`."""
    if one.lower.endswith("ing") and one.tag == "NN":
        for child in list(one.children):
            _hang(child, other, child.dep)
        _hang(one, other, "amod")
        one.pos = "ADJ"
    elif other.pos in _NAMED and not _has_object(verb):
        one.dep = "obj"


def _take_hearer(verb: Word) -> None:
    """Find a better place for a second subject behind a verb.

    In `promised NATO chief Mark Rutte that ...` and `he told Fox News` it is who hears it, in `Spain pledged aid, while
    Italy, which ..., has yet to decide` the subject of what follows.
    """
    if verb.pos != "VERB" or not any(child.dep in _SUBJECTS and child.i < verb.i for child in verb.children):
        return
    for child in [one for one in verb.children if one.dep in _SUBJECTS and one.i > verb.i]:
        after = [one for one in verb.children if one.dep in _CLAUSES and one.i > child.i]
        lacking = next((one for one in after if not any(own.dep in _SUBJECTS for own in one.children)), None)
        if verb.lemma == "tell" or any(one.dep == "ccomp" and one.i > verb.i for one in verb.children):
            child.dep = "iobj"
        elif lacking is not None:
            _hang(child, lacking, "nsubj")


def _part_whose(whose: Word) -> None:
    """Part the clause of `whose` from the one around it: `Chile, whose president, Gabriel Boric, spoke, was calm`."""
    noun = whose.head
    verb = noun.head if noun.dep in _SUBJECTS else noun.head.head
    subjects = [one for one in whose.words if one.i < whose.i and one.dep in {*_SUBJECTS, "dislocated"}]
    about = noun.head if noun.dep == "appos" else subjects[-1] if subjects else noun
    near = [verb.head, *(child for child in verb.children if child.dep in _CLAUSES or child.dep == "ccomp")]
    main = next((one for one in near if one.pos == "VERB" and one.i > verb.i and _lacks_subject(one, about)), None)
    if main is None or about is noun or verb.pos != "VERB" or not about.i < whose.i < verb.i:
        return
    if about.head not in (verb, main):
        return
    if main.head is verb and verb.head is verb:
        _make_root(main)
    elif main.head is verb:
        _hang(main, verb.head, verb.dep)
    _hang(noun, verb, "nsubj")
    _hang(about, main, "nsubj")
    _hang(verb, about, "acl:relcl")


def _lacks_subject(verb: Word, about: Word) -> bool:
    return all(child is about for child in verb.children if child.dep in _SUBJECTS)


def _take_reproach(verb: Word) -> None:
    """Hang what somebody is accused of on the verb: `accused the government of political persecution`."""
    for noun in [child for child in verb.children if child.dep == "obj" and child.i > verb.i]:
        inner = [child for child in noun.rights if child.dep == "nmod"]
        of = [child for child in inner if any(t.dep == "case" and t.lower == "of" for t in child.lefts)]
        if of and (of[-1].pos == "NOUN" or len(of) > 1):
            _hang(of[-1], verb, "obl")


def _take_titled(verb: Word) -> None:
    """Give a report the office before the name before it: `detained ten staff, the UN envoy, Hans Grundberg, said`."""
    begin = max((word.i for word in verb.words[: verb.i] if word.text in _ENDS), default=-1)
    commas = [word.i for word in verb.words[begin + 1 : verb.i] if word.text == ","]
    if len(commas) < _TWO + 1 or commas[-1] != verb.i - 1:
        return
    office, name = verb.words[commas[-3] + 1 : commas[-2]], verb.words[commas[-2] + 1 : commas[-1]]
    if any(word.pos in {"VERB", "AUX"} for word in office + name) or not any(word.pos == "PROPN" for word in name):
        return
    noun = next((word for word in office if word.pos == "NOUN" and word.head not in office), None)
    bearer = next((word for word in name if word.head not in name), None)
    if noun is None or bearer is None or noun.head is verb or noun.head is bearer:
        return
    if bearer.head is verb and bearer.dep in _SUBJECTS:
        _hang(noun, bearer, "appos")
    elif bearer.head is noun and _lacks_subject(verb, noun):
        _hang(noun, verb, "nsubj")


def _call_it_so(word: Word) -> None:
    """Hang an adjective behind a noun on the verb that calls it so: `called the decision "irresponsible"`."""
    verb = word.head.head
    if verb.pos == "VERB" and verb.lemma in CALLING and not any(child.dep == "xcomp" for child in verb.children):
        _hang(word, verb, "xcomp")


def _has_object(verb: Word) -> bool:
    return any(child.dep in {"obj", "ccomp", "xcomp", "aux:pass", "cop"} for child in verb.children)


def _hand_over(particle: Word) -> None:
    """Leave the particle with its verb in `handed over 40 hostages`, where the parser takes it to `over 40`."""
    verb = particle.words[particle.i - 1] if particle.i else particle
    if particle.head.pos == "NUM" and verb.pos == "VERB" and verb.lemma in _HANDING:
        _hang(particle, verb, "compound:prt")


def _list_names(word: Word) -> None:
    """Take three names with commas and `and` between them for a list, where the parser sees an apposition.

    `kill Lula, his running mate Geraldo Alckmin and Justice Alexandre de Moraes` is about three people.
    """
    first = word.head
    named = word if word.pos == "PROPN" else next((t for t in word.rights if t.dep in _NAMING), None)
    if first.pos != "PROPN" or named is None or named.pos != "PROPN" or first.i > word.i or first.dep == "nmod:desc":
        return
    inner = [t for t in word.rights if t.dep in _NAMING]
    after = [t for above in (*inner, word, first) for t in above.children if t.dep == "conj" and t.i > named.i]
    last = next((t for t in after if t.pos == "PROPN" and any(child.lower == "and" for child in t.lefts)), None)
    if last is None or len([t for t in first.children if t.dep == "conj"]) > (last.head is first):
        return
    between = word.words[first.i : last.i]
    begin = next(child for child in last.lefts if child.lower == "and").i
    if word.words[begin - 1].text == "," or any(t.text in _OPENING or t.lower == "of" for t in between):
        return
    word.dep = "conj"
    if last.head is not first:
        _hang(last, first, "conj")


def _make_root(word: Word) -> None:
    """Let a word depend on nothing."""
    word.head.children = [child for child in word.head.children if child is not word]
    word.head, word.dep = word, "ROOT"


def _hang(word: Word, above: Word, dep: str) -> None:
    """Let a word depend on another than the parse has it, unless that one depends on it."""
    if word is above or word in above.above:
        return
    word.head.children = [child for child in word.head.children if child is not word]
    above.children = sorted((*above.children, word), key=lambda child: child.i)
    word.head, word.dep = above, dep
