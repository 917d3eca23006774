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
WORDS = [
    f"said say VERB {FINITE}",
    f"told tell VERB {FINITE}",
    f"remained remain VERB {FINITE}",
    f"hit hit VERB {FINITE}",
    f"killed kill VERB {PARTICIPLE}",
    "adding add VERB VerbForm=Ger",
    "accusing accuse VERB VerbForm=Ger",
    f"accused accuse VERB {FINITE}",
    f"called call VERB {FINITE}",
    "handed hand VERB _",
    "spoke speak VERB _",
    "telephone telephone NOUN _",
    "president president NOUN _",
    "ruling ruling NOUN _",
    "Sehar Sehar PROPN _",
    "Lula Lula PROPN _",
    "he he PRON _",
    "who who PRON _",
    "whose whose PRON _",
    "that that SCONJ _",
    "pending pending ADJ _",
    "over over ADV _",
    "40 40 NUM _",
    "of of ADP _",
    "by by ADP _",
    "and and CCONJ _",
    ", , PUNCT _",
    ". . PUNCT _",
    "The the DET _",
]
RELATIONS = (
    "nsubj nsubj:pass obj iobj obl obl:agent obl:unmarked ccomp xcomp advcl acl acl:relcl conj parataxis appos nmod "
    "flat nmod:poss nmod:desc amod aux aux:pass mark case cc punct advmod compound dislocated"
).split()


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Draw the parse of a paragraph, which need not be one that makes sense."""
    rows = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14))
    places = draw(st.permutations(range(len(rows))))  # each word hangs on one that comes earlier in this order
    heads = [0] * len(rows)
    for rank, place in enumerate(places[1:], 1):
        heads[place] = places[draw(st.integers(0, rank - 1))] + 1
    lines = []
    for row, head in zip(rows, heads, strict=True):
        form, lemma, pos, feats = row.split(" ")
        lines.append(f"{form} {lemma} {pos} {head} {draw(st.sampled_from(RELATIONS))} {feats}")
    return "\n".join(lines)


@settings(max_examples=400, deadline=2000)
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
