"""Which frame means which event: the lexicon's entries, asked one by one, the most demanding first.

A word may stand in several entries; the first whose words and conditions are met is taken, and one whose conditions
fail for all is no event. `pick` is the seam for a learned judge: it sees a frame with all entries that would take it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgbuild.interpret.article import Article
from kgbuild.knowledge.frames import ALIASES, HEAD, Condition, FrameEntry, Side, Word
from kgbuild.model import Filler, Frame

# Nouns that only say that what stands before them is being done: `mobilisation efforts`, `assassination attempt`.
_UNDERTAKINGS = frozenset({"effort", "attempt", "operation", "activity", "drive", "process"})
_IN = " in "
_MEASURES = frozenset({"size", "number", "amount", "level", "scale", "volume", "flow", "influx", "part", "rest"})
_WITHIN = frozenset({"modifier", "of", "in", "object"})
_DOING = frozenset({"subject", "by", "possessor"})
# Classes whose nouns tell an event even before another noun: `ceasefire terms`, `sanctions list`.
_STANDALONE = frozenset({"CeaseFire", "Sanction", "Exchange", "Assault", "Meet"})
# Particles that are no prepositions of the verb: `sent in troops`, but not `sent in March`.
_ADVERBS = frozenset(
    {"in", "up", "out", "off", "down", "over", "back", "away", "by", "through", "together", "aside", "apart"}
)


@dataclass(frozen=True, slots=True)
class Sense:
    """Say that a frame is an event of an entry's class; `heard` if a tagger says so where the entry's words did not."""

    frame: int
    entry: FrameEntry
    word: Word
    heard: bool = False


def find_senses(article: Article) -> dict[int, Sense]:
    """Give the sense of every frame that is an event, by the number of the frame, in text order."""
    frames = article.knowledge.frames
    worded: dict[int, list[tuple[FrameEntry, Word]]] = {}
    for number, frame in enumerate(article.frames):
        if in_a_time(article, frame):
            continue
        known = frames.candidates(frame.pos, frame.lemma)
        form = frame.trigger.of(article.document.text).lower()
        if frame.pos == "noun" and form != frame.lemma:
            known = (*known, *frames.candidates("noun", form))
        found = [(entry, word) for entry, word in known if _says(article, frame, word)]
        if found:
            worded[number] = found
    events = frozenset(worded)
    senses: dict[int, Sense] = {}
    for number, candidates in worded.items():
        fitting = [Sense(number, entry, word) for entry, word in candidates if fits(article, number, entry, events)]
        sense = pick(article, fitting)
        if sense is not None:
            senses[number] = sense
    _add_repeats(article, worded, senses, events)
    senses = dict(sorted(senses.items()))
    return {number: sense for number, sense in senses.items() if not _only_modifies(article, number, senses)}


def in_a_time(article: Article, frame: Frame) -> bool:
    """Tell a word that only says when something was: `at the end of January`, `shared in advance`."""
    times = article.extraction.times
    if frame.pos != "noun":
        return False
    before = article.document.text[max(0, frame.trigger.begin - len(_IN)) : frame.trigger.begin]
    return (before == _IN and frame.lemma == "advance") or any(time.where.contains(frame.trigger) for time in times)


def _add_repeats(
    article: Article,
    worded: Mapping[int, Sequence[tuple[FrameEntry, Word]]],
    senses: dict[int, Sense],
    events: frozenset[int],
) -> None:
    """Take a bare noun (`the swap`) for an event of an entry that the article tells in full elsewhere."""
    told = {sense.entry.id for sense in senses.values()}
    for number, candidates in worded.items():
        frame = article.frames[number]
        if number in senses or frame.pos != "noun" or "indefinite" in frame.rules:
            continue
        for entry, word in candidates:
            if entry.id in told and fits(article, number, entry, events, repeated=True):
                senses[number] = Sense(number, entry, word)
                break


def _only_modifies(article: Article, number: int, senses: Mapping[int, Sense]) -> bool:
    """Tell `aid convoy` from `ceasefire deal`: a modifier tells an event only together with its head."""
    parents = article.parents.get(number, ())
    if article.frames[number].pos != "noun" or senses[number].entry.event_class in _STANDALONE:
        return False
    return any(
        side == "modifier" and parent not in senses and article.frames[parent].lemma not in _UNDERTAKINGS
        for parent, side in parents
    )


def pick(article: Article, fitting: Sequence[Sense]) -> Sense | None:
    """Choose among the senses that fit a frame, or reject it.

    The most demanding is the surest; a learned judge of triggers has its place here.
    """
    return fitting[0] if fitting else None


def _says(article: Article, frame: Frame, word: Word) -> bool:
    """Tell whether a frame is worded as an entry asks: its particle, the noun behind it, the words before a noun."""
    lemma, _, particle = frame.lemma.partition(" ")
    if lemma != word.lemma and frame.trigger.of(article.document.text).lower() != word.lemma:
        return False
    if particle and particle != word.particle:
        # `put up` is not `put`; where the particle changes nothing the entry lists it.
        return False
    if word.modifiers and not _modified(article, frame, word):
        return False
    if word.particle and particle != word.particle:
        if lemma == "call" and any(filler.side == "complement" for filler in frame.fillers):
            return False  # `what it called a strike on the port`
        if word.particle in _ADVERBS and not word.noun and word.pos == "verb":
            return any(_is_particle(article, filler, word.particle) for filler in frame.fillers)
        behind = [filler for filler in frame.fillers if _stands_behind(article, filler, word.particle)]
        return any(not word.noun or _is(article, filler, word.noun) for filler in behind)
    if word.noun:
        named = (filler for filler in frame.fillers if filler.side in ("object", "complement"))  # `were taken hostage`
        return any(_is(article, filler, word.noun) for filler in named)
    return True


def _modified(article: Article, frame: Frame, word: Word) -> bool:
    before = {article.text(filler) for filler in frame.fillers if filler.side in ("modifier", "possessor")}
    before |= {article.lemma(filler) for filler in frame.fillers if filler.side in ("modifier", "possessor")}
    return all(modifier in before for modifier in word.modifiers)


def _is_particle(article: Article, filler: Filler, particle: str) -> bool:
    """Tell whether a word is the particle itself, or stands behind it in a way that only a particle's object does."""
    if filler.side == "adverb":
        return article.text(filler) == particle
    return filler.side == particle == "by" and article.type_of(filler) in ALIASES["Agent"]


def _stands_behind(article: Article, filler: Filler, particle: str) -> bool:
    return filler.side == particle or (filler.side == "adverb" and article.text(filler) == particle)


def _is(article: Article, filler: Filler, noun: str) -> bool:
    return noun in (article.lemma(filler), article.text(filler))


def fits(article: Article, number: int, entry: FrameEntry, events: frozenset[int], *, repeated: bool = False) -> bool:
    """Tell whether a frame meets the conditions of an entry.

    Args:
        article: the article.
        number: one of its frames, worded as the entry asks.
        entry: the entry.
        events: frames that may be events.
        repeated: whether the article tells an event of the entry in full elsewhere, so that a bare noun may mean it.
    """
    frame = article.frames[number]
    return all(
        _met(article, number, entry, condition, events)
        or ((repeated or condition.at == "actor") and _unstated(article, frame, entry, condition, events))
        for condition in entry.when
    ) and not any(_met(article, number, entry, condition, events) for condition in entry.unless)


def ruled_out(article: Article, number: int, entry: FrameEntry) -> bool:
    """Tell whether an entry says of a frame that it is none of its events (`unless`)."""
    return any(_met(article, number, entry, condition, frozenset()) for condition in entry.unless)


def _unstated(article: Article, frame: Frame, entry: FrameEntry, condition: Condition, events: frozenset[int]) -> bool:
    """Tell whether a condition asks about a role of which the frame says nothing, as passives and nouns do."""
    sides = entry.roles.get(condition.at) or (Side(condition.at),)
    return not any(
        filler.side == side.name and (not side.types or is_of(article, filler, side.types, events))
        for filler in frame.fillers
        for side in sides
    )


def _met(article: Article, number: int, entry: FrameEntry, condition: Condition, events: frozenset[int]) -> bool:
    if condition.at == HEAD:
        return any(
            side in _WITHIN and article.frames[parent].lemma in condition.lemmas
            for parent, side in article.parents.get(number, ())
        )
    sides: Sequence[Side] = entry.roles.get(condition.at) or (Side(condition.at),)
    for side, filler in ((one, filler) for one in sides for filler in article.fillers(number, one.name)):
        unknown = article.type_of(filler) is None and "Any" not in condition.types
        if not unknown and side.types and not is_of(article, filler, side.types, events):
            continue
        if condition.lemmas and not condition.lemmas.isdisjoint(_worded(article, filler)):
            return True
        if condition.types and is_of(article, filler, condition.types, events):
            return True
        doer = condition.at == "actor" and "Person" in condition.types and filler.side in _DOING
        if doer and _may_act(article, filler):
            return True
    return False


def _worded(article: Article, filler: Filler) -> set[str]:
    """List the words that a filler goes by; also what it measures (`ten tons of food`, `a list of demands`)."""
    words = {article.lemma(filler), article.text(filler)}
    frame = article.frames[filler.frame] if filler.frame is not None else None
    if frame is not None and frame.pos == "noun" and ("indefinite" in frame.rules or frame.lemma in _MEASURES):
        words.update(article.lemma(below) for below in frame.fillers if below.side == "of")
    return words


def _may_act(article: Article, filler: Filler) -> bool:
    """Tell whether a filler of unknown kind may stand for people: a name nobody knows, a deed, a body of people."""
    return article.type_of(filler) is None and not article.text(filler).isdigit()


def is_of(article: Article, filler: Filler, types: frozenset[str], events: frozenset[int]) -> bool:
    """Tell whether a filler is of one of *types*; `Event` and `Clause` look at its frame."""
    if "Any" in types:
        return True
    frame = article.frames[filler.frame] if filler.frame is not None else None
    if frame is not None:
        if "Event" in types and (filler.frame in events or frame.pos == "verb"):
            return True
        if "Clause" in types and frame.pos != "noun":
            return True
        if "Infinitive" in types and "to" in frame.auxiliaries and not frame.tense:
            return True
    kind = article.type_of(filler)
    return kind is not None and kind in types
