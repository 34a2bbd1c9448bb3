"""QR codes for pages. (Those on paper are drawn by stamped.py and evidence.py.)"""

from __future__ import annotations

import segno

_QUIET = 4  # modules of white around a code, as its standard has it


def on_page(content: str) -> str:
    """The code as the address of a picture (SVG within it): black on white in the dark too, or no camera reads it."""
    made = segno.make(content, error="m", micro=False)
    address: str = made.svg_data_uri(scale=4, border=_QUIET, dark="#000", light="#fff", encode_minimal=True)
    return address
