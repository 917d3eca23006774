"""Commands as a person or a script meets them: exit status, one line for each trouble, help."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

from kgbuild.cli.app import app, run
from kgbuild.cli.reference import reference

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = sorted(
    f"{name} {inner}".strip()
    for name, command in typer.main.get_command(app).commands.items()
    for inner in getattr(command, "commands", {"": None})
)
GRAPH = """\
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/kgbuild/id/person/Anna_Berg> a kg:Person ; skos:prefLabel "Anna Berg" .
"""


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


def kgbuild(*arguments, **options):
    """Run the program in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kgbuild", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command, capsys):
    assert run([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert f"kgbuild {command} " in said
    assert said.count(f"kgbuild {command}") >= 2, "the usage line alone is no example"


def test_no_command_is_missing():
    assert set(COMMANDS) >= {"build", "validate", "query", "export", "explain", "score", "check"}


def test_protocols_of_load_are_those_of_the_library():
    from kgbuild.cli.load import StoreProtocol
    from kgbuild.load.endpoint import Protocol

    assert [protocol.value for protocol in StoreProtocol] == [protocol.value for protocol in Protocol]


def test_help_answers_at_once_and_loads_nothing_heavy():
    code = (
        "import sys; from kgbuild.cli.app import run; run(['--help'])\n"
        "heavy = ('spacy', 'rdflib', 'pyoxigraph', 'numpy', 'onnxruntime', 'requests')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    seconds = time.perf_counter() - begin
    assert done.stdout.rstrip().endswith("[]")
    assert seconds < 5, "generous, since the machine may be busy; 0.3 s when it is not"


def test_version_is_that_of_the_package(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kgbuild 0.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "No such command 'biuld'"),
        (["build"], "Missing argument 'PATH'. See `kgbuild build --help`."),
        (["build", "x.txt"], "build needs somewhere to put the graph. Give -o OUT, --store DIR or both."),
        (["build", "x.txt", "-o", "x.rdf"], "x.rdf: its name does not tell the format"),
        (["build", "x.txt", "-o", "no/such/folder/x.ttl"], "does not exist"),
        (["build", "x.txt", "-o", "x.ttl", "--jobs", "0"], "greater than or equal to 1"),
        (["build", "x.txt", "-o", "x.ttl", "--format", "xml"], "xml"),
        (["query"], "query needs a SOURCE and a QUERY"),
        (["query", "no-such.ttl", "ASK {}"], "no-such.ttl: no such file"),
        (["explain", "x.txt"], "either --sentence or --iri"),
        (["explain", "x.txt", "--sentence", "a", "--iri", "b"], "either --sentence or --iri"),
        (["validate", "no-such.ttl"], "no-such.ttl: no such file"),
        (["export", "no-such.ttl", "-o", "-"], "no-such.ttl: no such file"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kgbuild: ")
    assert captured.err.count("\n") == 1
    assert said in captured.err
    assert list(tmp_path.iterdir()) == []


def test_no_command_prints_the_help_and_is_bad_usage(capsys):
    assert run([]) == 2
    assert "Usage: kgbuild" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "name\r\nAnna Berg\r\n"),
        ("table", "name\n ─────────\n Anna Berg\n1 row\n"),
    ],
)
def test_query_prints_the_answer(graph, form, expected, capsys):
    question = "SELECT ?name { ?person a kg:Person ; skos:prefLabel ?name }"
    assert run(["query", str(graph), question, "--format", form]) == 0
    assert capsys.readouterr().out.strip(" ") == expected


def test_cookbook_is_listed_with_its_parameters(capsys):
    assert run(["query", "--list"]) == 0
    said = capsys.readouterr().out
    assert "offices" in said
    assert "--name (only" in said


def test_question_that_is_not_sparql_is_one_line_with_its_place(graph, capsys):
    assert run(["query", str(graph), "SELECT ?x { ?x"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("kgbuild: query:1:")
    assert captured.err.count("\n") == 1


def test_graph_that_violates_the_shapes_is_status_1_with_a_report(graph, capsys):
    assert run(["validate", str(graph)]) == 1
    captured = capsys.readouterr()
    assert "does not conform" in captured.out
    assert "Anna_Berg" in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(("form", "mark"), [("json", '"conforms": false'), ("turtle", "sh:ValidationReport")])
def test_report_has_forms_for_programs(graph, form, mark, capsys):
    assert run(["validate", str(graph), "--format", form]) == 1
    assert mark in capsys.readouterr().out


def test_export_writes_the_other_format_by_its_suffix(graph, tmp_path):
    out = tmp_path / "graph.nq"
    assert run(["export", str(graph), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").count(" .\n") == 2


def test_full_output_is_one_line_and_status_2(graph):
    with Path("/dev/full").open("w") as full:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "kgbuild", "export", str(graph), "-o", "-"]
        done = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "kgbuild: standard output: cannot be written (No space left on device)\n"


def test_reader_that_leaves_early_is_no_error_to_shout_about(tmp_path):
    big = tmp_path / "big.nt"
    big.write_text("".join(f"<http://e/{n}> <http://e/p> <http://e/{n}> .\n" for n in range(50_000)))
    command = f"{sys.executable} -m kgbuild export {big} -o - --format nquads | head -1; exit ${{PIPESTATUS[0]}}"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")
    assert done.stdout.count("\n") == 1


def test_interrupt_ends_without_a_traceback(tmp_path):
    """Interrupt a command that waits for a pipe nobody writes to."""
    pipe = tmp_path / "waiting.ttl"
    os.mkfifo(pipe)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kgbuild", "validate", str(pipe)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said == ""


def test_our_own_fault_shows_a_traceback_and_has_a_status_of_its_own(monkeypatch, capsys):
    monkeypatch.setattr("kgbuild.knowledge.check", lambda *_: 1 / 0)
    assert run(["check"]) == 3
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "a fault in kgbuild itself" in said


def test_reference_is_what_the_commands_say():
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "run `make docs`"
