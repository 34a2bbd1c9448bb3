"""What a template may not hold, and what Word leaves in a file that means nothing on paper."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.problems import TemplateProblem
from memos.docx.reading import SENTINELS, parse_xml
from memos.docx.words import W, w

_NOISE = ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "permStart", "permEnd")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_COMMENTS = ("commentReference", "commentRangeStart", "commentRangeEnd")
_FETCHING_FIELD = re.compile(r"\b(INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE)
_LARGEST = 1024**2  # bytes of one body, header or footer; ours have 12 kB, one typed in Word some 100 kB
# Word demands these unique; a copied paragraph would bring its own twice.
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


def clean_part(data: bytes) -> etree._Element:
    """The root of a body, header or footer, ready for marking. TemplateProblem for what a template may not hold."""
    if len(data) > _LARGEST:
        raise TemplateProblem(_("ไฟล์นี้ขยายแล้วใหญ่ผิดปกติ จึงไม่รับเป็นแม่แบบ"))
    if any(sentinel in data.decode("utf-8", "replace") for sentinel in SENTINELS):
        raise TemplateProblem(_("แม่แบบมีอักขระที่ไม่ใช่ตัวอักษร โปรดพิมพ์ข้อความในแม่แบบใหม่"))
    root = parse_xml(data)
    if root.nsmap.get("w") != W:
        raise TemplateProblem(_("โปรดบันทึกแม่แบบเป็น “เอกสาร Word (.docx)” ไม่ใช่ Strict Open XML หรือรูปแบบอื่น"))
    _refuse(root)
    _unwrap_controls(root)
    for name in _NOISE:
        for element in list(root.iter(w(name))):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for paragraph in root.iter(w("p")):
        paragraph.attrib.pop(_PARAGRAPH_ID, None)
    return root


def _refuse(root: etree._Element) -> None:
    if next(root.iter(*map(w, _TRACKED)), None) is not None:
        raise TemplateProblem(_("แม่แบบยังมีการติดตามการเปลี่ยนแปลง (Track Changes) โปรดยอมรับหรือปฏิเสธให้ครบก่อน"))
    if next(root.iter(*map(w, _COMMENTS)), None) is not None:
        raise TemplateProblem(_("แม่แบบยังมีข้อคิดเห็น (Comments) โปรดลบก่อน"))
    if next(root.iter(w("altChunk"), w("subDoc"), w("object")), None) is not None:
        raise TemplateProblem(_("แม่แบบมีวัตถุฝังจากโปรแกรมอื่น (OLE) โปรดลบออก"))
    instructions = "".join(element.text or "" for element in root.iter(w("instrText")))
    simple = " ".join(element.get(w("instr"), "") for element in root.iter(w("fldSimple")))
    if _FETCHING_FIELD.search(f"{instructions} {simple}"):
        raise TemplateProblem(_("แม่แบบมีฟิลด์ที่ดึงข้อมูลจากที่อื่น โปรดลบออก"))


def _unwrap_controls(root: etree._Element) -> None:
    """Content controls give way to their contents: a paragraph that vanishes would leave an empty one behind."""
    for control in reversed(list(root.iter(w("sdt")))):
        parent, content = control.getparent(), control.find(w("sdtContent"))
        if parent is None:
            continue
        index = parent.index(control)
        parent[index : index + 1] = list(content) if content is not None else []
