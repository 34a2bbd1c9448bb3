"""A report that waits at a post where nobody can act: its page says so and whom to ask, and the administrators are told.

Told once a day and step at most: when a step opens, when days of people change, and every hour by the worker, since an
absence begins and an order ends at midnight without anybody doing anything. Who has come to act meanwhile is told that it
is his turn.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from ita_core import outbox, thai
from ita_core.models import Appointment, Organisation, User
from ita_core.telling import tell
from workflows import notifications, waiting
from workflows.models import ApprovalStep
from workflows.officers import administrators, post_names

KIND = "deadline"
HOURLY = "vacancies"  # of the outbox
_KEPT = datetime.timedelta(days=7)


def tell_of(step: ApprovalStep, here: Iterable[Appointment]) -> None:
    """When a step opens; ``here`` are those who could decide it today."""
    if not _is_manned(step, {(one.post_id, one.user_id) for one in here}):
        _tell(step, administrators(step.organisation))


def tell_of_all(organisation: Organisation) -> int:
    """Every step of the authority that waits for nobody; returns how many. Five queries while there is none."""
    rows = ApprovalStep.objects.of(organisation).filter(opened_at__isnull=False, closed_at__isnull=True)
    steps = list(rows.select_related("approval__report", "organisation").prefetch_related("posts"))
    if not steps:
        return 0
    there = _there(organisation, {post.pk for step in steps for post in step.posts.all()})
    notifications.turns(organisation, steps)
    vacant = [step for step in steps if not _is_manned(step, there)]
    if vacant:
        people = administrators(organisation)
        for step in vacant:
            _tell(step, people)
    return len(vacant)


def alone_with(organisation: Organisation, person: User) -> list[ApprovalStep]:
    """Steps that wait for the person and would wait for nobody without him. Two queries while none waits."""
    his = Appointment.objects.of(organisation).present(thai.today()).filter(user=person)
    # Asked for by themselves: of posts that it does not know PostgreSQL expects many steps, and reads them all.
    rows = waiting.at_posts(organisation, set(his.values_list("post_id", flat=True)))
    steps = list(rows.select_related("approval__report").prefetch_related("posts"))
    if not steps:
        return []
    there = _there(organisation, {post.pk for step in steps for post in step.posts.all()})
    others = {(post, user) for post, user in there if user != person.pk}
    return [step for step in steps if _is_manned(step, there) and not _is_manned(step, others)]


def hourly(payload: dict[str, Any]) -> None:
    """The worker's piece. What was told is known by its key: told again it is nothing."""
    rows = ApprovalStep.objects.across_organisations().filter(
        opened_at__isnull=False, closed_at__isnull=True, organisation__is_filler=False
    )
    for organisation in Organisation.objects.filter(pk__in=rows.values("organisation")):
        with transaction.atomic():
            tell_of_all(organisation)
    outbox.forget(HOURLY, _KEPT)


def _there(organisation: Organisation, posts: Iterable[int]) -> set[tuple[int, int]]:
    """(post, person) of those who may act today and are there."""
    rows = Appointment.objects.of(organisation).present(thai.today())
    return set(rows.filter(post__in=posts, covers_memos=True).values_list("post_id", "user_id"))


def _is_manned(step: ApprovalStep, there: set[tuple[int, int]]) -> bool:
    """The drafter decides his own report at the last step only: one who stands in before it is nobody."""
    posts = {post.pk for post in step.posts.all()}
    drafter = None if step.is_final else step.approval.report.drafter_id
    return any(post in posts and user != drafter for post, user in there)


def _tell(step: ApprovalStep, people: list[User]) -> None:
    report = step.approval.report
    with override("th"):  # What people are told is Thai, whoever's request tells it.
        title = f"ไม่มีผู้พิจารณา: {report}"
        text = f"เรื่องรออยู่ที่ตำแหน่ง{post_names(step)} ซึ่งวันนี้ไม่มีผู้ปฏิบัติหน้าที่ โปรดบันทึกการแต่งตั้งหรือคำสั่งรักษาราชการแทน"
    tell(
        step.organisation,
        KIND,
        people,
        key=f"vacant:{step.pk}:{thai.today().isoformat()}",
        title=thai.printed(title),
        text=thai.printed(text),
        path=reverse(
            "workflows:report", kwargs={"org": step.organisation.slug, "pk": step.approval.report_id}
        ),
    )
