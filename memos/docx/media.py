"""Pictures that a template brings along, looked at before anything draws them: a small file can claim a billion pixels.

Only heads are read, nothing is decoded. Runs in the child process.
"""

from __future__ import annotations

import io
import posixpath
import warnings
import zlib
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from ita_core import language
from memos.docx.problems import TemplateProblem
from memos.docx.reading import RELATIONSHIP, parse_xml

MOST_PIXELS = 40_000_000
"""In all pictures together: a sheet of A4 scanned at 600 dots an inch has 35 million."""
_RASTER = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_GZIP = b"\x1f\x8b"
_HEAD = 64


def check_pictures(parts: Mapping[str, bytes]) -> None:
    """TemplateProblem for a picture that is none, and for more pixels than a page needs."""
    pixels = 0
    for name in sorted(_pictures(parts)):
        pixels += _pixels(name, parts[name])
        if pixels > MOST_PIXELS:
            sentence = _("ภาพในแม่แบบละเอียดเกินไป (รวมเกิน %(most)s ล้านจุด) โปรดย่อภาพก่อนใส่ใน Word แล้วส่งใหม่")
            raise TemplateProblem(sentence % {"most": language.shown(MOST_PIXELS // 1_000_000)})


def _pictures(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Names of the parts that some part shows as a picture, and of all that lie among these."""
    found = {name for name in parts if name.startswith("word/media/")}
    for name, part in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in parse_xml(part).iter(RELATIONSHIP):
            if link.get("Type", "").endswith("/image"):
                target = posixpath.join("/", folder, link.get("Target", ""))
                found.add(posixpath.normpath(target).lstrip("/"))
    yield from found & parts.keys()


def _pixels(name: str, data: bytes) -> int:
    """0 for a drawing of lines, which has none."""
    head = _head(data)
    if _is_drawing(head) or (name.lower().endswith(".svg") and _is_svg(data)):
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_RASTER) as image:
                return image.width * image.height
    except Image.DecompressionBombError:
        return MOST_PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        sentence = _("“%(name)s” ในแม่แบบไม่ใช่ภาพที่เปิดได้ โปรดลบภาพนั้นใน Word หรือใส่ใหม่เป็น PNG หรือ JPEG")
        raise TemplateProblem(sentence % {"name": posixpath.basename(name)[:80]}) from error


def _head(data: bytes) -> bytes:
    """The first bytes; of a packed drawing (.emz, .wmz) those within."""
    if not data.startswith(_GZIP):
        return data[:_HEAD]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _HEAD)
    except zlib.error:
        return b""


def _is_drawing(head: bytes) -> bool:
    """Windows' own: EMF, WMF with and without a placing header."""
    return head[40:44] == b" EMF" or head.startswith(
        (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
    )


def _is_svg(data: bytes) -> bool:
    return str(parse_xml(data).tag).rpartition("}")[2] == "svg"
