"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_ADDRESS = re.compile(r"^[a-z]+:")


def dead_links(path: Path) -> list[str]:
    """Find the links of a document that point at no file or folder."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in _LINK.findall(text) if not _ADDRESS.match(link)]
    return [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path):
    assert dead_links(path) == []


def test_readme_leads_to_every_document():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {(ROOT / link).resolve() for link in _LINK.findall(text) if not _ADDRESS.match(link)}
    assert [path.name for path in (ROOT / "docs").glob("*.md") if path.resolve() not in told] == []


def test_gate_sees_a_dead_link(tmp_path):
    document = tmp_path / "a.md"
    document.write_text("[here](a.md#part), [there](b.md), [far](https://e.example/x)\n```\n[code](c.md)\n```\n")
    assert dead_links(document) == ["b.md"]
