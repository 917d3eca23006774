"""Translates parses of the ClearNLP scheme, which `en_core_web_*` speaks, into Universal Dependencies.

The two differ in names of relations and in shape. ClearNLP hangs a noun below its preposition, a predicate below the
verb `be`, and each conjunct below the one before; Universal Dependencies let content words govern: the noun bears the
preposition as `case`, the predicate bears the verb as `cop`, all conjuncts hang on the first. So the translation first
finds which words step aside for which others (a preposition for its noun, `be` for its predicate), then names every
relation anew. What no rule of extraction looks at (punctuation, finer subtypes) is left as it comes.

Names are translated too: classes of OntoNotes become ours, numbers and dates are dropped (rules find them), articles
and possessives are taken off the ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

UNIVERSAL = "universal"
CLEARNLP = "clearnlp"

# Relations that only ClearNLP has; one of them tells the scheme.
_TELLTALES = frozenset(
    "acomp agent attr auxpass csubjpass dative dobj intj neg npadvmod nsubjpass oprd pcomp pobj poss preconj predet"
    " prep prt quantmod relcl".split()
)
# ClearNLP's relation -> ours, where the shape does not matter.
_RELATIONS = {
    "acomp": "xcomp",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "nmod": "nmod:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
# Class of a name in OntoNotes and WikiNER -> ours; classes that are not here are dropped, ours stay.
_NAMES = {
    "LANGUAGE": "MISC",
    "LAW": "MISC",
    "PER": "PERSON",
    "PRODUCT": "MISC",
    "VEHICLE": "WEAPON",
    "WORK_OF_ART": "MISC",
}
_OURS = frozenset("PERSON ORG GPE LOC FAC NORP EVENT MISC WEAPON".split())
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_DITRANSITIVE = frozenset({"ask", "promise", "show", "teach", "tell"})
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def scheme_of(nlp: Language) -> str:
    """Tell which scheme a pipeline's parser speaks: `universal` or `clearnlp`; without a parser, `universal`."""
    labels = {label for known in nlp.pipe_labels.values() for label in known}
    return CLEARNLP if len(_TELLTALES & labels) > 1 else UNIVERSAL


def to_universal(doc: Doc, scheme: str = "") -> Doc:
    """Give a parse in Universal Dependencies with our classes of names.

    Args:
        doc: a parse of either scheme.
        scheme: what `scheme_of` says of the pipeline; "" tells it from the parse's own relations, which a short
            text may lack.

    Returns:
        *doc* itself when nothing has to change, else a new Doc of the same text and tokens.
    """
    foreign = scheme == CLEARNLP or (not scheme and any(token.dep_ in _TELLTALES for token in doc))
    if not foreign and all(span.label_ in _OURS for span in doc.ents):
        return doc
    heads = [token.head.i for token in doc]
    relations = [token.dep_ for token in doc]
    if foreign:
        heads, relations = _Translation(doc).result()
    return _rebuilt(doc, heads, relations)


def _rebuilt(doc: Doc, heads: list[int], relations: list[str]) -> Doc:
    """Make a Doc of the same tokens with other relations, and with our names."""
    made = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        user_data=dict(doc.user_data),
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=heads,
        deps=relations,
    )
    made.set_ents(list(_names(doc, made)))
    return made


def _names(doc: Doc, made: Doc) -> Iterator[Span]:
    """Give the names of *doc* as spans of *made*, with our classes and without article and possessive."""
    for span in doc.ents:
        label = _NAMES.get(span.label_, span.label_)
        start, end = span.start, span.end
        if start < end and doc[start].lower_ in _ARTICLES:
            start += 1
        if start < end and doc[end - 1].text in _POSSESSIVE:
            end -= 1
        if label in _OURS and start < end:
            yield Span(made, start, end, label=label)


@dataclass(slots=True)
class _Translation:
    """Translate one parse; `over` maps a word that steps aside to the word that takes its place."""

    doc: Doc
    over: dict[int, int]
    under: dict[int, int]

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.over = {}
        for token in doc:
            place = _complement(token) if token.dep_ in _PREPOSITIONS or token.pos_ == "ADP" else _predicate(token)
            if place is not None:
                self.over[token.i] = place.i
        self.under = {below: above for above, below in self.over.items()}

    def result(self) -> tuple[list[int], list[str]]:
        """Give the new head and relation of every token."""
        heads, relations = [], []
        for token in self.doc:
            head, relation = self._aside(token) if token.i in self.over else self._place(token)
            heads.append(head)
            relations.append(relation)
        _spread_conjuncts(self.doc, heads, relations)
        _turn_persons(self.doc, heads, relations)
        return heads, relations

    def _stand_in(self, number: int) -> int:
        """Follow the words that step aside down to the one that stays."""
        while number in self.over:
            number = self.over[number]
        return number

    def _aside(self, token: Token) -> tuple[int, str]:
        """Hang a word that stepped aside on the word that took its place."""
        place = self._stand_in(token.i)
        if token.lemma_ == "be":
            return place, "cop"
        return place, "mark" if self.doc[self.over[token.i]].dep_ == "pcomp" else "case"

    def _place(self, token: Token) -> tuple[int, str]:
        """Hang a word that stays where the topmost word that stepped aside for it hung."""
        top = token
        bottom = token
        while top.i in self.under:
            bottom, top = top, self.doc[self.under[top.i]]
        if top.head.i == top.i:
            return token.i, "ROOT"
        return self._stand_in(top.head.i), self._relation(top, bottom)

    def _relation(self, top: Token, bottom: Token) -> str:
        """Name the relation of *top*, whose place its dependent *bottom* may have taken (else they are the same)."""
        kind = top.dep_
        if top.i != bottom.i and top.lemma_ != "be" and kind != "conj":
            return _oblique(top, bottom)
        if kind == "aux" and top.pos_ == "PART":
            return "mark"
        if kind == "attr" and any(child.dep_ == "expl" for child in top.head.children):
            return "nsubj"
        if kind == "npadvmod":
            return "nmod:unmarked" if top.head.pos_ in _NOMINAL else "obl:unmarked"
        if kind == "dobj" and top.head.lemma_ in _DITRANSITIVE:
            return "iobj" if any(child.dep_ == "ccomp" for child in top.head.children) else "obj"
        if kind == "prep":
            return "advmod"  # a preposition without a noun: stranded, or an adverb
        return _RELATIONS.get(kind, kind)


def _oblique(preposition: Token, complement: Token) -> str:
    """Name the relation of a noun or clause that hangs on its governor by a preposition."""
    nominal = preposition.head.pos_ in _NOMINAL
    if complement.dep_ == "pcomp" and complement.pos_ in {"VERB", "AUX"}:
        return "acl" if nominal else "advcl"
    if preposition.dep_ == "agent":
        return "obl:agent"
    return "nmod" if nominal else "obl"


def _complement(preposition: Token) -> Token | None:
    """Find the noun, clause or inner preposition that a preposition governs."""
    children = list(preposition.children)
    for wanted in ("pobj", "pcomp", "prep"):
        for child in children:
            if child.dep_ == wanted and child.i > preposition.i:
                return child
    return None


def _predicate(be: Token) -> Token | None:
    """Find what the verb `be` says of its subject; None for other verbs, auxiliaries and `there is`."""
    if be.lemma_ != "be" or be.pos_ not in {"AUX", "VERB"} or be.dep_ in {"aux", "auxpass"}:
        return None
    children = list(be.children)
    if any(child.dep_ == "expl" and child.lower_ == "there" for child in children):
        return None
    for wanted in ("attr", "acomp"):
        for child in children:
            if child.dep_ == wanted:
                return child
    if any(child.dep_ in {"ccomp", "xcomp", "advmod"} and child.i > be.i for child in children):
        return None
    subject = any(child.dep_ in {"nsubj", "csubj"} for child in children)
    place = next((child for child in children if child.dep_ == "prep" and child.i > be.i), None)
    return place if subject and place is not None and _complement(place) is not None else None


def _spread_conjuncts(doc: Doc, heads: list[int], relations: list[str]) -> None:
    """Hang every conjunct on the first one, and each conjunction on the conjunct after it."""
    for token in doc:
        i = token.i
        while relations[i] == "conj" and relations[heads[i]] == "conj" and heads[heads[i]] != heads[i]:
            heads[i] = heads[heads[i]]
    for token in doc:
        i = token.i
        if relations[i] not in {"cc", "cc:preconj"}:
            continue
        first = heads[heads[i]] if relations[heads[i]] == "conj" and heads[i] < i else heads[i]
        later = [j for j in range(i + 1, len(doc)) if heads[j] == first and relations[j] == "conj"]
        if later and relations[i] == "cc":
            heads[i] = later[0]


def _turn_persons(doc: Doc, heads: list[int], relations: list[str]) -> None:
    """Let the first word of a person's name head the others, and let a title before it describe it."""
    for span in doc.ents:
        first, last = span.start, span.root.i
        if _NAMES.get(span.label_, span.label_) != "PERSON":
            continue
        if first != last and heads[first] == last and relations[first] == "compound":
            heads[first], relations[first] = heads[last], relations[last]
            if relations[first] == "ROOT":
                heads[first] = first
            for i, head in enumerate(heads):
                if head == last and i != first:
                    heads[i] = first
                    if span.start <= i < span.end and relations[i] == "compound":
                        relations[i] = "flat"
            heads[last], relations[last] = first, "flat"
        for i in range(first):
            if heads[i] == first and relations[i] == "compound":
                relations[i] = "nmod:desc"
