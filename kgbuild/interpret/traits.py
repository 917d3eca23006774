"""What can be said of a pair of event and thing: the traits that the judge's network reads.

Where the features of `pairs` cross a few facts by hand, traits are plain and many, and the network crosses them: what
kind of event and of thing, the way from one to the other through the clauses, the words between them, what stands
beside them, who holds which role here and who does what elsewhere in the article.

Here the facts are found out, as marks; `spelling` names them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kgbuild.interpret import spelling
from kgbuild.interpret.features import ROLES
from kgbuild.interpret.scene import Thing
from kgbuild.interpret.spelling import length, share, size
from kgbuild.interpret.sums import Mark, spell
from kgbuild.interpret.surroundings import WORD, Surroundings
from kgbuild.model import Event

_RELATIVE = re.compile(r"\b(?:that|who|which)\b")
_AND = re.compile(r"\band\b")
_HERE: Mark = (spelling.distance, 0, 0)
_NOBODY: set[str] = set()
_SHOWN = 4
_FEW = 3


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
        self._close: dict[str, list[str]] = {}
        for other in around.next_to(event):
            for filler, role in self.scene.filled[other]:
                self._close.setdefault(filler, []).append(role)
        self.holders = frozenset[str]().union(*self.held.values())
        things_of = around.thing
        self._kinds_of = {
            role: [things_of[one].kind for one in held if one in things_of] for role, held in self.held.items()
        }
        self._shared: dict[str, list[Mark]] = {}
        sentences = self.scene.sentences_of
        self.kinds = Counter(thing.kind for thing in things if not self.told.isdisjoint(sentences[thing.id]))

    def of_event(self) -> list[str]:
        """Name what is true of the event beside any thing."""
        return spell(self.marks_of_event())

    def of(self, thing: Thing) -> list[str]:
        """Name what is true of the event and one thing."""
        return spell(self.marks(thing))

    def marks_of_event(self) -> Iterator[Mark]:
        """Mark what is true of the event beside any thing."""
        event, scene = self.event, self.scene
        frames = [self.article.frames[frame] for frame in self.frames]
        about = any(filler in scene.events for filler in event.theme)
        kind = self.heading, event.event_class, event.modality.value, str(event.polarity)
        yield spelling.told, *kind, about, self.before is not None
        poses = [frame.pos for frame in frames]
        title = any(frame.heading for frame in frames)
        yield spelling.words, poses[0], frames[0].lemma, size(len(frames)), "verb" in poses, "noun" in poses, title
        yield spelling.each, "rule", tuple(sorted({rule for frame in frames for rule in frame.rules}))
        yield spelling.each, "side", tuple(sorted({filler.side for frame in frames for filler in frame.fillers}))
        yield spelling.each, "under", tuple(sorted({scene.heading(one) for one in scene.parents.get(event.id, ())}))
        yield spelling.holders, tuple(size(len(held)) for held in self.held.values())
        yield spelling.company, tuple((kind, size(count)) for kind, count in sorted(self.kinds.items()))

    def marks(self, thing: Thing) -> list[Mark]:
        """Mark what is true of the event and one thing."""
        name, own = thing.id, thing.id in self.holders
        marks = [*self.around.standing(thing), self._distance(thing), self._paths(thing), (spelling.one, "own", own)]
        marks += self._other_event(thing) if thing.kind == "Event" else self._wording(thing)
        marks += [self._state(thing, role) for role in ROLES] if own else self._free(thing)
        if not self.holders.isdisjoint(self.around.company.get(name, ())):
            marks += self._beside(name)
        if name in self.scene.holders:
            marks += self._habits(name)
            marks += self._elsewhere(name)
        return marks

    def _distance(self, thing: Thing) -> Mark:
        """Mark how far away the thing is named."""
        sentences = self.scene.sentences_of[thing.id]
        if not self.told.isdisjoint(sentences):
            return _HERE
        gap, way = min((abs(there - here), there - here) for here in self.told for there in sentences)
        return spelling.distance, min(gap, 5), max(-3, min(3, way))

    def _paths(self, thing: Thing) -> Mark:
        """Mark the ways from the event's words to the thing's."""
        found = {self.paths[node] for node in self.around.nodes[thing.id] if node in self.paths}
        ways = sorted(found, key=lambda way: (len(way), way)) if len(found) > 1 else found
        return spelling.paths, size(len(ways)), tuple(ways)[:_SHOWN]

    def _wording(self, thing: Thing) -> Iterator[Mark]:
        """Mark the words between trigger and mention in one sentence; of a thing named elsewhere those before it."""
        found: list[tuple[int, int, int, int, int]] = []
        for frame in self.frames:
            trigger = self.article.frames[frame].trigger
            for begin, end, number in self.around.named.get((thing.id, self.scene.frame_in[frame]), ()):
                apart = begin - trigger.end if begin >= trigger.end else max(0, trigger.begin - end)
                found.append((apart, frame, begin, end, number))
        if found:
            yield from self._between(thing, *min(found))
            return
        sentence_of = self.around.mention_in
        near = min((abs(sentence_of[m] - told), m) for m in thing.mentions for told in self.told)[1]
        yield self.around.far(near)

    def _between(self, thing: Thing, apart: int, frame: int, begin: int, end: int, number: int) -> Iterator[Mark]:
        """Mark what stands between a trigger and a mention."""
        sentence, trigger = self.scene.frame_in[frame], self.article.frames[frame].trigger
        before = begin < trigger.begin
        low, high = (end, trigger.begin) if before else (trigger.end, begin)
        middle = self.article.document.text[low:high]
        yield spelling.apart, length(apart), before
        yield (
            spelling.signs,
            size(middle.count(",")),
            size(len(_AND.findall(middle))) if "and" in middle else 0,
            ";" in middle,
            ("that" in middle or "wh" in middle) and bool(_RELATIVE.search(middle)),
            "“" in middle or "”" in middle or '"' in middle,
            size(middle.count(" ") / 2),
        )
        triggers = sum([low <= place < high for place in self.around.triggers.get(sentence, ())])
        there = [entry for entry in self.around.here[sentence] if low <= entry[0] < high]
        rivals = sum([kind == thing.kind and name != thing.id for _, _, name, kind, _ in there])
        yield spelling.between, size(triggers), size(len(there)), size(rivals)
        yield from self.around.wording(number)
        if 0 < len(middle.split()) <= _FEW:
            yield spelling.one, "middle", " ".join(WORD.findall(middle.lower()))

    def _free(self, thing: Thing) -> list[Mark]:
        """Mark who holds the roles beside a thing that holds none; the same for all of its kind."""
        known = self._shared.get(thing.kind)
        if known is None:
            known = self._shared[thing.kind] = [self._state(thing, role) for role in ROLES]
        return known

    def _state(self, thing: Thing, role: str) -> Mark:
        """Mark whether the thing holds a role, and who else does."""
        own, alike = thing.id in self.held[role], self._kinds_of[role].count(thing.kind)
        return spelling.state, role, own, size(len(self.held[role]) - own), size(alike - own)

    def _beside(self, name: str) -> Iterator[Mark]:
        """Mark how the thing stands to others that hold a role."""
        around, linked = self.around, self.around.linked.get(name, ())
        others = [of.get(name, _NOBODY) for of in (around.beside, around.principals, around.agents)]
        for role, held in self.held.items():
            rest = held - {name}
            labels = tuple(sorted({label for label, other in linked if other in rest}))
            stands = [not rest.isdisjoint(some) for some in others]
            if labels or any(stands):
                yield spelling.to_holders, role, labels, *stands

    def _habits(self, name: str) -> Iterator[Mark]:
        """Mark how often the thing holds each role in other events."""
        here: Mapping[str, int] = self.scene.doing.get((name, self.heading), {})
        for role, count in self.around.holding[name].items():
            own = name in self.held[role]
            if count > own:
                again = here.get(role, 0) - own
                part = share(again / max(1, self.around.known[self.heading] - 1))
                before = self.before is not None and name in getattr(self.before, role)
                yield spelling.habit, role, size(count - own), size(again), part, before

    def _elsewhere(self, name: str) -> dict[Mark, None]:
        """Mark the roles that the thing has in the events above, below, beside and next in the text, each once."""
        marks: dict[Mark, None] = {}
        for role, others in self.scene.beside(self.event).get(name, {}).items():
            for stands, heading, same in others:
                how = "next" if stands == "beside" else stands
                marks[spelling.other_role, how, heading, role] = marks[spelling.stands, how, role] = None
                if same and heading == self.heading:
                    marks[spelling.stands, "twin", role] = None
        for role in self._close.get(name, ()):
            marks[spelling.stands, "close", role] = None
        return marks

    def _other_event(self, thing: Thing) -> Iterator[Mark]:
        """Mark how another event stands to this one."""
        scene, event, order = self.scene, self.event, self.around.order
        other = scene.events[thing.id]
        place = max(-3, min(3, order[other.id] - order[event.id]))
        shared = sum(len(self.held[role].intersection(getattr(other, role))) for role in ROLES)
        parent, taken = event.id in other.theme, bool(scene.parents.get(other.id))
        yield spelling.other_event, scene.heading(other), parent, taken, place, size(shared)
        ways = [w.begin - self.article.frames[frame].trigger.begin for w in thing.places for frame in self.frames]
        way = min(ways, key=lambda one: (abs(one), one), default=0)
        yield spelling.other_place, length(abs(way)), way < 0
