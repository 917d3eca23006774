"""A paragraph's parse as plain lists, which rules over clauses walk many times.

spaCy builds a new object for every token that is looked at; reading each layer once into lists makes the rules
several times faster, and lets them speak of words by number. Labels are those of Universal Dependencies. A label
may be wrong in any way that a parser can be wrong: nothing here assumes that a sentence makes sense.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.extract.inflection import dictionary_form
from kgbuild.extract.passage import Passage
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
        reporting: those that report what somebody says.
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
    reporting: frozenset[str] = frozenset()

    def arrange(self) -> None:
        """Find order and conjuncts anew."""
        self.order = [word for word, above in enumerate(self.head) if above == word]
        for word in self.order:
            self.order.extend(self.kids[word])
        self.conjuncts = {}
        for word, dep in enumerate(self.dep):
            if dep == "conj" and self.head[word] != word:
                self.conjuncts.setdefault(self.head[word], []).append(word)

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
        """Let *word* depend on another word than the parse has it, unless that one depends on *word*."""
        if above == word or word in self.above(above):
            return
        before = self.head[word]
        self.kids[before] = [kid for kid in self.kids[before] if kid != word]
        self.kids[above] = sorted((*self.kids[above], word))
        self.head[word], self.dep[word] = above, dep

    def above(self, word: int) -> list[int]:
        """List the words that a word depends on, nearest first."""
        found: list[int] = []
        while self.head[word] != word:
            word = self.head[word]
            found.append(word)
        return found

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
        known: part of speech (`verb`, `noun`) -> dictionary forms that the data files know, by which lemmas are put
            right; `reporting` -> verbs that report.
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
        reporting=known.get("reporting", frozenset()),
    )
    tree.arrange()
    return tree


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
