"""How each thing of an article stands to each event: the features of the learned judge of roles.

A feature is a short name; a pair of event and thing has a set of them. Nothing here sees weights: `judge` does.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kgbuild.interpret.article import Article
from kgbuild.model import Event, Where

ROLES = ("actor", "recipient", "theme", "place")
_REACH = 2
"""How many sentences away a thing may be named to be a candidate; those named most are candidates everywhere."""
_SALIENT = 4
_SIDES_SHOWN = 3


PlainKey = tuple[tuple[str, ...], int, int, tuple[bool, ...], tuple[bool, ...], int]
"""Kinds, distance, how many of the kind are near, which roles the thing holds, which are held, and its rank."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold a candidate: an entity with its mentions, or another event with its triggers."""

    id: str
    kind: str
    places: tuple[Where, ...]
    mentions: frozenset[int] = field(default=frozenset())
    frames: frozenset[int] = field(default=frozenset())
    rank: int = 99
    named: bool = False


class Scene:
    """Hold one article's events and things with what the features ask about."""

    def __init__(self, article: Article, events: Sequence[Event], id_of: dict[int, str]) -> None:
        self.article, self.events = article, {event.id: event for event in events}
        self.frames_of: dict[str, list[int]] = {}
        for frame in sorted(id_of):
            self.frames_of.setdefault(id_of[frame], []).append(frame)
        self.id_of = id_of
        self._begins = [where.begin for where in article.extraction.sentences]
        self.told_in: dict[str, set[int]] = {
            event.id: {self.sentence(article.frames[frame].trigger) for frame in self.frames_of.get(event.id, ())}
            for event in events
        }
        self.holds: dict[str, list[tuple[str, str]]] = {}
        for event in events:
            for role in ROLES:
                for filler in getattr(event, role):
                    self.holds.setdefault(filler, []).append((event.id, role))

    def sentence(self, where: Where) -> int:
        """Number the sentence around a place."""
        return bisect_right(self._begins, where.begin)

    def heading(self, event: Event) -> str:
        """Give the heading of an event's class."""
        return self.article.knowledge.frames.heading(event.event_class)

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """List all candidates: entities by their first mention, then events."""
        mentions: dict[str, set[int]] = {}
        kinds: dict[str, str] = {}
        named: set[str] = set()
        for number, chain in enumerate(self.article.extraction.chains):
            name = self.article.entity(number)
            mentions.setdefault(name, set()).update(chain.mentions)
            kinds.setdefault(name, chain.type.value)
            if chain.named:
                named.add(name)
        all_mentions = self.article.extraction.mentions
        order = sorted(mentions, key=lambda name: (-len(mentions[name]), min(mentions[name]), name))
        agents = [n for n in order if kinds[n] in ("Person", "Organization", "Country", "Group")]
        ranks = {name: rank for rank, name in enumerate(agents)}
        found = [
            Thing(
                name,
                kinds[name],
                tuple(sorted(all_mentions[m].where for m in mentions[name])),
                frozenset(mentions[name]),
                frozenset(),
                ranks.get(name, 99),
                name in named,
            )
            for name in sorted(mentions, key=lambda name: (min(mentions[name]), name))
        ]
        found += [
            Thing(
                event.id,
                "Event",
                tuple(self.article.frames[f].trigger for f in self.frames_of.get(event.id, ())),
                frozenset(),
                frozenset(self.frames_of.get(event.id, ())),
            )
            for event in self.events.values()
        ]
        return tuple(found)

    @cached_property
    def sentences_of(self) -> dict[str, frozenset[int]]:
        """Thing -> the sentences that name it."""
        return {thing.id: frozenset(self.sentence(where) for where in thing.places) for thing in self.things}

    def candidates(self, event: Event) -> Iterator[tuple[Thing, tuple[str, ...]]]:
        """Walk what may fill a role of an event, with features; events are candidates only near by."""
        for pair in self.pairs(event):
            yield pair.thing, tuple(sorted({*pair.plain(), *pair.own()}))

    def pairs(self, event: Event) -> Iterator["Pair"]:
        """Walk what may fill a role of an event."""
        told = self.told_in.get(event.id, set())
        held = {filler for role in ROLES for filler in getattr(event, role)}
        near: list[tuple[Thing, int]] = []
        for thing in self.things:
            if thing.id == event.id or not thing.places or not told:
                continue
            gap = min(abs(a - b) for a in told for b in self.sentences_of[thing.id])
            reach = 0 if thing.kind == "Event" else _REACH
            if thing.id in held or gap <= reach or thing.rank < _SALIENT:
                near.append((thing, gap))
        context = Context(self, event, [thing for thing, gap in near if gap == 0])
        for thing, gap in near:
            yield Pair(context, thing, gap)

    @cached_property
    def parties(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Thing -> whom it acts for, and who acts for it."""
        article = self.article
        of = {t.id: {c for m in t.mentions for c in article.chains_of.get(m, ())} for t in self.things}
        agents: dict[int, set[str]] = {}
        for chain, owners in article.acts_for.items():
            for owner in owners:
                agents.setdefault(owner, set()).add(article.entity(chain))
        return {
            name: (
                frozenset(article.entity(p) for c in chains for p in article.acts_for.get(c, ())),
                frozenset(agent for c in chains for agent in agents.get(c, ())),
            )
            for name, chains in of.items()
        }


class Context:
    """Hold what the features of one event ask about."""

    def __init__(self, scene: Scene, event: Event, here: Sequence[Thing]) -> None:
        self.scene, self.event = scene, event
        self.frames = scene.frames_of.get(event.id, [])
        self.heading = scene.heading(event)
        article = scene.article
        self.pos = article.frames[self.frames[0]].pos if self.frames else "noun"
        self.kinds = Counter(thing.kind for thing in here)
        self.sides_of_mention: dict[int, list[str]] = {}
        self.sides_of_frame: dict[int, list[str]] = {}
        for frame in self.frames:
            self._walk(frame, "", 2)
            for parent, side in article.parents.get(frame, ())[:3]:
                self._note_parent(frame, parent, side)

    def _walk(self, frame: int, path: str, depth: int) -> None:
        """Note the sides below a frame, and below what stands at them."""
        for filler in self.scene.article.frames[frame].fillers:
            side = f"{path}{filler.side}"
            if filler.mention is not None:
                self.sides_of_mention.setdefault(filler.mention, []).append(side)
                for link in self.scene.article.links_of.get(filler.mention, ()):
                    self.sides_of_mention.setdefault(link.dependent, []).append(f"{side}/{link.kind}")
            if filler.frame is not None and filler.frame not in self.frames:
                self.sides_of_frame.setdefault(filler.frame, []).append(side)
                if depth > 1:
                    self._walk(filler.frame, f"{side}>", depth - 1)

    def _note_parent(self, frame: int, parent: int, side: str) -> None:
        """Note the sides beside a frame: those of the frame above it."""
        self.sides_of_frame.setdefault(parent, []).append(f"^{side}")
        event = self.scene.id_of.get(parent)
        told = self.scene.heading(self.scene.events[event]) if event in self.scene.events else "-"
        for filler in self.scene.article.frames[parent].fillers:
            if filler.frame == frame:
                continue
            if filler.mention is not None:
                self.sides_of_mention.setdefault(filler.mention, []).append(f"^{side}:{filler.side}")
                self.sides_of_mention.setdefault(filler.mention, []).append(f"^{told}:{side}:{filler.side}")
            elif filler.frame is not None:
                self.sides_of_frame.setdefault(filler.frame, []).append(f"^{side}:{filler.side}")

    def key(self, thing: Thing, gap: int) -> PlainKey:
        """Give all that the plain features of a pair depend on; pairs of many articles have the same."""
        own = tuple(thing.id in getattr(self.event, role) for role in ROLES)
        full = tuple(bool(getattr(self.event, role)) for role in ROLES)
        known = (thing.kind, self.heading, self.event.event_class, self.pos, str(thing.named))
        return known, min(gap, 3), min(self.kinds[thing.kind], 4), own, full, min(thing.rank, _SALIENT)

    def far(self, thing: Thing, gap: int) -> bool:
        """Tell a pair of which nothing is true alone: another sentence, no way between the two, no other role."""
        return (
            gap > 0
            and thing.id not in self.scene.holds
            and not any(self.scene.parties[thing.id])
            and self.sides_of_mention.keys().isdisjoint(thing.mentions)
            and self.sides_of_frame.keys().isdisjoint(thing.frames)
        )

    def own(self, thing: Thing, gap: int) -> Iterator[str]:
        """Name what is true of this pair alone: the ways between the two, and what else the thing does."""
        yield from self._syntax(thing)
        yield from self._elsewhere(thing)
        yield from self._parties(thing)
        if not gap:
            yield from self._beside(thing)

    def _syntax(self, thing: Thing) -> Iterator[str]:
        """Name the paths from the event's words to the thing's."""
        sides = [s for m in sorted(thing.mentions) for s in self.sides_of_mention.get(m, ())]
        sides += [s for f in sorted(thing.frames) for s in self.sides_of_frame.get(f, ())]
        if not sides:
            yield f"s=none t={thing.kind} p={self.pos}"
        for side in sorted(set(sides)):
            yield f"s={side}"
            yield f"s={side} p={self.pos} t={thing.kind}"
            yield f"s={side} h={self.heading}"
            if ">" not in side and "^" not in side:
                yield f"s={side} c={self.event.event_class} t={thing.kind}"

    def _elsewhere(self, thing: Thing) -> Iterator[str]:
        """Name the roles that the rules gave to the thing in other events."""
        own = "own" if any(thing.id in getattr(self.event, role) for role in ROLES) else "new"
        told = self.scene.told_in[self.event.id]
        for event, role in self.scene.holds.get(thing.id, ()):
            if event == self.event.id:
                continue
            other = self.scene.events[event]
            same = bool(told & self.scene.told_in[event])
            heading = self.scene.heading(other)
            if self.event.id in other.theme:
                yield f"above={heading}:{role}"
                yield f"above:{role} h={self.heading}"
            elif event in self.event.theme:
                yield f"below={heading}:{role}"
                yield f"below:{role} h={self.heading}"
            elif same:
                yield f"beside={heading}:{role} h={self.heading}"
                yield f"beside:{role}"
            if heading == self.heading:
                yield f"again:{role} h={heading}"
                yield f"again:{role} {'same' if same else 'far'} {own}"

    def _parties(self, thing: Thing) -> Iterator[str]:
        """Name whom the thing acts for, and who acts for it, among those that hold a role."""
        principals, agents = self.scene.parties[thing.id]
        for role in ROLES:
            for filler in getattr(self.event, role):
                if filler in principals:
                    yield f"acts for {role}"
                    yield f"acts for {role} h={self.heading} t={thing.kind}"
        for role in ROLES:
            for filler in getattr(self.event, role):
                if filler in agents:
                    yield f"owns {role}"
                    yield f"owns {role} h={self.heading} t={thing.kind}"

    def _beside(self, thing: Thing) -> Iterator[str]:
        """Name on which side of the trigger the thing stands in its sentence, and how near."""
        article = self.scene.article
        for frame in self.frames[:4]:
            trigger = article.frames[frame].trigger
            sentence = self.scene.sentence(trigger)
            here = [w for w in thing.places if self.scene.sentence(w) == sentence]
            before = any(w.begin < trigger.begin for w in here)
            after = any(w.begin > trigger.begin for w in here)
            if here:
                near = min(abs(w.begin - trigger.begin) for w in here)
                size = "xs" if near < 15 else "s" if near < 40 else "m" if near < 90 else "l"
                yield f"at={'b' if before else ''}{'a' if after else ''} p={self.pos} t={thing.kind}"
                yield f"near={size}"
                yield f"near={size} {'b' if before else 'a'} t={thing.kind}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold one event and one thing that may fill a role of it, with the number of sentences between them."""

    context: Context
    thing: Thing
    gap: int

    def key(self) -> PlainKey:
        """Give all that `plain` depends on."""
        return self.context.key(self.thing, self.gap)

    def far(self) -> bool:
        """Tell whether `own` names nothing but what follows from `key`."""
        return self.context.far(self.thing, self.gap)

    def plain(self) -> Iterator[str]:
        """Name the plain features: what kinds of event and thing they are, how far apart, and which roles are held."""
        return plain_features(self.key())

    def own(self) -> Iterator[str]:
        """Name the features of this pair alone."""
        return self.context.own(self.thing, self.gap)


def plain_features(key: PlainKey) -> Iterator[str]:
    """Name the features that many pairs share, so that they need be weighed only once."""
    (kind, heading, cls, pos, named), gap, count, owned, filled, ranked = key
    yield from (f"t={kind}", f"h={heading}", f"t={kind} h={heading}", f"t={kind} c={cls}")
    yield from (f"gap={gap}", f"gap={gap} t={kind}", f"gap={gap} t={kind} h={heading}", f"gap={gap} n={count} t={kind}")
    own = "own" if any(owned) else "new"
    for role, held in zip(ROLES, owned, strict=True):
        if held:
            yield from (f"r={role}", f"r={role} h={heading}", f"r={role} t={kind}", f"r={role} p={pos}")
    if not any(owned):
        yield from ("r=none", f"r=none t={kind} gap={gap}")
    for role, full in zip(ROLES, filled, strict=True):
        state = "full" if full else "free"
        yield from (f"{role}={state}", f"{role}={state} t={kind} {own}")
        yield f"{role}={state} h={heading} t={kind} gap={min(gap, 2)} {own}"
    rank = str(ranked) if ranked < _SALIENT else "low"
    yield from (f"rank={rank} gap={min(gap, 2)}", f"rank={rank} t={kind} h={heading}", f"named={named} t={kind}")
