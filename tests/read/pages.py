"""Pages for tests, written for them, and how to look at what became of one."""

from pathlib import Path

from kgbuild.read import Reading, read

PAGE = """Skip to content
Home > News > World
Harbour strike ends after night of talks
By Anna Smith and Bob Jones
Published June 2, 2025 | Updated June 3, 2025
3 min read
Facebook Twitter WhatsApp
Comments
ROTTERDAM (Reuters) - Dock workers ended their strike on Monday, the union said.
A crane in the harbour. (Photo: Reuters)
Advertisement
"We agreed on wages," said Maria Larsen, who leads the union.
What comes next
Read more: Strike empties shelves
The talks go on in June.
We use cookies to give you the best experience.
(Reporting by Ann Lee in Rotterdam; Editing by Bob Ray)
#Harbour #Strike
3 Comments
John
2 hours ago
I think that this is not true at all.
Related Articles


Example Press
31 minutes ago
- Example Press
Ferry service resumes on the strait
Ferries sailed again on Tuesday after the storm. The port of Esbjerg said all berths were open.


Example Press
an hour ago
- Example Press
Ferry service resumes on the strait
Ferries sailed again on Tuesday after the storm. The port of Esbjerg said all berths were open.
Back to top
"""

ARTICLE = "Talks end in Geneva\nThe two sides met on Monday.\nThey agreed on a list of prisoners.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_text(folder: Path, content: str | bytes, name: str = "page.txt") -> Reading:
    return read([write(folder, name, content)])


def sections_of(reading: Reading) -> list[tuple[str, str]]:
    """Give kind and words of each section of the only page."""
    (page,) = reading.pages
    return [(section.kind.value, section.where.of(page.text)) for section in page.sections]


def paragraphs_of(reading: Reading, number: int = 0) -> list[str]:
    """Give the paragraphs of one article as they stand."""
    document = reading.documents[number]
    return [where.of(document.text) for where in document.paragraphs]
