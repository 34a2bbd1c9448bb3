"""The first hour of an authority: its steps, what each still lacks, and who may go through them.

What a step lacks is read off the authority's own rows, so that it can be left and taken up again at any time, by the
pages, by the command, or by the settings that stay afterwards. Only steps that may stay as they are need a note.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_core import thai
from ita_core.membership import Membership
from ita_core.models import Appointment, FirstHour, Organisation, OrgUnit, Post, Role
from workflows import setting_up_route, setting_up_trial
from workflows.models import State

TITLES: dict[str, Promise] = {
    "authority": gettext_lazy("หน่วยงาน"),
    "units": gettext_lazy("ส่วนราชการและตำแหน่ง"),
    "people": gettext_lazy("บุคลากร"),
    "route": gettext_lazy("ลำดับการเสนอ"),
    "forms": gettext_lazy("แบบตารางและทะเบียน"),
    "look": gettext_lazy("แม่แบบและครุฑ"),
    "trial": gettext_lazy("รายงานทดลอง"),
}
STEPS = tuple(TITLES)


@dataclass(frozen=True)
class Step:
    key: str
    number: int
    title: str | Promise
    lacks: list[str]

    @property
    def is_done(self) -> bool:
        return not self.lacks


def steps(organisation: Organisation) -> list[Step]:
    """Every step with what it lacks, in order. A dozen queries, however many people there are."""
    note = FirstHour.objects.of(organisation).first()
    settled = set(note.settled) if note else set()
    found = {
        "authority": [],
        "units": _units(organisation),
        "people": _people(organisation),
        "route": setting_up_route.is_sound(organisation),
        "forms": [] if "forms" in settled else [_("ยังไม่ได้ยืนยันแบบตารางและวิธีออกเลข")],
        "look": [] if "look" in settled else [_("ยังไม่ได้ดูแม่แบบและครุฑ")],
        "trial": _trial(organisation),
    }
    return [Step(key, number, TITLES[key], found[key]) for number, key in enumerate(STEPS, 1)]


def next_step(found: list[Step]) -> str:
    """The first that lacks something; where nothing does, the page that says so."""
    return next((step.key for step in found if not step.is_done), "ready")


def is_under_way(organisation: Organisation) -> bool:
    """Whether the list of what is left belongs on the settings page: it was begun here, and nobody closed it."""
    return FirstHour.objects.of(organisation).filter(closed_at=None).exists()


def _units(organisation: Organisation) -> list[str]:
    lacks = []
    if not OrgUnit.objects.of(organisation).exists():
        lacks.append(_("ยังไม่มีส่วนราชการ"))
    roles = set(Post.objects.of(organisation).values_list("role", flat=True))
    if not roles & Membership.DRAFTING_ROLES:
        lacks.append(_("ยังไม่มีตำแหน่งผู้จัดทำรายงาน เช่น นิติกร"))
    if Role.MAYOR not in roles:
        lacks.append(_("ยังไม่มีตำแหน่งนายก ซึ่งเป็นผู้ลงนาม"))
    if Role.ORG_ADMIN not in roles:
        lacks.append(_("ยังไม่มีตำแหน่งผู้ดูแลระบบของหน่วยงาน"))
    return lacks


def _people(organisation: Organisation) -> list[str]:
    """Posts that the route or, before there is one, the usual route needs, and that nobody holds today."""
    rows = Appointment.objects.of(organisation).on(thai.today()).select_related("post")
    manned = {row.post_id for row in rows}
    roles = {row.post.role for row in rows}
    lacks = []
    if not roles & Membership.DRAFTING_ROLES:
        lacks.append(_("ยังไม่มีผู้จัดทำรายงาน เช่น นิติกร"))
    if Role.ORG_ADMIN not in roles:
        lacks.append(_("ยังไม่มีผู้ดูแลระบบของหน่วยงาน"))
    route = list(organisation.route.order_by("position").prefetch_related("posts"))
    groups = [list(step.posts.all()) for step in route] or [
        posts
        for role, posts in setting_up_route.posts_by_role(organisation).items()
        if role in setting_up_route.USUAL
    ]
    empty = [posts for posts in groups if not any(post.pk in manned for post in posts)]
    lacks += [
        _("ยังไม่มีผู้ดำรงหรือรักษาราชการแทนตำแหน่ง%(post)s") % {"post": " / ".join(map(str, posts))}
        for posts in empty
    ]
    return lacks


def _trial(organisation: Organisation) -> list[str]:
    approval = setting_up_trial.find(organisation)
    if approval is None:
        return [_("ยังไม่ได้ทำรายงานทดลอง")]
    if approval.state != State.MAYOR_SIGNED:
        return [_("รายงานทดลองยังไม่ได้ลงนาม")]
    return []
