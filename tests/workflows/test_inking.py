"""Signed by hand, recorded with a scan: by registrars only, for whoever could sign on that day, of the very set that waits."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from ita_core import thai
from ita_core.models import Appointment
from memos import archive
from memos.scans import Scan
from tests import reports
from tests.faults import alterations
from tests.personas import Authority, Personas
from tests.workflows import inked, numbered
from tests.workflows.inked import OFFICER, issuing, record, scan_of
from workflows.models import Act, State
from workflows.officers import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
TODAY = thai.today()
DAY = datetime.timedelta(days=1)


def _long_ago(home: Authority, report: Any, days: int = 10) -> None:
    """As if the set had been issued then; acts are never changed, so the guards go first."""
    alterations.drop_guards()
    act = issuing(home, report)
    earlier = act.acted_at - days * DAY
    Act.objects.of(home.organisation).filter(pk=act.pk).update(acted_at=earlier)
    inked.approval_of(home, report).steps.filter(closed_at=None, opened_at__isnull=False).update(
        opened_at=earlier
    )


class TestWhatIsRecorded:
    def test_the_act_is_the_officers_and_names_who_recorded_it(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        act = record(home, report)
        assert (act.user, act.recorded_by) == (home.people["section_head"], home.people["registrar"])
        assert (act.medium, act.decided_on, act.kind) == ("ink", TODAY, "endorse")
        assert act.scan is not None
        assert archive.read(act.scan) == inked.PDF
        assert act.scan_sha256 == archive.sha256(inked.PDF)
        assert act.capacity == Appointment.Capacity.HOLDER

    def test_the_last_step_is_signed(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        act = record(home, report, "mayor", opinion="ทราบ")
        assert (act.kind, act.state_after) == (Act.Kind.SIGN, State.MAYOR_SIGNED)

    def test_the_next_paper_says_so_with_the_day_on_the_paper(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        _long_ago(home, report)
        act = record(home, report, day=TODAY - 3 * DAY, opinion="เห็นควรตามที่เขียน")
        signed = thai.printed(thai.ThaiDate(TODAY - 3 * DAY).long_data)
        for later in (act, reports.forward(home, report, "clerk")):
            memo = numbered.memo_of(later)
            assert "ลงนามบนกระดาษ" in memo
            assert "เห็นควรตามที่เขียน" in memo
            assert signed.replace("\xa0", " ") in memo.replace("\xa0", " ")

    def test_no_picture_of_a_signature_stands_on_it(self, home: Authority) -> None:
        from workflows.examples import signatures

        home.people["section_head"].signature = signatures.draw(3)
        home.people["section_head"].save()
        assert record(home, reports.in_state(home, State.DRAFTED)).signature is None

    def test_differing_is_printed(self, home: Authority) -> None:
        act = record(home, reports.in_state(home, State.DRAFTED), stance="differs")
        assert "เห็นต่าง แล้วเสนอต่อ" in numbered.memo_of(act)

    def test_sent_back_with_what_stands_on_the_paper(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        act = record(home, report, decision="send_back", opinion="", reason="แก้หน้า 2")
        approval = inked.approval_of(home, report)
        assert (approval.state, approval.is_returned) == (State.WRITING, True)
        assert (act.reason, act.medium) == ("แก้หน้า 2", "ink")

    def test_the_mayor_alone_refuses(self, home: Authority) -> None:
        with pytest.raises(NotAllowed, match="ขั้นสุดท้าย"):
            record(home, reports.in_state(home, State.DRAFTED), decision="refuse", opinion="", reason="ไม่ครบ")
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        act = record(home, report, "mayor", decision="refuse", opinion="", reason="ไม่อนุมัติ")
        assert (act.kind, act.state_after, act.medium) == ("refuse", State.REFUSED, "ink")

    @pytest.mark.parametrize("decision", ["forward", "send_back", "refuse"])
    def test_without_words_nothing_happens(self, decision: str, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        with pytest.raises(BadInput, match="โปรด"):
            record(home, report, "mayor", decision=decision, opinion=" ", reason="")
        assert inked.approval_of(home, report).state == State.DEPUTY_APPROVED

    @pytest.mark.parametrize(
        ("decision", "stance"), [("x", "agrees"), ("forward", "x"), ("confirm", "agrees")]
    )
    def test_no_other_decision(self, decision: str, stance: str, home: Authority) -> None:
        with pytest.raises(BadInput):
            record(home, reports.in_state(home, State.DRAFTED), decision=decision, stance=stance)


class TestWho:
    def test_registrars_alone_and_only_while_a_step_waits(self, personas: Personas) -> None:
        home = personas.home
        for state, report in reports.in_every_state(home).items():
            waits = state in OFFICER
            happened = {
                key for key in home.people if self._happens(home, home.actor(key), report, state) and waits
            }
            assert happened == ({"registrar", "two_hats"} if waits else set()), state
            for user in personas.stranger.people.values():
                if user not in home.people.values():
                    assert not self._happens(
                        home, Actor(user, home.organisation, timezone.now()), report, state
                    )

    @staticmethod
    def _happens(home: Authority, actor: Actor, report: Any, state: str) -> bool:
        from django.db import transaction

        from workflows import actions

        approval = inked.approval_of(home, report)
        officer = OFFICER.get(State(state), "mayor") if state in OFFICER else "mayor"
        step = approval.steps.filter(closed_at=None, opened_at__isnull=False).first()
        with transaction.atomic():
            try:
                actions.record_ink(
                    actor,
                    report.pk,
                    step=step.pk if step else 0,
                    content=approval.content.sha256 if approval.content else "",
                    officer=inked.hat(home, officer),
                    decided_on=TODAY,
                    decision="forward",
                    opinion="ทราบ",
                    scan=scan_of(home, report) if step else Scan(inked.PDF, ()),
                )
            except Refused:
                return False
            transaction.set_rollback(True)
        return True

    def test_who_stands_in_signs_in_his_capacity(self, home: Authority) -> None:
        act = record(home, reports.in_state(home, State.DRAFTED), "acting_head", post="section_head")
        assert (act.user, act.capacity) == (home.people["acting_head"], "acting_for")
        assert "รักษาราชการแทน" in " ".join(act.printed_title)

    def test_who_stood_in_until_yesterday_may_have_signed_then_and_not_today(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        _long_ago(home, report)
        with pytest.raises(NotAllowed, match="นายเอก"):
            record(home, report, "expired_acting", post="section_head")
        act = record(home, report, "expired_acting", post="section_head", day=TODAY - DAY)
        assert act.user == home.people["expired_acting"]

    def test_not_on_the_very_day_that_his_time_was_over_before_the_step(self, home: Authority) -> None:
        with pytest.raises(NotAllowed, match="โปรดเลือกผู้ลงนาม"):
            record(home, reports.in_state(home, State.DRAFTED), "expired_acting", post="section_head")

    @pytest.mark.parametrize("officer", ["clerk", "mayor", "legal_officer", "registrar"])
    def test_nobody_of_another_step(self, officer: str, home: Authority) -> None:
        with pytest.raises(NotAllowed, match="โปรดเลือกผู้ลงนาม"):
            record(home, reports.in_state(home, State.DRAFTED), officer)

    def test_whoever_decides_does_not_record_it(self, home: Authority) -> None:
        home.stand_in("registrar", "section_head")
        report = reports.in_state(home, State.DRAFTED)
        with pytest.raises(NotAllowed, match="บนระบบ"):
            record(home, report)
        assert record(home, report, by="two_hats", officer="registrar", post="section_head").kind == "endorse"

    def test_not_of_tomorrow_and_not_before_the_paper(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        with pytest.raises(BadInput, match="อนาคต"):
            record(home, report, day=TODAY + DAY)
        with pytest.raises(BadInput, match="ก่อนวันที่ออกเอกสาร"):
            record(home, report, day=TODAY - DAY)

    def test_somebody_was_faster(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        scan = scan_of(home, report)
        reports.forward(home, report, "section_head")
        from workflows import actions

        with pytest.raises(Conflict, match="ไม่มีขั้นที่รอพิจารณา"):
            actions.record_ink(
                home.actor("registrar"), report.pk, step=step, content=content, scan=scan, decided_on=TODAY,
                officer=inked.hat(home, "section_head"), decision="forward", opinion="ทราบ",
            )  # fmt: skip
