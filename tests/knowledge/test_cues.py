"""Words that tell what a mention, a title or a report is, and what is said of a broken table."""

import shutil
from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.cues import Cues, Title, load_cues
from kgbuild.model import EntityType
from kgbuild.paths import ontology_dir

CUES = ontology_dir() / "cues"
TABLES = (
    *("titles", "title_modifiers", "nouns", "name_endings", "pronouns", "reporting", "hedges", "negation", "modality"),
)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues(CUES)


@pytest.mark.parametrize(
    ("phrase", "kind", "gender", "leads"),
    [
        ("prime minister", "office", "", True),
        ("Foreign Minister", "office", "", False),
        ("vice-president", "office", "", False),
        ("spokeswoman", "office", "female", False),
        ("chief negotiator", "office", "", True),
        ("permanent representative", "office", "", False),
        ("secretary-general", "office", "", True),
        ("king", "office", "male", False),
        ("Mrs", "honorific", "female", False),
        ("lieutenant colonel", "military", "", False),
        ("commander", "office", "", True),
        ("military blogger", "profession", "", False),
        ("lawmaker", "profession", "", False),
    ],
)
def test_titles(cues, phrase, kind, gender, leads):
    title = cues.title(phrase)
    assert (title.kind, title.gender, title.leads) == (kind, gender, leads)


@pytest.mark.parametrize("word", ["delegation", "the", "", "table"])
def test_what_is_no_title(cues, word):
    assert cues.title(word) is None


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *(("ex", "former"), ("Former", "former"), ("acting", "acting"), ("incoming", "incoming"), ("late", "late")),
        *(("deputy", "deputy"), ("big", "")),
    ],
)
def test_modifiers_of_titles(cues, word, meaning):
    assert cues.modifier(word) == meaning
    assert cues.former(word) == (meaning == "former")


@pytest.mark.parametrize(
    ("lemma", "singular", "plural"),
    [
        ("official", "Person", "Group"),
        ("child", "Person", "Group"),
        ("prisoner of war", "Person", "Group"),
        ("delegation", "Group", "Group"),
        ("force", "Organization", "Organization"),
        ("government", "Organization", "Group"),
        ("country", "Country", "Country"),
        ("region", "Region", "Region"),
        ("town", "City", "City"),
        ("airbase", "Facility", "Facility"),
        ("memorandum", "Document", "Document"),
        ("drone", "Weapon", "Weapon"),
        ("summit", "NamedEvent", "NamedEvent"),
        ("coast", "Place", "Place"),
    ],
)
def test_head_nouns(cues, lemma, singular, plural):
    assert cues.noun_type(lemma) == EntityType(singular)
    assert cues.noun_type(lemma, plural=True) == EntityType(plural)


def test_a_noun_that_names_no_thing(cues):
    assert cues.noun_type("hope") is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Palace", "Facility"),
        ("University", "Organization"),
        ("Oblast", "Region"),
        ("River", "Place"),
        ("Act", "Document"),
        ("Summit", "NamedEvent"),
        ("Missile", "Weapon"),
        ("Street", "Facility"),
    ],
)
def test_last_words_of_names(cues, word, kind):
    assert cues.ending_type(word) == EntityType(kind)


def test_first_words_of_names(cues):
    assert cues.beginning_type("Mount") is EntityType.PLACE
    assert cues.beginning_type("Operation") is EntityType.NAMED_EVENT
    assert cues.beginning_type("Palace") is None
    assert cues.ending_type("Xqzzt") is None


def test_words_behind_names_and_before_their_numbers(cues):
    assert cues.words_behind["regime"] is EntityType.PERSON
    assert cues.numbered["resolution"] is EntityType.DOCUMENT


@pytest.mark.parametrize(
    ("form", "kind", "person", "number", "gender"),
    [
        ("His", "possessive", 3, "singular", "male"),
        ("they", "personal", 3, "plural", ""),
        ("itself", "reflexive", 3, "singular", "neuter"),
        ("We", "personal", 1, "plural", ""),
        ("who", "relative", 3, "", ""),
    ],
)
def test_pronouns(cues, form, kind, person, number, gender):
    found = cues.pronoun(form)
    assert (found.kind, found.person, found.number, found.gender) == (kind, person, number, gender)


def test_words_that_attribute(cues):
    assert cues.reports("tell").addressee == "object"
    assert cues.reports("say").addressee == "to"
    assert cues.reports("demand").event
    assert not cues.reports("say").event
    assert cues.reports("write").stance == "write"
    assert cues.reports("report", "noun").stance == "say"
    assert cues.reports("according to", "phrase").stance == "cite"
    assert cues.reports("according to") is None
    assert cues.reports("eat") is None


def test_factuality(cues):
    assert cues.hedges["allegedly"].effect == "claim"
    assert cues.negation["not"].effect == "plain"
    assert cues.negation["halt"].effect == "stop"
    assert cues.modality_of("may", "auxiliary") == "possible"
    assert cues.modality_of("plan", "noun") == "future"
    assert cues.modality_of("proposal", "noun") == "proposed"
    assert cues.modality_of("eat", "verb") == ""


def test_cues_cannot_be_changed(cues):
    with pytest.raises(TypeError):
        cues.titles["clown"] = Title("clown", "role")


# For each code: the content of hedges.tsv (None: no file; after a plus, a line at its end), a word of the message.
BROKEN = {
    "C001": (None, "cannot be read"),
    "C002": (b"phrase\teffect\xff\n", "UTF-8"),
    "C003": (b"phrase\tmeaning\n", "columns"),
    "C004": (b"+maybe not\tpossible\tx", "cells"),
    "C005": (b"+maybe not", "empty"),
    "C006": (b"+allegedly\tclaim", "already"),
    "C007": (b"+maybe not\tsure", "allowed"),
}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, code):
    folder = shutil.copytree(CUES, tmp_path / "cues")
    path = folder / "hedges.tsv"
    content, word = BROKEN[code]
    line = 0
    if content is None:
        path.unlink()
    elif content.startswith(b"+"):
        whole = path.read_bytes().rstrip(b"\n") + b"\n" + content[1:] + b"\n"
        path.write_bytes(whole)
        line = len(whole.splitlines())
    else:
        path.write_bytes(content)
        line = 1 if code == "C003" else 0
    with pytest.raises(DataError, match=word) as caught:
        load_cues(folder)
    assert (caught.value.code, caught.value.path, caught.value.line) == (code, path, line)


@pytest.mark.parametrize("table", TABLES)
def test_a_word_outside_the_closed_columns_is_refused(tmp_path: Path, table):
    folder = shutil.copytree(CUES, tmp_path / "cues")
    path = folder / f"{table}.tsv"
    columns = next(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    wrong = "\t".join(["xqzzt"] * len(columns.split("\t")))
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{wrong}\n", encoding="utf-8")
    with pytest.raises(DataError, match="not allowed") as caught:
        load_cues(folder)
    assert caught.value.code == "C007"
