"""docs/ontology.md says what the ontology and the shapes say."""

import pytest

from kgbuild.knowledge import load
from kgbuild.knowledge.guide import guide
from kgbuild.paths import ontology_dir


@pytest.fixture(scope="module")
def page() -> str:
    return guide(load())


def test_the_page_is_up_to_date(page: str):
    assert (ontology_dir().parent / "docs" / "ontology.md").read_text("utf-8") == page, "run `make docs`"


def test_every_term_and_rule_is_on_it(page: str):
    knowledge = load()
    for name in knowledge.ontology.terms:
        assert f"`kg:{name}`" in page
    for rules in knowledge.shapes.rules.values():
        for rule in rules:
            assert rule.split("{")[0] in page
            assert rule.endswith(".")


def test_tables_are_whole(page: str):
    for block in page.split("\n\n"):
        if block.startswith("| "):
            widths = {line.replace("\\|", "").count("|") for line in block.strip().splitlines()}
            assert len(widths) == 1, block
