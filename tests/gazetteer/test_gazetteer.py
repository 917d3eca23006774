"""Sources become an index: every format, packed or not, the same bytes each time, and mistakes by file and line."""

import bz2
import gzip
import zipfile

import pytest

from kgbuild.cli.app import run
from kgbuild.errors import DataError, OutputError
from kgbuild.gazetteer import Format, compile_gazetteer, format_of
from kgbuild.gazetteer.sparql import _bindings
from kgbuild.knowledge.index import Index
from kgbuild.knowledge.naming import Form
from kgbuild.model import EntityType
from tests.gazetteer.slices import GEONAMES, SPARQL_CSV, SPARQL_JSON, TABLE, WIKIDATA, write

SLICES = {
    Format.TABLE: ("mine.tsv", TABLE),
    Format.GEONAMES: ("GH.txt", GEONAMES),
    Format.WIKIDATA: ("latest-all.json", WIKIDATA),
    Format.SPARQL_JSON: ("result.json", SPARQL_JSON),
    Format.SPARQL_CSV: ("result.csv", SPARQL_CSV),
}


def compiled(tmp_path, *texts, **options):
    paths = [write(tmp_path, name, text) for name, text in texts]
    out = tmp_path / "my.gazetteer"
    compile_gazetteer(paths, out, **options)
    return Index(out)


@pytest.mark.parametrize("kind", Format)
def test_source_is_known_by_its_beginning(tmp_path, kind):
    assert format_of(write(tmp_path, *SLICES[kind])) is kind


def pack(path, how):
    if how == "zip":
        packed = path.with_suffix(".zip")
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, path.name)
            archive.writestr("readme.txt", "about")
        return packed
    packed = path.with_name(path.name + how)
    packed.write_bytes({".gz": gzip.compress, ".bz2": bz2.compress}[how](path.read_bytes()))
    return packed


@pytest.mark.parametrize(
    ("kind", "how"),
    [(Format.GEONAMES, "zip"), (Format.WIKIDATA, ".gz"), (Format.WIKIDATA, ".bz2"), (Format.SPARQL_JSON, ".gz")],
)
def test_packed_source_is_read_as_it_is(tmp_path, kind, how):
    path = write(tmp_path, *SLICES[kind])
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    assert compile_gazetteer([path], plain).names == compile_gazetteer([pack(path, how)], packed).names > 0
    assert Index(plain).look_up("tessaly") == Index(packed).look_up("tessaly")


def test_own_table_gives_names_acronyms_and_links_and_is_trusted(tmp_path):
    index = compiled(tmp_path, SLICES[Format.TABLE])
    (watch,) = index.look_up("harbour watch")
    assert (watch.key, watch.type, watch.country) == ("own:Harbour_Watch", EntityType.ORGANIZATION, "iso:GH")
    assert watch.same_as == ("https://example.org/hw",)
    assert [name.form for name in index.look_up("hwa")] == [Form.ACRONYM]
    assert {surface for surface, _ in index.trusted()} >= {"harbour watch", "watch of the harbour", "tesaly"}


def test_geonames_gives_cities_regions_waters_but_no_roads_and_districts(tmp_path):
    index = compiled(tmp_path, SLICES[Format.GEONAMES])
    assert [name.key for name in index.look_up("lundra")] == ["geonames:900002", "geonames:900003"]
    assert index.look_up("upper vale")[0].type is EntityType.REGION
    assert index.look_up("lake tess")[0].type is EntityType.PLACE
    assert index.look_up("tess road") == index.look_up("upper vale district") == ()
    assert index.look_up("ghana")[0].key == "iso:GH"
    assert list(index.trusted()) == []


def test_wikidata_gives_class_country_and_identifiers(tmp_path):
    index = compiled(tmp_path, SLICES[Format.WIKIDATA])
    (city,) = index.look_up("tessaly")
    assert (city.key, city.country, city.weight) == ("geonames:900001", "iso:GH", 42000)
    assert city.same_as == ("http://www.wikidata.org/entity/Q9002", "https://sws.geonames.org/900001/")
    (person,) = index.look_up("ada m lind")
    assert (person.key, person.type, person.country, person.weight) == (
        "wikidata:Q9003", EntityType.PERSON, "iso:GH", 40,
    )  # fmt: skip
    assert index.look_up("a novel") == ()


@pytest.mark.parametrize("kind", [Format.SPARQL_JSON, Format.SPARQL_CSV])
def test_query_result_brings_the_rows_of_a_thing_together(tmp_path, kind):
    index = compiled(tmp_path, SLICES[kind])
    assert [index.look_up(name)[0].key for name in ("tessali", "tesalia", "tessaly")] == ["geonames:900001"] * 3
    assert index.look_up("vale bridge")[0].type is EntityType.FACILITY


def test_sources_of_one_thing_are_brought_together_and_told_apart(tmp_path):
    index = compiled(
        tmp_path, *(SLICES[kind] for kind in (Format.TABLE, Format.GEONAMES, Format.WIKIDATA)), version="7"
    )
    (city,) = index.look_up("tessaly")
    assert city.weight == 42000
    assert len(city.same_as) == 2
    told = [(source.title, source.version) for source in index.sources_of(city.key)]
    assert told == [("mine.tsv", "7"), ("GH.txt", "7"), ("latest-all.json", "7")]
    assert all(len(source.content_hash) == 64 for source in index.sources.values())


def test_small_cities_can_be_left_out(tmp_path):
    index = compiled(tmp_path, SLICES[Format.GEONAMES], least=1000)
    assert index.look_up("lundra") == ()
    assert index.look_up("tessaly") != ()


def test_same_sources_give_the_same_bytes(tmp_path):
    paths = [write(tmp_path, *SLICES[kind]) for kind in Format]
    one, other = tmp_path / "one", tmp_path / "other"
    compile_gazetteer(paths, one)
    compile_gazetteer(paths, other)
    assert one.read_bytes() == other.read_bytes()


def test_large_result_is_cut_into_bindings_bit_by_bit(monkeypatch, tmp_path):
    monkeypatch.setattr("kgbuild.gazetteer.sparql._CHUNK", 7)
    with write(tmp_path, "r.json", SPARQL_JSON).open() as stream:
        assert len(list(_bindings(stream, tmp_path))) == 3


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("x.txt", "just words\n", "G004", 0),
        ("x.tsv", TABLE.replace("Organization", "Organisation"), "G106", 3),
        ("x.tsv", TABLE.replace("\tGH\tWatch", "\tGhana\tWatch"), "G107", 3),
        ("x.tsv", TABLE.replace("\t5.5\t", "\tfive\t"), "G108", 4),
        ("x.tsv", TABLE.replace("https://example.org/hw", "example"), "G109", 3),
        ("x.tsv", TABLE.replace("latitude", "lat"), "GT003", 2),
        ("x.txt", GEONAMES.replace("\tEtc/UTC\t2025-01-01\n900003", "\n900003"), "G201", 2),
        ("x.txt", GEONAMES.replace("\t900\t", "\tmany\t"), "G202", 2),
        ("x.json", WIKIDATA.replace('"Q9003"', '"Q9003', 1), "G301", 4),
        ("x.json", SPARQL_JSON[:-40], "G401", 0),
        ("x.csv", SPARQL_CSV.replace("http://www.wikidata.org/entity/Q9007", "bridge"), "G402", 4),
        ("x.csv", SPARQL_CSV.replace("Facility", "Bridge"), "G403", 4),
        ("x.json.gz", "\x1f", "G004", 0),
    ],
)
def test_mistake_is_told_by_file_and_line_and_nothing_is_written(tmp_path, name, text, code, line):
    path = write(tmp_path, name, text)
    with pytest.raises(DataError) as raised:
        compile_gazetteer([path], tmp_path / "out")
    assert (raised.value.code, raised.value.line, raised.value.path) == (code, line, path)
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(("content", "code"), [(b"no database at all, just a lot of words", "G001"), (None, "G001")])
def test_what_is_no_gazetteer_is_refused(tmp_path, content, code):
    path = tmp_path / "x.gazetteer"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        Index(path)
    assert raised.value.code == code


def test_gazetteer_of_another_layout_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kgbuild.gazetteer.compiling.LAYOUT", 99)
    with pytest.raises(DataError, match="layout is 99"):
        compiled(tmp_path, SLICES[Format.TABLE])


def test_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OutputError):
        compile_gazetteer([write(tmp_path, *SLICES[Format.TABLE])], tmp_path / "no" / "out")


def test_command_says_what_it_compiled(tmp_path, capsys):
    path = write(tmp_path, *SLICES[Format.TABLE])
    assert run(["gazetteer", "build", str(path), "-o", str(tmp_path / "my.gazetteer"), "--version", "2025-06"]) == 0
    assert "mine.tsv: 2 things" in capsys.readouterr().err
    assert run(["gazetteer", "build", str(tmp_path / "none"), "-o", str(tmp_path / "x")]) == 2
