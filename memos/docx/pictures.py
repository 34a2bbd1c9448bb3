"""Pictures that a document brings along: the authority's garuda and the signatures."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from memos.docx.problems import DocumentProblem
from memos.docx.words import PIC, WP, A, R

EMU_PER_CM = 360_000
# A signature's room on paper: as high as the garuda, no wider than half of the right half.
SIGNATURE_HEIGHT, SIGNATURE_WIDTH = 3 * EMU_PER_CM // 2, 5 * EMU_PER_CM
_SUFFIXES = {"PNG": "png", "JPEG": "jpg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with its size in pixels; `file` is its name inside the Word file, from its hash."""

    data: bytes
    width: int
    height: int
    file: str


@lru_cache(maxsize=64)
def read_picture(data: bytes) -> Picture:
    """DocumentProblem for anything but a PNG or JPEG. Only the picture's head is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_SUFFIXES)) as image:
                (width, height), kind = image.size, image.format or ""
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError, OSError, ValueError,
            SyntaxError) as error:  # fmt: skip
        raise DocumentProblem(_("ภาพครุฑหรือลายมือชื่อต้องเป็นไฟล์ PNG หรือ JPEG ที่เปิดได้")) from error
    return Picture(data, width, height, f"{hashlib.sha256(data).hexdigest()[:16]}.{_SUFFIXES[kind]}")


class Numbers:
    """Drawing numbers are unique in the whole document, over all of its parts."""

    def __init__(self) -> None:
        self.last = 0


@dataclass(slots=True)
class Pictures:
    """The pictures of one part: each picture once, however often it is shown."""

    numbers: Numbers
    used: dict[str, Picture] = field(default_factory=dict)

    def next_id(self) -> int:
        self.numbers.last += 1
        return self.numbers.last

    def link(self, picture: Picture) -> str:
        """The relationship id of the picture in this part."""
        self.used[picture.file] = picture
        return relationship_id(picture)

    def inline(self, picture: Picture) -> str:
        """A `<w:drawing>` in the line, scaled into a signature's room."""
        scale = min(SIGNATURE_HEIGHT / picture.height, SIGNATURE_WIDTH / picture.width)
        cx, cy = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
        number, link = self.next_id(), self.link(picture)
        return (
            f'<w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
            f'<wp:docPr id="{number}" name="ลายมือชื่อ {number}" descr="ลายมือชื่อ"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}"><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="{picture.file}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip xmlns:r="{R}" r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )


def relationship_id(picture: Picture) -> str:
    return "rIdP" + picture.file.partition(".")[0]
