"""Reads files into articles: finds them, decodes them, and cuts the site away from the news.

`read` is the entry. What counts as furniture is data (`ontology/cues/furniture.yaml`, loaded by `load_furniture`); what
a text does not say about itself comes from the `sources.toml` beside it (`load_sources`).
"""

from kgbuild.read.furniture import Furniture, check_furniture, load_furniture
from kgbuild.read.reading import Page, Reading, check_rules, read
from kgbuild.read.records import FIELDS
from kgbuild.read.sources import Source, Sources, load_sources
from kgbuild.read.unpack import Limits, Options

__all__ = [
    "FIELDS",
    "Furniture",
    "Limits",
    "Options",
    "Page",
    "Reading",
    "Source",
    "Sources",
    "check_furniture",
    "check_rules",
    "load_furniture",
    "load_sources",
    "read",
]
