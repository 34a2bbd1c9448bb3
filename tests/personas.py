"""Two authorities with everybody a rule can tell apart: ``home``, and ``stranger``, who must see nothing of it.

All names are invented. A person's key, login name and place in ``Authority.people`` are one word; see ``PEOPLE``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from ita_core import pin, thai
from ita_core.membership import Membership
from ita_core.models import Appointment, Organisation, OrgUnit, Post, Role, User
from workflows.models import RouteStep, State
from workflows.permissions import Actor

PASSWORD = "sufficiently-long-2565"
PIN = "482915"
ORDER = "คำสั่งที่ 12/2565 ลงวันที่ 1 กุมภาพันธ์ 2565"

# Key → (name, role of the post held). Who stands in for another, or no longer serves, comes below.
PEOPLE: dict[str, tuple[str, Role]] = {
    "legal_officer": ("นางสาวพิมพ์ใจ ใฝ่สุจริต", Role.LEGAL_OFFICER),
    "second_legal_officer": ("นายก้องภพ ใฝ่ธรรม", Role.LEGAL_OFFICER),
    "section_head": ("นางวารี รักระเบียบ", Role.SECTION_HEAD),
    "clerk": ("นายสมนึก มั่นวินัย", Role.CLERK),
    "deputy_clerk": ("นางอรทัย มั่นคงดี", Role.DEPUTY_CLERK),
    "mayor": ("นายประเสริฐ ใจเที่ยง", Role.MAYOR),
    "deputy_mayor": ("นายวิชัย ใจสะอาด", Role.DEPUTY_MAYOR),
    "registrar": ("นางสาวมาลี เก็บครบ", Role.REGISTRAR),
    "org_admin": ("นายธนา ดูแลดี", Role.ORG_ADMIN),
    "reader": ("นางสาวจันทร์ อ่านดี", Role.READER),
    "acting_head": ("นางสุดา บัญชีตรง", Role.OFFICER),
    "expired_acting": ("นายเอก พ้นกำหนด", Role.OFFICER),
}
TITLES = {
    "legal_officer": "นิติกรชำนาญการ",
    "second_legal_officer": "นิติกรปฏิบัติการ",
    "registrar": "เจ้าพนักงานธุรการชำนาญงาน",
    "org_admin": "นักวิเคราะห์นโยบายและแผนชำนาญการ",
    "reader": "ผู้ช่วยเจ้าพนักงานธุรการ",
    "acting_head": "ผู้อำนวยการกองคลัง",
    "expired_acting": "ผู้อำนวยการกองช่าง",
}


@dataclass
class Authority:
    """An authority with its offices, posts and people by key."""

    organisation: Organisation
    units: dict[str, OrgUnit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Read anew at each call, as every request does; just confirmed, as whoever signs must be."""
        return Actor(self.people[key], self.organisation, timezone.now())

    def membership(self, key: str) -> Membership:
        actor = self.actor(key)
        return Membership(actor.user, self.organisation, tuple(actor.appointments), actor.confirmed_at)

    def set_route(self, *steps: tuple[str, list[str], str]) -> None:
        """Replace the route: (heading, keys of the posts that may decide, state reached or "")."""
        self.organisation.route.all().delete()
        for position, (heading, keys, reaches) in enumerate(steps, start=1):
            step = RouteStep(
                organisation=self.organisation, position=position, heading=heading, reaches=reaches
            )
            step.save()
            step.posts.set([self.posts[key] for key in keys])

    def appoint(self, key: str, post: str, **facts: object) -> Appointment:
        values = {"starts": _days_ago(365), **facts}
        appointment = Appointment(user=self.people[key], post=self.posts[post], **values)
        appointment.save()
        return appointment

    def stand_in(self, key: str, post: str, **facts: object) -> Appointment:
        """Somebody acts for a post by an order (รักษาราชการแทน)."""
        usual = {"capacity": Appointment.Capacity.ACTING_FOR, "legal_basis": ORDER, "starts": _days_ago(30)}
        return self.appoint(key, post, own_title=self.posts[key].title, **{**usual, **facts})


@dataclass
class Personas:
    home: Authority
    stranger: Authority


def build() -> Personas:
    """Fills the database in use. ``two_hats`` is the registrar of both."""
    home = authority("nong-tua-yang", Organisation.Kind.SAO, "หนองตัวอย่าง")
    stranger = authority("ban-sommut", Organisation.Kind.TAMBON_MUNI, "บ้านสมมติ", login_prefix="muni_")
    two_hats = _person("two_hats", "นายสองตรา ทำดีทั้งสองแห่ง")
    for place in (home, stranger):
        place.people["two_hats"] = two_hats
        place.appoint("two_hats", "registrar")
    return Personas(home, stranger)


def authority(slug: str, kind: Organisation.Kind, name: str, *, login_prefix: str = "") -> Authority:
    """An authority with its offices, a person of every role, and the route of three steps."""
    organisation = Organisation(
        slug=slug, kind=kind, name=name, district="เมืองสมมติ", province="สมมติ", number_prefix="สม 71001"
    )
    organisation.save()
    made = Authority(organisation)
    _add_units(made)
    for key, (full_name, role) in PEOPLE.items():
        made.people[key] = _person(login_prefix + key, full_name)
        made.posts[key] = Post(
            organisation=organisation,
            unit=made.units[_unit_of(key)] if _unit_of(key) else None,
            role=role,
            title=TITLES.get(key) or organisation.title_for(role),
        )
        made.posts[key].save()
        made.appoint(key, key)
    _add_changes(made, login_prefix)
    _usual_route(made)
    return made


def _add_units(made: Authority) -> None:
    def unit(key: str, kind: OrgUnit.Kind, name: str, parent: str | None = None) -> None:
        made.units[key] = OrgUnit(
            organisation=made.organisation,
            kind=kind,
            name=name,
            parent=made.units[parent] if parent else None,
        )
        made.units[key].save()

    unit("clerk_office", OrgUnit.Kind.CLERK_OFFICE, made.organisation.clerk_office_name)
    unit("legal", OrgUnit.Kind.SECTION, "งานกฎหมายและคดี", "clerk_office")
    unit("finance", OrgUnit.Kind.DIVISION, "กองคลัง")
    unit("works", OrgUnit.Kind.DIVISION, "กองช่าง")


def _unit_of(key: str) -> str:
    return {
        "legal_officer": "legal",
        "second_legal_officer": "legal",
        "acting_head": "finance",
        "expired_acting": "works",
        "clerk": "",
        "deputy_clerk": "",
        "mayor": "",
        "deputy_mayor": "",
    }.get(key, "clerk_office")


def _add_changes(made: Authority, login_prefix: str) -> None:
    """Who stands in for the section head today, who did until yesterday, and who held the clerk's post before."""
    made.stand_in("acting_head", "section_head")
    made.stand_in("expired_acting", "section_head", ends=_days_ago(1))
    made.people["former"] = _person(login_prefix + "former", "นายอดีต เกษียณแล้ว")
    made.appoint("former", "clerk", starts=_days_ago(3650), ends=_days_ago(366))


def _usual_route(made: Authority) -> None:
    organisation = made.organisation
    made.set_route(
        ("ความเห็นของหัวหน้าสำนักปลัด", ["section_head"], State.SECTION_HEAD_REVIEWED),
        (f"ความเห็นของ{organisation.clerk_title}", ["clerk"], State.DEPUTY_APPROVED),
        (f"คำสั่งของ{organisation.mayor_title}", ["mayor"], State.MAYOR_SIGNED),
    )
    first, second, _last = organisation.route.order_by("position")
    first.addresses = f"เรียน {organisation.clerk_title}"
    second.addresses = f"เรียน {organisation.mayor_title}"
    first.save()
    second.save()


def _person(login: str, full_name: str) -> User:
    user = User.objects.create_user(login, f"{login}@example.org", PASSWORD, full_name=full_name)
    pin.keep(user, PIN)
    return user


def _days_ago(days: int) -> datetime.date:
    return thai.today() - datetime.timedelta(days=days)
