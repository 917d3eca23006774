"""A paragraph under the eyes of spaCy, with the way back to the characters of the source file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kgbuild.model import Document, Where


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one paragraph's parse and where the paragraph begins in the file.

    Attributes:
        doc: spaCy's parse of the paragraph, Universal Dependencies labels.
        begin: code point of the file at which the paragraph begins.
        heading: whether the paragraph is a headline or subhead.
        text: the paragraph's characters; a Doc puts them together anew whenever it is asked.
    """

    doc: Doc
    begin: int
    heading: bool = False
    text: str = field(init=False, repr=False, compare=False)
    _sentences: dict[int, Where] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "_sentences", {})

    def where(self, piece: Token | Span) -> Where:
        """Place a token or span in the file."""
        if isinstance(piece, Token):
            return Where(self.begin + piece.idx, self.begin + piece.idx + len(piece))
        return Where(self.begin + piece.start_char, self.begin + piece.end_char)

    def between(self, first: Token, last: Token) -> Where:
        """Place the stretch from *first* to *last*, both included."""
        return Where(self.begin + first.idx, self.begin + last.idx + len(last.text))

    def sentence(self, token: Token) -> Where:
        """Place the sentence around *token*, without the white space at its ends."""
        if not self._sentences:
            for sentence in self.doc.sents:
                self._sentences.update(dict.fromkeys(range(sentence.start, sentence.end), self._trimmed(sentence)))
        return self._sentences[token.i]

    def _trimmed(self, span: Span) -> Where:
        while len(span) > 1 and span[-1].is_space:
            span = span[:-1]
        while len(span) > 1 and span[0].is_space:
            span = span[1:]
        return self.where(span)


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
