"""The words of a Word file of our own making, for whoever checks what it says."""

from __future__ import annotations

import html
import io
import re
import zipfile

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")


def words_of(docx: bytes) -> str:
    """A line for each paragraph, runs joined as a reader sees them. ValueError when it is no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            document = package.read("word/document.xml").decode()
    except (zipfile.BadZipFile, KeyError) as fault:
        raise ValueError("not a Word file") from fault
    paragraphs = (_TEXT.findall(found[0]) for found in _PARAGRAPH.finditer(document))
    return "\n".join(html.unescape("".join(runs)) for runs in paragraphs)
