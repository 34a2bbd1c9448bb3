"""Builds the shipped Word templates and the placeholder lists of their README: `python -m tests.make_templates`.

Measures are those of the guide to official correspondence: A4, 16 pt letters in lines of exactly 20.8 pt, head labels
20 pt, title 29 pt in 35 pt. Lengths below are in twentieths of a point (567 = 1 cm) unless they say EMU.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from memos.docx.package import as_is, deflated, write_zip
from memos.docx.placeholders import Template, as_markdown
from memos.docx.words import PACKAGE_RELATIONSHIPS, PIC, WP, A, R, W
from tests import draw_emblem, evidence_body
from tests import template_bodies as bodies
from tests.template_bodies import paragraph, run
from tests.template_styles import fonts, settings, styles, theme

FOLDER = Path(__file__).resolve().parent.parent / "templates_docx"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("document.main", "styles", "settings", "fontTable", "header", "header", "footer")
_FILES = ("document", "styles", "settings", "fontTable", "header1", "header2", "footer1")


def memo() -> bytes:
    return package(bodies.memo(), bodies.MEMO_PAGE, {"garuda.png": draw_emblem.emblem()})


def memo_two_columns() -> bytes:
    return package(bodies.memo_two_columns(), bodies.MEMO_PAGE, {"garuda.png": draw_emblem.emblem()})


def memo_preprinted() -> bytes:
    return package(bodies.memo_preprinted(), bodies.PRINTED_PAGE, {})


def measures() -> bytes:
    return package(bodies.measures(), bodies.TABLE_PAGE, {})


def summary() -> bytes:
    return package(bodies.summary(), bodies.SUMMARY_PAGE, {})


def evidence() -> bytes:
    return package(evidence_body.body(), evidence_body.PAGE, evidence_body.MEDIA, evidence_body.styles())


# File name → what builds it. The first three are loaded; of the others an authority may take over the memos as its own.
SHIPPED: dict[str, Callable[[], bytes]] = {
    "memo": memo,
    "measures": measures,
    "summary": summary,
    "evidence": evidence,
    "memo-preprinted": memo_preprinted,
    "memo-two-columns": memo_two_columns,
}


def kind_of(name: str) -> Template:
    """What a shipped file is a template of."""
    kinds: dict[str, Template] = {kind: kind for kind in get_args(Template)}
    return kinds.get(name, "memo")


def package(body: str, page: str, media: dict[str, bytes], own_styles: str = "") -> bytes:
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
        "word/styles.xml": own_styles or styles(),
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
    """The README with its placeholder lists as the code has them now."""
    for kind in get_args(Template):
        before, _mark, rest = readme.partition(f"<!-- {kind} -->\n")
        _old, mark, after = rest.partition(f"<!-- /{kind} -->")
        readme = f"{before}<!-- {kind} -->\n{as_markdown(kind)}{mark}{after}"
    return readme


if __name__ == "__main__":
    for name, build in SHIPPED.items():
        (FOLDER / f"{name}.docx").write_bytes(build())
    readme_file = FOLDER / "README.md"
    readme_file.write_text(with_lists(readme_file.read_text(encoding="utf-8")), encoding="utf-8")
