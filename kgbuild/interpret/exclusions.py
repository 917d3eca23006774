"""Who did not do what, whatever a judge thinks likely: the article says so by its construction.

Whoever rejects a demand has not made it, whoever tells that people were killed without saying by whom does not name
itself, whoever is freed frees nobody, and whoever retaliates for an attack did not carry it out.
"""

from collections.abc import Iterator, Mapping, Sequence

from kgbuild.interpret.article import Article
from kgbuild.model import Event, Frame

_REJECTING = frozenset({"Reject", "Refuse", "Deny", "Veto"})
_ADDRESSED = frozenset({"Demand", "Request", "Appeal", "Propose", "Accuse", "Threaten", "Warn"})
ANSWERING = frozenset({"retaliation", "retaliate", "response", "respond", "revenge", "reprisal", "avenge", "answer"})
NAMING = frozenset({"call", "describe", "label", "brand", "term", "dub", "liken", "compare"})
"""Verbs whose subject says what something is, and does not do it."""
_CALLED = frozenset({"object", "complement", "as", "to", "with"})
_TO = frozenset({"for", "to", "against", "object", "of"})


def not_doers(article: Article, events: Sequence[Event], id_of: Mapping[int, str]) -> frozenset[tuple[str, str]]:
    """List events with those who did not do them.

    Args:
        article: the article.
        events: its events.
        id_of: the event that each frame tells.
    """
    return frozenset((*_rejected(events), *_told(article, id_of), *_named(article, id_of), *_answered(article, id_of)))


def _rejected(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Give demands and accusations with those who reject them."""
    kind = {event.id: event.event_class for event in events}
    for event in events:
        if event.event_class in _REJECTING:
            for theme in event.theme:
                if kind.get(theme) in _ADDRESSED:
                    yield from ((theme, actor) for actor in event.actor)


def _told(article: Article, id_of: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Give what is told in the passive with those who tell it."""
    for frame in article.frames:
        if frame.pos != "verb" or article.knowledge.cues.reports(frame.lemma) is None:
            continue
        below = [filler.frame for filler in frame.fillers if filler.side == "clause" and filler.frame in id_of]
        for told in below:
            if told is not None and _is_passive(article.frames[told]):
                yield from ((id_of[told], who) for who in _subjects(article, frame))


def _named(article: Article, id_of: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Give what is called something with those who call it so: `called the arrest a setback`."""
    for frame in article.frames:
        if frame.pos == "verb" and frame.lemma in NAMING:
            named = [filler.frame for filler in frame.fillers if filler.side in _CALLED]
            for event in [id_of[one] for one in named if one is not None and one in id_of]:
                yield from ((event, who) for who in _subjects(article, frame))


def _is_passive(frame: Frame) -> bool:
    sides = {filler.side for filler in frame.fillers}
    return frame.pos == "verb" and "object" in sides and not sides & {"subject", "by"}


def _answered(article: Article, id_of: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Give what is retaliated for, and what that did, with those who retaliate."""
    for number, frame in enumerate(article.frames):
        if frame.lemma not in ANSWERING:
            continue
        doers = _subjects(article, frame)
        for above, _ in article.parents.get(number, ()):
            doers += _subjects(article, article.frames[above])
        for filler in frame.fillers:
            if filler.side in _TO and filler.frame is not None:
                for done in (filler.frame, *_done_by(article, filler.frame)):
                    if done in id_of:
                        yield from ((id_of[done], who) for who in doers)


def _done_by(article: Article, number: int) -> list[int]:
    """List the verbs of which an event is the subject: `an attack that killed 26 people`."""
    return [above for above, side in article.parents.get(number, ()) if side == "subject"]


def _subjects(article: Article, frame: Frame) -> list[str]:
    return [
        article.entity(chain)
        for filler in frame.fillers
        if filler.side in ("subject", "possessor")
        for chain in article.chains_at(filler)
    ]
