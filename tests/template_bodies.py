"""The bodies of the shipped Word templates: their paragraphs, the opinions side by side, the prototype table."""

from __future__ import annotations

from memos.docx.pictures import EMU_PER_CM
from memos.docx.words import PIC
from tests import draw_emblem

TAB = "<w:r><w:tab/></w:r>"
UPRIGHT, ACROSS = (
    '<w:pgSz w:w="11906" w:h="16838"/>',
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>',
)
_HALF_CELL = 4535  # half of the memo's text, in twentieths of a point


def run(text: str, style: str = "") -> str:
    formatting = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{formatting}<w:t xml:space="preserve">{text}</w:t></w:r>'


def label(text: str) -> str:
    return run(text, "MemoLabel")


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """`extra`: properties that the schema puts between the style and the tab stops."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def margins(*, top: int, right: int, bottom: int, left: int, header: int = 425) -> str:
    return (
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{header}" w:footer="425" w:gutter="0"/>'
    )


MEMO_PAGE = UPRIGHT + margins(top=850, right=1134, bottom=1134, left=1701)
# The secrecy class must not push the values off the lines that are printed on the paper.
PRINTED_PAGE = UPRIGHT + margins(top=850, right=1134, bottom=1134, left=1701, header=200)
TABLE_PAGE = ACROSS + margins(top=1134, right=1134, bottom=850, left=1134)
SUMMARY_PAGE = UPRIGHT + margins(top=1134, right=1134, bottom=1134, left=1134)


def memo() -> str:
    return _printed_head() + _addresses_and_body() + _opinion()


def memo_two_columns() -> str:
    """The opinions stand side by side, two in a row of a table without lines."""
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="{_HALF_CELL}" w:type="dxa"/></w:tcPr>'
        f"{_opinion('Half', heading='HalfHeading')}</w:tc>"
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{2 * _HALF_CELL}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{f'<w:gridCol w:w={chr(34)}{_HALF_CELL}{chr(34)}/>' * 2}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell * 2}</w:tr></w:tbl>"
    )
    return _printed_head() + _addresses_and_body() + table


def memo_preprinted() -> str:
    """Nothing of the printed head; the speed class is stamped where memo.docx has it, and moves nothing."""
    stamp = '<w:framePr w:w="3400" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:x="1191" w:y="990"/>'
    head = "".join((
        paragraph("UrgencyStamp", run("{{ชั้นความเร็ว}}"), extra=stamp),
        paragraph("PrintedOffice", TAB, run("{{ส่วนราชการ}}")),
        paragraph("PrintedNumber", TAB, run("{{ที่}}"), TAB, run("{{วันที่}}")),
        paragraph("PrintedSubject", TAB, run("{{เรื่อง}}")),
    ))  # fmt: skip
    return head + _addresses_and_body() + _opinion()


def _printed_head() -> str:
    return "".join((
        paragraph("MemoTitle", garuda(), TAB, run("{{ชั้นความเร็ว}}", "Urgency"), TAB, run("บันทึกข้อความ")),
        paragraph("MemoHead", label("ส่วนราชการ"), run("  {{ส่วนราชการ}}"), TAB),
        paragraph("MemoNumber", label("ที่"), run("  {{ที่}}"), TAB, label(" วันที่"), run("  {{วันที่}}"), TAB),
        paragraph("MemoHead", label("เรื่อง"), run("  {{เรื่อง}}"), TAB),
    ))  # fmt: skip


def _addresses_and_body() -> str:
    return "".join((
        *(paragraph("MemoAddress", run(name), TAB, run(f"{{{{{name}}}}}")) for name in ("เรียน", "ผ่าน", "อ้างถึง")),
        paragraph("MemoEnclosure", run("สิ่งที่ส่งมาด้วย"), TAB, run("{{สิ่งที่ส่งมาด้วย}}")),
        paragraph("MemoBody", run("{{เนื้อความ}}")),
        paragraph("DrafterRoom", run("{{ลายมือชื่อผู้เสนอ}}")),
        paragraph("Signer", run("({{ชื่อผู้เสนอ}})")),
        paragraph("Signer", run("{{ตำแหน่งผู้เสนอ}}")),
        paragraph("Signer", run("{{วันที่ผู้เสนอ}}")),
    ))  # fmt: skip


def _opinion(prefix: str = "", heading: str = "OpinionHeading") -> str:
    return "".join((
        paragraph(heading, run("{{หัวข้อความเห็น}}")),
        paragraph(f"{prefix}Opinion", run("{{หมายเหตุ}}")),
        paragraph(f"{prefix}Opinion", run("{{ความเห็น}}")),
        paragraph(f"{prefix}OpinionRoom", run("{{ลายมือชื่อ}}")),
        paragraph(f"{prefix}Signer", run("({{ชื่อ}})")),
        paragraph(f"{prefix}Signer", run("{{ตำแหน่ง}}")),
        paragraph(f"{prefix}Signer", run("{{ลงวันที่}}")),
    ))  # fmt: skip


def measures() -> str:
    """The authority's part of the cover is a frame in the lower half of the page, however long the heading is."""
    low = '<w:framePr w:w="9638" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" w:y="11900"/>'
    return "".join((
        paragraph("CoverTitle", run("{{ปก}}")),
        paragraph("CoverAuthority", run("{{ปกหน่วยงาน}}"), extra=low),
        paragraph("ReportTitle", run("{{ชื่อรายงาน}}"), extra="<w:pageBreakBefore/>"),
        paragraph("SectionHeading", run("{{หัวข้อส่วน}}")),
        paragraph("SectionText", run("{{คำนำ}}")),
        "<w:tbl><w:tblPr>", '<w:tblStyle w:val="MeasureTable"/><w:tblW w:w="14570" w:type="dxa"/>',
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"',
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="14570"/></w:tblGrid>',
        '<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="14570" w:type="dxa"/>',
        '<w:vAlign w:val="center"/></w:tcPr>', paragraph("TableHeading", run("{{หัวคอลัมน์}}")), "</w:tc></w:tr>",
        '<w:tr><w:tc><w:tcPr><w:tcW w:w="14570" w:type="dxa"/></w:tcPr>', paragraph("TableText", run("{{ข้อมูล}}")),
        "</w:tc></w:tr></w:tbl>",
        paragraph("SectionText", run("{{คำลงท้าย}}")),
    ))  # fmt: skip


def summary() -> str:
    return "".join((
        paragraph("SummaryTitle", run("สรุปสำหรับผู้บริหาร ปีงบประมาณ พ.ศ. {{ปีงบประมาณ}}")),
        paragraph("SummaryAuthority", run("{{หน่วยงาน}}")),
        paragraph("SummaryTitle", run("{{ชื่อรายงาน}}")),
        paragraph("SummaryFigures", run("{{จำนวนมาตรการ}} มาตรการ  {{จำนวนกิจกรรม}} กิจกรรม  มีผลการดำเนินการแล้ว {{มีผลแล้ว}} กิจกรรม")),
        paragraph("SummaryFigures", run("ยังไม่มีการดำเนินการ {{ยังไม่ดำเนินการ}} กิจกรรม")),
        paragraph("SummaryFigures", run("ยังไม่ได้กรอกผล {{ยังไม่มีผล}} กิจกรรม")),
        paragraph("SummaryHeading", run("มาตรการ"), TAB, run("สถานะ")),
        paragraph("SummaryLine", run("{{มาตรการ}}")),
        paragraph("SummaryAsk", run("{{ข้อเสนอ}}")),
    ))  # fmt: skip


def garuda() -> str:
    """The picture stands 3 cm from the left and 1.5 cm from the top edge, 1.5 cm high; lengths in EMU."""
    height = 3 * EMU_PER_CM // 2
    width = height * draw_emblem.WIDTH // draw_emblem.HEIGHT
    offset = '<wp:position{0} relativeFrom="{1}"><wp:posOffset>{2}</wp:posOffset></wp:position{0}>'.format
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{offset("H", "margin", 0)}{offset("V", "page", height)}<wp:extent cx="{width}" cy="{height}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="1" name="ครุฑ" descr="{{ครุฑ}}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="garuda.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId9"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
