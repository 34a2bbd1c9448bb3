"""Pictures of a template: real ones of every kind that Word keeps, and what only says that it is one."""

from __future__ import annotations

import gzip
import io
import struct

import pytest
from PIL import Image

from memos.docx import TemplateProblem
from memos.docx.media import MOST_PIXELS, check_pictures
from memos.docx.reading import read_parts
from tests import make_templates
from tests.memos import wordfiles as word

EMF = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(40)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(40)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{}"/></Relationships>'
)


def drawn(kind: str, size: tuple[int, int] = (3, 2)) -> bytes:
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("name", make_templates.SHIPPED)
def test_shipped_templates_bring_good_pictures(name: str) -> None:
    check_pictures(read_parts(word.shipped(name)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_pictures_of_points_are_good(kind: str) -> None:
    check_pictures({f"word/media/image1.{kind.lower()}": drawn(kind)})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.emf", EMF),
        ("a.wmf", WMF),
        ("a.emz", gzip.compress(EMF, mtime=0)),
        ("a.wmz", gzip.compress(WMF, mtime=0)),
        ("a.svg", SVG),
    ],
    ids=["emf", "wmf", "emz", "wmz", "svg"],
)
def test_drawings_of_lines_are_good(name: str, data: bytes) -> None:
    check_pictures({f"word/media/{name}": data})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", b"<html></html>"),
        ("a.png", drawn("PNG")[:20]),
        ("a.emz", gzip.compress(b"anything", mtime=0)),
        ("a.emz", b"\x1f\x8b broken"),
        ("a.svg", b"<html/>"),
        ("a.svg", b"no picture"),
    ],
    ids=["nothing", "a page", "cut off", "packed words", "broken", "a page as svg", "words"],
)
def test_what_is_no_picture_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(TemplateProblem):
        check_pictures({f"word/media/{name}": data})


def test_a_picture_that_lies_elsewhere_is_found_by_its_link() -> None:
    parts = {"word/_rels/header1.xml.rels": LINKS.format("../other/a.png").encode(), "other/a.png": b"no"}
    with pytest.raises(TemplateProblem, match="a.png"):
        check_pictures(parts)
    check_pictures({"word/_rels/header1.xml.rels": LINKS.format("/lost.png").encode()})


def test_pixels_count_in_all_pictures_together() -> None:
    """Word shows a picture twice and keeps it once; two pictures are two."""
    half = drawn("PNG", (5_000, MOST_PIXELS // 10_000))
    check_pictures({"word/media/a.png": half, "word/media/b.png": half})
    with pytest.raises(TemplateProblem, match="ล้านจุด"):
        check_pictures({"word/media/a.png": half, "word/media/b.png": half, "word/media/c.png": drawn("GIF")})


def test_a_head_that_claims_a_billion_pixels_is_not_believed() -> None:
    with pytest.raises(TemplateProblem, match="ล้านจุด"):
        check_pictures({"word/media/a.png": word.png_of(40_000, 40_000)})
