"""What can be said of a pair of event and thing: the traits that the judge's network reads.

Where the features of `pairs` cross a few facts by hand, traits are plain and many, and the network crosses them: what
kind of event and of thing, the way from one to the other through the clauses, the words between them, what stands
beside them, who holds which role here and who does what elsewhere in the article.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kgbuild.interpret.pairs import ROLES, Thing
from kgbuild.interpret.surroundings import Surroundings, nodes_of
from kgbuild.model import Event, MentionKind

_WORD = re.compile(r"[\w'’.-]+|[^\w\s]")
_RELATIVE = re.compile(r"\b(?:that|who|which)\b")
_AND = re.compile(r"\band\b")
_DETERMINERS = frozenset("the a an its their his her our this that these those some both all".split())
_SHOWN = 4
_OPENING = frozenset({1, 2})
"""The sentences that a title or a first line fills."""
_FEW = 3


def _size(count: float) -> str:
    """Name a count, five and more as one."""
    return str(int(min(count, 5)))


def _length(characters: int) -> str:
    """Name a distance in characters, on the scale of its logarithm."""
    return str(round(math.log1p(max(0, characters)) * 2) / 2)


def _share(part: float) -> str:
    """Name a share in tenths."""
    return str(round(part, 1))


class Traits:
    """Describe one event beside one thing after another."""

    def __init__(self, around: Surroundings, event: Event, things: Sequence[Thing]) -> None:
        self.around, self.event = around, event
        self.article, self.scene = around.article, around.scene
        self.frames = self.scene.frames_of.get(event.id, [])
        self.told = self.scene.told_in[event.id]
        self.heading = self.scene.heading(event)
        self.held = {role: frozenset(getattr(event, role)) for role in ROLES}
        self.paths = around.paths(self.frames)
        self.before = around.before(event)
        self._shared: dict[tuple[str, str], tuple[str, str, str]] = {}
        self.kinds = Counter(t.kind for t in things if self.told & self.scene.sentences_of[t.id])

    def of_event(self) -> Iterator[str]:
        """Name what is true of the event beside any thing."""
        event, frames = self.event, [self.article.frames[frame] for frame in self.frames]
        yield from (
            f"h={self.heading}",
            f"c={event.event_class}",
            f"mod={event.modality.value}",
            f"neg={event.polarity}",
        )
        yield from (f"pos={frames[0].pos}", f"lem={frames[0].lemma}", f"told={_size(len(frames))}")
        yield from (f"{name}={any(frame.pos == name for frame in frames)}" for name in ("verb", "noun"))
        yield f"title={any(frame.heading for frame in frames)}"
        yield from (f"rule={rule}" for frame in frames for rule in frame.rules)
        yield from (f"side={filler.side}" for frame in frames for filler in frame.fillers)
        yield from (f"n_{role}={_size(len(self.held[role]))}" for role in ROLES)
        yield f"about={any(filler in self.scene.events for filler in event.theme)}"
        yield from (f"under={self.scene.heading(other)}" for other in self.around.parents.get(event.id, ()))
        yield from (f"here_{kind}={_size(count)}" for kind, count in sorted(self.kinds.items()))
        yield f"again={self.before is not None}"

    def of(self, thing: Thing) -> Iterator[str]:
        """Name what is true of the event and one thing."""
        yield from self._standing(thing)
        yield from self._syntax(thing)
        if thing.kind == "Event":
            yield from self._other_event(thing)
        else:
            yield from self._wording(thing)
        for role in ROLES:
            yield from self._role(thing, role)
        yield from self._elsewhere(thing)

    def _standing(self, thing: Thing) -> Iterator[str]:
        """Name what the thing is, how much of the article is about it, and how far away it is named."""
        sentences = self.scene.sentences_of[thing.id]
        gap, way = min((abs(there - here), there - here) for here in self.told for there in sentences)
        yield from (f"k={thing.kind}", f"gap={min(gap, 5)}", f"way={max(-3, min(3, way))}", f"named={thing.named}")
        yield from (f"rank={min(thing.rank, 5)}", f"size={_size(len(thing.places))}", f"in={_size(len(sentences))}")
        yield f"first={_share(min(sentences) / max(1, len(self.article.extraction.sentences)))}"
        yield f"opening={bool(sentences & _OPENING)}"
        if thing.mentions:
            mentions = self.article.extraction.mentions
            mention = mentions[min(thing.mentions)]
            yield f"number={mention.number}"
            yield f"lemma={'*' if thing.named else mention.lemma}"
            yield f"hidden={all(mentions[number].hidden for number in thing.mentions)}"

    def _syntax(self, thing: Thing) -> Iterator[str]:
        """Name the ways from the event's words to the thing's."""
        found = {self.paths[node] for node in nodes_of(thing) if node in self.paths}
        ways = sorted(found, key=lambda way: (len(way), way))
        yield f"steps={len(ways[0]) if ways else 'none'}"
        yield f"ways={_size(len(ways))}"
        for way in ways[:_SHOWN]:
            yield f"p={'>'.join(way)}"
            yield "q=" + ">".join(_kind_of_step(step) for step in way)
            if way:
                yield from (f"p1={way[0]}", f"p9={way[-1]}", f"p19={way[0]}>..>{way[-1]}", f"p89={'>'.join(way[-2:])}")

    def _wording(self, thing: Thing) -> Iterator[str]:
        """Name the words between trigger and mention in one sentence; of a thing named elsewhere those before it."""
        mentions, text = self.article.extraction.mentions, self.article.document.text
        found: list[tuple[int, int, int, int, int]] = []
        for frame in self.frames:
            trigger = self.article.frames[frame].trigger
            for begin, end, name, _, number in self.around.here.get(self.around.frame_in[frame], ()):
                if name == thing.id:
                    apart = begin - trigger.end if begin >= trigger.end else max(0, trigger.begin - end)
                    found.append((apart, frame, begin, end, number))
        if found:
            yield from self._between(thing, *min(found))
            return
        near = min((abs(self.around.mention_in[m] - told), m) for m in thing.mentions for told in self.told)[1]
        mention = mentions[near]
        yield f"far={_word_before(text, mention.where.begin)[0]}"
        yield f"far kind={mention.kind.value}"
        yield f"far at={_length(mention.where.begin - mention.sentence.begin)}"

    def _between(self, thing: Thing, apart: int, frame: int, begin: int, end: int, number: int) -> Iterator[str]:
        """Name what stands between a trigger and a mention."""
        text, sentence = self.article.document.text, self.around.frame_in[frame]
        trigger, mention = self.article.frames[frame].trigger, self.article.extraction.mentions[number]
        before = begin < trigger.begin
        low, high = (end, trigger.begin) if before else (trigger.end, begin)
        middle = text[low:high]
        yield from (f"apart={_length(apart)}", f"to={'b' if before else 'a'}{_length(apart)}", f"before={before}")
        yield from (
            f"commas={_size(middle.count(','))}",
            f"and={_size(len(_AND.findall(middle)))}",
            f"semi={';' in middle}",
        )
        yield from (f"that={bool(_RELATIVE.search(middle))}", f"quote={any(mark in middle for mark in '“”' + chr(34))}")
        yield f"words={_size(middle.count(' ') / 2)}"
        yield f"frames={_size(sum(low <= place < high for place in self.around.triggers.get(sentence, ())))}"
        there = [entry for entry in self.around.here.get(sentence, ()) if low <= entry[0] < high]
        yield f"mentions={_size(len(there))}"
        yield f"rivals={_size(sum(entry[3] == thing.kind and entry[2] != thing.id for entry in there))}"
        first, second = _word_before(text, begin)
        yield from (f"w1={first}", f"w2={second}", f"after={_word_after(text, end)}")
        if 0 < len(middle.split()) <= _FEW:
            yield f"middle={' '.join(_WORD.findall(middle.lower()))}"
        yield f"at={_length(begin - mention.sentence.begin)}"
        yield from (
            f"kind={mention.kind.value}",
            f"cut={mention.hidden}",
            f"pronoun={mention.kind is MentionKind.PRONOUN}",
        )

    def _role(self, thing: Thing, role: str) -> Iterator[str]:
        """Name how the thing stands to those who hold a role, and how often it holds that role elsewhere."""
        around, held, name = self.around, self.held[role], thing.id
        own = name in held
        rest = held - {name} if own else held
        yield from self._state(thing.kind, role, rest, own=own)
        if own and rest:
            yield f"one of {role}"
        if rest:
            if not rest.isdisjoint(around.beside.get(name, ())):
                yield f"beside_{role}"
            yield from (f"linked_{role}={label}" for label, other in around.linked.get(name, ()) if other in rest)
            if not rest.isdisjoint(around.principals.get(name, ())):
                yield f"for_{role}"
            if not rest.isdisjoint(around.agents.get(name, ())):
                yield f"owns_{role}"
        total = sum(holder == role for _, holder in self.scene.holds.get(name, ())) - own
        again = around.doing.get((name, self.heading), Counter())[role] - own
        if total:
            yield f"total_{role}={_size(total)}"
        if again:
            yield f"again_{role}={_size(again)}"
            yield f"mostly_{role}={_share(again / max(1, around.known[self.heading] - 1))}"
        if self.before is not None and name in getattr(self.before, role):
            yield f"before_{role}"

    def _state(self, kind: str, role: str, rest: frozenset[str], *, own: bool) -> tuple[str, str, str]:
        """Name who else holds a role; for all things of a kind that do not hold it themselves the same."""
        known = None if own else self._shared.get((role, kind))
        if known is None:
            thing = self.around.thing
            alike = sum(other in thing and thing[other].kind == kind for other in rest)
            known = f"own_{role}={own}", f"rest_{role}={_size(len(rest))}", f"alike_{role}={_size(alike)}"
            if not own:
                self._shared[role, kind] = known
        return known

    def _elsewhere(self, thing: Thing) -> Iterator[str]:
        """Name the roles that the thing has in the events above, below and beside."""
        yield f"own={any(thing.id in held for held in self.held.values())}"
        place = self.around.order[self.event.id]
        for number, role in self.scene.holds.get(thing.id, ()):
            if number == self.event.id:
                continue
            other = self.scene.events[number]
            heading, same = self.scene.heading(other), bool(self.told & self.scene.told_in[number])
            how = "above" if self.event.id in other.theme else "below" if number in self.event.theme else ""
            how = how or ("next" if same else "")
            if how:
                yield from (f"{how}={heading}:{role}", f"{how}_{role}")
            if same and heading == self.heading:
                yield f"twin_{role}"
            if abs(self.around.order[number] - place) == 1:
                yield f"close_{role}"

    def _other_event(self, thing: Thing) -> Iterator[str]:
        """Name how another event stands to this one."""
        other = self.scene.events[thing.id]
        yield f"event={self.scene.heading(other)}"
        yield f"parent={self.event.id in other.theme}"
        yield f"taken={bool(self.around.parents.get(other.id))}"
        yield f"order={max(-3, min(3, self.around.order[other.id] - self.around.order[self.event.id]))}"
        yield f"shared={_size(sum(len(self.held[role].intersection(getattr(other, role))) for role in ROLES))}"
        ways = [w.begin - self.article.frames[frame].trigger.begin for w in thing.places for frame in self.frames]
        way = min(ways, key=lambda one: (abs(one), one), default=0)
        yield from (f"apart={_length(abs(way))}", f"to={'b' if way < 0 else 'a'}{_length(abs(way))}")


def _kind_of_step(step: str) -> str:
    """Tell a step up, down and across a link."""
    return "~" if "~" in step else step[0] if step.startswith("^") else "_"


def _word_before(text: str, begin: int) -> tuple[str, str]:
    """Give the two words before a place, determiners passed over."""
    words = [w for w in _WORD.findall(text[max(0, begin - 40) : begin].lower()) if w not in _DETERMINERS]
    return (words[-1] if words else "^"), (words[-2] if len(words) > 1 else "^")


def _word_after(text: str, end: int) -> str:
    """Give the word behind a place."""
    words = _WORD.findall(text[end : end + 25].lower())
    return words[0] if words else "$"
