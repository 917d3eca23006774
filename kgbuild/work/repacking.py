"""Packs of which most is of no use any more are packed anew.

A pack is never changed, and stays as long as one record in it is needed. In a collection that is added to every day,
what an article says is written anew whenever its neighbours change what is known of its people and places, and one
record in sixty keeps the old pack. So, when a build is done, what is still needed of such packs is copied into new
ones, as bytes. A pack is copied when less than half of it is needed: each record is therefore copied no more often than
the pack around it has halved, and the folder takes at most twice what is needed.

The new pack has its name and manifest before an old one goes, and a record that lies in two packs is the same in both:
whoever is killed in between loses nothing, and the next build tidies up.
"""

from collections.abc import Iterable, Iterator, Sequence

from kgbuild.records import Packs, Place
from kgbuild.work import keys
from kgbuild.work.catalog import Catalog
from kgbuild.work.folder import STAGES, WorkFolder
from kgbuild.work.packs import PACK, Manifest, PackWriter, Record

_PACK_BYTES = 64_000_000
_Used = tuple[str, tuple[Record, ...]]


def repack(folder: WorkFolder, catalog: Catalog) -> None:
    """Copy what is needed out of packs that are mostly waste, and remove these.

    Args:
        folder: the work folder.
        catalog: knows which records are needed.

    Raises:
        OSError: there is no room for a new pack; all that was needed is still there.
        KgbuildError: a pack cannot be read.
    """
    for stage in STAGES:
        for batch in _batches(catalog.wasteful(stage)):
            _copy(folder, catalog, stage, batch)
            for name, _ in batch:
                folder.drop(stage, name)


def _batches(shards: Iterable[_Used]) -> Iterator[list[_Used]]:
    """Put shards together until what is needed of them makes a large pack."""
    batch: list[_Used] = []
    size = 0
    for name, records in shards:
        batch.append((name, records))
        size += sum(record.length for record in records)
        if size >= _PACK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _copy(folder: WorkFolder, catalog: Catalog, stage: str, batch: Sequence[_Used]) -> None:
    """Write the records of some shards as one."""
    name = keys.of(*(f"{record.room} {record.key}" for _, records in batch for record in records))
    packs = Packs(folder.root)
    out = PackWriter(folder.stem(stage, name))
    try:
        for shard, records in batch:
            for record in records:
                data = packs.read(Place(f"{stage}/{shard}{PACK}", record.offset, record.length))
                out.copy(record, data)
        manifest = out.finish(Manifest(stage=stage, pack_bytes=0, records=()))
    except BaseException:
        out.abandon()
        raise
    finally:
        packs.close()
    catalog.enter(stage, name, manifest)
