"""The table of hard cases in docs/identity.md, row by row: the number of a case is the number of its row."""

import re
from pathlib import Path

import pytest

from kgbuild import knowledge
from kgbuild.model import EntityType
from kgbuild.resolve import resolve
from tests.resolve.articles import article, body, city, country, ids, person

PAGE = Path(__file__).resolve().parents[2] / "docs" / "identity.md"


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def apart(*things):
    """Put each thing into an article of its own."""
    return [article(str(number), thing) for number, thing in enumerate(things)]


ORGANIZATION, PERSON = EntityType.ORGANIZATION, EntityType.PERSON
# number of the row -> articles, and whether the first thing of the first is one with the last thing of the last
CASES = {
    1: (apart(person("Volodymyr Zelenskyy"), person("Volodymyr Zelenskiy")), True),
    2: (apart(person("Serhii Kyslytsya"), person("Sergiy Kyslitsya")), True),
    3: (apart(person("Heorhii Tykhyi"), person("Georgii Tykhyi")), True),
    4: (apart(person("Recep Tayyip Erdoğan"), person("Recep Tayyip Erdogan")), True),
    5: (apart(("Çırağan Palace", EntityType.FACILITY, ""), ("Ciragan Palace", EntityType.FACILITY, "")), True),
    6: (apart(person("Jens Müller-Brandt"), person("Jens Mueller-Brandt")), True),
    7: (apart(body("Joint Defence Research Centre"), body("Joint Defense Research Center")), True),
    8: (apart(body("Northern Development Programme"), body("Northern Development Program")), True),
    9: (apart(body("Ministry of Fisheries"), body("Fisheries Ministry")), True),
    10: (apart(body("Acme Shipping Ltd"), body("Acme Shipping")), True),
    11: (apart(person("Ursula von der Leyen"), person("Von derLeyen")), True),
    12: (apart(person("Vladimir Medinsky"), person("Vladimir Medisnky")), True),
    13: (apart(person("Erik Petersen"), person("Erik Peterson")), False),
    14: (apart(person("Marina Lund"), person("Martina Lund")), False),
    15: ([article("a", person("Oleksandr Sukhomlyn"), person("Oleksandr Sukhomlynn"))], True),
    16: (apart(person("Vladimir Putin"), person("Putin")), True),
    17: (apart(person("Kim Jong Un"), person("Kim")), False),
    18: (apart(person("Anders Holm"), person("Greta Holm"), person("Holm")), False),
    19: (
        [
            article("a", person("Anders Holm"), offices={"Anders Holm": "minister"}),
            article("b", person("Greta Holm"), offices={"Greta Holm": "judge"}),
            article("c", person("Holm"), offices={"Holm": "minister"}),
        ],
        True,
    ),
    20: (apart(person("Xi Jinping"), person("Xi")), True),
    21: (apart(person("Bashar al-Assad"), person("al-Assad")), True),
    22: (apart(person("Dorothy Camille Shea"), person("Dorothy Shea")), True),
    23: (apart(person("George W. Bush"), person("George H. W. Bush"), person("George Bush")), False),
    24: (apart(person("Washington"), city("Washington", "geonames:4140963")), False),
    25: (apart(("Harbour Front", EntityType.GROUP, ""), body("Harbour Front")), True),
    26: (apart(body("Defence Ministry"), body("Defence Ministry")), False),
    27: (
        apart(
            body("Ukrainian forces", "institution:forces:iso:UA"),
            body("Armed Forces of Ukraine", "institution:forces:iso:UA"),
        ),
        True,
    ),
    28: (apart(country("Moscow", "iso:RU"), city("Moscow", "geonames:524901")), False),
    29: (apart(("Lakeside", EntityType.REGION, ""), city("Lakeside")), False),
    30: (apart(body("First Guards Brigade"), body("Third Guards Brigade")), False),
    31: (apart(person("LeBron James"), person("James")), False),
    32: (apart(body("Coalition"), body("Coalition")), False),
    33: (apart(person("Volodymyr Petrov"), person("Vladimir Petrov")), False),
    34: ([article("a", person("Mykola Tereshchuk"), person("Nikolai Tereshchuk"))], False),
    35: (apart(("Operation Still Harbour", EntityType.NAMED_EVENT, ""), body("Operation Still Harbour")), True),
}


@pytest.mark.parametrize("number", CASES)
def test_case_is_decided_as_the_page_says(known, number):
    articles, one = CASES[number]
    found = ids(known, *articles)
    assert (found[0] == found[-1]) is one
    assert ids(known, *reversed(articles))[0 if len(articles) > 1 else -1] == found[-1]


def test_page_has_a_row_for_every_case_and_says_the_same():
    rows = dict(re.findall(r"^\| (\d+) \|.*\| (one|two) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert {int(number): told == "one" for number, told in rows.items()} == {n: one for n, (_, one) in CASES.items()}


def test_join_keeps_the_names_and_the_rule(known):
    resolution = resolve(CASES[12][0], known)
    (entity,) = resolution.entities.values()
    assert [(join.one, join.other, join.rule) for join in entity.joins] == [
        ("Vladimir Medinsky", "Vladimir Medisnky", "letters-swapped")
    ]
    assert "letters-swapped" in entity.rules


def test_iri_hangs_on_the_name_and_not_on_how_often_it_was_seen(known):
    british, american = CASES[8][0]
    more = [article(f"more{n}", body("Northern Development Programme")) for n in range(3)]
    once, often = ids(known, american)[0], ids(known, american, british, *more)[0]
    assert once == often == "organization/Northern_Development_Program"
