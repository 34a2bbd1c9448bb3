"""Whom a drafter lets write along: officers of the authority whose posts prepare reports. Submitting stays the drafter's."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.membership import Membership
from ita_core.models import Appointment, User
from memos import editing
from memos.models import CoDrafter, Report

MOST = 20


def check_may_let_in(membership: Membership, report: Report) -> None:
    """Only the drafter says who writes along."""
    if report.drafter_id != membership.user.pk:
        raise PermissionDenied(
            _("เฉพาะผู้จัดทำเรื่องนี้ (%(name)s) เท่านั้นที่กำหนดผู้ร่วมจัดทำได้") % {"name": report.drafter}
        )


def of_report(report: Report) -> QuerySet[CoDrafter]:
    """By name."""
    return report.co_drafters.select_related("user").order_by("user__full_name", "pk")


def may_join(report: Report) -> QuerySet[User]:
    """Who holds a drafting post of the authority today and does not write yet, by name."""
    posts = {
        "post__organisation": report.organisation_id,
        "post__role__in": Membership.DRAFTING_ROLES,
    }
    serving = Appointment.objects.on(thai.today()).filter(**posts)
    there = report.co_drafters.values("user")
    people = User.objects.filter(pk__in=serving.values("user"), is_active=True)
    return people.exclude(pk=report.drafter_id).exclude(pk__in=there).order_by("full_name", "pk")


def let_in(membership: Membership, report_id: int, user_id: int) -> User:
    """NotSaved when he cannot write along; asked twice it is done once."""
    with editing.held(membership, report_id) as report:
        check_may_let_in(membership, report)
        already = report.co_drafters.filter(user=user_id).select_related("user").first()
        if already is not None:
            return already.user
        user = may_join(report).filter(pk=user_id).first()
        if user is None:
            raise editing.NotSaved(_("โปรดเลือกผู้ที่มีตำแหน่งจัดทำรายงานได้ในหน่วยงานนี้"))
        if report.co_drafters.count() >= MOST:
            raise editing.NotSaved(_("มีผู้ร่วมจัดทำได้ไม่เกิน %(most)s คน") % {"most": language.shown(MOST)})
        CoDrafter(organisation=report.organisation, report=report, user=user).save()
    return user


def let_out(membership: Membership, report_id: int, user_id: int) -> None:
    """What he wrote stays; his open page is told at its next save."""
    with editing.held(membership, report_id) as report:
        check_may_let_in(membership, report)
        report.co_drafters.filter(user=user_id).delete()
        report.presences.filter(user=user_id).delete()
