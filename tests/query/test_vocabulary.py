"""docs/ontology/ says what the ontology and the shapes say, and the questions on it have answers."""

import re
from pathlib import Path

import pytest

from kgbuild.knowledge import load
from kgbuild.query import query
from kgbuild.query.vocabulary import pages, questions
from kgbuild.rdf import KG, quads
from kgbuild.store import keep
from tests.query.seeds import seeds_graph

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "ontology"
CONFORMING = ROOT / "tests" / "shapes" / "conforming.ttl"
KNOWLEDGE = load()
CLASSES = [term.name for term in KNOWLEDGE.ontology.terms.values() if term.kind == "class"]
FREE = {"RelationProperty", "Polarity", "Modality"}  # no shape is about these themselves
UNTOLD = {"Protest", "NamedEvent"}  # neither the seeds nor the small graph tell of these


def page_of(class_: str) -> str:
    return (FOLDER / f"class-kg{class_.lower()}.md").read_text(encoding="utf-8")


def test_the_pages_are_up_to_date():
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    fresh = pages(KNOWLEDGE)
    assert sorted(written) == sorted(fresh), "run `make docs`"
    assert [name for name in fresh if fresh[name] != written[name]] == [], "run `make docs`"


def test_every_term_and_shape_has_a_page():
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    for term in KNOWLEDGE.ontology.terms.values():
        assert f"[kg:{term.name}]" in index
    for name in KNOWLEDGE.shapes.names:
        assert f"[kgsh:{name.rpartition('#')[2]}]" in index or name.rpartition("-")[2] == "query"


def test_every_rule_stands_on_some_page():
    text = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    for rules in KNOWLEDGE.shapes.rules.values():
        for rule in rules:
            assert rule.split("{")[0].replace("|", "\\|") in text or rule.split("{")[0].replace('"', '\\"') in text, (
                rule
            )


@pytest.mark.parametrize("class_", CLASSES)
def test_every_class_has_its_constraints(class_: str):
    page = page_of(class_)
    constrained = "#### SHACL property constraints" in page or "#### What else must hold" in page
    assert constrained is (class_ not in FREE)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabulary") / "seeds"
    keep(quads(seeds_graph()), folder)
    return folder


@pytest.mark.parametrize("class_", CLASSES)
def test_the_question_of_every_class_has_an_answer(seeds: Path, class_: str):
    (text,) = re.findall(r"```sparql\n(.*?)```", page_of(class_), re.DOTALL)
    rows = query(seeds, text).rows or query(CONFORMING, text).rows
    assert bool(rows) is (class_ not in UNTOLD)
    asked = questions(KNOWLEDGE)[KG(class_).value]
    assert asked.recipe.title in page_of(class_)
    assert query(seeds, asked.recipe.name, asked.values).rows == query(seeds, text).rows


def test_pages_hold_no_date_and_load_nothing():
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b20\d\d \d\d:\d\d", text)
        assert "<script" not in text
        assert "![" not in text
