"""Keeps a graph in a folder that survives crashes, and opens such folders and graph files for whoever asks.

A folder holds one finished graph at any moment. A new build is written beside the old one and takes its place by
one rename, so that a build that dies, a full disk or a reader at the wrong moment costs nothing that was there.
This package stands below the stages that ask, export, compare, load and serve, since all of them open graphs.
"""

from kgbuild.store.diff import Difference, diff
from kgbuild.store.filling import Instead, data_name
from kgbuild.store.folder import LAYOUT, Kept, Marker, check_place, is_store, keep, keep_pieces, prepare, read_marker
from kgbuild.store.loading import Piece
from kgbuild.store.opening import Opened, graph_named, open_data, open_graph
from kgbuild.store.stats import Stats, stats

__all__ = [
    "LAYOUT",
    "Difference",
    "Instead",
    "Kept",
    "Marker",
    "Opened",
    "Piece",
    "Stats",
    "check_place",
    "data_name",
    "diff",
    "graph_named",
    "is_store",
    "keep",
    "keep_pieces",
    "open_data",
    "open_graph",
    "prepare",
    "read_marker",
    "stats",
]
