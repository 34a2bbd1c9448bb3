"""What is over stays over: remarks of an earlier return, a co-drafter who became the drafter, who wrote does not prepare,

and who has left is not waited for.
"""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from ita_core import thai
from ita_core.models import Appointment
from memos.models import CoDrafter, Report
from tests import reports
from tests.memos.editor_forms import as_person
from tests.personas import Authority
from tests.workflows.asked import ASKED, approval_of, ask_view, sent_back
from workflows import actions, permissions
from workflows.refusals import Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def _let_in(home: Authority, report: Report, key: str) -> None:
    CoDrafter(organisation=home.organisation, report=report, user=home.people[key]).save()


def test_a_remark_of_an_earlier_return_is_not_opened_again(home: Authority) -> None:
    """No page shows it: the report could not go up any more, and nobody would see why."""
    report, drafter = reports.begin(home), home.actor("legal_officer")
    reports.submit(home, report)
    (first,) = sent_back(home, report, ("memo.subject", "ของรอบแรก"))
    actions.resolve_comment(drafter, report.pk, comment=first.pk)
    reports.submit(home, report)
    (second,) = sent_back(home, report, ("memo.subject", "ของรอบที่สอง"))
    place = {"org": home.organisation.slug, "pk": report.pk, "comment": first.pk}
    answer = as_person(home).post(reverse("workflows:comment", kwargs=place), {"do": "reopen"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "การส่งคืนครั้งก่อน" in page
    assert f'href="{reverse("workflows:report", args=[home.organisation.slug, report.pk])}"' in page
    for change in (actions.reopen_comment, actions.resolve_comment):
        with pytest.raises(Conflict):
            change(drafter, report.pk, comment=first.pk)
    actions.resolve_comment(drafter, report.pk, comment=second.pk)
    actions.reopen_comment(drafter, report.pk, comment=second.pk)
    actions.resolve_comment(drafter, report.pk, comment=second.pk)
    assert permissions.may_submit(drafter, approval_of(home, report)) == ""


def test_a_co_drafter_who_goes_on_with_it_is_its_drafter_alone(home: Authority) -> None:
    report, receiver = reports.begin(home), home.people["second_legal_officer"]
    _let_in(home, report, "second_legal_officer")
    _let_in(home, report, "acting_head")
    actions.hand_over(home.actor("legal_officer"), report.pk, to_user_id=receiver.pk)
    assert [one.user for one in report.co_drafters.all()] == [home.people["acting_head"]]
    page = as_person(home, "second_legal_officer").get(
        reverse("workflows:inbox", kwargs={"org": home.organisation.slug}), {"tab": "shared"}
    )
    assert reverse("workflows:report", args=[home.organisation.slug, report.pk]) not in page.content.decode()


def test_who_wrote_along_does_not_prepare_the_decision(home: Authority) -> None:
    """As little as the drafter: what is laid before the officer comes from somebody else."""
    report = reports.begin(home)
    _let_in(home, report, "registrar")
    reports.submit(home, report)
    step, content = reports.shown(home, report)
    with pytest.raises(NotAllowed, match="ผู้จัดทำ"):
        actions.prepare(
            home.actor("registrar"),
            report.pk,
            step=step,
            content=content,
            decision="forward",
            stance="agrees",
            opinion="เห็นควรเสนอ",
        )


def test_nobody_waits_for_the_view_of_who_has_left(home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    view = ask_view(home, report)
    place = {"org": home.organisation.slug, "pk": report.pk}
    head, decide = as_person(home, "section_head"), reverse("workflows:decide", kwargs=place)
    assert "รอคำตอบ" in head.get(decide).content.decode()
    yesterday = thai.today() - datetime.timedelta(days=1)
    served = Appointment.objects.of(home.organisation).filter(user=view.of)
    served.update(starts=yesterday - datetime.timedelta(days=400), ends=yesterday)
    page = head.get(decide).content.decode()
    assert "พ้นหน้าที่แล้ว จึงไม่มีคำตอบ" in page
    assert "รอคำตอบ" not in page
    answer = reverse("workflows:give_view", kwargs={**place, "view": view.pk})
    assert as_person(home, ASKED).post(answer, {"text": "ยังอยู่"}).status_code == 404
    reports.forward(home, report, "section_head")
