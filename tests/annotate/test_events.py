"""The component that suggests events, with weights small enough to reckon by hand."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kgbuild.annotate.events import EventTagger, Layers, suggestions
from kgbuild.extract.heard import hear
from kgbuild.extract.passage import Passage
from kgbuild.model import Where

LABELS = ("", "Assault", "Consult")


def tagger() -> EventTagger:
    """Make a tagger that hears what the state's two numbers say."""
    made = EventTagger("events")
    outer = np.array([[0, 9, 0], [0, 0, 9]], dtype=np.float32)
    eye = np.eye(2, dtype=np.float32)
    bias = np.array([3, 0, 0], dtype=np.float32)
    weights = {"inner": eye, "inner_bias": np.zeros(2, dtype=np.float32), "outer": outer, "outer_bias": bias}
    made.layers = Layers(weights, LABELS)
    return made


def parsed() -> Doc:
    """Make `Rebels attacked during talks` with states."""
    words = ["Rebels", "attacked", "during", "talks"]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["NOUN", "VERB", "ADP", "NOUN"])
    doc.tensor = np.array([[-9, -9], [1, -9], [1, 1], [0.2, 1]], dtype=np.float32)
    return doc


def test_content_words_get_suggestions_and_the_states_go() -> None:
    doc = tagger()(parsed())
    told = [(s.text, s.label_) for s in doc.spans["events"]]
    assert ("attacked", "Assault") in told
    assert ("talks", "Consult") in told
    assert all(text != "during" for text, _ in told)
    assert len(doc.spans["events"].attrs["scores"]) == len(told)
    assert doc.tensor.size == 0


def test_a_parse_without_states_gets_no_suggestions() -> None:
    doc = parsed()
    doc.tensor = np.zeros((0,), dtype=np.float32)
    assert len(tagger()(doc).spans["events"]) == 0


def test_suggestions_survive_serialisation() -> None:
    doc = tagger()(parsed())
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again.spans["events"].attrs["scores"] == doc.spans["events"].attrs["scores"]
    assert [s.label_ for s in again.spans["events"]] == [s.label_ for s in doc.spans["events"]]


def test_a_component_comes_back_from_disk_and_bytes_as_it_was(tmp_path: Path) -> None:
    one = tagger()
    one.to_disk(tmp_path / "a")
    one.to_disk(tmp_path / "b")
    assert (tmp_path / "a" / "events.npz").read_bytes() == (tmp_path / "b" / "events.npz").read_bytes()
    for other in (
        EventTagger("x").from_disk(tmp_path / "a"),
        EventTagger("x").from_bytes(one.to_bytes()),
    ):
        mine, its = one(parsed()), other(parsed())
        assert [s.label_ for s in its.spans["events"]] == [s.label_ for s in mine.spans["events"]]


def test_probabilities_sum_to_one() -> None:
    layers = tagger().layers
    assert layers is not None
    shares = layers.probabilities(np.array([[1, 0], [50, -50]], dtype=np.float32))
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert shares[1].argmax() == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([0.98, 0.01, 0.01], []),
        ([0.2, 0.3, 0.5], [("Consult", 0.5), ("Assault", 0.3)]),
        ([0.2, 0.4, 0.4], [("Assault", 0.4), ("Consult", 0.4)]),
    ],
)
def test_only_likely_headings_are_suggested(row: list[float], told: list[tuple[str, float]]) -> None:
    assert suggestions(np.array([row], dtype=np.float32), LABELS) == [told]


def test_words_are_told_what_was_heard_in_them() -> None:
    heard = hear(Passage(tagger()(parsed()), 10))
    assert heard is not None
    assert heard[Where(17, 25)][0][0] == "Assault"
    assert Where(10, 16) not in heard


def test_a_paragraph_that_no_tagger_has_read_tells_nothing() -> None:
    assert hear(Passage(parsed(), 0)) is None
