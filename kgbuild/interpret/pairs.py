"""How each thing of an article stands to each event: the features of the learned judge of roles.

A feature is a short name; a pair of event and thing has a set of them. Here the facts are found out, as marks;
`features` names them, and `judge` knows what they weigh.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kgbuild.interpret import features
from kgbuild.interpret.features import ROLES, SALIENT
from kgbuild.interpret.scene import Scene, Stands, Thing
from kgbuild.interpret.sums import Mark, spell
from kgbuild.model import Event

_NOWHERE: Mapping[str, Sequence[Stands]] = {}
_NEVER: Mapping[str, int] = {}


def candidates(scene: Scene, event: Event) -> Iterator[tuple[Thing, tuple[str, ...]]]:
    """Walk what may fill a role of an event, with features; events are candidates only near by."""
    context = Context(scene, event)
    for thing, gap in context.near:
        yield thing, tuple(sorted(set(spell(context.marks(thing, gap)))))


class Context:
    """Hold what the features of one event ask about.

    Attributes:
        near: what may fill a role, each with the number of sentences between the two.
        here: what of it is named in the event's sentences.
        owned: thing -> which roles of the event it holds, for those that hold any.
    """

    def __init__(self, scene: Scene, event: Event) -> None:
        self.scene, self.event = scene, event
        self.near = scene.near(event)
        self.frames = scene.frames_of.get(event.id, [])
        self.heading = scene.heading(event)
        article = scene.article
        self.pos = article.frames[self.frames[0]].pos if self.frames else "noun"
        self.here = [thing for thing, gap in self.near if not gap]
        self._counts = {kind: min(count, 4) for kind, count in Counter(thing.kind for thing in self.here).items()}
        held = {role: getattr(event, role) for role in ROLES}
        self.owned = {
            filler: tuple(role for role in ROLES if filler in held[role]) for one in held.values() for filler in one
        }
        self.sort: features.Sort = (self.heading, event.event_class, self.pos)
        self.held = tuple(map(bool, held.values()))
        self._beside = scene.beside(event)
        self._triggers = [(article.frames[frame].trigger.begin, scene.frame_in[frame]) for frame in self.frames[:4]]
        self.sides: dict[str, set[str]] = {}
        for frame in self.frames:
            self._walk(frame, "", 2)
            for parent, side in article.parents.get(frame, ())[:3]:
                self._note_parent(frame, parent, side)

    def _note(self, things: Sequence[str], side: str) -> None:
        """Note that some things stand at a side."""
        for thing in things:
            self.sides.setdefault(thing, set()).add(side)

    def _walk(self, frame: int, path: str, depth: int) -> None:
        """Note the sides below a frame, and below what stands at them."""
        who = self.scene.who
        for filler in self.scene.article.frames[frame].fillers:
            side = f"{path}{filler.side}"
            if filler.mention is not None:
                self._note(who.get(("m", filler.mention), ()), side)
                for link in self.scene.article.links_of.get(filler.mention, ()):
                    self._note(who.get(("m", link.dependent), ()), f"{side}/{link.kind}")
            if filler.frame is not None and filler.frame not in self.frames:
                self._note(who.get(("f", filler.frame), ()), side)
                if depth > 1:
                    self._walk(filler.frame, f"{side}>", depth - 1)

    def _note_parent(self, frame: int, parent: int, side: str) -> None:
        """Note the sides beside a frame: those of the frame above it."""
        who = self.scene.who
        self._note(who.get(("f", parent), ()), f"^{side}")
        event = self.scene.id_of.get(parent)
        told = self.scene.heading(self.scene.events[event]) if event in self.scene.events else "-"
        for filler in self.scene.article.frames[parent].fillers:
            if filler.frame == frame:
                continue
            if filler.mention is not None:
                self._note(who.get(("m", filler.mention), ()), f"^{side}:{filler.side}")
                self._note(who.get(("m", filler.mention), ()), f"^{told}:{side}:{filler.side}")
            elif filler.frame is not None:
                self._note(who.get(("f", filler.frame), ()), f"^{side}:{filler.side}")

    def marks(self, thing: Thing, gap: int) -> list[Mark]:
        """Give the marks of the event and one thing."""
        name, kind, sides = thing.id, thing.kind, self.sides.get(thing.id)
        heading, cls, pos = sort = self.sort
        roles, away, far = self.owned.get(name, ()), (gap if gap < 3 else 3), (gap if gap < 2 else 2)
        found: list[Mark] = [
            (features.kinds, kind, heading, cls, away),
            (features.company, kind, thing.named, away, self._counts.get(kind, 0), not roles),
            (features.salience, kind, heading, thing.rank if thing.rank < SALIENT else SALIENT, far),
            (features.filled, kind, heading, far, bool(roles), self.held),
            (features.ways, tuple(sorted(sides)), kind, sort) if sides else (features.apart, kind, pos),
        ]
        if roles:
            found.append((features.owned, kind, sort, roles))
        if name in self.scene.holders:
            found += self._elsewhere(name, roles)
        if not self.owned.keys().isdisjoint(self.scene.allies.get(name, ())):
            found += self._parties(thing)
        if not gap:
            found.append((features.beside, kind, self.pos, self._there(name)))
        return found

    def _elsewhere(self, name: str, own: tuple[str, ...]) -> Iterator[Mark]:
        """Mark the roles that the rules gave to the thing in other events: beside this one, or of its heading."""
        beside, alike = self._beside.get(name, _NOWHERE), self.scene.doing.get((name, self.heading), _NEVER)
        for role in ROLES:
            others = beside.get(role, ())
            near = sum([heading == self.heading for _, heading, _ in others]) if others else 0
            if alike.get(role, 0) - (role in own) > near:
                others = [*others, ("", self.heading, False)]
            if others:
                yield features.elsewhere, role, self.heading, bool(own), tuple(sorted(set(others)))

    def _parties(self, thing: Thing) -> Iterator[Mark]:
        """Mark whom the thing acts for, and who acts for it, among those that hold a role."""
        principals, agents = self.scene.parties[thing.id]
        for role in ROLES:
            held = getattr(self.event, role)
            agent, principal = not principals.isdisjoint(held), not agents.isdisjoint(held)
            if agent or principal:
                yield features.party, role, self.heading, thing.kind, agent, principal

    def _there(self, thing: str) -> tuple[tuple[bool, bool, str], ...]:
        """Tell on which sides of the triggers the thing stands in their sentences, and how near."""
        found = set()
        for trigger, sentence in self._triggers:
            here = self.scene.begins_in.get((thing, sentence))
            if here:
                near = min([abs(begin - trigger) for begin in here])
                size = "xs" if near < 15 else "s" if near < 40 else "m" if near < 90 else "l"
                found.add((here[0] < trigger, here[-1] > trigger, size))
        return tuple(sorted(found))
