"""Setting up, last step: a trial report, written by nobody's hand, submitted and decided by the real people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.membership import Membership
from ita_core.models import Appointment, AssessmentItem, Organisation, Role, User
from memos.models import Activity, Measure, Report, Section
from workflows import drafts, officers, starting
from workflows.models import CLOSED, Approval, State
from workflows.officers import Actor
from workflows.setting_up_rows import problem

# What stands in the trial's cells, by the key of the field. Words of paper, so Thai.
_WORDS = {
    "topic": "การเปิดเผยข้อมูล",
    "issue": "ข้อมูลบนเว็บไซต์ยังไม่ครบถ้วน",
    "measure": "1. มาตรการทดลอง: เผยแพร่ข้อมูลของหน่วยงานให้ครบถ้วน",
    "method": "ปรับปรุงข้อมูลบนเว็บไซต์ให้ครบถ้วนและเป็นปัจจุบัน",
    "responsible": "สำนักปลัด",
    "monitoring": "รายงานผลให้ผู้บริหารทราบอย่างน้อยปีละ 2 ครั้ง",
    "result": "(ทดลอง) ปรับปรุงข้อมูลครบ 10 รายการ เมื่อเดือนมีนาคม",
    "outcome": "(ทดลอง) ประชาชนค้นหาข้อมูลได้ครบทุกหัวข้อ",
    "suggestion": "ควรตรวจสอบข้อมูลทุกไตรมาส",
}


def find(organisation: Organisation) -> Approval | None:
    """The trial that stands for this step: one that was signed, else the newest that may still be."""
    found = (
        Approval.objects.of(organisation)
        .filter(report__is_trial=True)
        .select_related("organisation", "report__drafter", "report__organisation", "content")
    )
    # By date, because an index gives an authority's of one state in that order; by key, all of its reports.
    signed = found.filter(state=State.MAYOR_SIGNED).order_by("-changed_at").first()
    return signed or found.exclude(state__in=CLOSED).order_by("-pk").first()


def drafters(organisation: Organisation) -> list[Appointment]:
    """Who could write it today: legal officers first, then the others who may draft."""
    rows = Appointment.objects.of(organisation).on(thai.today())
    found = list(rows.filter(post__role__in=Membership.DRAFTING_ROLES).select_related("user", "post"))
    return sorted(found, key=lambda row: (row.post.role != Role.LEGAL_OFFICER, *officers.holder_first(row)))


@transaction.atomic
def make(organisation: Organisation, by: User | None) -> Report:
    """The draft, in the hands of a drafter: of the one who asks, when he is one. NotEntered without any."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # Pressed twice, it is made once.
    there = find(organisation)
    if there is not None:
        return there.report
    writing = drafters(organisation)
    if not writing:
        raise problem(_("ยังไม่มีผู้จัดทำรายงาน เช่น นิติกร โปรดเพิ่มบุคลากรในขั้นที่ ๓"))
    first = next((row for row in writing if by is not None and row.user_id == by.pk), writing[0])
    usual = starting.usual(organisation)
    item = AssessmentItem.objects.filter(pk=usual["item"]).first()
    if item is None:
        raise problem(_("ยังไม่ได้โหลดข้อมูลตั้งต้นของระบบ โปรดเรียก manage.py load_facts"))
    year, period = usual["fiscal_year"], usual["period"]
    report = drafts.begin(
        Actor(first.user, organisation),
        assessed_year=usual["assessed_year"],
        fiscal_year=year,
        item=item,
        period=period,
        title=f"(ทดลอง) {starting.title(organisation, year, period)}",
        subject=f"(ทดลอง) {starting.subject(year, period)}",
        trial=True,
    )
    for section in report.sections.select_related("form"):
        _fill(section, year)
    return report


def _fill(section: Section, year: int) -> None:
    words = {**_WORDS, "period": f"ตุลาคม {year - 1} – กันยายน {year}"}
    cells: dict[str, dict[str, str]] = {"measure": {}, "activity": {}}
    for column in section.form.columns:
        cells[column["level"]] |= {key: words[key] for key in column["fields"] if key in words}
    measure = Measure(section=section, cells=cells["measure"])
    measure.save()
    Activity(measure=measure, cells=cells["activity"]).save()


@dataclass(frozen=True)
class Turn:
    """One stop of the trial: whose it is, and whether it is behind, now, or ahead ("done", "current", "")."""

    heading: str
    who: list[str]
    state: str
    final: bool = False


def turns(organisation: Organisation, approval: Approval | None) -> list[Turn]:
    """Drafter and steps: of the trial's own round once it was submitted, of the route before that."""
    if approval is not None and approval.state != State.WRITING:
        steps = list(
            approval.steps.filter(round=approval.round).prefetch_related("posts").order_by("position")
        )
        first = "done"
    else:
        steps, first = [], "current" if approval is not None else ""
    writes = (
        [approval.report.drafter.full_name]
        if approval
        else [row.user.full_name for row in drafters(organisation)[:1]]
    )
    found = [Turn(_("ตรวจทานและเสนอ"), writes, first)]
    planned = steps or officers.route_of(organisation)
    people = officers.officers(*planned)
    for step in planned:
        posts = {post.pk for post in step.posts.all()}
        who = [row.user.full_name for row in people if row.post_id in posts]
        opened, closed = getattr(step, "opened_at", None), getattr(step, "closed_at", None)
        state = "done" if closed else "current" if opened else ""
        found.append(Turn(step.heading, who, state, step.is_final))
    return found
