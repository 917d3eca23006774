"""A mended parse is a parse: whatever the parser gave, each word hangs on one other, and none on itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.extract.clauses import find_frames
from kgbuild.extract.mending.clauses import mend
from kgbuild.extract.passage import Passage
from kgbuild.extract.tree import tree_of
from tests.parses import doc_of

KNOWN = {
    "reporting": frozenset({"say", "tell", "add", "accuse", "call"}),
    "verb": frozenset[str](),
    "noun": frozenset[str](),
}
FINITE, PARTICIPLE = "Mood=Ind|Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part|Voice=Pass"
SENTENCES = [
    f"""
    Association association PROPN 4 nsubj
    president president NOUN 3 nmod:desc
    Sehar Sehar PROPN 4 nsubj
    said say VERB 0 root {FINITE}
    troops troop NOUN 6 nsubj
    left leave VERB 4 ccomp {FINITE}
    """,
    f"""
    Drones drone NOUN 2 nsubj
    hit hit VERB 9 ccomp {FINITE}
    depots depot NOUN 2 obj
    , , PUNCT 5 punct
    wounding wound VERB 2 advcl VerbForm=Ger
    34 34 NUM 5 obj
    , , PUNCT 8 punct
    residents resident NOUN 5 nsubj
    said say VERB 0 root {FINITE}
    adding add VERB 2 advcl VerbForm=Ger
    """,
    f"""
    Chile Chile PROPN 6 nsubj
    , , PUNCT 6 punct
    whose whose PRON 4 nmod:poss
    president president NOUN 6 nsubj
    Boric Boric PROPN 4 appos
    spoke speak VERB 0 root {FINITE}
    accused accuse VERB 6 conj {FINITE}
    rebels rebel NOUN 7 obj
    of of ADP 10 mark
    bombing bomb VERB 8 acl VerbForm=Ger
    Lula Lula PROPN 10 obj
    """,
    f"""
    children child NOUN 7 nsubj
    whom whom PRON 4 obj
    Kyiv Kyiv PROPN 4 nsubj
    told tell VERB 1 acl:relcl {FINITE}
    were be AUX 6 aux:pass
    taken take VERB 1 acl:relcl {PARTICIPLE}
    died die VERB 0 root {FINITE}
    . . PUNCT 7 punct
    The the DET 10 det
    minister minister NOUN 11 nsubj
    said say VERB 7 parataxis {FINITE}
    """,
    f"""
    Somebody somebody PRON 2 nsubj
    said say VERB 0 root {FINITE}
    it it PRON 4 nsubj
    remained remain VERB 2 ccomp {FINITE}
    committed commit VERB 2 ccomp {FINITE}
    to to ADP 7 case
    Lula Lula PROPN 5 obl
    , , PUNCT 10 punct
    his his PRON 10 nmod:poss
    mate mate NOUN 7 appos
    Alckmin Alckmin PROPN 10 appos
    and and CCONJ 13 cc
    Moraes Moraes PROPN 10 conj
    """,
]
"""Each holds what several rules look for; a parser's mistake is one of its words elsewhere."""
RELATIONS = (
    "nsubj nsubj:pass obj iobj obl obl:agent obl:unmarked ccomp xcomp advcl acl acl:relcl conj parataxis appos nmod "
    "flat nmod:poss nmod:desc amod aux aux:pass mark case cc punct advmod compound dislocated"
).split()


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Draw the parse of two sentences with up to four words hung elsewhere, under any relation."""
    rows: list[list[str]] = []
    for sentence in draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2)):
        before = len(rows)
        for line in sentence.strip().splitlines():
            form, lemma, pos, head, *others = line.split()
            rows.append([form, lemma, pos, str(int(head) + before if int(head) else 0), *others])
    for _ in range(draw(st.integers(0, 4))):
        word = draw(st.integers(1, len(rows)))
        apart = [other for other in range(1, len(rows) + 1) if word not in _upward(rows, other)]
        if apart:
            rows[word - 1][3] = str(draw(st.sampled_from(apart)))
            rows[word - 1][4] = draw(st.sampled_from(RELATIONS))
    return "\n".join(" ".join(row) for row in rows)


def _upward(rows: list[list[str]], word: int) -> list[int]:
    """List a word and what it depends on, up to the root."""
    found = [word]
    while head := int(rows[found[-1] - 1][3]):
        found.append(head)
    return found


@settings(max_examples=400, deadline=None)
@given(tables())
def test_a_mended_parse_has_no_circles(table: str):
    passage = Passage(doc_of(table), 0)
    for word in passage.words:
        above = word
        for _ in passage.words:
            above = above.head
        assert above.head is above
        assert all(child.head is word for child in word.children)
    tree = tree_of(passage, KNOWN)
    mend(tree)
    assert sorted(tree.order) == list(range(len(passage.words)))
    assert all(tree.head[kid] == word for word, kids in enumerate(tree.kids) for kid in kids)
    find_frames((passage,), (), KNOWN)


def test_a_title_that_hangs_on_the_name_behind_it_stays_there():
    passage = Passage(
        doc_of(
            f"""
            Association association PROPN 4 nsubj
            president president NOUN 3 nmod:desc
            Sehar Sehar PROPN 4 nsubj
            said say VERB 0 root {FINITE}
            """
        ),
        0,
    )
    assert [(word.dep, word.head.text) for word in passage.words[1:3]] == [("nmod:desc", "Sehar"), ("nsubj", "said")]
