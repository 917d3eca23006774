"""Names for things, minted from what they are: never counted, never random, the same on every run."""

import hashlib
import re
import unicodedata

_UNSAFE = re.compile(r"[^\w.-]+", re.UNICODE)


def slug(text: str, limit: int = 60) -> str:
    """Turn *text* into a readable piece of an IRI: letters, digits, `_`, `-` and `.` only.

    The text is brought to NFC first, so that two encodings of one name give one slug. Letters outside ASCII
    stay: IRIs allow them, and `Çırağan_Palace` reads better than its percent code. No `#` or `/` comes out.

    >>> slug("Çırağan Palace (Istanbul)")
    'Çırağan_Palace_Istanbul'
    """
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", text))
    return plain.strip("_.-")[:limit].rstrip("_.-") or "x"


def digest(*parts: str, length: int = 16) -> str:
    """Hash *parts* to *length* hexadecimal digits; parts are kept apart, so ("ab", "c") is not ("a", "bc")."""
    joined = "\x1f".join(parts)
    if joined.count("\x1f") >= len(parts):
        joined = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def mint(kind: str, name: str, *parts: str) -> str:
    """Mint the local name of an IRI: `kind/readable-name-hash`, the hash over *parts* (none: no hash).

    >>> mint("person", "Rustem Umerov")
    'person/Rustem_Umerov'
    """
    return f"{kind}/{slug(name)}-{digest(*parts)}" if parts else f"{kind}/{slug(name)}"
