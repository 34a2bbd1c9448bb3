"""Uploads are judged before they are accepted; the shipped templates are what their script builds."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from memos.archives_in import PACKED
from memos.docx import TemplateProblem
from memos.docx.compile import compile_template
from memos.docx.placeholders import TABLES
from memos.docx.reading import DOCUMENT_TYPE
from tests import make_templates
from tests.memos import wordfiles as word

MEMO = word.shipped("memo")
RELS = "word/_rels/document.xml.rels"


def test_the_shipped_templates_are_what_the_script_builds() -> None:
    for name, build in make_templates.SHIPPED.items():
        assert word.shipped(name) == build(), name
    assert {path.stem for path in make_templates.FOLDER.glob("*.docx")} == set(make_templates.SHIPPED)


def test_the_readme_lists_the_placeholders_of_the_code() -> None:
    readme = (make_templates.FOLDER / "README.md").read_text(encoding="utf-8")
    assert make_templates.with_lists(readme) == readme
    assert all(f"`{{{{{name}}}}}`" in readme for table in TABLES.values() for name in table)


def test_the_shipped_templates_carry_no_dead_parts() -> None:
    for kind in make_templates.SHIPPED:
        names = word.names(word.shipped(kind))
        assert not [
            name
            for name in names
            if re.search("docProps|customXml|numbering|stylesWithEffects|webSettings", name)
        ]


@pytest.mark.parametrize("file", make_templates.SHIPPED)
def test_a_missing_placeholder_is_named(file: str) -> None:
    kind = make_templates.kind_of(file)
    for name, placeholder in TABLES[kind].items():
        if placeholder.kind == "picture":
            continue
        data = word.shipped(file)
        parts = [part for part in word.xml_parts(data) if f"{{{{{name}}}}}" in word.part(data, part)]
        for part in parts:
            data = word.with_xml(data, f"{{{{{name}}}}}", "-", part)
        if placeholder.required:
            with pytest.raises(TemplateProblem, match=name):
                compile_template(data, kind)
        else:
            assert compile_template(data, kind).kind == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "ไม่ใช่เอกสาร Word"),
        (b"PK\3\4 not a zip", "ไม่ใช่เอกสาร Word"),
        (MEMO[:-200], "ไม่ใช่เอกสาร Word"),
        (MEMO[:9000] + b"\0" * 200 + MEMO[9200:], "ไม่ใช่เอกสาร Word"),
        (b"\0" * (PACKED + 1), "10 เมกะไบต์"),
        (word.with_xml(MEMO, DOCUMENT_TYPE, "application/pdf", "[Content_Types].xml"), "ไม่ใช่เอกสาร Word"),
        (
            word.with_xml(MEMO, "document.main+xml", "document.macroEnabled.main+xml", "[Content_Types].xml"),
            "มาโคร",
        ),
        (word.altered(MEMO, {"word/vbaProject.bin": lambda _old: b"x"}), "มาโคร"),
        (word.altered(MEMO, {"word/embeddings/oleObject1.bin": lambda _old: b"x"}), "OLE"),
        (word.altered(MEMO, {"word/../../etc/passwd": lambda _old: b"x"}), "ไม่ใช่เอกสาร Word"),
        (word.altered(MEMO, {"word/media/big.bin": lambda _old: b"\0" * 3_000_000}), "ใหญ่ผิดปกติ"),
        (word.altered(MEMO, {f"word/{n}.xml": lambda _old: b"x" for n in range(1000)}), "ใหญ่ผิดปกติ"),
        (
            word.with_xml(
                MEMO, 'Target="media/garuda.png"', 'Target="http://a/b.png" TargetMode="External"', RELS
            ),
            "นอกไฟล์",
        ),
        (word.with_xml(MEMO, "<w:body>", "<w:body><w:p><w:ins><w:r/></w:ins></w:p>"), "Track Changes"),
        (word.with_xml(MEMO, "<w:body>", '<w:body><w:p><w:commentRangeStart w:id="1"/></w:p>'), "Comments"),
        (word.with_xml(MEMO, "<w:body>", '<w:body><w:altChunk r:id="rId1"/>'), "OLE"),
        (
            word.with_xml(
                MEMO, "<w:body>", "<w:body><w:p><w:r><w:instrText>INCLUDETEXT x</w:instrText></w:r></w:p>"
            ),
            "ฟิลด์",
        ),
        (word.with_xml(MEMO, "<w:body>", "<w:body>\ufdd0"), "อักขระ"),
        (word.with_xml(MEMO, "</w:body>", ""), "ไม่ใช่เอกสาร Word"),
        (word.with_xml(MEMO, "wordprocessingml/2006/main", "wordprocessingml/2006/strict"), "Strict"),
        (
            word.with_xml(MEMO, "<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document'),
            "ไม่ใช่เอกสาร Word",
        ),
        (word.with_xml(MEMO, 'descr="{{ครุฑ}}"', 'descr="{{ครุต}}"'), "ครุต"),
        (word.with_xml(MEMO, 'descr="{{ครุฑ}}"', 'descr="{{เรื่อง}}"'), "ข้อความแสดงแทน"),
        (word.with_xml(word.shipped("measures"), "<w:tr><w:tc>", "<w:tr/><w:tr><w:tc>"), "ต้นแบบ"),
    ],
)
def test_an_unusable_file_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(TemplateProblem, match=says):
        compile_template(data, "measures" if says == "ต้นแบบ" else "memo")


def test_a_text_box_with_a_placeholder_is_refused() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{word.paragraph(word.run('{{เรื่อง}}'))}</w:txbxContent></w:pict></w:r></w:p>"
    with pytest.raises(TemplateProblem, match="Text Box"):
        compile_template(word.memo_with(box), "memo")


def test_a_zip_bomb_is_refused_by_its_directory_alone() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"word/{number}.xml", b" " * 10_000_000)
    with pytest.raises(TemplateProblem, match="ใหญ่ผิดปกติ"):
        compile_template(out.getvalue(), "memo")


def test_the_name_of_whoever_typed_the_template_stays_behind() -> None:
    data = word.altered(MEMO, {"docProps/core.xml": lambda _old: "<x>นายผู้พิมพ์</x>".encode()})
    filled = compile_template(data, "memo").fill({}, {})
    assert "นายผู้พิมพ์" not in word.part(filled, "docProps/core.xml")
