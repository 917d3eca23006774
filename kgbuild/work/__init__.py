"""Large collections: many articles, many workers, killed at any moment, added to every day.

A work folder keeps what was found of each file and article under a digest of all that it was made from. A build does
what is not there yet, shard by shard, in processes of this machine or of a cluster, and the graph goes into a store.
The same files give the same bytes, however the work was cut up, and however often it was broken off.
"""

from kgbuild.work.building import StoppedError, Wishes
from kgbuild.work.commands import WorkBuild, add, build, remove, settings_for, update
from kgbuild.work.engines import Engine, Here, Local, choose
from kgbuild.work.folder import Settings, WorkFolder
from kgbuild.work.summary import read_summary

__all__ = [
    "Engine",
    "Here",
    "Local",
    "Settings",
    "StoppedError",
    "Wishes",
    "WorkBuild",
    "WorkFolder",
    "add",
    "build",
    "choose",
    "read_summary",
    "remove",
    "settings_for",
    "update",
]
