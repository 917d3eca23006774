"""Sees at a glance whether the query of a shape can find anything, so that it need not be asked of a sound graph.

Putting an article's triples into a store and asking a dozen queries takes longer than everything else that checking
does, and of a sound graph they find nothing. A screen looks the same thing up in the index that is there anyway. It
answers one question only: may the query find something? If in doubt it says yes, and what is wrong is for the query
to say. So a screen can cost time when it errs, and must never miss what its query finds, which tests hold it to.

A screen belongs to one query as it stands, word for word. Whoever changes that query, or brings shapes of their own,
has it asked of every graph until there is a screen for what it asks now.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from kgbuild.knowledge.shapes import KGSH, GraphQuery
from kgbuild.model import Literal, digest
from kgbuild.rdf import KG, NIF, RDF, RDFS, TIME, TYPE, XSD
from kgbuild.validate.index import Index, Node

Screen = Callable[[Index], bool]
_ABOUT = TYPE.value
_TRUE, _FALSE = (Literal(word, XSD("boolean").value) for word in ("true", "false"))
_RELATIONS = ("leads", "memberOf", "locatedIn", "affiliatedWith", "annexedBy", "hasMember")
_INTEGER, _DATE = XSD("integer").value, XSD("date").value
_PLAIN_NUMBER = re.compile(r"[0-9]{1,18}").fullmatch
_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_PARTS = tuple(RDF(part).value for part in ("subject", "predicate", "object"))


def may_find(query: GraphQuery, index: Index) -> bool:
    """Tell whether a query may find something in a graph; True for one that has no screen."""
    screen = screen_of(query)
    return screen is None or screen(index)


@lru_cache(maxsize=64)
def screen_of(query: GraphQuery) -> Screen | None:
    """Give the screen of a query; None when there is none, or only one for a query that asks something else."""
    known = _SCREENS.get(query.constraint.removeprefix(KGSH.iri).removesuffix("-query"))
    return known[1] if known is not None and known[0] == words_of(query) else None


def words_of(query: GraphQuery) -> str:
    """Digest what a query says."""
    return digest(*query.text.split())


def _class_defined(index: Index) -> bool:
    return any(_is_unknown(class_, index) for class_ in index.turned(_ABOUT))


def _property_defined(index: Index) -> bool:
    return any(_is_unknown(name, index) for name in index.predicates())


def _is_unknown(term: Node, index: Index) -> bool:
    """Tell whether a term may be one of ours that nothing defines."""
    return not isinstance(term, str) or (term.startswith(KG.iri) and term not in index.said(_ABOUT))


def _entity_class(index: Index) -> bool:
    entity = KG("Entity").value
    above = index.said(RDFS("subClassOf").value)
    direct = {class_ for class_, broader in above.items() if entity in broader}
    return _classes_differ(index, entity, direct)


def _event_class(index: Index) -> bool:
    event = KG("Event").value
    return _classes_differ(index, event, index.narrower(event))


def _classes_differ(index: Index, top: Node, enough: Iterable[Node]) -> bool:
    """Tell whether a thing may be of a class and of none of those below it that are *enough*, or of two apart."""
    below, enough = index.narrower(top), frozenset(enough)

    def sound(types: frozenset[Node]) -> bool:
        if top in types and enough.isdisjoint(types):
            return False
        own = [(class_, index.narrower(class_)) for class_ in below & types]
        return all(one in of_other or other in of_one for (one, of_one), (other, of_other) in combinations(own, 2))

    return not all(map(sound, {frozenset(types) for types in index.said(_ABOUT).values()}))


def _event_loop(index: Index) -> bool:
    themes = index.said(KG("theme").value)
    for start in themes:
        todo, seen = list(themes[start]), set[Node]()
        while todo:
            node = todo.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                todo += themes.get(node, ())
    return False


def _mention_known(index: Index) -> bool:
    return not index.turned(KG("mentionOf").value).keys() <= index.said(_ABOUT).keys()


def _mention_inside(index: Index) -> bool:
    articles = index.said(KG("inArticle").value)
    longest = {article: _least(lengths) for article, lengths in index.said(KG("textLength").value).items()}
    for string, ends in index.said(NIF("endIndex").value).items():
        for article in articles.get(string, ()):
            if article in longest and not all(0 <= _number(end) <= longest[article] for end in ends):
                return True
    return False


def _mention_length(index: Index) -> bool:
    begins, ends = index.said(NIF("beginIndex").value), index.said(NIF("endIndex").value)
    for string, texts in index.said(NIF("anchorOf").value).items():
        size = _only(ends.get(string, ())) - _only(begins.get(string, ()))
        if len(texts) != 1 or isinstance(texts[0], str) or texts[0].datatype or len(texts[0].value) != size:
            return True
    return False


def _mention_around(index: Index) -> bool:
    begins, ends = index.said(NIF("beginIndex").value), index.said(NIF("endIndex").value)
    articles, types = index.said(KG("inArticle").value), index.said(_ABOUT)
    stretches: dict[Node, tuple[list[Node], float, float]] = {}
    for mention, sentences in index.said(KG("sentence").value).items():
        begin = _only(begins.get(mention, ()))
        for sentence in sentences:
            if not isinstance(sentence, str):
                continue
            if sentence not in stretches:
                there = articles.get(sentence, []) if NIF("Sentence").value in types.get(sentence, ()) else []
                stretches[sentence] = there, _only(begins.get(sentence, ())), _only(ends.get(sentence, ()))
            there, first, last = stretches[sentence]
            if not there or articles.get(mention) != there or not 0 <= first <= begin < last:
                return True
    return False


def _relation_backed(index: Index) -> bool:
    subjects, predicates, objects = map(index.said, _PARTS)
    backed = {
        (subject, predicate, value)
        for statement, told in index.said(KG("asserted").value).items()
        if _TRUE in told
        for subject in subjects.get(statement, ())
        for predicate in predicates.get(statement, ())
        for value in objects.get(statement, ())
    }
    return any(
        (subject, predicate, value) not in backed
        for predicate in (KG(name).value for name in _RELATIONS)
        for subject, values in index.said(predicate).items()
        for value in values
    )


def _statement_stated(index: Index) -> bool:
    subjects, predicates, objects = map(index.said, _PARTS)
    return any(
        value not in index.said(str(predicate)).get(subject, ())
        for statement, told in index.said(KG("asserted").value).items()
        if told != [_FALSE]
        for subject in subjects.get(statement, ())
        for predicate in predicates.get(statement, ())
        for value in objects.get(statement, ())
    )


def _time_order(index: Index) -> bool:
    days, ends = index.said(TIME("inXSDDate").value), index.said(TIME("hasEnd").value)
    return any(
        not _day(first) <= _day(last)
        for time, begins in index.said(TIME("hasBeginning").value).items()
        for begin in begins
        for end in ends.get(time, ())
        for first in days.get(begin, ())
        for last in days.get(end, ())
    )


_UNKNOWN = float("nan")  # which is neither less nor greater than anything, so that what it stands in is in doubt


def _number(node: Node) -> float:
    """Give a plain whole number that any engine can read."""
    if isinstance(node, str) or node.datatype != _INTEGER or not _PLAIN_NUMBER(node.value):
        return _UNKNOWN
    return int(node.value)


def _only(nodes: Sequence[Node]) -> float:
    """Give the one plain whole number among values."""
    return _number(nodes[0]) if len(nodes) == 1 else _UNKNOWN


def _least(nodes: Sequence[Node]) -> float:
    """Give the least of some plain whole numbers."""
    numbers = [_number(node) for node in nodes]
    return min(numbers) if all(number >= 0 for number in numbers) else _UNKNOWN


def _day(node: Node) -> float:
    """Give a number that orders plain days of four-digit years."""
    if isinstance(node, str) or node.datatype != _DATE or not _PLAIN_DAY(node.value):
        return _UNKNOWN
    return int(node.value.replace("-", ""))


_SCREENS: Mapping[str, tuple[str, Screen]] = {
    "ClassDefined": ("221010f813dd0cfe", _class_defined),
    "EntityClass": ("59506cb84447f41c", _entity_class),
    "EventClass": ("2c7048612d891756", _event_class),
    "EventLoop": ("7082704235caf60b", _event_loop),
    "MentionAround": ("92a3596ec50cd421", _mention_around),
    "MentionInside": ("bb28bf033464c7c1", _mention_inside),
    "MentionKnown": ("a73dcc6d267efc0c", _mention_known),
    "MentionLength": ("5ced7cb953ab1460", _mention_length),
    "PropertyDefined": ("fb03047def000c58", _property_defined),
    "RelationBacked": ("fb98cfe99cee59a9", _relation_backed),
    "StatementStated": ("ac21f40dd151a372", _statement_stated),
    "TimeOrder": ("8e6be17302557eb2", _time_order),
}
"""The screen of each constraint, with the digest of the query that it is for."""
