"""Short forms of IRIs and literals, as Turtle and JSON-LD write them."""

import re
from collections.abc import Iterable, Mapping

from kgbuild.model import Iri, Literal, Triple
from kgbuild.rdf import PREFIXES, XSD, Kinds

_START = (
    "A-Za-z_0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + "\u00b7\u0300-\u036f\u203f-\u2040-"
_LOCAL = re.compile(f"[{_START}](?:[{_REST}.]*[{_REST}])?")
_NAMESPACE = re.compile(r"(.*[#/])([^#/]*)", re.DOTALL)

_BARE = {
    XSD("integer").value: re.compile(r"[+-]?[0-9]+"),
    XSD("decimal").value: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD("boolean").value: re.compile(r"true|false"),
}
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPES |= {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F) if code not in _ESCAPES}


class Names:
    """Abbreviate IRIs by prefixes, each name looked up once.

    Args:
        prefixes: prefix -> namespace; a namespace ends in `#` or `/`.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(sorted(prefixes.items()))
        self._prefix_of = {iri: prefix for prefix, iri in reversed(self.prefixes.items())}
        self._short: dict[str, str] = {}
        self.used: set[str] = set()

    def iri(self, iri: Iri) -> str:
        """Write an IRI as `prefix:local` where a prefix fits, else in angle brackets; blank nodes stay as they are."""
        short = self._short.get(iri.value)
        if short is None:
            short = self._short[iri.value] = self._shorten(iri.value)
        return short

    def _shorten(self, value: str) -> str:
        if value.startswith("_:"):
            return value
        match = _NAMESPACE.fullmatch(value)
        prefix = self._prefix_of.get(match[1]) if match else None
        if match is None or prefix is None or not _LOCAL.fullmatch(match[2]):
            return f"<{value}>"
        self.used.add(prefix)
        return f"{prefix}:{match[2]}"

    def term(self, value: Iri | Literal) -> str:
        """Write an IRI or a literal; numbers and truth values bare where Turtle has a form for them."""
        if isinstance(value, Iri):
            return self.iri(value)
        bare = _BARE.get(value.datatype)
        if bare is not None and bare.fullmatch(value.value):
            return value.value
        quoted = f'"{value.value.translate(_ESCAPES)}"'
        if value.language:
            return f"{quoted}@{value.language}"
        return f"{quoted}^^{self.iri(Iri(value.datatype))}" if value.datatype else quoted


def prefixes_for(base: str, triples: Iterable[Triple]) -> dict[str, str]:
    """Give the prefixes that shorten *triples* best: the vocabularies', and one for each kind of thing below *base*.

    `<base>person/Rustem_Umerov` becomes `person:Rustem_Umerov`. A kind whose name a vocabulary already has (`time`)
    is called `id-time`.
    """
    kinds = Kinds(base)
    for subject, _, value in triples:
        kinds.see(subject)
        kinds.see(value)
    return dict(PREFIXES) | {"kgid": base} | kinds.prefixes()
