"""Articles are read the same over any number of processes, and the one that does harm is named."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from kgbuild.errors import CrashError, DocumentError, ModelError
from kgbuild.model import Document, Extraction, Where
from kgbuild.workers import read_all


def document(name: str, text: str) -> Document:
    return Document(
        id=f"article/{name}",
        source_file=name,
        text=text,
        content_hash="0" * 64,
        sections=(),
        paragraphs=(Where(0, len(text)),),
    )


def read_harmless_words(harm, article):
    """Stand in for the model: one sentence a word; the text `die` or `raise` does what it says."""
    if article.text == harm == "die":
        os._exit(9)
    if article.text == harm == "raise":
        raise ValueError("no such thing")
    words = tuple(Where(n, n + 1) for n in range(len(article.text.split())))
    return Extraction(article.id, sentences=words)


def make_reader(harm=""):
    return partial(read_harmless_words, harm)


def make_no_reader():
    raise ModelError("no model here", "Get one.")


def outcomes(texts, jobs, harm=""):
    documents = [document(f"{n}.txt", text) for n, text in enumerate(texts)]
    found = dict(read_all(documents, partial(make_reader, harm), jobs))
    assert sorted(found) == list(range(len(texts)))
    return [found[n] for n in range(len(texts))]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_article_is_read_once_and_the_same(jobs):
    found = outcomes(["a b c", "a", "", "a b"], jobs)
    assert [len(outcome.extraction.sentences) for outcome in found] == [3, 1, 0, 2]


def test_no_article_needs_no_model():
    assert list(read_all([], make_no_reader, 4)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_missing_model_is_told_as_such(jobs):
    with pytest.raises(Exception, match="no model here") as raised:
        list(read_all([document("a", "a"), document("b", "b")], make_no_reader, jobs))
    assert str(raised.value) == "no model here. Get one."


@pytest.mark.parametrize("jobs", [1, 2])
def test_article_on_which_our_code_raises_is_named_and_the_others_are_read(jobs):
    good, bad, also_good = outcomes(["a", "raise", "b c"], jobs, "raise")
    assert isinstance(bad.error, CrashError)
    assert bad.error.source_file == "1.txt"
    assert bad.error.reason == "ValueError: no such thing"
    assert "read_harmless_words" in str(bad.error)
    assert (len(good.extraction.sentences), len(also_good.extraction.sentences)) == (1, 2)


def test_article_whose_process_dies_is_named_and_the_others_are_read():
    found = outcomes(["a", "b", "die", "c d", *["e"] * 6], 2, "die")
    assert isinstance(found[2].error, DocumentError)
    assert str(found[2].error) == "2.txt: the process that read it died. It may have run out of memory."
    assert [n for n, outcome in enumerate(found) if outcome.error is not None] == [2]
    assert len(found[3].extraction.sentences) == 2


SLEEPER = """
import time
from tests.test_workers import document
from kgbuild.model import Extraction
from kgbuild.workers import read_all

def sleep(article):
    time.sleep(60)
    return Extraction(article.id)

def make_sleeper():
    return sleep

if __name__ == "__main__":
    print("begun", flush=True)
    try:
        list(read_all([document("a", "a"), document("b", "b")], make_sleeper, 2))
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.parametrize("seconds", [0.1, 1.5])
def test_interrupt_ends_all_processes_without_a_word(tmp_path, seconds):
    """Press Ctrl-C, which reaches every process of a terminal, while workers start and while they work."""
    script = tmp_path / "sleeper.py"
    script.write_text(SLEEPER)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == "begun\n"
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        printed, complained = process.communicate(timeout=50)
    assert (printed, complained) == ("interrupted\n", "")
