"""kgbuild reads news articles and builds a knowledge graph in which every fact points at its characters."""

__version__ = "0.1.0"
