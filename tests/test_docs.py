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


README_ROWS = {
    "names, exact span": "names, exact span",
    "names with the right type": "names with type",
    "who is who (B-cubed)": "entities (B-cubed)",
    "relations and offices": "relations",
    "events": "events, heading",
    "who takes which part in an event": "roles",
    "claims": "claims",
    "numbers": "quantities",
    "times": "times",
}


@pytest.mark.parametrize(("said", "measured"), README_ROWS.items(), ids=README_ROWS.keys())
def test_the_readme_gives_the_quality_that_is_written_down(said: str, measured: str):
    def row(page: str, name: str) -> list[str]:
        lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
        (line,) = [one for one in lines if one.startswith(f"| {name} |")]
        return [cell.strip() for cell in line.strip("|").split("|")]

    precision, recall, f1 = row("README.md", said)[1:4]
    figure, _, both = row("docs/quality.md", measured)[1].partition(" ")
    assert both == f"({precision} / {recall})"
    assert abs(float(f1) - float(figure)) < 0.0051
