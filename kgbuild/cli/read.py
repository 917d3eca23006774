"""`kgbuild read`: what is read of a file, and what is cut away?"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.cli.options import Articles, Fields
from kgbuild.cli.terminal import print_table, say
from kgbuild.cli.texts import read_options

if TYPE_CHECKING:
    from rich.text import Text

    from kgbuild.model import Document
    from kgbuild.read import Page, Reading

_STYLES = {"article": "", "related": "cyan", "boilerplate": "dim", "duplicate": "magenta"}


def read(
    paths: Articles,
    show: Annotated[
        bool, typer.Option("--show", help="Show every page whole, each line with its kind and rule.")
    ] = False,
    field: Fields = None,
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder with furniture rules of your own.", show_default=False),
    ] = None,
) -> int:
    """Read articles as `build` does and say what was kept, without building anything.

    Without `--show`: one line an article, with its date and who says so. With it: every page whole, each stretch with
    its kind (article, related, boilerplate, duplicate) and the rule that decided. Known by their endings are .txt .md
    .html .pdf .jsonl .rss .atom .xml .eml .warc .zip .tar, most of them with .gz too; standard input is known by its
    first bytes.

    The exit status is 2 if nothing could be read.

        kgbuild read page.html --show
        kgbuild read rows.jsonl --field text=body --field published=meta.date
        curl -s https://example.org/talks.html | kgbuild read - --show
    """
    from kgbuild.read import read as read_paths

    reading = read_paths(paths, ontology=ontology, options=read_options(field))
    for failure in reading.failures:
        say(str(failure))
    if show:
        _show(reading)
    elif reading.documents:
        print_table(
            ["file", "kind", "published", "told by", "words", "title"], [_row(one) for one in reading.documents]
        )
    for note in reading.notes:
        say(f"note: {note}")
    return 0 if reading.documents else 2


def _row(document: "Document") -> list[str]:
    """Describe one article in a row."""
    words = sum(len(document.words(where).split()) for where in document.paragraphs)
    day = document.published.isoformat() if document.published else ""
    certainty = f" ({document.date_certainty})" if document.date_certainty not in ("", "stated") else ""
    kind = "duplicate" if document.duplicate_of else document.sections[0].kind.value
    return [document.source_file, kind, day, document.date_source + certainty, str(words), document.title or ""]


def _show(reading: "Reading") -> None:
    """Print all pages with the kind of every stretch: in colour on a terminal, in a margin everywhere."""
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False)
    for page in reading.pages:
        documents = [one for one in reading.documents if one.source_file == page.source_file and one.text == page.text]
        for document in documents:
            console.print(_head(document))
        for line in _lines(page):
            console.print(line)
        console.print()
    sys.stdout.flush()


def _head(document: "Document") -> "Text":
    """Describe an article above its page."""
    from rich.text import Text

    file, kind, day, told, words, title = _row(document)
    dated = f"{day} by {told}" if day else "no date"
    facts = [kind, title, dated, document.publisher or "", document.creator or "", f"{words} words"]
    facts += [f"from {document.dateline_place}" if document.dateline_place else "", document.agency]
    facts += [f"repeats {document.duplicate_of}" if document.duplicate_of else ""]
    facts += [f"retells {document.wire_story}" if document.wire_story else ""]
    return Text(f"== {file}: {' | '.join(fact for fact in facts if fact)}", style="bold")


def _lines(page: "Page") -> Iterator["Text"]:
    """Give the lines of a page with their margin; what is no section is white space or marks of a format."""
    from rich.text import Text

    for section in page.sections:
        rule = section.rule if section.rule != f"{section.kind.value}-text" else ""
        for number, words in enumerate(section.where.of(page.text).splitlines()):
            if words.strip():
                margin = f"{section.kind.value if not number else '':<12}{rule if not number else '':<18}"
                plain = "".join(sign if sign.isprintable() else " " for sign in words)
                yield Text.assemble((margin, "dim"), (plain, _STYLES[section.kind.value]))
