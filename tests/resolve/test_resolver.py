"""Resolving summaries one by one gives, article by article, what resolving all articles at once gives."""

import pickle
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild import knowledge
from kgbuild.knowledge import Knowledge
from kgbuild.model import EntityType, Extraction, Mention, MentionKind
from kgbuild.resolve import Resolved, Resolver, resolve, summarise, surnames
from tests.resolve.articles import article, body, city, country, person
from tests.resolve.test_properties import worlds

known = cache(knowledge.load)

MIXED = (
    article("a", person("Vladimir Putin"), city("Kyiv", "geonames:703448"), body("Defence Ministry")),
    article("b", person("Putin"), body("Church"), person("Holmqvist")),
    article("c", person("Holmqvist"), country("Ukraine", "iso:UA"), body("Defence Ministry"), body("Church")),
)


def gathered(known_: Knowledge, *articles: Extraction) -> Resolved:
    resolver = Resolver(known_)
    for one in articles:
        resolver.add(summarise(one, known_))
    return resolver.finish()


def assert_each_is_its_part_of_the_whole(known_, *articles):
    whole = resolve(articles, known_)
    resolved = gathered(known_, *articles)
    for one in articles:
        local = resolved.local(summarise(one, known_))
        own = {chain: name for chain, name in whole.entity_of.items() if chain[0] == one.document_id}
        assert local.entity_of == own
        assert list(local.entities) == sorted(set(own.values()))
        assert all(local.entities[name] == whole.entities[name] for name in local.entities)


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_adding_never_shows(world, chance):
    articles, _ = world
    other = list(articles)
    chance.shuffle(other)
    first, second = gathered(known(), *articles), gathered(known(), *other)
    for one in articles:
        summary = summarise(one, known())
        assert first.local(summary) == second.local(summary)


@given(worlds())
@settings(max_examples=40, deadline=None)
def test_what_is_told_of_an_article_is_its_part_of_the_whole(world):
    assert_each_is_its_part_of_the_whole(known(), *world[0])


def test_surnames_rows_and_things_of_one_article_are_told():
    assert_each_is_its_part_of_the_whole(known(), *MIXED)


@pytest.mark.parametrize(
    ("same", "different"),
    [("Defence Ministry @ article/a\tDefence Ministry @ article/c\n", ""), ("Church\tHolmqvist\n", ""),
     ("", "Putin @ article/b\tVladimir Putin\n")],
)  # fmt: skip
def test_a_changed_ruling_needs_no_new_summaries(tmp_path, same, different):
    paths = tmp_path / "same.tsv", tmp_path / "different.tsv"
    for path, rows in zip(paths, (same, different), strict=True):
        path.write_text(f"one\tother\treason\n{rows}", encoding="utf-8")
    ruled = knowledge.load(same=[paths[0]], different=[paths[1]])
    assert [summarise(one, ruled) for one in MIXED] == [summarise(one, known()) for one in MIXED]
    assert resolve(MIXED, ruled) != resolve(MIXED, known())
    assert_each_is_its_part_of_the_whole(ruled, *MIXED)


def test_entity_is_told_by_its_id_unless_one_article_alone_has_it():
    resolved = gathered(known(), *MIXED)
    assert resolved.entity("person/Vladimir_Putin").label == "Vladimir Putin"
    (here,) = (name for name in resolved.local(summarise(MIXED[1], known())).entities if "Church" in name)
    with pytest.raises(KeyError):
        resolved.entity(here)


def test_summary_survives_being_written_down():
    for one in MIXED:
        summary = summarise(one, known())
        assert pickle.loads(pickle.dumps(summary)) == summary  # noqa: S301 - our own bytes


def test_no_chains_and_no_articles_give_nothing():
    empty = summarise(Extraction("article/none"), known())
    assert (empty.document_id, empty.chains) == ("article/none", ())
    assert gathered(known()).local(empty).entities == {}


def test_two_strangers_of_one_surname_and_two_genders_are_two():
    one, other = (article(name, person("Holmqvist")) for name in "ab")
    she, he = (with_gender(one, "female"), with_gender(other, "male"))
    found = resolve([she, he], known())
    assert len(found.entities) == len(set(found.entity_of.values())) == 2
    assert set(found.entity_of.values()) == found.entities.keys()


def with_gender(one: Extraction, gender: str) -> Extraction:
    (mention,) = one.mentions
    told = Mention(
        mention.where, mention.text, MentionKind.NAME, EntityType.PERSON, mention.head, mention.lemma,
        mention.sentence, gender=gender,
    )  # fmt: skip
    return Extraction(one.document_id, mentions=(told,), chains=one.chains)


def test_many_strangers_of_one_surname_and_two_genders_end_well():
    told = [
        with_gender(article(name, person("Holmqvist")), gender)
        for name, gender in zip("abcdefgh", ("female", "male") * 4, strict=True)
    ]
    found = resolve(told, known())
    assert len(found.entities) == len(told)
    assert all(entity.id.startswith("person/Holmqvist-") for entity in found.entities.values())


@pytest.mark.parametrize("many", [0, 1, 16])
def test_who_is_meant_does_not_hang_on_how_many_are_looked_up(monkeypatch, many):
    monkeypatch.setattr(surnames, "_MANY", many)
    names = "Anders Lund", "Greta Lund", "Erik Lund", "Maria Lund"
    articles = [
        article("all", *map(person, names), offices={"Greta Lund": "judge", "Erik Lund": "envoy"}),
        article("one", person("Anders Lund"), body("Church"), person("Lund"), offices={"Lund": "envoy"}),
        article("two", person("Lund"), offices={"Lund": "judge"}),
        article("three", person("M. Lund")),
        article("four", person("Lund")),
    ]
    found = resolve(articles, known()).entity_of
    who = [found[f"article/{name}", number] for name, number in (("one", 2), ("two", 0), ("three", 0), ("four", 0))]
    assert who[:3] == ["person/Anders_Lund", "person/Greta_Lund", "person/Maria_Lund"]
    assert who[3].startswith("person/Lund-")
    assert_each_is_its_part_of_the_whole(known(), *articles)
