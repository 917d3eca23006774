"""The metrics of coreference give what their papers say, and GUM's brackets are read right."""

import importlib.util
import random
from itertools import permutations
from pathlib import Path

import pytest

from kgbuild.model import Where

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("coreference", ROOT / "benchmarks" / "coreference.py")
assert _SPEC is not None
assert _SPEC.loader is not None
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)


def chains(*texts: str) -> list[frozenset[str]]:
    return [frozenset(text) for text in texts]


# The examples of Bagga and Baldwin (1998): two of three things are taken for one, a small and a large one or two large.
GOLD = chains("12345", "67", "89ABC")
SMALL, LARGE = chains("12345", "6789ABC"), chains("1234589ABC", "67")


@pytest.mark.parametrize(
    ("metric", "system", "precision", "recall"),
    [
        (bench.muc, SMALL, 9 / 10, 1.0),
        (bench.muc, LARGE, 9 / 10, 1.0),
        (bench.b_cubed, SMALL, 16 / 21, 1.0),
        (bench.b_cubed, LARGE, 7 / 12, 1.0),
        (bench.ceaf_e, SMALL, (1 + 10 / 12) / 2, (1 + 10 / 12) / 3),
        (bench.ceaf_e, LARGE, (1 + 10 / 15) / 2, (1 + 10 / 15) / 3),
        (bench.muc, GOLD, 1.0, 1.0),
        (bench.b_cubed, GOLD, 1.0, 1.0),
        (bench.ceaf_e, GOLD, 1.0, 1.0),
        (bench.muc, [], 0.0, 0.0),
        (bench.b_cubed, [], 0.0, 0.0),
        (bench.ceaf_e, [], 0.0, 0.0),
    ],
)
def test_metric_gives_what_its_paper_says(metric, system, precision, recall):
    found = metric(GOLD, system).figures()
    assert found[:2] == pytest.approx((precision, recall))


def test_mentions_of_one_side_only_cost_the_other():
    gold, system = chains("abc"), chains("abx")
    assert bench.muc(gold, system).figures()[:2] == pytest.approx((1 / 2, 1 / 2))
    assert bench.b_cubed(gold, system).figures()[:2] == pytest.approx((4 / 9, 4 / 9))
    assert bench.ceaf_e(gold, system).figures()[:2] == pytest.approx((2 / 3, 2 / 3))


def test_pairing_is_the_best_of_all():
    chance = random.Random(7)  # noqa: S311 - a test, and always the same
    for _ in range(60):
        rows, columns = chance.randint(1, 5), chance.randint(1, 5)
        weights = [[round(chance.random(), 2) for _ in range(columns)] for _ in range(rows)]
        few, many = sorted((rows, columns))
        table = weights if rows <= columns else [list(c) for c in zip(*weights, strict=True)]
        best = max(sum(table[n][c] for n, c in enumerate(order)) for order in permutations(range(many), few))
        assert bench._best_pairing(weights) == pytest.approx(best)


GUM = """\
# newdoc id = GUM_news_made
# newpar
# text = Ada's boat, the Tern, sank.
1-2	Ada's	_	_	_	_	_	_	_	_
1	Ada	Ada	PROPN	_	_	3	nmod:poss	_	Entity=(1-object-new-s-cf1-3-coref(2-person-new-s-cf2-1-coref-Ada)
2	's	's	PART	_	_	1	case	_	_
3	boat	boat	NOUN	_	_	8	nsubj	_	Entity=1)|SpaceAfter=No
4	,	,	PUNCT	_	_	6	punct	_	_
5	the	the	DET	_	_	6	det	_	Entity=(1-object-giv:act-sssss-cf1-2-appos-Tern
6	Tern	Tern	PROPN	_	_	3	appos	_	Entity=1)|SpaceAfter=No
7	,	,	PUNCT	_	_	6	punct	_	_
8	sank	sink	VERB	_	_	0	root	_	SpaceAfter=No
9	.	.	PUNCT	_	_	8	punct	_	_

# newpar
# text = She swam.
1	She	she	PRON	_	_	2	nsubj	_	Entity=(2-person-giv:act-sssss-cf1-1-ana)
2	swam	swim	VERB	_	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_
"""


def test_gum_is_read_as_paragraphs_and_marked_mentions(tmp_path):
    path = tmp_path / "GUM_news_made.conllu"
    path.write_text(GUM, encoding="utf-8")
    text = bench.read_gum(path)
    assert [where.of(text.text) for where in text.paragraphs] == ["Ada's boat, the Tern, sank.", "She swam."]
    found = {(one.where.of(text.text), text.text[one.head :].split()[0], one.chain, one.kind) for one in text.gold}
    assert found == {
        ("Ada", "Ada's", "2", "person"),
        ("Ada's boat", "boat,", "1", "object"),
        ("the Tern", "Tern,", "1", "object"),
        ("She", "She", "2", "person"),
    }
    assert sorted(map(len, bench.gold_chains(text, None))) == [2, 2]
    assert [len(chain) for chain in bench.gold_chains(text, {"person"})] == [2]
    assert all(isinstance(one.where, Where) for one in text.gold)
