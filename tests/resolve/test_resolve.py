"""Who is who over articles: one IRI a thing, whatever the order; people who share a surname stay apart."""

from itertools import permutations

import pytest

from kgbuild import knowledge
from kgbuild.model import EntityType
from kgbuild.resolve import resolve
from kgbuild.resolve.persons import readable
from tests.resolve.articles import article, ids, person


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def test_a_surname_alone_means_the_only_person_who_bears_it(known):
    assert ids(known, article("a", person("Vladimir Putin")), article("b", person("Putin"))) == [
        "person/Vladimir_Putin",
        "person/Vladimir_Putin",
    ]


def test_two_people_named_kim_stay_two(known):
    found = ids(
        known,
        article("a", person("Kim Jong Un")),
        article("b", person("Kim Dae Jung")),
        article("c", person("Kim")),
    )
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("Volodymyr Zelenskyy", "Volodymyr Zelensky"), ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan")],
)
def test_spellings_of_one_name_are_one_person(known, one, other):
    first, second = ids(known, article("a", person(one)), article("b", person(other)))
    assert first == second


def test_diacritics_do_not_part_a_palace(known):
    names = (("Çırağan Palace", EntityType.FACILITY, ""), ("Ciragan Palace", EntityType.FACILITY, ""))
    first, second = ids(known, article("a", names[0]), article("b", names[1]))
    assert first == second == "facility/Ciragan_Palace"
    resolution = resolve([article("a", names[0]), article("b", names[1])], known)
    entity = resolution.entities[first]
    assert {entity.label, *entity.alt_labels} == {"Çırağan Palace", "Ciragan Palace"}


def test_a_person_is_never_a_place(known):
    first, second = ids(known, article("a", person("Washington")), article("b", ("Washington", EntityType.CITY, "")))
    assert first != second


def test_gazetteer_keys_bring_names_together_and_give_links(known):
    kyiv, kiev = (known.gazetteer.look_up(text)[0] for text in ("Kyiv", "Kiev"))
    assert kyiv.key == kiev.key
    resolution = resolve([article("a", ("Kiev", EntityType.CITY, kiev.key))], known)
    (entity,) = resolution.entities.values()
    assert entity.label == "Kyiv"
    assert entity.same_as == kyiv.same_as
    assert all(link.startswith("https://sws.geonames.org/") for link in entity.same_as)


def test_an_institution_takes_its_name_from_its_country(known):
    forces = ("Ukrainian forces", EntityType.ORGANIZATION, "institution:forces:iso:UA")
    (entity,) = resolve([article("a", forces)], known).entities.values()
    assert (entity.id, entity.label) == ("organization/Armed_Forces_of_Ukraine", "Armed Forces of Ukraine")


def test_the_order_of_articles_never_matters(known):
    articles = [
        article("a", person("Putin"), ("Kyiv", EntityType.CITY, "geonames:703448")),
        article("b", person("Vladimir Putin"), person("Kim")),
        article("c", person("Kim Jong Un"), ("NATO", EntityType.ORGANIZATION, "kg:NATO")),
    ]
    first = resolve(articles, known)
    for order in permutations(articles):
        again = resolve(order, known)
        assert again == first
        assert list(again.entities) == list(first.entities)


def test_no_articles_give_no_entities(known):
    assert resolve([], known).entities == {}


def test_a_middle_name_may_be_left_out_when_nobody_else_fits(known):
    full, short, surname = ids(
        known, *(article(str(n), person(p)) for n, p in enumerate(("Dorothy Camille Shea", "Dorothy Shea", "Shea")))
    )
    assert full == short == surname == "person/Dorothy_Camille_Shea"
    *_, ann, alone = ids(
        known,
        *(
            article(str(n), person(p))
            for n, p in enumerate(("Dorothy Camille Shea", "Dorothy Shea", "Ann Shea", "Shea"))
        ),
    )
    assert len({full, ann, alone}) == 3


def test_the_fullest_then_the_most_frequent_spelling_is_the_label():
    assert readable({"Putin": 9, "Vladimir Putin": 2, "Wladimir Putin": 1}) == "Vladimir Putin"
