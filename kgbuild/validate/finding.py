"""What an engine finds: one node that does not hold to one constraint."""

from dataclasses import dataclass

from kgbuild.model import Iri, Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Say that one node does not hold to one constraint.

    Attributes:
        shape: IRI of the shape.
        constraint: which of its constraints, as SHACL names the kind: `MinCount`, `Class`, `SPARQL`, ...
        focus: the node.
        path: IRI of the property that is wrong, or a SPARQL property path, or "" for the node itself.
        value: the value that is wrong, None when one is missing or there are too many.
        message: what must hold, in one sentence.
        severity: `Violation`, `Warning` or `Info`.
    """

    shape: str
    constraint: str
    focus: Iri
    path: str
    value: Iri | Literal | None
    message: str
    severity: str
