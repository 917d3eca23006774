"""Clauses as frames: who does what to whom, with the syntax of English undone.

`predicates` reads what each verb, noun and predicate adjective has of its own; `sharing` completes it over control,
raising, relative clauses, participles, coordination and light verbs; here the result becomes `Frame` values whose
sides point at mentions and at one another. What a frame means is not decided here but by `ontology/frames/`.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from kgbuild.extract.lending import LENDING_VERBS
from kgbuild.extract.passage import Passage
from kgbuild.extract.predicates import ASKING, Predicate, find_predicates
from kgbuild.extract.sharing import SUBJECT_CONTROL, share
from kgbuild.extract.tree import Tree, counted, tree_of
from kgbuild.knowledge import Knowledge
from kgbuild.model import Filler, Frame, Mention, MentionKind, QuantityMention, Where
from kgbuild.model.quotation import quotations

_STRUCTURAL = LENDING_VERBS | SUBJECT_CONTROL | ASKING
_THROUGH = frozenset({"flat", "appos", "compound", "flat:name", "nmod:desc"})


class _Mentions:
    """Find the mention that stands at a word: by its head, else by the narrowest span around it."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.by_head: dict[Where, int] = {}
        self.around: dict[int, list[int]] = {}
        self.mentions = mentions
        for index, mention in enumerate(mentions):
            known = self.by_head.get(mention.head)
            if known is None or self._rank(index) < self._rank(known):
                self.by_head[mention.head] = index

    def _rank(self, index: int) -> tuple[bool, int]:
        """Prefer what the graph shows to what is hidden, then the longer span."""
        mention = self.mentions[index]
        return mention.hidden, -mention.where.length

    def at(self, tree: Tree, word: int) -> int | None:
        """Give the mention that *word* is the head of, or that a title or apposition before a name leads to."""
        found = self.by_head.get(tree.places[word])
        if found is not None:
            return found
        for kid in tree.kids[word]:
            if tree.dep[kid] in _THROUGH and tree.pos[kid] == "PROPN":
                inner = self.by_head.get(tree.places[kid])
                if (
                    inner is not None
                    and self.mentions[inner].kind is MentionKind.NAME
                    and not self.mentions[inner].hidden
                ):
                    return inner
        return self.covering(tree, word)

    def covering(self, tree: Tree, word: int) -> int | None:
        """Give the narrowest name around *word*; a parser does not always agree on which word heads it."""
        place = tree.places[word]
        candidates = [index for index in self.around.get(place.begin, ()) if self.mentions[index].where.contains(place)]
        return min(candidates, key=lambda index: (self.mentions[index].where.length, index), default=None)

    def cover(self, tree: Tree) -> set[int]:
        """Note which words of a paragraph lie inside names, and return them."""
        inside: set[int] = set()
        starts = {place.begin: word for word, place in enumerate(tree.places)}
        for index, mention in enumerate(self.mentions):
            first = starts.get(mention.where.begin)
            if first is None or mention.kind is not MentionKind.NAME:
                continue
            for word in range(first, len(tree.places)):
                if tree.places[word].begin >= mention.where.end:
                    break
                inside.add(word)
                self.around.setdefault(tree.places[word].begin, []).append(index)
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
    finder = _Mentions(mentions)
    numbers_at = {place: index for index, number in enumerate(quantities) for place in (number.where, number.head)}
    vocabulary = {**(known or {}), "verb": _STRUCTURAL | (known or {}).get("verb", frozenset())}
    trees: list[tuple[Tree, dict[int, Predicate]]] = []
    numbers: list[dict[int, int]] = []
    total = 0
    for passage in passages:
        tree = tree_of(passage, vocabulary)
        predicates = find_predicates(tree, finder.cover(tree))
        share(tree, predicates)
        trees.append((tree, predicates))
        numbers.append({word: total + count for count, word in enumerate(sorted(predicates))})
        total += len(predicates)
    frames: list[Frame] = []
    for (tree, predicates), number in zip(trees, numbers, strict=True):
        quoted = quotations(tree.passage.text, tree.passage.begin)
        frames.extend(_frame(tree, predicates[word], number, finder, quoted, numbers_at) for word in sorted(predicates))
    return tuple(frames)


def _frame(
    tree: Tree,
    predicate: Predicate,
    number: dict[int, int],
    finder: _Mentions,
    quoted: tuple[Where, ...],
    numbers_at: dict[Where, int],
) -> Frame:
    where = tree.places[predicate.word]
    fillers = []
    for side, word in sorted(predicate.sides, key=lambda pair: (pair[1], pair[0])):
        place, mention, named = tree.places[word], finder.at(tree, word), word
        if mention is None and side != "modifier":
            named = counted(tree, word)
            mention = finder.at(tree, named) if named != word else None
        quantity = numbers_at.get(place, numbers_at.get(tree.places[named]))
        fillers.append(Filler(side, place, mention, number.get(word), quantity))
    return Frame(
        trigger=where,
        lemma=predicate.lemma,
        pos=predicate.pos,
        sentence=tree.sentences[predicate.word],
        fillers=tuple(fillers),
        negated=predicate.negated,
        auxiliaries=tuple(predicate.auxiliaries),
        tense=predicate.tense,
        heading=tree.passage.heading,
        quoted=any(span.contains(where) for span in quoted),
        rules=tuple(predicate.rules),
    )


@cache
def known_words(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Gather the dictionary forms that frames and cues know, by part of speech."""
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
    return {
        pos: frozenset(lemma.split(" ")[0] for kind, lemma in (*frames, *cues, *asked) if kind == pos)
        for pos in ("verb", "noun")
    }
