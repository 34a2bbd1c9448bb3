"""The words of a Word file of our own making, for whoever checks what it says."""

from __future__ import annotations

import html
import io
import re
import zipfile

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")
_SAYING = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


def words_of(docx: bytes) -> str:
    """A line for each paragraph, those of heads and feet too, runs joined as read. ValueError when it is no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            parts = [package.read(name).decode() for name in package.namelist() if _SAYING.fullmatch(name)]
    except zipfile.BadZipFile as fault:
        raise ValueError("not a Word file") from fault
    paragraphs = (_TEXT.findall(found[0]) for part in parts for found in _PARAGRAPH.finditer(part))
    return "\n".join(html.unescape("".join(runs)) for runs in paragraphs)
