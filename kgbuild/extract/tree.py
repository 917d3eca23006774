"""A paragraph's parse as plain lists, which rules over clauses walk many times.

spaCy builds a new object for every token that is looked at; reading each layer once into lists makes the rules
several times faster, and lets them speak of words by number. Labels are those of Universal Dependencies. A label
may be wrong in any way that a parser can be wrong: nothing here assumes that a sentence makes sense.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.extract.inflection import dictionary_form
from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import SUBJECTS
from kgbuild.extract.words import Word
from kgbuild.model import Where

_FIXED = frozenset({"fixed", "goeswith"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_COUNTING = frozenset(
    "ten hundred thousand dozen million billion score number group majority half third quarter rest part percent pair "
    "couple one handful series all some many most several each both none lot member".split(" ")
)
_KNOWN_AS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun"}
_NONE: Sequence[int] = ()
_NOTHING_KNOWN: Mapping[str, frozenset[str]] = {}
_OPENING = frozenset(
    {"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "aux", "aux:pass", "cop", "advmod", "obl", "obl:tmod"}
)
_OF, _FROM, _FOR = frozenset({"of"}), frozenset({"from"}), frozenset({"for"})
_ASKS_GERUND = {
    **dict.fromkeys("accuse suspect convict acquit absolve".split(" "), _OF),
    **dict.fromkeys("stop prevent ban bar block deter discourage dissuade keep".split(" "), _FROM),
    **dict.fromkeys("blame thank praise criticise criticize condemn denounce".split(" "), _FOR),
}
"""Verbs whose object does what a gerund behind it says, with the word between the two."""


def words(text: str) -> frozenset[str]:
    """Make a closed set of words, written with blanks between them.

    >>> sorted(words("begin start"))
    ['begin', 'start']
    """
    return frozenset(text.split())


@dataclass(slots=True)
class Tree:
    """Hold one paragraph's words by number, from 0.

    Attributes:
        passage: where it comes from.
        lower: forms in lower case.
        lemma: dictionary forms, lower case.
        pos: universal parts of speech.
        dep: relations to the head; `ROOT` at the top of each sentence.
        head: number of each word's head; its own number for a root.
        feats: morphological features as `Name=Value|...`.
        kids: the dependents of each word, in text order.
        conjuncts: those of them that are coordinated with the word, for words that have such.
        order: all words, heads before dependents.
        places: where each word stands in the file.
        verbs: the verbs that the data files know.
    """

    passage: Passage
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    feats: list[str]
    kids: list[Sequence[int]]
    places: list[Where]
    order: list[int] = field(default_factory=list)
    conjuncts: dict[int, list[int]] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()

    def child(self, word: int, *labels: str) -> int | None:
        """Find the first dependent of *word* under one of *labels*."""
        for kid in self.kids[word]:
            if self.dep[kid] in labels:
                return kid
        return None

    def has(self, word: int, feature: str) -> bool:
        """Tell whether *word* carries *feature* (`VerbForm=Part`)."""
        return feature in self.feats[word]

    def hang(self, word: int, above: int, dep: str) -> None:
        """Let *word* depend on another word than the parse has it."""
        before = self.head[word]
        self.kids[before] = [kid for kid in self.kids[before] if kid != word]
        self.kids[above] = sorted((*self.kids[above], word))
        self.head[word], self.dep[word] = above, dep

    def opening(self, word: int) -> int:
        """Find the first word of the clause of a verb: of its subject, auxiliaries and adverbs, or the verb itself."""
        opens = [kid for kid in self.kids[word] if kid < word and self.dep[kid] in _OPENING]
        edge = self.passage.left_edge(self.passage.words[opens[0]]) if opens else word
        while edge < word and self.pos[edge] == "PUNCT":
            edge += 1
        return edge

    def preposition(self, word: int) -> str:
        """Give the preposition before a noun (`according to`, `from under`), "" if none; `'s` is not one."""
        parts = [kid for kid in self.kids[word] if self.dep[kid] == "case" and self.lower[kid] not in _POSSESSIVE]
        return " ".join(self.multiword(part) for part in parts[:2])

    def multiword(self, word: int) -> str:
        """Write a function word with the parts that are fixed to it (`because of`)."""
        parts = [self.lower[word], *(self.lower[kid] for kid in self.kids[word] if self.dep[kid] in _FIXED)]
        return " ".join(parts)

    def coordinated(self, word: int) -> list[int]:
        """List *word* and everything coordinated with it, in text order."""
        if word not in self.conjuncts:
            return [word]
        found = [word]
        for member in found:
            found.extend(self.conjuncts.get(member, ()))
        return sorted(found)


def tree_of(passage: Passage, known: Mapping[str, frozenset[str]] = _NOTHING_KNOWN) -> Tree:
    """Read a parse into lists; a paragraph of white space gives an empty tree.

    Args:
        passage: the paragraph.
        known: part of speech (`verb`, `noun`) -> dictionary forms that the data files know; lemmas are put right by it.
    """
    read = passage.words
    tree = Tree(
        passage=passage,
        lower=[word.lower for word in read],
        lemma=[_lemma(word, known) if word.pos in _KNOWN_AS else word.lemma or word.lower for word in read],
        pos=[word.pos for word in read],
        dep=[word.dep for word in read],
        head=[word.head.i for word in read],
        feats=[word.feats for word in read],
        kids=[[child.i for child in word.children] if word.children else _NONE for word in read],
        places=[word.where for word in read],
        verbs=known.get("verb", frozenset()),
    )
    _hang_gerunds(tree)
    tree.order = [word for word, above in enumerate(tree.head) if above == word]
    for word in tree.order:
        tree.order.extend(tree.kids[word])
    for word, dep in enumerate(tree.dep):
        if dep == "conj" and tree.head[word] != word:
            tree.conjuncts.setdefault(tree.head[word], []).append(word)
    return tree


def _hang_gerunds(tree: Tree) -> None:
    """Hang a gerund on the verb that asks for it, and what follows of it on the gerund, where the parse did not.

    In `accused the army of bombing a market, killing 32` the army bombs, and bombing kills.
    """
    for verb, lemma in enumerate(tree.lemma):
        marks = _ASKS_GERUND.get(lemma) if tree.pos[verb] == "VERB" else None
        if marks is None:
            continue
        for noun in [kid for kid in tree.kids[verb] if tree.dep[kid] == "obj"]:
            for gerund in [kid for kid in tree.kids[noun] if tree.dep[kid] == "acl" and _marked(tree, kid, marks)]:
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


def counted(tree: Tree, word: int) -> int:
    """Look through words of number or part to what they count: `two of the boys`, `tens of thousands of boys`."""
    while tree.pos[word] == "NUM" or tree.lemma[word] in _COUNTING:
        below = [kid for kid in tree.kids[word] if tree.dep[kid] in ("nmod", "obl") and tree.preposition(kid) == "of"]
        if not below:
            break
        word = next((kid for kid in below if tree.lemma[kid] not in _COUNTING), below[0])
    return word


def _lemma(word: Word, known: Mapping[str, frozenset[str]]) -> str:
    guess = word.lemma or word.lower
    words_known = known.get(_KNOWN_AS.get(word.pos, ""))
    return guess if words_known is None else dictionary_form(word.lower, guess, words_known)
