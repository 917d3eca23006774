"""One article's events and things, and how they stand to one another: what the learned judge of roles asks about.

Everything is looked up once an article, or once a sentence, so that many pairs of event and thing can be described
without looking at everything.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from kgbuild.interpret.article import Article
from kgbuild.interpret.features import ROLES, SALIENT
from kgbuild.model import Event, Where

_PLACE = attrgetter("begin", "end")
_REACH = 2
"""How many sentences away a thing may be named to be a candidate; those named most are candidates everywhere."""

Node = tuple[str, int]
"""A frame (`f`) or a mention (`m`), by its number."""
Stands = tuple[str, str, bool]
"""How an event stands to another (`above`, `below`, `beside`), its heading, and whether one sentence tells both."""
Roles = Mapping[str, Mapping[str, Sequence[Stands]]]
"""Thing -> role -> the events in which it has the role."""


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
        self.filled = {
            event.id: [(filler, role) for role in ROLES for filler in dict.fromkeys(getattr(event, role))]
            for event in events
        }
        self.holders = {filler for filled in self.filled.values() for filler, _ in filled}
        self._arounds: dict[int, dict[int, int]] = {}
        self._besides: dict[str, Roles] = {}

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
    def _told(self) -> dict[int, list[str]]:
        """Sentence -> the events that it tells."""
        found: dict[int, list[str]] = {}
        for name, sentences in self.told_in.items():
            for sentence in sentences:
                found.setdefault(sentence, []).append(name)
        return found

    @cached_property
    def doing(self) -> dict[tuple[str, str], Counter[str]]:
        """Thing and heading -> how often the thing fills which role there."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for name, filled in self.filled.items():
            heading = self.heading(self.events[name])
            for filler, role in filled:
                found.setdefault((filler, heading), Counter())[role] += 1
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

    def beside(self, event: Event) -> Roles:
        """Give the roles that things have in the events above, below and beside one."""
        known = self._besides.get(event.id)
        if known is None:
            known = self._besides[event.id] = self._find_beside(event)
        return known

    def _find_beside(self, event: Event) -> Roles:
        same = {name for sentence in self.told_in[event.id] for name in self._told[sentence]}
        above = {parent.id for parent in self.parents.get(event.id, ())}
        below = {filler for filler in event.theme if filler in self.events}
        found: dict[str, dict[str, list[Stands]]] = {}
        for name in sorted({*same, *above, *below} - {event.id}):
            how = "above" if name in above else "below" if name in below else "beside"
            stands = how, self.heading(self.events[name]), name in same
            for filler, role in self.filled[name]:
                found.setdefault(filler, {}).setdefault(role, []).append(stands)
        return found

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
