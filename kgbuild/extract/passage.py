"""A paragraph as the rules see it: its words, sentences and names, with the way back to the characters of the file."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kgbuild.extract.inflection import dictionary_form
from kgbuild.extract.mending.phrases import mend_phrases
from kgbuild.extract.words import Phrase, Sentence, Word, read_sentences, read_words
from kgbuild.model import Document, Where
from kgbuild.model.quotation import quotations


@dataclass(slots=True, eq=False)
class Passage:
    """Hold one paragraph, its parse, and where it begins in the file.

    Attributes:
        doc: spaCy's parse of the paragraph, Universal Dependencies labels; sentence boundaries are needed.
        begin: code point of the file at which the paragraph begins.
        heading: whether the paragraph is a headline or subhead.
        text: the paragraph's characters.
        words: its words.
        sentences: its sentences.
        names: what the pipeline took for names, each with its label.
        quotations: what stands inside quotation marks, by its places in the file.
    """

    doc: Doc
    begin: int
    heading: bool = False
    text: str = field(init=False, repr=False)
    words: list[Word] = field(init=False, repr=False)
    sentences: list[Sentence] = field(init=False, repr=False)
    names: list[Phrase] = field(init=False, repr=False)
    quotations: tuple[Where, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.text = self.doc.text
        self.words = read_words(self.doc, self.text, self.begin)
        breaks = mend_phrases(self.words)
        self.sentences = read_sentences(self.doc, self.words, self.text, breaks)
        self.names = [Phrase(self.words, self.text, ent.start, ent.end, ent.label_) for ent in self.doc.ents]
        self.quotations = quotations(self.text, self.begin)

    def put_verbs_right(self, known: frozenset[str]) -> None:
        """Put the dictionary forms of verbs right that the pipeline guessed wrong (`reporte` of `reported`)."""
        for word in self.words:
            if word.pos == "VERB":
                word.lemma = dictionary_form(word.lower, word.lemma, known)

    def phrase(self, start: int, end: int) -> Phrase:
        """Give the words from number *start* up to, not including, *end*."""
        return Phrase(self.words, self.text, start, end)

    def written(self, start: int, end: int) -> str:
        """Give the characters of the words from number *start* up to, not including, *end*; "" for none."""
        return self.text[self.words[start].idx : self.words[end - 1].end] if start < end else ""

    def word_at(self, place: int) -> Word:
        """Give the word that holds a character of the paragraph, or else the first behind it."""
        return self.words[bisect_right(self.words, place, key=lambda word: word.end)]

    def left_edge(self, word: Word) -> int:
        """Give the number of the first of the words that hang on *word*, directly or not, and of itself."""
        edge = int(self.doc[word.i].left_edge.i) if word.children else word.i
        while edge < word.i and word not in self.words[edge].above:  # what was hung elsewhere since
            edge += 1
        return edge

    def where(self, start: int, end: int) -> Where:
        """Place the words from number *start* up to, not including, *end* in the file."""
        return Where(self.words[start].where.begin, self.words[end - 1].where.end)


def passages(document: Document, docs: Sequence[Doc]) -> tuple[Passage, ...]:
    """Pair each paragraph of *document* with its parse.

    Args:
        document: the article.
        docs: one parse a paragraph, in the order of `document.paragraphs`.

    Raises:
        ValueError: there are not as many parses as paragraphs.
    """
    return tuple(
        Passage(doc, where.begin, where in document.headings)
        for where, doc in zip(document.paragraphs, docs, strict=True)
    )
