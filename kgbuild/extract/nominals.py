"""Find nominal and pronoun mentions: `the Ukrainian delegation`, `chief negotiator`, `drone` of `drone attack`, `he`.

A noun is a mention when the data files know what kind of thing it names (`ontology/cues/nouns.tsv`) or that it is an
office or role of a person (`titles.tsv`). The span is the noun phrase as the guidelines want it: with its adjectives,
numbers and compounds and its `of` complement, without determiner, possessor and relative clause. Nouns of other kinds
(sanctions, peace, progress) name no entity and are left to the frames.
"""

from collections.abc import Iterator, Mapping, Sequence

from kgbuild.extract.inflection import bases
from kgbuild.extract.passage import Passage
from kgbuild.extract.sites import Site, number_of, site
from kgbuild.extract.titles import title_of, titles_in
from kgbuild.extract.words import Phrase, Word
from kgbuild.knowledge.cues import Cues, Title
from kgbuild.knowledge.institutions import Institutions
from kgbuild.model import EntityType, MentionKind

_INSIDE = frozenset(
    {"amod", "compound", "nummod", "nmod", "flat", "goeswith", "obl:npmod", "nmod:npmod", "nmod:unmarked"}
)
_COMPLEMENT_CASES = frozenset({"of"})
_OFFICE_CASES = frozenset({"of", "to", "for", "at"})
_FOR_SOMETHING = frozenset(
    {"ask", "beg", "thank", "blame", "praise", "criticise", "criticize", "condemn", "press", "petition", "attack"}
)
_COMPOUND_TYPES = frozenset({EntityType.GROUP, EntityType.WEAPON})
_SAYS_WHY = {"grounds": "on"}
"""Nouns that name no place behind a preposition: `blocked on security grounds`."""
_LONGEST_NOUN = 3
"""How many words a noun of the data files has at most."""
_PERSONAL = frozenset({"personal", "possessive", "reflexive"})


def find_nominals(passage: Passage, cues: Cues, institutions: Institutions, names: Sequence[Site]) -> list[Site]:
    """Find the nominal mentions of one paragraph, outside of its *names*, in text order."""
    inside_names = {token.i for name in names for token in name.span}
    starts = {name.span.start: name.mention.type for name in names if not name.mention.hidden}
    titles = titles_in(passage.words, cues)
    found: list[Site] = []
    for token in passage.words:
        if token.pos not in {"NOUN", "PROPN"} or token.dep == "amod" or token.i in inside_names:
            continue
        if any(t.dep == "case" and _SAYS_WHY.get(token.lower) == t.lower for t in token.children):
            continue
        if token.lemma == "release" and _somebodys(token):
            continue  # no paper: `demanded his immediate release`
        title, carrier = title_of(token, titles) or (None, token.i)
        if carrier != token.i:
            continue
        lemma = _plain_form(token, cues)
        kind = _kind_of(token, lemma, title, cues) or _side(token, institutions)
        if kind is None or stands_before_name(token, kind, starts):
            continue
        span = noun_phrase(passage, token, office=title is not None and not title.leads, barred=inside_names)
        gender = title.gender if title is not None else ""
        rule = "title-noun" if title is not None else "noun-type"
        found.append(site(passage, span, token, MentionKind.NOMINAL, kind, rule, gender=gender, lemma=lemma))
    return found


def _somebodys(token: Word) -> bool:
    """Tell what a person has, as far as the paragraph shows it."""
    owners = (t for t in token.children if t.dep == "nmod:poss")
    return any(t.entity == "PERSON" or t.lower in {"his", "her", "their"} for t in owners)


def find_pronouns(passage: Passage, cues: Cues) -> Iterator[Site]:
    """Find the personal and possessive pronouns of one paragraph; whom they mean is for coreference."""
    for token in passage.words:
        if token.pos not in {"PRON", "DET"} or token.dep == "expl":
            continue
        known = cues.pronoun(token.lower)
        if known is None or known.kind not in _PERSONAL:
            continue
        yield site(
            passage,
            passage.phrase(token.i, token.i + 1),
            token,
            MentionKind.PRONOUN,
            None,
            "pronoun",
            lemma=token.lower,
            number=known.number,
            gender=known.gender,
            person=str(known.person),
        )


def stands_before_name(token: Word, kind: EntityType, starts: Mapping[int, EntityType | None]) -> bool:
    """Tell whether a noun stands directly before a name of its kind (`broadcaster ZDF`), which then is the mention."""
    return starts.get(token.i + 1) is kind and number_of(token) != "plural"


def _asked(token: Word) -> bool:
    """Tell an office whose holder is asked or thanked for something: what for is no part of it."""
    return token.dep in {"obj", "iobj"} and token.head.lemma in _FOR_SOMETHING


def noun_phrase(passage: Passage, head: Word, *, office: bool, barred: set[int]) -> Phrase:
    """Cut the noun phrase of *head* as the guidelines want a nominal.

    Args:
        passage: the paragraph.
        head: the noun.
        office: whether it is an office, which also takes `to`, `for` and `at` (`ambassador to the UN`).
        barred: tokens of names; a name directly after the noun (`group Hamas`) stays outside.
    """
    start = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep not in _INSIDE or any(t.dep == "case" for t in child.lefts):
            if child.dep in {"punct", "det", "nmod:poss", "case", "cc"}:
                continue
            break
        start = min(start, _left_edge(passage, child))
    start = _past_determiner(passage.words, start, head.i)
    cases = _OFFICE_CASES - ({"for"} if _asked(head) else set()) if office else _COMPLEMENT_CASES
    return passage.phrase(start, _right_edge(passage, head, cases) + 1)


def _left_edge(passage: Passage, child: Word) -> int:
    edge = passage.left_edge(child)
    while edge < child.i and child.words[edge].dep in {"det", "punct", "case", "cc"}:
        edge += 1
    return edge


def _past_determiner(words: list[Word], start: int, head: int) -> int:
    """Step over a determiner or possessor that the parse hung below an adjective."""
    for i in range(head - 1, start - 1, -1):
        if words[i].dep in {"nmod:poss", "det"} or words[i].text in {"'s", "’s"}:
            return i + 1
    return start


def _right_edge(passage: Passage, head: Word, cases: frozenset[str]) -> int:
    """Include the complement that follows the noun directly, without its own relative clauses."""
    for child in head.rights:
        if child.dep in {"nmod", "obl"} and any(t.dep == "case" and t.lower in cases for t in child.lefts):
            return _plain_end(passage, child) if passage.left_edge(child) == head.i + 1 else head.i
        if child.dep not in {"flat", "compound"}:
            break
    return head.i


def _plain_end(passage: Passage, token: Word) -> int:
    """Give the last token of a phrase up to its first clause, apposition, comma or coordination."""
    following = token.words[token.i + 1 : token.i + 2]
    for child in token.rights:
        if child.dep == "nmod" and passage.left_edge(child) == token.i + 1 and following[0].lower == "of":
            return _plain_end(passage, child)
        if child.dep not in {"flat", "compound", "nummod"}:
            break
    return max([token.i, *(c.i for c in token.rights if c.dep == "flat")])


def _kind_of(token: Word, lemma: str, title: Title | None, cues: Cues) -> EntityType | None:
    """Tell what kind of thing the noun names; titles in the plural name groups."""
    plural = number_of(token) == "plural"
    kind = _compound_type(token, lemma, cues, plural=plural)  # a `state broadcaster` is no person who broadcasts
    if kind is None and title is not None:
        kind = EntityType.GROUP if plural else EntityType.PERSON
    elif kind is None:
        kind = cues.noun_type(lemma, plural=plural) or cues.noun_type(token.text, plural=plural)
        if kind is EntityType.PERSON and plural:
            kind = EntityType.GROUP
    if token.dep != "compound":
        return kind
    if _person_compound(token, kind):
        return EntityType.GROUP
    return kind if kind in _COMPOUND_TYPES else None


def _plain_form(token: Word, cues: Cues) -> str:
    """Give the dictionary form of a noun, put right if it is guessed wrong (`witnesse` of `witnesses`)."""
    if cues.noun_type(token.lemma) is not None:
        return token.lemma
    return next((form for form in bases(token.lower) if cues.noun_type(form) is not None), token.lemma)


def _compound_type(token: Word, lemma: str, cues: Cues, *, plural: bool) -> EntityType | None:
    """Tell what a noun names together with the words before it (`press release`, `state broadcaster`)."""
    first = token.sent.start
    for length in range(_LONGEST_NOUN, 1, -1):
        start = token.i - length + 1
        if start >= first:
            before = " ".join(word.lower for word in token.words[start : token.i])
            kind = cues.noun_type(f"{before} {lemma}", plural=plural)
            if kind is not None:
                return kind
    return None


def _side(token: Word, institutions: Institutions) -> EntityType | None:
    """Take `side` and `parties`, which name nobody by themselves, for whom coreference finds them to mean."""
    lemma = token.lemma
    if token.dep == "compound":
        return None
    if institutions.points_back(lemma, "party") and number_of(token) == "plural":
        return EntityType.GROUP
    return EntityType.COUNTRY if institutions.points_back(lemma, "country") else None


def _person_compound(token: Word, kind: EntityType | None) -> bool:
    """Tell whether a person's noun before another stands for a kind of people (`prisoner` of `prisoner swap`)."""
    return kind is EntityType.PERSON and token.head.pos == "NOUN" and token.head.i == token.i + 1
