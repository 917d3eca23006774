"""Results are written whole or not at all."""

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.cli.output import STDOUT, check_writable, format_for, write_output
from kgbuild.errors import KgbuildError, OutputError


@pytest.mark.parametrize(
    ("name", "wanted", "expected"),
    [
        ("a.ttl", None, "turtle"),
        ("a.TRIG", None, "trig"),
        ("a.nq", None, "nquads"),
        ("a.jsonld", None, "jsonld"),
        ("a.txt", "trig", "trig"),
        ("-", None, "turtle"),
        ("-", "nquads", "nquads"),
    ],
)
def test_format_comes_from_the_option_or_the_name(name, wanted, expected):
    assert format_for(Path(name), wanted) == expected


@pytest.mark.parametrize("name", ["a.rdf", "a", "folder.ttl/a"])
def test_format_that_nothing_tells_is_an_error(name):
    with pytest.raises(KgbuildError, match=r"\.ttl, \.trig, \.nq, \.jsonld"):
        format_for(Path(name), None)


def test_file_is_written_whole_and_alone(tmp_path):
    out = tmp_path / "a.ttl"
    write_output(out, b"one")
    write_output(out, b"two")
    assert out.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_new_file_gets_what_the_umask_leaves_and_an_old_one_keeps_its_mode(tmp_path):
    out = tmp_path / "a.ttl"
    before = os.umask(0o027)
    try:
        write_output(out, b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    out.chmod(0o600)
    write_output(out, b"two")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path):
    target, link = tmp_path / "real.ttl", tmp_path / "link.ttl"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_output(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_full_disk_is_one_line_and_the_old_file_stays(tmp_path):
    out = tmp_path / "a.ttl"
    out.write_bytes(b"old")
    code = (
        "import resource, sys; from pathlib import Path; from kgbuild.cli.output import write_output\n"
        "from kgbuild.errors import OutputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_output(Path(sys.argv[1]), b'x' * 5000)\n"
        "except OutputError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(out)], capture_output=True, text=True, check=True)
    assert done.stdout == f"{out}: cannot be written (File too large)\n"
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_device_is_written_through_and_never_renamed_over():
    full = Path("/dev/full")
    with pytest.raises(OutputError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        write_output(full, b"x")
    assert stat.S_ISCHR(full.stat().st_mode)
    write_output(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_missing_folder_is_found_before_the_work(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        check_writable(tmp_path / "no" / "a.ttl")
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path)
    check_writable(tmp_path / "a.ttl")
    check_writable(STDOUT)


def test_closed_folder_is_found_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, who often runs this, may write everywhere
    with pytest.raises(OutputError, match="not open for writing"):
        check_writable(tmp_path / "a.ttl")
