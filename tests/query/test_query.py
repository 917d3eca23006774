import csv
import io
import json
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.export import export
from kgbuild.model import Iri, Literal
from kgbuild.query import Table, list_cookbook, query, shown, to_csv, to_json
from kgbuild.query.sparql import asks_for_order, check_question, fill
from kgbuild.rdf import XSD, quads
from tests.graphs import sample_graph

SUFFIX = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "sample.trig"
    path.write_bytes(export(sample_graph(), "trig"))
    return path


@pytest.mark.parametrize("format_", SUFFIX)
def test_every_kind_of_file_answers_alike(tmp_path: Path, format_: str):
    path = tmp_path / f"graph{SUFFIX[format_]}"
    path.write_bytes(export(sample_graph(), format_))
    asked = query(path, "SELECT ?name { ?person a kg:Person ; skos:prefLabel ?name }")
    assert asked == Table(("name",), ((Literal("Ada Lind"),),), prefixes=asked.prefixes)


def test_a_store_folder_answers_and_stays_as_it_was(tmp_path: Path):
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_extend(quads(sample_graph()))
    del store
    asked = query(tmp_path / "store", "offices")
    assert shown(asked) == [["Ada Lind", "Foreign Minister", "Norland", "false", "aven.txt"]]
    with pytest.raises(QueryError, match="would change the graph"):
        query(tmp_path / "store", "DELETE WHERE { ?s ?p ?o }")


def test_all_named_graphs_are_asked_as_one_and_graph_tells_them_apart(source: Path):
    both = query(source, "SELECT ?who ?g { ?e kg:actor ?x . ?x skos:prefLabel ?who . GRAPH ?g { ?e a kg:Meet } }")
    assert [row[0] for row in shown(both)] == ["Norland", "Ostria"]
    assert {row[1] for row in shown(both)} == {"article:aven"}


def test_ask_construct_and_describe(source: Path):
    assert shown(query(source, "ASK { ?x a kg:Person }")) == [["true"]]
    assert shown(query(source, "ASK { ?x a kg:Weapon }")) == [["false"]]
    made = query(source, "CONSTRUCT { ?x rdfs:label ?name } WHERE { ?x a kg:Country ; skos:prefLabel ?name }")
    assert made.columns == ("subject", "predicate", "object")
    assert shown(made) == [["country:Norland", "rdfs:label", "Norland"], ["country:Ostria", "rdfs:label", "Ostria"]]
    described = query(source, "DESCRIBE ?x { ?x a kg:Person }")
    assert ["person:Ada_Lind", "skos:prefLabel", "Ada Lind"] in shown(described)


def test_rows_are_sorted_unless_the_question_orders_them(source: Path):
    text = "SELECT ?begin { ?m a kg:Mention ; nif:beginIndex ?begin }"
    begins = [int(row[0]) for row in shown(query(source, text))]
    assert begins == sorted(begins)
    turned = [int(row[0]) for row in shown(query(source, text + " ORDER BY DESC(?begin)"))]
    assert turned == begins[::-1]


def test_an_answer_may_be_empty_or_have_gaps(source: Path):
    assert query(source, "SELECT ?x { ?x a kg:Weapon }").rows == ()
    gaps = query(source, "SELECT ?name ?also { ?x skos:prefLabel ?name OPTIONAL { ?x skos:altLabel ?also } }")
    assert ["Ada Lind", ""] in shown(gaps)
    assert ["Ostria", "Ostrian"] in shown(gaps)


def test_csv_is_read_back(source: Path):
    text = to_csv(query(source, "SELECT ?x ?said { ?x kg:claimText ?said }"))
    assert text.startswith("x,said\r\n")
    assert list(csv.reader(io.StringIO(text)))[1] == [
        "https://w3id.org/kgbuild/id/claim/aven_1",
        "both sides would free about 300 prisoners",
    ]


def test_json_follows_the_standard(source: Path):
    found = json.loads(
        to_json(
            query(source, "SELECT ?m ?e ?no { ?m nif:endIndex ?e ; kg:mentionKind 'cue' OPTIONAL { ?m kg:no ?no } }")
        )
    )
    assert found["head"] == {"vars": ["m", "e", "no"]}
    assert found["results"]["bindings"] == [
        {
            "m": {"type": "uri", "value": "https://w3id.org/kgbuild/id/mention/aven_73_77_cue"},
            "e": {"type": "literal", "value": "77", "datatype": XSD("integer").value},
        }
    ]
    assert json.loads(to_json(query(source, "ASK { ?x a kg:Person }"))) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("cell", "binding"),
    [
        (Iri("_:b1"), {"type": "bnode", "value": "b1"}),
        (Literal("Haus", language="de"), {"type": "literal", "value": "Haus", "xml:lang": "de"}),
        (Literal("plain"), {"type": "literal", "value": "plain"}),
    ],
)
def test_each_kind_of_cell_has_its_json(cell: Iri | Literal, binding: dict[str, str]):
    assert json.loads(to_json(Table(("x",), ((cell,),))))["results"]["bindings"] == [{"x": binding}]


def test_a_question_from_a_file(source: Path, tmp_path: Path):
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?x { ?x a kg:City }", encoding="utf-8")
    assert shown(query(source, str(path))) == [["city:Port_Aven"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?x\nWHERE {\n ?x ! 3 }", "query:3:10: not valid SPARQL: expected OPTIONAL"),
        ("SELECT ?x { ?x a foo:Bar }", "query:1:25: not valid SPARQL: a prefix that is not declared"),
        ("PREFIX x: <urn:x>\nINSERT DATA { x:a x:b 1 }", "query:2:1: INSERT would change the graph"),
        ("CLEAR ALL", "query:1:1: CLEAR would change the graph"),
        ("SELECT * { SERVICE <https://a.example/> { ?s ?p ?o } }", "query:1:12: SERVICE would ask a foreign machine"),
        ("SELECT * {SERVICE:x{?s ?p ?o}}", "query:1:11: SERVICE would ask a foreign machine"),
        ("SELECT * { serviceSilent<urn:x>{?s ?p ?o}}", "query:1:12: SERVICE would ask a foreign machine"),
        ("SELECT * { FILTER(trueSERVICE:x { ?s ?p ?o }", "SERVICE would ask a foreign machine"),
        ("# nothing but a comment", "query: no question. Begin it with SELECT"),
        ("ofices", "no cookbook query 'ofices'. There are offices"),
        ("no-such-file.rq", "no-such-file.rq: cannot be read (No such file or directory)"),
    ],
)
def test_a_bad_question_is_told_in_one_line(source: Path, text: str, words: str):
    with pytest.raises(QueryError) as error:
        query(source, text)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service ?p 'INSERT SERVICE' }",
        '# DELETE\nSELECT * { ?s <urn:SERVICE> """SERVICE <x> {""" }',
        "SELECT * { ?s kg:service ?o . FILTER(?o<2) }",
        "PREFIX insert: <urn:x> SELECT * { ?s insert:x 'it''s' }",
    ],
)
def test_a_word_inside_something_else_is_no_keyword(text: str):
    check_question(text, "query")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?x { ?x ?y ?z } ORDER BY ?x", True),
        ("select ?x { ?x ?y ?z } order\nby desc(?x)", True),
        ("SELECT ?order { ?order ?by 'ORDER BY' } # ORDER BY", False),
    ],
)
def test_an_order_is_noticed(text: str, wanted: bool):
    assert asks_for_order(text) is wanted


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.ttl", "missing.ttl: no such file"),
        ("graph.xyz", "unknown kind of graph file"),
        ("folder", "not an Oxigraph store"),
    ],
)
def test_a_bad_source_is_told_in_one_line(tmp_path: Path, name: str, words: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "graph.xyz").write_text("", encoding="utf-8")
    with pytest.raises(KgbuildError, match=words):
        query(tmp_path / name, "articles")


def test_a_folder_that_only_looks_like_a_store(tmp_path: Path):
    (tmp_path / "CURRENT").write_text("no manifest\n", encoding="utf-8")
    with pytest.raises(QueryError, match="not an Oxigraph store that can be read"):
        query(tmp_path, "articles")


def test_a_broken_graph_is_told_with_its_position(tmp_path: Path):
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b>\n  nonsense", encoding="utf-8")
    with pytest.raises(KgbuildError, match=r"broken\.ttl:2:3"):
        query(tmp_path / "broken.ttl", "articles")


def test_a_huge_answer_is_refused_not_cut(source: Path):
    with pytest.raises(QueryError, match=r"query: more than 1,000 rows\. Narrow it down, or add LIMIT\."):
        query(source, "SELECT * { ?a ?b ?c . ?d ?e ?f }", row_limit=1000)
    assert len(query(source, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000", row_limit=1000).rows) == 1000


def test_a_slow_question_is_left_behind(source: Path):
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"no answer within 0\.2 seconds"):
        query(
            source,
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?i) }",
            time_limit_seconds=0.2,
        )
    assert time.monotonic() - begun < 5


def test_values_fill_the_parameters(source: Path):
    assert len(query(source, "mentions").rows) == 8
    assert {row[1] for row in shown(query(source, "mentions", {"name": "Ostrian"}))} == {"Ostria", "sides"}
    classes = query(source, "entities", {"class": "<https://w3id.org/kgbuild/ontology#City>"})
    assert [row[0] for row in shown(classes)] == ["Port Aven"]
    assert query(source, "mentions", {"name": 'a "b" \\1 } UNDEF'}).rows == ()
    with pytest.raises(QueryError, match="mentions: no parameter 'nme'"):
        query(source, "mentions", {"nme": "x"})
    with pytest.raises(QueryError, match="is no IRI"):
        query(source, "mentions", {"name": "<x>"})


def test_an_open_parameter_goes_with_the_pattern_that_only_it_is_in():
    named = "?thing skos:prefLabel|skos:altLabel ?name ."
    text = f"# ?name\nSELECT ?one {{ VALUES ?name {{ UNDEF }} {named} ?thing skos:prefLabel ?one }}"
    assert fill(text, {}, "q").split() == "# ?name SELECT ?one { ?thing skos:prefLabel ?one }".split()
    assert fill(text, {"name": "x"}, "q") == text.replace("UNDEF", '"x"')
    for other in (text.replace("?one {", "?name {"), text.replace("SELECT ?one", "SELECT *")):
        assert named in fill(other, {}, "q")
        assert "UNDEF" not in fill(other, {}, "q")


ANSWERS: dict[str, list[list[str]]] = {
    "annexed": [],
    "agreements": [],
    "articles": [["article:aven", "Norland and Ostria meet", "2025-06-03", "The Aven Post", "aven.txt", ""]],
    "who-said-what": [
        ["Ada Lind", "said", "", "radio", "both sides would free about 300 prisoners", "", "aven.txt"],
    ],
    "corroborated": [["Port Aven", "kg:locatedIn", "Norland", "1"]],
    "leaders": [],
    "members": [["Ostrian delegation", "affiliated with", "Ostria", "false"]],
    "offices": [["Ada Lind", "Foreign Minister", "Norland", "false", "aven.txt"]],
    "places": [["Port Aven", "kg:City", "Norland"]],
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_cookbook_answers(source: Path, name: str):
    assert shown(query(source, name)) == ANSWERS[name]


def test_the_cookbook_tells_voices_apart(source: Path):
    voices = {(row[2], row[3]): (row[0], row[1]) for row in shown(query(source, "voices"))}
    assert voices["kg:Meet", "met"] == ("told", "")
    assert voices["kg:Release", "free"] == ("claimed", "Ada Lind")
    assert voices["kg:Statement", "in"] == ("told", "")
    assert voices["kg:Statement", "Ostrian"] == ("claimed", "")


def test_the_cookbook_tells_who_met_whom(source: Path):
    row, other = shown(query(source, "meetings"))
    assert other[:2] == row[1::-1]
    assert row[:6] == ["Norland", "Ostria", "kg:Meet", "Port Aven", "2025-06-02", "kg:actual"]


def test_everything_said_about_something(source: Path):
    rows = shown(query(source, "about", {"name": "Ada Lind"}))
    assert [(row[1], row[3]) for row in rows] == [("holder of an office", "Foreign Minister"), ("says", "said")]


def test_every_recipe_explains_itself():
    recipes = list_cookbook()
    assert len(recipes) >= 12
    for recipe in recipes:
        assert recipe.title
        assert len(recipe.title) < 70
        assert len(recipe.answers) > 40
        assert "PREFIX" not in recipe.text
        assert all(len(line) <= 130 for line in recipe.text.splitlines())
    assert {recipe.name: recipe.parameters for recipe in recipes}["offices"] == (
        ("name", "only the offices of the person of this name"),
    )
