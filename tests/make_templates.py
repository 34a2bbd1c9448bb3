"""Builds the shipped Word templates and the placeholder lists of their README: `python -m tests.make_templates`.

Measures are those of the guide to official correspondence: A4, 16 pt letters in lines of exactly 20.8 pt, head labels
20 pt, title 29 pt in 35 pt. Lengths below are in twentieths of a point (567 = 1 cm) unless they say EMU.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from memos.docx.package import as_is, deflated, write_zip
from memos.docx.pictures import EMU_PER_CM
from memos.docx.placeholders import Template, as_markdown
from memos.docx.words import PACKAGE_RELATIONSHIPS, PIC, WP, A, R, W
from tests import draw_emblem
from tests.template_styles import fonts, settings, styles, theme

FOLDER = Path(__file__).resolve().parent.parent / "templates_docx"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("document.main", "styles", "settings", "fontTable", "header", "header", "footer")
_FILES = ("document", "styles", "settings", "fontTable", "header1", "header2", "footer1")


def memo() -> bytes:
    body = "".join((
        paragraph("MemoTitle", garuda(), TAB, run("{{ชั้นความเร็ว}}", "Urgency"), TAB, run("บันทึกข้อความ")),
        paragraph("MemoHead", label("ส่วนราชการ"), run("  {{ส่วนราชการ}}"), TAB),
        paragraph("MemoNumber", label("ที่"), run("  {{ที่}}"), TAB, label(" วันที่"), run("  {{วันที่}}"), TAB),
        paragraph("MemoHead", label("เรื่อง"), run("  {{เรื่อง}}"), TAB),
        *(paragraph("MemoAddress", run(name), TAB, run(f"{{{{{name}}}}}")) for name in ("เรียน", "ผ่าน", "อ้างถึง")),
        paragraph("MemoEnclosure", run("สิ่งที่ส่งมาด้วย"), TAB, run("{{สิ่งที่ส่งมาด้วย}}")),
        paragraph("MemoBody", run("{{เนื้อความ}}")),
        paragraph("DrafterRoom", run("{{ลายมือชื่อผู้เสนอ}}")),
        paragraph("Signer", run("({{ชื่อผู้เสนอ}})")),
        paragraph("Signer", run("{{ตำแหน่งผู้เสนอ}}")),
        paragraph("Signer", run("{{วันที่ผู้เสนอ}}")),
        paragraph("OpinionHeading", run("{{หัวข้อความเห็น}}")),
        paragraph("Opinion", run("{{หมายเหตุ}}")),
        paragraph("Opinion", run("{{ความเห็น}}")),
        paragraph("OpinionRoom", run("{{ลายมือชื่อ}}")),
        paragraph("Signer", run("({{ชื่อ}})")),
        paragraph("Signer", run("{{ตำแหน่ง}}")),
        paragraph("Signer", run("{{ลงวันที่}}")),
    ))  # fmt: skip
    page = '<w:pgSz w:w="11906" w:h="16838"/>' + margins(top=850, right=1134, bottom=1134, left=1701)
    return package(body, page, {"garuda.png": draw_emblem.emblem()})


def measures() -> bytes:
    first = '<w:p><w:pPr><w:pStyle w:val="ReportTitle"/><w:pageBreakBefore/></w:pPr>'
    body = "".join((
        first + run("{{ชื่อรายงาน}}") + "</w:p>",
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
    page = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' + margins(
        top=1134, right=1134, bottom=850, left=1134
    )
    return package(body, page, {})


TAB = "<w:r><w:tab/></w:r>"


def run(text: str, style: str = "") -> str:
    formatting = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{formatting}<w:t xml:space="preserve">{text}</w:t></w:r>'


def label(text: str) -> str:
    return run(text, "MemoLabel")


def paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def margins(*, top: int, right: int, bottom: int, left: int) -> str:
    return (
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        ' w:header="425" w:footer="425" w:gutter="0"/>'
    )


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


def package(body: str, page: str, media: dict[str, bytes]) -> bytes:
    namespaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'
    references = (
        '<w:headerReference w:type="first" r:id="rId4"/><w:headerReference w:type="default" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId6"/><w:footerReference w:type="default" r:id="rId6"/>'
    )
    setup = f'<w:sectPr>{references}{page}<w:pgNumType w:fmt="thaiNumbers"/><w:titlePg/></w:sectPr>'
    secrecy = paragraph("Secrecy", run("{{ชั้นความลับ}}"))
    texts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}{setup}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(_document_links(media)),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": f"<w:hdr {namespaces}>{secrecy}</w:hdr>",
        "word/header2.xml": f"<w:hdr {namespaces}>{secrecy}{page_number()}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {namespaces}>{secrecy}</w:ftr>",
    }
    parts = {name: deflated((_XML + text).encode("utf-8")) for name, text in texts.items()}
    return write_zip(parts | {f"word/media/{name}": as_is(data) for name, data in media.items()})


def _document_links(media: dict[str, bytes]) -> list[tuple[str, str, str]]:
    kinds = ("styles", "settings", "fontTable", "header", "header", "footer")
    links = [
        (f"rId{i}", kind, f"{file}.xml")
        for i, (kind, file) in enumerate(zip(kinds, _FILES[1:], strict=True), 1)
    ]
    links.append(("rId8", "theme", "theme/theme1.xml"))
    return links + [("rId9", "image", f"media/{name}") for name in media]


def page_number() -> str:
    """- ๒ -, as a field that counts in the section's Thai digits."""
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inner}' for kind, inner in (
        ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
        ("separate", run("๒")),
        ("end", ""),
    ))  # fmt: skip
    return paragraph("PageNumber", run("- "), field, run(" -"))


def content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{file}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for file, kind in zip(_FILES, _PARTS, strict=True)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}<Override PartName="/word/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )


def relationships(links: list[tuple[str, str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>' for name, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{items}</Relationships>'


def with_lists(readme: str) -> str:
    """The README with its two placeholder lists as the code has them now."""
    for kind in get_args(Template):
        before, _mark, rest = readme.partition(f"<!-- {kind} -->\n")
        _old, mark, after = rest.partition(f"<!-- /{kind} -->")
        readme = f"{before}<!-- {kind} -->\n{as_markdown(kind)}{mark}{after}"
    return readme


if __name__ == "__main__":
    (FOLDER / "memo.docx").write_bytes(memo())
    (FOLDER / "measures.docx").write_bytes(measures())
    readme_file = FOLDER / "README.md"
    readme_file.write_text(with_lists(readme_file.read_text(encoding="utf-8")), encoding="utf-8")
