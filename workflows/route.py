"""The rules of an authority's route: checked when it is saved, when an example is loaded, and by a system check.

A step is compared as plain values, because in the admin a step's posts are not saved when they must be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ita_core import health
from ita_core.models import Organisation, Post, Role
from workflows.models import REACHABLE, RouteStep, State


@dataclass(frozen=True)
class PlannedStep:
    """A step as it would be saved; ``organisation_id`` is None while its authority is not saved either."""

    organisation_id: int | None
    position: int
    heading: str
    reaches: str
    posts: tuple[Post, ...]

    @classmethod
    def of(cls, step: RouteStep) -> PlannedStep:
        return cls(step.organisation_id, step.position, step.heading, step.reaches, tuple(step.posts.all()))


# A state says whose opinion was given, so its step belongs to that post alone: a deputy decides it by an appointment
# to the post, never by a role of his own. A step that reaches no state may be anybody's.
ROLE_OF: dict[str, Role] = {
    State.SECTION_HEAD_REVIEWED: Role.SECTION_HEAD,
    State.DEPUTY_APPROVED: Role.CLERK,
    State.MAYOR_SIGNED: Role.MAYOR,
}


def check_route(steps: Iterable[PlannedStep]) -> None:
    """Raises ValidationError with a Thai sentence for each rule that the route breaks.

    Positions differ; every step has a heading and a post of its own authority; the states reached come in the order
    of the process, each once; the last step, and no other, is the mayor's signature.
    """
    ordered = sorted(steps, key=lambda step: step.position)
    problems = [*_about_each(ordered), *_about_order(ordered)]
    if problems:
        raise ValidationError(problems)


def _about_each(steps: Sequence[PlannedStep]) -> Iterator[str]:
    for position, times in Counter(step.position for step in steps).items():
        if times > 1:
            yield _("ลำดับที่ %(n)d ซ้ำกัน") % {"n": position}
    for step in steps:
        if not step.heading.strip():
            yield _("ขั้นที่ %(n)d ไม่มีหัวข้อ") % {"n": step.position}
        if not step.posts:
            yield _("ขั้น “%(heading)s” ยังไม่มีตำแหน่งที่พิจารณาได้") % {"heading": step.heading}
        if any(post.organisation_id != step.organisation_id for post in step.posts):
            yield _("ขั้น “%(heading)s” มีตำแหน่งของหน่วยงานอื่น") % {"heading": step.heading}
        role = ROLE_OF.get(step.reaches)
        if role is not None and any(post.role != role for post in step.posts):
            yield _("ขั้น “%(heading)s” ต้องเป็นตำแหน่งที่มีบทบาท%(role)sเท่านั้น ผู้อื่นลงนามได้ด้วยการแต่งตั้งให้ทำแทน") % {
                "heading": step.heading,
                "role": role.label,
            }


def _about_order(steps: Sequence[PlannedStep]) -> Iterator[str]:
    reached = [step.reaches for step in steps if step.reaches]
    if unknown := [state for state in reached if state not in REACHABLE]:
        yield _("ไม่รู้จักสถานะ %(states)s") % {"states": ", ".join(unknown)}
        return
    places = [REACHABLE.index(State(state)) for state in reached]
    if places != sorted(set(places)):
        yield _("สถานะที่ไปถึงต้องเรียงตามลำดับ หัวหน้าสำนักปลัด ปลัด นายก และไม่ซ้ำกัน")
    if not steps or steps[-1].reaches != State.MAYOR_SIGNED:
        yield _("ขั้นสุดท้ายต้องเป็นการลงนามของนายก")


def routes_sound(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """``manage.py check --database default`` names each authority whose reports could not be submitted, and why.

    Warnings, not errors: an authority being set up must not stop a migration.
    """
    messages: list[checks.CheckMessage] = []
    for alias in health.migrated(databases):
        for organisation in Organisation.objects.using(alias).order_by("pk"):
            messages.extend(_warnings(organisation))
    return messages


def _warnings(organisation: Organisation) -> Iterator[checks.CheckMessage]:
    steps = organisation.route.prefetch_related("posts")
    try:
        check_route(PlannedStep.of(step) for step in steps)
    except ValidationError as error:
        for sentence in error.messages:
            yield checks.Warning(f"{organisation.slug}: {sentence}", obj=organisation, id="workflows.W001")
