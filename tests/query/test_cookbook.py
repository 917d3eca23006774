"""Every question of the cookbook, asked of the seeds as people read them, gives the rows that were reviewed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.query import list_cookbook, query, shown, to_csv
from kgbuild.query.page import page
from kgbuild.rdf import quads
from kgbuild.store import keep
from tests.query.seeds import seeds_graph

RECIPES = {recipe.name: recipe for recipe in list_cookbook()}
SWAP, GAZA, BLOOMBERG = "000_58ec316967ab19c3.txt", "001_32f1342b32ee1c9c.txt", "002_9f90770b2d5fa2ee.txt"
ASKED: dict[str, dict[str, str]] = {
    "about": {"name": "Rustem Umerov"},
    "accusations": {"side": "Vladimir Medinsky"},
    "agencies": {},
    "agreements": {"side": "Russian delegation"},
    "aid": {},
    "annexed": {},
    "articles": {},
    "at-place": {"place": "Kursk Oblast"},
    "attacks": {"day": "2025-06-01"},
    "beside": {"name": "Umerov"},
    "between": {"one": "Vladimir Medinsky", "other": "Russia"},
    "captives": {},
    "ceasefires": {"side": "Russia"},
    "concessions": {},
    "corroborated": {},
    "demands": {},
    "disagreements": {},
    "disputed": {},
    "documents": {},
    "entities": {"class": "<https://w3id.org/kgbuild/ontology#City>"},
    "evidence": {"name": "Istanbul"},
    "exchanges": {"side": "Ukrainian delegation"},
    "forces": {},
    "in-article": {"file": SWAP},
    "leaders": {},
    "links": {},
    "losses": {},
    "meetings": {"name": "Donald Trump"},
    "members": {},
    "mentions": {"name": "Çırağan Palace"},
    "names": {},
    "not-done": {},
    "numbers": {"file": SWAP},
    "offices": {},
    "one-sided": {"speaker": "Vladimir Medinsky"},
    "places": {},
    "plans": {"side": "United States"},
    "prisoners": {"file": SWAP},
    "proposals": {"side": "Russia"},
    "protests": {},
    "publications": {},
    "quotations": {"speaker": "Umerov"},
    "rejections": {},
    "same-event": {},
    "sanctions": {},
    "shares": {"name": "Donetsk Oblast"},
    "single-source": {},
    "speakers": {},
    "support": {"side": "United States"},
    "timeline": {"day": "2025-06-01"},
    "unsure": {},
    "voices": {"file": BLOOMBERG},
    "votes": {},
    "warnings": {},
    "weapons": {},
    "who-said-what": {"speaker": "Umerov"},
    "withdrawals": {},
}
MANY = {"between", "beside", "about", "mentions", "corroborated", "entities"}  # large, or cut to the first fifty
# people's annotations have no links elsewhere and no doubts, join nothing across articles, and tell of no protest
NOTHING = {"agencies", "disagreements", "links", "protests", "same-event", "unsure"}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cookbook") / "seeds"
    keep(quads(seeds_graph()), folder)
    return folder


def test_every_question_is_asked():
    assert len(RECIPES) >= 30
    assert set(ASKED) == set(RECIPES)
    assert all(recipe.parameters for recipe in RECIPES.values())


@pytest.mark.parametrize("name", ASKED)
def test_rows_on_the_seeds(seeds: Path, golden: Callable[[str, bytes], None], name: str):
    table = query(seeds, name, ASKED[name])
    assert bool(table.rows) is (name not in NOTHING)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([table.columns, *(sorted(shown(table)))])
    golden(f"cookbook/{name}.csv", out.getvalue().encode())


@pytest.mark.parametrize(
    ("name", "parameter"), [(name, parameter) for name, one in RECIPES.items() for parameter, _ in one.parameters]
)
def test_a_parameter_narrows_the_whole_answer_down(seeds: Path, name: str, parameter: str):
    nothing = query(seeds, name, {parameter: "No Such Thing"})
    assert nothing.rows == ()
    assert nothing.columns == query(seeds, name, ASKED[name]).columns


@pytest.mark.parametrize(
    "name", sorted(set(RECIPES) - {"between", "beside", "about", "mentions", "corroborated", "entities"})
)
def test_without_parameters_it_answers_for_all(seeds: Path, name: str):
    narrow, whole = query(seeds, name, ASKED[name]), query(seeds, name)
    assert set(narrow.rows) <= set(whole.rows)


def test_csv_of_a_question_has_its_head(seeds: Path):
    assert to_csv(query(seeds, "who-said-what", {"speaker": "Umerov"})).startswith("who,cue,addressee,medium,said")


def test_the_page_says_what_the_questions_say():
    written = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert written == page(), "run `make docs`"
