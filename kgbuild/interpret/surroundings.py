"""What stands around the events of one article: a small graph of clauses and mentions, and who did what elsewhere.

Prepared once an article, so that `traits` can describe many pairs of event and thing without looking at everything.
"""

from collections import Counter, deque
from collections.abc import Iterable

from kgbuild.interpret.pairs import ROLES, Scene, Thing
from kgbuild.model import Event

Node = tuple[str, int]
"""A frame (`f`) or a mention (`m`), by its number."""
_LONGEST = 4


class Surroundings:
    """Hold what the traits of one article's pairs ask about.

    Attributes:
        scene: events and things.
        edges: node -> the sides and links that lead on from it; `^` marks one that is walked backwards, `~` a link.
        here: sentence -> the mentions in it as (begin, end, id of the thing, its kind, number of the mention).
        beside: thing -> the things that stand on the same side of the same clause.
        linked: thing -> (construction, other thing).
        principals, agents: thing -> whom it acts for, and who acts for it.
        parents: event -> the events that it is a theme of.
        order: event -> its place in the text.
        doing: (thing, heading) -> how often it fills which role there.
    """

    def __init__(self, scene: Scene) -> None:
        article = scene.article
        self.scene, self.article = scene, article
        self.edges: dict[Node, list[tuple[str, Node]]] = {}
        self.who: dict[Node, list[str]] = {}
        self.thing = {thing.id: thing for thing in scene.things}
        for thing in scene.things:
            for node in nodes_of(thing):
                self.who.setdefault(node, []).append(thing.id)
        self.beside: dict[str, set[str]] = {}
        self.linked: dict[str, set[tuple[str, str]]] = {}
        self._join_frames()
        self._join_links()
        self.mention_in = [scene.sentence(mention.where) for mention in article.extraction.mentions]
        self.frame_in = [scene.sentence(frame.trigger) for frame in article.frames]
        self.here: dict[int, list[tuple[int, int, str, str, int]]] = {}
        self.triggers: dict[int, list[int]] = {}
        self._place()
        self.principals: dict[str, set[str]] = {}
        self.agents: dict[str, set[str]] = {}
        for chain, owners in article.acts_for.items():
            for owner in owners:
                self.principals.setdefault(article.entity(chain), set()).add(article.entity(owner))
                self.agents.setdefault(article.entity(owner), set()).add(article.entity(chain))
        self.parents: dict[str, list[Event]] = {}
        self.doing: dict[tuple[str, str], Counter[str]] = {}
        self.known = Counter(scene.heading(event) for event in scene.events.values())
        self.order: dict[str, int] = {}
        self._count()

    def _join(self, one: Node, label: str, other: Node) -> None:
        self.edges.setdefault(one, []).append((label, other))
        self.edges.setdefault(other, []).append((f"^{label}", one))

    def _join_frames(self) -> None:
        """Join frames with what stands at their sides, and note what stands side by side."""
        for number, frame in enumerate(self.article.frames):
            together: dict[str, set[str]] = {}
            for filler in frame.fillers:
                nodes: list[Node] = [("m", filler.mention)] if filler.mention is not None else []
                if filler.frame is not None and filler.frame != number:
                    nodes.append(("f", filler.frame))
                for node in nodes:
                    self._join(("f", number), filler.side, node)
                    together.setdefault(filler.side, set()).update(self.who.get(node, ()))
            for ids in together.values():
                for one in ids:
                    self.beside.setdefault(one, set()).update(ids - {one})

    def _join_links(self) -> None:
        """Join mentions that a construction joins."""
        for link in self.article.extraction.links:
            if link.kind == "verb":
                continue
            label = link.lemma if link.kind == "preposition" else link.kind
            self._join(("m", link.head), f"~{label}", ("m", link.dependent))
            for one in self.who.get(("m", link.head), ()):
                for other in self.who.get(("m", link.dependent), ()):
                    if one != other:
                        self.linked.setdefault(one, set()).add((label, other))
                        self.linked.setdefault(other, set()).add((f"^{label}", one))

    def _place(self) -> None:
        """Sort mentions and triggers into sentences."""
        mentions = self.article.extraction.mentions
        for thing in self.scene.things:
            for number in thing.mentions:
                where = mentions[number].where
                entry = (where.begin, where.end, thing.id, thing.kind, number)
                self.here.setdefault(self.mention_in[number], []).append(entry)
        for number, frame in enumerate(self.article.frames):
            self.triggers.setdefault(self.frame_in[number], []).append(frame.trigger.begin)
        for entries in self.here.values():
            entries.sort()

    def _count(self) -> None:
        """Count who does what, and put the events in the order of the text."""
        events = self.scene.events.values()
        begins = {
            event.id: min((w.begin for w in self.thing[event.id].places), default=0) if event.id in self.thing else 0
            for event in events
        }
        for place, event in enumerate(sorted(events, key=lambda one: (begins[one.id], one.id))):
            self.order[event.id] = place
            for filler in event.theme:
                if filler in self.scene.events:
                    self.parents.setdefault(filler, []).append(event)
            for role in ROLES:
                for filler in getattr(event, role):
                    self.doing.setdefault((filler, self.scene.heading(event)), Counter())[role] += 1

    def before(self, event: Event) -> Event | None:
        """Give the last event of the same heading before one."""
        heading = self.scene.heading(event)
        earlier = [
            (self.order[other.id], other.id)
            for other in self.scene.events.values()
            if self.order[other.id] < self.order[event.id] and self.scene.heading(other) == heading
        ]
        return self.scene.events[max(earlier)[1]] if earlier else None

    def paths(self, frames: Iterable[int]) -> dict[Node, tuple[str, ...]]:
        """Give the shortest way from some frames to every node within four steps."""
        found: dict[Node, tuple[str, ...]] = {("f", frame): () for frame in frames}
        queue = deque(found)
        while queue:
            node = queue.popleft()
            if len(found[node]) < _LONGEST:
                for label, after in self.edges.get(node, ()):
                    if after not in found:
                        found[after] = (*found[node], label)
                        queue.append(after)
        return found


def nodes_of(thing: Thing) -> list[Node]:
    """List the nodes at which a thing stands."""
    return [("m", mention) for mention in sorted(thing.mentions)] + [("f", frame) for frame in sorted(thing.frames)]
