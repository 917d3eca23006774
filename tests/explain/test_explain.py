"""From a sentence or an IRI back to characters and rules, on an article that was read by hand."""

import dataclasses
import re

import pytest

from kgbuild.assemble import assemble
from kgbuild.errors import KgbuildError
from kgbuild.explain import expand, explain, shorten
from kgbuild.model import Filler, Frame, Iri, Join, Literal
from tests.graphs import TEXT, document_of, interpretation_of, place, resolution_of


@pytest.fixture(scope="module")
def build():
    document = document_of(TEXT)
    interpretation = interpretation_of(document)
    frame = Frame(
        place(TEXT, "met"),
        "meet",
        "verb",
        place(TEXT, TEXT.split("\n")[0]),
        (Filler("subject", place(TEXT, "Norland"), mention=0), Filler("in", place(TEXT, "Aven"), mention=2)),
        negated=True,
        tense="past",
        rules=("verb",),
    )
    extraction = dataclasses.replace(interpretation.extraction, frames=(frame,))
    interpretations = [dataclasses.replace(interpretation, extraction=extraction)]
    resolution = resolution_of([document])
    return interpretations, resolution, assemble(interpretations, resolution, "https://example.org/")


def test_sentence_is_found_by_any_of_its_words_whatever_case_and_white_space(build):
    (found,) = explain(*build, sentence="MINISTER  ada\nlind")
    assert found.about == "Foreign Minister Ada Lind said that both sides would free about 300 prisoners."
    assert found.source_file == "aven.txt"


def test_every_sentence_that_holds_the_words_is_explained(build):
    assert len(explain(*build, sentence="Ostria")) == 2


def test_mentions_tell_place_thing_and_rule(build):
    (found,) = explain(*build, sentence="met in Port Aven")
    by_text = {mention.place.text: mention for mention in found.mentions}
    assert list(by_text) == ["Norland", "Ostria", "Port Aven"]
    mention = by_text["Port Aven"]
    assert TEXT[mention.place.begin : mention.place.end] == "Port Aven"
    assert mention.stands_for == ("Port Aven (city:Port_Aven)",)
    assert mention.rules == ("names",)


def test_mention_of_two_things_stands_for_both(build):
    (found,) = explain(*build, sentence="both sides")
    (sides,) = [mention for mention in found.mentions if mention.place.text == "sides"]
    assert sides.stands_for == ("Norland (country:Norland)", "Ostria (country:Ostria)")


def test_clauses_tell_who_does_what(build):
    (found,) = explain(*build, sentence="met in Port Aven")
    (frame,) = found.frames
    assert (frame.lemma, frame.traits) == ("meet", ("negated", "past"))
    assert frame.sides == (("subject", "Norland"), ("in", "Port Aven"))


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        ("met in", "event", "Meet (met); actor: Norland, Ostria; place: Port Aven; time: Monday: 2025-06-02"),
        ("both sides", "event", "Release (free); actor: Norland, Ostria; theme: prisoners; modality: future"),
        ("denied", "event", "Deny (denied); actor: Ostrian delegation; theme: Release (free); polarity: negative"),
        ("met in", "relation", "locatedIn; subject: Port Aven; object: Norland"),
        ("denied", "relation", "affiliatedWith (not asserted); subject: Ostrian delegation; object: Ostria"),
        ("both sides", "position", "Foreign Minister; holder: Ada Lind; of: Norland"),
        ("both sides", "claim", "claim (said); speaker: Ada Lind; content: Release (free); medium: radio"),
        ("both sides", "quantity", "about 300: 300.0 prisoners; of: Release (free)"),
        ("met in", "time", "Monday: 2025-06-02"),
    ],
)
def test_facts_say_in_words_what_rests_on_the_sentence(build, words, kind, says):
    (found,) = explain(*build, sentence=words)
    assert says in [fact.says for fact in found.facts if fact.kind == kind]


def test_triples_are_those_of_the_facts_and_valid_turtle_terms(build):
    (found,) = explain(*build, sentence="met in")
    assert "city:Port_Aven kg:locatedIn country:Norland ." not in found.triples, "only facts are subjects"
    assert any(line.startswith("event:aven_1 kg:actor country:Norland") for line in found.triples)
    assert found.triples == tuple(sorted(set(found.triples)))
    assert all(re.fullmatch(r"\S+ \S+ (\".*\"\S*|\S+) \.", line) for line in found.triples)


@pytest.mark.parametrize(
    "iri", ["https://example.org/country/Ostria", "<https://example.org/country/Ostria>", "country:Ostria",
            "kgid:country/Ostria", "country/Ostria"]
)  # fmt: skip
def test_thing_is_explained_however_its_iri_is_written(build, iri):
    (found,) = explain(*build, iri=iri)
    assert found.about == "https://example.org/country/Ostria"
    assert [mention.place.text for mention in found.mentions] == ["Ostria", "sides", "Ostrian"]
    assert {fact.kind for fact in found.facts} == {"event", "relation"}
    assert 'country:Ostria skos:altLabel "Ostrian" .' in found.triples
    assert not any("nif:beginIndex" in line for line in found.triples)


def test_thing_shows_which_names_were_joined_and_why(build):
    interpretations, resolution, graph = build
    ostria = dataclasses.replace(resolution.entities["country/Ostria"], joins=(Join("Ostria", "Ostrya", "spelling"),))
    joined = dataclasses.replace(resolution, entities={**resolution.entities, "country/Ostria": ostria})
    (found,) = explain(interpretations, joined, graph, iri="country:Ostria")
    assert [(join.one, join.other, join.rule) for join in found.joins] == [("Ostria", "Ostrya", "spelling")]


def test_fact_is_explained_with_its_clause_and_evidence(build):
    (found,) = explain(*build, iri="event/aven_1")
    (fact,) = found.facts
    assert fact.evidence[0].sentence == "Norland and Ostria met in Port Aven on Monday."
    assert fact.rules == ("meet",)
    assert [frame.lemma for frame in found.frames] == ["meet"]


@pytest.mark.parametrize("what", [{"sentence": "no such words"}, {"iri": "person/Nobody"}])
def test_what_is_not_there_is_told(build, what):
    with pytest.raises(KgbuildError, match=r"no such words|does not know"):
        explain(*build, **what)


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Iri("https://example.org/person/Ada"), "person:Ada"),
        (Iri("https://example.org/time/Monday"), "id-time:Monday"),
        (Iri("https://w3id.org/kgbuild/ontology#leads"), "kg:leads"),
        (Iri("https://elsewhere.example/x"), "<https://elsewhere.example/x>"),
        (Literal('He said "yes"\n'), '"He said \\"yes\\"\\n"'),
        (Literal("true", "http://www.w3.org/2001/XMLSchema#boolean"), "true"),
        (Literal("2025-06-02", "http://www.w3.org/2001/XMLSchema#date"), '"2025-06-02"^^xsd:date'),
        (Literal("Kyiv", language="en"), '"Kyiv"@en'),
    ],
)
def test_terms_are_written_as_turtle_does(term, written):
    assert shorten(term, "https://example.org/") == written
    if isinstance(term, Iri):
        assert expand(written, "https://example.org/") == term.value
