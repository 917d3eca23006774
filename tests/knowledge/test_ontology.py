"""The ontology is complete, says what GRAPH.md promised, and its loader tells what is wrong by file and line."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import DataError
from kgbuild.knowledge.ontology import Ontology, check_ontology, load_ontology
from kgbuild.model import EntityType, Modality, Polarity
from kgbuild.paths import ontology_dir
from kgbuild.rdf import NAMESPACES

DATA = Path(__file__).parent / "data"

# The terms that the graph's users count on: may grow, must not shrink.
PROMISED = """
    Article sourceFile contentHash duplicateOf textLength textHash dateSource dateCertainty datelinePlace agency
    WireStory wireStory
    Mention mentionOf inArticle mentionKind sentence rule score
    Person Organization Country Region City Facility Place Group Document Weapon NamedEvent
    Event actor recipient theme place time polarity positive negative
    modality actual future requested proposed possible conditional
    Agree Propose Promise Consult Meet Visit Call Mediate Support Praise Recognize Concede Cooperate Exchange Transfer
    Aid Retreat Withdraw Release CeaseFire Request Demand Appeal Accuse Condemn Investigate Reject Refuse Deny Veto
    Threaten Warn Protest Sanction Mobilize Deploy Coerce Detain Deport Seize Assault Attack Kill Injure Damage
    Vote Elect Control Publish
    Claim speaker content addressee medium quotation claimText
    Statement asserted leads memberOf locatedIn affiliatedWith annexedBy hasMember
    Position holder title positionOf former
    Quantity value minimum maximum modifier unit quantityOf Time timeValue
    SameEvent hasReport Disagreement about report
""".split()

HEADINGS = {
    "Agree": "Propose Promise",
    "Consult": "Meet Visit Call Mediate",
    "Support": "Praise Recognize",
    "Concede": "",
    "Cooperate": "Exchange Transfer",
    "Aid": "",
    "Retreat": "Withdraw Release CeaseFire",
    "Request": "Demand Appeal",
    "Accuse": "Condemn Investigate",
    "Reject": "Refuse Deny Veto",
    "Threaten": "Warn",
    "Protest": "",
    "Sanction": "",
    "Mobilize": "Deploy",
    "Coerce": "Detain Deport Seize",
    "Assault": "Attack Kill Injure Damage",
    "Vote": "",
    "Elect": "",
    "Control": "",
    "Publish": "",
}
OURS = {"Vote", "Elect", "Control", "Publish"}
QUADS = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(ontology_dir())


def test_every_promised_term_is_there(ontology: Ontology):
    assert set(PROMISED) - ontology.terms.keys() == set()


def test_nothing_else_is_there_but_what_we_know_of(ontology: Ontology):
    more = {"Entity", "Polarity", "Modality", "RelationProperty", "ploverType", "cameoRoot", "quadClass"}
    more |= {"Gazetteer", "gazetteerVersion", "gazetteerHash", "linkedBy", "knownIn"}
    assert ontology.terms.keys() - set(PROMISED) == more


def test_every_term_says_in_words_what_it_is(ontology: Ontology):
    for term in ontology.terms.values():
        assert term.label
        assert term.comment.endswith(".")
        assert term.comment.lower().rstrip(".") != term.label
        assert all(term.examples)


@pytest.mark.parametrize(("heading", "narrower"), HEADINGS.items())
def test_events_stand_under_their_headings(ontology: Ontology, heading: str, narrower: str):
    assert ontology.narrower(heading) == tuple(sorted(narrower.split()))
    for name in (heading, *narrower.split()):
        assert ontology.heading_of(name) == heading
        assert ontology.is_a(name, "Event")


def test_no_other_events(ontology: Ontology):
    assert len(ontology.event_classes) == len(HEADINGS) + sum(len(names.split()) for names in HEADINGS.values()) == 49


def test_only_events_have_a_heading(ontology: Ontology):
    for name in ("Person", "Event", "leads", "Unknown"):
        with pytest.raises(KeyError):
            ontology.heading_of(name)


def test_plover_headings_carry_their_codes(ontology: Ontology):
    roots: list[str] = []
    for heading in HEADINGS:
        codes = dict(ontology.terms[heading].codes)
        if heading in OURS:
            assert codes == {}
            continue
        assert codes["ploverType"] == heading.upper()
        assert codes["quadClass"] in QUADS
        roots += [value for name, value in ontology.terms[heading].codes if name == "cameoRoot"]
    # CAMEO has twenty roots; PLOVER drops the comments (01) and appeals (02) and splits 08 in two.
    assert sorted(roots) == sorted([*(f"{number:02}" for number in range(3, 21)), "08"])


def test_the_models_enumerations_are_in_the_ontology(ontology: Ontology):
    assert set(ontology.entity_classes) == {kind.value for kind in EntityType}
    individuals = {term.name for term in ontology.terms.values() if term.kind == "individual"}
    assert individuals == {value.value for value in (*Polarity, *Modality)}


def test_relations(ontology: Ontology):
    assert ontology.relations == ("affiliatedWith", "annexedBy", "hasMember", "leads", "locatedIn", "memberOf")


def test_places_are_one_family(ontology: Ontology):
    assert ontology.narrower("Place") == ("City", "Country", "Facility", "Region")
    assert ontology.ancestors("City") == ("City", "Place", "Entity")


def test_both_ends_of_the_roles(ontology: Ontology):
    assert ontology.terms["theme"].range == ("Entity", "Event")
    assert ontology.terms["actor"].domain == ("Event",)
    assert ontology.label("affiliatedWith") == "affiliated with"


def test_alignments_name_known_vocabularies():
    known = {namespace.iri for namespace in NAMESPACES} | {"http://qudt.org/schema/qudt/"}
    aligned = set()
    for quad in ox.parse((ontology_dir() / "alignments.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.NamedNode) and quad.subject.value.startswith(
            "https://w3id.org/kgbuild/ontology#"
        ):
            aligned.add(re.sub(r"[^/#]*$", "", quad.object.value))
    assert aligned <= known
    for wanted in ("schema.org", "foaf", "/sem/", "prov#", "/time#", "/org#", "geosparql", "nif-core"):
        assert any(wanted in iri for iri in aligned), wanted


# One broken folder for every code; the message names what a person has to look for.
BROKEN = (
    ("O001", "ontology-o001", 0, "no Turtle file"),
    ("O002", "ontology-o002", 4, "not valid Turtle"),
    ("O003", "ontology-o003", 9, "kg:Thing is defined nowhere"),
    ("O004", "ontology-o004", 4, "kg:Entity has no example"),
    ("O005", "ontology-o005", 16, "kg:Country stands below kg:Organization and kg:Place"),
    ("O005", "ontology-o005-circle", 4, "kg:Entity stands below itself"),
    ("O006", "ontology-o006", 0, "no file defines the class kg:Article"),
)


@pytest.mark.parametrize(("code", "folder", "line", "words"), BROKEN)
def test_a_broken_ontology_is_told_by_file_and_line(code: str, folder: str, line: int, words: str):
    with pytest.raises(DataError) as raised:
        load_ontology(DATA / folder)
    assert (raised.value.code, raised.value.line) == (code, line)
    assert words in raised.value.message


def test_all_mistakes_are_gathered():
    ontology, errors = check_ontology(DATA / "ontology-o003")
    assert ontology is None
    assert {error.code for error in errors} == {"O003", "O006"}


def test_a_file_that_cannot_be_read(tmp_path: Path):
    (tmp_path / "kgbuild.ttl").mkdir()
    with pytest.raises(DataError, match="O001"):
        load_ontology(tmp_path)
