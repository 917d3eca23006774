"""Measures reading: pages a second and what is kept of them, copies found, languages told.

    python benchmarks/reading.py pages TEXTS       web pages wrapped around the texts of a folder (see reading_pages.py)
    python benchmarks/reading.py copies TEXTS      500 edited copies of them
    python benchmarks/reading.py language TEXTS    how many English texts are taken for another language
    python benchmarks/reading.py sections TEXTS    the kind of every character against annotations

TEXTS is a folder of news texts, one a file, the headline on the first line. `pages` compares with trafilatura where it
is installed. Seconds are those of the processor, of one core. Everything is chosen by seeded generators.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from reading_pages import Wrapped, wrap

from kgbuild.read import read
from kgbuild.read.articles import cut_page
from kgbuild.read.duplicates import copies, text_of
from kgbuild.read.layouts import lay_out
from kgbuild.read.metadata import metadata
from kgbuild.read.originals import Original
from kgbuild.read.rules import load_rules
from kgbuild.read.sources import Source
from kgbuild.score.segments import segments

WORD = re.compile(r"\w+")
COPIES = 500


def texts_of(folder: Path) -> list[tuple[str, str]]:
    """Give name and text of each file, in order."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def pages(folder: Path) -> None:
    """Read wrapped pages, metadata included, and count the words kept against the words that went in."""
    built = [wrap(name, text, seed) for seed, (name, text) in enumerate(texts_of(folder))]
    built = [page for page in built if len(page.paragraphs) > 2]
    size = sum(len(page.html) for page in built) / len(built)
    print(f"{len(built)} pages of {size / 1000:.0f} kB on average")
    rules = load_rules()

    def ours(page: Wrapped) -> tuple[str, str, str]:
        layout = lay_out(Original(page.name, Path(page.name), "html", page.html), rules.elements)
        cut = cut_page(layout, rules.furniture)
        own = [one for one in cut.articles if one.piece.kind.value == "article"]
        facts = [metadata(one, Source(), layout.told) for one in own]
        words = " ".join(where.of(layout.text) for one in own for where in one.paragraphs)
        return words, facts[0].title or "", str(facts[0].published or "")

    report("kgbuild", ours, built)
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed: no comparison")
        return

    def theirs(page: Wrapped) -> tuple[str, str, str]:
        found = trafilatura.bare_extraction(page.html, include_comments=False, with_metadata=True)
        return (
            (f"{found.title or ''} {found.text or ''}", found.title or "", found.date or "") if found else ("", "", "")
        )

    report("trafilatura", theirs, built)


def report(name: str, reader: Callable[[Wrapped], tuple[str, str, str]], built: list[Wrapped]) -> None:
    """Read all pages with one reader and print how well it did."""
    for page in built[:40]:
        reader(page)  # both libraries compile their patterns on the first pages
    begin = time.process_time()
    kept = [reader(page) for page in built]
    seconds = time.process_time() - begin
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for page, (words, title, day) in zip(built, kept, strict=True):
        got, wanted = Counter(WORD.findall(words)), Counter(WORD.findall(" ".join([page.title, *page.paragraphs])))
        for key in (page.layout, "all"):
            sums[key]["right"] += (got & wanted).total()
            sums[key]["kept"] += got.total()
            sums[key]["wanted"] += wanted.total()
            sums[key]["pages"] += 1
            sums[key]["titles"] += title == page.title
            sums[key]["dates"] += page.dated and day == str(page.published)
            sums[key]["dated"] += page.dated
    print(f"\n{name}: {len(built) / seconds:.0f} pages a second and core")
    print(f"{'layout':<14}{'pages':>6}{'precision':>11}{'recall':>8}{'titles':>8}{'dates':>8}")
    for key in [*sorted(sums.keys() - {"all"}), "all"]:
        one = sums[key]
        precision, recall = one["right"] / max(1, one["kept"]), one["right"] / one["wanted"]
        print(
            f"{key:<14}{one['pages']:>6}{precision:>11.3f}{recall:>8.3f}{one['titles']:>8}{one['dates']:>5}/{one['dated']}"
        )


def edited(text: str, others: list[str], dice: random.Random) -> str:
    """Edit a text as desks edit wire copy: another headline, some words, sentences added, left out or moved."""
    lines = [line for line in text.splitlines() if line.strip()]
    body = lines[1:] or lines
    words_changed = dice.choice([0.0, 0.02, 0.04, 0.06, 0.08])
    kinds = dice.sample(["lead", "shorten", "insert", "swap", "quotes", "credit"], dice.randrange(1, 4))
    if "shorten" in kinds:
        body = body[: max(2, int(len(body) * dice.uniform(0.65, 0.9)))]
    if "swap" in kinds and len(body) > 3:
        at = dice.randrange(1, len(body) - 1)
        body[at], body[at + 1 :] = body[at + 1], [body[at], *body[at + 2 :]]
    if "insert" in kinds:
        foreign = dice.choice(others).splitlines()[-1]
        body.insert(dice.randrange(len(body) + 1), " ".join(foreign.split()[:30]) + ".")
    changed = [
        " ".join(other_word(word, dice) if dice.random() < words_changed else word for word in line.split())
        for line in body
    ]
    if "lead" in kinds:
        changed[0] = f"GENEVA (Reuters) - {changed[0]}"
    if "quotes" in kinds:
        changed = [line.replace('"', "“").replace("'", "’").replace(" - ", " — ") for line in changed]
    if "credit" in kinds:
        changed.append("Reporting by Ann Lee; editing by Bob Ray")
    return "\n".join([dice.choice(["Update: ", "", "What we know: "]) + lines[0], *changed])


def other_word(word: str, dice: random.Random) -> str:
    """Put something else in place of a word, or beside it."""
    return dice.choice(["", word + " also", "some", "said", "officials", word.lower(), word + ","])


def copies_of(folder: Path) -> None:
    """Find 500 edited copies among their originals, and count pairs."""
    dice = random.Random(7)
    texts = [(name, text) for name, text in texts_of(folder) if len(text.split()) >= 80]
    group: dict[str, str] = {name: name for name, _ in texts}
    every = dict(texts)
    for number in range(COPIES):
        name, text = texts[dice.randrange(len(texts))]
        every[f"{name}+{number:03}"] = edited(text, [other for own, other in texts if own != name], dice)
        group[f"{name}+{number:03}"] = name
    order = sorted(every)
    dice.shuffle(order)
    begin = time.process_time()
    found = copies([text_of(name, every[name].splitlines(), None) for name in order])
    seconds = time.process_time() - begin
    head = {name: found.get(name, name) for name in order}
    wanted = {(a, b) for n, a in enumerate(order) for b in order[n + 1 :] if group[a] == group[b]}
    got = {(a, b) for n, a in enumerate(order) for b in order[n + 1 :] if head[a] == head[b]}
    precision, recall = len(got & wanted) / len(got), len(got & wanted) / len(wanted)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(texts)} texts, {COPIES} edited copies of them, {len(wanted)} pairs of one origin")
    print(
        f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; "
        f"{len(order) / seconds:.0f} texts a second and core"
    )
    for a, b in sorted(got - wanted)[:5]:
        print(f"taken for copies: {a} {b}")


def language(folder: Path) -> None:
    """Count the English texts, and the paragraphs of them, that are taken for another language."""
    languages = load_rules().languages
    texts = [text for _, text in texts_of(folder)]
    paragraphs = [line for text in texts for line in text.splitlines() if len(line.split()) >= 15]
    begin = time.process_time()
    wrong = [text for text in [*texts, *paragraphs] if languages.foreign(text)]
    seconds = time.process_time() - begin
    print(f"{len(texts)} texts, {len(paragraphs)} paragraphs, {len(wrong)} of them taken for another language")
    print(f"{(len(texts) + len(paragraphs)) / seconds:.0f} texts a second and core")
    for text in wrong[:5]:
        print(f"{languages.foreign(text)}: {text[:100]}")


def sections(folder: Path) -> None:
    """Hold the kind of every character against annotations, `NAME.json` in the folder of texts or above it."""
    right: Counter[str] = Counter()
    whole = pages = 0
    wrong: Counter[tuple[str, str]] = Counter()
    for page in read([folder]).pages:
        name = f"{Path(page.source_file).stem}.json"
        paths = [place / name for place in (folder, folder.parent, folder.parent / "gold" / folder.name)]
        path = next((path for path in paths if path.exists()), None)
        if path is None:
            continue
        told = json.loads(path.read_text(encoding="utf-8"))["sections"]
        wanted, said = [""] * len(page.text), [""] * len(page.text)
        spans = segments(page.text)
        for one in told:
            for begin, end in spans[one["from"] - 1 : one["to"]]:
                wanted[begin:end] = [one["kind"]] * (end - begin)
        for section in page.sections:
            said[section.where.begin : section.where.end] = [section.kind.value] * section.where.length
        pairs = Counter((wanted[n], said[n]) for n, sign in enumerate(page.text) if not sign.isspace())
        mistakes = {pair: count for pair, count in pairs.items() if pair[0] != pair[1]}
        right.update(right=sum(count for pair, count in pairs.items() if pair[0] == pair[1]), all=sum(pairs.values()))
        wrong.update(mistakes)
        pages, whole = pages + 1, whole + (not mistakes)
    print(f"{pages} pages, {whole} all right, {right['all']:,} characters, {right['right'] / right['all']:.2%} right")
    for (wanted_kind, said_kind), count in wrong.most_common():
        print(f"{wanted_kind or 'none':<12} read as {said_kind or 'nothing':<12} {count:>6,}")


def main() -> int:
    """Run the measurement that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pages", "copies", "language", "sections"))
    parser.add_argument("texts", type=Path)
    arguments = parser.parse_args()
    {"pages": pages, "copies": copies_of, "language": language, "sections": sections}[arguments.what](arguments.texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
