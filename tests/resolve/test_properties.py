"""Properties of resolving: no order, no sharding matters, and nobody is taken for somebody else."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild import knowledge
from kgbuild.model import Extraction
from kgbuild.resolve import resolve
from tests.resolve.articles import article, body, person

known = cache(knowledge.load)

GIVEN = ("Anders", "Greta", "Volodymyr", "Serhii", "Ursula", "Jens")
FAMILY = ("Holm", "Lindqvist", "Zelenskyy", "Kyslytsya", "von der Leyen", "Müller-Brandt", "al-Assad")
VARIANTS = {
    "Volodymyr Zelenskyy": ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
    "Serhii Kyslytsya": ("Sergiy Kyslitsya",),
    "Ursula von der Leyen": ("Ursula Von derLeyen",),
    "Jens Müller-Brandt": ("Jens Mueller-Brandt", "Jens Muller Brandt"),
}
BODIES = {
    "Northern Defence Programme": ("Northern Defense Program",),
    "Ministry of Fisheries": ("Fisheries Ministry",),
    "Harbour Watch": ("Harbor Watch",),
}
people = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@st.composite
def named(draw):
    """Draw a thing: its true name and the form that an article uses, made into one named thing."""
    if draw(st.booleans()):
        true = draw(st.sampled_from(sorted(BODIES)))
        return true, body(draw(st.sampled_from((true, *BODIES[true]))))
    true = draw(people)
    return true, person(draw(st.sampled_from((true, *VARIANTS.get(true, ())))))


@st.composite
def worlds(draw):
    """Draw articles, each with some things, no thing twice in one article; and the true name of each chain."""
    told = draw(st.lists(st.lists(named(), min_size=1, max_size=4, unique_by=lambda n: n[0]), min_size=1, max_size=6))
    articles = [article(f"a{number}", *(thing for _, thing in things)) for number, things in enumerate(told)]
    truth = {(f"article/a{n}", k): true for n, things in enumerate(told) for k, (true, _) in enumerate(things)}
    return articles, truth


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_never_matters(world, chance):
    articles, _ = world
    other = list(articles)
    chance.shuffle(other)
    assert resolve(other, known()) == resolve(articles, known())


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_full_names_are_joined_when_and_only_when_they_are_one(world):
    articles, truth = world
    found = resolve(articles, known()).entity_of
    for one in truth:
        for other in truth:
            assert (found[one] == found[other]) == (truth[one] == truth[other])


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_an_article_alone_gives_the_iris_that_all_together_give(world):
    """A thing whose spellings have one key has one IRI in every build, whatever else the build reads."""
    articles, truth = world
    together = resolve(articles, known()).entity_of
    for one in articles:
        for chain, name in resolve([one], known()).entity_of.items():
            if truth[chain] not in VARIANTS:
                assert together[chain] == name


@given(worlds(), st.sampled_from(("Holm", "Lindqvist", "Zelensky", "Assad")))
@settings(max_examples=60, deadline=None)
def test_a_surname_never_brings_two_people_together(world, surname):
    articles, truth = world
    more: list[Extraction] = [*articles, article("surname", person(surname)), article("again", person(surname))]
    found = resolve(more, known()).entity_of
    by_entity: dict[str, set[str]] = {}
    for chain, true in truth.items():
        by_entity.setdefault(found[chain], set()).add(true)
    assert all(len(names) == 1 for names in by_entity.values())
