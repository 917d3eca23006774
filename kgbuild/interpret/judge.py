"""Settle the roles of events by a learned judge: add what the clause does not show, drop what is unlikely.

The judge is one logistic regression a role over the features of `pairs`; its weights are data. It speaks only of
articles that a pipeline with a learned tagger has read, so that any other pipeline works by the rules alone.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kgbuild import paths
from kgbuild.interpret.article import Article
from kgbuild.interpret.pairs import ROLES, Scene
from kgbuild.model import Event

RULE = "learned-roles"


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold the weights.

    Attributes:
        bias: what each role starts from.
        weights: feature -> what it adds to each role.
        keep: how likely a filler that the rules found must be to stay, by role.
        add: how likely one that they did not find must be to come in, by role.
    """

    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    keep: tuple[float, ...]
    add: tuple[float, ...]

    def likely(self, features: Sequence[str]) -> tuple[float, ...]:
        """Give for each role how likely a pair with these features is in it."""
        sums = list(self.bias)
        for feature in features:
            for n, weight in enumerate(self.weights.get(feature, ())):
                sums[n] += weight
        return tuple(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) for total in sums)


@cache
def shipped_judge() -> Judge | None:
    """Read the judge that ships with the models; None when there is none."""
    path = paths.models_dir() / "roles.json"
    return read_judge(path) if path.is_file() else None


def read_judge(path: Path) -> Judge:
    """Read a judge from a file: `bias`, `keep` and `add` a number a role, `weights` a list a feature."""
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = {name: tuple(values) for name, values in data["weights"].items()}
    return Judge(tuple(data["bias"]), weights, tuple(data["keep"]), tuple(data["add"]))


def settle_roles(
    article: Article, events: tuple[Event, ...], id_of: dict[int, str], judge: Judge | None
) -> tuple[Event, ...]:
    """Settle who fills which role of an article's events.

    Args:
        article: the article.
        events: its events, with the roles that the rules gave.
        id_of: the event that each frame tells.
        judge: the weights; None changes nothing.

    Returns:
        The events with their roles settled; the judge decides on each pair by what the rules said of all of them.
    """
    if judge is None or all(frame.learned is None for frame in article.frames):
        return events
    scene = Scene(article, events, id_of)
    return tuple(_settle(scene, event, judge) for event in events)


def _settle(scene: Scene, event: Event, judge: Judge) -> Event:
    """Settle the roles of one event."""
    filled = {role: list(getattr(event, role)) for role in ROLES}
    for thing, features in scene.candidates(event):
        for n, likely in enumerate(judge.likely(features)):
            held = thing.id in filled[ROLES[n]]
            if held and likely < judge.keep[n]:
                filled[ROLES[n]].remove(thing.id)
            elif not held and likely >= judge.add[n]:
                filled[ROLES[n]].append(thing.id)
    settled = {role: tuple(ids) for role, ids in filled.items()}
    if all(settled[role] == getattr(event, role) for role in ROLES):
        return event
    evidence = replace(event.evidence, rules=tuple(sorted({*event.evidence.rules, RULE})))
    return replace(
        event,
        evidence=evidence,
        actor=settled["actor"],
        recipient=settled["recipient"],
        theme=settled["theme"],
        place=settled["place"],
    )
