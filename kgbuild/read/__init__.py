"""Reads files into articles: finds them, decodes them, and cuts the site away from the news.

`read` is the entry for what fits into memory. Its parts are entries for what does not: `find_files` and a `FileReader`,
which reads one file by itself; `salts` and `salted`, which keep ids apart; `to_compare`, `compare`, `story_of` and
`told`, which hold all articles against one another in bounded memory. What counts as furniture is data
(`ontology/cues/furniture.yaml`, loaded by `load_furniture`); what a text does not say about itself comes from the
`sources.toml` beside it (`load_sources`).
"""

from kgbuild.read.collection import Rank, rank, story_of, to_compare, told
from kgbuild.read.compare import Compared, Verdicts, compare
from kgbuild.read.files import Found, by_name, find_files, find_names
from kgbuild.read.furniture import Furniture, check_furniture, load_furniture
from kgbuild.read.pages import FileReader, Folder, Page, Place, ReadPage, article_ids, load_folder
from kgbuild.read.postings import SCRATCH
from kgbuild.read.reading import Reading, read
from kgbuild.read.records import FIELDS
from kgbuild.read.rules import check_rules
from kgbuild.read.salts import salted, salts
from kgbuild.read.sources import Source, Sources, load_sources
from kgbuild.read.traces import Trace
from kgbuild.read.unpack import Limits, Options

__all__ = [
    "FIELDS",
    "SCRATCH",
    "Compared",
    "FileReader",
    "Folder",
    "Found",
    "Furniture",
    "Limits",
    "Options",
    "Page",
    "Place",
    "Rank",
    "ReadPage",
    "Reading",
    "Source",
    "Sources",
    "Trace",
    "Verdicts",
    "article_ids",
    "by_name",
    "check_furniture",
    "check_rules",
    "compare",
    "find_files",
    "find_names",
    "load_folder",
    "load_furniture",
    "load_sources",
    "rank",
    "read",
    "salted",
    "salts",
    "story_of",
    "to_compare",
    "told",
]
