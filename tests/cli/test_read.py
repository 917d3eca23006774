"""`kgbuild read` as a script meets it, and the texts that `build` writes beside the graph."""

import json

import pytest

from kgbuild.cli.app import run

PAGE = (
    "<html><head><meta property='article:published_time' content='2025-06-02'></head><body><nav>Menu</nav>"
    "<h1>Anna Berg meets Jón Arnarson</h1><p>Anna Berg met Jón Arnarson in the old harbour on Monday morning.</p>"
    "<p>They talked about ships for an hour and agreed to meet again soon.</p></body></html>"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_read_lists_what_it_found(page, capsys):
    assert run(["read", str(page)]) == 0
    out = capsys.readouterr().out
    assert "page.html" in out
    assert "2025-06-02" in out
    assert "OpenGraph" in out


def test_show_prints_every_stretch_with_its_kind(page, capsys):
    assert run(["read", str(page), "--show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("== page.html: article | Anna Berg meets Jón Arnarson | 2025-06-02 by OpenGraph | ")
    assert [line.split()[0] for line in lines[1:3]] == ["boilerplate", "article"]
    assert lines[1].endswith("Menu")


def test_show_hides_signs_that_would_move_the_cursor(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("Talks end in Geneva\nThe two sides \x1b[31mmet on Monday.\n", encoding="utf-8")
    assert run(["read", str(path), "--show"]) == 0
    assert "\x1b[31m" not in capsys.readouterr().out


def test_nothing_to_read_is_told(tmp_path, capsys):
    assert run(["read", str(tmp_path / "gone.html")]) == 2
    assert "gone.html: is not there" in capsys.readouterr().err


@pytest.mark.parametrize(("field", "message"), [("body", "names no field"), ("words=body", "knows no 'words'")])
def test_a_field_that_is_none_is_told(field, message, page, capsys):
    assert run(["read", str(page), "--field", field]) == 2
    assert message in capsys.readouterr().err


def test_fields_are_mapped(tmp_path, capsys):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"story": "Talks end in Geneva\nThe two sides met on Monday.\n"}), encoding="utf-8")
    assert run(["read", str(path)]) == 2
    assert run(["read", str(path), "--field", "text=story"]) == 0
    assert "rows.jsonl!1" in capsys.readouterr().out


@pytest.mark.usefixtures("stand_in")
def test_build_writes_the_extracted_text_under_its_hash(page, tmp_path):
    import hashlib

    out = tmp_path / "g.ttl"
    assert run(["build", str(page), "-o", str(out), "--quiet"]) == 0
    (text,) = (tmp_path / "g.ttl.texts").iterdir()
    assert hashlib.sha256(text.read_bytes()).hexdigest() == text.stem
    assert f'kg:textHash "{text.stem}"' in out.read_text(encoding="utf-8")
    assert "Anna Berg met Jón Arnarson" in text.read_text(encoding="utf-8")
