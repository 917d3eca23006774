"""The same articles give the same bytes, whatever surrounds the program."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = {
    "harbour.txt": (
        "Norway and Iceland open talks on the harbour\n\n"
        "Foreign Minister Anna Berg of Norway met Prime Minister Jón Árnason in Reykjavik on Monday. "
        "Berg said that both countries had agreed to exchange 40 officers.\n"
    ),
    "bridge.md": (
        "# Türkiye closes a bridge in İzmir\n\n"
        "Turkish President Işıl Demir visited İzmir on 3 June 2025. The president, who leads the Harbour Party, told "
        "Anadolu Agency that the bridge will stay closed.\n"
    ),
    "sources.toml": '["harbour.txt"]\npublished = 2025-06-03\npublisher = "Example Times"\n',
}
PLAIN = {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}
# Each line changes several things at once: if all agree with the first, none of them matters.
SURROUNDINGS = [
    pytest.param({"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}, "backward", 1, id="seed-order-zone"),
    pytest.param({"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"}, "folder", 1, id="tr"),
    pytest.param({"PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Apia"}, "backward", 2, id="two-processes"),
]


def build(folder, surroundings, order, jobs, form="trig"):
    """Build the corpus in a fresh process and give the bytes."""
    names = sorted(path.name for path in folder.iterdir() if path.suffix != ".toml")
    paths = {"forward": names, "backward": names[::-1], "folder": ["."]}[order]
    command = [sys.executable, "-m", "kgbuild", "build", *paths, "-o", "-", "--format", form]
    done = subprocess.run(
        [*command, "--model", "fast", "--jobs", str(jobs)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **surroundings},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(corpus):
    content = build(corpus, PLAIN, "forward", 1)
    assert content.count(b"kg:Mention") > 5, "too little was found to compare"
    assert "İzmir".encode() in content
    return content


@pytest.mark.parametrize(("surroundings", "order", "jobs"), SURROUNDINGS)
def test_bytes_do_not_depend_on_the_surroundings(corpus, expected, surroundings, order, jobs):
    content = build(corpus, surroundings, order, jobs)
    assert hashlib.sha256(content).hexdigest() == hashlib.sha256(expected).hexdigest()


@pytest.mark.parametrize("form", ["turtle", "nquads", "jsonld"])
def test_other_formats_do_not_depend_on_them_either(corpus, expected, form, tmp_path):
    """Export from the one graph, twice: what differs between builds was seen above."""
    graph = tmp_path / "graph.trig"
    graph.write_bytes(expected)
    command = [sys.executable, "-m", "kgbuild", "export", str(graph), "-o", "-", "--format", form]
    first, second = (
        subprocess.run(
            command,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "LC_ALL": locale},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale in (("0", "C"), ("99", "C.UTF-8"))
    )
    assert first == second
    assert len(first) > 1000
