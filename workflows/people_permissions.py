"""Who may say who is who: the authority's administrator; of days away, the person himself too.

Everybody who serves the authority sees who acts when. Why somebody is away is his and the administrator's.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Absence, Appointment, Organisation, Role, User
from workflows.officers import Actor, check_serves, sentence_of
from workflows.refusals import Conflict, NotAllowed


def is_admin(actor: Actor) -> bool:
    return any(appointment.post.role == Role.ORG_ADMIN for appointment in actor.appointments)


def check_administers(actor: Actor) -> None:
    if not is_admin(actor):
        raise NotAllowed(_("เฉพาะผู้ดูแลระบบของหน่วยงานเท่านั้นที่ตั้งค่าของหน่วยงานได้"))


def check_may_record(actor: Actor, person: User) -> None:
    """Of oneself, or of anybody as the administrator."""
    check_serves(actor)
    if person.pk != actor.user.pk and not is_admin(actor):
        raise NotAllowed(_("การไม่อยู่บันทึกได้โดยเจ้าตัวหรือผู้ดูแลระบบของหน่วยงานเท่านั้น"))


def check_may_end(actor: Actor, absence: Absence) -> None:
    check_may_record(actor, absence.user)
    over = absence.last is not None and absence.last < max(thai.today(), absence.starts)
    if over:  # Or never began: the person came back before it.
        raise Conflict(_("การไม่อยู่ครั้งนี้สิ้นสุดแล้ว"))


def serves_here_alone(person: User, organisation: Organisation) -> bool:
    """Whether nobody else has a say in the person: no other authority, and not the whole installation."""
    if person.is_superuser:
        return False
    elsewhere = person.appointments.exclude(post__organisation=organisation)
    return (
        not elsewhere.filter(ends__isnull=True).exists()
        and not elsewhere.filter(ends__gte=thai.today()).exists()
    )


def check_may_change_person(actor: Actor, person: User) -> None:
    check_administers(actor)
    if not serves_here_alone(person, actor.organisation):
        raise NotAllowed(_("บุคคลนี้เป็นผู้ดูแลระบบกลางหรือมีตำแหน่งในหน่วยงานอื่นด้วย จึงแก้ไขได้โดยผู้ดูแลระบบกลางเท่านั้น"))


def check_may_close_login(actor: Actor, person: User) -> None:
    check_may_change_person(actor, person)
    if person.pk == actor.user.pk:
        raise NotAllowed(_("ท่านปิดการใช้งานของตนเองไม่ได้"))


def check_may_rewrite(row: Appointment) -> None:
    """What follows from an absence is changed there."""
    if row.absence_id is not None:
        raise NotAllowed(_("รายการนี้เกิดจากการไม่อยู่ตามคำสั่งรักษาราชการแทน โปรดแก้ไขที่การไม่อยู่หรือที่คำสั่งนั้น"))


may_end = sentence_of(check_may_end)
may_change_person = sentence_of(check_may_change_person)
may_close_login = sentence_of(check_may_close_login)
