"""What the parent process tells a worker to do with one shard: values that lie in a file, so that only names travel."""

from dataclasses import dataclass

from kgbuild.model import Resolution
from kgbuild.records import Place


@dataclass(frozen=True, slots=True)
class ReadItem:
    """Name a file to read.

    Attributes:
        key: the digest under which its pages are kept.
        path: as the user called it.
        real: with links followed.
    """

    key: str
    path: str
    real: str

    @property
    def label(self) -> str:
        """Name it to a person."""
        return self.path


@dataclass(frozen=True, slots=True)
class Article:
    """Say where a worker finds an article.

    Attributes:
        page: the record of its page.
        index: which article of the page it is.
        salt: what keeps its id apart from that of an equal page.
        label: its file, for a person.
    """

    page: Place
    index: int
    salt: str
    label: str


@dataclass(frozen=True, slots=True)
class ExtractItem:
    """Name an article to extract.

    Attributes:
        key: the digest under which its extraction and summary are kept.
        article: where it lies.
        language_key: the digest under which what the language model says is kept.
        language: where that lies, if it is there already.
    """

    key: str
    article: Article
    language_key: str
    language: Place | None

    @property
    def label(self) -> str:
        """Name it to a person."""
        return self.article.label


@dataclass(frozen=True, slots=True)
class SayItem:
    """Name an article to interpret, now that it is known who is who.

    Attributes:
        key: the digest under which what it says is kept.
        article: where it lies.
        extraction: where its extraction lies; None for an article that repeats another.
        resolution: which entity each of its chains stands for.
        duplicate_of: id of the article that it repeats, or None.
        story: the agency text that it retells, or None.
        original_known: whether that article is part of the build.
    """

    key: str
    article: Article
    extraction: Place | None
    resolution: Resolution
    duplicate_of: str | None = None
    story: str | None = None
    original_known: bool = True

    @property
    def label(self) -> str:
        """Name it to a person."""
        return self.article.label


Item = ReadItem | ExtractItem | SayItem


@dataclass(frozen=True, slots=True)
class SaidFacts:
    """Hold what goes beside the triples of an article.

    Attributes:
        hanging: N-Quads that stand only if the thing that they point at is described by some article, with its IRI.
        described: IRIs of the things that its triples describe; only where the build has hanging triples.
        violations: what the shapes say, encoded.
    """

    hanging: tuple[tuple[str, bytes], ...]
    described: tuple[str, ...]
    violations: tuple[object, ...]
