"""The page about the graph tells the truth: its Turtle is in the sample, its queries have answers."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.export import export
from kgbuild.query import query
from tests.graphs import TEXT, sample_graph

PAGE = (Path(__file__).parents[2] / "docs" / "graph.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
EXCERPTS = re.findall(r"```turtle\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_has_its_examples():
    assert len(QUERIES) == 10
    assert len(EXCERPTS) == 6
    assert all(line in PAGE for line in TEXT.splitlines())


@pytest.mark.parametrize("text", QUERIES)
def test_every_query_of_the_page_has_an_answer(tmp_path: Path, text: str):
    path = tmp_path / "sample.trig"
    path.write_bytes(export(sample_graph(), "trig"))
    assert query(path, text).rows


@pytest.mark.parametrize("excerpt", EXCERPTS)
def test_every_excerpt_of_the_page_is_in_the_graph(excerpt: str):
    whole = export(sample_graph(), "turtle").decode()
    prefixes = "".join(line + "\n" for line in whole.splitlines() if line.startswith("@prefix"))
    shown = set(ox.parse(prefixes + excerpt, format=ox.RdfFormat.TURTLE))
    assert shown
    assert shown <= set(ox.parse(whole, format=ox.RdfFormat.TURTLE))
