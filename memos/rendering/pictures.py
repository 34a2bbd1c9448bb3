"""From PDF to one small PNG a page, by poppler and Pillow."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from PIL import Image

MOST_PAGES = 60
# Pixels of the longer side: 110 dots an inch on A4. Said as a length, an odd page size cannot fill the memory.
LONGER_SIDE = 1287
# Shades of a page in black and white, and colours of one with a coloured signature or seal: a third of the bytes.
_SHADES, _COLOURS = 16, 64
_SECONDS = 60
_PAGES = re.compile(rb"^Pages:\s+(\d+)", re.MULTILINE)


class PopplerAbsent(Exception):
    """pdftoppm and pdfinfo are not installed."""


def of_pages(pdf: bytes, folder: Path) -> int:
    """``folder``/1.png, 1.small.png, 2.png … of the first ``MOST_PAGES`` pages. Returns how many pages the PDF has.

    CalledProcessError or TimeoutExpired when poppler does not get on with it.
    """
    if not shutil.which("pdftoppm") or not shutil.which("pdfinfo"):
        raise PopplerAbsent
    source = folder / "pages.pdf"
    source.write_bytes(pdf)
    try:
        said = subprocess.run(["pdfinfo", source], check=True, capture_output=True, timeout=_SECONDS).stdout
        subprocess.run(
            ["pdftoppm", "-png", "-scale-to", str(LONGER_SIDE), "-l", str(MOST_PAGES), source, folder / "page"],
            check=True, capture_output=True, timeout=_SECONDS,
        )  # fmt: skip
    finally:
        source.unlink()
    for picture in folder.glob("page-*.png"):
        number = int(picture.stem.removeprefix("page-"))
        _make_small(picture, folder / f"{number}.small.png")
        picture.rename(folder / f"{number}.png")
    found = _PAGES.search(said)
    return int(found[1]) if found else 0


def _make_small(picture: Path, overview: Path) -> None:
    """The page in few colours, since letters need no millions of shades; and at half its size, to be looked over."""
    with Image.open(picture, formats=["PNG"]) as page:
        colours = _COLOURS if _is_coloured(page) else _SHADES
        whole = page.convert("RGB")
    half = whole.resize((whole.width // 2 or 1, whole.height // 2 or 1), Image.Resampling.LANCZOS)
    for image, path, most in ((whole, picture, colours), (half, overview, colours // 2)):
        image.quantize(most, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)


def _is_coloured(page: Image.Image) -> bool:
    """Whether any dot's saturation is seen as a colour."""
    saturation = page.convert("HSV").getchannel("S").point(lambda value: 255 if value > _SEEN else 0)
    return saturation.getbbox() is not None


_SEEN = 40  # of 255
