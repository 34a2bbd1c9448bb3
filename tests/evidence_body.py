"""The page of evidence: what was decided by whom, the code that asks about it, and the hashes of what was decided."""

from __future__ import annotations

import io

import segno

from memos.docx.pictures import EMU_PER_CM
from memos.docx.words import PIC
from tests import template_styles
from tests.template_bodies import UPRIGHT, margins, paragraph, run
from tests.template_styles import KEEP, Style

PAGE = UPRIGHT + margins(top=964, right=1134, bottom=737, left=1134)
_WIDTH, _CODE = 9638, 3 * EMU_PER_CM
# What stands beside the code ends before it.
_BESIDE = '<w:ind w:right="2000"/>'
_IN = '<w:ind w:left="284"/>'
_RULE = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'

STYLES = (
    *(style for style in template_styles.STYLES if style.key in ("Normal", "PageNumber", "Secrecy")),
    Style("EvidenceTitle", "หัวหน้าหลักฐาน", 40, True, after=60, line=520, indent=_BESIDE),
    Style("EvidenceFact", "ข้อเท็จจริงของเรื่อง", 28, line=352, indent=_BESIDE),
    Style("EvidenceHeading", "หัวข้อในหน้าหลักฐาน", 32, True, "<w:keepNext/>" + _RULE, 120, 0, 404),
    Style("EvidenceWho", "ผู้กระทำ", 28, True, KEEP, 50, 0, 352),
    Style("EvidenceDeed", "การกระทำ", 26, before_spacing=KEEP, line=336, indent=_IN),
    Style("EvidenceHash", "แฮช", 24, before_spacing="<w:keepLines/>", line=304, indent=_IN),
    Style("EvidenceText", "คำอธิบาย", 26, before_spacing="<w:keepLines/>", line=336, indent=_IN),
)  # fmt: skip


def styles() -> str:
    return template_styles.styles(STYLES)


def _sample_code() -> bytes:
    """The picture whose place the report's own code takes."""
    picture = io.BytesIO()
    segno.make("0000-0000-0000-0000-0000", error="m").save(picture, kind="png", scale=8, border=2)
    return picture.getvalue()


MEDIA = {"code.png": _sample_code()}


def body() -> str:
    return "".join((
        paragraph("EvidenceTitle", _code(), run("หลักฐานการพิจารณาและลงนามทางอิเล็กทรอนิกส์")),
        paragraph("EvidenceFact", run("{{หน่วยงาน}}")),
        paragraph("EvidenceFact", run("{{ชื่อรายงาน}}")),
        paragraph("EvidenceFact", run("เรื่อง  {{เรื่อง}}")),
        paragraph("EvidenceFact", run("ที่  {{ที่}}")),
        paragraph("EvidenceFact", run("ลงนามเมื่อ  {{ลงนามเมื่อ}}")),
        paragraph("EvidenceFact", run("รหัสตรวจสอบ  {{รหัสตรวจสอบ}}")),
        paragraph("EvidenceHeading", run("ผู้เสนอ ผู้ให้ความเห็น และผู้ลงนาม")),
        paragraph("EvidenceWho", run("{{ผู้กระทำ}}")),
        paragraph("EvidenceDeed", run("{{ตำแหน่งผู้กระทำ}}  {{ฐานะ}}")),
        paragraph("EvidenceDeed", run("{{การกระทำ}}")),
        paragraph("EvidenceDeed", run("{{ความเห็น}}")),
        paragraph("EvidenceHash", run("{{แฮชการกระทำ}}")),
        paragraph("EvidenceHeading", run("แฮช SHA-256 ของสิ่งที่ลงนาม")),
        paragraph("EvidenceHash", run("เนื้อหา  {{แฮชเนื้อหา}}")),
        paragraph("EvidenceHash", run("บันทึกข้อความ (memo.docx)  {{แฮชบันทึกข้อความ}}")),
        paragraph("EvidenceHash", run("ตารางมาตรการ (measures.docx)  {{แฮชตารางมาตรการ}}")),
        paragraph("EvidenceHeading", run("วิธีตรวจสอบ")),
        paragraph("EvidenceText", run("๑. สแกนรหัสคิวอาร์ หรือเปิด {{หน้าตรวจสอบ}} แล้วพิมพ์รหัสตรวจสอบ หรือวางไฟล์นี้ในหน้านั้น")),
        paragraph("EvidenceText", run("๒. เปิดไฟล์นี้ในโปรแกรมอ่าน PDF แล้วดูแผงลายมือชื่อ ตราประทับอิเล็กทรอนิกส์ครอบคลุมทั้งไฟล์")),
        paragraph("EvidenceText", run("๓. นำไฟล์ที่แนบมาใน PDF นี้ออกมาคำนวณแฮช SHA-256 แล้วเทียบกับแฮชข้างบน")),
        paragraph("EvidenceHeading", run("ตราประทับอิเล็กทรอนิกส์")),
        paragraph("EvidenceHash", run("{{ตราประทับ}}")),
    ))  # fmt: skip


def _code() -> str:
    """In the upper right corner of the text, 3 cm wide; lengths in EMU."""
    offset = '<wp:position{0} relativeFrom="{1}"><wp:posOffset>{2}</wp:posOffset></wp:position{0}>'.format
    right = _WIDTH * 635 - _CODE
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{offset("H", "margin", right)}{offset("V", "margin", 0)}<wp:extent cx="{_CODE}" cy="{_CODE}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="1" name="คิวอาร์" descr="{{คิวอาร์}}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId9"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{_CODE}" cy="{_CODE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
