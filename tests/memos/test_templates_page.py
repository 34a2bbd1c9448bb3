"""An authority's own Word templates: what is refused and in which words, what is shown, and which report uses which."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ita_core.outbox import Job
from memos import archive, shipped, template_drafts
from memos.models import Report, TemplateDraft, TemplateVersion
from memos.rendering import office, pages
from tests import reports
from tests.logging_in import log_in
from tests.memos import wordfiles as word
from tests.memos.rendering.made import worked
from tests.personas import Authority
from workflows.models import Approval

pytestmark = pytest.mark.once


@pytest.fixture
def admin(home: Authority) -> Client:
    client = Client()
    log_in(client, home.people["org_admin"])
    return client


def _address(home: Authority, name: str = "templates", *more: Any) -> str:
    return reverse(f"memos:{name}", args=[home.organisation.slug, *more])


def _send(admin: Client, home: Authority, data: bytes, kind: str = "memo", name: str = "แม่แบบ.docx") -> Any:
    file = SimpleUploadedFile(name, data)
    return admin.post(_address(home), {"kind": kind, f"{kind}-file": file})


@functools.cache  # A zip names the second in which it was written.
def _own(words: str = "บันทึกของเรา") -> bytes:
    """The shipped memo with other fixed words."""
    return word.with_xml(word.shipped("memo"), "บันทึกข้อความ", words)


def _draft(home: Authority, kind: str = "memo") -> TemplateDraft | None:
    return TemplateDraft.objects.of(home.organisation).filter(kind=kind).first()


def _accept(admin: Client, home: Authority, kind: str = "memo", shown: str = "") -> Any:
    waiting = _draft(home, kind)
    shown = shown or (waiting.sha256 if waiting else "")
    return admin.post(_address(home, "template_draft", kind), {"do": "accept", "shown": shown})


def _part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one part more, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def _linked() -> bytes:
    relationships = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
    )
    return _part(word.shipped("memo"), "word/_rels/document.xml.rels", relationships)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "ไฟล์ว่างเปล่า"),
    "no Word file": (lambda: b"%PDF-1.7", "ไม่ใช่เอกสาร Word"),
    "cut": (lambda: word.shipped("memo")[:-400], "ไม่ใช่เอกสาร Word"),
    "old or locked": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "รูปแบบเก่า"),
    "macro": (lambda: _part(word.shipped("memo"), "word/vbaProject.bin", b"x"), "มาโคร"),
    "link": (_linked, "อ้างถึงสิ่งที่อยู่นอกไฟล์"),
    "unknown": (lambda: word.with_xml(word.shipped("memo"), "{{เรื่อง}}", "{{เรี่อง}}"), "ไม่รู้จัก {{เรี่อง}}"),
    "missing": (lambda: word.with_xml(word.shipped("memo"), "{{เรื่อง}}", "เรื่อง"), "ขาดช่องข้อความ {{เรื่อง}}"),
    "bomb": (lambda: _part(word.shipped("memo"), "word/x.xml", b"\0" * (60 << 20)), "ใหญ่ผิดปกติ"),
    "no picture": (lambda: _part(word.shipped("memo"), "word/media/a.png", b"no"), "“a.png” ในแม่แบบไม่ใช่ภาพ"),
    "pixels": (
        lambda: _part(word.shipped("memo"), "word/media/a.png", word.png_of(7_000, 6_000)),
        "๔๐ ล้านจุด",
    ),
    "another kind": (lambda: word.shipped("measures"), "ไม่รู้จัก"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_template_is_refused_in_words(admin: Client, home: Authority, what: str) -> None:
    make, sentence = REFUSED[what]
    answer = _send(admin, home, make())
    shown = answer.content.decode()
    assert answer.status_code == 400
    field = shown.index('id="id_memo-file"')
    assert sentence in shown[field - 1500 : field + 200], "beside its field"
    assert _draft(home) is None
    assert not Job.objects.exists()


def test_a_file_too_large_and_no_file_are_refused(admin: Client, home: Authority) -> None:
    assert "ใหญ่เกิน ๒ เมกะไบต์" in _send(admin, home, b"0" * (2 * 1024**2 + 1)).content.decode()
    answer = admin.post(_address(home), {"kind": "memo"})
    assert (answer.status_code, "โปรดเลือกไฟล์ Word" in answer.content.decode()) == (400, True)
    assert admin.post(_address(home), {"kind": "letter"}).status_code == 404


def test_the_refusal_is_read_in_english_too(admin: Client, home: Authority) -> None:
    admin.cookies["django_language"] = "en"
    make, sentence = REFUSED["missing"]
    assert sentence not in _send(admin, home, make()).content.decode()
    assert _draft(home) is None


def test_a_good_file_waits_to_be_looked_at(admin: Client, home: Authority) -> None:
    answer = _send(admin, home, _own())
    assert answer.headers["Location"] == _address(home, "template_draft", "memo")
    waiting = _draft(home)
    assert waiting is not None
    assert waiting.sha256 == archive.sha256(_own())
    assert Job.objects.get().kind == pages.KIND
    shown = admin.get(_address(home, "template_draft", "memo")).content.decode()
    assert "กำลังเตรียมภาพหน้าเอกสาร" in shown
    assert "รอท่านดูและรับ" in admin.get(_address(home)).content.decode()
    filled = admin.get(_address(home, "template_sample", "memo")).content
    assert "บันทึกของเรา" in "\n".join(word.lines(filled))
    assert not [line for line in word.lines(filled) if "{{" in line]
    assert not home.organisation.template_versions.exists(), "nothing is used before it is accepted"


@pytest.mark.rendering
@pytest.mark.parametrize("kind", ["memo", "measures", "summary"])
def test_its_pages_are_shown(admin: Client, home: Authority, kind: str) -> None:
    _send(admin, home, word.shipped(kind), kind)
    made = worked()
    assert made.pages is not None, made.problem
    assert made.pages >= 1
    shown = admin.get(_address(home, "template_draft", kind)).content.decode()
    assert shown.count("<img ") == made.pages
    assert "เหมือนแม่แบบที่ใช้อยู่" in shown
    picture = admin.get(_address(home, "rendering_page", made.sha256, 1))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")


def test_without_an_office_it_can_be_accepted_all_the_same(
    admin: Client, home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_arguments: Any) -> bytes:
        raise office.OfficeAbsent

    monkeypatch.setattr(office.Office, "pdf", absent)
    _send(admin, home, _own())
    assert worked().problem == str(pages.ABSENT)
    shown = admin.get(_address(home, "template_draft", "memo")).content.decode()
    assert str(pages.ABSENT) in shown
    assert _address(home, "template_sample", "memo") in shown
    again = admin.post(_address(home, "template_draft", "memo"), {"do": "pages"})
    assert again.status_code == 302
    assert Job.objects.still_open().count() == 1
    assert _accept(admin, home).status_code == 302
    assert home.organisation.template_versions.count() == 1


def test_accepted_it_is_the_next_version_and_leaves_no_draft(admin: Client, home: Authority) -> None:
    for number, words in enumerate(("หนึ่ง", "สอง"), 1):
        _send(admin, home, _own(words))
        answer = _accept(admin, home)
        assert answer.headers["Location"] == _address(home)
        version = home.organisation.template_versions.get(number=number)
        assert bytes(version.docx) == _own(words)
        assert shipped.current_template(home.organisation, "memo") == version
    assert _draft(home) is None
    assert not home.organisation.renderings.exists()
    shown = admin.get(_address(home)).content.decode()
    assert "แม่แบบของหน่วยงาน รุ่นที่ ๒" in shown
    assert "แม่แบบมาตรฐานของระบบ รุ่นที่ ๑" in shown, "what was used before can be had"
    first = home.organisation.template_versions.get(number=1)
    assert admin.get(_address(home, "template_word", first.pk)).content == _own("หนึ่ง")


def test_what_was_not_shown_is_not_accepted(admin: Client, home: Authority) -> None:
    _send(admin, home, _own("หนึ่ง"))
    shown = archive.sha256(_own("หนึ่ง"))
    _send(admin, home, _own("สอง"))
    answer = _accept(admin, home, shown=shown)
    assert (answer.status_code, "มีผู้ส่งไฟล์อื่นมาแทนแล้ว" in answer.content.decode()) == (409, True)
    assert not home.organisation.template_versions.exists()
    assert _accept(admin, home).status_code == 302
    assert _accept(admin, home, shown=shown).status_code == 404, "accepted twice"


def test_discarded_it_leaves_nothing(admin: Client, home: Authority) -> None:
    _send(admin, home, _own())
    assert admin.post(_address(home, "template_draft", "memo"), {"do": "discard"}).status_code == 302
    assert _draft(home) is None
    assert not home.organisation.renderings.exists()
    assert shipped.current_template(home.organisation, "memo").organisation is None


@pytest.mark.parametrize("name", ["memo-preprinted", "memo-two-columns"])
def test_a_shipped_alternative_is_taken_over(admin: Client, home: Authority, name: str) -> None:
    assert f'value="{name}"' in admin.get(_address(home)).content.decode()
    admin.post(_address(home), {"kind": "memo", "take": name})
    assert _accept(admin, home).status_code == 302
    assert f'value="{name}"' not in admin.get(_address(home)).content.decode(), "it is in use"
    assert 'value="memo"' in admin.get(_address(home)).content.decode(), "the way back"
    report = reports.in_state(home, "mayor_signed")
    assert _content(report).templates.memo == shipped.current_template(home.organisation, "memo").sha256


def test_no_other_file_can_be_taken_over(admin: Client, home: Authority) -> None:
    for name in ("../README", "measures", "x"):
        assert admin.post(_address(home), {"kind": "memo", "take": name}).status_code == 404


def _content(report: Report) -> Any:
    from memos import content

    version = Approval.objects.of(report.organisation).get(report=report).content
    assert version is not None
    return content.load(version)


def _memo_lines(home: Authority, report: Report) -> str:
    approval = Approval.objects.of(home.organisation).get(report=report)
    assert approval.document_set is not None
    return "\n".join(word.lines(archive.read(approval.document_set.memo)))


def test_running_reports_keep_their_template(admin: Client, home: Authority) -> None:
    older = reports.in_state(home, "drafted")
    _send(admin, home, _own())
    _accept(admin, home)
    newer = reports.in_state(home, "drafted")
    for report in (older, newer):
        reports.forward(home, report, "section_head")
    assert "บันทึกของเรา" not in _memo_lines(home, older)
    assert "บันทึกของเรา" in _memo_lines(home, newer)


def test_another_authority_is_not_touched(admin: Client, home: Authority, stranger: Authority) -> None:
    _send(admin, home, _own())
    _accept(admin, home)
    assert shipped.current_template(stranger.organisation, "memo").organisation is None
    theirs = Client()
    log_in(theirs, stranger.people["org_admin"])
    version = home.organisation.template_versions.get()
    assert theirs.get(_address(stranger, "template_word", version.pk)).status_code == 404
    assert theirs.post(_address(home), {"kind": "memo", "take": "memo-preprinted"}).status_code == 404
    assert theirs.get(_address(stranger, "template_draft", "memo")).status_code == 404


def test_only_the_administrator_sends_and_accepts(admin: Client, home: Authority) -> None:
    _send(admin, home, _own())
    clerk = Client()
    log_in(clerk, home.people["clerk"])
    assert _send(clerk, home, _own("สอง")).status_code == 403
    assert _accept(clerk, home).status_code == 403
    assert _accept(admin, home).status_code == 302


def test_the_sample_shows_every_kind_of_content(home: Authority) -> None:
    """A template is judged by it: what it leaves out would be met in an approval first."""
    template_drafts.take(
        home.organisation, home.people["org_admin"], "measures", "x.docx", word.shipped("measures")
    )
    waiting = _draft(home, "measures")
    assert waiting is not None
    lines = "\n".join(word.lines(template_drafts.sample(waiting)))
    assert "กลุ่มย่อย" in lines
    assert "ข้อความหลังตาราง" in lines
    assert len(word.tables(template_drafts.sample(waiting))) == 3
    assert TemplateVersion.objects.filter(organisation=home.organisation).count() == 0
