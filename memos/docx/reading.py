"""Opens a Word file that somebody uploaded: the zip's directory is judged before anything is unpacked (archives_in.py)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from memos.archives_in import Suspect, unpacked
from memos.docx.problems import TemplateProblem

DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CONTENT_TYPES = "[Content_Types].xml"
# Sentinels of the compiler; Unicode reserves these code points for such inner use.
SENTINELS = ("\ufdd0", "\ufdd1")


def read_parts(docx: bytes) -> dict[str, bytes]:
    """Every part by its name, in the file's order. TemplateProblem when it is no Word file or beyond the limits."""
    try:
        parts = unpacked(docx)
    except Suspect as suspect:
        raise TemplateProblem(_sentence(suspect)) from suspect
    _check_kind(parts)
    return parts


def _sentence(suspect: Suspect) -> str:
    match suspect.reason:
        case "too-large":
            return _("ไฟล์ใหญ่เกิน 10 เมกะไบต์")
        case "bomb":
            return _("ไฟล์นี้ขยายแล้วใหญ่ผิดปกติ จึงไม่รับเป็นแม่แบบ")
        case "nested":
            return _("แม่แบบมีวัตถุฝังจากโปรแกรมอื่น (OLE) โปรดลบออก")
    return _("ไฟล์นี้ไม่ใช่เอกสาร Word (.docx) หรือไฟล์เสียหาย")


def _check_kind(parts: dict[str, bytes]) -> None:
    types = parts.get(CONTENT_TYPES, b"").decode("utf-8", "replace")
    if "macroEnabled" in types or any(
        name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in parts
    ):
        raise TemplateProblem(_("แม่แบบมีมาโคร โปรดบันทึกใหม่เป็นเอกสาร Word (.docx) ที่ไม่มีมาโคร"))
    if DOCUMENT_TYPE not in types or "word/document.xml" not in parts or "_rels/.rels" not in parts:
        raise TemplateProblem(_("ไฟล์นี้ไม่ใช่เอกสาร Word (.docx) หรือไฟล์เสียหาย"))
    if any("/embeddings/" in name or "/activeX/" in name for name in parts):
        raise TemplateProblem(_("แม่แบบมีวัตถุฝังจากโปรแกรมอื่น (OLE) โปรดลบออก"))
    for name, data in parts.items():
        if name.endswith(".rels"):
            _check_relationships(data)


def _check_relationships(data: bytes) -> None:
    for relationship in parse_xml(data).iter(RELATIONSHIP):
        if relationship.get("TargetMode") != "External":
            continue
        what = relationship.get("Type", "").rpartition("/")[2]
        raise TemplateProblem(
            _("แม่แบบอ้างถึงสิ่งที่อยู่นอกไฟล์ (%(what)s: %(target)s) โปรดลบลิงก์หรือฝังภาพไว้ในไฟล์")
            % {"what": what, "target": relationship.get("Target", "")[:80]}
        )


def parse_xml(data: bytes) -> etree._Element:
    """The root of one part, without entities, comments or processing instructions. TemplateProblem when malformed."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateProblem(_("ไฟล์นี้ไม่ใช่เอกสาร Word (.docx) หรือไฟล์เสียหาย")) from error
    if root.getroottree().docinfo.doctype:
        raise TemplateProblem(_("ไฟล์นี้ไม่ใช่เอกสาร Word (.docx) หรือไฟล์เสียหาย"))
    return root
