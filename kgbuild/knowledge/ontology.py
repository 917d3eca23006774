"""Reads `ontology/*.ttl`: which classes and properties the graph has, and how the classes stand to one another.

The ontology is the open set: a person adds a class by adding a few lines of Turtle. The program itself counts on a
small closed set of terms, those that it writes; it says so when one of them is missing. Names here are local names
(`Meet` for `kg:Meet`), as in the values that stages exchange.

Error codes:
    O001 a file is missing or cannot be read
    O002 a file is not valid Turtle
    O003 a term is used that no file defines
    O004 a term lacks its label, comment or example, or has two labels or comments
    O005 a class stands below two classes of ours, or below itself
    O006 a term that the program writes is missing, or is of another kind
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import DataError
from kgbuild.model import EntityType, Modality, Polarity
from kgbuild.rdf import KG, OWL, RDF, RDFS, SCHEMA, SKOS

_TYPE = ox.NamedNode(RDF("type").value)
_SUBCLASS = ox.NamedNode(RDFS("subClassOf").value)
_LABEL = RDFS("label").value
_COMMENT = RDFS("comment").value
_EXAMPLE = SKOS("example").value
_KINDS = {
    OWL("Class").value: "class",
    OWL("ObjectProperty").value: "property",
    OWL("DatatypeProperty").value: "property",
    OWL("AnnotationProperty").value: "annotation",
    RDF("Property").value: "property",
    OWL("NamedIndividual").value: "individual",
}
_DOMAINS = (RDFS("domain").value, SCHEMA("domainIncludes").value)
_RANGES = (RDFS("range").value, SCHEMA("rangeIncludes").value)
_CODES = (KG("ploverType").value, KG("cameoRoot").value, KG("quadClass").value)

_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "class": (
        *("Article", "WireStory", "Mention", "Entity", "Event", "Claim", "Statement", "Position", "Quantity", "Time"),
        *(str(kind) for kind in EntityType),
    ),
    "property": (
        *("sourceFile", "contentHash", "textLength", "duplicateOf", "textHash", "dateSource", "dateCertainty"),
        *("datelinePlace", "agency", "wireStory"),
        *("mentionOf", "inArticle", "mentionKind", "sentence", "rule", "score"),
        *("actor", "recipient", "theme", "place", "time", "polarity", "modality"),
        *("speaker", "content", "addressee", "medium", "quotation", "claimText"),
        *("asserted", "leads", "memberOf", "locatedIn", "affiliatedWith", "annexedBy", "hasMember"),
        *("holder", "title", "positionOf", "former"),
        *("value", "minimum", "maximum", "modifier", "unit", "quantityOf", "timeValue"),
    ),
    "individual": (*(str(polarity) for polarity in Polarity), *(str(modality) for modality in Modality)),
}


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one class, property or individual of the ontology.

    Attributes:
        name: local name.
        kind: `class`, `property`, `annotation` or `individual`.
        label: what a person calls it.
        comment: what it means, in plain words.
        examples: what it stands for, sorted.
        parents: local names of the classes right above it (for an individual: its classes), sorted.
        domain: local names of the classes whose members have it, sorted.
        range: what its values are: local names of our classes, full IRIs of other vocabularies', sorted.
        codes: PLOVER type, CAMEO roots and quad class of an event class, as (name of the annotation, value).
    """

    name: str
    kind: str
    label: str
    comment: str
    examples: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Hold the terms of the graph and the order of its classes.

    Attributes:
        terms: every term by its local name, in the order in which the files define them.
        relations: local names of the properties that join two entities by a plain triple, sorted.
        schema: what checking a graph needs to know: of which kind our terms are, and which class is below which.
    """

    terms: Mapping[str, Term]
    relations: tuple[str, ...]
    schema: tuple[ox.Triple, ...]

    @property
    def entity_classes(self) -> tuple[str, ...]:
        """Name the classes of entities, sorted."""
        return self.narrower("Entity")

    @property
    def event_classes(self) -> tuple[str, ...]:
        """Name the classes of events, headings and narrower ones, sorted."""
        return self.narrower("Event")

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Name a class and all classes above it, the narrowest first.

        Raises:
            KeyError: there is no such class.
        """
        chain = [name]
        while parents := self.terms[chain[-1]].parents:
            chain.append(parents[0])
        return tuple(chain)

    def is_a(self, name: str, wider: str) -> bool:
        """Tell whether class *name* is *wider* or stands below it."""
        return wider in self.ancestors(name)

    def narrower(self, name: str) -> tuple[str, ...]:
        """Name the classes below *name*, at any depth, sorted; *name* itself is not among them."""
        return tuple(
            sorted(
                term.name
                for term in self.terms.values()
                if term.kind == "class" and term.name != name and name in self.ancestors(term.name)
            )
        )

    def heading_of(self, name: str) -> str:
        """Name the heading that an event class belongs to: itself, or the class above it right below `Event`.

        Raises:
            KeyError: it is no class of events.
        """
        chain = self.ancestors(name)
        if "Event" not in chain[1:]:
            raise KeyError(name)
        return chain[chain.index("Event") - 1]

    def label(self, name: str) -> str:
        """Give what a person calls a term."""
        return self.terms[name].label


@dataclass(frozen=True, slots=True)
class _File:
    """Hold one file of the ontology: its lines, to point at, and what it says."""

    path: Path
    lines: tuple[str, ...]
    triples: tuple[ox.Triple, ...]

    def line_of(self, name: str, defined: bool) -> int:
        """Find the line that defines a term (or that first uses it), 0 when none shows it as `kg:name`."""
        pattern = re.compile((r"^kg:" if defined else r"(?<![\w-])kg:") + re.escape(name) + r"(?![\w-])")
        return next((number for number, line in enumerate(self.lines, 1) if pattern.search(line)), 0)


def load_ontology(ontology_dir: Path) -> Ontology:
    """Read the ontology and check it.

    Raises:
        DataError: the first thing that is wrong, by file and line.
    """
    files = [_read(path) for path in _paths(ontology_dir)]
    for error in _errors(files):
        raise error
    return _ontology(files)


def check_ontology(ontology_dir: Path) -> tuple[Ontology | None, tuple[DataError, ...]]:
    """Read the ontology and gather everything that is wrong with it; without errors it comes along."""
    files: list[_File] = []
    errors: list[DataError] = []
    try:
        paths = _paths(ontology_dir)
    except DataError as error:
        return None, (error,)
    for path in paths:
        try:
            files.append(_read(path))
        except DataError as error:
            errors.append(error)
    # With one file unreadable every term of it would seem undefined: say only what is certain.
    if not errors:
        errors.extend(_errors(files))
    return (None, tuple(errors)) if errors else (_ontology(files), ())


def local_name(term: object) -> str | None:
    """Give the local name of a term of ours; None for any other term.

    >>> local_name(ox.NamedNode("https://w3id.org/kgbuild/ontology#Meet"))
    'Meet'
    """
    if isinstance(term, ox.NamedNode) and term.value.startswith(KG.iri):
        return term.value.removeprefix(KG.iri)
    return None


def _paths(ontology_dir: Path) -> list[Path]:
    paths = sorted(ontology_dir.glob("*.ttl"))
    if not paths:
        raise DataError("O001", ontology_dir, 0, "the folder has no Turtle file", "Give the folder of kgbuild.ttl.")
    return paths


def _read(path: Path) -> _File:
    """Read one file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError("O001", path, 0, f"the file cannot be read ({error.strerror})") from error
    try:
        triples = tuple(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataError("O002", path, error.lineno or 0, f"not valid Turtle: {error.msg}") from error
    return _File(path, tuple(data.decode("utf-8", "replace").splitlines()), triples)


def _errors(files: list[_File]) -> Iterator[DataError]:
    """Find what is wrong, file by file from top to bottom."""
    defined = {
        name for file in files for triple in file.triples if (name := local_name(triple.subject)) and _kind_of(triple)
    }
    for file in files:
        yield from _undefined(file, defined)
    for file in files:
        yield from _undocumented(file)
    yield from _disordered(files)
    yield from _missing(files)


def _kind_of(triple: ox.Triple) -> str | None:
    """Tell which kind of term a triple declares its subject to be; None when it declares none."""
    if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
        return _KINDS.get(triple.object.value)
    return None


def _undefined(file: _File, defined: set[str]) -> Iterator[DataError]:
    used = {
        name: None
        for triple in file.triples
        for term in (triple.subject, triple.predicate, triple.object)
        if (name := local_name(term))
    }
    for name in used:
        if name not in defined:
            yield DataError(
                "O003", file.path, file.line_of(name, defined=False), f"kg:{name} is defined nowhere",
                "Define it, or mend its spelling.",
            )  # fmt: skip


def _undocumented(file: _File) -> Iterator[DataError]:
    """Find terms without a label, comment or example."""
    said: dict[str, dict[str, int]] = {}
    declared: dict[str, None] = {}
    for triple in file.triples:
        name = local_name(triple.subject)
        if name is None:
            continue
        if _kind_of(triple):
            declared[name] = None
        counts = said.setdefault(name, {})
        counts[triple.predicate.value] = counts.get(triple.predicate.value, 0) + 1
    for name in declared:
        for predicate, words, most in ((_LABEL, "label", 1), (_COMMENT, "comment", 1), (_EXAMPLE, "example", 99)):
            count = said[name].get(predicate, 0)
            if not 1 <= count <= most:
                prefix = "skos" if predicate == _EXAMPLE else "rdfs"
                yield DataError(
                    "O004", file.path, file.line_of(name, defined=True),
                    f"kg:{name} has {count or 'no'} {words}{'s' if count > 1 else ''}",
                    f"Give it one {prefix}:{words}.",
                )  # fmt: skip


def _disordered(files: list[_File]) -> Iterator[DataError]:
    """Find classes with two parents or in a circle."""
    parents = _parents(files)
    for name, above in parents.items():
        seen = {name}
        wider: tuple[str, ...] = above
        while wider and wider[0] not in seen:
            seen.add(wider[0])
            wider = parents.get(wider[0], ())
        if len(above) > 1 or wider:
            file = next(file for file in files if file.line_of(name, defined=True) or file is files[-1])
            yield DataError(
                "O005", file.path, file.line_of(name, defined=True),
                f"kg:{name} stands below {'itself' if wider else ' and '.join(f'kg:{one}' for one in above)}",
                "Leave one class above it.",
            )  # fmt: skip


def _parents(files: list[_File]) -> dict[str, tuple[str, ...]]:
    """Find the classes of ours right above each class of ours."""
    found: dict[str, set[str]] = {}
    for file in files:
        for triple in file.triples:
            name, wider = local_name(triple.subject), local_name(triple.object)
            if triple.predicate == _SUBCLASS and name and wider:
                found.setdefault(name, set()).add(wider)
    return {name: tuple(sorted(above)) for name, above in found.items()}


def _missing(files: list[_File]) -> Iterator[DataError]:
    """Find terms that the program writes and the ontology lacks."""
    kinds = {
        (name, kind)
        for file in files
        for triple in file.triples
        if (name := local_name(triple.subject)) and (kind := _kind_of(triple))
    }
    path = files[0].path.parent
    for kind, names in _WRITTEN.items():
        for name in names:
            if (name, kind) not in kinds:
                yield DataError("O006", path, 0, f"no file defines the {kind} kg:{name}, which the program writes")


def _ontology(files: list[_File]) -> Ontology:
    """Turn checked files into the value that the program uses."""
    triples = [triple for file in files for triple in file.triples]
    by_subject: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        if name := local_name(triple.subject):
            by_subject.setdefault(name, []).append(triple)
    kinds: dict[str, str] = {}
    for triple in triples:
        if (name := local_name(triple.subject)) and (kind := _kind_of(triple)):
            kinds.setdefault(name, kind)
    terms = {name: _term(name, kind, by_subject[name]) for name, kind in kinds.items()}
    relation = ox.NamedNode(KG("RelationProperty").value)
    relations = sorted(
        name for name, said in by_subject.items() if any(t.predicate == _TYPE and t.object == relation for t in said)
    )
    schema = tuple(
        triple
        for triple in triples
        if local_name(triple.subject)
        and (_kind_of(triple) or (triple.predicate == _SUBCLASS and local_name(triple.object)))
    )
    return Ontology(terms, tuple(relations), schema)


def _term(name: str, kind: str, said: list[ox.Triple]) -> Term:
    """Gather what the files say of one term."""

    def texts(predicate: str) -> tuple[str, ...]:
        values = [t.object for t in said if t.predicate.value == predicate]
        return tuple(sorted(value.value for value in values if isinstance(value, ox.Literal)))

    def names(predicates: tuple[str, ...], others: bool = False) -> tuple[str, ...]:
        nodes = [t.object for t in said if t.predicate.value in predicates and isinstance(t.object, ox.NamedNode)]
        return tuple(sorted(one for node in nodes if (one := local_name(node) or (node.value if others else ""))))

    above = (RDF("type").value,) if kind == "individual" else (_SUBCLASS.value,)
    return Term(
        name=name,
        kind=kind,
        label=texts(_LABEL)[0],
        comment=texts(_COMMENT)[0],
        examples=texts(_EXAMPLE),
        parents=names(above),
        domain=names(_DOMAINS),
        range=names(_RANGES, others=True),
        codes=tuple((code.removeprefix(KG.iri), value) for code in _CODES for value in texts(code)),
    )
