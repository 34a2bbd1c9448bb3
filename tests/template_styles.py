"""The styles of the shipped templates: the complex-script half of every property is what Thai letters follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from memos.docx.words import A, W
from memos.summary import HANGING, STATE, WIDTH

FONT, ALTERNATIVE = "TH SarabunPSK", "TH Sarabun New"
TEXT_WIDTH, HALF = 9071, 4536  # of the memo: 16 cm and 8 cm
# Where the labels printed on the paper end: values stand as far in as behind the labels of memo.docx.
OFFICE_AT, NUMBER_AT, DATE_AT, SUBJECT_AT = 1467, 318, 5258, 644
# Only the first of several lines stands away from what is above it.
CONTEXT = "<w:contextualSpacing/>"
RED = '<w:color w:val="FF0000"/>'
KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True)
class Style:
    """`size` in half-points; `line` in twentieths of a point, exact unless `rule` says otherwise."""

    key: str
    name: str
    size: int = 0
    bold: bool = False
    before_spacing: str = ""
    before: int = 0
    after: int = 0
    line: int = 0
    rule: str = "exact"
    indent: str = ""
    align: str = ""
    colour: str = ""
    character: bool = False

    def xml(self) -> str:
        kind = "character" if self.character else "paragraph"
        base = "" if self.key == "Normal" or self.character else '<w:basedOn w:val="Normal"/>'
        default = ' w:default="1"' if self.key == "Normal" else ""
        paragraph = "" if self.character else f"<w:pPr>{self._paragraph()}</w:pPr>"
        return (
            f'<w:style w:type="{kind}"{default} w:styleId="{self.key}"><w:name w:val={quoteattr(self.name)}/>{base}<w:qFormat/>'
            f"{paragraph}<w:rPr>{self._letters()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        line = f' w:line="{self.line}" w:lineRule="{self.rule}"' if self.line else ""
        spacing = f'<w:spacing w:before="{self.before}" w:after="{self.after}"{line}/>'
        align = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        return f"{self.before_spacing}{spacing}{self.indent}{align}"

    def _letters(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        size = f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else ""
        return f"{bold}{self.colour}{size}"


def tabs(*stops: tuple[str, int, str]) -> str:
    """Tab stops as (kind, position, leader)."""
    items = (
        f'<w:tab w:val="{kind}"{leader and f" w:leader={quoteattr(leader)}"} w:pos="{at}"/>'
        for kind, at, leader in stops
    )
    return f"<w:tabs>{''.join(items)}</w:tabs>"


def _hanging(width: int) -> tuple[str, str]:
    return tabs(("left", width, "")), f'<w:ind w:left="{width}" w:hanging="{width}"/>'


_ADDRESS_TAB, _ADDRESS_INDENT = _hanging(850)
_ENCLOSURE_TAB, _ENCLOSURE_INDENT = _hanging(1361)
_RIGHT_HALF = f'<w:ind w:left="{HALF}"/>'
_FIRST_LINE = '<w:ind w:firstLine="1417"/>'
_SUMMARY_TABS = tabs(("right", WIDTH, ""))
_SUMMARY_INDENT = f'<w:ind w:left="{HANGING}" w:right="{STATE}" w:hanging="{HANGING}"/>'
_DOTS = ("right", TEXT_WIDTH, "dot")

STYLES = (
    Style("Normal", "Normal", line=416),
    Style("MemoTitle", "บันทึกข้อความ", 58, True, tabs(("left", 1191, ""), ("center", HALF, "")), 140, 100, 700),
    Style("MemoLabel", "ป้ายหัวเรื่อง", 40, True, character=True),
    # Bold comes from the title's paragraph: said twice, it is off again in Word.
    Style("Urgency", "ชั้นความเร็ว", 64, colour=RED, character=True),
    Style("MemoHead", "หัวเรื่อง", before_spacing=tabs(_DOTS), line=500),
    Style("MemoNumber", "ที่และวันที่", before_spacing=tabs(("left", HALF, "dot"), _DOTS), line=500),
    Style("MemoAddress", "เรียน", before_spacing=_ADDRESS_TAB, before=120, line=416, indent=_ADDRESS_INDENT),
    Style(
        "MemoEnclosure",
        "สิ่งที่ส่งมาด้วย",
        before_spacing=_ENCLOSURE_TAB,
        before=120,
        line=416,
        indent=_ENCLOSURE_INDENT,
    ),
    Style("MemoBody", "เนื้อความ", before=120, line=416, indent=_FIRST_LINE, align="thaiDistribute"),
    Style(
        "DrafterRoom",
        "ที่ลงชื่อผู้เสนอ",
        before_spacing=KEEP,
        line=1248,
        rule="atLeast",
        indent=_RIGHT_HALF,
        align="center",
    ),
    Style(
        "OpinionRoom",
        "ที่ลงชื่อ",
        before_spacing=KEEP,
        line=832,
        rule="atLeast",
        indent=_RIGHT_HALF,
        align="center",
    ),
    Style("Signer", "ชื่อและตำแหน่ง", before_spacing=KEEP, line=416, indent=_RIGHT_HALF, align="center"),
    Style("OpinionHeading", "หัวข้อความเห็น", 32, True, KEEP, 240, 0, 416),
    Style("Opinion", "ความเห็น", before_spacing=KEEP + tabs(_DOTS), line=416),
    Style("UrgencyStamp", "ชั้นความเร็วบนกระดาษพิมพ์หัว", 64, True, line=700, colour=RED),
    Style(
        "PrintedOffice",
        "ส่วนราชการบนกระดาษพิมพ์หัว",
        before_spacing=tabs(("left", OFFICE_AT, "")),
        before=940,
        line=500,
    ),
    Style(
        "PrintedNumber",
        "ที่และวันที่บนกระดาษพิมพ์หัว",
        before_spacing=tabs(("left", NUMBER_AT, ""), ("left", DATE_AT, "")),
        line=500,
    ),
    Style("PrintedSubject", "เรื่องบนกระดาษพิมพ์หัว", before_spacing=tabs(("left", SUBJECT_AT, "")), line=500),
    # Rows are not split across pages, so nothing in them need be told to stay together.
    Style("HalfHeading", "หัวข้อความเห็นครึ่งหน้า", 32, True, before=240, line=416),
    Style("HalfOpinion", "ความเห็นครึ่งหน้า", before_spacing=tabs(("right", 4365, "dot")), line=416),
    Style("HalfOpinionRoom", "ที่ลงชื่อครึ่งหน้า", line=832, rule="atLeast", align="center"),
    Style("HalfSigner", "ชื่อและตำแหน่งครึ่งหน้า", line=416, align="center"),
    Style("PageNumber", "เลขหน้า", after=240, line=416, align="center"),
    Style("Secrecy", "ชั้นความลับ", 64, True, line=640, align="center", colour=RED),
    Style("CoverTitle", "หน้าปก", 64, True, before=2400, line=832, indent=CONTEXT, align="center"),
    Style("CoverAuthority", "หน่วยงานบนหน้าปก", 56, True, line=728, align="center"),
    Style("ReportTitle", "ชื่อรายงาน", 32, True, "<w:keepNext/>", 0, 120, 416, indent=CONTEXT, align="center"),
    Style("SectionHeading", "หัวข้อส่วน", 32, True, "<w:keepNext/>", 120, 0, 416),
    Style(
        "SectionText",
        "ข้อความของส่วน",
        before=60,
        after=120,
        line=416,
        indent=_FIRST_LINE,
        align="thaiDistribute",
    ),
    Style("TableHeading", "หัวคอลัมน์", 28, True, line=364, align="center"),
    Style("TableText", "ข้อมูลในตาราง", 28, before_spacing="<w:widowControl/>", line=364),
    Style("SummaryAuthority", "หน่วยงานในสรุป", 48, True, line=624, align="center"),
    Style("SummaryTitle", "ชื่อรายงานในสรุป", 40, True, line=520, align="center"),
    Style("SummaryFigures", "จำนวนในสรุป", 40, before=120, line=520),
    Style("SummaryHeading", "หัวรายการในสรุป", 40, True, _SUMMARY_TABS, 180, 0, 520),
    Style("SummaryLine", "รายการในสรุป", 40, before_spacing=_SUMMARY_TABS, line=520, indent=_SUMMARY_INDENT),
    Style("SummaryAsk", "ข้อเสนอในสรุป", 40, before=240, line=520, align="thaiDistribute"),
)

_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="table" w:styleId="MeasureTable"><w:name w:val="ตารางมาตรการ"/><w:basedOn w:val="TableNormal"/>'
    # Marks below the line (ุ ู ญ ฐ) would touch the rule under a row's last line.
    f'<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar><w:bottom w:w="57" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)


def styles(chosen: Sequence[Style] = STYLES) -> str:
    defaults = (
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:sz w:val="32"/>'
        '<w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/></w:rPr>'
    )
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{''.join(style.xml() for style in chosen)}{_TABLE_STYLES}</w:styles>"
    )


def settings() -> str:
    compatibility = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compatibility}</w:compat>'
        '<w:themeFontLang w:val="en-US" w:bidi="th-TH"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> str:
    """Word takes the alternative where TH SarabunPSK is not installed; both break lines alike."""
    shape = '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    return (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="{ALTERNATIVE}"/>{shape}</w:font>'
        f'<w:font w:name="{ALTERNATIVE}"><w:altName w:val="{FONT}"/>{shape}</w:font></w:fonts>'
    )


_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip


def theme() -> str:
    """The least theme that the schema accepts; nothing on paper uses it."""
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{FONT}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A}" name="ita-memos"><a:themeElements><a:clrScheme name="ita-memos">{colours}</a:clrScheme>'
        f'<a:fontScheme name="ita-memos"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="ita-memos"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
