"""Packs are there whole or not at all."""

import os

import pytest

from kgbuild.errors import KgbuildError, OutputError
from kgbuild.model import Where
from kgbuild.records import Joined, Packs, Place, decode, encode
from kgbuild.work.packs import MANIFEST, PACK, Manifest, PackWriter, read_manifest, write_whole


def pack(folder, values, name="one"):
    writer = PackWriter(folder / name)
    for key, value in values.items():
        writer.add("room", key, value, {"said": key})
    return writer.finish(Manifest(stage="read", pack_bytes=0, records=()))


def test_what_is_packed_is_found_again(tmp_path):
    manifest = pack(tmp_path, {"a": Where(1, 2), "b": "words"})
    assert read_manifest(tmp_path / f"one{MANIFEST}") == manifest
    found = Packs(tmp_path)
    by_key = {one.key: found.load(Place(f"one{PACK}", one.offset, one.length)) for one in manifest.records}
    assert by_key == {"a": Where(1, 2), "b": "words"}
    found.close()


def test_only_few_packs_stay_open(tmp_path):
    manifests = {f"n{n}": pack(tmp_path, {"a": n}, f"n{n}") for n in range(90)}
    found = Packs(tmp_path)
    for _ in range(2):
        for name, manifest in manifests.items():
            (record,) = manifest.records
            assert found.load(Place(f"{name}{PACK}", record.offset, record.length)) == int(name[1:])
    assert len(found._streams) <= 64
    found.close()


def test_abandoned_pack_leaves_nothing(tmp_path):
    writer = PackWriter(tmp_path / "one")
    writer.add("room", "a", 1)
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [f"one{PACK}", f"one{MANIFEST}"])
def test_nothing_counts_while_it_is_half_there(tmp_path, name):
    pack(tmp_path, {"a": "words"})
    path = tmp_path / name
    path.write_bytes(path.read_bytes()[:-2])
    assert read_manifest(tmp_path / f"one{MANIFEST}") is None
    path.unlink()
    assert read_manifest(tmp_path / f"one{MANIFEST}") is None


@pytest.mark.parametrize("ask", [lambda folder, place: Packs(folder).load(place), lambda *given: joined(*given)()])
def test_gone_pack_is_told(tmp_path, ask):
    with pytest.raises(KgbuildError, match=r"one\.pack: cannot be read \(No such file"):
        ask(tmp_path, Place(f"one{PACK}", 0, 1))


def joined(folder, *places, more=b""):
    return Joined(folder, places, more)


def test_records_are_read_in_one_piece_by_whoever_gets_it(tmp_path):
    manifest = pack(tmp_path, {"a": b"first ", "b": b"second "})
    places = [Place(f"one{PACK}", one.offset, one.length) for one in manifest.records]
    piece = decode(encode(joined(tmp_path, *reversed(places), more=b"last")), "x")
    assert piece() == b"second first last"
    assert joined(tmp_path)() == b""


def test_failing_disk_leaves_the_old_file(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    path = tmp_path / "x.json"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"x\.json: cannot be written \(No space left on device\)"):
        write_whole(path, b"new")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]
