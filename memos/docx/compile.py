"""A Word template, compiled once per version: what never changes is kept deflated, the rest as nodes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from memos.docx.cleaning import clean_part
from memos.docx.compiling import compile_part
from memos.docx.marking import mark_part
from memos.docx.nodes import GroupValues, Node, Sheet, Values
from memos.docx.package import StoredPart, as_is, deflated, write_zip
from memos.docx.pictures import Numbers, Picture, Pictures, relationship_id
from memos.docx.placeholders import TABLES, Template
from memos.docx.problems import TemplateProblem
from memos.docx.reading import CONTENT_TYPES, RELATIONSHIP, parse_xml, read_parts
from memos.docx.sizes import Sizes
from memos.docx.wordings import WordsOnly, words_only
from memos.docx.words import IMAGE, PACKAGE_RELATIONSHIPS

_DOCUMENT = "word/document.xml"
_NO_RELATIONSHIPS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"/>'
_CORE = "docProps/core.xml"
# The paper of an authority does not name whoever once typed its template.
_ANONYMOUS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_PICTURE_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """Immutable and safe to share between threads. `relationships` are those of the variable parts, as XML text.

    `names` are the placeholders that stand in it.
    """

    kind: Template
    parts: Mapping[str, StoredPart]
    programs: Mapping[str, tuple[str | Node, ...] | WordsOnly]
    relationships: Mapping[str, str]
    names: frozenset[str]

    def fill(self, values: Values, groups: Mapping[str, Sequence[GroupValues]]) -> bytes:
        """The Word file with these values: equal values give equal bytes. DocumentProblem for unprintable text."""
        numbers = Numbers()
        parts = dict(self.parts)
        media: dict[str, Picture] = {}
        for name, program in self.programs.items():
            if isinstance(program, WordsOnly):
                parts[name] = program.filled(values)
                continue
            sheet = Sheet(values, groups, Pictures(numbers))
            sheet.write(program)
            parts[name] = deflated("".join(sheet.out).encode("utf-8"))
            if used := sheet.pictures.used:
                media |= used
                parts[_relationships_of(name)] = deflated(_linked(self.relationships[name], used))
        for file, picture in media.items():
            parts[f"word/media/{file}"] = as_is(picture.data)
        return write_zip(parts)


def compile_template(docx: bytes, kind: Template) -> CompiledTemplate:
    """The template in `docx`, ready to fill. TemplateProblem: a sentence for the officer who uploaded it."""
    raw = read_parts(docx)
    known = TABLES[kind]
    styles = raw.get("word/styles.xml")
    sizes = Sizes(parse_xml(styles) if styles else None)
    programs: dict[str, tuple[str | Node, ...] | WordsOnly] = {}
    names: set[str] = set()
    for name in _variable_parts(raw):
        root = clean_part(raw[name])
        names |= mark_part(root, known).names
        program = compile_part(root, known, sizes, turns=kind == "measures" and name == _DOCUMENT)
        programs[name] = program if name == _DOCUMENT else words_only(program, known)
    missing = [
        placeholder.name
        for placeholder in known.values()
        if placeholder.required and placeholder.name not in names
    ]
    if missing:
        listed = " ".join(f"{{{{{name}}}}}" for name in missing)
        raise TemplateProblem(_("แม่แบบขาดช่องข้อความ %(missing)s") % {"missing": listed})
    raw[CONTENT_TYPES] = _with_picture_types(raw[CONTENT_TYPES])
    if _CORE in raw:
        raw[_CORE] = _ANONYMOUS
    relationships = {
        name: raw.get(_relationships_of(name), _NO_RELATIONSHIPS.encode()).decode("utf-8")
        for name in programs
    }
    order = [CONTENT_TYPES, *(name for name in raw if name != CONTENT_TYPES)]
    empty = deflated(b"")
    parts = {name: empty if name in programs else deflated(raw[name]) for name in order}
    return CompiledTemplate(kind, parts, programs, relationships, frozenset(names))


def _relationships_of(part: str) -> str:
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _variable_parts(raw: Mapping[str, bytes]) -> list[str]:
    """The body, then its headers and footers."""
    names = [_DOCUMENT]
    relationships = raw.get(_relationships_of(_DOCUMENT))
    if relationships is None:
        return names
    for relationship in parse_xml(relationships).iter(RELATIONSHIP):
        if relationship.get("Type", "").endswith(("/header", "/footer")):
            target = posixpath.normpath(posixpath.join("/word", relationship.get("Target", ""))).lstrip("/")
            if target in raw and target not in names:
                names.append(target)
    return names


def _with_picture_types(content_types: bytes) -> bytes:
    root = parse_xml(content_types)
    present = {item.get("Extension", "").lower() for item in root.iter(f"{{{_TYPES}}}Default")}
    for extension, kind in _PICTURE_TYPES.items():
        if extension not in present:
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _linked(relationships: str, used: Mapping[str, Picture]) -> bytes:
    """The relationships of a part together with those of the pictures that it shows."""
    added = "".join(
        f'<Relationship Id="{relationship_id(picture)}" Type="{IMAGE}" Target="media/{file}"/>'
        for file, picture in used.items()
    )
    if "</Relationships>" in relationships:
        return relationships.replace("</Relationships>", added + "</Relationships>").encode("utf-8")
    return relationships.replace("/>", f">{added}</Relationships>").encode("utf-8")
