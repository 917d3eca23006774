"""Writes docs/ontology/: a page for each class, property, value and shape, by Ontospy, with what it leaves out.

Ontospy reads the ontology and the shapes and writes Markdown: for a class its place among the others, the properties
of its things, and the constraints of the shapes that have it as `sh:targetClass`. Four things are added here:

- constraints of shapes that are about the users of a property (`sh:targetSubjectsOf`) stand at the property's domain,
  which for a graph that conforms is the same;
- rules that are queries (`sh:sparql`), of which Ontospy shows nothing, in the words of their messages;
- properties that are neither of objects nor of data, which its index leaves out;
- a question of the cookbook that finds things of the class.

The pages are the same bytes wherever and whenever they are written: no date, and sorted where Ontospy takes the order
of a hash. Ontospy is a tool for developing (the extra `dev`); this module is the only one that needs it.

Run it with `make docs`; a test compares.
"""

import re
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgbuild.knowledge import Knowledge, load
from kgbuild.knowledge.shapes import SH
from kgbuild.paths import ontology_dir, shapes_dir
from kgbuild.query.cookbook import Recipe, list_cookbook
from kgbuild.rdf import KG, RDFS

_TITLE = "The kgbuild ontology"
_BASE = """\
_[{{docs_title}}](index.md): written by `make docs` with Ontospy from ontology/kgbuild.ttl and shapes/\\*.ttl; \
change those, not this page._

{% block main_column %}
{% endblock main_column %}
"""
_INDEX = """\
{% include "markdown/markdown_ontoinfo.md" %}
#### Other properties
{% for each in properties if each not in objproperties + dataproperties + annotationproperties %}
- [{{ each.title }}]({{ each.slug }}.md)
{% endfor %}
"""
_CLASS = """\
{% include "markdown/markdown_classinfo.md" %}
{% set iri = main_entity.uri ~ "" %}
{% if rules[iri] %}
#### What else must hold
{% for rule in rules[iri] %}
- {{ rule }}
{% endfor %}
{% endif %}

#### A question about it

{{ asked[iri].recipe.title }}: `kgbuild query GRAPH {{ asked[iri].command }}`

```sparql
{{ asked[iri].text }}
```
"""
_SHAPE = """\
{% include "markdown/markdown_shapeinfo.md" %}
{% set iri = main_entity.uri ~ "" %}
{% if rules[iri] %}
#### What must hold
{% for rule in rules[iri] %}
- {{ rule }}
{% endfor %}
{% endif %}
"""
_TEMPLATES = {"markdown_base": _BASE, "our_onto": _INDEX, "our_class": _CLASS, "our_shape": _SHAPE}
# Which question finds things of a class, where that does not follow from the question naming the class.
_ASKED = {
    "Article": "articles",
    "Claim": "who-said-what",
    "Entity": "mentions",
    "Event": "timeline",
    "Gazetteer": "links",
    "Mention": "mentions",
    "Modality": "plans",
    "Polarity": "not-done",
    "Position": "offices",
    "Quantity": "numbers",
    "RelationProperty": "evidence",
    "Statement": "evidence",
    "Time": "timeline",
    "SameEvent": "same-event",
    "Disagreement": "disagreements",
    "WireStory": "agencies",
    "CeaseFire": "ceasefires",
}


class Asked:
    """Hold a question of the cookbook as it is asked about a class."""

    def __init__(self, recipe: Recipe, class_: str = "") -> None:
        self.recipe = recipe
        self.values = {"class": f"<{KG(class_).value}>"} if class_ else {}
        self.command = recipe.name + "".join(f" --{name} '{value}'" for name, value in self.values.items())
        lines = recipe.text.strip().splitlines()
        body = "\n".join(lines[next(n for n, line in enumerate(lines) if not line.startswith("#")) :])
        self.text = body.replace("?class { UNDEF }", f"?class {{ kg:{class_} }}") if class_ else body


def questions(knowledge: Knowledge) -> dict[str, Asked]:
    """Choose a question for every class, by the class's IRI.

    The one that names the class beside the fewest others; for an entity the list of its class; else that of the class
    above.
    """
    recipes = {recipe.name: recipe for recipe in list_cookbook()}
    named: dict[str, list[tuple[int, str]]] = {}
    for recipe in recipes.values():
        for kinds in re.findall(r"VALUES \?kind \{([^}]*)\}", recipe.text):
            for kind in kinds.split():
                named.setdefault(kind.removeprefix("kg:"), []).append((len(kinds.split()), recipe.name))
    found = {}
    ontology = knowledge.ontology
    for term in ontology.terms.values():
        above = ontology.ancestors(term.name)
        if term.kind != "class":
            continue
        if "Entity" in above[1:]:
            found[KG(term.name).value] = Asked(recipes["entities"], term.name)
            continue
        names = (_ASKED.get(one) or (min(named[one])[1] if one in named else "") for one in above)
        found[KG(term.name).value] = Asked(recipes[next(filter(None, names))])
    return found


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Write every page.

    Returns:
        The name of each file with its text.
    """
    from jinja2 import ChoiceLoader, DictLoader
    from ontospy import Ontospy
    from ontospy.gendocs.jinja_env import get_default_env
    from ontospy.gendocs.viz.viz_markdown import MarkdownViz

    model = Ontospy(data=_turtle(), rdf_format="turtle", hide_individuals=False)
    for entity in model.all_properties:
        entity.ranges.sort(key=lambda one: one.qname)
        entity.domains.sort(key=lambda one: one.qname)
    env = get_default_env()
    ours = {f"markdown/{name}.md": text for name, text in _TEMPLATES.items()}
    env.loader = ChoiceLoader([DictLoader(ours), env.loader])
    env.globals |= {"rules": _rules(knowledge), "asked": questions(knowledge)}

    class Pages(MarkdownViz):  # type: ignore[misc]  # Ontospy has no types
        """Write pages from our templates, which take in Ontospy's."""

        def _renderTemplate(self, name: str, extraContext: Any) -> bytes:  # noqa: ANN401, N802, N803 - Ontospy's own
            name = re.sub(r"markdown_(class|shape|onto)info", r"our_\1", name)
            return bytes(super()._renderTemplate(name, extraContext))

    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        Pages(model, title=_TITLE, jinja2env=env).build(folder)
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.md"))}
    return {name: _tidy(text, texts) for name, text in texts.items()}


def _turtle() -> str:
    """Give ontology and shapes as one text, with a class for each shape that is about the users of a property."""
    paths = [*(ontology_dir() / f"{name}.ttl" for name in ("kgbuild", "links")), *sorted(shapes_dir().glob("*.ttl"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    triples = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    domain = ox.NamedNode(RDFS("domain").value)
    domains = {triple.subject: triple.object for triple in triples if triple.predicate == domain}
    users = ox.NamedNode(SH("targetSubjectsOf").value)
    more = [
        ox.Triple(triple.subject, ox.NamedNode(SH("targetClass").value), domains[triple.object])
        for triple in triples
        if triple.predicate == users and triple.object in domains
    ]
    return text + "".join(f"\n{triple} ." for triple in more)


def _rules(knowledge: Knowledge) -> dict[str, list[str]]:
    """Give what the queries of the shapes demand, by shape and by class (or one of its properties or classes above)."""
    own: dict[str, list[str]] = {}
    domains = {KG(term.name).value: term.domain for term in knowledge.ontology.terms.values()}
    for query in knowledge.shapes.queries:
        text = query.message.replace("{?path}", "...").replace("{?value}", "...")
        about = re.findall(r"<([^>]*)>", query.focus)
        about += [KG(name).value for iri in about for name in domains.get(iri, ()) if f"?this <{iri}>" in query.focus]
        for iri in (query.shape, *about):
            own.setdefault(iri, []).append(text)
    found = {iri: rules for iri, rules in own.items() if iri in knowledge.shapes.names}
    for term in knowledge.ontology.terms.values():
        if term.kind == "class":
            above = (own.get(KG(one).value, []) for one in knowledge.ontology.ancestors(term.name))
            found[KG(term.name).value] = list(dict.fromkeys(rule for rules in above for rule in rules))
    return found


def _tidy(text: str, pages: dict[str, str]) -> str:
    """Take out links to pages that are not there, blanks at ends of lines and superfluous empty lines."""
    text = re.sub(
        r"\[([^\]]+)\]\(([\w.-]+\.md)( \"Open\")?\)", lambda m: f"[{m[1]}]({m[2]})" if m[2] in pages else m[1], text
    )
    lines = [line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def write(folder: Path) -> None:
    """Put the pages in the place of what the folder holds."""
    texts = pages(load())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
