"""All articles of a build as rows outside the memory: what they are called, what they repeat, where their records lie.

This is where articles of different files meet for the first time. It needs of each of them what the catalogue holds,
and its trace; texts stay on the disk.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from kgbuild.memory import give_back
from kgbuild.read import Compared, Place, article_ids, compare, salts, story_of
from kgbuild.records import Packs
from kgbuild.records import Place as At
from kgbuild.work.catalog import Catalog, Table
from kgbuild.work.folder import WorkFolder
from kgbuild.work.inputs import Input
from kgbuild.work.packs import Places
from kgbuild.work.plans import Article

_PAGES = "key text primary key, name text, hash text, place text, facts text, salt text"
_ARTICLES = (
    "id text primary key, page text, position integer, salt text, file text, begin integer, "
    "original text, story text, document text, language text, words integer, "
    "r0, r1, r2, r3, r4, r5, published integer, fingerprint text, title text"
)
_COLUMNS = "id, page, position, salt, file, begin, original, story, document, language, words"
_POSTINGS, _BLOCK = 500_000, 2_048
"""What comparing may hold: little, since this process holds much else; files make up for it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one article.

    Attributes:
        id: its final id.
        page: key of the record of its page.
        position: which article of the page it is.
        salt: what keeps its id apart from that of an equal page.
        file: its source file.
        begin: where it begins in the file.
        original: id of the article that it repeats, "" for none.
        story: the agency text that it retells, "" for none.
        document: digest of it.
        language: digest of what the language model reads of it.
        words: how many words it has, about.
    """

    id: str
    page: str
    position: int
    salt: str
    file: str
    begin: int
    original: str
    story: str
    document: str
    language: str
    words: int

    def article(self, page: At) -> Article:
        """Tell a worker where it is."""
        return Article(page, self.position, self.salt, self.file)


class Articles:
    """Gather the articles of all files and hold them against one another.

    Args:
        folder: the work folder, for temporary files.
        catalog: where records lie.
        packs: reads them.
    """

    def __init__(self, folder: WorkFolder, catalog: Catalog, packs: Packs) -> None:
        self._folder = folder
        self._catalog = catalog
        self._packs = packs
        self._pages = Table(_PAGES)
        self._rows = Table(_ARTICLES)
        self.notes: list[str] = []
        self.errors: list[tuple[str, str, str]] = []

    def gather(self, files: Iterable[Input]) -> None:
        """Take in the pages of files, name their articles, and find what repeats what."""
        for file in files:
            whole = self._catalog.facts("file", file.key)
            self.errors += [(path, message, remedy) for path, message, remedy in (whole or {}).get("errors", ())]
            self._catalog.use([("file", file.key)])
            self._pages.add(
                (key, facts["place"][0], facts["place"][1], json.dumps(facts["place"]), json.dumps(facts), "")
                for key, facts in self._catalog.below("page", file.key)
            )
        self._salt()
        for key, facts, salt in self._pages.ask("select key, facts, salt from t order by key"):
            self._add_page(key, json.loads(facts), salt)
        self._pages.close()
        self._compare()
        give_back()

    def _salt(self) -> None:
        """Keep pages of equal name and content apart."""
        alike = self._pages.ask(
            "select t.name, t.hash, t.place, t.key from t join "
            "(select name, hash from t group by name, hash having count(*) > 1) as g "
            "on t.name = g.name and t.hash = g.hash order by t.name, t.hash"
        )
        for _, group in groupby(alike.fetchall(), key=lambda row: row[:2]):
            places = {Place(*json.loads(place)): key for _, _, place, key in group}
            for place, salt in salts(places).items():
                self._pages.ask("update t set salt = ? where key = ?", (salt, places[place]))

    def _add_page(self, key: str, facts: dict[str, Any], salt: str) -> None:
        """Name the articles of one page."""
        self.notes += facts["notes"]
        found = facts["articles"]
        name, content_hash = facts["place"][:2]
        ids = article_ids(name, content_hash, salt, [one["begin"] for one in found])
        self._rows.add(
            (
                *(own, key, position, salt, name, one["begin"]),
                "" if one["repeats"] is None else ids[one["repeats"]],
                *("", one["document"], one["language"], one["words"], *one["rank"]),
                *(one["published"], one["fingerprint"], one["title"]),
            )
            for position, (own, one) in enumerate(zip(ids, found, strict=True))
        )
        self._catalog.use([("page", key)])
        self._catalog.use(("trace", f"{key}#{position}") for position in range(len(found)))

    def _compare(self) -> None:
        """Find repeats and retellings over all files, and write them down."""
        places = Places()
        verdicts = compare(
            self._compared(places),
            lambda number: self._packs.load(places[number]),
            folder=self._folder.root,
            limit=_POSTINGS,
            least_block=_BLOCK,
        )
        self._rows.ask("create index repeats on t (original)")
        for repeat, original in sorted(verdicts.duplicate_of.items()):
            # what repeats a copy on its own page repeats the original
            self._rows.ask("update t set original = ? where id = ? or original = ?", (original, repeat, repeat))
        for one, first in sorted(verdicts.first_of.items()):
            title, file = self._rows.ask("select title, file from t where id = ?", (first,)).fetchone()
            self._rows.ask("update t set story = ? where id = ?", (story_of(first, title, file), one))

    def _compared(self, places: Places) -> Iterator[Compared]:
        """Give what must be known of each article before any is compared, and note where its trace lies."""
        for id_, mark, day, page, position in self._rows.ask(
            "select id, fingerprint, published, page, position from t where fingerprint != '' "
            "order by r0, r1, r2, r3, r4, r5"
        ):
            place = self._catalog.place("trace", f"{page}#{position}")
            assert place is not None  # noqa: S101 - it was written together with its page
            places.append(place)
            yield Compared(id_, mark, date.fromordinal(day) if day else None)

    def rows(self) -> Iterator[Row]:
        """Go through all articles in the order of their ids."""
        for row in self._rows.ask(f"select {_COLUMNS} from t order by id"):  # noqa: S608 - a constant
            yield Row(*row)

    def __len__(self) -> int:
        """Count the articles."""
        return len(self._rows)

    def __contains__(self, id_: str) -> bool:
        return self._rows.ask("select 1 from t where id = ?", (id_,)).fetchone() is not None

    def page_of(self, row: Row) -> At:
        """Tell where the page of an article lies."""
        place = self._catalog.place("page", row.page)
        assert place is not None  # noqa: S101 - the row was made from it
        return place

    def texts(self) -> Iterator[tuple[str, At]]:
        """Give digest and page of each text that was taken out of a page, each once."""
        seen = self._rows.ask("select distinct page from t order by page")
        for (page,) in seen:
            facts = self._catalog.facts("page", page)
            names = {one["text_hash"] for one in facts["articles"]} - {""}
            place = self._catalog.place("page", page)
            if names and place is not None:
                yield min(names), place

    def close(self) -> None:
        """Let go of the rows."""
        self._pages.close()
        self._rows.close()
