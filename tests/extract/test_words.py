"""Words read from a parse once: they show what spaCy's own tokens show."""

import pytest
import spacy
from spacy.tokens import Doc

from kgbuild.extract.passage import Passage
from tests.parses import doc_of

PARSED = """
Foreign   foreign  ADJ   2 amod     _  B-PERSON
Minister  minister NOUN  5 nsubj    Number=Sing I-PERSON
Lavrov    Lavrov   PROPN 2 flat     Number=Sing I-PERSON
who^      who      PRON  2 appos    PronType=Int,Rel
said      say      VERB  0 root     Tense=Past|VerbForm=Fin
the       the      DET   7 det
talks     talk     NOUN  5 obj      Number=Plur
and       and      CCONJ 9 cc
visits^   visit    NOUN  7 conj     Number=Plur
.         .        PUNCT 5 punct
They      they     PRON  12 nsubj
ended^    end      VERB  0 root     Tense=Past|VerbForm=Fin
.         .        PUNCT 12 punct
"""


@pytest.fixture(params=[doc_of(PARSED), doc_of(""), doc_of("Peace^ peace NOUN 0 root")], ids=["two", "none", "one"])
def doc(request: pytest.FixtureRequest) -> Doc:
    found: Doc = request.param
    return found


def test_words_show_what_tokens_show(doc: Doc):
    passage = Passage(doc, 7)
    assert passage.text == doc.text
    for word, token in zip(passage.words, doc, strict=True):
        assert (word.i, word.text, word.lower, word.lemma) == (token.i, token.text, token.lower_, token.lemma_.lower())
        assert (word.pos, word.tag, word.dep, word.entity) == (token.pos_, token.tag_, token.dep_, token.ent_type_)
        assert (word.idx, word.where.begin, word.where.length) == (token.idx, 7 + token.idx, len(token))
        assert (word.is_punct, word.is_space) == (token.is_punct, token.is_space)
        for name in ("Number", "Tense", "PronType"):
            assert list(word.feature(name)) == token.morph.get(name, [])


def test_words_hang_together_as_tokens_do(doc: Doc):
    passage = Passage(doc, 0)
    for word, token in zip(passage.words, doc, strict=True):
        assert (word.head.i, passage.left_edge(word)) == (token.head.i, token.left_edge.i)
        assert [child.i for child in word.children] == [child.i for child in token.children]
        assert [child.i for child in word.lefts] == [child.i for child in token.lefts]
        assert [child.i for child in word.rights] == [child.i for child in token.rights]
        assert {one.i for one in word.subtree} == {one.i for one in token.subtree}
        assert [one.i for one in word.conjuncts] == [one.i for one in token.conjuncts]
        assert (word.sent.start, word.sent.end) == (token.sent.start, token.sent.end)


def test_phrases_have_the_text_and_the_head_of_spans(doc: Doc):
    passage = Passage(doc, 0)
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            phrase = passage.phrase(start, end)
            assert (phrase.text, phrase.root.i) == (doc[start:end].text, doc[start:end].root.i)
            assert phrase.where.of(doc.text) == phrase.text == passage.written(start, end)
    assert [(name.text, name.label) for name in passage.names] == [(ent.text, ent.label_) for ent in doc.ents]


def test_a_sentence_stands_in_the_file_without_the_white_space_at_its_ends():
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    text = " \n They met.  \n They left. "
    places = [sentence.place.of("***" + text) for sentence in Passage(blank(text), 3).sentences]
    assert [place for place in places if place.strip()] == ["They met.", "They left."]


def test_a_parse_without_sentences_is_one():
    passage = Passage(spacy.blank("en")("They met. They left."), 0)
    assert len(passage.sentences) == 1


def test_a_character_leads_to_its_word():
    passage = Passage(doc_of(PARSED), 0)
    assert [passage.word_at(place).text for place in (0, 6, 7, 8)] == ["Foreign", "Foreign", "Minister", "Minister"]


MEDIATORS = """
Khartoum Khartoum PROPN 4 nsubj
{mark} , PUNCT 1 punct
mediators mediator NOUN 4 nsubj
said^ say VERB 0 root Tense=Past|VerbForm=Fin
. . PUNCT 4 punct
"""


def test_of_two_subjects_set_off_from_one_another_the_last_is_one():
    words = Passage(doc_of(MEDIATORS.format(mark=",")), 0).words
    assert [word.dep for word in words[:3]] == ["dislocated", "punct", "nsubj"]


def test_two_subjects_side_by_side_stay():
    words = Passage(doc_of(MEDIATORS.format(mark="'s").replace(", PUNCT", "'s PART")), 0).words
    assert [word.dep for word in words[:3]] == ["nsubj", "punct", "nsubj"]


def test_verbs_are_put_right_by_the_words_that_are_known():
    passage = Passage(doc_of("reported reporte VERB 0 root\nled l VERB 1 conj\nblorped blorpe VERB 1 conj"), 0)
    passage.put_verbs_right(frozenset({"report"}))
    assert [word.lemma for word in passage.words] == ["report", "lead", "blorpe"]
