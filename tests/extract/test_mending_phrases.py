"""Names and noun phrases that parsers of news get wrong again and again, put right one construction at a time."""

import pytest

from kgbuild.extract.passage import Passage
from tests.parses import doc_of


def words(table: str) -> dict[str, tuple[str, str]]:
    """Give the relation and the head of each word after phrases are mended."""
    return {word.text: (word.dep, word.head.text) for word in Passage(doc_of(table), 0).words}


def test_a_participle_before_a_noun_is_no_second_subject():
    table = """
        Moldova Moldova PROPN 3 nmod:poss
        's 's PART 1 case
        ruling ruling NOUN 6 nsubj
        European European ADJ 5 amod
        party party NOUN 6 nsubj
        won win VERB 0 root
    """
    doc = doc_of(table)
    doc[2].tag_ = "NN"
    passage = Passage(doc, 0)
    found = {word.text: (word.dep, word.head.text) for word in passage.words}
    assert found["ruling"] == ("amod", "party")
    assert found["Moldova"] == ("nmod:poss", "party")
    assert found["party"] == ("nsubj", "won")
    assert passage.words[2].pos == "ADJ"
    alone = Passage(doc_of("Its its PRON 2 nmod:poss\nruling ruling NOUN 3 nsubj\nstood stand VERB 0 root"), 0)
    assert [word.dep for word in alone.words] == ["nmod:poss", "nsubj", "ROOT"]


def test_a_charge_that_somebody_rejects_is_rejected():
    found = words(
        """
        a a DET 2 det
        charge charge NOUN 4 nsubj
        France France PROPN 4 nsubj
        rejected reject VERB 0 root
        """
    )
    assert found["charge"] == ("obj", "rejected")


def test_a_verb_that_has_an_object_takes_no_other():
    found = words(
        """
        time time NOUN 3 nsubj
        France France PROPN 3 nsubj
        rejected reject VERB 0 root
        it it PRON 3 obj
        """
    )
    assert found["time"] == ("nsubj", "rejected")


def test_a_second_subject_behind_a_verb_hears_it():
    found = words(
        """
        Schoof Schoof PROPN 2 nsubj
        promised promise VERB 0 root
        Rutte Rutte PROPN 2 nsubj
        that that SCONJ 6 mark
        talks talk NOUN 6 nsubj
        continue continue VERB 2 ccomp
        """
    )
    assert found["Rutte"] == ("iobj", "promised")
    assert found["talks"] == ("nsubj", "continue")


def test_a_second_subject_behind_a_verb_may_be_that_of_the_next_clause():
    found = words(
        """
        Spain Spain PROPN 2 nsubj
        pledged pledge VERB 0 root
        aid aid NOUN 2 obj
        while while SCONJ 6 mark
        Italy Italy PROPN 2 nsubj
        waited wait VERB 2 advcl
        """
    )
    assert found["Italy"] == ("nsubj", "waited")


@pytest.mark.parametrize(("verb", "dep"), [("handed hand", "compound:prt"), ("killed kill", "advmod")])
def test_a_particle_stays_with_its_verb(verb: str, dep: str):
    found = words(
        f"""
        Rebels rebel NOUN 2 nsubj
        {verb} VERB 0 root
        over over ADV 4 advmod
        40 40 NUM 5 nummod
        hostages hostage NOUN 2 obj
        """
    )
    assert found["over"][0] == dep


def test_three_names_are_a_list_and_no_apposition():
    found = words(
        """
        Macron Macron PROPN 8 nsubj
        , , PUNCT 4 punct
        Chancellor Chancellor PROPN 4 nmod:desc
        Merz Merz PROPN 1 appos
        and and CCONJ 7 cc
        Premier Premier PROPN 7 nmod:desc
        Tusk Tusk PROPN 1 conj
        met meet VERB 0 root
        """
    )
    assert found["Merz"] == ("conj", "Macron")
    assert found["Tusk"] == ("conj", "Macron")


def test_the_last_of_three_names_may_hang_on_the_second():
    found = words(
        """
        Macron Macron PROPN 8 nsubj
        , , PUNCT 4 punct
        Chancellor Chancellor PROPN 4 nmod:desc
        Merz Merz PROPN 1 appos
        and and CCONJ 7 cc
        Premier Premier PROPN 7 nmod:desc
        Tusk Tusk PROPN 4 conj
        met meet VERB 0 root
        """
    )
    assert (found["Merz"], found["Tusk"]) == (("conj", "Macron"), ("conj", "Macron"))


def test_a_sentence_may_have_no_verb_and_ends_all_the_same():
    passage = Passage(
        doc_of(
            """
            A a DET 2 det
            second second NOUN 6 nsubj
            . . PUNCT 6 punct
            The the DET 5 det
            minister minister NOUN 6 nsubj
            spoke speak VERB 0 root
            """
        ),
        0,
    )
    assert [sentence.text for sentence in passage.sentences] == ["A second .", "The minister spoke"]
    assert [word.head.text for word in passage.words] == ["second", "second", "second", "minister", "spoke", "spoke"]


def test_an_apposition_between_commas_is_one():
    found = words(
        """
        Macron Macron PROPN 8 nsubj
        , , PUNCT 3 punct
        Jupiter Jupiter PROPN 1 appos
        , , PUNCT 3 punct
        and and CCONJ 7 cc
        Premier Premier PROPN 7 nmod:desc
        Tusk Tusk PROPN 1 conj
        met meet VERB 0 root
        """
    )
    assert found["Jupiter"] == ("appos", "Macron")


def test_what_something_is_called_stands_behind_it():
    found = words(
        """
        Schoof Schoof PROPN 2 nsubj
        called call VERB 0 root
        it it PRON 2 obj
        irresponsible irresponsible ADJ 3 amod
        """
    )
    assert found["irresponsible"] == ("xcomp", "called")


def test_a_sentence_ends_with_its_full_stop():
    passage = Passage(
        doc_of(
            """
            Talks talk NOUN 2 nsubj
            failed fail VERB 5 ccomp
            , , PUNCT 2 punct
            he he PRON 5 nsubj
            said say VERB 0 root
            . . PUNCT 5 punct
            Yesilgoz Yesilgoz PROPN 8 nsubj
            accused accuse VERB 5 ccomp
            him he PRON 8 obj
            """
        ),
        0,
    )
    assert [sentence.text for sentence in passage.sentences] == ["Talks failed , he said .", "Yesilgoz accused him"]
    assert passage.words[7].dep == "ROOT"
    assert passage.words[7] not in passage.words[4].children


def test_the_clause_of_whose_is_parted_from_the_one_around_it():
    found = words(
        """
        Chile Chile PROPN 8 nsubj
        , , PUNCT 4 punct
        whose whose PRON 4 nmod:poss
        president president NOUN 8 nsubj
        , , PUNCT 6 punct
        Boric Boric PROPN 4 appos
        , , PUNCT 8 punct
        spoke speak VERB 0 root
        issued issue VERB 8 ccomp
        alerts alert NOUN 9 obj
        """
    )
    assert found["Chile"] == ("nsubj", "issued")
    assert found["president"] == ("nsubj", "spoke")
    assert found["spoke"] == ("acl:relcl", "Chile")
    assert found["issued"] == ("ROOT", "issued")


def test_the_clause_of_whose_may_be_taken_for_an_adjunct():
    found = words(
        """
        Japan Japan PROPN 5 nsubj
        , , PUNCT 4 punct
        whose whose PRON 4 nmod:poss
        premier premier NOUN 1 appos
        spoke speak VERB 6 advcl
        asked ask VERB 0 root
        """
    )
    assert found["Japan"] == ("nsubj", "asked")
    assert found["premier"] == ("nsubj", "spoke")
    assert found["spoke"] == ("acl:relcl", "Japan")


def test_an_office_before_a_name_at_the_end_is_who_says_it():
    table = """
        Gunmen gunman NOUN 2 nsubj
        held hold VERB {held}
        staff staff NOUN 2 obj
        , , PUNCT 6 punct
        the the DET 6 det
        envoy envoy NOUN 3 appos
        , , PUNCT 8 punct
        Grundberg Grundberg PROPN {bearer}
        , , PUNCT 2 punct
        said say VERB 0 root
        """
    found = words(table.format(held="10 ccomp", bearer="10 nsubj"))
    assert found["envoy"] == ("appos", "Grundberg")
    found = words(table.format(held="10 ccomp", bearer="6 appos"))
    assert found["envoy"] == ("nsubj", "said")
    assert found["Grundberg"] == ("appos", "envoy")


@pytest.mark.parametrize(("of", "head"), [("persecution persecution NOUN", "accused"), ("Sudan Sudan PROPN", "army")])
def test_what_somebody_is_accused_of_is_not_his(of: str, head: str):
    found = words(
        f"""
        Perez Perez PROPN 2 nsubj
        accused accuse VERB 0 root
        the the DET 4 det
        army army NOUN 2 obj
        of of ADP 6 case
        {of} 4 nmod
        """
    )
    assert found[of.split()[0]][1] == head


def test_two_names_are_no_subjects_of_one_verb():
    found = words(
        """
        Plas Plas PROPN 5 nsubj
        of of ADP 3 case
        party party NOUN 1 nmod
        BBB BBB PROPN 5 nsubj
        said say VERB 0 root
        """
    )
    assert found["Plas"] == ("nsubj", "said")
    assert found["BBB"] == ("appos", "party")


def test_what_has_an_adjective_is_a_noun():
    passage = Passage(
        doc_of(
            """
            Medinsky Medinsky PROPN 2 nsubj
            disputed dispute VERB 0 root
            Ukrainian Ukrainian ADJ 4 amod
            claims claim VERB 2 obj
            """
        ),
        0,
    )
    assert [word.pos for word in passage.words] == ["PROPN", "VERB", "ADJ", "NOUN"]
