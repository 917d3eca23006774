"""A paragraph's words as plain objects, read from spaCy's parse once.

spaCy makes a new object for every token that is looked at and spells each of its attributes anew whenever it is asked
for. The rules look at most words dozens of times, so a paragraph is read into these when it comes in; they show of a
token what the rules ask, under spaCy's names without the underscore.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, MORPH, POS, TAG
from spacy.lang.lex_attrs import is_punct
from spacy.tokens import Doc

from kgbuild.model import Where

_ASKED = [IDX, LENGTH, LEMMA, HEAD, POS, TAG, DEP, ENT_TYPE, MORPH]
_WRAP = 2**64
"""spaCy counts from a word to its head, and writes a step back as a number that wraps."""
_LABELS = {0: ""}
"""Labels by the number that spaCy makes of their letters; there are few of them."""


@dataclass(slots=True, eq=False)
class Word:
    """Hold one word; two are equal when they are the same word of the same paragraph.

    Attributes:
        i: its number in the paragraph, from 0.
        text: the form as written.
        lower: the form in small letters.
        lemma: dictionary form in small letters, "" if the parse has none.
        pos: universal part of speech.
        tag: fine part of speech.
        dep: relation to the head; `ROOT` at the top of each sentence.
        entity: label of the name that it stands in, "" outside of names.
        feats: morphological features as `Name=Value|...`.
        idx, end: its characters in the paragraph.
        where: its characters in the file.
        words: all words of the paragraph.
        head: the word that it hangs on; a root is its own.
        children: the words that hang on it, in text order.
        sent: the sentence around it.
    """

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    entity: str
    feats: str
    idx: int
    end: int
    where: Where
    words: "list[Word]" = field(repr=False)
    children: "Sequence[Word]" = field(default=(), repr=False)
    head: "Word" = field(init=False, repr=False)
    sent: "Sentence" = field(init=False, repr=False)

    @property
    def lefts(self) -> "list[Word]":
        """Give the words before it that hang on it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> "list[Word]":
        """Give the words behind it that hang on it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> "list[Word]":
        """Give itself and all words that hang on it, directly or not, heads before dependents."""
        found = [self]
        for word in found:
            found.extend(word.children)
        return found

    @property
    def above(self) -> "list[Word]":
        """Give the words that it hangs on, directly or not, nearest first."""
        found: list[Word] = []
        word = self
        while word.head is not word:
            word = word.head
            found.append(word)
        return found

    @property
    def conjuncts(self) -> "list[Word]":
        """Give the words that it is coordinated with."""
        first = self
        while first.dep == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found.extend(child for child in word.rights if child.dep == "conj")
        return [word for word in found if word is not self]

    @property
    def is_space(self) -> bool:
        """Tell whether it is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Tell whether it is nothing but signs of punctuation."""
        return not self.text[:1].isalnum() and bool(is_punct(self.text))

    def feature(self, name: str) -> Sequence[str]:
        """Give the values of one of its features (`Number`), none if it lacks that."""
        return _features(self.feats).get(name, ())


@dataclass(slots=True, eq=False)
class Phrase:
    """Hold the words of a paragraph from number `start` up to, not including, `end`.

    Attributes:
        words: all words of the paragraph.
        around: the characters of the paragraph.
        label: label of a name, "" for other phrases.
    """

    words: list[Word] = field(repr=False)
    around: str = field(repr=False)
    start: int
    end: int
    label: str = ""

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def first(self) -> Word:
        """Give its first word."""
        return self.words[self.start]

    @property
    def last(self) -> Word:
        """Give its last word."""
        return self.words[self.end - 1]

    @property
    def text(self) -> str:
        """Give its characters."""
        return self.around[self.first.idx : self.last.end] if self.start < self.end else ""

    @property
    def where(self) -> Where:
        """Place it in the file."""
        return Where(self.first.where.begin, self.last.where.end)

    @property
    def root(self) -> Word:
        """Give its head: of the words whose own head lies outside, the one nearest to the root of the sentence."""
        inside = self.words[self.start : self.end]
        top = next((word for word in inside if word.head is word), None)
        if top is not None:
            return top
        tops = [word for word in inside if not self.start <= word.head.i < self.end]
        return tops[0] if len(tops) == 1 else min(tops, key=_depth)


@dataclass(slots=True, eq=False)
class Sentence(Phrase):
    """Hold a sentence; `place` is where it stands in the file, without the white space at its ends."""

    place: Where = field(kw_only=True)


def read_words(doc: Doc, text: str, begin: int) -> list[Word]:
    """Read the words of a parse, each with its head and children, but without its sentence.

    Args:
        doc: the parse of a paragraph.
        text: the characters of the paragraph.
        begin: code point of the file at which the paragraph begins.
    """
    strings = doc.vocab.strings
    places, lengths, lemmas, steps, *labels = doc.to_array(_ASKED).T.tolist()
    for number in {number for column in labels for number in column} - _LABELS.keys():
        _LABELS[number] = strings[number]
    spelled = zip(*([_LABELS[number] for number in column] for column in labels), strict=True)
    words: list[Word] = []
    for idx, length, lemma, (pos, tag, dep, entity, feats) in zip(places, lengths, lemmas, spelled, strict=True):
        end = idx + length
        form = text[idx:end]
        where = Where(begin + idx, begin + end)
        lemma = strings[lemma].lower()
        words.append(Word(len(words), form, form.lower(), lemma, pos, tag, dep, entity, feats, idx, end, where, words))
    children: dict[Word, list[Word]] = {}
    for word, step in zip(words, steps, strict=True):
        word.head = above = words[(word.i + step) % _WRAP]
        if above is not word:
            children.setdefault(above, []).append(word)
    for word, below in children.items():
        word.children = below
    return words


def read_sentences(doc: Doc, words: list[Word], text: str, breaks: Sequence[int] = ()) -> list[Sentence]:
    """Read the sentences of a parse and tell each word in which it stands.

    No words give none; a parse that knows no sentences is taken for one. Others begin at *breaks* besides.
    """
    found: list[Sentence] = []
    bounds = [(span.start, span.end) for span in doc.sents] if doc.has_annotation("SENT_START") else [(0, len(words))]
    cuts = [[start, *(at for at in breaks if start < at < end), end] for start, end in bounds]
    for start, end in (pair for cut in cuts for pair in pairwise(cut)) if words else ():
        first, last = start, end - 1
        while first < last and words[last].is_space:
            last -= 1
        while first < last and words[first].is_space:
            first += 1
        place = Where(words[first].where.begin, words[last].where.end)
        sentence = Sentence(words, text, start, end, place=place)
        for word in words[start:end]:
            word.sent = sentence
        found.append(sentence)
    return found


def _depth(word: Word) -> int:
    """Count the steps from a word up to the root of its sentence; a sign or white space on its own is furthest off."""
    if not word.children and (word.is_space or word.is_punct):
        return len(word.words) - 1
    return len(word.above)


@lru_cache(maxsize=4096)
def _features(feats: str) -> dict[str, tuple[str, ...]]:
    """Take features apart.

    >>> _features("Number=Plur|PronType=Int,Rel")
    {'Number': ('Plur',), 'PronType': ('Int', 'Rel')}
    """
    pairs = (feature.partition("=") for feature in feats.split("|") if "=" in feature)
    return {name: tuple(values.split(",")) for name, _, values in pairs}
