"""Names of WordprocessingML and the order that its schema demands, for the modules that read or mark Word's XML."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = R + "/image"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def _names(listed: str) -> list[str]:
    return listed.split()


_PARAGRAPH_ORDER = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN_ORDER = _names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_CELL_ORDER = [
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
]
_TABLE_ORDER = _names(
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
_ORDERS = {"pPr": _PARAGRAPH_ORDER, "rPr": _RUN_ORDER, "tcPr": _CELL_ORDER, "tblPr": _TABLE_ORDER}


def properties(element: etree._Element, name: str) -> etree._Element:
    """The element's property child (`pPr`, `tcPr`, …), made as its first child if there is none."""
    found = element.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        element.insert(0, found)
    return found


def place(parent: etree._Element, name: str, item: etree._Element) -> None:
    """Puts `item` where the schema wants the child called `name`; a child of that name is replaced.

    Marks are not recognised as children, so of two marks the one that belongs later is placed first.
    """
    order = _ORDERS[etree.QName(parent).localname]
    for old in parent.findall(w(name)):
        parent.remove(old)
    earlier = set(order[: order.index(name)])
    index = 0
    for position, child in enumerate(parent):
        if isinstance(child.tag, str) and etree.QName(child).localname in earlier:
            index = position + 1
    parent.insert(index, item)
