"""same.tsv and different.tsv win over every rule, and their mistakes are told by file and line."""

import pytest

from kgbuild import knowledge
from kgbuild.errors import DataError
from kgbuild.model import EntityType
from kgbuild.resolve import resolve
from tests.resolve.articles import article, body, city, ids, person

HEAD = "one\tother\treason\n"


def ruled(tmp_path, same="", different=""):
    paths = {}
    for name, rows in (("same", same), ("different", different)):
        paths[name] = [tmp_path / f"{name}.tsv"] if rows else []
        for path in paths[name]:
            path.write_text(HEAD + rows, encoding="utf-8")
    return knowledge.load(same=paths["same"], different=paths["different"])


@pytest.mark.parametrize(
    "row",
    ["Ada Lind\tThe Harbour Poet\tpen name\n", "person/Ada_Lind\tperson:Harbour_Poet\n",
     "https://w3id.org/kgbuild/id/person/Ada_Lind\tthe harbour poet\n"],
)  # fmt: skip
def test_same_joins_what_no_rule_joins(tmp_path, row):
    articles = article("a", person("Ada Lind")), article("b", person("The Harbour Poet"))
    assert len(set(ids(ruled(tmp_path), *articles))) == 2
    known = ruled(tmp_path, same=row)
    assert len(set(ids(known, *articles))) == 1
    (entity,) = resolve(articles, known).entities.values()
    assert entity.joins[0].rule.startswith("same.tsv:2")


def test_different_parts_what_a_rule_joins(tmp_path):
    articles = article("a", person("Vladimir Medinsky")), article("b", person("Vladimir Medisnky"))
    assert len(set(ids(ruled(tmp_path), *articles))) == 1
    assert len(set(ids(ruled(tmp_path, different="Vladimir Medinsky\tVladimir Medisnky\n"), *articles))) == 2


def test_different_parts_two_of_one_name_by_article(tmp_path):
    articles = [article(name, person("John Lind")) for name in "abc"]
    known = ruled(tmp_path, different="John Lind @ article/b\tJohn Lind\n")
    one, other, third = ids(known, *articles)
    assert one == third == "person/John_Lind"
    assert other.startswith("person/John_Lind-")


def test_same_may_mean_one_article_only(tmp_path):
    articles = article("a", person("Ada Lind")), article("b", person("The Poet")), article("c", person("The Poet"))
    ada, here, there = ids(ruled(tmp_path, same="The Poet @ article/b\tAda Lind\n"), *articles)
    assert ada == here != there


def test_different_wins_over_what_would_join_through_a_third(tmp_path):
    names = "Dorothy C. Shea", "Dorothy Camille Shea", "Dorothy Shea"
    articles = [article(name, person(name)) for name in names]
    assert len(set(ids(ruled(tmp_path), *articles))) == 1
    found = ids(ruled(tmp_path, different="Dorothy C. Shea\tDorothy Camille Shea\n"), *articles)
    assert found[0] != found[1]


def test_person_and_place_are_never_joined(tmp_path):
    articles = article("a", person("Washington")), article("b", city("Washington", "geonames:4140963"))
    assert len(set(ids(ruled(tmp_path, same="Washington\tWashington, D.C.\n"), *articles))) == 2


def test_ruling_about_nobody_here_does_nothing(tmp_path):
    articles = [article("a", person("Ada Lind"), body("Harbour Watch"))]
    plain = resolve(articles, ruled(tmp_path))
    assert resolve(articles, ruled(tmp_path, same="X Y\tZ\n", different="Q\tR\n")) == plain


@pytest.mark.parametrize(
    ("same", "different", "code", "line"),
    [
        ("Ada\n", "", "M005", 2),
        ("Ada\tAda\n", "", "M006", 2),
        ("", "Ada\tada\n", "M006", 2),
        ("person/Ada\tcity/Aden\n", "", "M007", 2),
        ("article/a\tAda\n", "", "M007", 2),
        ("Ada\tEve\n", "Eve\tAda\n", "M008", 2),
        ("a\tb\tc\td\n", "", "M004", 2),
    ],
)
def test_mistake_is_told_by_file_and_line(tmp_path, same, different, code, line):
    with pytest.raises(DataError) as raised:
        _ = ruled(tmp_path, same, different).identity
    assert (raised.value.code, raised.value.line) == (code, line)
    assert raised.value.path.parent == tmp_path


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("spellings.tsv", "center\tcentre\n", "N006"),
        ("surnames.tsv", "Kim\tperhaps\n", "N012"),
        ("surnames.tsv", "Kim\tyes\nkim\tyes\n", "N006"),
        ("cognates.tsv", "Igor|Ingvar\n", "N006"),
    ],
)
def test_mistake_in_a_table_is_told(tmp_path, table, row, code):
    heads = {
        "spellings.tsv": "spelling\tvariants\ncenter\tcentre\n",
        "surnames.tsv": "surname\tfirst\tmany\n",
        "cognates.tsv": "names\nIhor|Igor\n",
    }
    for name, head in heads.items():
        (tmp_path / name).write_text(head, encoding="utf-8")
    with (tmp_path / table).open("a", encoding="utf-8") as file:
        file.write(row)
    with pytest.raises(DataError) as raised:
        knowledge.identity.load_identity(tmp_path)
    assert raised.value.code == code


def test_kind_of_a_thing_is_what_most_mentions_say(tmp_path):
    articles = [article(str(n), ("Harbour Front", kind, "")) for n, kind in enumerate(
        (EntityType.GROUP, EntityType.ORGANIZATION, EntityType.ORGANIZATION))]  # fmt: skip
    (entity,) = resolve(articles, ruled(tmp_path)).entities.values()
    assert entity.type is EntityType.ORGANIZATION
