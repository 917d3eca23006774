"""Writes docs/ontology.md from the ontology and the shapes, so that it never says what they do not.

Run it with `make docs`; a test compares. Which term stands in which chapter follows from the order of
`ontology/kgbuild.ttl`: a chapter begins at one term and ends before the first of the next.
"""

import sys
from collections.abc import Iterator

from kgbuild.knowledge import Knowledge, load
from kgbuild.knowledge.ontology import Ontology, Term
from kgbuild.rdf import KG, PREFIXES

_HEAD = """\
# The terms of the graph

<!-- Written by `make docs` from ontology/*.ttl and shapes/*.ttl: change those, not this file. -->

A graph says who did what to whom, when and where, who says so, and at which characters of which article. This page
lists the words that it says it in, each with what it means and an example, and what must hold of them; in
[ontology/](ontology/index.md) each has a page of its own, a class with its constraints and a question about it. The
prefix `kg:` stands for `https://w3id.org/kgbuild/ontology#`. [ontology/kgbuild.ttl](../ontology/kgbuild.ttl) defines
the terms, [ontology/alignments.ttl](../ontology/alignments.ttl) tells how they stand to schema.org, FOAF, SEM, PROV-O,
OWL-Time, W3C ORG, GeoSPARQL and NIF, and [shapes/](../shapes) holds graphs to account.

In short: a `kg:Mention` is a stretch of characters and points at the thing that it speaks of. Things are entities,
events, claims, statements, positions, quantities and times; each has at least one mention. What an article says in its
own voice stands as it is. What only a speaker says is the content of a claim, and a relation that is only claimed is a
`kg:Statement` with `kg:asserted false` and no plain triple.
"""

_TAIL = """\
## How to add a term

1. Add it to `ontology/kgbuild.ttl`, in the chapter where it belongs, with `rdfs:label`, `rdfs:comment` and
   `skos:example`. A class of events stands under its heading by `rdfs:subClassOf`; give it a line in
   `ontology/frames/classes.yaml` too.
2. Say in `shapes/` what must hold of it, with a message that a person who knows news understands, and add to
   `tests/shapes/mutants.py` a change of the graph that this constraint alone catches.
3. `kgbuild check` tells what is wrong with the files, by file and line; `make docs` brings this page up to date.
"""

# Title, what the chapter is about, first term, file of shapes.
_CHAPTERS = (
    ("Articles", "Where everything comes from.", "Article", "sources"),
    ("Mentions and evidence", "At which characters, by which rules, how surely.", "Mention", "mentions"),
    ("Entities", "Who and what there is.", "Entity", "entities"),
    ("Events", "What happens, and how it is told.", "ploverType", "events"),
    ("Claims", "Who says what.", "Claim", "claims"),
    (
        "Relations and positions",
        "What joins two entities, and who holds which office.",
        "RelationProperty",
        "relations",
    ),
    ("Quantities", "Numbers with a meaning.", "Quantity", "quantities"),
    ("Times", "When.", "Time", "times"),
    ("Across articles", "Which reports tell of the same, and which cannot all hold.", "SameEvent", "across"),
    ("Gazetteers", "What names of your own say, and which ones.", "Gazetteer", "gazetteers"),
)


def guide(knowledge: Knowledge) -> str:
    """Describe every term and every rule, chapter by chapter, in Markdown."""
    parts = [_HEAD]
    terms = list(knowledge.ontology.terms.values())
    starts = [_index(terms, first) for _, _, first, _ in _CHAPTERS]
    for (title, about, _, family), begin, end in zip(_CHAPTERS, starts, [*starts[1:], len(terms)], strict=True):
        parts.append(f"## {title}\n\n{about}\n")
        parts.extend(_tables(terms[begin:end], knowledge.ontology))
        parts.append("What must hold:\n\n" + _bullets(knowledge.shapes.rules[family]))
    parts.append("## Of every term\n\nWhat must hold:\n\n" + _bullets(knowledge.shapes.rules["terms"]))
    parts.append(_TAIL)
    return "\n".join(parts)


def _index(terms: list[Term], name: str) -> int:
    return next(index for index, term in enumerate(terms) if term.name == name)


def _tables(terms: list[Term], ontology: Ontology) -> Iterator[str]:
    """Write the tables of a chapter: classes, classes of events, values, properties."""
    classes = [term for term in terms if term.kind == "class"]
    events = [term for term in classes if "Event" in ontology.ancestors(term.name)[1:]]
    others = [term for term in classes if term not in events]
    values = [term for term in terms if term.kind == "individual"]
    properties = [term for term in terms if term.kind in ("property", "annotation")]
    if others:
        yield _table(("Class", "What it is", "Example"), (_described(term) for term in others))
    if events:
        yield _table(("Class of events", "Codes", "What it is", "Example"), (_event(term) for term in events))
    if values:
        yield _table(("Value", "What it means", "Example"), (_described(term) for term in values))
    if properties:
        yield _table(("Property", "From", "To", "What it says", "Example"), (_property(term) for term in properties))


def _described(term: Term) -> tuple[str, ...]:
    above = [parent for parent in term.parents if term.kind == "class"]
    name = f"`kg:{term.name}`" + (f", a kind of `kg:{above[0]}`" if above else "")
    return name, term.comment, "; ".join(term.examples)


def _event(term: Term) -> tuple[str, ...]:
    heading = term.parents == ("Event",)
    codes = dict[str, list[str]]()
    for name, value in term.codes:
        codes.setdefault(name, []).append(value)
    told = ""
    if codes:
        told = f"{codes['ploverType'][0]}, CAMEO {' '.join(codes['cameoRoot'])}, {codes['quadClass'][0]}"
    name = f"**`kg:{term.name}`**" if heading else f"`kg:{term.name}`, a kind of `kg:{term.parents[0]}`"
    return name, told, term.comment, "; ".join(term.examples)


def _property(term: Term) -> tuple[str, ...]:
    return (
        f"`kg:{term.name}`",
        ", ".join(map(_end, term.domain)),
        ", ".join(map(_end, term.range)),
        term.comment,
        "; ".join(term.examples),
    )


def _end(name: str) -> str:
    """Write one end of a property with its prefix."""
    if "/" not in name:
        return f"`{KG.prefix}:{name}`"
    prefix, iri = next((prefix, iri) for prefix, iri in PREFIXES.items() if name.startswith(iri))
    return f"`{prefix}:{name.removeprefix(iri)}`"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _bullets(rules: tuple[str, ...]) -> str:
    return "".join(f"- {rule.replace('{?path}', '...').replace('{?value}', '...')}\n" for rule in rules)


if __name__ == "__main__":
    sys.stdout.write(guide(load()))
