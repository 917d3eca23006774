"""From an article and who is who to the bytes of its triples, checked; what the last stage of a worker does."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from kgbuild import stages
from kgbuild.assemble import assemble
from kgbuild.interpret import interpret
from kgbuild.knowledge import Knowledge
from kgbuild.model import Document, Extraction, Interpretation, Iri
from kgbuild.nquads import Parts, by_line, ended
from kgbuild.rdf import Kinds
from kgbuild.read import told
from kgbuild.work.plans import SaidFacts, SayItem

Timed = Callable[[str], AbstractContextManager[None]]


def say(
    item: SayItem, document: Document, extraction: Extraction, knowledge: Knowledge, base: str, timed: Timed
) -> tuple[SaidFacts, bytes, bytes, Mapping[str, int], Any]:
    """Tell what an article says.

    Args:
        item: what is known of it beside its text.
        document: the article as read.
        extraction: what was found in it.
        knowledge: the data files.
        base: the IRI under which things are minted.
        timed: measures what is done inside it under a name.

    Returns:
        What goes beside the triples; the triples, as N-Quads: the article's named graph, and what it shares with others
        in the default graph; those of them that it shares; how much there is of what; what the catalogue is told.
    """
    repeats = {document.id: item.duplicate_of} if item.duplicate_of and document.duplicate_of is None else {}
    if document.duplicate_of is not None and item.duplicate_of:
        repeats = {document.duplicate_of: item.duplicate_of}
    final = told(document, repeats, {document.id: item.story} if item.story else {})
    with timed("interpret"):
        interpretation = interpret(final, extraction, item.resolution, knowledge)
    with timed("assemble"):
        graph = assemble([interpretation], item.resolution, base)
    with timed("validate"):
        originals = {final.duplicate_of} if item.original_known and final.duplicate_of else set()
        said, parts = stages.check(graph, knowledge, final, originals)
    with timed("write"):
        written = "".join([ended(lines, name) for name, lines in parts]).encode()
        kinds = _kinds_in(parts, said.graph.base)
        hanging = tuple(
            (one.object.value, ended(by_line([one])).encode()) for one in said.hanging if isinstance(one.object, Iri)
        )
        described = tuple(sorted({triple.subject.value for triple in said.graph.shared})) if knowledge.index else ()
        shared = "".join([ended(lines) for name, lines in parts if name is None]).encode()
        facts = SaidFacts(hanging, described, said.violations)
    numbers = _numbers(interpretation, said)
    catalogued = {
        "kinds": kinds.names,
        "hanging": bool(hanging),
        "violations": len(said.violations),
        "bytes": len(written),
        # what it shares with no other: what all share is counted once the store has it
        "numbers": numbers
        | {
            "own_triples": numbers["triples"] - len(said.graph.shared),
            "own_quads": sum(len(lines) for name, lines in parts if name is not None),
        },
    }
    return facts, written, shared, numbers, catalogued


def _kinds_in(parts: Parts, base: str) -> Kinds:
    """Note the kinds of things of which an article says something, or which it names."""
    kinds = Kinds(base)
    for term in {term for _, lines in parts for subject, _, value in lines.values() for term in (subject, value)}:
        kinds.see(term)
    return kinds


def _numbers(interpretation: Interpretation, said: stages.Said) -> dict[str, int]:
    """Count what an article says."""
    extraction = interpretation.extraction
    return {
        "articles": 1,
        "duplicates": int(interpretation.document.duplicate_of is not None),
        "sentences": len(extraction.sentences),
        "mentions": len(extraction.mentions),
        "events": len(interpretation.events),
        "relations": len(interpretation.relations),
        "positions": len(interpretation.positions),
        "claims": len(interpretation.claims),
        "quantities": len(interpretation.quantities),
        "times": len(interpretation.times),
        "triples": stages.size(said.graph),
        "held_back": said.held_back,
    }
