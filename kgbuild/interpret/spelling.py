"""The names of the traits that the judge's network reads, by what they depend on.

A trait is a plain fact under a short name. Each function here names those that depend on its arguments; `traits` finds
out the arguments for a pair of event and thing. No two functions give a pair the same name.
"""

import math
from collections.abc import Iterator

from kgbuild.interpret.features import ROLES

Way = tuple[str, ...]


def size(count: float) -> int:
    """Give a count, five and more as one."""
    return int(count) if count < 5 else 5


def length(characters: int) -> float:
    """Give a distance in characters, on the scale of its logarithm."""
    return round(math.log1p(max(0, characters)) * 2) / 2


def share(part: float) -> float:
    """Give a share in tenths."""
    return round(part, 1)


def one(label: str, fact: object) -> tuple[str, ...]:
    """Name a fact that stands alone."""
    return (f"{label}={fact}",)


def told(heading: str, cls: str, modality: str, polarity: str, about: bool, again: bool) -> tuple[str, ...]:
    """Name what kind of event it is, how it is told, whether it is about another, and whether there was one before."""
    return (f"h={heading}", f"c={cls}", f"mod={modality}", f"neg={polarity}", f"about={about}", f"again={again}")


def words(pos: str, lemma: str, count: int, verb: bool, noun: bool, title: bool) -> tuple[str, ...]:
    """Name the words that tell the event: the first, how many, and what there is among them."""
    return (f"pos={pos}", f"lem={lemma}", f"told={count}", f"verb={verb}", f"noun={noun}", f"title={title}")


def each(label: str, facts: tuple[str, ...]) -> Iterator[str]:
    """Name facts of one sort."""
    return (f"{label}={fact}" for fact in facts)


def holders(counts: tuple[int, ...]) -> Iterator[str]:
    """Name how many hold each role."""
    return (f"n_{role}={count}" for role, count in zip(ROLES, counts, strict=True))


def company(kinds: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """Name how many things of each kind are in the event's sentences."""
    return (f"here_{kind}={count}" for kind, count in kinds)


def standing(kind: str, named: bool, rank: int, mentions: int, sentences: int, opening: bool) -> Iterator[str]:
    """Name what the thing is, and how much of the article is about it."""
    yield from (f"k={kind}", f"named={named}", f"rank={rank}", f"size={mentions}", f"in={sentences}")
    yield f"opening={opening}"


def distance(gap: int, way: int) -> tuple[str, ...]:
    """Name how many sentences away the thing is named, and in which direction."""
    return (f"gap={gap}", f"way={way}")


def noun(number: str, hidden: bool) -> tuple[str, ...]:
    """Name what the first mention of a thing is, and whether no mention can be read."""
    return (f"number={number}", f"hidden={hidden}")


def paths(count: int, shown: tuple[Way, ...]) -> Iterator[str]:
    """Name the ways from the event's words to the thing's, the shortest first."""
    yield f"steps={len(shown[0]) if shown else 'none'}"
    yield f"ways={count}"
    for way in shown:
        yield f"p={'>'.join(way)}"
        yield "q=" + ">".join(_kind_of_step(step) for step in way)
        if way:
            yield from (f"p1={way[0]}", f"p9={way[-1]}", f"p19={way[0]}>..>{way[-1]}", f"p89={'>'.join(way[-2:])}")


def _kind_of_step(step: str) -> str:
    """Tell a step up, down and across a link."""
    return "~" if "~" in step else step[0] if step.startswith("^") else "_"


def apart(space: float, before: bool) -> tuple[str, ...]:
    """Name how far apart trigger and mention stand in one sentence, and which comes first."""
    return (f"apart={space}", f"to={'b' if before else 'a'}{space}", f"before={before}")


def signs(commas: int, ands: int, semicolon: bool, relative: bool, quote: bool, count: int) -> Iterator[str]:
    """Name the signs between trigger and mention, and how many words there are in pairs."""
    yield from (f"commas={commas}", f"and={ands}", f"semi={semicolon}", f"that={relative}", f"quote={quote}")
    yield f"words={count}"


def between(triggers: int, mentions: int, rivals: int) -> tuple[str, ...]:
    """Name how many triggers, mentions, and mentions of other things of the kind stand between the two."""
    return (f"frames={triggers}", f"mentions={mentions}", f"rivals={rivals}")


def place(at: float, kind: str, hidden: bool, pronoun: bool) -> tuple[str, ...]:
    """Name where in its sentence the mention stands, and what it is."""
    return (f"at={at}", f"kind={kind}", f"cut={hidden}", f"pronoun={pronoun}")


def far(word: str, at: float, kind: str) -> tuple[str, ...]:
    """Name the word before the nearest mention in another sentence, what it is and where it stands there."""
    return (f"far={word}", f"far kind={kind}", f"far at={at}")


def state(role: str, own: bool, rest: int, alike: int) -> Iterator[str]:
    """Name whether the thing holds a role, how many others do, and how many of those are of its kind."""
    yield from (f"own_{role}={own}", f"rest_{role}={rest}", f"alike_{role}={alike}")
    if own and rest:
        yield f"one of {role}"


def to_holders(role: str, linked: tuple[str, ...], beside: bool, principal: bool, agent: bool) -> Iterator[str]:
    """Name how the thing stands to others that hold a role."""
    if beside:
        yield f"beside_{role}"
    yield from (f"linked_{role}={label}" for label in linked)
    if principal:
        yield f"for_{role}"
    if agent:
        yield f"owns_{role}"


def habit(role: str, total: int, again: int, part: float, before: bool) -> Iterator[str]:
    """Name how often the thing holds a role elsewhere, and in events of the heading, and whether in the last one."""
    if total:
        yield f"total_{role}={total}"
    if again:
        yield from (f"again_{role}={again}", f"mostly_{role}={part}")
    if before:
        yield f"before_{role}"


def other_role(how: str, heading: str, role: str) -> tuple[str, ...]:
    """Name a role that the thing has in an event above, below or beside."""
    return (f"{how}={heading}:{role}",)


def stands(how: str, role: str) -> tuple[str, ...]:
    """Name a role in some event above, below, beside, of the same heading there, or next in the article."""
    return (f"{how}_{role}",)


def other_event(heading: str, parent: bool, taken: bool, order: int, shared: int) -> tuple[str, ...]:
    """Name how another event stands to this one."""
    return (f"event={heading}", f"parent={parent}", f"taken={taken}", f"order={order}", f"shared={shared}")


def other_place(space: float, before: bool) -> tuple[str, ...]:
    """Name how far another event's trigger is, and in which direction."""
    return (f"apart={space}", f"to={'b' if before else 'a'}{space}")
