"""The mark on each page that is printed to be signed by hand, and reading it back from a scan.

A QR code with the address that anybody may ask about the set, and behind ``#`` the page and how many there are: that
part never leaves a browser, so the address stays the set's own. Reading runs in the child that foreign files get
(memos.importing.child).
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageFilter

from memos.importing.grids import Unreadable

MOST_PAGES = 60
# Dots of a page's longer side when it is read: 212 an inch on A4, so that a scan of 150 is not made coarser.
LONGER_SIDE = 2480
# Dots of a picture that is opened at all: A3 at 600 an inch. JSON of the child holds three quarters of 16 MB.
_MOST_DOTS, _MOST_BYTES = 75_000_000, 11_000_000
_LENGTH = struct.Struct(">I")
_PDF = b"%PDF-"
_QUALITY = 80
# How many times larger, and over how many dots of the scan it is softened: a scanner's noise is finer than the code.
_ONCE_MORE = ((3, 0.4), (4, 0.6), (4, 0.0))
_SHAPE = re.compile(r"/v/([0-9A-F]{4}(?:-[0-9A-F]{4}){4})(?:#([0-9]{1,3})-([0-9]{1,3}))?\Z")


@dataclass(frozen=True)
class Mark:
    """Page ``page`` of ``of`` of the set under ``code``; zeros where only the set is named."""

    code: str
    page: int
    of: int


def text_of(address: str, page: int, of: int) -> str:
    return f"{address}#{page}-{of}"


def mark_in(text: str) -> Mark | None:
    """None for a QR code that is not ours: pages may carry others."""
    found = _SHAPE.search(text)
    return Mark(found[1], int(found[2] or 0), int(found[3] or 0)) if found else None


def framed(pictures: list[bytes]) -> bytes:
    """Several pictures as one message to the child."""
    return b"".join(_LENGTH.pack(len(data)) + data for data in pictures)


# --- in the child


def read_scan(data: bytes) -> dict[str, Any]:
    """``pages``: the texts of the QR codes on each page. ``pdf``: pictures as one PDF in base 64; "" when it is one.

    Unreadable when it is neither, has too many pages, or is too large.
    """
    if data.startswith(_PDF):
        return {"pages": [_codes_on(page) for page in _pages_of(data)], "pdf": ""}
    pages = [_opened(picture) for picture in _unframed(data)]
    found = [_codes_on(page.convert("L")) for page in pages]
    return {"pages": found, "pdf": base64.b64encode(_as_pdf(pages)).decode()}


def _unframed(data: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size + length
        yield data[place - length : place]


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
        if picture.width * picture.height > _MOST_DOTS:
            raise Unreadable("too-much")
        # Only a hint for JPEG: it is then never unpacked larger than needed.
        picture.draft("RGB", (LONGER_SIDE, LONGER_SIDE))
        page = picture.convert("L" if picture.mode in ("1", "L", "I", "LA") else "RGB")
    page.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.LANCZOS)
    return page


def _as_pdf(pages: list[Image.Image]) -> bytes:
    """As large as A4 on its longer side, whatever the scanner said of its dots."""
    written = io.BytesIO()
    dots = max(max(page.size) for page in pages) / 11.69
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:], resolution=dots, quality=_QUALITY)
    if written.tell() > _MOST_BYTES:
        raise Unreadable("too-large")
    return written.getvalue()


def _pages_of(pdf: bytes) -> Iterator[Image.Image]:
    """Each page in shades of grey, one at a time."""
    command = ["pdftoppm", "-q", "-gray", "-scale-to", str(LONGER_SIDE), "-l", str(MOST_PAGES + 1), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:  # noqa: S603  # constants
        assert running.stdin is not None
        assert running.stdout is not None
        # It reads all before it draws anything; one that refuses ends early.
        with contextlib.suppress(BrokenPipeError), running.stdin:
            running.stdin.write(pdf)
        count = 0
        while (page := _next_page(running.stdout)) is not None:
            count += 1
            if count > MOST_PAGES:
                running.kill()
                raise Unreadable("too-many-pages")
            yield page
    if not count:
        raise Unreadable("encrypted" if b"/Encrypt" in pdf else "broken")


def _next_page(stream: IO[bytes]) -> Image.Image | None:
    """A PGM as poppler writes it: three lines, then a byte a dot."""
    if stream.readline().strip() != b"P5":
        return None
    width, height = (int(part) for part in stream.readline().split())
    stream.readline()
    return Image.frombytes("L", (width, height), stream.read(width * height))


def _codes_on(page: Image.Image) -> list[str]:
    """Texts of the QR codes of a page. The corners once more, larger and softer, where the whole showed none of ours."""
    found = _read(page)
    for corner in _corners(page):
        for larger, soft in _ONCE_MORE:
            if any(mark_in(text) for text in found):
                return found
            size = (corner.width * larger, corner.height * larger)
            picture = corner.resize(size, Image.Resampling.BICUBIC)
            found += _read(picture.filter(ImageFilter.GaussianBlur(soft * larger)) if soft else picture)
    return found


def _corners(page: Image.Image) -> Iterator[Image.Image]:
    """Where the mark is printed first; a page may have been scanned on its head or its side."""
    width, height = page.size
    side = max(page.size) // 7
    for left, top in ((width - side, height - side), (0, 0), (width - side, 0), (0, height - side)):
        yield page.crop((left, top, left + side, top + side))


def _read(picture: Image.Image) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [code.text[:300] for code in found]
