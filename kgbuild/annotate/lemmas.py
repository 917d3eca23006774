"""Lemmas as edit scripts: what to cut off a word's end and what to put there.

A script is `CASE|CUT|ADD`: `CASE` is `l` (lower the word first), `k` (keep its case) or `t` (first letter capital, rest
lower); then the last `CUT` characters go and `ADD` is appended. `were -> be` is `l|4|be`. A classifier over scripts
seen in training thus lemmatises words that it never saw. Source: the idea is Chrupała's edit-tree lemmatisation,
restricted to suffixes.
"""

from __future__ import annotations


def script_for(word: str, lemma: str) -> str:
    """Find the script that turns a word into its lemma.

    >>> script_for("Soldiers", "soldier"), script_for("States", "State"), script_for("NATO", "NATO")
    ('l|1|', 'k|1|', 'k|0|')
    """
    options = [_suffix_script(case, cased(word, case), lemma) for case in ("l", "k", "t")]
    return min(options, key=lambda s: (len(s), "lkt".index(s[0])))


def _suffix_script(case: str, base: str, lemma: str) -> str:
    """Write the script from an already cased word to its lemma."""
    same = 0
    for a, b in zip(base, lemma, strict=False):
        if a != b:
            break
        same += 1
    return f"{case}|{len(base) - same}|{lemma[same:]}"


def cased(word: str, case: str) -> str:
    """Apply a script's case rule to a word."""
    if case == "l":
        return word.lower()
    return word[:1] + word[1:].lower() if case == "t" else word


def apply_script(word: str, script: str) -> str:
    """Turn a word into its lemma by a script; a script that would leave nothing gives the lower-cased word.

    >>> apply_script("agreed", "l|1|")
    'agree'
    """
    case, cut, add = script.split("|", 2)
    base = cased(word, case)
    lemma = base[: max(0, len(base) - int(cut))] + add
    return lemma or word.lower()
