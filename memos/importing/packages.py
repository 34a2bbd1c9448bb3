"""The parts of a .docx or .xlsx, after what must not be in them was looked for. Runs in the child."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from memos.archives_in import unpacked
from memos.importing.grids import Unreadable

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MACROS = ("vbaproject.bin", "vbadata.xml", "/xlmacrosheets/")
_EMBEDDED = ("/embeddings/", "/activex/", "/oleobject")


def parts_of(data: bytes) -> dict[str, bytes]:
    """Suspect for the zip, Unreadable for macros, embedded objects, and links that lead outside.

    A hyperlink is the exception: evidence cells are full of them. Its words are read, its target is never used.
    """
    parts = unpacked(data)
    types = parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or _any_in(parts, _MACROS):
        raise Unreadable("macros")
    if _any_in(parts, _EMBEDDED):
        raise Unreadable("embedded")
    for name, part in parts.items():
        if name.endswith(".rels") and any(_leads_outside(link) for link in parsed(part).iter(_RELATIONSHIP)):
            raise Unreadable("external")
    return parts


def _any_in(names: Iterable[str], marks: tuple[str, ...]) -> bool:
    return any(mark in name.lower() for name in names for mark in marks)


def _leads_outside(link: etree._Element) -> bool:
    kind = link.get("Type", "").rpartition("/")[2]
    return bool(link.get("TargetMode") == "External") and kind != "hyperlink"


def parsed(part: bytes) -> etree._Element:
    """The root of one part. Unreadable for malformed XML, and for any document type: entities live there."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("entities" if b"<!DOCTYPE" in part[:4096] else "broken") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("entities")
    return root
