"""Turns the bytes of one page into text with blocks, whatever its format."""

from kgbuild.errors import DocumentError
from kgbuild.read.blocks import plain_blocks
from kgbuild.read.elements import Elements
from kgbuild.read.files import decode
from kgbuild.read.html import html_layout
from kgbuild.read.markdown import markdown_blocks
from kgbuild.read.metadata import front_matter
from kgbuild.read.originals import Layout, Original
from kgbuild.read.pdf import pdf_text


def lay_out(original: Original, elements: Elements) -> Layout:
    """Read the text of a page and cut it into blocks.

    Raises:
        DocumentError: it is no text of its format, or needs a library that is not installed.
    """
    if original.format == "html":
        layout = html_layout(original.data, original.charset, elements)
        if not layout.blocks:
            raise DocumentError(
                original.path, "is a page without any text", "Scripts are not run; save the page as shown."
            )
        return layout
    if original.format == "pdf":
        text = pdf_text(original.path, original.data)
        return Layout(text, tuple(plain_blocks(text)))
    text = decode(original.path, original.data)
    if original.format == "markdown":
        page = markdown_blocks(text)
        complaints = (page.complaint,) if page.complaint else ()
        return Layout(text, tuple(page.blocks), (front_matter(page.front),), complaints=complaints)
    return Layout(text, tuple(plain_blocks(text)))
