"""Packs are there whole or not at all, and what is read out of them can do no harm."""

import array
import datetime
import os
import pickle
import zlib
from pathlib import PosixPath

import pytest

from kgbuild.annotate.reader import make_reader
from kgbuild.cli import main
from kgbuild.errors import KgbuildError, OutputError
from kgbuild.model import Entity, EntityType, Where
from kgbuild.work.packs import (
    MANIFEST,
    PACK,
    Manifest,
    Packs,
    PackWriter,
    Place,
    decode,
    encode,
    read_manifest,
    write_whole,
)


class Call:
    """Is pickled as a call of a function."""

    def __init__(self, function, *arguments):
        self.function = function
        self.arguments = arguments

    def __reduce__(self):
        return self.function, self.arguments


def packed(value):
    return zlib.compress(pickle.dumps(value))


@pytest.mark.parametrize(
    "value",
    [
        Call(os.system, "touch /nowhere"),
        Call(eval, "1"),
        Call(getattr, "x", "upper"),
        Call(__import__, "os"),
        Call(main),
        Call(make_reader, None, "x"),
        Call(encode, 1),
        Call(Packs, "x"),
        Packs(PosixPath("x")),
        KgbuildError("x"),
        [{"deep": (Call(print, "said"),)}],
        os.system,
        pickle.Unpickler,
    ],
)
def test_foreign_things_are_refused_by_name(value):
    with pytest.raises(KgbuildError, match=r"there\.pack: damaged \(\S+ has no place in a record\)"):
        decode(packed(value), "there.pack")


def test_nothing_is_run_on_the_way(tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(KgbuildError):
        decode(packed([Call(os.mkdir, str(mark)), 1]), "x")
    assert not mark.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zlib",
        encode("whole")[:-3],
        zlib.compress(b""),
        zlib.compress(b"nonsense"),
        zlib.compress(pickle.dumps(range(3))[:-1]),
        zlib.compress(b"\x80\x05."),
        zlib.compress(b"\x80\x05h\x00."),
        zlib.compress(b"ckgbuild.model\nno_such_thing\n."),
        zlib.compress(b"ckgbuild.no_such_module\nx\n."),
        zlib.compress(b"ckgbuild.model\nWhere\n(tR."),
    ],
)
def test_damaged_bytes_are_told_as_such(data):
    with pytest.raises(KgbuildError, match=r"^there\.pack: damaged"):
        decode(data, "there.pack")


def test_our_own_values_come_back():
    values = (
        Where(1, 2),
        Entity("person/x", EntityType.PERSON, "X"),
        frozenset({1}),
        {2},
        datetime.date(2025, 6, 3),
        PosixPath("a"),
        array.array("Q", [1, 2]),
        {"a": [None, True, 1.5, b"x"]},
    )
    assert decode(encode(values), "x") == values


def pack(folder, values, name="one"):
    writer = PackWriter(folder / name)
    for key, value in values.items():
        writer.add("room", key, value, {"said": key})
    return writer.finish(Manifest(stage="read", pack_bytes=0, records=()))


def test_an_enumeration_is_written_alike_by_all_pythons(monkeypatch):
    """By themselves 3.11.0 to 3.11.3 write it as a call of a function that a record may not name."""
    monkeypatch.setattr(EntityType, "__reduce_ex__", lambda self, _: (getattr, (EntityType, self.name)))
    assert decode(encode({EntityType.PERSON: 1}), "a pack") == {EntityType.PERSON: 1}


@pytest.mark.parametrize("module", ["pathlib", "pathlib._local"])
def test_a_path_is_read_under_the_names_that_pythons_give_its_class(module):
    record = zlib.compress(f"c{module}\nPosixPath\n(Va.txt\ntR.".encode())
    assert decode(record, "a pack") == PosixPath("a.txt")


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


def test_gone_pack_is_told(tmp_path):
    with pytest.raises(KgbuildError, match=r"one\.pack: cannot be read \(No such file"):
        Packs(tmp_path).load(Place(f"one{PACK}", 0, 1))


def test_failing_disk_leaves_the_old_file(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    path = tmp_path / "x.json"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"x\.json: cannot be written \(No space left on device\)"):
        write_whole(path, b"new")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]
