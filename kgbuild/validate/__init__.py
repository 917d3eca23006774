"""Holds a graph to the shapes: what must be there, of which type, how often, and at which characters.

`validate` says what does not fit, as a value and never as an exception; `quarantine` takes it out. The shapes
themselves are data (`shapes/`), and anybody's SHACL engine finds the same with them.
"""

from kgbuild.validate.engine import Engine
from kgbuild.validate.quarantine import quarantine
from kgbuild.validate.report import Place, Report, Violation
from kgbuild.validate.validation import validate, validate_file, validate_parts

__all__ = ["Engine", "Place", "Report", "Violation", "quarantine", "validate", "validate_file", "validate_parts"]
