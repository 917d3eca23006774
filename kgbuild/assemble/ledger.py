"""The triples of one article while they are being gathered."""

import re
from collections.abc import Iterable
from decimal import Decimal

from kgbuild.errors import KgbuildError
from kgbuild.model import Document, Evidence, Iri, Literal, Triple
from kgbuild.rdf import KG, TYPE, XSD

_FOREIGN = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14)
)
_PLAIN = rf"(?:[A-Za-z0-9._~!$&'()*+,;={_FOREIGN}-]|%[0-9A-Fa-f]{{2}})"
"""What may stand in any part of an IRI (RFC 3987, section 2.2: iunreserved, sub-delims, pct-encoded)."""
_PATH = rf"(?:{_PLAIN}|[:@/])*"
_BEYOND = rf"(?:{_PLAIN}|[:@/?])*"
_HOST = rf"(?:(?:{_PLAIN}|:)*@)?{_PLAIN}+(?::[0-9]*)?"
_WEB_ADDRESS = re.compile(rf"https?://{_HOST}(?:/{_PATH})?(?:\?{_BEYOND})?(?:#{_BEYOND})?")
_ABSOLUTE = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_HOST}(?:/{_PATH})?|(?!//){_PATH})")


def checked_base(base: str) -> str:
    """Bring the base of all IRIs into the one form that everything else counts on: absolute, ending in `/`.

    Raises:
        KgbuildError: it is no absolute IRI, or has a `#` or `?` to which no path can be added.
    """
    if not _ABSOLUTE.fullmatch(base) or not base.partition(":")[2].strip("/"):
        raise KgbuildError(
            f"{base!r} is no absolute IRI, and so cannot be the base of IRIs",
            "Give an absolute IRI such as https://example.org/id/.",
        )
    return base if base.endswith("/") else base + "/"


def decimal(value: float) -> Literal:
    """Write a number as `xsd:decimal` with a point, so that Turtle needs neither quotes nor datatype for it.

    >>> decimal(6000.0).value, decimal(0.333).value
    ('6000.0', '0.333')
    """
    text = format(Decimal(repr(float(value))), "f")
    return Literal(text if "." in text else f"{text}.0", XSD("decimal").value)


def address(url: str) -> Iri | Literal:
    """Write a web address as an IRI, or as `xsd:anyURI` characters if it is none (a typo in someone's list)."""
    return Iri(url) if _WEB_ADDRESS.fullmatch(url) else Literal(url, XSD("anyURI").value)


class Ledger:
    """Gather what one article says.

    Attributes:
        document: the article.
        base: the IRI under which things are minted, ending in `/`.
        article: the article's IRI.
        triples: what has been said so far.
    """

    def __init__(self, document: Document, base: str) -> None:
        self.document = document
        self.base = base
        self.article = self.iri(document.id)
        self.triples: set[Triple] = set()

    def iri(self, local: str) -> Iri:
        """Name a thing of this build by its local name."""
        return Iri(self.base + local)

    def say(self, subject: Iri, predicate: Iri, *values: Iri | Literal) -> None:
        """Say something of *subject*, once for each of *values*."""
        for value in values:
            self.triples.add(Triple(subject, predicate, value))

    def refer(self, subject: Iri, predicate: Iri, ids: Iterable[str | None]) -> None:
        """Relate *subject* to things of this build by their local names; None is passed over."""
        self.say(subject, predicate, *(self.iri(local) for local in ids if local is not None))

    def declare(self, local: str, evidence: Evidence, *classes: str) -> Iri:
        """Say of which classes a fact is, which rules made it and how sure they are."""
        fact = self.iri(local)
        self.say(fact, TYPE, *(KG(name) for name in classes))
        self.say(fact, KG("rule"), *(Literal(rule) for rule in evidence.rules))
        self.say(fact, KG("score"), decimal(round(evidence.score, 4)))
        return fact
