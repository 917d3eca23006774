"""Reads the text layer of a PDF, with pypdf where it is installed (`kgbuild[pdf]`).

Nothing is recognised in pictures: a scan has no text layer and is refused with one line.
"""

import io
import logging
from pathlib import Path

from kgbuild.errors import DocumentError

_PAGES_LIMIT = 500


def pdf_text(path: Path, data: bytes) -> str:
    """Give the text of all pages, an empty line between two of them.

    Raises:
        DocumentError: the library is missing, the file is broken or locked, or it has no text layer.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        remedy = "Install it with `pip install kgbuild[pdf]`."
        raise DocumentError(path, "is a PDF, and reading that needs pypdf", remedy) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity of every file
    try:
        pages = PdfReader(io.BytesIO(data)).pages
        if len(pages) > _PAGES_LIMIT:
            raise DocumentError(path, f"has {len(pages)} pages, more than {_PAGES_LIMIT}", "Split it.")
        text = "\n\n".join(page.extract_text() for page in pages)
    except DocumentError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DocumentError(
            path, f"is no PDF that can be read ({reason})", "Save it anew, without a password."
        ) from error
    if not text.strip():
        raise DocumentError(path, "has no text layer", "Have its pictures read by a text recogniser first.")
    return text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text
