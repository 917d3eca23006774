"""What the judge's second opinion sees of a pair, and how its network turns that into roles, by hand-made numbers."""

from pathlib import Path

import numpy as np
import pytest

from kgbuild.interpret.events import find_events_by_rule
from kgbuild.interpret.features import ROLES
from kgbuild.interpret.judge import Judge, likely, settle_roles
from kgbuild.interpret.network import Network, read_network
from kgbuild.interpret.scene import Scene, nodes_of
from kgbuild.interpret.spelling import each
from kgbuild.interpret.sums import Sums
from kgbuild.interpret.surroundings import Surroundings
from kgbuild.interpret.traits import Traits
from tests.interpret.test_learned import article

NEVER = (2.0,) * len(ROLES)


def described() -> tuple[Scene, Traits]:
    read = article(())
    found = find_events_by_rule(read)
    scene = Scene(read, found.events, found.id_of)
    return scene, Traits(Surroundings(scene), found.events[0], scene.things)


def network(**scores: float) -> Network:
    """Make a network of two hidden units that gives the first role what a trait is worth."""
    weights = np.zeros((len(scores), 2 + len(ROLES)), dtype=np.float32)
    for row, worth in enumerate(scores.values()):
        weights[row, 0] = 1.0
        weights[row, 2] = worth
    bias = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0], dtype=np.float32)
    rows = {name.replace("_is_", "="): row for row, name in enumerate(scores)}
    return Network(rows, weights, bias, np.array([[0.5, 0, 0, 0], [0, 0, 0, 0]], dtype=np.float32))


def test_surroundings_join_clauses_with_what_stands_in_them() -> None:
    scene, _ = described()
    around = Surroundings(scene)
    assert around.paths([1])["m", 2] == ("subject",)
    assert around.paths([1])["m", 3] == ("object",)
    assert ("m", 0) not in around.paths([1])
    thing = around.thing["country/Eastland"]
    assert nodes_of(thing) == [("m", 2)]
    assert scene.doing["country/Eastland", "Assault"]["actor"] == 1


def test_traits_tell_ways_words_and_roles() -> None:
    scene, traits = described()
    told = {thing.id: set(traits.of(thing)) for thing in scene.things if thing.kind != "Event"}
    assert {"p=subject", "own_actor=True", "gap=0", "before=True"} <= told["country/Eastland"]
    assert {"p=object", "own_recipient=True", "before=False", "w1=attacked"} <= told["country/Westland"]
    assert {"steps=none", "gap=1", "far=blorped", "own=False"} <= told["country/Sudland"]
    assert {"h=Assault", "c=Attack", "pos=verb", "n_actor=1", "again=False"} <= set(traits.of_event())


def test_a_network_adds_rows_up_and_bends_them() -> None:
    found = network(x_is_a=1.0, x_is_b=-3.0)
    sums = Sums(found.rows, found.weights)
    bags = [[sums[each, "x", names]] for names in (("a",), ("a", "b", "a"), ("unknown",))]
    assert found.scores(sums.totals(bags))[:, 0].tolist() == pytest.approx([1.5, -1.0, 0.0])


def test_the_judge_takes_the_mean_of_both_where_the_regression_leaves_a_role_open() -> None:
    read = article(())
    found = find_events_by_rule(read)
    scene = Scene(read, found.events, found.id_of)
    weights = {"gap=1": (2.0, 0.0, 0.0, 0.0)}
    judge = Judge((-4.0,) * 4, weights, (0.0,) * 4, (0.6,) * 4, network(gap_is_1=7.5))
    (likely_in_it,) = likely(scene, Surroundings(scene), found.events[:1], judge)
    chances = {thing.id: row for thing, row in likely_in_it}
    assert chances["country/Norland"][0] == pytest.approx(1 / (1 + np.exp(-3.0)), abs=1e-3)
    assert chances["country/Westland"][0] == pytest.approx(1 / (1 + np.exp(2.0)), abs=1e-3)
    (event,) = settle_roles(read, found.events, found.id_of, judge)
    assert event.actor == ("country/Eastland", "country/Norland", "country/Sudland")
    closed = Judge((-9.0,) * 4, {}, (0.0,) * 4, (0.6,) * 4, network(gap_is_1=99.0))
    assert settle_roles(read, found.events, found.id_of, closed) == found.events


def test_a_network_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "roles.npz"
    np.savez(
        path,
        names=np.array(["a", "b"]),
        weights=np.array([[127, 0], [-127, 64]], dtype=np.int8),
        scale=np.array([0.01, 0.5], dtype=np.float32),
        bias=np.zeros(2, dtype=np.float32),
        outer=np.ones((1, 1), dtype=np.float32),
    )
    found = read_network(path)
    assert found.rows == {"a": 0, "b": 1}
    assert found.weights.tolist() == [pytest.approx([1.27, 0.0]), pytest.approx([-1.27, 32.0])]
