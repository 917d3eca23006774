"""Knowledge is read when asked for, travels as two folders, and its files can be checked all at once."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge import Knowledge, check, load
from kgbuild.paths import ontology_dir, shapes_dir

DATA = Path(__file__).parent / "data"


def test_parts_are_read_once_and_kept():
    knowledge = load()
    assert knowledge.ontology is knowledge.ontology
    assert knowledge.shapes is knowledge.shapes


def test_what_ships_is_the_default():
    assert load() == Knowledge(ontology_dir(), shapes_dir())
    assert load(DATA, DATA) == Knowledge(DATA, DATA)


def test_it_travels_light():
    knowledge = load()
    assert knowledge.ontology.terms
    packed = pickle.dumps(knowledge)
    assert len(packed) < 1000
    assert pickle.loads(packed) == knowledge  # noqa: S301 - packed two lines above


def test_a_broken_file_shows_when_its_part_is_asked_for():
    knowledge = load(DATA / "ontology-o002")
    with pytest.raises(DataError, match="O002"):
        _ = knowledge.ontology


def test_importing_it_loads_no_library():
    code = (
        "import sys, kgbuild.knowledge; print(sorted(sys.modules.keys() & {'rdflib', 'pyoxigraph', 'yaml', 'babel'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_ships_is_in_order():
    assert check() == ()


def test_links_state_the_relations_of_the_ontology():
    from kgbuild.knowledge.links import PREDICATES

    assert sorted(PREDICATES) == list(load().ontology.relations)


def test_frames_that_do_not_fit_the_ontology_are_told(tmp_path: Path):
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), folder)
    classes = folder / "frames" / "classes.yaml"
    text = classes.read_text("utf-8")
    assert "  parent: Consult\n" in text
    moved = text.replace("parent: Consult", "parent: Agree", 1)
    classes.write_text(moved + "\nParade:\n  parent: Event\n  says: People march for joy.\n", "utf-8")
    codes = {error.code for error in check(folder) if error.code.startswith("K")}
    assert codes == {"K001", "K002"}


def test_checking_gathers_every_family():
    errors = check(DATA / "ontology-o006", DATA / "shapes-s003")
    codes = {error.code for error in errors}
    assert {"O006", "S003"} <= codes
    assert {code[0] for code in codes} >= {"O", "S", "F", "N", "C"}


def test_words_of_links_are_data(tmp_path):
    from kgbuild.knowledge.links import load_links

    readings = load().links
    assert readings.verb_of["annexation"] == "annex"
    assert "succeed" in readings.of_subject
    (tmp_path / "link_words.tsv").write_text("word\thow\tverb\nannexation\tadjective\tannex\n", encoding="utf-8")
    with pytest.raises(DataError, match="L010"):
        load_links(tmp_path)


def test_a_noun_has_one_group_of_synonyms(tmp_path):
    from shutil import copy

    from kgbuild.knowledge.institutions import load_institutions

    cues = load().ontology_dir / "cues"
    for name in ("institutions.tsv", "anaphora.tsv"):
        copy(cues / name, tmp_path)
    (tmp_path / "synonyms.tsv").write_text("nouns\nprisoner|captive\npow|captive\n", encoding="utf-8")
    with pytest.raises(DataError, match="I008"):
        load_institutions(tmp_path)
    assert load().institutions.plain("captive") == "prisoner"
    assert load().institutions.plain("minister") == "minister"
