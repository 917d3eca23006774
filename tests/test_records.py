"""What is read out of a record can do no harm, and our own values come back."""

import array
import datetime
import os
import pickle
import zlib
from pathlib import PosixPath

import pytest

from kgbuild.annotate.reader import make_reader
from kgbuild.cli import main
from kgbuild.errors import KgbuildError
from kgbuild.model import Entity, EntityType, Where
from kgbuild.records import Packs, decode, encode


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


def test_an_enumeration_is_written_alike_by_all_pythons(monkeypatch):
    """By themselves 3.11.0 to 3.11.3 write it as a call of a function that a record may not name."""
    monkeypatch.setattr(EntityType, "__reduce_ex__", lambda self, _: (getattr, (EntityType, self.name)))
    assert decode(encode({EntityType.PERSON: 1}), "a pack") == {EntityType.PERSON: 1}


@pytest.mark.parametrize("module", ["pathlib", "pathlib._local"])
def test_a_path_is_read_under_the_names_that_pythons_give_its_class(module):
    record = zlib.compress(f"c{module}\nPosixPath\n(Va.txt\ntR.".encode())
    assert decode(record, "a pack") == PosixPath("a.txt")
