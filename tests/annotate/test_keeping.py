"""What is kept of annotated paragraphs, and comes back."""

import pytest
import spacy
from spacy.attrs import ENT_IOB, ENT_KB_ID, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.tokens import Doc, Span

from kgbuild.annotate.keeping import docs_from_bytes, docs_to_bytes

_KEPT = [ORTH, SPACY, TAG, POS, MORPH, LEMMA, HEAD, ENT_IOB, ENT_TYPE, ENT_KB_ID, SENT_START]


def paragraph() -> Doc:
    vocab = spacy.blank("en").vocab  # one of its own, as a pipeline has
    doc = Doc(
        vocab,
        words=["Çırağan", "was", "  ", "full", ".", "They", "met"],
        spaces=[True, True, False, False, True, True, False],
        tags=["NNP", "VBD", "_SP", "JJ", ".", "PRP", "VBD"],
        pos=["PROPN", "AUX", "SPACE", "ADJ", "PUNCT", "PRON", "VERB"],
        morphs=["Number=Sing", "Tense=Past", "", "Degree=Pos", "", "Case=Nom|Number=Plur", "Tense=Past"],
        lemmas=["Çırağan", "be", "  ", "full", ".", "they", "meet"],
        heads=[3, 3, 3, 3, 3, 6, 6],
        deps=["nsubj", "cop", "dep", "ROOT", "punct", "nsubj", "ROOT"],
    )
    doc.set_ents([Span(doc, 0, 1, "FAC", kb_id="Q1")])
    doc.spans["events"] = [Span(doc, 6, 7, "MEET"), Span(doc, 6, 7, "CONSULT", span_id="second")]
    doc.spans["events"].attrs["scores"] = [0.875, 0.1]
    doc.spans["none"] = []
    return doc


def told(doc: Doc) -> list[object]:
    spans = {
        key: (group.name, group.attrs, [(s.start, s.end, s.label_, s.kb_id_, s.id_) for s in group])
        for key, group in doc.spans.items()
    }
    words = [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_kb_id_) for t in doc]
    return [doc.text, doc.to_array(_KEPT).tolist(), words, spans, [one.text for one in doc.sents], len(doc.ents)]


def test_all_that_later_stages_ask_for_comes_back():
    docs = [paragraph(), paragraph()]
    assert [told(doc) for doc in docs_from_bytes(docs_to_bytes(docs))] == [told(doc) for doc in docs]


@pytest.mark.parametrize("words", [[], ["One"]])
def test_short_ones_come_back(words: list[str]):
    vocab = spacy.blank("en").vocab
    docs = [Doc(vocab, words=words), Doc(vocab, words=["Two", "words"])]
    back = docs_from_bytes(docs_to_bytes(docs))
    assert [[token.text for token in doc] for doc in back] == [words, ["Two", "words"]]
    assert [doc.has_unknown_spaces for doc in back] == [doc.has_unknown_spaces for doc in docs]


def test_an_article_without_paragraphs_keeps_none():
    assert docs_from_bytes(docs_to_bytes([])) == []


def test_the_same_annotation_gives_the_same_bytes():
    assert docs_to_bytes([paragraph()]) == docs_to_bytes([paragraph()])
