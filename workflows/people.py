"""The authority's people, units and posts, as its administrator records them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import entering, thai
from ita_core.administration import is_referred_to
from ita_core.models import Appointment, Organisation, OrgUnit, Post, User
from workflows import acting, administered, appointing, closing, substitutes, vacancies
from workflows import people_permissions as permissions
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed


def of(organisation: Organisation) -> list[User]:
    """Everybody who serves the authority or ever did, by name."""
    served = Appointment.objects.of(organisation).values("user")
    return list(User.objects.filter(pk__in=served).order_by("full_name", "pk"))


def person_of(organisation: Organisation, pk: int) -> User | None:
    served = Appointment.objects.of(organisation).values("user")
    return User.objects.filter(pk__in=served, pk=pk).first()


@transaction.atomic
def add(actor: Actor, *, full_name: str, username: str, email: str, post: Post, **appointed: Any) -> User:
    """A person with his first post: nobody belongs to an authority but by an appointment. He has no password yet."""
    permissions.check_administers(actor)
    made = User(username=username.strip(), full_name=acting.text(full_name)[:200], email=email.strip())
    entering.lock()
    if entering.is_name_taken(made.username):
        raise Conflict(_("ชื่อผู้ใช้นี้มีผู้ใช้แล้ว โปรดใช้ชื่ออื่น"))
    _check_address(made)
    made.set_unusable_password()
    _clean(made)
    made.save()
    appointing.appoint(actor, made, post, **appointed)
    return made


@transaction.atomic
def rename(actor: Actor, person: User, *, full_name: str, email: str) -> None:
    """Name and address; the address only until he has come in once: letters to it can set a password."""
    permissions.check_may_change_person(actor, person)
    person.full_name = acting.text(full_name, _("โปรดใส่ชื่อ"))[:200]
    if not has_come_in(person):
        entering.lock()
        person.email = email.strip()
        _check_address(person)
    _clean(person)
    person.save(update_fields=["full_name", "email"])


def _check_address(person: User) -> None:
    if entering.is_address_taken(person.email, person):
        raise Conflict(_("มีผู้ใช้อื่นใช้อีเมลนี้แล้ว"))


def has_come_in(person: User) -> bool:
    """By a password of his own, or by a provider without one."""
    return person.has_usable_password() or person.last_login is not None


@transaction.atomic
def set_active(actor: Actor, person: User, *, active: bool, end_appointments: bool = False) -> int:
    """Who may not log in any more holds no post either, whatever his appointments say; what he did stays.

    Unless they end with it (returns how many did), they wait for him, and nobody else is appointed to hold his posts.
    """
    substitutes.lock(actor.organisation)
    permissions.check_may_close_login(actor, person)
    before = administered.until(actor.organisation)
    ended = closing.end_appointments(actor.organisation, person) if end_appointments and not active else 0
    person.is_active = active
    person.save(update_fields=["is_active"])
    appointing.check_administrator_left(actor.organisation, before)
    substitutes.settle(actor.organisation)
    vacancies.tell_of_all(actor.organisation)
    return ended


# --- units and posts


@transaction.atomic
def save_unit(actor: Actor, row: OrgUnit, *, name: str, kind: str, parent: OrgUnit | None) -> OrgUnit:
    permissions.check_administers(actor)
    row.organisation, row.name, row.kind, row.parent = (
        actor.organisation,
        acting.text(name)[:200],
        kind,
        parent,
    )
    # A database takes two rows without a parent for different ones.
    same = OrgUnit.objects.of(actor.organisation).filter(parent=parent, name=row.name).exclude(pk=row.pk)
    if same.exists():
        raise Conflict(_("มีส่วนราชการชื่อนี้อยู่แล้ว"))
    _clean(row)
    row.save()
    return row


@transaction.atomic
def save_post(actor: Actor, row: Post, *, title: str, role: str, unit: OrgUnit | None) -> Post:
    """A post that was used keeps its role: whoever acted in it acted as that."""
    permissions.check_administers(actor)
    if row.pk and row.role != role and is_referred_to(row):
        raise Conflict(_("ตำแหน่งนี้ใช้แล้ว จึงเปลี่ยนบทบาทไม่ได้ ให้เพิ่มตำแหน่งใหม่แทน"))
    row.organisation, row.title, row.role, row.unit = actor.organisation, acting.text(title)[:200], role, unit
    same = Post.objects.of(actor.organisation).filter(unit=unit, title=row.title).exclude(pk=row.pk)
    if same.exists():
        raise Conflict(_("มีตำแหน่งชื่อนี้ในส่วนราชการนี้อยู่แล้ว"))
    _clean(row)
    row.save()
    return row


@transaction.atomic
def remove(actor: Actor, row: OrgUnit | Post) -> None:
    """A unit or a post that nothing names."""
    permissions.check_administers(actor)
    if row.organisation_id != actor.organisation.pk:
        raise NotAllowed(_("ข้อมูลนี้เป็นของหน่วยงานอื่น"))
    if is_referred_to(row):
        raise Conflict(_("มีข้อมูลอื่นอ้างถึงรายการนี้แล้ว จึงลบไม่ได้"))
    row.delete()


def _clean(row: Any) -> None:
    try:
        row.full_clean()
    except ValidationError as problem:
        raise BadInput(" ".join(problem.messages)) from problem


def serving_today(organisation: Organisation) -> list[Appointment]:
    """In force today, by post, with who is away."""
    rows = Appointment.objects.of(organisation).on(thai.today()).select_related("user", "post")
    return list(rows.order_by("post", "pk"))
