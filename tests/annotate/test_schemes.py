"""One sentence in the two schemes must come out as one parse."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from kgbuild.annotate.schemes import CLEARNLP, UNIVERSAL, scheme_of, to_universal
from tests.parses import doc_of

# Name of the construction -> its parse in ClearNLP, its parse in Universal Dependencies.
PAIRS = {
    "passive with agent": (
        """
        The the DET 2 det
        base base NOUN 4 nsubjpass
        was be AUX 4 auxpass
        hit hit VERB 0 root
        by by ADP 4 agent
        drones drone NOUN 5 pobj
        on on ADP 4 prep
        Monday Monday PROPN 7 pobj
        """,
        """
        The the DET 2 det
        base base NOUN 4 nsubj:pass
        was be AUX 4 aux:pass
        hit hit VERB 0 root
        by by ADP 6 case
        drones drone NOUN 4 obl:agent
        on on ADP 8 case
        Monday Monday PROPN 4 obl
        """,
    ),
    "prepositions below nouns": (
        """
        Talks talk NOUN 7 nsubj
        on on ADP 1 prep
        an a DET 4 det
        exchange exchange NOUN 2 pobj
        of of ADP 4 prep
        prisoners prisoner NOUN 5 pobj
        began begin VERB 0 root
        """,
        """
        Talks talk NOUN 7 nsubj
        on on ADP 4 case
        an a DET 4 det
        exchange exchange NOUN 1 nmod
        of of ADP 6 case
        prisoners prisoner NOUN 4 nmod
        began begin VERB 0 root
        """,
    ),
    "be with a noun, negated": (
        """
        He he PRON 3 nsubj
        may may AUX 3 aux
        be be AUX 0 root
        not not PART 3 neg
        the the DET 6 det
        head head NOUN 3 attr
        of of ADP 6 prep
        Hamas Hamas PROPN 7 pobj
        """,
        """
        He he PRON 6 nsubj
        may may AUX 6 aux
        be be AUX 6 cop
        not not PART 6 advmod
        the the DET 6 det
        head head NOUN 0 root
        of of ADP 8 case
        Hamas Hamas PROPN 6 nmod
        """,
    ),
    "be with an adjective in a clause": (
        """
        They they PRON 2 nsubj
        said say VERB 0 root
        that that SCONJ 5 mark
        Kyiv Kyiv PROPN 5 nsubj
        was be AUX 2 ccomp
        ready ready ADJ 5 acomp
        to to PART 8 aux
        talk talk VERB 6 xcomp
        """,
        """
        They they PRON 2 nsubj
        said say VERB 0 root
        that that SCONJ 6 mark
        Kyiv Kyiv PROPN 6 nsubj
        was be AUX 6 cop
        ready ready ADJ 2 ccomp
        to to PART 8 mark
        talk talk VERB 6 xcomp
        """,
    ),
    "be with a place": (
        """
        The the DET 2 det
        palace palace NOUN 3 nsubj
        is be AUX 0 root
        in in ADP 3 prep
        Istanbul Istanbul PROPN 4 pobj
        """,
        """
        The the DET 2 det
        palace palace NOUN 5 nsubj
        is be AUX 5 cop
        in in ADP 5 case
        Istanbul Istanbul PROPN 0 root
        """,
    ),
    "there is": (
        """
        There there PRON 2 expl
        was be VERB 0 root
        a a DET 4 det
        truce truce NOUN 2 attr
        in in ADP 2 prep
        Gaza Gaza PROPN 5 pobj
        """,
        """
        There there PRON 2 expl
        was be VERB 0 root
        a a DET 4 det
        truce truce NOUN 2 nsubj
        in in ADP 6 case
        Gaza Gaza PROPN 2 obl
        """,
    ),
    "become": (
        """
        Merz Merz PROPN 2 nsubj
        became become VERB 0 root
        chancellor chancellor NOUN 2 attr
        """,
        """
        Merz Merz PROPN 2 nsubj
        became become VERB 0 root
        chancellor chancellor NOUN 2 xcomp
        """,
    ),
    "coordination of three": (
        """
        Russia Russia PROPN 6 nsubj
        , , PUNCT 1 punct
        Ukraine Ukraine PROPN 1 conj
        and and CCONJ 3 cc
        Turkey Turkey PROPN 3 conj
        met meet VERB 0 root
        and and CCONJ 6 cc
        agreed agree VERB 6 conj
        """,
        """
        Russia Russia PROPN 6 nsubj
        , , PUNCT 1 punct
        Ukraine Ukraine PROPN 1 conj
        and and CCONJ 5 cc
        Turkey Turkey PROPN 1 conj
        met meet VERB 0 root
        and and CCONJ 8 cc
        agreed agree VERB 6 conj
        """,
    ),
    "coordinated prepositions": (
        """
        Drones drone NOUN 2 nsubj
        fell fall VERB 0 root
        in in ADP 2 prep
        Kursk Kursk PROPN 3 pobj
        and and CCONJ 3 cc
        in in ADP 3 conj
        Bryansk Bryansk PROPN 6 pobj
        """,
        """
        Drones drone NOUN 2 nsubj
        fell fall VERB 0 root
        in in ADP 4 case
        Kursk Kursk PROPN 2 obl
        and and CCONJ 7 cc
        in in ADP 7 case
        Bryansk Bryansk PROPN 4 conj
        """,
    ),
    "relative clause and possessors": (
        """
        Israel Israel PROPN 3 poss
        's 's PART 1 case
        minister minister NOUN 0 root
        who who PRON 5 nsubj
        lost lose VERB 3 relcl
        his his PRON 7 poss
        post post NOUN 5 dobj
        """,
        """
        Israel Israel PROPN 3 nmod:poss
        's 's PART 1 case
        minister minister NOUN 0 root
        who who PRON 5 nsubj
        lost lose VERB 3 acl:relcl
        his his PRON 7 nmod:poss
        post post NOUN 5 obj
        """,
    ),
    "clause after a preposition": (
        """
        Tehran Tehran PROPN 2 nsubj
        accused accuse VERB 0 root
        them they PRON 2 dobj
        of of ADP 2 prep
        breaking break VERB 4 pcomp
        the the DET 7 det
        deal deal NOUN 5 dobj
        """,
        """
        Tehran Tehran PROPN 2 nsubj
        accused accuse VERB 0 root
        them they PRON 2 obj
        of of SCONJ 5 mark
        breaking break VERB 2 advcl
        the the DET 7 det
        deal deal NOUN 5 obj
        """,
    ),
    "two prepositions before a noun": (
        """
        According accord VERB 5 prep
        to to ADP 1 prep
        Reuters Reuters PROPN 2 pobj
        they they PRON 5 nsubj
        left leave VERB 0 root
        """,
        """
        According accord VERB 3 case
        to to ADP 3 case
        Reuters Reuters PROPN 5 obl
        they they PRON 5 nsubj
        left leave VERB 0 root
        """,
    ),
    "receivers": (
        """
        Norway Norway PROPN 2 nsubj
        gave give VERB 0 root
        Kyiv Kyiv PROPN 2 dative
        jets jet NOUN 2 dobj
        and and CCONJ 2 cc
        handed hand VERB 2 conj
        ships ship NOUN 6 dobj
        over over ADP 6 prt
        to to ADP 6 dative
        it it PRON 9 pobj
        """,
        """
        Norway Norway PROPN 2 nsubj
        gave give VERB 0 root
        Kyiv Kyiv PROPN 2 iobj
        jets jet NOUN 2 obj
        and and CCONJ 6 cc
        handed hand VERB 2 conj
        ships ship NOUN 6 obj
        over over ADP 6 compound:prt
        to to ADP 10 case
        it it PRON 6 obl
        """,
    ),
    "told somebody that": (
        """
        He he PRON 2 nsubj
        told tell VERB 0 root
        reporters reporter NOUN 2 dobj
        both both DET 5 preconj
        sides side NOUN 6 nsubj
        agreed agree VERB 2 ccomp
        Monday Monday PROPN 6 npadvmod
        """,
        """
        He he PRON 2 nsubj
        told tell VERB 0 root
        reporters reporter NOUN 2 iobj
        both both DET 5 cc:preconj
        sides side NOUN 6 nsubj
        agreed agree VERB 2 ccomp
        Monday Monday PROPN 6 obl:unmarked
        """,
    ),
    "title and person": (
        """
        Russian Russian ADJ 4 amod _ B-NORP
        President President PROPN 4 compound
        Vladimir Vladimir PROPN 4 compound _ B-PERSON
        Putin Putin PROPN 5 nsubj _ I-PERSON
        spoke speak VERB 0 root
        """,
        """
        Russian Russian ADJ 3 amod _ B-NORP
        President President PROPN 3 nmod:desc
        Vladimir Vladimir PROPN 5 nsubj _ B-PERSON
        Putin Putin PROPN 3 flat _ I-PERSON
        spoke speak VERB 0 root
        """,
    ),
    "a person alone": (
        """
        Ursula Ursula PROPN 4 compound _ B-PERSON
        von von PROPN 4 compound _ I-PERSON
        der der PROPN 4 compound _ I-PERSON
        Leyen Leyen PROPN 0 root _ I-PERSON
        """,
        """
        Ursula Ursula PROPN 0 root _ B-PERSON
        von von PROPN 1 flat _ I-PERSON
        der der PROPN 1 flat _ I-PERSON
        Leyen Leyen PROPN 1 flat _ I-PERSON
        """,
    ),
    "stranded preposition": (
        """
        It it PRON 3 nsubjpass
        was be AUX 3 auxpass
        fired fire VERB 0 root
        at at ADP 3 prep
        """,
        """
        It it PRON 3 nsubj:pass
        was be AUX 3 aux:pass
        fired fire VERB 0 root
        at at ADP 3 advmod
        """,
    ),
}


def _relations(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in doc]


@pytest.mark.parametrize("construction", sorted(PAIRS))
def test_clearnlp_comes_out_as_universal(construction):
    clearnlp, universal = (doc_of(table) for table in PAIRS[construction])
    made = to_universal(clearnlp, CLEARNLP)
    assert _relations(made) == _relations(universal)
    assert [(span.text, span.label_) for span in made.ents] == [(span.text, span.label_) for span in universal.ents]


@pytest.mark.parametrize("construction", sorted(PAIRS))
def test_universal_stays_as_it_is(construction):
    universal = doc_of(PAIRS[construction][1])
    assert to_universal(universal) is universal
    assert to_universal(universal, UNIVERSAL) is universal


def test_text_tokens_and_layers_stay():
    clearnlp = doc_of(PAIRS["be with an adjective in a clause"][0])
    made = to_universal(clearnlp)
    assert made.text == clearnlp.text
    assert [(t.idx, t.lemma_, t.pos_, str(t.morph)) for t in made] == [
        (t.idx, t.lemma_, t.pos_, str(t.morph)) for t in clearnlp
    ]
    assert len(list(made.sents)) == 1


def test_names_of_ontonotes_become_ours():
    doc = Doc(English().vocab, words=["The", "Louvre", "'s", "Mona", "Lisa", "cost", "$", "5", "in", "Paris"])
    labels = [(0, 3, "FAC"), (3, 5, "WORK_OF_ART"), (6, 8, "MONEY"), (9, 10, "GPE")]
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in labels])
    made = to_universal(doc)
    assert [(span.text, span.label_) for span in made.ents] == [
        ("Louvre", "FAC"),
        ("Mona Lisa", "MISC"),
        ("Paris", "GPE"),
    ]


def test_empty_text():
    doc = Doc(English().vocab)
    assert to_universal(doc, CLEARNLP).text == ""


@pytest.mark.parametrize(
    ("labels", "scheme"),
    [(("nsubj", "dobj", "pobj", "prep"), CLEARNLP), (("nsubj", "obj", "obl", "case"), UNIVERSAL), ((), UNIVERSAL)],
)
def test_the_scheme_is_read_off_the_labels(labels, scheme):
    nlp = English()
    parser = nlp.add_pipe("parser")
    for label in labels:
        parser.add_label(label)
    assert scheme_of(nlp) == scheme
