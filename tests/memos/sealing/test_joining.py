"""Joined PDFs: pages in order, one description of colours, one tree of structure, attachments with their relation."""

from __future__ import annotations

import datetime
import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree

from memos.sealing import joining
from memos.sealing.evidence import code_picture
from memos.sealing.joining import Attachment
from tests.memos.sealing import instant

MOMENT = datetime.datetime(2026, 10, 1, 3, 4, 5, tzinfo=datetime.UTC)
FILES = [
    Attachment("memo.docx", b"one", "application/octet-stream", "Source", "บันทึกข้อความ"),
    Attachment("content.json", b"{}", "application/json", "Data", "เนื้อหา"),
]


def _tagged(number: int, paragraphs: int) -> bytes:
    """A page with a heading and paragraphs, as LibreOffice numbers them: each PDF begins at 0."""
    with pikepdf.Pdf.open(io.BytesIO(instant.page(number))) as pdf:
        page = pdf.pages[0].obj
        page.StructParents = 0
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Kop=Name.P)))
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, Pg=page))
        words = [
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page, K=index))
            for index in range(paragraphs)
        ]
        document.K, root.K = Array(words), Array([document])
        tree = NumberTree.new(pdf)
        tree[0] = Array(words)
        root.ParentTree = tree.obj
        pdf.Root.StructTreeRoot = root
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def _opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(data))


def test_equal_parts_give_equal_bytes_and_other_ones_others() -> None:
    pdfs = [instant.page(1), instant.page(2)]
    one = joining.joined(pdfs, FILES, "รายงาน", MOMENT)
    assert one == joining.joined(pdfs, FILES, "รายงาน", MOMENT)
    assert one != joining.joined(pdfs[::-1], FILES, "รายงาน", MOMENT)


def test_pages_description_and_attachments() -> None:
    with _opened(joining.joined([instant.page(n) for n in (1, 2, 3)], FILES, "รายงาน", MOMENT)) as pdf:
        assert [int(page.mediabox[3]) for page in pdf.pages] == [843, 844, 845]
        assert len(pdf.Root.OutputIntents) == 1
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == "รายงาน"
        assert pdf.Root.Lang == "th-TH"
        relations = {str(one.UF): str(one.AFRelationship) for one in pdf.Root.AF}
        assert relations == {"memo.docx": "/Source", "content.json": "/Data"}
        assert {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()} == {
            "memo.docx": b"one",
            "content.json": b"{}",
        }
        assert {str(one.EF.F.Subtype) for one in pdf.Root.AF} == {
            "/application/octet-stream",
            "/application/json",
        }


def test_the_structure_of_all_is_one_tree_that_finds_its_pages() -> None:
    with _opened(joining.joined([_tagged(1, 2), _tagged(2, 3)], [], "รายงาน", MOMENT)) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        assert str(document.S) == "/Document"
        parts = list(document.K)
        assert [(str(part.S), len(part.K)) for part in parts] == [("/Part", 2), ("/Part", 3)]
        assert [part.Pg.objgen for part in parts] == [page.obj.objgen for page in pdf.pages]
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        assert numbers == [0, 1]
        tree = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for number, part in zip(numbers, parts, strict=True):
            assert [one.objgen for one in tree[number]] == [one.objgen for one in part.K]
        assert pdf.Root.MarkInfo.Marked


def test_without_structure_in_one_there_is_none() -> None:
    with _opened(joining.joined([_tagged(1, 2), instant.page(2)], [], "รายงาน", MOMENT)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(pikepdf.PdfError):
        joining.joined([b"no PDF"], [], "รายงาน", MOMENT)


def test_the_code_is_read_again() -> None:
    import zxingcpp
    from PIL import Image

    words = "http://127.0.0.1:8000/v/0F3A-91C0-77D2-4BE8-A651"
    with Image.open(io.BytesIO(code_picture(words))) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert found.text == words
