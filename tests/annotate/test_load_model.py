"""Loading models: what is missing or broken gives one line that says what to do."""

from datetime import date

import pytest
import spacy

from kgbuild import annotate as annotate_module
from kgbuild.annotate import annotate, load_model
from kgbuild.errors import ModelError
from kgbuild.model import Document, Where

TEXT = "One two.\n\nThree\nfour."


def document(paragraphs):
    return Document("d", "d.txt", TEXT, "0" * 64, (), tuple(paragraphs), published=date(2025, 6, 2))


@pytest.mark.parametrize("name", ["no_such_model", "no/such/folder", "", "os"])
def test_a_missing_model_is_named(name):
    with pytest.raises(ModelError) as caught:
        load_model(name)
    assert "\n" not in str(caught.value)
    assert "default, fast" in str(caught.value)


def test_a_folder_without_pipeline_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"config\.cfg"):
        load_model(tmp_path)


def test_a_broken_pipeline_is_named(tmp_path):
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = nothing", encoding="utf-8")
    with pytest.raises(ModelError, match="can't load") as caught:
        load_model(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_shipped_model_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(annotate_module.paths, "models_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match="the default language model"):
        load_model("default")


def test_any_pipeline_in_a_folder_loads(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    assert load_model(tmp_path).lang == load_model(str(tmp_path)).lang == "en"


def test_each_paragraph_becomes_a_doc_of_its_length():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    where = [Where(0, 8), Where(10, 21)]
    (docs, none) = annotate([document(where), document([])], nlp)
    assert [d.text for d in docs] == ["One two.", "Three four."]
    assert [len(d.text) for d in docs] == [w.length for w in where]
    assert none == []


def test_a_dateline_is_read_by_itself():
    text = "KYIV, June 2 (Reuters) -  Talks ended.\n\nA day passed."
    read = []
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    make = nlp.tokenizer

    def tokens(words):
        read.append(words)
        return make(words)

    nlp.tokenizer = tokens
    paragraphs = (Where(0, 38), Where(40, 53))
    dated = Document("d", "d.txt", text, "0" * 64, (), paragraphs, dateline=Where(0, 26))
    ((first, second),) = annotate([dated], nlp)
    assert read == ["KYIV, June 2 (Reuters) -  ", "Talks ended.", "A day passed."]
    assert (first.text, second.text) == (text[:38], text[40:])
    assert "Talks" in [token.text for token in first if token.is_sent_start]


def test_a_dateline_that_is_all_of_a_paragraph_is_one():
    nlp = spacy.blank("en")
    alone = Document("d", "d.txt", "KYIV -", "0" * 64, (), (Where(0, 6),), dateline=Where(0, 6))
    (docs,) = annotate([alone], nlp)
    assert [doc.text for doc in docs] == ["KYIV -"]
