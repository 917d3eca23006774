"""How well mentions of one thing are brought together within an article, measured on GUM.

Usage: python benchmarks/coreference.py GUM [--model NAME] [--genres news,interview] [--parts dev,test] [--json]

GUM is a folder with `sources/GUM_*.conllu` and `file-lists/files.dev` and `files.test`: Universal Dependencies English
GUM, whose column MISC holds entities and coreference. The texts are read by the whole text side of kgbuild, from the
bare text on; nothing of the annotation is shown to it.

Mentions are matched by their heads, as in the CorefUD shared tasks: GUM marks whole noun phrases, kgbuild names without
articles and titles. A mention of the system matches the annotated mention with the same head word, of several the one
most alike in extent. Figures are MUC, B-cubed, CEAF-e and their mean (the CoNLL average), over all documents together,
without what is mentioned once, as in the CoNLL tasks, and with it. `all` holds what GUM marks, times and abstract
things too, most of which kgbuild passes over on purpose; `news` holds persons, organisations and places only.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language

from kgbuild.annotate import annotate, load_model
from kgbuild.extract import extract
from kgbuild.knowledge import Knowledge, load
from kgbuild.model import Document, EntityType, Extraction, Section, SectionKind, Where

Chains = list[frozenset[str]]
_NEWS = frozenset({"person", "organization", "place"})
_OURS = frozenset(EntityType) - {EntityType.DOCUMENT, EntityType.WEAPON, EntityType.NAMED_EVENT}
_BRACKETS = re.compile(r"\((\d+)-([a-z]+)-[^()]*|(\d+)\)|(\))")


class Gold(NamedTuple):
    """Hold one annotated mention: its characters, its head word's first character, its chain and the chain's class."""

    where: Where
    head: int
    chain: str
    kind: str


class Text(NamedTuple):
    """Hold one document of GUM: its name, its paragraphs as one text, and the mentions marked in it."""

    name: str
    text: str
    paragraphs: tuple[Where, ...]
    gold: tuple[Gold, ...]


class Rate(NamedTuple):
    """Count towards precision and recall; rates of several documents are added."""

    right_of_gold: float = 0.0
    gold: float = 0.0
    right_of_system: float = 0.0
    system: float = 0.0

    def plus(self, other: "Rate") -> "Rate":
        """Add what another document counts."""
        return Rate(*(a + b for a, b in zip(self, other, strict=True)))

    def figures(self) -> tuple[float, float, float]:
        """Give precision, recall and F1; nothing counted gives 0."""
        recall = self.right_of_gold / self.gold if self.gold else 0.0
        precision = self.right_of_system / self.system if self.system else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Chains, system: Chains) -> Rate:
    """Count links: a chain of n mentions needs n - 1, and one less for each piece that the other side cuts it into.

    Source: Vilain et al. (1995), "A model-theoretic coreference scoring scheme".
    """
    return Rate(*_links(gold, system), *_links(system, gold))


def _links(chains: Chains, others: Chains) -> tuple[float, float]:
    chain_of = {mention: number for number, chain in enumerate(others) for mention in chain}
    right = sum(len(chain) - len({chain_of.get(m, m) for m in chain}) for chain in chains)
    return float(right), float(sum(len(chain) - 1 for chain in chains))


def b_cubed(gold: Chains, system: Chains) -> Rate:
    """Count, mention by mention, the share of its chain that the other side puts with it.

    Source: Bagga and Baldwin (1998), "Algorithms for scoring coreference chains".
    """
    return Rate(*_shares(gold, system), *_shares(system, gold))


def _shares(chains: Chains, others: Chains) -> tuple[float, float]:
    chain_of = {mention: chain for chain in others for mention in chain}
    right = sum(len(chain & chain_of.get(m, frozenset())) / len(chain) for chain in chains for m in chain)
    return right, float(sum(map(len, chains)))


def ceaf_e(gold: Chains, system: Chains) -> Rate:
    """Count how alike the chains of the best one-to-one pairing are, a chain's likeness being twice the shared part.

    Source: Luo (2005), "On coreference resolution performance metrics", phi4. Chains that share no mention never need
    to be paired, so the pairing is sought in each connected piece by itself.
    """
    right = sum(_best_pairing(weights) for weights in _pieces(gold, system))
    return Rate(right, float(len(gold)), right, float(len(system)))


def _pieces(gold: Chains, system: Chains) -> Iterator[list[list[float]]]:
    """Give a table of likenesses for each set of chains that hang together by shared mentions."""
    system_of = {mention: number for number, chain in enumerate(system) for mention in chain}
    gold_of = {mention: number for number, chain in enumerate(gold) for mention in chain}
    seen: set[int] = set()
    for start in range(len(gold)):
        if start in seen:
            continue
        rows, columns, waiting = {start}, set[int](), [start]
        while waiting:
            for column in {system_of[m] for m in gold[waiting.pop()] if m in system_of} - columns:
                columns.add(column)
                fresh = {gold_of[m] for m in system[column] if m in gold_of} - rows
                rows |= fresh
                waiting += sorted(fresh)
        seen |= rows
        if columns:
            yield [
                [2 * len(gold[r] & system[c]) / (len(gold[r]) + len(system[c])) for c in sorted(columns)]
                for r in sorted(rows)
            ]


def _best_pairing(weights: Sequence[Sequence[float]]) -> float:
    """Give the greatest sum over a one-to-one pairing of rows with columns.

    Row by row, the pairing so far is changed along the cheapest path to a free column. Every change is tried from the
    row that has just come in, by Bellman's relaxation, which is enough for the small tables that pieces make.
    """
    row_of: dict[int, int] = {}
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    for row in range(len(weights)):
        cost, way = _cheapest_ways(weights, row_of, row)
        column = min((c for c in range(len(weights[0])) if c not in row_of), key=lambda c: (cost[c], c))
        while True:
            before = way[column]
            if before < 0:
                row_of[column] = row
                break
            row_of[column] = row_of[before]
            column = before
    return sum(weights[row][column] for column, row in row_of.items())


def _cheapest_ways(
    weights: Sequence[Sequence[float]], row_of: dict[int, int], row: int
) -> tuple[list[float], list[int]]:
    """Give what it costs to let *row* in so that each column is taken last, and from which column the way comes."""
    columns = range(len(weights[0]))
    cost, way = [-weights[row][column] for column in columns], [-1 for _ in columns]
    changed = True
    while changed:
        changed = False
        for taken, owner in row_of.items():
            for column in columns:
                other = cost[taken] + weights[owner][taken] - weights[owner][column]
                if other < cost[column] - 1e-12:
                    cost[column], way[column], changed = other, taken, True
    return cost, way


METRICS = {"MUC": muc, "B-cubed": b_cubed, "CEAF-e": ceaf_e}


def read_gum(path: Path) -> Text:
    """Read one document of GUM."""
    sentences: list[list[list[str]]] = [[]]
    breaks: set[int] = set()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar"):
            breaks.add(len(sentences) - 1)
        elif line and not line.startswith("#"):
            sentences[-1].append(line.split("\t"))
        elif not line and sentences[-1]:
            sentences.append([])
    text, starts, gold = "", [], []
    for number, rows in enumerate(s for s in sentences if s):
        if number in breaks or not starts:
            text = text.rstrip() + "\n" if text else text
            starts.append(len(text))
        text, placed = _place(rows, text)
        gold += _marked(rows, placed)
    ends = [*(start - 1 for start in starts[1:]), len(text.rstrip())]
    paragraphs = tuple(Where(a, b) for a, b in zip(starts, ends, strict=True) if a < b)
    return Text(path.stem, text.rstrip(), paragraphs, tuple(gold))


def _place(rows: list[list[str]], text: str) -> tuple[str, dict[str, Where]]:
    """Write the words of a sentence behind *text*; give the characters of each word by its number."""
    placed: dict[str, Where] = {}
    whole: tuple[int, int, int] | None = None  # last word and characters of a word that is written together
    for row in rows:
        number, form, misc = row[0], row[1], row[9]
        space = "" if "SpaceAfter=No" in misc.split("|") else " "
        if "-" in number:
            begin = len(text)
            text += form + space
            whole = (int(number.split("-")[1]), begin, begin + len(form))
        elif "." not in number and whole is not None and int(number) <= whole[0]:
            begin = text.find(form, whole[1], whole[2])
            begin = whole[1] if begin < 0 else begin
            placed[number] = Where(begin, min(begin + len(form), whole[2]))
        elif "." not in number:
            placed[number] = Where(len(text), len(text) + len(form))
            text += form + space
    return text if text.endswith(" ") else text + " ", placed


def _marked(rows: list[list[str]], placed: dict[str, Where]) -> Iterator[Gold]:
    """Give the mentions that the brackets of `Entity` mark in a sentence."""
    head_of = {row[0]: row[6] for row in rows if row[0] in placed}
    open_: list[tuple[str, str, str]] = []
    for row in rows:
        marks = next((part.removeprefix("Entity=") for part in row[9].split("|") if part.startswith("Entity=")), "")
        for match in _BRACKETS.finditer(marks):
            if match[1]:
                open_.append((match[1], match[2], row[0]))
                continue
            place = next((n for n in reversed(range(len(open_))) if match[3] in (None, open_[n][0])), None)
            if place is not None:
                chain, kind, first = open_.pop(place)
                inside = [n for n in placed if int(first) <= int(n) <= int(row[0])]
                head = next((n for n in inside if head_of[n] not in inside), inside[-1])
                where = Where(placed[inside[0]].begin, placed[inside[-1]].end)
                yield Gold(where, placed[head].begin, chain, kind)


def document_of(text: Text) -> Document:
    """Make the article that the text side reads."""
    whole = Section(Where(0, len(text.text)), SectionKind.ARTICLE)
    return Document(f"article/{text.name}", f"{text.name}.txt", text.text, "0" * 64, (whole,), text.paragraphs)


def paired(text: Text, extraction: Extraction) -> list[str]:
    """Name each mention of the system like the annotated mention that it matches, or by a name of its own."""
    by_head: dict[int, list[int]] = defaultdict(list)
    for number, gold in enumerate(text.gold):
        by_head[gold.head].append(number)
    taken: set[int] = set()
    names = []
    for number, mention in enumerate(extraction.mentions):
        free = [n for n in by_head.get(mention.head.begin, ()) if n not in taken]
        best = min(free, key=lambda n: (_apart(text.gold[n].where, mention.where), n), default=None)
        if best is None or mention.hidden:
            names.append(f"system-{number}")
        else:
            taken.add(best)
            names.append(f"gold-{best}")
    return names


def _apart(one: Where, other: Where) -> int:
    return abs(one.begin - other.begin) + abs(one.end - other.end)


def gold_chains(text: Text, kinds: Iterable[str] | None) -> Chains:
    """Give the annotated chains of some classes; None means all."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, gold in enumerate(text.gold):
        if kinds is None or gold.kind in kinds:
            found[gold.chain].add(f"gold-{number}")
    return [frozenset(found[chain]) for chain in sorted(found)]


def system_chains(text: Text, extraction: Extraction, kinds: Iterable[EntityType] | None) -> Chains:
    """Give the system's chains; a mention of two things counts for the first of them."""
    names = paired(text, extraction)
    seen: set[int] = set()
    found: Chains = []
    for chain in extraction.chains:
        if kinds is not None and chain.type not in kinds:
            continue
        members = [m for m in chain.mentions if m not in seen and not extraction.mentions[m].hidden]
        seen.update(members)
        if members:
            found.append(frozenset(names[m] for m in members))
    return found


def score(pairs: Sequence[tuple[Chains, Chains]], singletons: bool) -> dict[str, tuple[float, float, float]]:
    """Score gold and system chains of several documents together; adds the CoNLL average of the F1s."""
    rates = dict.fromkeys(METRICS, Rate())
    for gold, system in pairs:
        if not singletons:
            gold, system = ([chain for chain in chains if len(chain) > 1] for chains in (gold, system))
        for name, metric in METRICS.items():
            rates[name] = rates[name].plus(metric(gold, system))
    figures = {name: rate.figures() for name, rate in rates.items()}
    mean = [sum(f[n] for f in figures.values()) / len(figures) for n in range(3)]
    return {**figures, "CoNLL": (mean[0], mean[1], mean[2])}


def run(texts: Sequence[Text], nlp: Language, knowledge: Knowledge) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Read the texts and score them in four ways."""
    pairs: dict[str, list[tuple[Chains, Chains]]] = {"all": [], "news": []}
    for text in texts:
        document = document_of(text)
        (docs,) = annotate((document,), nlp)
        extraction = extract(document, docs, knowledge)
        pairs["all"].append((gold_chains(text, None), system_chains(text, extraction, None)))
        pairs["news"].append((gold_chains(text, _NEWS), system_chains(text, extraction, _OURS)))
    return {
        f"{kind}, {'with' if singletons else 'without'} singletons": score(found, singletons)
        for kind, found in pairs.items()
        for singletons in (False, True)
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gum", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--genres", default="news,interview")
    parser.add_argument("--parts", default="dev,test")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    names = [
        name
        for part in options.parts.split(",")
        for name in (options.gum / "file-lists" / f"files.{part}").read_text("utf-8").split()
        if name.split("_")[1] in options.genres.split(",")
    ]
    texts = [read_gum(options.gum / "sources" / f"{name}.conllu") for name in names]
    figures = run(texts, load_model(options.model), load())
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"{len(texts)} documents, {sum(len(text.gold) for text in texts)} annotated mentions: {' '.join(names)}")
    for title, found in figures.items():
        for name, (precision, recall, f1) in found.items():
            print(f"{title:26} {name:8} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}")


if __name__ == "__main__":
    main()
