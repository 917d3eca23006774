"""Settle the roles of events by a learned judge: add what the clause does not show, drop what is unlikely.

The judge has two opinions and takes their mean: one logistic regression a role over the features of `pairs`, and,
where that leaves a role open at all, a small network over `traits`. Its weights are data. It speaks only of articles
that a pipeline with a learned tagger has read, so that any other pipeline works by the rules alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgbuild import paths
from kgbuild.interpret.article import Article
from kgbuild.interpret.exclusions import not_doers
from kgbuild.interpret.features import ROLES
from kgbuild.interpret.network import Network, read_network
from kgbuild.interpret.pairs import Context
from kgbuild.interpret.scene import Scene, Thing
from kgbuild.interpret.sums import Sums
from kgbuild.interpret.surroundings import Surroundings
from kgbuild.interpret.traits import Traits
from kgbuild.model import Event

RULE = "learned-roles"
OPEN = -2.5
"""Log odds that a regression must give a pair in some role before the network is asked about it."""
_ACTOR, _RECIPIENT = ROLES.index("actor"), ROLES.index("recipient")
Odds = tuple[float, ...]
_HELD = 30_000
"""How many marks of features, and how many of traits, are remembered."""


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
    _sums: dict[str, Sums] = field(default_factory=dict, init=False, repr=False, compare=False)

    def features(self) -> Sums:
        """Give what marks of features come to; begun anew when too many are remembered."""
        sums = self._sums.get("features")
        if sums is None or len(sums) > _HELD:
            table = np.array(list(self.weights.values()), dtype=np.float64).reshape(-1, len(self.bias))
            sums = self._sums["features"] = Sums({name: row for row, name in enumerate(self.weights)}, table)
        return sums

    def traits(self, network: Network) -> Sums:
        """Give what marks of traits come to; begun anew when too many are remembered."""
        sums = self._sums.get("traits")
        if sums is None or len(sums) > _HELD:
            sums = self._sums["traits"] = Sums(network.rows, network.weights)
        return sums


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
    chances = likely(scene, around, events, judge)
    others = not_doers(article, events, id_of)
    return tuple(_settle(event, found, judge, others) for event, found in zip(events, chances, strict=True))


def likely(
    scene: Scene, around: Surroundings | None, events: Sequence[Event], judge: Judge
) -> list[list[tuple[Thing, Odds]]]:
    """Give for each candidate of each event how likely it is in each role.

    With a network, candidates that the regression leaves no role at all are left out.
    """
    contexts = [Context(scene, event) for event in events]
    sums = judge.features()
    bags = [[sums[mark] for mark in context.marks(*pair)] for context in contexts for pair in context.near]
    odds = sums.totals(bags) + np.array(judge.bias)
    asked = [(number, thing) for number, context in enumerate(contexts) for thing, _ in context.near]
    if around is not None and judge.network is not None:
        open_ = (odds.max(axis=1) > OPEN).tolist()
        rows = [row for row, (n, thing) in enumerate(asked) if open_[row] or thing.id in contexts[n].owned]
        asked = [asked[row] for row in rows]
        odds = (odds[rows] + _second_opinion(around, contexts, asked, judge, judge.network)) / 2
    found: list[list[tuple[Thing, Odds]]] = [[] for _ in events]
    for (number, thing), chances in zip(asked, _probabilities(odds).tolist(), strict=True):
        found[number].append((thing, tuple(chances)))
    return found


def _second_opinion(
    around: Surroundings,
    contexts: Sequence[Context],
    asked: Iterable[tuple[int, Thing]],
    judge: Judge,
    network: Network,
) -> NDArray[Any]:
    """Give the network's log odds for some pairs, which stand by event."""
    sums = judge.traits(network)
    bags = []
    for number, pairs in groupby(asked, key=itemgetter(0)):
        context = contexts[number]
        traits = Traits(around, context.event, context.here)
        shared = [sums[mark] for mark in traits.marks_of_event()]
        bags += [shared + [sums[mark] for mark in traits.marks(thing)] for _, thing in pairs]
    return network.scores(sums.totals(bags))


def _probabilities(odds: NDArray[Any]) -> NDArray[Any]:
    """Turn log odds into probabilities, rounded so that they are the same on every machine."""
    found: NDArray[Any] = (1.0 / (1.0 + np.exp(-odds.clip(-30.0, 30.0)))).round(4)
    return found


def _does_both(thing: str, role: int, chances: Odds, filled: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether somebody would be both doer and sufferer of an event, and is rather the other one."""
    other = {_ACTOR: _RECIPIENT, _RECIPIENT: _ACTOR}.get(role)
    return other is not None and (thing in filled[ROLES[other]] or chances[other] > chances[role])


def _settle(
    event: Event, found: Iterable[tuple[Thing, Odds]], judge: Judge, others: frozenset[tuple[str, str]]
) -> Event:
    """Settle the roles of one event."""
    filled = {role: list(getattr(event, role)) for role in ROLES}
    held_any, least = {filler for fillers in filled.values() for filler in fillers}, min(judge.add)
    for thing, chances in found:
        if max(chances) < least and thing.id not in held_any:
            continue
        for n, chance in enumerate(chances):
            held = thing.id in filled[ROLES[n]]
            if held and chance < judge.keep[n]:
                filled[ROLES[n]].remove(thing.id)
            elif not held and chance >= judge.add[n] and not _does_both(thing.id, n, chances, filled):
                if n == _ACTOR and (event.id, thing.id) in others:
                    continue
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
