"""The shipped models: labels, sound parses, the same annotation in any company, a few plain sentences read right."""

import time

import pytest
from spacy.tokens import Doc, DocBin

from kgbuild.annotate import SHIPPED, load_model

pytestmark = pytest.mark.slow

NAME_TYPES = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC", "WEAPON"}
TEXTS = [
    "The foreign ministers of France and Germany met in Berlin on Friday.",
    "",
    "Talks",
    "“We will not sign the treaty,” Prime Minister Sanna Marin told reporters after the summit in Helsinki.",
    "  The bridge\nwas destroyed.  Nobody was hurt. ",
    "The court ruled that the election had been fair. " * 60,
    "Peru vetoes UN resolution on fishing rights",
]
LAYERS = ("text", "pos_", "tag_", "lemma_", "dep_", "ent_iob_", "ent_type_")


@pytest.fixture(scope="module", params=SHIPPED)
def nlp(request):
    return load_model(request.param)


def layers(doc):
    return [(*(getattr(t, name) for name in LAYERS), str(t.morph), t.head.i, t.is_sent_start) for t in doc]


def relations(doc):
    return {(t.text, t.dep_, t.head.text) for t in doc}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_model_loads_in_about_a_second(name):
    load_model(name)
    start = time.process_time()
    load_model(name)
    assert time.process_time() - start < 2.0


def test_company_changes_nothing(nlp):
    alone = [layers(nlp(text)) for text in TEXTS]
    assert [layers(d) for d in nlp.pipe(TEXTS)] == alone
    assert [layers(d) for d in nlp.pipe(TEXTS[::-1], batch_size=3)] == alone[::-1]


def test_a_model_loaded_again_reads_the_same(nlp):
    again = load_model(nlp.meta["name"].removeprefix("kgbuild_"))
    assert [layers(again(text)) for text in TEXTS] == [layers(nlp(text)) for text in TEXTS]


def test_a_copy_from_bytes_reads_the_same(nlp):
    copy = load_model(nlp.meta["name"].removeprefix("kgbuild_"))
    copy.from_bytes(nlp.to_bytes())
    assert layers(copy(TEXTS[3])) == layers(nlp(TEXTS[3]))


def test_docs_survive_serialisation(nlp):
    docs = list(nlp.pipe(TEXTS))
    assert layers(Doc(nlp.vocab).from_bytes(docs[0].to_bytes())) == layers(docs[0])
    store = DocBin(docs=docs, store_user_data=False)
    assert [layers(d) for d in DocBin().from_bytes(store.to_bytes()).get_docs(nlp.vocab)] == [layers(d) for d in docs]


def test_parses_are_sound_and_the_text_is_kept(nlp):
    for text, doc in zip(TEXTS, nlp.pipe(TEXTS), strict=True):
        assert doc.text == text
        assert {e.label_ for e in doc.ents} <= NAME_TYPES
        for sentence in doc.sents:
            assert sum(t.head == t for t in sentence) == 1
            assert all((t.dep_ == "ROOT") == (t.head == t) for t in sentence)
            assert all(t.head in sentence for t in sentence)


def test_plain_sentences_are_read_right(nlp):
    doc = nlp("The foreign ministers of France and Germany met in Berlin on Friday.")
    assert {("ministers", "nsubj", "met"), ("France", "nmod", "ministers"), ("Germany", "conj", "France")} <= relations(
        doc
    )
    assert ("Berlin", "obl", "met") in relations(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("France", "GPE"), ("Germany", "GPE"), ("Berlin", "GPE")]
    assert [t.lemma_ for t in doc][6:8] == ["Germany", "meet"]


def test_the_passive_is_told(nlp):
    doc = nlp("The bridge was destroyed by the army.")
    assert {("bridge", "nsubj:pass", "destroyed"), ("was", "aux:pass", "destroyed")} <= relations(doc)
    assert next(t for t in doc if t.text == "army").dep_.startswith("obl")


def test_a_headline_has_its_verb():
    doc = load_model("default")("Peru vetoes UN resolution on fishing rights")
    assert (doc[1].pos_, doc[1].dep_, doc[1].lemma_) == ("VERB", "ROOT", "veto")
    assert [(e.text, e.label_) for e in doc.ents] == [("Peru", "GPE"), ("UN", "ORG")]


def test_sentences_are_told_apart(nlp):
    doc = nlp("The talks failed. Nobody signed anything. The ministers left.")
    assert [s.text for s in doc.sents] == ["The talks failed.", "Nobody signed anything.", "The ministers left."]
