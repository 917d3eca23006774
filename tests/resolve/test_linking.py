"""A name of several places is the one that its article speaks for; without enough support it gets no link."""

import dataclasses

import pytest

from kgbuild import knowledge
from kgbuild.assemble.gazetteers import write_gazetteers
from kgbuild.gazetteer import compile_gazetteer
from kgbuild.model import EntityType
from kgbuild.rdf import KG
from kgbuild.resolve import resolve
from tests.gazetteer.slices import GEONAMES, TABLE, WIKIDATA, write
from tests.resolve.articles import article, body, city, country, person


@pytest.fixture(scope="module")
def shipped() -> knowledge.Knowledge:
    return knowledge.load()


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> knowledge.Knowledge:
    folder = tmp_path_factory.mktemp("gazetteer")
    texts = (("mine.tsv", TABLE), ("GH.txt", GEONAMES), ("wikidata.json", WIKIDATA))
    index = folder / "my.gazetteer"
    compile_gazetteer([write(folder, *one) for one in texts], index, version="2025-06")
    return knowledge.load(index=index)


def keyed(known, text):
    """Give a city with the key that its name has by itself."""
    rows = [row for row in known.gazetteer.look_up(text) if row.type is EntityType.CITY]
    return city(text, rows[0].key)


def link_of(known, one, number=0):
    resolution = resolve([one], known)
    return resolution.entities[resolution.entity_of[one.document_id, number]].same_as


def test_city_is_that_of_the_country_that_stands_behind_it(shipped):
    paris = keyed(shipped, "Paris")
    alone = link_of(shipped, article("a", paris))
    texas = link_of(shipped, article("b", paris, country("United States", "iso:US"), behind={"Paris": "United States"}))
    assert alone
    assert texas
    assert alone != texas


@pytest.mark.parametrize(
    ("name", "first", "other"), [("Tripoli", "iso:LY", "iso:LB"), ("Hyderabad", "iso:IN", "iso:PK"),
                                 ("Birmingham", "iso:GB", "iso:US")]
)  # fmt: skip
def test_city_is_that_of_the_country_that_the_article_is_about(shipped, name, first, other):
    one = keyed(shipped, name)
    told = {code: link_of(shipped, article("a", one, country("There", code))) for code in (first, other)}
    assert link_of(shipped, article("b", one)) == told[first] != told[other]
    for code, (link,) in told.items():
        number = link.rstrip("/").rpartition("/")[2]
        assert shipped.gazetteer.thing(f"geonames:{number}").country == code


def test_cities_of_one_size_and_name_are_not_guessed_at(shipped):
    one = keyed(shipped, "Springfield")
    assert link_of(shipped, article("a", one)) == link_of(shipped, article("a", one, country("US", "iso:US"))) == ()


def test_what_nothing_tells_apart_is_a_place_of_its_article(own):
    lundra = city("Lundra")
    one, other = article("a", lundra), article("b", lundra)
    resolution = resolve([one, other], own)
    assert all(entity.same_as == () for entity in resolution.entities.values())
    both = resolve(
        [article("a", lundra, country("Ghana", "iso:GH")), article("b", lundra, country("Peru", "iso:PE"))], own
    )
    links = {entity.same_as for entity in both.entities.values() if entity.label == "Lundra"}
    assert links == {("https://sws.geonames.org/900002/",), ("https://sws.geonames.org/900003/",)}


def test_no_link_below_the_threshold_and_the_name_stays(own):
    hamlet = city("Lake Tess")
    assert link_of(own, article("a", ("Upper Vale", EntityType.REGION, ""))) == ()
    assert link_of(own, article("a", ("Upper Vale", EntityType.REGION, ""), country("Ghana", "iso:GH")))
    assert link_of(own, article("a", hamlet)) == ()


def test_link_says_which_gazetteer_in_which_version_gave_it(own):
    one = article("a", city("Tessaly"), country("Ghana", "iso:GH"))
    resolution = resolve([one], own)
    entity = resolution.entities[resolution.entity_of["article/a", 0]]
    assert entity.same_as == ("http://www.wikidata.org/entity/Q9002", "https://sws.geonames.org/900001/")
    assert [(source.title, source.version) for source in entity.linked_by] == [
        ("GH.txt", "2025-06"), ("mine.tsv", "2025-06"), ("wikidata.json", "2025-06"),
    ]  # fmt: skip
    assert entity.known_in == resolution.entity_of["article/a", 1]
    triples = write_gazetteers(entity, "https://e/")
    assert {triple.predicate for triple in triples} >= {KG("linkedBy"), KG("gazetteerVersion"), KG("knownIn")}
    assert KG("locatedIn") not in {triple.predicate for triple in triples}


def test_what_the_gazetteer_knows_is_not_said_when_its_country_is_not_in_the_build(own):
    entity = next(iter(resolve([article("a", city("Tessaly"))], own).entities.values()))
    assert entity.known_in == ""
    assert entity.linked_by
    assert write_gazetteers(dataclasses.replace(entity, linked_by=()), "https://e/") == set()


@pytest.mark.parametrize(("name", "linked"), [("Ada Mensima Lind", True), ("Ada Lind", False), ("Bo Lind", False)])
def test_person_is_linked_by_full_name_only(own, name, linked):
    assert bool(link_of(own, article("a", person(name), country("Ghana", "iso:GH")))) is linked


def test_surname_follows_the_linked_person(own):
    full, alone = article("a", person("Ada Mensima Lind")), article("b", person("Lind"))
    found = resolve([full, alone], own).entity_of
    assert found["article/a", 0] == found["article/b", 0]


def test_body_of_a_dump_needs_the_country_and_of_an_own_table_does_not(own):
    institute = body("Northern Relief Institute")
    assert link_of(own, article("a", institute, country("Ghana", "iso:GH")))
    assert link_of(own, article("a", body("Harbour Watch"))) == ("https://example.org/hw",)


def test_without_a_gazetteer_of_one_s_own_nothing_of_it_is_said(shipped):
    resolution = resolve([article("a", keyed(shipped, "Kyiv"), country("Ukraine", "iso:UA"))], shipped)
    assert all(not entity.linked_by and not entity.known_in for entity in resolution.entities.values())


def test_own_table_finds_names_in_texts_as_those_that_ship(own):
    (row,) = own.gazetteer.look_up("Watch of the Harbour")
    assert row.key == "own:Harbour_Watch"
    assert own.gazetteer.look_up("Lundra") == ()
