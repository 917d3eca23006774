"""A paragraph cut into lexemes, with what is known about each: the parse's token, and the times found before."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kgbuild.extract.numbers import Lexeme, lexemes
from kgbuild.extract.passage import Passage
from kgbuild.extract.words import Word
from kgbuild.model import Where

FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for from with without and or but nor as than that which who whom whose when "
    "where while if because since until till before after during over under between among against into onto "
    "through about is are was were be been being am has have had having do does did will would can could may "
    "might must shall should it its he she they we you i him her them us his their our your my this these "
    "those there here not no so then also too both either neither each every all some any such only just even "
    "still yet already again ago more less most least much many few several other another one what how why "
    "said says say per via plus minus including included amid despite within across along around behind beyond "
    "near off out up down although though whether".split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the lexemes of a paragraph and answer questions about the place of one."""

    passage: Passage
    words: tuple[Lexeme, ...]
    busy: tuple[bool, ...]
    tagged: bool
    parsed: bool

    def low(self, at: int) -> str:
        """Give a lexeme in small letters, "" outside the paragraph."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def is_word(self, at: int) -> bool:
        """Tell whether a lexeme is letters."""
        return 0 <= at < len(self.words) and self.words[at].is_word

    def tight(self, at: int) -> bool:
        """Tell whether a lexeme follows the one before it without a blank."""
        return 0 < at < len(self.words) and not self.words[at].spaced

    def capital(self, at: int) -> bool:
        """Tell whether a lexeme begins with a capital."""
        return 0 <= at < len(self.words) and self.words[at].text[0].isupper()

    def opens(self, at: int) -> bool:
        """Tell whether a lexeme opens a sentence or a quotation."""
        return at <= 0 or self.words[at - 1].text in ".!?:\"“‘'(" or self.passage.heading

    def pos(self, at: int) -> str:
        """Give a lexeme's part of speech, "" where the parse has none."""
        return self.token(at).pos if self.tagged and 0 <= at < len(self.words) else ""

    def particle(self, at: int) -> bool:
        """Tell a verb's particle: `over` of `handed over 40 hostages`."""
        return self.parsed and self.token(at).dep == "compound:prt"

    def token(self, at: int) -> Word:
        """Give the parse's word that a lexeme begins in."""
        return self.passage.word_at(self.words[at].begin)

    def where(self, first: int, after: int) -> Where:
        """Place the lexemes from *first* up to, not including, *after* in the file."""
        begin = self.passage.begin
        return Where(begin + self.words[first].begin, begin + self.words[after - 1].end)

    def written(self, first: int, after: int) -> str:
        """Give the characters of some lexemes."""
        return self.passage.text[self.words[first].begin : self.words[after - 1].end]

    def nounlike(self, at: int) -> bool:
        """Tell whether a lexeme may stand in a noun phrase: by its tag, else by not being a function word."""
        if not self.is_word(at) or self.low(at) in FUNCTION_WORDS:
            return False
        tag = self.pos(at)
        if tag == "ADV":
            return self.low(at).endswith("ly") and self.pos(at + 1) in ("ADJ", "VERB")
        if tag == "VERB":
            return self.low(at).endswith(("ed", "ing")) or (self.parsed and self.token(at).dep == "amod")
        return tag in ("", "NOUN", "PROPN", "ADJ", "NUM", "X")


def read_text(passage: Passage, times: Sequence[Where]) -> Text:
    """Cut a paragraph into lexemes and mark those that stand in an expression of time."""
    words = lexemes(passage.text)
    busy = [False] * len(words)
    for time in times:
        first = bisect_right(words, time.begin - passage.begin, key=lambda word: word.end)
        last = bisect_left(words, time.end - passage.begin, key=lambda word: word.begin)
        busy[first:last] = [True] * (last - first)
    tagged = any(token.tag or token.pos for token in passage.words)
    parsed = any(token.dep for token in passage.words)
    return Text(passage, words, tuple(busy), tagged, parsed)
