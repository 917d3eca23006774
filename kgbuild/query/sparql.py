"""What can be told about a question before it is asked: whether it changes, whether it leaves the machine.

The text is cut into tokens as the SPARQL grammar does, so that a word inside a string, a comment, an IRI, a variable
or a local name is never taken for a keyword. Parsing proper is left to the engine. It needs no space after a keyword
and so reads `SERVICE:x` or `trueSERVICE:x` as a call; hence a prefix with that word in it is refused too.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from kgbuild.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<skip>\#[^\n]*|<[^<>"{}|^`\\\s]*>|\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}
    |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[?$]\w+|@[A-Za-z-]+)
    |(?P<prefix>[\w.-]*):[\w.%:-]*|(?P<word>[A-Za-z_]\w*)|.
    """,
    re.VERBOSE | re.DOTALL,
)
_ANSWERING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CHANGING = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PARAMETER = re.compile(r"VALUES\s*\?(\w+)\s*\{", re.IGNORECASE)
_OPEN = re.compile(r"VALUES\s*\?(\w+)\s*\{\s*UNDEF\s*\}")
_NAMED = r"\?\w+\s+skos:prefLabel\|skos:altLabel\s+\?{}\s*\."
_ALL = re.compile(r"\A(?:\s*#.*\n|(?!SELECT).*\n)*\s*SELECT\s+(?:DISTINCT\s+)?\*", re.IGNORECASE)
_IRI = re.compile(r"<([^<>\"{}|^`\\\s]+)>")


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Go through the words that may be keywords, in capitals, each with its place."""
    for match in _TOKEN.finditer(text):
        if match["word"]:
            yield match["word"].upper(), match.start()


def check_question(text: str, name: str) -> None:
    """Refuse what is no question or would leave the machine.

    Args:
        text: SPARQL.
        name: what to call it in the error: a file, a cookbook name or `query`.

    Raises:
        QueryError: it is empty, an update, or federated (`SERVICE`).
    """
    words = list(_words(text))
    verb = next(((word, at) for word, at in words if word in _ANSWERING | _CHANGING), None)
    if verb is None:
        raise QueryError(f"{name}: no question", "Begin it with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if verb[0] in _CHANGING:
        raise QueryError(f"{_place(name, text, verb[1])}: {verb[0]} would change the graph, which is only read here")
    for match in _TOKEN.finditer(text):
        if "SERVICE" in (match["word"] or match["prefix"] or "").upper():
            place = _place(name, text, match.start())
            raise QueryError(f"{place}: SERVICE would ask a foreign machine, which is not done here")


def asks_for_order(text: str) -> bool:
    """Tell whether the question says in which order it wants its rows."""
    return ("ORDER", "BY") in pairwise(word for word, _ in _words(text))


def fill(text: str, values: Mapping[str, str], name: str) -> str:
    """Put values in the place of parameters: `VALUES ?name { UNDEF }` becomes `VALUES ?name { "Istanbul" }`.

    A value in angle brackets is an IRI, any other is a plain literal. A parameter that gets no value is taken out, and
    with it the pattern that only looks for a thing of that name: it means nothing then, gives a row for each of a
    thing's names, and keeps the engine from a good plan.

    Raises:
        QueryError: the question has no such parameter.
    """
    for parameter, value in values.items():
        pattern = re.compile(rf"VALUES\s*\?{re.escape(parameter)}\s*\{{[^{{}}]*\}}", re.IGNORECASE)
        filled = f"VALUES ?{parameter} {{ {_term(value)} }}"
        text, count = pattern.subn(filled.replace("\\", r"\\"), text)
        if not count:
            known = ", ".join(dict.fromkeys(_PARAMETER.findall(text))) or "none"
            raise QueryError(f"{name}: no parameter {parameter!r}", f"Its parameters: {known}.")
    for parameter in dict.fromkeys(_OPEN.findall(text)):
        text = _without(parameter, text)
    return text


def _without(parameter: str, text: str) -> str:
    """Take a parameter that has no value out of a question, with the pattern that only it is in."""
    text = re.sub(_OPEN.pattern.replace(r"(\w+)", parameter), "", text)
    bare, found = re.subn(_NAMED.format(parameter), "", text)
    mentioned = re.search(rf"[?$]{parameter}\b", re.sub(r"(?m)^\s*#.*$", "", bare))
    return bare if found and not mentioned and not _ALL.search(bare) else text


def _term(value: str) -> str:
    match = _IRI.fullmatch(value)
    try:
        return str(ox.NamedNode(match[1]) if match else ox.Literal(value))
    except ValueError as error:
        raise QueryError(f"{value} is no IRI ({error})") from error


def syntax_error(error: SyntaxError, name: str) -> QueryError:
    """Turn the engine's complaint into one line that begins with file, line and column."""
    match = _POSITION.fullmatch(str(error))
    if match is None:
        return QueryError(f"{name}: not valid SPARQL: {_short(str(error))}")
    return QueryError(f"{name}:{match[1]}:{match[2]}: not valid SPARQL: {_short(match[3])}")


def _short(message: str) -> str:
    """Keep the gist of a message on one line; the engine may list every letter that could have followed."""
    if "Prefix not found" in message:
        return "a prefix that is not declared"
    flat = " ".join(message.split())
    return flat if len(flat) <= 160 else f"{flat[:157]}..."


def _place(name: str, text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"{name}:{line}:{at - text.rfind(chr(10), 0, at)}"
