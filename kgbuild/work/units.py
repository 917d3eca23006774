"""The one unit of work: make the pack of a shard, whichever process on whichever machine does it.

`run_unit` is told the work folder, a stage and a name, and everything else lies in the folder. It does nothing when the
shard is finished already. What it makes of an article depends on that article alone, so that the cutting into shards
never shows. Model and data files are loaded once a process and kept.
"""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.errors import DocumentError, KgbuildError, OutputError
from kgbuild.memory import keep_for_good, peak_bytes
from kgbuild.model import Document, Extraction
from kgbuild.records import Packs
from kgbuild.work import keys
from kgbuild.work.folder import Settings, WorkFolder
from kgbuild.work.packs import AT, MANIFEST, Failure, Manifest, PackWriter, read_manifest
from kgbuild.work.plans import Article, ExtractItem, Item, ReadItem, SayItem

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kgbuild.knowledge import Knowledge
    from kgbuild.read import FileReader, ReadPage


def run_unit(root: str, stage: str, name: str, alive: Callable[[], None] = lambda: None) -> None:
    """Make the pack of one shard, unless it is there.

    Args:
        root: the work folder.
        stage: `read`, `extract` or `say`.
        name: the shard.
        alive: called before each item.

    Raises:
        KgbuildError: the disk is full, the model is missing, a data file is wrong, ...
    """
    folder = WorkFolder(Path(root))
    stem = folder.stem(stage, name)
    manifest = stem.with_suffix(MANIFEST)
    done = read_manifest(manifest) if manifest.exists() else None
    if done is not None and not done.failures:  # what failed is tried again
        return
    manifest.unlink(missing_ok=True)
    desk = _desk(folder)
    try:
        _Shard(folder, stage, name, desk, alive).make()
    except OSError as error:
        raise OutputError(f"{folder.root}: cannot be written ({error.strerror or error})") from error


class _Desk:
    """Keep what a process needs for every shard of one work folder; the language model is loaded when first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        own = {stage: keys.code(stage) for stage in ("read", "language", "extract", "say")}
        told = {stage: settings.digests[f"code of {stage}"] for stage in own}
        if own != told:
            raise KgbuildError("a worker runs another kgbuild than the build", "Install the same version on all hosts.")

    @cached_property
    def knowledge(self) -> "Knowledge":
        return self.settings.knowledge

    @cached_property
    def reader(self) -> "FileReader":
        from kgbuild.read import FileReader

        return FileReader(self.knowledge.ontology_dir, self.settings.options)

    @cached_property
    def nlp(self) -> "Language":
        from kgbuild import stages

        loaded = stages.load_model(self.settings.model)
        stages.ask_for_data(self.knowledge)
        keep_for_good()
        return loaded


_DESKS: dict[str, _Desk] = {}


def _desk(folder: WorkFolder) -> _Desk:
    """Give this process's desk for a folder; another one takes its place, and so does one with other settings."""
    settings = folder.settings()
    assert settings is not None  # noqa: S101 - a missing one raises
    known = _DESKS.get(str(folder.root))
    if known is None or known.settings != settings:
        _DESKS.clear()
        known = _DESKS[str(folder.root)] = _Desk(settings)
    return known


@dataclass(slots=True)
class _Shard:
    """Work through the items of one shard."""

    folder: WorkFolder
    stage: str
    name: str
    desk: _Desk
    alive: Callable[[], None]
    packs: Packs = field(init=False)
    out: PackWriter = field(init=False)
    failures: list[Failure] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def make(self) -> None:
        """Do all items, then give the pack its name."""
        items = self.folder.plan(self.stage, self.name)
        ways: dict[str, Callable[[Any], None]] = {"read": self._read, "extract": self._extract, "say": self._say}
        do = ways[self.stage]
        stem = self.folder.stem(self.stage, self.name)
        self.packs = Packs(self.folder.root)
        self.out = PackWriter(stem)
        try:
            with stem.with_suffix(AT).open("wb", buffering=0) as note:
                for item in items:
                    self.alive()
                    note.seek(0)
                    note.write(item.key.encode())  # all keys are of one length
                    self._careful(do, item)
            self.out.finish(
                Manifest(
                    stage=self.stage,
                    pack_bytes=0,
                    records=(),
                    failures=tuple(self.failures),
                    seconds={name: round(spent, 4) for name, spent in sorted(self.seconds.items())},
                    peak_bytes=peak_bytes(),
                    numbers=dict(sorted(self.numbers.items())),
                )
            )
        except BaseException:
            self.out.abandon()
            raise
        finally:
            self.packs.close()

    def _careful(self, do: Callable[[Any], None], item: Item) -> None:
        """Do one item; what our own code raises on it costs only that article."""
        try:
            do(item)
        except (KgbuildError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - it is counted with its traceback, and told or raised at the end
            reason = f"{type(error).__name__}: {error}"
            self.failures.append(Failure(item.key, item.label, reason, trace=traceback.format_exc()))

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begin = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - begin

    def _read(self, item: ReadItem) -> None:
        """Keep the pages of a file, each as a record, and last what the file gave as a whole."""
        from kgbuild.read import Found, ReadPage

        errors: list[DocumentError] = []
        count = 0
        with self._timed("read"):
            for one in self.desk.reader.pages(Found(Path(item.path), Path(item.real))):
                if isinstance(one, ReadPage):
                    self._keep_page(f"{item.key}/{count:08}", one)
                    count += 1
                    self.alive()
                else:
                    errors.append(one)
        if errors and not count and not _readable(item.real):  # it may be another time: nothing is kept of it
            self.failures += [Failure(item.key, item.label, _reason(one), one.remedy) for one in errors[:1]]
            return
        told = [[str(one.path), _reason(one), one.remedy] for one in errors]
        self.out.add("file", item.key, None, {"errors": told})
        self.numbers["files"] += 1

    def _keep_page(self, key: str, page: "ReadPage") -> None:
        for index, trace in enumerate(page.traces):
            if trace is not None:
                self.out.add("trace", f"{key}#{index}", trace)
        articles = [self._facts(page, index) for index in range(len(page.documents))]
        facts = {"place": list(page.place), "articles": articles, "notes": list(page.notes)}
        self.out.add("page", key, replace(page, traces=()), facts)
        self.numbers["articles"] += len(articles)

    def _facts(self, page: "ReadPage", index: int) -> dict[str, Any]:
        """Gather what the parent process has to know of an article without loading it."""
        from kgbuild.read import rank

        document, trace = page.documents[index], page.traces[index]
        order = [part.hex() if isinstance(part, bytes) else part for part in rank(page.place, document)]
        ids = [one.id for one in page.documents]
        return {
            "repeats": None if document.duplicate_of is None else ids.index(document.duplicate_of),
            "begin": document.sections[0].where.begin,
            "rank": order,
            "published": document.published.toordinal() if document.published else 0,
            "fingerprint": trace.fingerprint if trace is not None else "",
            "title": document.title,
            "text_hash": document.text_hash,
            "words": sum(len(document.words(where).split()) for where in document.paragraphs),
            "document": keys.of_document(document),
            "language": keys.of_words(document),
        }

    def _document(self, article: Article) -> Document:
        """Load an article."""
        from kgbuild.read import salted

        page: ReadPage = self.packs.load(article.page)
        return salted(page, article.salt)[article.index]

    def _extract(self, item: ExtractItem) -> None:
        """Read an article with the language model, unless that was done before, and find what is in it."""
        from kgbuild import stages
        from kgbuild.resolve import summarise

        document = self._document(item.article)
        docs = self._annotated(item, document)
        stages.ask_for_data(self.desk.knowledge)
        with self._timed("extract"):
            extraction = stages.extract(document, docs, self.desk.knowledge)
            summary = summarise(extraction, self.desk.knowledge)
        self.out.add("extraction", item.key, extraction)
        self.out.add("summary", item.key, summary)
        self.numbers["articles"] += 1

    def _annotated(self, item: ExtractItem, document: Document) -> "list[Doc]":
        """Give what the language model says of an article, and keep it if that is new."""
        from kgbuild import stages
        from kgbuild.annotate import docs_from_bytes, docs_to_bytes

        if item.language is not None:
            with self._timed("language"):
                return docs_from_bytes(self.packs.load(item.language))
        nlp = self.desk.nlp  # loading it is no work on an article
        with self._timed("language"):
            (docs,) = stages.annotate((document,), nlp)
            self.out.add("language", item.language_key, docs_to_bytes(docs))
        self.numbers["words"] += sum(len(doc) for doc in docs)
        return docs

    def _say(self, item: SayItem) -> None:
        """Tell what an article says as triples, and hold back what violates the shapes."""
        from kgbuild.work.saying import say

        with self._timed("load"):
            document = self._document(item.article)
            extraction = (
                Extraction(document.id) if item.extraction is None else self.packs.load(item.extraction)
            )  # a repeat says nothing
        base = self.desk.settings.base
        said, quads, shared, numbers, facts = say(item, document, extraction, self.desk.knowledge, base, self._timed)
        self.out.add("said", item.key, said, facts)
        self.out.add("quads", item.key, quads)
        self.out.add("shared", item.key, shared)
        self.numbers.update(numbers)


def _readable(path: str) -> bool:
    """Tell whether a file can be opened."""
    try:
        with Path(path).open("rb"):
            return True
    except OSError:
        return False


def _reason(error: DocumentError) -> str:
    """Give what an error says, without the name of the file before it."""
    return error.message.removeprefix(f"{error.path}: ")
