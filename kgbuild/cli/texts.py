"""The texts that were taken out of pages: written beside the graph, so that offsets can be looked up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.cli.output import write_output
from kgbuild.errors import KgbuildError, OutputError

if TYPE_CHECKING:
    from kgbuild.model import Document
    from kgbuild.read import Options


def read_options(fields: Sequence[str] | None) -> "Options":
    """Make the options of reading from `OURS=THEIRS` pairs.

    Raises:
        KgbuildError: a pair is none, or names a field that nobody knows.
    """
    from kgbuild.read import FIELDS, Options

    named: dict[str, str] = {}
    for pair in fields or ():
        ours, sign, theirs = pair.partition("=")
        if not sign or not theirs:
            raise KgbuildError(f"--field {pair!r} names no field", "Write OURS=THEIRS, such as text=body.")
        if ours not in FIELDS:
            raise KgbuildError(f"--field knows no {ours!r}", f"Use one of {', '.join(FIELDS)}.")
        named[ours] = theirs
    return Options(named)


def texts_folder(output: Path) -> Path:
    """Name the folder of the texts of a graph.

    >>> texts_folder(Path("out/news.ttl")).name
    'news.ttl.texts'
    """
    return output.with_name(output.name + ".texts")


def text_writer(output: Path) -> Callable[[str, str], None]:
    """Give what writes a text, named by its digest, into the folder of a graph; the folder is made with the first.

    Raises:
        OutputError: (when called) the folder cannot be made, or the text cannot be written.
    """
    folder = texts_folder(output)

    def write(name: str, text: str) -> None:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made ({error.strerror or error})") from error
        target = folder / f"{name}.txt"
        if not target.exists():
            write_output(target, text.encode("utf-8"))

    return write


def write_texts(documents: Iterable["Document"], output: Path) -> int:
    """Write each text that was taken out of a page to `OUT.texts/SHA256.txt`; one that is there already stays.

    Args:
        documents: all articles; those read from a text file itself need nothing.
        output: the graph's file or store.

    Returns:
        How many texts there are.

    Raises:
        OutputError: the folder cannot be made, or a text cannot be written.
    """
    texts: Mapping[str, str] = {one.text_hash: one.text for one in documents if one.text_hash}
    write = text_writer(output)
    for name, text in sorted(texts.items()):
        write(name, text)
    return len(texts)
