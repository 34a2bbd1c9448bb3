"""The codes that the words of a PDF carry (five groups of four digits, as our paper prints them); runs in the child only."""

from __future__ import annotations

import re
import subprocess

MOST = 20
_SECONDS = 8
# Whoever lays out a page may break a line after a hyphen.
_CODE = re.compile(r"(?<![0-9A-F-])[0-9A-F]{4}(?:-\s?[0-9A-F]{4}){4}(?![0-9A-F-])")


def read_codes(data: bytes) -> list[str]:
    """At most ``MOST`` codes in the order of the pages, each once; none where poppler cannot read the file."""
    said = subprocess.run(
        ["pdftotext", "-q", "-enc", "UTF-8", "-", "-"],  # noqa: S607  # of the child's own PATH
        input=data,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    text = said.stdout.decode("utf-8", "replace").replace("\u2010", "-").replace("\u2011", "-")
    found = (re.sub(r"\s", "", code) for code in _CODE.findall(text))
    return list(dict.fromkeys(found))[:MOST]
