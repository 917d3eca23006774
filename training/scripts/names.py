"""Bring the name annotations of all corpora to one scheme: the types of `NAME_TYPES`, the name alone.

What a corpus cannot tell is left open: a word's value is the set of labels that it may have (joined by `/`), and the
training loss is the probability of the whole set.
"""

from __future__ import annotations

import re

from corpus import ANY
from gazetteers import EVENT_HEADS, PARTY_MEMBERS, TITLES, Gazetteers

Span = tuple[int, int, list[str]]
_LINKS = frozenset({"of", "the", "for", "and", "-", "de", "on", "in"})
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,4}[A-Z]{0,2}\d?")
_UNANNOTATED = {
    "uner": ["NORP", "EVENT", "MISC", "WEAPON"],
    "wikigold": ["EVENT", "WEAPON"],
    "redocred": ["WEAPON"],
    "crossner": ["WEAPON"],
    "gum": ["WEAPON"],
    "silver": [],
}


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Read (begin, end, type) spans out of IOB or IOB2 tags."""
    spans: list[tuple[int, int, str]] = []
    for n, tag in enumerate([*tags, "O"]):
        kind = tag[2:]
        if spans and spans[-1][1] == -1 and (tag == "O" or tag[0] == "B" or kind != spans[-1][2]):
            spans[-1] = (spans[-1][0], n, spans[-1][2])
        if tag != "O" and tag[0] in "BI" and kind and (not spans or spans[-1][1] != -1):
            spans.append((n, -1, kind))
    return spans


def settle(words: list[str], begin: int, end: int, kind: str, places: Gazetteers) -> list[Span]:
    """Turn one corpus span of a generic kind into spans of our scheme.

    Args:
        words: The words of the example.
        begin: First word of the span.
        end: Word after the span.
        kind: PER, ORG, LOC, EVENT, MISC, NORP, WEAPON or one of our own types.
        places: The gazetteers.

    Returns:
        Spans with their possible types; none when nothing of a name is left.
    """
    begin, end = _trim(words, begin, end, kind)
    if begin >= end:
        return []
    part = words[begin:end]
    if kind == "LOC" and "," in part[1:-1]:
        at = begin + part.index(",", 1)
        return settle(words, begin, at, kind, places) + settle(words, at + 1, end, kind, places)
    if end - begin == 1 and places.is_people(part[0]) and kind != "PER":
        return [
            (
                begin,
                end,
                ["NORP", "MISC"]
                if kind == "MISC" and part[0] in {"English", "French", "Spanish", "Latin", "German", "Greek"}
                else ["NORP"],
            )
        ]
    if end - begin == 1 and part[0] in PARTY_MEMBERS and kind in {"ORG", "MISC", "LOC"}:
        return [(begin, end, ["NORP", "ORG"])]
    return [(begin, end, _types(part, kind, places))]


def _types(part: list[str], kind: str, places: Gazetteers) -> list[str]:
    """Say which of our types a span of a corpus's kind may have."""
    if kind in {"LOC", "PLACE"}:
        return places.place_types(part)
    if kind == "ORG" and places.is_country(part):
        return ["GPE"]
    if kind == "OTH":
        return ["MISC", "EVENT", "NORP", "WEAPON"]
    if kind == "MISC":
        low = {w.lower() for w in part}
        if low & EVENT_HEADS:
            return ["EVENT"]
        return ["MISC", "WEAPON"] if _DESIGNATION.fullmatch(part[0]) else ["MISC"]
    return [{"PER": "PERSON"}.get(kind, kind)]


def _trim(words: list[str], begin: int, end: int, kind: str) -> tuple[int, int]:
    """Drop article, titles and possessive from a span's edges."""
    while (
        begin < end
        and words[begin].lower() in {"the", "a", "an", ","}
        and not (begin + 1 < end and words[begin + 1] in {"Hague", "Gambia"})
    ):
        if words[begin] == "The" and kind in {"ORG", "MISC", "EVENT"} and begin > 0:
            break
        begin += 1
    while begin < end and words[end - 1].lower() in {"'s", "’s", "'", "’", ","}:
        end -= 1
    if kind == "PER":
        stop = begin
        while stop < end - 1 and words[stop].lower() in TITLES:
            stop += 1
            if words[stop] in {"of", "the", "-"}:
                return begin, end
        begin = stop
    return begin, end


def labels_for(
    words: list[str],
    spans: list[Span],
    corpus: str,
    places: Gazetteers,
    masked: set[int] | None = None,
    upos: list[str] | None = None,
) -> list[str | int | None]:
    """Write the allowed labels of every word from settled spans.

    Words outside all spans are `O`, except that words of nationality are NORP everywhere, and capitalised words stay
    open for the types that the corpus does not annotate.
    """
    unknown = _UNANNOTATED.get(corpus, [])
    out = _background(words, unknown, places, upos)
    for begin, end, types in spans:
        for n in range(begin, end):
            out[n] = "/".join(f"{'B' if n == begin else 'I'}-{t}" for t in types)
    for n in masked or ():
        if not places.is_people(words[n]):
            out[n] = ANY
    return out


def _background(
    words: list[str], unknown: list[str], places: Gazetteers, upos: list[str] | None
) -> list[str | int | None]:
    """Label the words outside all spans."""
    out: list[str | int | None] = ["O"] * len(words)
    open_labels = "/".join(["O", *(f"{p}-{t}" for t in unknown for p in "BI")])
    inner_labels = "/".join(["O", *(f"I-{t}" for t in unknown)])
    for n, word in enumerate(words):
        if places.is_people(word):
            out[n] = "B-NORP"
        elif unknown and _may_be_name(words, n, upos):
            out[n] = open_labels
    for n in range(1, len(words) - 1):
        between = unknown and out[n - 1] == open_labels and out[n + 1] == open_labels
        if between and out[n] == "O" and words[n].lower() in _LINKS:
            out[n] = inner_labels
    return out


def _may_be_name(words: list[str], n: int, upos: list[str] | None) -> bool:
    """Whether a word outside all annotated spans may still be (part of) a name of a type that its corpus leaves out."""
    if not any(c.isupper() for c in words[n]) or words[n] == "I":
        return False
    first = n == 0 or words[n - 1] in {".", "!", "?", ":", '"', "“"}
    if upos is not None:
        return upos[n] == "PROPN" or (not first and upos[n] in {"NOUN", "ADJ", "NUM", "X"})
    return not first or not words[n].istitle() or (n + 1 < len(words) and words[n + 1][:1].isupper())
