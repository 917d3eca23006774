"""The reader on a tiny made-up network: white space, long paragraphs, batches, serialisation, further heads."""

import json
import pickle

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from kgbuild.annotate.decode import decode
from kgbuild.annotate.network import Head, Network
from kgbuild.annotate.reader import Reader, make_reader

HEADS = {
    "upos": ("token", ("NOUN", "VERB", "PUNCT")),
    "xpos": ("token", ("NN", "VB", ".")),
    "feats": ("token", ("_", "Number=Sing")),
    "lemma": ("token", ("l|0|", "k|0|")),
    "sent": ("token", ("0", "1")),
    "tree": ("tree", ("root", "dep", "punct")),
    "names": ("names", ("O", "B-GPE", "I-GPE")),
    "triggers": ("names", ("O", "B-Attack", "I-Attack")),
}


class StubNetwork(Network):
    """Says what a first letter tells: capitals are places, full stops end sentences, all hang on one word."""

    def __init__(self):
        pieces = Tokenizer(WordPiece({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}, unk_token="[UNK]"))  # noqa: S106 - a piece
        pieces.pre_tokenizer = Whitespace()
        self.graph, self.tokenizer_json = b"graph", pieces.to_str()
        self.heads_json = json.dumps({n: {"kind": k, "labels": labels} for n, (k, labels) in HEADS.items()})
        self.tokenizer, self.frame = pieces, (1, 2)
        self.heads = {n: Head(n, k, labels) for n, (k, labels) in HEADS.items()}

    def run(self, window, states=False):
        count = len(window.first)
        stops = window.shapes // 2 == 15
        scores = {n: np.zeros((count, len(labels)), np.float32) for n, (k, labels) in HEADS.items() if k != "tree"}
        scores["upos"][stops, 2] = scores["xpos"][stops, 2] = 1
        scores["sent"][1:, 1] = stops[:-1] * 2.0 - 1.0
        titles = (window.shapes // 2 == 1) | (window.shapes // 2 == 5)
        scores["names"][titles, 1] = 1
        scores["names"][1:, 2] += 2 * (titles[1:] & titles[:-1])
        scores["triggers"][~titles & ~stops, 1] = 1
        scores["tree"] = np.tile(-np.abs(np.arange(count + 1) - 1.0), (count, 1)).astype(np.float32)
        scores["tree_dep"] = np.ones((count, 3, 2), np.float32)
        scores["tree_head"] = np.ones((count + 1, 2), np.float32)
        if states:
            scores["states"] = np.repeat(window.shapes[:, None], 4, axis=1).astype(np.float32)
        return scores


def pipeline(**config):
    nlp = spacy.blank("en")
    reader = nlp.add_pipe("kgbuild_reader", config=config)
    assert isinstance(reader, Reader)
    reader.network = StubNetwork()
    return nlp


def layers(doc):
    return [(t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]


def test_all_layers_are_written():
    doc = pipeline()("talks in New York .")
    assert [e.text for e in doc.ents] == ["New York"]
    assert [t.pos_ for t in doc] == ["NOUN", "NOUN", "NOUN", "NOUN", "PUNCT"]
    assert sum(t.dep_ == "ROOT" for t in doc) == 1
    assert doc.has_annotation("DEP")
    assert doc.has_annotation("MORPH")


def test_sentences_have_one_root_each():
    doc = pipeline()("one two . three four . five")
    assert [s.text for s in doc.sents] == ["one two .", "three four .", "five"]
    assert all(sum(t.head is t or t.head == t for t in s) == 1 for s in doc.sents)


@pytest.mark.parametrize("text", ["", " ", " \n ", "  one  two\n\nthree", "one two   ", "\u200b", "in New \n York now"])
def test_white_space_is_kept_and_hangs_on_a_word(text):
    doc = pipeline()(text)
    assert doc.text == text
    assert all(t.pos_ == "SPACE" for t in doc if t.is_space)
    assert len(list(doc.sents)) == (1 if len(doc) else 0)


def test_a_name_goes_on_over_white_space():
    doc = pipeline()("in New  York now")
    assert [e.text for e in doc.ents] == ["New  York"]


def test_a_long_paragraph_is_read_in_windows_and_joined():
    text = "the men met in New York . " * 40
    whole, cut = pipeline(window=1000)(text), pipeline(window=20)(text)
    assert layers(whole) == layers(cut)


def test_company_changes_nothing():
    nlp = pipeline()
    texts = ["one two .", "in New York", "", "x " * 300, "three . four"]
    alone = [layers(nlp(t)) for t in texts]
    assert [layers(d) for d in nlp.pipe(texts)] == alone
    assert [layers(d) for d in nlp.pipe(texts[::-1], batch_size=2)] == alone[::-1]


def test_further_heads_become_spans():
    doc = pipeline()("attack on Kyiv .")
    assert [(s.text, s.label_) for s in doc.spans["triggers"]] == [("attack", "Attack"), ("on", "Attack")]


def test_states_are_left_for_later_components():
    doc = pipeline(keep_states=True)("one  two .")
    assert doc.tensor.shape == (len(doc), 4)
    assert not doc.tensor[1].any()


def test_docs_survive_serialisation():
    nlp = pipeline()
    doc = nlp("the men met in New York .")
    assert layers(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == layers(doc)
    store = DocBin(store_user_data=False, docs=[doc])
    assert layers(next(iter(DocBin().from_bytes(store.to_bytes()).get_docs(nlp.vocab)))) == layers(doc)


def test_a_reader_without_network_says_so():
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="no network"):
        make_reader(nlp, "reader", 100, False)(nlp.make_doc("one"))


def test_decode_gives_root_to_roots_only():
    network = StubNetwork()
    words = ["one", "two", "."]
    scores = network.run(_Window(np.array([0, 0, 30]), np.array([1, 2, 3])))
    found = decode(words, scores, network.heads)
    assert [r == "root" for r in found.relations] == [h == n for n, h in enumerate(found.heads)]


class _Window:
    def __init__(self, shapes, first):
        self.shapes, self.first = shapes, first


def test_a_network_can_be_pickled():
    made, arguments = StubNetwork().__reduce__()
    assert made is Network
    assert pickle.loads(pickle.dumps(arguments))[0] == b"graph"  # noqa: S301 - our own bytes
