"""The tokenizer of both pipelines: spaCy's English one, bent towards the tokens of Universal Dependencies.

UD keeps a hyphenated prefix with its word (`non-avian`, `co-founder`, `re-elected`), splits other hyphens, and keeps a
run of the same mark (`!!!`, `---`) together. All changes are tokenizer rules, so that a saved pipeline needs no code
for them.
"""

from __future__ import annotations

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

KEPT_PREFIXES = (
    "non",
    "co",
    "re",
    "e",
    "anti",
    "pre",
    "pro",
    "semi",
    "multi",
    "mini",
    "ex",
    "post",
    "pan",
    "inter",
    "intra",
    "ultra",
    "sub",
    "un",
    "bi",
    "de",
    "mid",
    "neo",
    "meta",
    "micro",
    "cross",
    "counter",
    "quasi",
    "pseudo",
    "super",
    "trans",
    "uber",
    "tri",
)
_ABBREVIATIONS = (
    "al.",
    "Ft.",
    "Gen.",
    "Lt.",
    "Col.",
    "Maj.",
    "Sgt.",
    "Capt.",
    "Adm.",
    "Gov.",
    "Sen.",
    "Rep.",
    "approx.",
    "ca.",
    "vs.",
)


def english_tokenizer(nlp: Language) -> Tokenizer:
    """Build the tokenizer for a vocabulary.

    Args:
        nlp: An English pipeline; it is not changed.

    Returns:
        A tokenizer that loses no character of the text.
    """
    tokenizer: Tokenizer = type(nlp)(vocab=nlp.vocab).tokenizer
    plain = f"(?:{HYPHENS})(?=[{ALPHA}])"
    guards = "".join(f"(?<!\\b{form})" for p in KEPT_PREFIXES for form in (p, p.title()))
    infixes = [guards + r if r.endswith(plain) else r for r in map(str, nlp.Defaults.infixes or [])]
    infixes += [f"(?<=[{ALPHA}])/(?=[{ALPHA}])", r"(?<=[A-Za-z])[!?]+(?=[A-Za-z])"]
    marks = [r"[!?]{2,}", r"<{2,}", r">{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"\.{2,}"]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex(marks + list(nlp.Defaults.prefixes or [])).search
    tokenizer.suffix_search = compile_suffix_regex(marks + list(nlp.Defaults.suffixes or [])).search
    for abbreviation in _ABBREVIATIONS:
        tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation, NORM: abbreviation.lower()}])
    tokenizer.rules = {form: parts for form, parts in (tokenizer.rules or {}).items() if form != "and/or"}
    return tokenizer
