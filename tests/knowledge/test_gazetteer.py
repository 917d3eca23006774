"""Names of the world: what a surface can stand for, and what is said of a broken table."""

import shutil
from pathlib import Path

import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.gazetteer import Form, Gazetteer, Tier, fold, load_gazetteer
from kgbuild.model import EntityType
from kgbuild.paths import ontology_dir

NAMES = ontology_dir() / "names"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(NAMES)


@pytest.mark.parametrize(
    ("surface", "key", "form"),
    [
        ("Ukraine", "iso:UA", Form.NAME),
        ("UKRAINE", "iso:UA", Form.NAME),
        ("ukraine", "iso:UA", Form.NAME),
        ("Ukraine's", "iso:UA", Form.NAME),
        ("the Russian Federation", "iso:RU", Form.NAME),
        ("Russian", "iso:RU", Form.ADJECTIVE),
        ("the Russians", "iso:RU", Form.PEOPLE),
        ("Turks", "iso:TR", Form.PEOPLE),
        ("Türkiye", "iso:TR", Form.NAME),
        ("Turkiye", "iso:TR", Form.NAME),
        ("Brits", "iso:GB", Form.PEOPLE),
        ("US", "iso:US", Form.ACRONYM),
        ("U.S.", "iso:US", Form.ACRONYM),
        ("U.S.’s", "iso:US", Form.ACRONYM),
        ("America", "iso:US", Form.NAME),
        ("UAE", "iso:AE", Form.ACRONYM),
        ("DR Congo", "iso:CD", Form.NAME),
        ("Ivory Coast", "iso:CI", Form.NAME),
        ("Côte d’Ivoire", "iso:CI", Form.NAME),
        ("Burma", "iso:MM", Form.NAME),
        ("Kosovo", "iso:XK", Form.NAME),
        ("Palestinian", "iso:PS", Form.ADJECTIVE),
        ("Georgia", "iso:GE", Form.NAME),
        ("Jordan", "iso:JO", Form.NAME),
        ("Kiev", "geonames:703448", Form.NAME),
        ("Kyiv", "geonames:703448", Form.NAME),
        ("Peking", "geonames:1816670", Form.NAME),
        ("Nice", "geonames:2990440", Form.NAME),
        ("N.Y.", "iso:US-NY", Form.ACRONYM),
        ("Calif.", "iso:US-CA", Form.NAME),
        ("Tuscany", "iso:IT-52", Form.NAME),
        ("Crimean", "iso:UA-43", Form.ADJECTIVE),
        ("Donetsk region", "iso:UA-14", Form.NAME),
        ("Gaza", "kg:Gaza_Strip", Form.NAME),
        ("NATO", "kg:NATO", Form.NAME),
        ("Tu-22M3", "kg:Tu-22", Form.NAME),
        ("Nord Stream", "kg:Nord_Stream", Form.NAME),
        ("Second World War", "kg:World_War_II", Form.NAME),
        ("Mexico", "iso:MX", Form.NAME),
        ("E.U.", "kg:European_Union", Form.ACRONYM),
        ("ISIL", "kg:Islamic_State", Form.ACRONYM),
        ("Da’esh", "kg:Islamic_State", Form.NAME),
        ("the Kremlin", "kg:Kremlin", Form.NAME),
        ("UN Security Council", "kg:United_Nations_Security_Council", Form.NAME),
        ("Western", "kg:Western_countries", Form.ADJECTIVE),
    ],
)
def test_the_likeliest_meaning_comes_first(gazetteer, surface, key, form):
    best = gazetteer.look_up(surface)[0]
    assert (best.key, best.form) == (key, form)


@pytest.mark.parametrize(
    "surface",
    ["us", "it", "is", "who", "turkey", "china", "nice", "reading", "march", "Of", "polish", "western", "telegram"],
)
def test_a_plain_word_is_no_name(gazetteer, surface):
    assert gazetteer.look_up(surface) == ()


@pytest.mark.parametrize("surface", ["", " ", ".", "the", "Xqzzt", "'s"])
def test_what_is_not_known_gives_nothing(gazetteer, surface):
    assert gazetteer.look_up(surface) == ()


def test_a_surface_with_several_meanings_gives_all_of_them(gazetteer):
    keys = [name.key for name in gazetteer.look_up("Donetsk")]
    assert keys.index("geonames:709717") < keys.index("iso:UA-14")
    assert [name.key for name in gazetteer.look_up("Congo")] == ["iso:CD", "iso:CG"]
    assert {name.type for name in gazetteer.look_up("Georgia")} == {EntityType.COUNTRY, EntityType.REGION}


def test_what_other_countries_have_too_is_marked_as_shared(gazetteer):
    assert gazetteer.look_up("Senate")[0].tier == Tier.SHARED
    assert gazetteer.look_up("US Senate")[0].tier == Tier.KNOWN


def test_a_capital_knows_its_country(gazetteer):
    washington = gazetteer.look_up("Washington")[0]
    assert (washington.name, washington.capital_of) == ("Washington, D.C.", "iso:US")
    assert gazetteer.look_up("Kiev")[0].capital_of == "iso:UA"
    assert gazetteer.look_up("Ngerulmud")[0].capital_of == "iso:PW"


def test_a_thing_is_found_by_its_key_and_linked(gazetteer):
    kyiv = gazetteer.thing("geonames:703448")
    assert (kyiv.name, kyiv.type, kyiv.country) == ("Kyiv", EntityType.CITY, "iso:UA")
    assert kyiv.same_as == ("https://sws.geonames.org/703448/",)
    assert gazetteer.country("iso:UA").name == "Ukraine"
    assert gazetteer.country("iso:UA-14") is None
    assert gazetteer.thing("iso:UA-14").name == "Donetsk Oblast"
    assert gazetteer.thing("kg:nothing") is None
    assert gazetteer.thing("geonames:0") is None


def test_every_country_has_adjective_people_and_capital(gazetteer):
    import pycountry

    for country in pycountry.countries:
        name = gazetteer.country(f"iso:{country.alpha_2}")
        assert name is not None, country.name
        if name.type is EntityType.COUNTRY:
            adjective = gazetteer.adjective(name.key)
            assert any(row.key == name.key for row in gazetteer.look_up(adjective)), country.name
    assert gazetteer.adjective("iso:NL") == "Dutch"
    assert gazetteer.adjective("iso:ZZ") == ""


def test_every_name_of_a_country_finds_it_first(gazetteer):
    import pycountry  # of two that are called Congo, the bigger comes first

    astray = [
        (country.name, gazetteer.look_up(country.name)[:1])
        for country in pycountry.countries
        if "," not in country.name
        and country.alpha_2 != "CG"
        and gazetteer.look_up(country.name)[0].key != f"iso:{country.alpha_2}"
    ]
    assert astray == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "Zelensky"),
        ("Zelenskiy", "ZELENSKY"),
        ("Medinskiy", "Medinsky"),
        ("Sergiy", "Serhii"),
        ("Mohamed", "Muhammad"),
        ("Gaddafi", "Qaddafi"),
        ("Aleksandr", "Alexander"),
        ("Sa'ar", "Saar"),
    ],
)
def test_spellings_of_one_name_of_a_person(gazetteer, one, other):
    assert gazetteer.canonical_part(one) == gazetteer.canonical_part(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Volodymyr", "Vladimir"), ("Oleksandr", "Alexander"), ("Yevhen", "Yevgeny"), ("Mykola", "Nikolai")],
)
def test_cognates_are_different_names(gazetteer, one, other):
    assert gazetteer.canonical_part(one) != gazetteer.canonical_part(other)


@pytest.mark.parametrize(
    ("name", "gender"), [("Vladimir", "male"), ("Ursula", "female"), ("Jean", ""), ("Xqzzt", ""), ("Emine", "female")]
)
def test_gender_of_a_given_name(gazetteer, name, gender):
    assert gazetteer.gender(name) == gender


@pytest.mark.parametrize("surface", ["İstanbul", "ISTANBUL", "İSTANBUL’s"])
def test_folding_forgets_diacritics_and_case(surface):
    assert fold(surface) == "istanbul"


def test_loading_twice_gives_the_same(gazetteer):
    again = load_gazetteer(NAMES)
    for surface in ("Washington", "Georgia", "Donetsk", "San Jose", "Santiago", "AFP"):
        assert again.look_up(surface) == gazetteer.look_up(surface)


# For each code: the table, its content (None: no file; after a plus, a line added at its end), a word of the message.
BROKEN = {
    "N001": ("places.tsv", None, "cannot be read"),
    "N002": ("places.tsv", b"name\ttype\xff\n", "UTF-8"),
    "N003": ("places.tsv", b"# no columns\n", "columns"),
    "N004": ("places.tsv", b"+a\tRegion" + b"\t" * 9 + b"x", "cells"),
    "N005": ("places.tsv", b"+\tRegion", "empty"),
    "N006": ("places.tsv", b"+Europe\tRegion", "already"),
    "N007": ("places.tsv", b"+Narnia\tRegion\tQQ", "countries.tsv"),
    "N008": ("places.tsv", b"+Narnia\tKingdom", "type"),
    "N009": ("cities.tsv", b"+1\tNarnia\tGB\tmany\tnarnia", "number"),
    "N010": ("city-names.tsv", b"+1\tNarnia", "cities.tsv"),
    "N011": ("given-names.tsv", b"+Aslan\tlion", "gender"),
}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, code):
    names = shutil.copytree(NAMES, tmp_path / "names")
    table, content, word = BROKEN[code]
    path = names / table
    line = 0
    if content is None:
        path.unlink()
    elif content.startswith(b"+"):
        whole = path.read_bytes().rstrip(b"\n") + b"\n" + content[1:] + b"\n"
        path.write_bytes(whole)
        line = len(whole.splitlines())
    else:
        path.write_bytes(content)
    with pytest.raises(DataError, match=word) as caught:
        load_gazetteer(names)
    assert (caught.value.code, caught.value.path, caught.value.line) == (code, path, line)
    assert code in {"N001"} or caught.value.remedy


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("countries.tsv", "QQ\tNarnia"),
        ("regions.tsv", "GB-QQQ\t\tNarnia"),
        ("regions.tsv", "\tQQ\tNarnia"),
        ("organizations.tsv", "Narnia Bank\t\tQQ"),
    ],
)
def test_a_code_that_nobody_knows_is_refused(tmp_path: Path, table, row):
    names = shutil.copytree(NAMES, tmp_path / "names")
    path = names / table
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_gazetteer(names)
    assert caught.value.code == "N007"
