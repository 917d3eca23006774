"""What a learned tagger adds to the senses that the lexicon finds.

The lexicon knows what its words can mean, the tagger how a sentence sounds. A word that no entry takes becomes an
event when the tagger is sure of a heading. The tagger could also reject what the lexicon takes, or tell it otherwise;
measured, the lexicon is right more often there (docs/decisions/0008-learned-events.md), so it is left alone.
"""

from collections.abc import Mapping

from kgbuild.interpret.article import Article
from kgbuild.interpret.senses import Sense, in_a_time, ruled_out
from kgbuild.knowledge.frames import EventClass, FrameEntry, Word
from kgbuild.model import Frame

ADD = 0.75
"""How likely a heading must be for a word that the lexicon passes over."""


def weigh(article: Article, senses: Mapping[int, Sense]) -> dict[int, Sense]:
    """Add what was heard to the lexicon's senses.

    Args:
        article: the article.
        senses: the lexicon's senses, by the number of the frame.

    Returns:
        All senses, in text order; a text that no tagger has read has the lexicon's alone.
    """
    found: dict[int, Sense] = {}
    for number in range(len(article.frames)):
        sense = senses.get(number) or (None if _told_with(article, number, senses) else _heard(article, number))
        if sense is not None:
            found[number] = sense
    return found


def _told_with(article: Article, number: int, senses: Mapping[int, Sense]) -> bool:
    """Tell a noun that is part of an event's words: `fire` of `opened fire`."""
    lemma = article.frames[number].lemma
    return any(up in senses and senses[up].word.noun == lemma for up, _ in article.parents.get(number, ()))


def _heard(article: Article, number: int) -> Sense | None:
    """Give the sense that the tagger is sure of, None if it is of none."""
    frame = article.frames[number]
    if not frame.learned or in_a_time(article, frame):
        return None
    heading, share = frame.learned[0]
    return _sense_of(article, number, frame, heading) if share >= ADD else None


def _sense_of(article: Article, number: int, frame: Frame, heading: str) -> Sense | None:
    """Make a sense of a heading: by an entry that knows the word so, else by the heading's own roles.

    An entry whose conditions failed lends its roles only. The event is the tagger's, and its rule says so (`heard:`
    instead of `frame:`), so that nobody looks for it among the entry's words.
    """
    frames = article.knowledge.frames
    for entry, word in frames.candidates(frame.pos, frame.lemma):
        if word.length == 1 and frames.heading(entry.event_class) == heading:
            return None if ruled_out(article, number, entry) else Sense(number, entry, word, heard=True)
    known = frames.classes.get(heading)
    if known is None:
        return None
    return Sense(number, _entry_of(known.name, known), Word(frame.pos, frame.lemma), heard=True)


def _entry_of(name: str, known: EventClass) -> FrameEntry:
    """Give the entry that stands for a heading without words of its own."""
    return FrameEntry(
        id=name.lower(),
        says=f"A word in which the tagger hears {name}.",
        event_class=name,
        words=(),
        roles=known.roles,
        content=known.content,
    )
