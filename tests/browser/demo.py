"""The example authority with a report in every state, as pictures of the pages show it."""

from __future__ import annotations

import datetime

from django.core.management import call_command
from django.utils import timezone

from ita_core.models import Appointment, Organisation, User
from memos.content import load as load_content
from memos.models import Report
from tests import reports
from tests.personas import Authority
from workflows import actions, drafts
from workflows.models import Approval, ApprovalStep, State
from workflows.pinning import Remark, places

SLUG = "phuang-phrom-khon"
LOGINS = {
    "legal_officer": "legal", "section_head": "head", "acting_head": "acting", "clerk": "clerk", "mayor": "mayor",
    "deputy_clerk": "deputy-clerk", "registrar": "registrar", "org_admin": "org-admin", "reader": "reader",
}  # fmt: skip
HEAD, CLERK, MAYOR = (
    "ตรวจสอบแล้ว ถูกต้องครบถ้วน เห็นควรเสนอนายกฯ เพื่อโปรดทราบ",
    "เห็นควรนำเรียนนายกฯ เพื่อโปรดทราบและพิจารณา",
    "ทราบ ให้เผยแพร่",
)
AGAIN = "second_round"
"""Sent back with remarks, answered, and submitted again: the head's step waits for the second time."""


def load() -> Authority:
    call_command("load_examples", verbosity=0, on_a_live_site=True)
    people = {key: User.objects.get(username=f"ppk-{name}") for key, name in LOGINS.items()}
    example = Authority(Organisation.objects.get(slug=SLUG), people=people)
    for row in Appointment.objects.of(example.organisation).filter(user__in=people.values()):
        example.posts.setdefault(row.user.username.removeprefix("ppk-"), row.post)
    return example


def in_every_state(example: Authority) -> dict[str, Report]:
    """The example's own draft as ``writing``, and a copy of it of another year for every other state."""
    first = Report.objects.of(example.organisation).latest("pk")
    made = {State.WRITING.value: first}
    for number, state in enumerate([*reports.EVERY_STATE, AGAIN]):
        if state == State.WRITING:
            continue
        report = drafts.copy_as_new(example.actor("legal_officer"), first, fiscal_year=2566 + number)
        _bring(example, report, state)
        made[state] = Report.objects.of(example.organisation).select_related("approval").get(pk=report.pk)
    return made


def _bring(example: Authority, report: Report, state: str) -> None:
    reports.submit(example, report)
    if state in (reports.RETURNED, AGAIN):
        _return(example, report)
        if state == AGAIN:
            _answer(example, report)
        return
    if state == State.WITHDRAWN:
        actions.withdraw(example.actor("legal_officer"), report.pk, reason="จัดทำใหม่ทั้งฉบับ")
        return
    if state == State.DRAFTED:
        wait(example, report, 5)
        return
    reports.forward(example, report, "section_head", HEAD)
    if state == State.SECTION_HEAD_REVIEWED:
        _ask_and_prepare(example, report)
        return
    reports.forward(example, report, "clerk", CLERK)
    if state == State.DEPUTY_APPROVED:
        wait(example, report, 2)
    elif state == State.REFUSED:
        reports.refuse(example, report, reason="ข้อมูลคลาดเคลื่อนหลายแห่ง ให้จัดทำใหม่")
    else:
        reports.forward(example, report, "mayor", MAYOR)
        _order(example, report)


def _return(example: Authority, report: Report) -> None:
    step, content = reports.shown(example, report)
    approval = Approval.objects.of(example.organisation).select_related("content").get(report=report)
    assert approval.content is not None
    result = next(pin for pin in places(load_content(approval.content)) if pin.place.endswith(".result"))
    remarks = [
        Remark("memo.subject", "ปีงบประมาณไม่ตรงกับเนื้อความ"),
        Remark(result.place, "ยังไม่บอกจำนวนผู้เข้าร่วม โปรดใส่จำนวนและวันที่"),
    ]
    actions.send_back(
        example.actor("section_head"),
        report.pk,
        step=step,
        content=content,
        reason="ผลการดำเนินการไม่ชัดเจน",
        remarks=remarks,
    )


def _answer(example: Authority, report: Report) -> None:
    approval = Approval.objects.of(example.organisation).get(report=report)
    report.memo.subject += " (ฉบับแก้ไข)"
    report.memo.save(update_fields=["subject"])
    for remark in approval.comments.all():
        actions.resolve_comment(
            example.actor("legal_officer"), report.pk, comment=remark.pk, answer="แก้ไขตามข้อสังเกตแล้ว"
        )
    reports.submit(example, report)


def _ask_and_prepare(example: Authority, report: Report) -> None:
    step, content = reports.shown(example, report)
    asked = example.people["deputy_clerk"].pk
    question = "ผลการดำเนินการในส่วนที่สองครบถ้วนหรือไม่"
    actions.ask_view(
        example.actor("clerk"), report.pk, step=step, content=content, of=asked, question=question
    )
    actions.prepare(
        example.actor("registrar"),
        report.pk,
        step=step,
        content=content,
        decision="forward",
        opinion=CLERK,
        note="ตรวจเอกสารแล้วครบถ้วน",
    )


def _order(example: Authority, report: Report) -> None:
    to = [example.people[key].pk for key in ("legal_officer", "registrar")]
    actions.assign(
        example.actor("mayor"), report.pk, to=to, order="ให้เผยแพร่ทางเว็บไซต์หลักของหน่วยงาน แล้วรายงานผล"
    )
    errand = Approval.objects.of(example.organisation).get(report=report).errands.latest("pk")
    actions.acknowledge(example.actor("registrar"), report.pk, errand=errand.pk)


def wait(example: Authority, report: Report, days: int) -> None:
    """The open step has waited that long."""
    steps = ApprovalStep.objects.of(example.organisation).filter(approval__report=report, closed_at=None)
    opened = timezone.now() - datetime.timedelta(days=days)
    steps.filter(opened_at__isnull=False).update(opened_at=opened)
