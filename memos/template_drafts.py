"""From a Word file that an administrator sends to the authority's next template: checked, looked at, accepted.

Running and signed reports keep the template they were made with: their content names its hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ita_core.models import Organisation, User
from memos import archive, documents, shipped, template_sample
from memos.docx import CompiledTemplate, compile_template
from memos.docx.placeholders import KINDS
from memos.importing import foreign
from memos.models import Rendering, TemplateDraft, TemplateVersion
from memos.rendering import pages

LARGEST = 2 * 1024**2
"""Bytes. Every memo made with a template is at least as large, in each round, and stays in the archive."""
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # .doc, and .docx with a password
_NO_WORD_FILE = gettext_lazy("ไฟล์นี้ไม่ใช่เอกสาร Word (.docx) หรือไฟล์เสียหาย")
# What foreign.py says of tables to import would puzzle whoever sends a template.
_IN_OTHER_WORDS = {
    "broken": _NO_WORD_FILE,
    "not-this-kind": _NO_WORD_FILE,
    "too-much": gettext_lazy("แม่แบบนี้ซับซ้อนหรือใหญ่เกินกว่าจะตรวจได้ โปรดเริ่มจากแม่แบบที่ดาวน์โหลดจากหน้านี้"),
    "bomb": gettext_lazy("ไฟล์นี้ขยายแล้วใหญ่ผิดปกติ จึงไม่รับเป็นแม่แบบ"),
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """A template that ships with the system for an authority to take over."""

    name: str
    title: str | Promise
    kind: str

    def read(self) -> bytes:
        return (Path(settings.DOCX_TEMPLATES_DIR) / f"{self.name}.docx").read_bytes()


ALTERNATIVES = (
    Alternative("memo", gettext_lazy("บันทึกข้อความแบบมาตรฐาน"), "memo"),
    Alternative("memo-preprinted", gettext_lazy("กระดาษที่พิมพ์ครุฑและหัวไว้แล้ว"), "memo"),
    Alternative("memo-two-columns", gettext_lazy("ความเห็นสองช่องเคียงกัน"), "memo"),
    Alternative("measures", gettext_lazy("ตารางมาตรการแบบมาตรฐาน"), "measures"),
    Alternative("summary", gettext_lazy("สรุปหนึ่งหน้าแบบมาตรฐาน"), "summary"),
)


class NotTaken(Exception):
    """The file cannot be a template, or what was shown is no longer what waits; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_size(size: int) -> None:
    """NotTaken when every paper would be too large. What was accepted before stays in use."""
    if size > LARGEST:
        sentence = _(
            "ไฟล์ใหญ่เกิน ๒ เมกะไบต์ เอกสารทุกฉบับที่ทำจากแม่แบบนี้จะใหญ่เท่านี้ "
            "โปรดย่อภาพใน Word (เลือกภาพ > รูปแบบรูปภาพ > บีบอัดรูปภาพ) แล้วส่งใหม่"
        )
        raise NotTaken(sentence)


def take(organisation: Organisation, user: User, kind: str, file_name: str, data: bytes) -> TemplateDraft:
    """Keep ``data`` as what waits to be accepted, in place of what waited before, and order its pages. NotTaken."""
    _check(kind, data)
    filled = _filled(organisation, kind, data)
    with transaction.atomic():
        _lock(organisation)
        discard(organisation, kind)
        draft = TemplateDraft.objects.create(
            organisation=organisation, kind=kind, file_name=file_name[:200],
            sha256=archive.sha256(data), docx=data, uploaded_by=user,
        )  # fmt: skip
        pages.wanted(organisation, filled)
    return draft


def _check(kind: str, data: bytes) -> None:
    """In the child process, because the file may be hostile."""
    if data.startswith(_COMPOUND):
        raise NotTaken(_(foreign.SENTENCES["compound"]))
    try:
        found = foreign.run(f"template-{kind}-{get_language() or 'th'}", data)
    except foreign.ForeignFile as refused:
        raise NotTaken(str(_IN_OTHER_WORDS.get(refused.code, refused.sentence))) from refused
    if found["problem"]:
        raise NotTaken(str(found["problem"]))


def sample(draft: TemplateDraft) -> bytes:
    """The draft filled with a report of an invented office, as .docx. NotTaken: it was good once, and is no longer."""
    return _filled(draft.organisation, draft.kind, bytes(draft.docx))


def _filled(organisation: Organisation, kind: str, docx: bytes) -> bytes:
    try:
        return _rendered(organisation, kind, docx)
    except (documents.DocumentProblem, documents.TemplateProblem) as problem:
        raise NotTaken(str(problem)) from problem


def _rendered(organisation: Organisation, kind: str, docx: bytes) -> bytes:
    template = compile_template(docx, KINDS[kind])
    content = template_sample.frozen(organisation, _has_cover(template))
    if kind == TemplateVersion.Kind.MEASURES:
        return documents.render_measures(template, content)
    if kind == TemplateVersion.Kind.SUMMARY:
        return documents.render_summary(template, content)
    garuda = bytes(organisation.garuda) if organisation.garuda else None
    return documents.render_memo(template, content, template_sample.blocks(), number="12", garuda=garuda)


def _has_cover(template: CompiledTemplate) -> bool:
    return {"ปก", "ปกหน่วยงาน"} <= template.names


def rendering(draft: TemplateDraft) -> Rendering | None:
    """The pages of its sample; None when the authority's own facts changed since, and with them the sample."""
    try:
        sha256 = archive.sha256(sample(draft))
    except NotTaken:
        return None
    found: Rendering | None = draft.organisation.renderings.filter(sha256=sha256).first()
    return found


def order_pages(draft: TemplateDraft) -> None:
    """Once more, after something was in the way."""
    pages.wanted(draft.organisation, sample(draft))


def accept(organisation: Organisation, kind: str, shown: str) -> TemplateVersion:
    """The draft becomes the authority's next version. ``shown``: the hash that the page showed.

    NotTaken when another file waits by now, or none.
    """
    with transaction.atomic():
        _lock(organisation)
        draft = TemplateDraft.objects.of(organisation).filter(kind=kind).first()
        if draft is None:
            raise NotTaken(_("แม่แบบนี้มีผู้รับหรือทิ้งไปแล้ว"))
        if draft.sha256 != shown:
            raise NotTaken(_("มีผู้ส่งไฟล์อื่นมาแทนแล้ว โปรดดูหน้าเอกสารของไฟล์ใหม่ก่อนรับ"))
        sample(draft)
        version = TemplateVersion(
            organisation=organisation, kind=kind, docx=bytes(draft.docx), sha256=draft.sha256,
            number=shipped.next_template_number(organisation, kind),
        )  # fmt: skip
        version.save()
        discard(organisation, kind)
    return version


def _lock(organisation: Organisation) -> None:
    """One at a time in an authority: two who accept at once would make the same number."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def discard(organisation: Organisation, kind: str) -> bool:
    """The draft and its pictures, if there is one."""
    draft = TemplateDraft.objects.of(organisation).filter(kind=kind).first()
    if draft is None:
        return False
    made = rendering(draft)
    if made is not None:
        pages.forget(made)
    draft.delete()
    return True
