"""Settle the roles of events by a learned judge: add what the clause does not show, drop what is unlikely.

The judge has two opinions and takes their mean: one logistic regression a role over the features of `pairs`, and,
where that leaves a role open at all, a small network over `traits`. Its weights are data. It speaks only of articles
that a pipeline with a learned tagger has read, so that any other pipeline works by the rules alone.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kgbuild import paths
from kgbuild.interpret.article import Article
from kgbuild.interpret.network import Network, read_network
from kgbuild.interpret.pairs import ROLES, Pair, PlainKey, Scene, Thing, plain_features
from kgbuild.interpret.surroundings import Surroundings
from kgbuild.interpret.traits import Traits
from kgbuild.model import Event

RULE = "learned-roles"
OPEN = -2.5
"""Log odds that a regression must give a pair in some role before the network is asked about it."""
Odds = tuple[float, ...]
_HELD = 50_000


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold the weights.

    Attributes:
        bias: what each role starts from.
        weights: feature -> what it adds to each role.
        keep: how likely a filler that the rules found must be to stay, by role.
        add: how likely one that they did not find must be to come in, by role.
        network: the second opinion, None for none.
    """

    bias: Odds
    weights: Mapping[str, Odds]
    keep: Odds
    add: Odds
    network: Network | None = None
    _plain: dict[tuple[bool, PlainKey], Odds] = field(default_factory=dict, init=False, repr=False, compare=False)

    def odds(self, features: Iterable[str], start: Odds | None = None) -> Odds:
        """Give for each role the log odds that a pair with these features is in it, by the regression.

        Args:
            features: each once.
            start: the log odds by what else is known; None for what each role starts from.
        """
        sums = list(self.bias if start is None else start)
        for feature in features:
            for n, weight in enumerate(self.weights.get(feature, ())):
                sums[n] += weight
        return tuple(sums)

    def odds_of(self, pair: Pair) -> Odds:
        """Give the log odds of a pair; the plain features, which many pairs share, are weighed once."""
        far, key = pair.far(), pair.key()
        known = self._plain.get((far, key))
        if known is None:
            if len(self._plain) >= _HELD:
                self._plain.clear()
            known = self.odds(sorted(set(plain_features(key))))
            known = self._plain[far, key] = self.odds(sorted(set(pair.own())), known) if far else known
        return known if far else self.odds(sorted(set(pair.own())), known)


@cache
def shipped_judge() -> Judge | None:
    """Read the judge that ships with the models; None when there is none."""
    path = paths.models_dir() / "roles.json"
    return read_judge(path) if path.is_file() else None


def read_judge(path: Path) -> Judge:
    """Read a judge from a file: `bias`, `keep` and `add` a number a role, `weights` a list a feature.

    The network lies beside it under the same name with the ending `.npz`; a judge may have none.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    weights = {name: tuple(values) for name, values in data["weights"].items()}
    beside = path.with_suffix(".npz")
    network = read_network(beside) if beside.is_file() else None
    return Judge(tuple(data["bias"]), weights, tuple(data["keep"]), tuple(data["add"]), network)


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
    around = Surroundings(scene) if judge.network is not None else None
    return tuple(_settle(scene, around, event, judge) for event in events)


def likely(scene: Scene, around: Surroundings | None, event: Event, judge: Judge) -> list[tuple[Thing, Odds]]:
    """Give for each candidate of an event how likely it is in each role.

    With a network, candidates that the regression leaves no role at all are left out.
    """
    pairs = list(scene.pairs(event))
    things = [pair.thing for pair in pairs]
    odds = [judge.odds_of(pair) for pair in pairs]
    if around is not None and judge.network is not None:
        held = {filler for role in ROLES for filler in getattr(event, role)}
        asked = [n for n, thing in enumerate(things) if thing.id in held or max(odds[n]) > OPEN]
        if asked:
            traits = Traits(around, event, things)
            shared = judge.network.sum_of(traits.of_event())
            sums = [shared + judge.network.sum_of(traits.of(things[n])) for n in asked]
            for n, second in zip(asked, judge.network.scores(sums), strict=True):
                odds[n] = tuple((one + float(other)) / 2 for one, other in zip(odds[n], second, strict=True))
    else:
        asked = list(range(len(things)))
    return [(things[n], tuple(map(_probability, odds[n]))) for n in asked]


def _probability(odds: float) -> float:
    """Turn log odds into a probability, rounded so that it is the same on every machine."""
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds)))), 4)


def _settle(scene: Scene, around: Surroundings | None, event: Event, judge: Judge) -> Event:
    """Settle the roles of one event."""
    filled = {role: list(getattr(event, role)) for role in ROLES}
    for thing, chances in likely(scene, around, event, judge):
        for n, chance in enumerate(chances):
            held = thing.id in filled[ROLES[n]]
            if held and chance < judge.keep[n]:
                filled[ROLES[n]].remove(thing.id)
            elif not held and chance >= judge.add[n]:
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
