"""Marks in a part's XML what will change on paper: slots, paragraphs that vanish or repeat, blocks, tables, pictures.

The marks are processing instructions (`<?ita what name?>`) and sentinels in attributes; compiling.py reads them from
the serialised part, so the template's own spelling of everything else is kept.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.blocks import Marks, attribute_mark, enclose, mark_blocks
from memos.docx.finding import drop_empty_runs, fill_slots, token
from memos.docx.placeholders import Placeholder, canonical_name
from memos.docx.problems import TemplateProblem
from memos.docx.words import PIC, WP, A, R, place, properties, w


def mark_part(root: etree._Element, known: dict[str, Placeholder]) -> Marks:
    """Marks the whole part in place. TemplateProblem for anything that could not be filled as typed."""
    marks = Marks()
    for paragraph in list(root.iter(w("p"))):
        _mark_paragraph(paragraph, known, marks)
    for drawing in list(root.iter(f"{{{WP}}}docPr")):
        _mark_drawing(drawing, known, marks)
    mark_blocks(marks)
    for paragraph in marks.paragraphs:
        enclose(paragraph, paragraph, "paragraph")
    for container in list(root.iter(w("tc"), w("hdr"), w("ftr"))):
        _mark_container(container)
    return marks


def _mark_paragraph(paragraph: etree._Element, known: dict[str, Placeholder], marks: Marks) -> None:
    found = fill_slots(paragraph, known)
    if not found:
        return
    if next(paragraph.iterancestors(w("txbxContent")), None) is not None:
        raise TemplateProblem(_("ช่องข้อความ {{…}} อยู่ในกล่องข้อความ (Text Box) โปรดย้ายออกมาเป็นย่อหน้าธรรมดา"))
    if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        raise TemplateProblem(_("ย่อหน้าที่มี {{…}} ต้องไม่มีตัวแบ่งส่วน (Section Break)"))
    placeholders = [item.placeholder for item in found]
    if sum(placeholder.kind == "lines" for placeholder in placeholders) > 1:
        names = " ".join(f"{{{{{placeholder.name}}}}}" for placeholder in placeholders)
        raise TemplateProblem(_("ย่อหน้าหนึ่งมีรายการหลายบรรทัดได้เพียงรายการเดียว (%(names)s)") % {"names": names})
    scopes = {placeholder.scope for placeholder in placeholders}
    if len(scopes) > 1:
        raise TemplateProblem(
            _("ย่อหน้าที่มี {{%(name)s}} ปนช่องข้อความต่างกลุ่มกัน โปรดแยกย่อหน้า") % {"name": placeholders[0].name}
        )
    drop_empty_runs(paragraph)
    _mark_formatting(paragraph)
    marks.names.update(placeholder.name for placeholder in placeholders)
    scope = scopes.pop()
    cell = next(paragraph.iterancestors(w("tc")), None)
    if cell is not None:
        marks.cells.setdefault(scope, []).append(cell)
    block = _block_of_body(paragraph)
    if block is not None:
        marks.scopes.setdefault(block, set()).add(scope)
    elif scope != "document":
        raise TemplateProblem(_("{{%(name)s}} อยู่ในหัวหรือท้ายกระดาษไม่ได้") % {"name": placeholders[0].name})
    marks.paragraphs.append(paragraph)


def _mark_formatting(paragraph: etree._Element) -> None:
    """Two places in the paragraph's properties that the text decides: keep with next, and the indent."""
    formatting = properties(paragraph, "pPr")
    keep, indent = formatting.find(w("keepNext")), formatting.find(w("ind"))
    own_keep = keep is not None and keep.get(w("val"), "1") not in ("0", "false", "off")
    if indent is None:
        place(formatting, "ind", token("indent"))
    else:
        indent.addprevious(token("indentfrom"))
        indent.addnext(token("indentto"))
    place(formatting, "keepNext", token("keep", int(own_keep)))


def _block_of_body(element: etree._Element) -> etree._Element | None:
    """The child of the body that holds the element (or is it)."""
    previous = element
    for ancestor in element.iterancestors():
        if ancestor.tag == w("body"):
            return previous
        previous = ancestor
    return None


def _mark_container(container: etree._Element) -> None:
    """A cell, header or footer keeps one paragraph even when all of its own vanish."""
    start = 1 if len(container) and container[0].tag == w("tcPr") else 0
    container.insert(start, token("container"))
    container.append(token("end", "container"))


def _mark_drawing(drawing: etree._Element, known: dict[str, Placeholder], marks: Marks) -> None:
    """Numbers every drawing anew; one whose alternative text is a picture's placeholder takes that picture."""
    drawing.set("id", attribute_mark("docpr"))
    named = canonical_name(drawing.get("descr", "") or drawing.get("title", ""))
    placeholder = known.get(named[2:-2]) if named.startswith("{{") and named.endswith("}}") else None
    if placeholder is None:
        if named.startswith("{{"):
            raise TemplateProblem(_("ไม่รู้จัก %(name)s ในข้อความแสดงแทนของภาพ") % {"name": named[:40]})
        return
    holder = drawing.getparent()
    blip = next(holder.iter(f"{{{A}}}blip"), None) if holder is not None else None
    if placeholder.kind != "picture" or holder is None or blip is None:
        raise TemplateProblem(_("{{%(name)s}} ต้องเป็นข้อความแสดงแทนของภาพ") % {"name": placeholder.name})
    drawing.attrib.pop("title", None)
    drawing.set("descr", placeholder.name)
    marks.names.add(placeholder.name)
    _mark_picture(holder, blip, placeholder.name)


def _mark_picture(holder: etree._Element, blip: etree._Element, name: str) -> None:
    """The height that the template gives stays; the width follows the picture, the crop of the stand-in goes."""
    own = blip.get(f"{{{R}}}embed", "")
    for extent in (holder.find(f"{{{WP}}}extent"), holder.find(f".//{{{A}}}xfrm/{{{A}}}ext")):
        if extent is not None:
            extent.set("cx", attribute_mark(f"width:{name}:{extent.get('cx')}:{extent.get('cy')}"))
    blip.set(f"{{{R}}}embed", attribute_mark(f"picture:{name}:{own}"))
    for extra in [*blip, *holder.iter(f"{{{A}}}srcRect")]:
        extra.getparent().remove(extra)
    for shape in holder.iter(f"{{{PIC}}}cNvPr"):
        shape.set("descr", "")
