"""How each thing of an article stands to each event: the features of the learned judge of roles.

A feature is a short name; a pair of event and thing has a set of them. Nothing here sees weights: `judge` does.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from kgbuild.interpret import features
from kgbuild.interpret.article import Article
from kgbuild.interpret.features import ROLES, SALIENT
from kgbuild.interpret.sums import Mark, spell
from kgbuild.model import Event, Where

__all__ = ["ROLES", "Context", "Scene", "Thing"]
_PLACE = attrgetter("begin", "end")
_REACH = 2
"""How many sentences away a thing may be named to be a candidate; those named most are candidates everywhere."""


Node = tuple[str, int]
"""A frame (`f`) or a mention (`m`), by its number."""

Elsewhere = Mapping[str, Mapping[str, tuple[tuple[str, str, bool], ...]]]
"""Thing -> role -> how each event in which it has the role stands to some event, its heading, and whether one sentence
tells both."""
_NOWHERE: Mapping[str, tuple[tuple[str, str, bool], ...]] = {}


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


def nodes_of(thing: Thing) -> list[Node]:
    """List the nodes at which a thing stands."""
    return [("m", mention) for mention in sorted(thing.mentions)] + [("f", frame) for frame in sorted(thing.frames)]


class Scene:
    """Hold one article's events and things with what the features ask about.

    Attributes:
        frames_of, id_of: event -> the frames that tell it, and back.
        told_in: event -> the sentences that tell it.
        filled: event -> what the rules put into its roles.
        holders: the things that hold any role of any event.
    """

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
        self.filled: dict[str, list[tuple[str, str]]] = {
            event.id: [(filler, role) for role in ROLES for filler in getattr(event, role)] for event in events
        }
        self.holders = {filler for filled in self.filled.values() for filler, _ in filled}
        self._arounds: dict[int, dict[int, int]] = {}
        self._elsewheres: dict[str, Elsewhere] = {}

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
        begun = sorted((min(numbers), name) for name, numbers in mentions.items())
        order = [name for _, _, name in sorted((-len(mentions[name]), first, name) for first, name in begun)]
        agents = [n for n in order if kinds[n] in ("Person", "Organization", "Country", "Group")]
        ranks = {name: rank for rank, name in enumerate(agents)}
        found = [
            Thing(
                name,
                kinds[name],
                tuple(sorted((all_mentions[m].where for m in mentions[name]), key=_PLACE)),
                frozenset(mentions[name]),
                frozenset(),
                ranks.get(name, 99),
                name in named,
            )
            for _, name in begun
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

    @cached_property
    def who(self) -> dict[Node, list[str]]:
        """Node -> the things that stand at it."""
        found: dict[Node, list[str]] = {}
        for thing in self.things:
            for node in nodes_of(thing):
                found.setdefault(node, []).append(thing.id)
        return found

    @cached_property
    def frame_in(self) -> list[int]:
        """Frame -> its sentence."""
        return [self.sentence(frame.trigger) for frame in self.article.frames]

    @cached_property
    def begins_in(self) -> dict[tuple[str, int], list[int]]:
        """Thing and sentence -> where the thing is named there, in text order."""
        found: dict[tuple[str, int], list[int]] = {}
        for thing in self.things:
            for where in sorted(thing.places, key=_PLACE):
                found.setdefault((thing.id, self.sentence(where)), []).append(where.begin)
        return found

    @cached_property
    def _alike(self) -> dict[str | int, list[str]]:
        """Heading or sentence -> the events of the heading, and those told in the sentence."""
        found: dict[str | int, list[str]] = {}
        for event in self.events.values():
            for sentence in self.told_in[event.id]:
                found.setdefault(sentence, []).append(event.id)
            found.setdefault(self.heading(event), []).append(event.id)
        return found

    @cached_property
    def parents(self) -> dict[str, list[Event]]:
        """Event -> the events that it is a theme of."""
        found: dict[str, list[Event]] = {}
        for event in self.events.values():
            for filler in event.theme:
                if filler in self.events:
                    found.setdefault(filler, []).append(event)
        return found

    def elsewhere(self, event: Event) -> Elsewhere:
        """Give the roles that things have in events above, below and beside one, and in others of its heading."""
        known = self._elsewheres.get(event.id)
        if known is None:
            known = self._elsewheres[event.id] = self._find_elsewhere(event)
        return known

    def _find_elsewhere(self, event: Event) -> Elsewhere:
        same = {name for sentence in self.told_in[event.id] for name in self._alike[sentence]}
        above = {parent.id for parent in self.parents.get(event.id, ())}
        below = {filler for filler in event.theme if filler in self.events}
        found: dict[str, dict[str, set[tuple[str, str, bool]]]] = {}
        for name in {*same, *above, *below, *self._alike[self.heading(event)]} - {event.id}:
            other = self.events[name]
            how = "above" if name in above else "below" if name in below else "beside" if name in same else ""
            stands = how, self.heading(other), name in same
            for filler, role in self.filled[name]:
                found.setdefault(filler, {}).setdefault(role, set()).add(stands)
        return {thing: {role: tuple(sorted(some)) for role, some in roles.items()} for thing, roles in found.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Thing -> its place among all."""
        return {thing.id: number for number, thing in enumerate(self.things)}

    @cached_property
    def _named_in(self) -> dict[int, list[int]]:
        """Sentence -> the things that it names."""
        found: dict[int, list[int]] = {}
        for number, thing in enumerate(self.things):
            for sentence in self.sentences_of[thing.id]:
                found.setdefault(sentence, []).append(number)
        return found

    def candidates(self, event: Event) -> Iterator[tuple[Thing, tuple[str, ...]]]:
        """Walk what may fill a role of an event, with features; events are candidates only near by."""
        context = Context(self, event)
        for thing, gap in context.near:
            yield thing, tuple(sorted(set(spell(context.marks(thing, gap)))))

    def near(self, event: Event) -> list[tuple[Thing, int]]:
        """List what may fill a role of an event, each with the number of sentences between the two."""
        told, things = sorted(self.told_in.get(event.id, ())), self.things
        gaps = dict(self._around(told[0])) if told else {}
        for here in told[1:]:
            for number, gap in self._around(here).items():
                gaps[number] = min(gap, gaps.get(number, gap))
        for filler in {filler for role in ROLES for filler in getattr(event, role)}:
            number = self._numbers.get(filler, -1)
            if number >= 0 and number not in gaps and things[number].places and told:
                gaps[number] = min(self._gap(number, here) for here in told)
        return [(things[number], gaps[number]) for number in sorted(gaps) if things[number].id != event.id]

    def _around(self, here: int) -> dict[int, int]:
        """Number the things that are near a sentence, with the number of sentences between the two."""
        known = self._arounds.get(here)
        if known is None:
            known = dict.fromkeys(self._named_in.get(here, ()), 0)
            for gap in range(1, _REACH + 1):
                for number in (*self._named_in.get(here - gap, ()), *self._named_in.get(here + gap, ())):
                    if self.things[number].kind != "Event":
                        known.setdefault(number, gap)
            for number in self._salient:
                known.setdefault(number, self._gap(number, here))
            self._arounds[here] = known
        return known

    @cached_property
    def _salient(self) -> list[int]:
        """List the things that are named most."""
        return [n for n, thing in enumerate(self.things) if thing.rank < SALIENT and thing.places]

    def _gap(self, number: int, here: int) -> int:
        """Count the sentences between one sentence and the nearest that names a thing."""
        return min(abs(here - there) for there in self.sentences_of[self.things[number].id])

    @cached_property
    def parties(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Thing -> whom it acts for, and who acts for it; things of which neither is known are left out."""
        article = self.article
        agents: dict[int, set[str]] = {}
        for chain, owners in article.acts_for.items():
            for owner in owners:
                agents.setdefault(owner, set()).add(article.entity(chain))
        found = {}
        for thing in self.things:
            chains = {c for m in thing.mentions for c in article.chains_of.get(m, ())}
            if not chains.isdisjoint(article.acts_for) or not chains.isdisjoint(agents):
                found[thing.id] = (
                    frozenset(article.entity(p) for c in chains for p in article.acts_for.get(c, ())),
                    frozenset(agent for c in chains for agent in agents.get(c, ())),
                )
        return found

    @cached_property
    def allies(self) -> dict[str, frozenset[str]]:
        """Thing -> those that it acts for and those that act for it."""
        return {name: principals | agents for name, (principals, agents) in self.parties.items()}


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
        self._elsewhere = scene.elsewhere(event)
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
        for role, others in self._elsewhere.get(name, _NOWHERE).items():
            found.append((features.elsewhere, role, heading, bool(roles), others))
        if not self.owned.keys().isdisjoint(self.scene.allies.get(name, ())):
            found += self._parties(thing)
        if not gap:
            found.append((features.beside, kind, self.pos, self._there(name)))
        return found

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
