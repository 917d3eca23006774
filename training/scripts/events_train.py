"""Train the event tagger and the judge of roles on annotated texts, and put them into a shipped model.

Usage: events_train.py MODEL TEXTS GOLD [--folds SEEDS_TEXTS SEEDS_GOLD WORK]

MODEL is the folder of the pipeline whose reader gives the states (`models/default`); the judge goes beside it as
`roles.json` and `roles.npz`. TEXTS and GOLD hold NAME.txt and NAME.json. With `--folds` nothing is shipped: five times
a fifth of the files is read by a tagger and a judge that never saw them, everything is built and scored with and
without the two, and the texts of SEEDS (never trained on) are read by a tagger and a judge of all files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import events_roles
import torch
from events_corpus import Read, files_of, read_articles, rows_of
from events_outputs import main as write_outputs
from events_tagger import Axes, Rows, axes_of, train

from kgbuild import knowledge
from kgbuild.annotate import EventTagger, load_model
from kgbuild.assemble import assemble
from kgbuild.export import export
from kgbuild.extract import extract
from kgbuild.interpret import events as interpreted
from kgbuild.interpret import interpret
from kgbuild.interpret.article import read_article
from kgbuild.interpret.judge import Judge
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, Extraction, Resolution
from kgbuild.resolve import resolve
from kgbuild.score import score

FOLDS = 5
Built = tuple[list[Extraction], Resolution]
Pairs = tuple[list[events_roles.Pair], list[events_roles.Pair]]


def tag(articles: Sequence[Read], rows: Rows, axes: Axes, seed: int) -> EventTagger:
    """Train a tagger on rows and let it read articles, which lose their states."""
    tagger = EventTagger("kgbuild_events")
    tagger.layers = train(rows, axes, seed)
    tagger.from_bytes(tagger.to_bytes())
    for article in articles:
        for doc in article.docs:
            tagger(doc)
    return tagger


def extracted(articles: Sequence[Read], known: Knowledge) -> Built:
    """Extract and resolve all articles together."""
    found = [extract(one.document, one.docs, known) for one in articles]
    return found, resolve(found, known)


def pairs_by_file(articles: Sequence[Read], built: Built, known: Knowledge) -> list[tuple[str, Pairs]]:
    """Gather what the judge learns from, with the file that each article comes from."""
    chosen = [
        (one.document.source_file, read_article(one.document, found, built[1], known), one.gold)
        for one, found in zip(articles, built[0], strict=True)
        if one.gold is not None
    ]
    pairs = events_roles.gather((article, gold) for _, article, gold in chosen)
    return [(file, two) for (file, _, _), two in zip(chosen, pairs, strict=True)]


def judge_of(pairs: Sequence[tuple[str, Pairs]], skip: frozenset[str] = frozenset()) -> Judge:
    """Train a judge on all articles but those of some files."""
    chosen = [two for file, two in pairs if file not in skip]
    return events_roles.train([p for found, _ in chosen for p in found], [p for _, told in chosen for p in told], 0)


def figures(
    articles: Sequence[Read], built: Built, known: Knowledge, judge: Callable[[Document], Judge | None], where: Path
) -> str:
    """Build everything with the judge that each document gets, and score it."""
    graph, gold, texts = where / "graph.ttl", where / "gold", where / "texts"
    found = []
    for one, extraction in zip(articles, built[0], strict=True):
        chosen = judge(one.document)
        interpreted.shipped_judge = lambda chosen=chosen: chosen  # type: ignore[assignment,misc]
        found.append(interpret(one.document, extraction, built[1], known))
    graph.write_bytes(export(assemble(found, built[1], "https://w3id.org/kgbuild/id/"), "turtle"))
    scores = score(graph, gold, texts).figures()
    return "\n".join(f"  {name:14}" + "  ".join(f"{k}={v}" for k, v in row.items()) for name, row in scores.items())


def unheard(built: Built) -> Built:
    """Take away what the tagger said."""
    return [replace(e, frames=tuple(replace(f, learned=None) for f in e.frames)) for e in built[0]], built[1]


def main(model: Path, texts: Path, gold: Path) -> None:
    """Train on everything and write."""
    torch.set_num_threads(1)
    known = knowledge.load()
    write_outputs(model)
    articles = read_articles(model, texts, gold)
    rows = rows_of(articles)
    tagger = tag_all(model, rows)
    crossed(articles, rows)
    built = extracted(articles, known)
    events_roles.write(judge_of(pairs_by_file(articles, built, known)), model.parent / "roles.json")
    print(len(tagger.to_bytes()), "bytes of tagger")


def tag_all(model: Path, rows: Rows) -> EventTagger:
    """Train the tagger that ships, and write the pipeline with it."""
    tagger = tag((), rows, axes_of(rows.states), 0)
    nlp = load_model(model)
    if "kgbuild_events" in nlp.pipe_names:
        nlp.remove_pipe("kgbuild_events")
    shipped = nlp.add_pipe("kgbuild_events")
    assert isinstance(shipped, EventTagger)
    shipped.layers = tagger.layers
    nlp.to_disk(model)
    config = model / "config.cfg"
    config.write_text(config.read_text(encoding="utf-8").replace("keep_states = false", "keep_states = true"), "utf-8")
    return tagger


def crossed(articles: Sequence[Read], rows: Rows) -> None:
    """Let every file be read by a tagger that never saw it: so the judge learns from a tagger that errs as usual."""
    axes, files = axes_of(rows.states), files_of(articles)
    for fold in range(FOLDS):
        seen = rows.files % FOLDS != fold
        part = [a for a in articles if a.gold is None or files[a.document.source_file] % FOLDS == fold]
        tag(part, Rows(rows.states[seen], rows.labels[seen], rows.files[seen]), axes, fold)


def folds(model: Path, texts: Path, gold: Path, seeds: tuple[Path, Path], work: Path) -> None:
    """Score with and without tagger and judge: the training texts by cross-validation, the seeds by all of them."""
    torch.set_num_threads(1)
    known = knowledge.load()
    write_outputs(model)
    articles = read_articles(model, texts, gold)
    rows, files = rows_of(articles), files_of(articles)
    crossed(articles, rows)
    built = extracted(articles, known)
    names = {n: frozenset(f for f, at in files.items() if at % FOLDS == n) for n in range(FOLDS)}
    pairs = pairs_by_file(articles, built, known)
    judges = {n: judge_of(pairs, names[n]) for n in range(FOLDS)}
    tests = read_articles(model, *seeds)
    tag(tests, rows, axes_of(rows.states), 0)
    whole = judge_of(pairs)
    for name, some, stood, where, judge in (
        ("training texts", articles, built, (gold, texts), lambda d: judges[files.get(d.source_file, 0) % FOLDS]),
        ("seeds", tests, extracted(tests, known), (seeds[1], seeds[0]), lambda d: whole),
    ):
        folder = work / name.split()[0]
        folder.mkdir(parents=True, exist_ok=True)
        for kind, path in zip(("gold", "texts"), where, strict=True):
            if not (folder / kind).exists():
                (folder / kind).symlink_to(path.resolve())
        print(f"{name}, neither\n{figures(some, unheard(stood), known, lambda d: None, folder)}")
        print(f"{name}, tagger\n{figures(some, stood, known, lambda d: None, folder)}")
        print(f"{name}, tagger and judge\n{figures(some, stood, known, judge, folder)}", flush=True)


if __name__ == "__main__":
    given = [Path(a) for a in sys.argv[1:] if a != "--folds"]
    if "--folds" in sys.argv:
        folds(given[0], given[1], given[2], (given[3], given[4]), given[5])
    else:
        main(given[0], given[1], given[2])
