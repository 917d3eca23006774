"""A report reads well as text, as fields and as SHACL, and is the same every time."""

import json
import os
import re
import subprocess
import sys

import pyoxigraph as ox
import pytest

from kgbuild.knowledge import Knowledge, load
from kgbuild.knowledge.shapes import KGSH, SH
from kgbuild.model import Iri, Literal
from kgbuild.rdf import KG, NIF
from kgbuild.validate import Place, Report, Violation

PLACE = Place("aven.txt", 26, 35, "Port\nAven", "They met in Port\nAven.")
CITY = Iri("https://w3id.org/kgbuild/id/city/Port_Aven")
INVERSE = f"^<{KG('mentionOf').value}>"
VIOLATIONS = (
    Violation(KGSH("EntityLabel").value, "MinCount", CITY, KG("x").value, None, "It has no name.", file="aven.txt"),
    Violation(
        KGSH("MentionInside").value,
        "SPARQL",
        CITY,
        NIF("endIndex").value,
        Literal("35", "http://www.w3.org/2001/XMLSchema#integer"),
        "It ends beyond the end.",
        file="aven.txt",
        place=PLACE,
    ),
    Violation(KGSH("Mentioned").value, "MinCount", CITY, INVERSE, None, "It has no mention."),
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def test_good_news_is_short(knowledge: Knowledge):
    assert Report((), knowledge).to_text() == "The graph conforms to the shapes.\n"
    assert Report((), knowledge).to_dict() == {"conforms": True, "violations": []}


def test_text_is_for_people(knowledge: Knowledge):
    assert Report(VIOLATIONS, knowledge).to_text() == (
        "The graph does not conform to the shapes: 3 violations.\n"
        "\n"
        "aven.txt: It has no name.\n"
        "  node   <https://w3id.org/kgbuild/id/city/Port_Aven>, kg:x\n"
        "  shape  kgsh:EntityLabel (MinCount)\n"
        "\n"
        "aven.txt, characters 26 to 35: It ends beyond the end.\n"
        "  node   <https://w3id.org/kgbuild/id/city/Port_Aven>, nif:endIndex, value 35\n"
        "  shape  kgsh:MentionInside (SPARQL)\n"
        "  text   Port Aven\n"
        "  in     They met in Port Aven.\n"
        "\n"
        "no file: It has no mention.\n"
        "  node   <https://w3id.org/kgbuild/id/city/Port_Aven>, ^kg:mentionOf\n"
        "  shape  kgsh:Mentioned (MinCount)\n"
    )


def test_fields_are_json(knowledge: Knowledge):
    fields = json.loads(json.dumps(Report(VIOLATIONS, knowledge).to_dict()))
    assert fields["conforms"] is False
    first, second, third = fields["violations"]
    assert (first["path"], first["value"], first["begin"]) == (KG("x").value, None, None)
    assert (second["begin"], second["end"], second["sentence"]) == (26, 35, "They met in Port\nAven.")
    assert second["value"] == '"35"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert (third["file"], third["path"]) == (None, INVERSE)


def test_turtle_is_a_validation_report(knowledge: Knowledge):
    written = Report(VIOLATIONS, knowledge).to_turtle()
    store = ox.Store()
    store.load(written, format=ox.RdfFormat.TURTLE)
    rows = store.query(
        f"""PREFIX sh: <{SH.iri}> SELECT ?shape ?constraint ?path ?value WHERE {{
            ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
            ?result a sh:ValidationResult ; sh:focusNode <{CITY.value}> ; sh:sourceShape ?shape ;
                sh:sourceConstraintComponent ?constraint ; sh:resultSeverity sh:Violation ; sh:resultMessage ?message .
            OPTIONAL {{ ?result sh:resultPath/sh:inversePath? ?path FILTER isIRI(?path) }}
            OPTIONAL {{ ?result sh:value ?value }}
        }} ORDER BY ?shape"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = [tuple(str(row[name].value) if row[name] else "" for name in ("shape", "path", "value")) for row in rows]
    assert found == [
        # the path of a shape is that of the shape, whatever the violation says
        (KGSH("EntityLabel").value, "http://www.w3.org/2004/02/skos/core#prefLabel", ""),
        (KGSH("MentionInside").value, NIF("endIndex").value, "35"),
        (KGSH("Mentioned").value, KG("mentionOf").value, ""),
    ]


@pytest.mark.parametrize("shape", ["ClaimSubstance", "EntityMentioned", "ArticleOriginal"])
def test_paths_of_every_kind_come_back(shape: str, knowledge: Knowledge):
    import rdflib
    from pyshacl.helper.path_helper import shacl_path_to_sparql_path
    from pyshacl.shapes_graph import ShapesGraph

    from kgbuild.validate.engine import rdflib_graph
    from kgbuild.validate.paths import path_text, paths_of

    path = path_text(paths_of(knowledge.shapes.core)[KGSH(shape).value])
    report = Report((Violation(KGSH(shape).value, "In", CITY, path, None, "Wrong."),), knowledge)
    triples = [quad.triple for quad in ox.parse(report.to_turtle(), format=ox.RdfFormat.TURTLE)]
    read = rdflib_graph(triples)
    node = next(read.objects(None, rdflib.SH.resultPath))
    shown = shacl_path_to_sparql_path(ShapesGraph(read), node)
    assert re.sub("[() ]", "", shown) == path


def test_a_report_is_the_same_under_another_hash_seed():
    code = (
        "import sys; from kgbuild.knowledge import load; from kgbuild.validate import validate;"
        "from tests.validate.test_validation import faulty_graph; report = validate(faulty_graph(), load());"
        "sys.stdout.buffer.write(report.to_turtle() + report.to_text().encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
