"""Setting up, third step: people in their posts, typed or from a sheet; every faulty row is named, nothing half-entered."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import entering, thai
from ita_core.models import Appointment, Organisation, Post, User
from workflows.setting_up_rows import Fault, Made, NotEntered, PersonRow

HOLDER = "ดำรงตำแหน่ง"
# As officials write them; the labels of the model may be translated, what stands in a sheet may not.
CAPACITIES: dict[str, str] = {
    "": Appointment.Capacity.HOLDER,
    HOLDER: Appointment.Capacity.HOLDER,
    **{words: capacity for capacity, words in Appointment.PHRASE.items()},
}
# Where the model complains of a field, the field of the row that says it.
_FIELDS = {"username": "login", "full_name": "name", "user": "login", "ends": "starts"}
_FIELDS |= {
    name: name for name in ("email", "post", "capacity", "own_title", "legal_basis", "scope", "starts")
}


@dataclass
class _Entering:
    """One run over all rows: who was found or made so far, by login in small letters."""

    organisation: Organisation
    any_login: bool
    posts: list[Post]
    people: dict[str, User] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    made: Made = field(default_factory=Made)

    def fault(self, row: PersonRow, name: str, sentence: str) -> None:
        self.faults.append(Fault(row.place, name, sentence))


@transaction.atomic
def enter(organisation: Organisation, rows: Sequence[PersonRow], *, any_login: bool) -> Made:
    """People who are not there yet, and their appointments; a row that is there already is passed over.

    ``any_login``: whether a person of another authority may be appointed here by his login, as the superuser and the
    command may; an authority's own administrator is not told more than that the name is taken. NotEntered.
    """
    entering.lock()
    posts = list(Post.objects.of(organisation).select_related("unit"))
    run = _Entering(organisation, any_login, posts)
    for row in rows:
        before = len(run.faults)
        _printable(run, row)
        starts, post, capacity = _starts(run, row), _post(run, row), _capacity(run, row)
        user = _user(run, row)
        if len(run.faults) > before or post is None or user is None or starts is None:
            continue
        _appoint(run, row, Appointment(user=user, post=post, capacity=capacity, starts=starts))
    if run.faults:
        raise NotEntered(run.faults)
    return run.made


def _printable(run: _Entering, row: PersonRow) -> None:
    for one in fields(row):
        text = getattr(row, one.name)
        if isinstance(text, str) and (wrong := thai.problem_in(text)):
            run.fault(row, one.name, wrong)


def _starts(run: _Entering, row: PersonRow) -> datetime.date | None:
    if not row.starts:
        return thai.today()
    try:
        return datetime.date.fromisoformat(row.starts)
    except ValueError:
        pass
    try:
        return thai.ThaiDate.parse(row.starts).date
    except ValueError as problem:
        run.fault(row, "starts", str(problem))
        return None


def _capacity(run: _Entering, row: PersonRow) -> str:
    capacity = CAPACITIES.get(row.capacity)
    if capacity is None:
        known = ", ".join(words for words in CAPACITIES if words)
        words = _("ไม่รู้จักฐานะ “%(said)s” โปรดใส่อย่างใดอย่างหนึ่ง: %(known)s")
        run.fault(row, "capacity", words % {"said": row.capacity[:60], "known": known})
    return capacity or ""


def _post(run: _Entering, row: PersonRow) -> Post | None:
    if not row.post:
        run.fault(row, "post", _("โปรดใส่ตำแหน่ง"))
        return None
    named = [post for post in run.posts if _same(post.title, row.post)]
    if row.unit:
        named = [post for post in named if post.unit is not None and _same(post.unit.name, row.unit)]
    if len(named) == 1:
        return named[0]
    said = {"post": row.post[:80], "unit": row.unit[:80]}
    if len(named) > 1:
        run.fault(row, "unit", _("มีตำแหน่ง “%(post)s” หลายสังกัด โปรดใส่ส่วนราชการให้ตรงกับขั้นที่ ๒") % said)
    elif row.unit and any(_same(post.title, row.post) for post in run.posts):
        run.fault(row, "unit", _("ไม่มีตำแหน่ง “%(post)s” ในส่วนราชการ “%(unit)s”") % said)
    else:
        words = _("ไม่มีตำแหน่งชื่อ “%(post)s” โปรดใส่ให้ตรงกับตำแหน่งในขั้นที่ ๒ หรือเพิ่มตำแหน่งนี้ก่อน")
        run.fault(row, "post", words % said)
    return None


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _user(run: _Entering, row: PersonRow) -> User | None:
    if not row.name:
        run.fault(row, "name", _("โปรดใส่ชื่อ-นามสกุลพร้อมคำนำหน้า"))
    if not row.login:
        run.fault(row, "login", _("โปรดใส่ชื่อผู้ใช้ เช่น somchai.j"))
    if not (row.name and row.login):
        return None
    key = row.login.lower()
    user = run.people.get(key) or User.objects.filter(username__iexact=row.login).first()
    if user is None:
        user = _new_user(run, row)
    elif key not in run.people and not _may_be_named(run, user):
        run.fault(row, "login", _("ชื่อผู้ใช้ “%(login)s” มีผู้ใช้แล้ว โปรดใช้ชื่ออื่น") % {"login": row.login[:80]})
        return None
    elif not _same(user.full_name, row.name):
        words = _("ชื่อผู้ใช้ “%(login)s” เป็นของ%(name)s โปรดตรวจชื่อหรือใช้ชื่อผู้ใช้อื่น")
        run.fault(row, "name", words % {"login": row.login[:80], "name": user.full_name})
        return None
    elif not user.is_active:
        run.fault(row, "login", _("บัญชีของ%(name)sปิดการใช้งานแล้ว") % {"name": user.full_name})
        return None
    if user is not None:
        run.people[key] = user
    return user


def _may_be_named(run: _Entering, user: User) -> bool:
    return run.any_login or Appointment.objects.of(run.organisation).filter(user=user).exists()


def _new_user(run: _Entering, row: PersonRow) -> User | None:
    """Without a password: a link lets the person set the first one."""
    user = User(username=row.login, full_name=row.name, email=row.email)
    user.set_unusable_password()
    if entering.is_address_taken(row.email):
        run.fault(row, "email", _("มีผู้ใช้อื่นใช้อีเมลนี้แล้ว"))
        return None
    if not _whole(run, row, user):
        return None
    user.save()
    run.made.add("people")
    return user


def _appoint(run: _Entering, row: PersonRow, appointment: Appointment) -> None:
    there = Appointment.objects.of(run.organisation).on(thai.today())
    if there.filter(user=appointment.user, post=appointment.post, capacity=appointment.capacity).exists():
        return
    appointment.own_title, appointment.legal_basis = row.own_title, row.legal_basis
    appointment.scope = row.scope
    if _whole(run, row, appointment):
        appointment.save()
        run.made.add("appointments")


def _whole(run: _Entering, row: PersonRow, made: User | Appointment) -> bool:
    try:
        made.full_clean(exclude=["password"])
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                run.fault(row, _FIELDS.get(name) or _field_of(made), sentence)
        return False
    return True


def _field_of(made: User | Appointment) -> str:
    """A rule over several columns: what it asks for when somebody is not the holder, else the post."""
    if isinstance(made, User):
        return "login"
    if made.capacity != Appointment.Capacity.HOLDER:
        return (
            "scope"
            if made.own_title and made.legal_basis
            else "own_title"
            if not made.own_title
            else "legal_basis"
        )
    return "post"
