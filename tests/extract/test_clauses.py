import pytest

from kgbuild.extract.clauses import find_frames
from kgbuild.extract.passage import passages
from kgbuild.model import Frame, Mention, MentionKind, Where
from tests.parses import doc_of, document_of


def frames_of(table: str, *, heading: bool = False, mentions: tuple[Mention, ...] = ()) -> tuple[str, dict[str, Frame]]:
    doc = doc_of(table)
    document = document_of(doc, headings=frozenset({0} if heading else ()))
    found = find_frames(passages(document, [doc]), mentions)
    return doc.text, {frame.trigger.of(doc.text): frame for frame in found}


def sides(text: str, frame: Frame) -> set[tuple[str, str]]:
    return {(filler.side, filler.where.of(text)) for filler in frame.fillers}


CASES = {
    "an adjective behind its noun": (
        """
        Storms storm NOUN 2 nsubj
        leave leave VERB 0 root Mood=Ind|Tense=Pres|VerbForm=Fin
        ten ten NUM 4 nummod
        sailors sailor NOUN 2 obj
        dead dead ADJ 4 amod
        """,
        "dead",
        {("subject", "sailors")},
    ),
    "the other party of talks in an adjunct": (
        """
        Kerry Kerry PROPN 2 nsubj
        spoke speak VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        after after ADP 4 case
        talks talk NOUN 2 obl
        with with ADP 6 case
        Lavrov Lavrov PROPN 4 nmod
        """,
        "talks",
        {("with", "Lavrov"), ("subject", "Kerry")},
    ),
    "what somebody is put under": (
        """
        Rome Rome PROPN 2 nsubj
        put put VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        officers officer NOUN 2 obj
        under under ADP 5 case
        investigation investigation NOUN 2 obl
        """,
        "investigation",
        {("against", "officers")},
    ),
    "a gerund behind to": (
        """
        Oslo Oslo PROPN 2 nsubj
        committed commit VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        to to SCONJ 4 mark
        sending send VERB 2 advcl VerbForm=Ger
        aid aid NOUN 4 obj
        """,
        "committed",
        {("subject", "Oslo"), ("to", "sending")},
    ),
    "active with an oblique": (
        """
        Iran Iran PROPN 2 nsubj
        sent send VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        ships ship NOUN 2 obj
        to to ADP 5 case
        Oman Oman PROPN 2 obl
        """,
        "sent",
        {("subject", "Iran"), ("object", "ships"), ("to", "Oman")},
    ),
    "passive undone": (
        """
        Ships ship NOUN 3 nsubj:pass
        were be AUX 3 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin
        seized seize VERB 0 root Tense=Past|VerbForm=Part
        by by ADP 5 case
        Iran Iran PROPN 3 obl:agent
        """,
        "seized",
        {("object", "Ships"), ("subject", "Iran")},
    ),
    "passive headline without auxiliary, subject mislabelled": (
        """
        Ten ten NUM 2 nsubj
        killed kill VERB 0 root Tense=Past|VerbForm=Part
        in in ADP 4 case
        Basra Basra PROPN 2 obl
        """,
        "killed",
        {("object", "Ten"), ("in", "Basra")},
    ),
    "relative clause with a pronoun": (
        """
        drones drone NOUN 0 root
        that that PRON 3 nsubj PronType=Rel
        hit hit VERB 1 acl:relcl Mood=Ind|Tense=Past|VerbForm=Fin
        Lviv Lviv PROPN 3 obj
        """,
        "hit",
        {("subject", "drones"), ("object", "Lviv")},
    ),
    "relative clause without a pronoun": (
        """
        regions region NOUN 0 root
        it it PRON 3 nsubj
        annexed annex VERB 1 acl:relcl Mood=Ind|Tense=Past|VerbForm=Fin
        """,
        "annexed",
        {("object", "regions"), ("subject", "it")},
    ),
    "antecedent of a clause below the relative one": (
        """
        children child NOUN 0 root
        Kenya Kenya PROPN 3 nsubj
        says say VERB 1 acl:relcl Mood=Ind|Tense=Pres|VerbForm=Fin
        were be AUX 5 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin
        moved move VERB 3 ccomp Tense=Past|VerbForm=Part
        """,
        "moved",
        {("object", "children")},
    ),
    "participle before a noun": (
        """
        abducted abduct VERB 2 amod Tense=Past|VerbForm=Part
        children child NOUN 0 root
        """,
        "abducted",
        {("object", "children")},
    ),
    "participle tagged as an adjective": (
        """
        annexed annexed ADJ 2 amod Degree=Pos
        regions region NOUN 0 root
        """,
        "annexed",
        {("object", "regions")},
    ),
    "participle after a noun": (
        """
        talks talk NOUN 0 root
        held hold VERB 1 acl Tense=Past|VerbForm=Part
        in in ADP 4 case
        Doha Doha PROPN 2 obl
        """,
        "talks",
        {("in", "Doha")},
    ),
    "object control": (
        """
        Lima Lima PROPN 2 nsubj
        urged urge VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        Quito Quito PROPN 2 obj
        to to PART 5 mark
        withdraw withdraw VERB 2 xcomp VerbForm=Inf
        """,
        "withdraw",
        {("subject", "Quito")},
    ),
    "subject control": (
        """
        Lima Lima PROPN 2 nsubj
        promised promise VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        Quito Quito PROPN 2 obj
        to to PART 5 mark
        withdraw withdraw VERB 2 xcomp VerbForm=Inf
        """,
        "withdraw",
        {("subject", "Lima")},
    ),
    "shared subject and object": (
        """
        Strikes strike NOUN 2 nsubj
        damaged damage VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        or or CCONJ 4 cc
        destroyed destroy VERB 2 conj Mood=Ind|Tense=Past|VerbForm=Fin
        planes plane NOUN 4 obj
        """,
        "damaged",
        {("subject", "Strikes"), ("object", "planes")},
    ),
    "coordinated subjects are two fillers": (
        """
        Chad Chad PROPN 4 nsubj
        and and CCONJ 3 cc
        Niger Niger PROPN 1 conj
        met meet VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        """,
        "met",
        {("subject", "Chad"), ("subject", "Niger")},
    ),
    "nominalisation with complements": (
        """
        withdrawal withdrawal NOUN 0 root
        of of ADP 3 case
        forces force NOUN 1 nmod
        from from ADP 5 case
        Mosul Mosul PROPN 1 nmod
        """,
        "withdrawal",
        {("of", "forces"), ("from", "Mosul")},
    ),
    "possessor and modifiers": (
        """
        Iran Iran PROPN 4 nmod:poss
        's 's PART 1 case
        drone drone NOUN 4 compound
        attack attack NOUN 0 root
        on on ADP 6 case
        Erbil Erbil PROPN 4 nmod
        """,
        "attack",
        {("possessor", "Iran"), ("modifier", "drone"), ("on", "Erbil")},
    ),
    "light verb lends its sides": (
        """
        Paris Paris PROPN 2 nsubj
        imposed impose VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        sanctions sanction NOUN 2 obj
        on on ADP 5 case
        Minsk Minsk PROPN 2 obl
        """,
        "sanctions",
        {("subject", "Paris"), ("on", "Minsk")},
    ),
    "verb of taking place lends its sides": (
        """
        Talks talk NOUN 2 nsubj
        began begin VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        in in ADP 4 case
        Doha Doha PROPN 2 obl
        """,
        "Talks",
        {("in", "Doha")},
    ),
    "quotation before its verb": (
        """
        Talks talk NOUN 2 nsubj
        failed fail VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        he he PRON 4 nsubj
        said say VERB 2 parataxis Mood=Ind|Tense=Past|VerbForm=Fin
        """,
        "said",
        {("clause", "failed"), ("subject", "he")},
    ),
    "raised subject of an adjective": (
        """
        Storms storm NOUN 2 nsubj
        left leave VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        ten ten NUM 2 obj
        dead dead ADJ 2 xcomp
        """,
        "dead",
        {("subject", "ten")},
    ),
}


@pytest.mark.parametrize(("table", "trigger", "wanted"), CASES.values(), ids=CASES.keys())
def test_sides_of_the_logical_clause(table: str, trigger: str, wanted: set[tuple[str, str]]):
    text, frames = frames_of(table)
    assert sides(text, frames[trigger]) >= wanted
    grammatical = {side for side, _ in wanted}
    assert {pair for pair in sides(text, frames[trigger]) if pair[0] in grammatical} == wanted


def test_what_would_have_been_is_no_speech_about_the_clause_before():
    text, frames = frames_of(
        """
        Paris Paris PROPN 2 nsubj
        left leave VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        it it PRON 5 nsubj
        would would AUX 5 aux VerbForm=Fin
        fail fail VERB 2 parataxis VerbForm=Inf
        """
    )
    assert "clause" not in {side for side, _ in sides(text, frames["fail"])}


@pytest.mark.parametrize(("word", "wanted"), [("a", ("indefinite",)), ("the", ()), ("this", ("pointing",))])
def test_a_determiner_tells_whether_a_noun_is_new_or_points_back(word: str, wanted: tuple[str, ...]):
    table = f"saw see VERB 0 root Mood=Ind|Tense=Past\n{word} {word} DET 3 det\nstrike strike NOUN 1 obj"
    assert frames_of(table)[1]["strike"].rules == wanted


def test_what_is_called_something_is_not_done_by_who_calls_it_so():
    text, frames = frames_of(
        """
        Paris Paris PROPN 2 nsubj
        called call VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        talks talk NOUN 2 obj
        useful useful ADJ 2 xcomp
        """
    )
    assert "subject" not in {side for side, _ in sides(text, frames["talks"])}


def test_negation_modals_and_tense_are_kept():
    _, frames = frames_of(
        """
        It it PRON 4 nsubj
        may may AUX 4 aux VerbForm=Fin
        not not PART 4 advmod
        attack attack VERB 0 root VerbForm=Inf
        """
    )
    frame = frames["attack"]
    assert (frame.negated, frame.auxiliaries, frame.tense) == (True, ("may",), "")


def test_a_condition_is_kept_among_the_auxiliaries():
    _, frames = frames_of(
        """
        If if SCONJ 3 mark
        talks talk NOUN 3 nsubj
        fail fail VERB 5 advcl Mood=Ind|Tense=Pres|VerbForm=Fin
        we we PRON 5 nsubj
        fight fight VERB 0 root Mood=Ind|Tense=Pres|VerbForm=Fin
        """
    )
    assert frames["fail"].auxiliaries == ("if",)
    assert frames["fight"].auxiliaries == ()


def test_no_determiner_denies_a_noun_and_its_light_verb_lends_the_modal():
    _, frames = frames_of(
        """
        They they PRON 3 nsubj
        will will AUX 3 aux VerbForm=Fin
        hold hold VERB 0 root VerbForm=Inf
        no no DET 5 det
        talks talk NOUN 3 obj
        """
    )
    assert frames["talks"].negated
    assert frames["talks"].auxiliaries == ("will",)
    assert frames["talks"].tense == "future"


def test_fillers_point_at_mentions_and_frames():
    table = """
        Minister minister NOUN 3 nsubj
        Umerov Umerov PROPN 1 flat
        proposed propose VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
        talks talk NOUN 3 obj
        """
    name = Mention(
        where=Where(9, 15), text="Umerov", kind=MentionKind.NAME, type=None, head=Where(9, 15), lemma="umerov",
        sentence=Where(0, 30),
    )  # fmt: skip
    text, frames = frames_of(table, mentions=(name,))
    subject, thing = frames["proposed"].fillers
    assert (subject.side, subject.mention) == ("subject", 0)
    order = sorted(frames.values(), key=lambda frame: frame.trigger)
    assert thing.frame is not None
    assert order[thing.frame].trigger.of(text) == "talks"
    assert "Umerov" not in frames


def test_headings_and_quotations_are_marked():
    _, frames = frames_of(
        """
        " " PUNCT 2 punct
        Fight fight VERB 4 ccomp VerbForm=Inf
        " " PUNCT 2 punct
        says say VERB 0 root Mood=Ind|Tense=Pres|VerbForm=Fin
        """,
        heading=True,
    )
    assert frames["Fight"].quoted
    assert not frames["says"].quoted
    assert frames["says"].heading


def test_a_broken_parse_gives_frames_and_no_error():
    table = """
        a attack VERB 2 amod
        b attack NOUN 3 conj
        c attack ADJ 4 acl:relcl
        d attack VERB 5 xcomp
        e attack VERB 6 parataxis
        f attack VERB 0 root
        """
    _, frames = frames_of(table)
    assert len(frames) >= 5


def test_empty_text_gives_nothing():
    assert find_frames((), ()) == ()
