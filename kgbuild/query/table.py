"""The answer to a question, and the forms in which programs and people take it."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kgbuild.model import Iri, Literal
from kgbuild.rdf import PREFIXES, XSD

_BLANK = "_:"
Cell = Iri | Literal | None


class Form(StrEnum):
    """Tell which kind of question was asked; DESCRIBE gives triples as CONSTRUCT does."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


@dataclass(frozen=True, slots=True)
class Table:
    """Hold an answer.

    Attributes:
        columns: the names of the columns. For CONSTRUCT and DESCRIBE they are subject, predicate and object; ASK has
            one, `answer`.
        rows: as many cells as columns; None where a variable is unbound. A blank node is an `Iri` that begins with
            `_:`. Rows stand in the order that the question asks for, or sorted when it asks for none.
        form: what was asked.
        prefixes: short names for namespaces, for showing the table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: Form = Form.SELECT
    prefixes: Mapping[str, str] = field(default_factory=lambda: dict(PREFIXES))


def shown(table: Table) -> list[list[str]]:
    """Give the cells as a person reads them: IRIs shortened by prefixes, literals as their characters."""
    prefix_of = {iri: prefix for prefix, iri in sorted(table.prefixes.items(), reverse=True)}

    def show(cell: Cell) -> str:
        if not isinstance(cell, Iri):
            return "" if cell is None else cell.value
        cut = max(cell.value.rfind("#"), cell.value.rfind("/")) + 1
        prefix = prefix_of.get(cell.value[:cut])
        return f"{prefix}:{cell.value[cut:]}" if prefix is not None else cell.value

    return [[show(cell) for cell in row] for row in table.rows]


def to_csv(table: Table) -> str:
    """Write the table as SPARQL 1.1 CSV results: plain values, IRIs in full, lines that end in CR LF.

    Source: SPARQL 1.1 Query Results CSV and TSV Formats, section 3.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([["" if cell is None else cell.value for cell in row] for row in table.rows])
    return out.getvalue()


def to_json(table: Table) -> str:
    """Write the table as SPARQL 1.1 JSON results; the triples of CONSTRUCT and DESCRIBE as rows of three.

    Source: SPARQL 1.1 Query Results JSON Format, section 3.
    """
    if table.form is Form.ASK:
        return _dump({"head": {}, "boolean": table.rows[0][0] == Literal("true", XSD("boolean").value)})
    bindings = [
        {column: _binding(cell) for column, cell in zip(table.columns, row, strict=True) if cell is not None}
        for row in table.rows
    ]
    return _dump({"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _binding(cell: Iri | Literal) -> dict[str, str]:
    if isinstance(cell, Iri):
        blank = cell.value.startswith(_BLANK)
        return {"type": "bnode" if blank else "uri", "value": cell.value.removeprefix(_BLANK)}
    binding = {"type": "literal", "value": cell.value}
    if cell.language:
        binding["xml:lang"] = cell.language
    elif cell.datatype:
        binding["datatype"] = cell.datatype
    return binding
