"""Clauses as frames: who does what to whom, with the syntax of English undone.

`predicates` reads what each verb, noun and predicate adjective has of its own; `sharing` completes it over control,
raising, relative clauses, participles, coordination and light verbs; here the result becomes `Frame` values whose
sides point at mentions and at one another. What a frame means is not decided here but by `ontology/frames/`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kgbuild.extract.heard import Heard, hear
from kgbuild.extract.lending import LENDING_VERBS
from kgbuild.extract.mending.clauses import mend
from kgbuild.extract.passage import Passage
from kgbuild.extract.predicates import ASKING, Predicate, find_predicates
from kgbuild.extract.sharing import SUBJECT_CONTROL, share
from kgbuild.extract.tree import Tree, counted, tree_of
from kgbuild.knowledge import Knowledge
from kgbuild.model import Filler, Frame, Mention, MentionKind, QuantityMention, Where

_NO_REPORTS = frozenset({"ask", "cite"})
_STRUCTURAL = LENDING_VERBS | SUBJECT_CONTROL | ASKING
_PARTS = frozenset({"all", "most", "many", "some", "much", "several", "part", "parts", "half"})
_THROUGH = frozenset({"flat", "appos", "compound", "flat:name", "nmod:desc"})


class _Mentions:
    """Find the mention that stands at a word: by its head, else by the narrowest span around it.

    Words are known by where they begin in the file.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._by_head: dict[int, int] = {}
        self._around: dict[int, list[int]] = {}
        self._found: dict[int, int | None] = {}
        for index, mention in enumerate(mentions):
            known = self._by_head.get(mention.head.begin)
            if known is None or self._rank(index) < self._rank(known):
                self._by_head[mention.head.begin] = index
        names = (index for index, mention in enumerate(mentions) if mention.kind is MentionKind.NAME)
        self._names = sorted(names, key=self._begin)

    def _begin(self, index: int) -> int:
        return self.mentions[index].where.begin

    def _rank(self, index: int) -> tuple[bool, int]:
        """Prefer what the graph shows to what is hidden, then the longer span."""
        mention = self.mentions[index]
        return mention.hidden, -mention.where.length

    def at(self, tree: Tree, word: int) -> int | None:
        """Give the mention that *word* is the head of, or that a title or apposition before a name leads to."""
        begin = tree.places[word].begin
        if begin not in self._found:
            found = self._by_head.get(begin)
            self._found[begin] = self._through(tree, word) if found is None else found
        return self._found[begin]

    def _through(self, tree: Tree, word: int) -> int | None:
        for kid in tree.kids[word]:
            if tree.dep[kid] in _THROUGH and tree.pos[kid] == "PROPN":
                inner = self._by_head.get(tree.places[kid].begin)
                if (
                    inner is not None
                    and self.mentions[inner].kind is MentionKind.NAME
                    and not self.mentions[inner].hidden
                ):
                    return inner
        return self._covering(tree, word)

    def _covering(self, tree: Tree, word: int) -> int | None:
        """Give the narrowest name around *word*; a parser does not always agree on which word heads it."""
        place = tree.places[word]
        candidates = [
            index for index in self._around.get(place.begin, ()) if self.mentions[index].where.contains(place)
        ]
        return min(candidates, key=lambda index: (self.mentions[index].where.length, index), default=None)

    def cover(self, tree: Tree) -> set[int]:
        """Note which words of a paragraph lie inside names, and return them."""
        inside: set[int] = set()
        starts = [place.begin for place in tree.places]
        first = bisect_left(self._names, tree.passage.begin, key=self._begin)
        last = bisect_left(self._names, starts[-1] + 1 if starts else 0, key=self._begin)
        for index in self._names[first:last]:
            where = self.mentions[index].where
            begin, end = bisect_left(starts, where.begin), bisect_left(starts, where.end)
            if begin < len(starts) and starts[begin] == where.begin:
                inside.update(range(begin, end))
                for word in range(begin, end):
                    self._around.setdefault(starts[word], []).append(index)
        return inside


def find_frames(
    passages: tuple[Passage, ...],
    mentions: tuple[Mention, ...],
    known: Mapping[str, frozenset[str]] | None = None,
    quantities: tuple[QuantityMention, ...] = (),
) -> tuple[Frame, ...]:
    """Turn every clause and event noun of an article into a frame.

    Every verb, every noun outside a name and every predicate adjective gives one frame; a noun without sides too,
    since the lexicon may know it. Fillers point at the mention whose head is the filler's head word (a title before
    a name points at the name), and at the frame of a filler that is itself a clause or a noun.

    Args:
        passages: the article's paragraphs.
        mentions: its mentions, in text order.
        known: part of speech -> dictionary forms that the data files know, to put a lemmatiser's guesses right.
        quantities: its numbers; a filler that one counts or measures points at it.

    Returns:
        Frames in text order; empty for empty text.
    """
    finder = _Finder(_Mentions(mentions), _numbers_at(quantities))
    vocabulary = {**(known or {}), "verb": _STRUCTURAL | (known or {}).get("verb", frozenset())}
    read: list[tuple[Tree, dict[int, Predicate]]] = []
    numbers: list[dict[int, int]] = []
    total = 0
    for passage in passages:
        tree = tree_of(passage, vocabulary)
        mend(tree)
        predicates = find_predicates(tree, finder.mentions.cover(tree))
        share(tree, predicates)
        read.append((tree, predicates))
        numbers.append({word: total + count for count, word in enumerate(predicates)})
        total += len(predicates)
    frames: list[Frame] = []
    for (tree, predicates), number in zip(read, numbers, strict=True):
        frames.extend(finder.frames(tree, predicates, number))
    return tuple(frames)


def _numbers_at(quantities: Sequence[QuantityMention]) -> dict[tuple[int, int], int]:
    """Map the places of numbers and of what they count to the numbers."""
    return {
        (place.begin, place.end): index
        for index, number in enumerate(quantities)
        for place in (number.where, number.head)
    }


def _meant(tree: Tree, word: int) -> int:
    """Look through a word of part to what it is a part of (`lifted most of its sanctions`)."""
    return counted(tree, word) if tree.lower[word] in _PARTS else word


@dataclass(frozen=True, slots=True)
class _Finder:
    """Make frames of predicates; their sides point at mentions and numbers."""

    mentions: _Mentions
    numbers_at: Mapping[tuple[int, int], int]

    def frames(self, tree: Tree, predicates: Mapping[int, Predicate], number: Mapping[int, int]) -> Iterator[Frame]:
        """Make the frames of one paragraph; *number* gives those of its predicates."""
        heard = hear(tree.passage)
        for predicate in predicates.values():
            yield self._frame(tree, predicate, number, heard)

    def _frame(
        self, tree: Tree, predicate: Predicate, number: Mapping[int, int], heard: Mapping[Where, Heard] | None
    ) -> Frame:
        where, quoted = tree.places[predicate.word], tree.passage.quotations
        sides = sorted((_meant(tree, word), side) for side, word in predicate.sides)
        return Frame(
            trigger=where,
            lemma=predicate.lemma,
            pos=predicate.pos,
            sentence=tree.passage.words[predicate.word].sent.place,
            fillers=tuple([self._filler(tree, side, word, number.get(word)) for word, side in sides]),
            negated=predicate.negated,
            auxiliaries=tuple(predicate.auxiliaries),
            tense=predicate.tense,
            heading=tree.passage.heading,
            quoted=bool(quoted) and any(span.contains(where) for span in quoted),
            rules=tuple(predicate.rules),
            learned=None if heard is None else heard.get(where, ()),
            begin=None if predicate.pos == "noun" else tree.places[tree.opening(predicate.word)].begin,
        )

    def _filler(self, tree: Tree, side: str, word: int, frame: int | None) -> Filler:
        mention, named = self.mentions.at(tree, word), word
        if mention is None and side != "modifier":
            named = counted(tree, word)
            mention = self.mentions.at(tree, named) if named != word else None
        return Filler(side, tree.places[word], mention, frame, self._number(tree, word, named))

    def _number(self, tree: Tree, word: int, named: int) -> int | None:
        """Give the number that counts or is *word*, or the noun that it names in the end."""
        if not self.numbers_at:
            return None
        for place in (tree.places[word], tree.places[named]):
            found = self.numbers_at.get((place.begin, place.end))
            if found is not None or named == word:
                return found
        return None


@cache
def known_words(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Gather the dictionary forms that frames and cues know, by part of speech, and the verbs that report."""
    frames = knowledge.frames.index
    cues = [(cue.pos, cue.lemma) for cue in knowledge.cues.reporting.values()]
    for table in (knowledge.cues.modality, knowledge.cues.negation):
        cues.extend((cue.pos, cue.word) for cue in table.values())
    asked = [
        ("noun", lemma)
        for entry in knowledge.frames.entries
        for asks in (*entry.when, *entry.unless)
        for lemma in asks.lemmas
    ]
    known = {
        pos: frozenset(lemma.split(" ")[0] for kind, lemma in (*frames, *cues, *asked) if kind == pos)
        for pos in ("verb", "noun")
    }
    told = (cue for cue in knowledge.cues.reporting.values() if cue.pos == "verb" and cue.stance not in _NO_REPORTS)
    return {**known, "reporting": frozenset(cue.lemma for cue in told)}
