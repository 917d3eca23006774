"""`kgbuild explain`: why the graph says what it says."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.options import Articles, Base, Different, Index, Jobs, Model, Same
from kgbuild.cli.run import build_graph, nothing_built
from kgbuild.cli.terminal import progress_bar
from kgbuild.cli.work import tell_failures
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.explain import Explanation, SeenFact, SeenFrame, SeenMention


def explain(
    paths: Articles,
    sentence: Annotated[
        str,
        typer.Option(metavar="TEXT", help="Explain the sentences that hold these words.", show_default=False),
    ] = "",
    iri: Annotated[
        str,
        typer.Option(metavar="IRI", help="Explain a thing or a fact, like `person:Rustem_Umerov`.", show_default=False),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    model: Model = "default",
    jobs: Jobs = 1,
    base: Base = None,
    same: Same = None,
    different: Different = None,
    gazetteer: Index = None,
) -> int:
    """Show how a sentence was understood, or where the graph has something from.

    The articles are read anew, and what every stage made of the sentence is shown: whom it mentions and which thing
    each mention stands for, its clauses with who does what to whom, the facts that came of them with the rules that
    made them, and the triples. For an IRI it is the same over all articles, and which of its names were joined and why.

        kgbuild explain seeds/ --sentence "agreed to exchange"
        kgbuild explain seeds/ --iri person:Rustem_Umerov --json
    """
    if bool(sentence.strip()) == bool(iri):
        raise KgbuildError("explain needs either --sentence or --iri")

    from kgbuild.explain import explain as explain_build

    with progress_bar(shown=True) as progress:
        built = build_graph(
            paths,
            model=model,
            jobs=jobs,
            base=base,
            keep_going=False,
            progress=progress,
            same=same,
            different=different,
            index=gazetteer,
        )
    tell_failures(built.failures)
    if nothing_built(built):
        return 2
    found = explain_build(built.interpretations, built.resolution, built.assembled, sentence=sentence, iri=iri)
    typer.echo(_json(found) if as_json else "\n\n".join(map(_text, found)))
    return 0


def _json(found: "Sequence[Explanation]") -> str:
    """Write explanations for a program."""
    return json.dumps([dataclasses.asdict(each) for each in found], indent=2, ensure_ascii=False)


def _text(explanation: "Explanation") -> str:
    """Write one explanation for a person."""
    return "\n".join(_lines(explanation)).rstrip()


def _lines(explanation: "Explanation") -> Iterator[str]:
    """Write an explanation line by line, from the words to the triples; a part with nothing in it is left out."""
    yield explanation.about
    if explanation.source_file:
        yield f"  in {explanation.source_file}"
    parts = (
        ("Mentions", (_mention(each, explanation) for each in explanation.mentions)),
        ("Things", (f"{c.stands_for}, {c.type}: {' = '.join(c.mentions)}{_by(c.rules)}" for c in explanation.chains)),
        ("Joined over articles", (f"{j.one} = {j.other}  by {j.rule}" for j in explanation.joins)),
        ("Clauses", map(_frame, explanation.frames)),
        ("Facts", map(_fact, explanation.facts)),
        ("Triples", explanation.triples),
    )
    for title, entries in parts:
        lines = list(entries)
        if lines:
            yield f"\n{title}"
            yield from (f"  {line}" for line in lines)


def _mention(mention: "SeenMention", explanation: "Explanation") -> str:
    """Write a mention; what the whole explanation is about, a file or a thing, is not said again."""
    place = mention.place
    where = f"[{place.begin}:{place.end}] {_quoted(place.text)} {mention.kind}"
    where += " inside a longer mention" if mention.hidden else ""
    if not explanation.source_file:
        return f"{place.source_file} {where}{_by(mention.rules)}\n    in: {place.sentence}"
    things = f" -> {', '.join(mention.stands_for)}" if mention.stands_for else ""
    return f"{where}{things}{_by(mention.rules)}"


def _frame(frame: "SeenFrame") -> str:
    sides = "; ".join(f"{side}: {text}" for side, text in frame.sides) or "no sides"
    traits = f" ({', '.join(frame.traits)})" if frame.traits else ""
    return f"[{frame.place.begin}:{frame.place.end}] {frame.lemma}, {frame.pos}{traits}: {sides}{_by(frame.rules)}"


def _fact(fact: "SeenFact") -> str:
    lines = [f"{fact.kind}: {fact.says}{_by(fact.rules)} score {fact.score:.2f}", f"    <{fact.iri}>"]
    for place in fact.evidence:
        lines.append(f"    {place.source_file} [{place.begin}:{place.end}] {_quoted(place.text)} in: {place.sentence}")
    return "\n  ".join(lines)


def _quoted(text: str) -> str:
    """Put a stretch of text on one line between quotation marks."""
    return f"“{' '.join(text.split())}”"


def _by(rules: Sequence[str]) -> str:
    """Name the rules that made something."""
    return f"  by {', '.join(rules)}" if rules else ""
