"""Train the judge of roles: a logistic regression a role over features, and a network over traits.

It learns from events as the program finds them, and also from those that it passes over: the network from a second
reading of every article, in which the tagger is made to hear what the gold has.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import roles_network
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kgbuild.interpret.article import Article, read_article
from kgbuild.interpret.events import find_events_by_rule
from kgbuild.interpret.features import ROLES
from kgbuild.interpret.judge import Judge
from kgbuild.interpret.pairs import candidates
from kgbuild.interpret.scene import Scene, Thing
from kgbuild.interpret.surroundings import Surroundings
from kgbuild.interpret.traits import Traits
from kgbuild.model import Event
from kgbuild.score.classes import HEADING
from kgbuild.score.gold import Gold

LEAST, STRENGTH = 3, 0.08
KEEP, ADD = (0.08,) * 4, (0.24,) * 4
_HELD, _SAME_EVENT = 10.0, 100.0


@dataclass(frozen=True, slots=True)
class Pair:
    """An event that the gold has too, beside a thing: features, traits, and which roles the gold gives it."""

    features: tuple[str, ...]
    traits: tuple[str, ...]
    roles: tuple[bool, ...]


def pairs_of(article: Article, gold: Gold) -> list[Pair]:
    """Pair the events of an article that the gold has too with their candidates."""
    found = find_events_by_rule(article)
    scene = Scene(article, found.events, found.id_of)
    around = Surroundings(scene)
    places = {thing.id: [(w.begin, w.end) for w in thing.places] for thing in scene.things}
    event_of = _aligned(found.events, places, gold, scene)
    spans = gold.spans()
    by_id = {event.id: event for event in found.events}
    pairs = []
    for one in gold.events:
        if one.id not in event_of:
            continue
        event = by_id[event_of[one.id]]
        known = list(candidates(scene, event))
        marks = [[False] * len(ROLES) for _ in known]
        for n, role in enumerate(ROLES):
            for wanted in one.sides.get(role, ()):
                scores = [
                    0.0
                    if marks[k][n]
                    else _fits(thing, role, event, event_of.get(wanted), places, spans.get(wanted, []))
                    for k, (thing, _) in enumerate(known)
                ]
                if max(scores, default=0.0) > 0:
                    marks[int(np.argmax(scores))][n] = True
        traits = Traits(around, event, [thing for thing, _ in known])
        shared = tuple(traits.of_event())
        pairs += [Pair(f, (*shared, *traits.of(t)), tuple(m)) for (t, f), m in zip(known, marks, strict=True)]
    return pairs


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Measure how much of two spans together they share."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def _fits(
    thing: Thing,
    role: str,
    event: Event,
    same: str | None,
    places: dict[str, list[tuple[int, int]]],
    spans: Sequence[tuple[int, int]],
) -> float:
    """Measure how well a thing stands for one of the gold; what the rules have already is preferred."""
    if same is not None and same == thing.id:
        return _SAME_EVENT
    if thing.kind == "Event":
        return 0.0
    shared = sum(max((_overlap(place, span) for span in spans), default=0.0) for place in places[thing.id])
    return shared + _HELD * (thing.id in getattr(event, role)) if shared else 0.0


def _aligned(
    events: Sequence[Event], places: dict[str, list[tuple[int, int]]], gold: Gold, scene: Scene
) -> dict[str, str]:
    """Align events one to one with the gold's: same heading, most triggers in common."""
    options = []
    for one in gold.events:
        for event in events:
            if scene.heading(event) == HEADING[one.event_class]:
                hits = sum(any(_overlap(p, s) > 0 for p in places[event.id]) for s in one.spans)
                if hits:
                    options.append((-hits - 0.5 * (event.event_class == one.event_class), one.id, event.id))
    found: dict[str, str] = {}
    for _, wanted, event_id in sorted(options):
        if wanted not in found and event_id not in found.values():
            found[wanted] = event_id
    return found


def told_all(article: Article, gold: Gold) -> Article:
    """Let an article be read by a tagger that hears every event of the gold."""
    frames = []
    for frame in article.frames:
        trigger = frame.trigger
        hit = [e for e in gold.events if any(trigger.begin < end and begin < trigger.end for begin, end in e.spans)]
        frames.append(replace(frame, learned=((HEADING[hit[0].event_class], 1.0),)) if hit else frame)
    extraction = replace(article.extraction, frames=tuple(frames))
    return read_article(article.document, extraction, article.resolution, article.knowledge)


def train(pairs: Sequence[Pair], more: Sequence[Pair], seed: int) -> Judge:
    """Fit the judge; features seen less than three times are passed over.

    Args:
        pairs: Pairs of events as they are found.
        more: Pairs of all events of the gold, for the network.
        seed: Start of the network's random numbers.
    """
    counts = Counter(feature for pair in pairs for feature in pair.features)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST)
    column = {name: n for n, name in enumerate(names)}
    cells = [(row, column[f]) for row, pair in enumerate(pairs) for f in pair.features if f in column]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), (len(pairs), len(names)))
    models = []
    for n in range(len(ROLES)):
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200, random_state=0)
        models.append(model.fit(matrix, np.array([pair.roles[n] for pair in pairs])))
    weights = np.stack([model.coef_[0] for model in models], 1).round(3)
    kept = {name: tuple(map(float, row)) for name, row in zip(names, weights, strict=True) if np.abs(row).max() >= 0.01}
    network = roles_network.train([pair.traits for pair in more], [pair.roles for pair in more], seed)
    return Judge(tuple(round(float(m.intercept_[0]), 3) for m in models), kept, KEEP, ADD, network)


def write(judge: Judge, path: Path) -> None:
    """Write a judge, a feature a line, and its network beside it."""
    head = {"roles": ROLES, "bias": judge.bias, "keep": judge.keep, "add": judge.add}
    lines = [f"  {json.dumps(name)}: {json.dumps(judge.weights[name])}" for name in sorted(judge.weights)]
    inner = json.dumps(head)[:-1]
    if judge.network is not None:
        roles_network.write(judge.network, path.with_suffix(".npz"))
    path.write_text(f'{inner}, "weights": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def gather(articles: Iterable[tuple[Article, Gold]]) -> list[tuple[list[Pair], list[Pair]]]:
    """Gather the pairs of articles, each as it is found and as it is when all events are heard."""
    return [(pairs_of(article, gold), pairs_of(told_all(article, gold), gold)) for article, gold in articles]
