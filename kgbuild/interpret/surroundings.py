"""What stands around the events of one article: a small graph of clauses and mentions, and who did what elsewhere.

Prepared once an article, so that `traits` can describe many pairs of event and thing without looking at everything.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from kgbuild.interpret import spelling
from kgbuild.interpret.scene import Node, Scene, Thing, nodes_of
from kgbuild.interpret.spelling import length, share, size
from kgbuild.interpret.sums import Mark
from kgbuild.model import Event, MentionKind

WORD = re.compile(r"[\w'’.-]+|[^\w\s]")
_DETERMINERS = frozenset("the a an its their his her our this that these those some both all".split())
_OPENING = frozenset({1, 2})
"""The sentences that a title or a first line fills."""
_LONGEST = 4


class Surroundings:
    """Hold what the traits of one article's pairs ask about.

    Attributes:
        scene: events and things.
        thing: its id -> the thing.
        nodes: thing -> the nodes at which it stands.
        edges: node -> the sides and links that lead on from it; `^` marks one that is walked backwards, `~` a link.
        here: sentence -> the mentions in it as (begin, end, id of the thing, its kind, number of the mention).
        named: thing and sentence -> its mentions there as (begin, end, number).
        triggers: sentence -> where the frames in it begin.
        beside: thing -> the things that stand on the same side of the same clause.
        linked: thing -> (construction, other thing).
        principals, agents: thing -> whom it acts for, and who acts for it.
        company: thing -> those that it stands beside, is linked with or acts for, and those that act for it.
        order: event -> its place in the text.
        holding: thing -> how often it fills which role.
        known: heading -> how many events it has.
    """

    def __init__(self, scene: Scene) -> None:
        article = scene.article
        self.scene, self.article = scene, article
        self.edges: dict[Node, list[tuple[str, Node]]] = {}
        self.thing = {thing.id: thing for thing in scene.things}
        self.nodes = {thing.id: nodes_of(thing) for thing in scene.things}
        self.beside: dict[str, set[str]] = {}
        self.linked: dict[str, set[tuple[str, str]]] = {}
        self._join_frames()
        self._join_links()
        self.mention_in = [scene.sentence(mention.where) for mention in article.extraction.mentions]
        self.here: dict[int, list[tuple[int, int, str, str, int]]] = {}
        self.named: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
        self.triggers: dict[int, list[int]] = {}
        self._place()
        self.principals: dict[str, set[str]] = {}
        self.agents: dict[str, set[str]] = {}
        for chain, owners in article.acts_for.items():
            for owner in owners:
                self.principals.setdefault(article.entity(chain), set()).add(article.entity(owner))
                self.agents.setdefault(article.entity(owner), set()).add(article.entity(chain))
        self.company: dict[str, set[str]] = {}
        for others in (self.beside, self.principals, self.agents):
            for name, some in others.items():
                self.company.setdefault(name, set()).update(some)
        for name, links in self.linked.items():
            self.company.setdefault(name, set()).update(other for _, other in links)
        self.holding: dict[str, Counter[str]] = {}
        for filled in scene.filled.values():
            for filler, role in filled:
                self.holding.setdefault(filler, Counter())[role] += 1
        self.known = Counter(scene.heading(event) for event in scene.events.values())
        self._standing: dict[str, tuple[Mark, ...]] = {}
        self._wording: dict[int, tuple[Mark, ...]] = {}

    def _join(self, one: Node, label: str, other: Node) -> None:
        self.edges.setdefault(one, []).append((label, other))
        self.edges.setdefault(other, []).append((f"^{label}", one))

    def _join_frames(self) -> None:
        """Join frames with what stands at their sides, and note what stands side by side."""
        who = self.scene.who
        for number, frame in enumerate(self.article.frames):
            together: dict[str, set[str]] = {}
            for filler in frame.fillers:
                nodes: list[Node] = [("m", filler.mention)] if filler.mention is not None else []
                if filler.frame is not None and filler.frame != number:
                    nodes.append(("f", filler.frame))
                for node in nodes:
                    self._join(("f", number), filler.side, node)
                    if node in who:
                        together.setdefault(filler.side, set()).update(who[node])
            for ids in together.values():
                if len(ids) > 1:
                    for one in ids:
                        self.beside.setdefault(one, set()).update(ids - {one})

    def _join_links(self) -> None:
        """Join mentions that a construction joins."""
        for link in self.article.extraction.links:
            if link.kind == "verb":
                continue
            label = link.lemma if link.kind == "preposition" else link.kind
            self._join(("m", link.head), f"~{label}", ("m", link.dependent))
            for one in self.scene.who.get(("m", link.head), ()):
                for other in self.scene.who.get(("m", link.dependent), ()):
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
                sentence = self.mention_in[number]
                self.here.setdefault(sentence, []).append(entry)
                self.named.setdefault((thing.id, sentence), []).append((where.begin, where.end, number))
        for number, frame in enumerate(self.article.frames):
            self.triggers.setdefault(self.scene.frame_in[number], []).append(frame.trigger.begin)
        for entries in self.here.values():
            entries.sort()

    @cached_property
    def _in_order(self) -> list[str]:
        """List the events in the order of the text."""
        begins = {name: min((w.begin for w in self.thing[name].places), default=0) for name in self.scene.events}
        return sorted(begins, key=lambda name: (begins[name], name))

    @cached_property
    def order(self) -> dict[str, int]:
        """Event -> its place in the text."""
        return {name: place for place, name in enumerate(self._in_order)}

    @cached_property
    def _befores(self) -> dict[str, Event]:
        """Event -> the last one of the same heading before it."""
        found: dict[str, Event] = {}
        last: dict[str, Event] = {}
        for name in self._in_order:
            event = self.scene.events[name]
            heading = self.scene.heading(event)
            if heading in last:
                found[name] = last[heading]
            last[heading] = event
        return found

    def before(self, event: Event) -> Event | None:
        """Give the last event of the same heading before one."""
        return self._befores.get(event.id)

    def next_to(self, event: Event) -> list[str]:
        """Name the events right before and right after one in the text."""
        place = self.order[event.id]
        return self._in_order[max(0, place - 1) : place] + self._in_order[place + 1 : place + 2]

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

    def standing(self, thing: Thing) -> tuple[Mark, ...]:
        """Mark what a thing is beside any event, and how much of the article is about it."""
        known = self._standing.get(thing.id)
        if known is None:
            known = self._standing[thing.id] = tuple(self._stands(thing))
        return known

    def _stands(self, thing: Thing) -> Iterator[Mark]:
        sentences, mentions = self.scene.sentences_of[thing.id], self.article.extraction.mentions
        counts = min(thing.rank, 5), size(len(thing.places)), size(len(sentences))
        yield spelling.standing, thing.kind, thing.named, *counts, not sentences.isdisjoint(_OPENING)
        yield spelling.one, "first", share(min(sentences) / max(1, len(self.article.extraction.sentences)))
        if thing.mentions:
            mention = mentions[min(thing.mentions)]
            yield spelling.noun, mention.number, all(mentions[number].hidden for number in thing.mentions)
            yield spelling.one, "lemma", "*" if thing.named else mention.lemma

    def wording(self, number: int) -> tuple[Mark, ...]:
        """Mark the words around a mention, where it stands in its sentence, and what it is."""
        known = self._wording.get(number)
        if known is None:
            mention, text = self.article.extraction.mentions[number], self.article.document.text
            first, second = _word_before(text, mention.where.begin)
            known = self._wording[number] = (
                (spelling.one, "w1", first),
                (spelling.one, "w2", second),
                (spelling.one, "after", _word_after(text, mention.where.end)),
                (spelling.place, *self._place_of(number), mention.hidden, mention.kind is MentionKind.PRONOUN),
            )
        return known

    def far(self, number: int) -> Mark:
        """Mark the word before a mention in another sentence, where it stands there, and what it is."""
        begin = self.article.extraction.mentions[number].where.begin
        word, _ = _word_before(self.article.document.text, begin)
        return spelling.far, word, *self._place_of(number)

    def _place_of(self, number: int) -> tuple[float, str]:
        """Tell where in its sentence a mention stands, and what kind of mention it is."""
        mention = self.article.extraction.mentions[number]
        return length(mention.where.begin - mention.sentence.begin), mention.kind.value


def _word_before(text: str, begin: int) -> tuple[str, str]:
    """Give the two words before a place, determiners passed over."""
    words = [w for w in WORD.findall(text[max(0, begin - 40) : begin].lower()) if w not in _DETERMINERS]
    return (words[-1] if words else "^"), (words[-2] if len(words) > 1 else "^")


def _word_after(text: str, end: int) -> str:
    """Give the word behind a place."""
    words = WORD.findall(text[end : end + 25].lower())
    return words[0] if words else "$"
