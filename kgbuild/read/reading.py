"""The way from files to articles: find, read each file by itself, and tell repeats from originals over all of them.

`read` holds everything in memory. A build of many articles takes the same steps with the same functions: `FileReader`
in its workers, `salts` and `compare` over what they hand on, `told` on each article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import DataError, DocumentError
from kgbuild.model import Document
from kgbuild.read.collection import story_of, to_compare, told
from kgbuild.read.compare import compare
from kgbuild.read.files import find_files
from kgbuild.read.furniture import Furniture
from kgbuild.read.pages import FileReader, Page, Place, ReadPage
from kgbuild.read.salts import salted, salts
from kgbuild.read.unpack import Options


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that was read.

    Attributes:
        documents: the articles, by name of their file, then by place in it.
        failures: one error for each file that gave no article and each fault of a `sources.toml` or `sources.csv`.
        notes: what a user should know although nothing failed, sorted.
        pages: how each page was cut, in the order of the files.
    """

    documents: tuple[Document, ...]
    failures: tuple[DocumentError | DataError, ...] = ()
    notes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()


def read(
    paths: Sequence[Path],
    *,
    furniture: Furniture | None = None,
    ontology: Path | None = None,
    options: Options | None = None,
) -> Reading:
    """Read files, folders and collections into articles.

    What cannot be read costs only itself. The result depends neither on the order of *paths* nor on where the files
    lie. Nothing is opened but these files and the `sources.toml` and `sources.csv` beside each, and nothing is fetched.

    Args:
        paths: files and folders; a folder stands for all below it that can be read; `-` is standard input.
        furniture: rules of site furniture; None means those of *ontology*.
        ontology: a folder with data files of the user's own; None means those that ship.
        options: how collections are read.

    Returns:
        The articles. A related piece of a page is one of its own, and so is a repeat, which has no paragraphs.
    """
    reader = FileReader(ontology, options, furniture)
    files, missing = find_files(Path(path) for path in paths)
    folders = [reader.folder(folder) for folder in sorted({file.path.parent for file in files})]
    read_ones = [one for file in files for one in reader.pages(file)]
    failures = [*missing, *(one for one in read_ones if isinstance(one, DocumentError))]
    pages = [one for one in read_ones if isinstance(one, ReadPage)]
    errors = [error for folder in folders for error in folder.errors]
    notes = [note for folder in folders for note in folder.notes] + [note for page in pages for note in page.notes]
    return Reading(
        documents=tuple(sorted(_compared(pages), key=lambda one: (one.source_file, _begin(one), one.id))),
        failures=tuple(sorted([*failures, *errors], key=lambda error: (str(error.path), str(error)))),
        notes=tuple(sorted(notes)),
        pages=tuple(one.page for one in sorted(pages, key=lambda one: _order(one.place))),
    )


def _compared(pages: Sequence[ReadPage]) -> list[Document]:
    """Hold all articles against one another and write down what was found."""
    salt = salts(page.place for page in pages)
    final = [(page, salted(page, salt.get(page.place, ""))) for page in pages]
    ranked = sorted((one for page, documents in final for one in to_compare(page, documents)), key=lambda one: one[0])
    verdicts = compare((article for _, article, _ in ranked), lambda number: ranked[number][2])
    documents = [document for _, documents in final for document in documents]
    by_id = {document.id: document for document in documents}
    firsts = {one: by_id[first] for one, first in verdicts.first_of.items()}
    stories = {one: story_of(first.id, first.title, first.source_file) for one, first in firsts.items()}
    return [told(document, verdicts.duplicate_of, stories) for document in documents]


def _order(place: Place) -> tuple[str, str, int]:
    """Order pages by the names of their files."""
    return place.name, place.path, place.number


def _begin(document: Document) -> int:
    """Give the place in its file at which an article begins."""
    return document.sections[0].where.begin
