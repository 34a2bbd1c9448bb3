"""Where a report stands, in words and as the steps of its own route."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ita_core import thai
from ita_core.models import Appointment
from workflows.models import UNDER_WAY, Act, Approval, ApprovalStep, RouteStep, State
from workflows.permissions import vacant_sentence

StepState = Literal["done", "current", "waiting", "skipped", "vacant"]


@dataclass(frozen=True)
class StepView:
    """One step as the page shows it. ``vacant`` is a step to come whose posts nobody may act in today.

    ``since`` is when it was opened, or decided once it is; ``officers`` are those who could decide it today.
    """

    heading: str
    who: tuple[str, ...]
    state: StepState
    act: Act | None = None
    since: datetime.datetime | None = None
    is_open: bool = False
    vacancy: str = ""
    opened: datetime.datetime | None = None
    officers: tuple[Appointment, ...] = ()
    is_final: bool = False
    # The last day of its working days, while it is its turn.
    due: datetime.date | None = None

    @property
    def days(self) -> int | None:
        """Whole days in Thailand that the step has waited; None when it is not its turn."""
        return days_since(self.since) if self.is_open and self.since else None

    @property
    def took(self) -> int | None:
        """Whole days in Thailand from its turn to its decision; None until then, and for a step that was skipped."""
        if self.state != "done" or self.opened is None or self.since is None:
            return None
        return (thai.bangkok_date(self.since) - thai.bangkok_date(self.opened)).days


def days_since(moment: datetime.datetime) -> int:
    return (thai.today() - thai.bangkok_date(moment)).days


def stepper(approval: Approval, skips: Collection[int] = ()) -> list[StepView]:
    """The round's snapshot; for a report in writing the route that it would take today. Four queries at most.

    ``skips`` are the positions of the route's steps that would be skipped if it were submitted now.
    """
    if approval.state == State.WRITING:
        steps: list[RouteStep | ApprovalStep] = list(
            RouteStep.objects.of(approval.organisation_id).prefetch_related("posts").order_by("position")
        )
    else:
        steps = list(
            approval.steps.filter(round=approval.round).select_related("act__user").prefetch_related("posts")
        )
    manned = _manned({post.pk for step in steps for post in step.posts.all()})
    return [_view(step, manned, approval.state, skips) for step in steps]


def _manned(post_ids: Collection[int]) -> dict[int, list[Appointment]]:
    """By post, who may decide a memo in it today and is there; holders before those who stand in."""
    in_force = Appointment.objects.across_organisations().present(thai.today())
    found: dict[int, list[Appointment]] = {}
    rows = in_force.filter(post__in=post_ids, covers_memos=True).select_related("user", "post")
    for one in sorted(rows, key=lambda one: (one.capacity != Appointment.Capacity.HOLDER, one.pk)):
        found.setdefault(one.post_id, []).append(one)
    return found


def _view(
    step: RouteStep | ApprovalStep,
    manned: Mapping[int, list[Appointment]],
    state: str,
    skips: Collection[int],
) -> StepView:
    officers = tuple(one for post in step.posts.all() for one in manned.get(post.pk, []))
    facts = StepView(
        heading=step.heading,
        who=tuple(post.title for post in step.posts.all()),
        state="waiting",
        officers=officers,
        is_final=step.is_final,
    )
    if isinstance(step, RouteStep):
        if step.position in skips:
            return replace(facts, state="skipped")
        return facts if officers else replace(facts, state="vacant", vacancy=vacant_sentence(step))
    return _view_of_round(step, facts, state)


def _view_of_round(step: ApprovalStep, facts: StepView, state: str) -> StepView:
    if step.skip_reason or (step.act and step.act.kind == Act.Kind.SKIP):
        return replace(facts, state="skipped", act=step.act, since=step.closed_at)
    if step.act is not None:
        return replace(facts, state="done", act=step.act, since=step.closed_at, opened=step.opened_at)
    is_open = step.opened_at is not None and step.closed_at is None
    facts = replace(facts, since=step.opened_at, opened=step.opened_at, is_open=is_open)
    if is_open:
        facts = replace(facts, due=step.due_on)
    if not facts.officers and state in UNDER_WAY:
        return replace(facts, state="vacant", vacancy=vacant_sentence(step))
    return replace(facts, state="current") if is_open else facts


def where(approval: Approval, steps: list[StepView] | None = None) -> str:
    """The state in the words of an office, with the post that has it now; pass ``steps`` when they are at hand."""
    if approval.state == State.WRITING:
        return in_words(approval.state, returned=approval.is_returned)
    if approval.state not in UNDER_WAY:
        return in_words(approval.state)
    steps = stepper(approval) if steps is None else steps
    waiting = next((step for step in steps if step.is_open), None)
    decided = [step.act for step in steps if step.act is not None and step.state == "done"]
    last = decided[-1].post.title if decided and decided[-1].post else ""
    sentence = in_words(
        approval.state, waiting_for=waiting.who[0] if waiting and waiting.who else "", last=last
    )
    return f"{sentence} – {waiting.vacancy}" if waiting and waiting.vacancy else sentence


def in_words(state: str, *, returned: bool = False, waiting_for: str = "", last: str = "") -> str:
    """``waiting_for`` and ``last`` are post titles: whose turn it is, and who decided last."""
    if state == State.WRITING:
        return pgettext("state", "ส่งคืนแก้ไข") if returned else _("กำลังร่าง")
    if state not in UNDER_WAY:
        return str(State(state).label)
    done = _("%(post)sเสนอความเห็นแล้ว") % {"post": last} if last else _("เสนอแล้ว")
    if not waiting_for:
        return done
    waiting = _("รอ%(post)s") % {"post": waiting_for}
    return f"{done} {waiting}"
