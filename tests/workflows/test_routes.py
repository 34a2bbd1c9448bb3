"""Routes of every length, and steps that are skipped."""

from __future__ import annotations

import pytest

from tests import reports
from tests.personas import Authority
from tests.workflows.papers import approval_of, memo_text, vacate
from workflows import actions, permissions, verification
from workflows.models import Act, ApprovalStep, State
from workflows.refusals import BadInput, NotAllowed

pytestmark = pytest.mark.django_db


class TestSkipping:
    def test_the_drafters_own_step_is_skipped_with_a_written_reason(self, home: Authority) -> None:
        report = reports.begin(home, by="section_head")
        with pytest.raises(BadInput, match="เหตุผลที่ข้ามขั้นตอน"):
            reports.submit(home, report, by="section_head")
        act = reports.submit(home, report, by="section_head", skip_reason="ผู้จัดทำเป็นหัวหน้าสำนักปลัดเอง")
        assert "ข้ามขั้นตอนนี้ เนื่องจากผู้จัดทำเป็นหัวหน้าสำนักปลัดเอง" in memo_text(act)
        skip = approval_of(home, report).acts.get(kind="skip")
        assert (skip.user, skip.reason) == (home.people["section_head"], "ผู้จัดทำเป็นหัวหน้าสำนักปลัดเอง")
        assert reports.waiting_step(home, report).reaches == State.DEPUTY_APPROVED

    def test_a_skip_does_not_stand_in_the_way_of_a_recall(self, home: Authority) -> None:
        report = reports.begin(home, by="section_head")
        reports.submit(home, report, by="section_head", skip_reason="ผู้จัดทำเป็นหัวหน้าสำนักปลัดเอง")
        actions.recall(home.actor("section_head"), report.pk)
        assert approval_of(home, report).state == State.WRITING

    def test_a_step_in_the_middle_is_skipped_when_it_is_reached(self, home: Authority) -> None:
        report = reports.begin(home, by="clerk")
        reports.submit(home, report, by="clerk", skip_reason="ผู้จัดทำเป็นปลัดเอง")
        reports.forward(home, report, "section_head")
        assert approval_of(home, report).state == State.SECTION_HEAD_REVIEWED
        signed = reports.forward(home, report, "mayor", "ทราบ")
        assert signed.state_after == State.MAYOR_SIGNED
        assert not list(verification.faults([home.organisation]))

    def test_a_drafter_who_only_stands_in_does_not_take_the_holders_opinion_away(
        self, home: Authority
    ) -> None:
        report = reports.begin(home, by="acting_head")
        reports.submit(home, report, by="acting_head")
        assert reports.waiting_step(home, report).reaches == State.SECTION_HEAD_REVIEWED
        assert "ผู้จัดทำ" in permissions.may_decide(home.actor("acting_head"), approval_of(home, report))
        assert reports.forward(home, report, "section_head").capacity == "holder"

    def test_a_drafter_who_stands_in_for_nobody_but_an_empty_post_skips(self, home: Authority) -> None:
        vacate(home, "section_head")
        home.stand_in("acting_head", "section_head")
        report = reports.begin(home, by="acting_head")
        reports.submit(home, report, by="acting_head", skip_reason="เป็นผู้จัดทำเองและไม่มีผู้ดำรงตำแหน่ง")
        assert reports.waiting_step(home, report).reaches == State.DEPUTY_APPROVED

    def test_what_only_the_drafter_could_decide_he_may_take_back(self, home: Authority) -> None:
        report = reports.begin(home, by="deputy_clerk")
        reports.submit(home, report, by="deputy_clerk")
        reports.forward(home, report, "section_head")
        vacate(home, "clerk")
        home.stand_in("deputy_clerk", "clerk")
        assert permissions.may_decide(home.actor("deputy_clerk"), approval_of(home, report))
        actions.recall(home.actor("deputy_clerk"), report.pk)
        reports.submit(home, report, by="deputy_clerk", skip_reason="เป็นผู้จัดทำเอง")
        reports.forward(home, report, "section_head")
        assert reports.waiting_step(home, report).is_final


class TestRoutes:
    @pytest.mark.parametrize("length", [1, 2, 5])
    def test_routes_of_any_length(self, home: Authority, length: int) -> None:
        steps = [
            ("ตรวจก่อนเสนอ", ["registrar"], ""),
            ("ความเห็นหัวหน้าสำนักปลัด", ["section_head"], State.SECTION_HEAD_REVIEWED),
            ("ความเห็นรองปลัดหรือรองนายก", ["deputy_mayor", "deputy_clerk"], ""),
            ("ความเห็นของปลัด", ["clerk"], State.DEPUTY_APPROVED),
            ("คำสั่งนายก", ["mayor"], State.MAYOR_SIGNED),
        ]
        home.set_route(*steps[-length:])
        report = reports.begin(home)
        reports.submit(home, report)
        for _heading, keys, reaches in steps[-length:]:
            act = reports.forward(home, report, keys[-1])
            assert not reaches or act.state_after == reaches
        assert act.kind == Act.Kind.SIGN
        assert not list(verification.faults([home.organisation]))

    def test_editing_the_route_does_not_touch_what_is_under_way(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        home.set_route(("คำสั่งนายก", ["mayor"], State.MAYOR_SIGNED))
        reports.forward(home, report, "section_head")
        reports.forward(home, report, "clerk")
        assert reports.forward(home, report, "mayor").kind == Act.Kind.SIGN

    def test_the_snapshot_keeps_headings_as_they_were(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        home.organisation.route.update(heading="เปลี่ยนหัวข้อ")
        rows = ApprovalStep.objects.of(home.organisation).filter(approval__report=report)
        assert not rows.filter(heading="เปลี่ยนหัวข้อ").exists()


def test_a_route_that_was_broken_behind_the_admin_is_said_at_submit(home: Authority) -> None:
    home.set_route(
        ("ความเห็นของปลัด", ["clerk"], State.DEPUTY_APPROVED),
        ("ความเห็นหัวหน้าสำนักปลัด", ["section_head"], State.SECTION_HEAD_REVIEWED),
        ("คำสั่งนายก", ["mayor"], State.MAYOR_SIGNED),
    )
    report = reports.begin(home)
    with pytest.raises(NotAllowed, match="ขั้นตอนการเสนอของหน่วยงานไม่ถูกต้อง"):
        reports.submit(home, report)
