"""What the acts do: rounds, paper, people who stand in, steps that are skipped."""

from __future__ import annotations

import datetime

import pytest
from viewflow.workflow.models import Task

from ita_core import thai
from ita_core.models import Appointment, Role
from memos.models import Measure, Report
from tests import reports
from tests.personas import Authority
from tests.workflows.papers import approval_of, memo_text, vacate
from workflows import actions, drafts, permissions, verification
from workflows.models import State
from workflows.permissions import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def edit(report: Report, words: str) -> None:
    """A correction of the working copy, as the editor makes it: a new revision."""
    measure = Measure.objects.of(report.organisation).filter(section__report=report).earliest("pk")
    measure.cells = {**measure.cells, "measure": words}
    measure.save(update_fields=["cells"])
    report.revision += 1
    report.save(update_fields=["revision"])


class TestRounds:
    def test_each_forward_act_leaves_a_pair_and_the_table_stays_the_same_file(self, home: Authority) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        acts = [act for act in report.approval.acts.all() if act.document_set_id]
        assert [act.kind for act in acts] == ["submit", "endorse", "endorse", "sign"]
        assert len({act.memo_sha256 for act in acts}) == 4
        assert len({act.measures_sha256 for act in acts}) == 1
        assert not list(verification.faults([home.organisation]))

    def test_the_memo_shows_what_was_given_and_dotted_headings_for_the_rest(self, home: Authority) -> None:
        report = reports.begin(home)
        drafted = memo_text(reports.submit(home, report))
        for step in home.organisation.route.all():
            assert step.heading in drafted
        assert "นางสาวพิมพ์ใจ ใฝ่สุจริต" in drafted
        assert "นางวารี" not in drafted
        reviewed = memo_text(reports.forward(home, report, "section_head", "ตรวจสอบแล้ว 2 ครั้ง"))
        assert "(นางวารี รักระเบียบ)" in reviewed
        assert "เรียน ปลัดองค์การบริหารส่วนตำบลหนองตัวอย่าง" in reviewed
        assert "ตรวจสอบแล้ว ๒ ครั้ง" in reviewed

    def test_a_return_voids_the_round_and_its_opinions_stay_readable(self, home: Authority) -> None:
        report = reports.begin(home)
        reports.submit(home, report)
        reports.forward(home, report, "section_head", "ความเห็นรอบแรก")
        returned = reports.send_back(home, report, "clerk", "ปีงบประมาณไม่ตรงกัน")
        assert returned.document_set is None
        report.refresh_from_db()
        assert report.is_open
        edit(report, "มาตรการที่แก้แล้ว")
        again = reports.submit(home, report)
        assert "ความเห็นรอบแรก" not in memo_text(again)
        approval = approval_of(home, report)
        assert (approval.round, approval.state) == (2, State.DRAFTED)
        assert approval.acts.filter(round=1, opinion__contains="ความเห็นรอบแรก").exists()
        assert (
            len(set(approval.acts.exclude(content_sha256="").values_list("content_sha256", flat=True))) == 2
        )

    def test_resubmitting_the_same_words_keeps_the_content(self, home: Authority) -> None:
        report = reports.in_state(home, reports.RETURNED)
        first = approval_of(home, report).content
        reports.submit(home, report)
        assert approval_of(home, report).content == first

    def test_recall_until_somebody_acted(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        actions.recall(home.actor("legal_officer"), report.pk)
        reports.submit(home, report)
        reports.forward(home, report, "section_head")
        with pytest.raises(Conflict, match="นางวารี รักระเบียบ"):
            actions.recall(home.actor("legal_officer"), report.pk)

    def test_exactly_one_task_waits_while_it_is_open_and_none_when_it_has_ended(
        self, home: Authority
    ) -> None:
        for state, report in reports.in_every_state(home).items():
            waiting = Task.objects.filter(process=report.approval.process_id, status="NEW")
            never_submitted_or_ended = state in {
                State.WRITING,
                State.MAYOR_SIGNED,
                State.REFUSED,
                State.WITHDRAWN,
            }
            assert waiting.count() == (0 if never_submitted_or_ended else 1), state
            assert all(task.owner_permission for task in waiting), "an empty permission means everyone"

    def test_every_stored_task_name_resolves(self, home: Authority) -> None:
        reports.in_every_state(home)
        assert all(task.flow_task is not None for task in Task.objects.all())


class TestWhatThePageShowed:
    def test_another_content_is_refused(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, _content = reports.shown(home, report)
        with pytest.raises(Conflict, match="เนื้อหามีการแก้ไข"):
            actions.endorse(
                home.actor("section_head"), report.pk, step=step, content="0" * 64, opinion="เห็นควร"
            )

    def test_another_revision_is_refused_at_submit(self, home: Authority) -> None:
        report = reports.begin(home)
        edit(report, "ถ้อยคำใหม่")
        with pytest.raises(Conflict, match="เนื้อหามีการแก้ไข"):
            actions.submit(home.actor("legal_officer"), report.pk, revision=report.revision - 1)

    def test_a_decided_step_names_who_decided_it(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        reports.forward(home, report, "acting_head")
        with pytest.raises(Conflict, match="มีผู้พิจารณาแล้วโดยนางสุดา บัญชีตรง"):
            actions.endorse(
                home.actor("section_head"), report.pk, step=step, content=content, opinion="เห็นควร"
            )

    def test_a_second_click_does_not_decide_the_next_step_of_the_same_person(self, home: Authority) -> None:
        home.stand_in("section_head", "clerk")
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        head = home.actor("section_head")
        actions.endorse(head, report.pk, step=step, content=content, opinion="เห็นควร")
        with pytest.raises(Conflict):
            actions.endorse(head, report.pk, step=step, content=content, opinion="เห็นควร")
        assert approval_of(home, report).state == State.SECTION_HEAD_REVIEWED
        assert reports.forward(home, report, "section_head").capacity == "acting_for"


class TestPeople:
    def test_an_acting_officer_is_printed_on_three_lines(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        act = reports.forward(home, report, "acting_head")
        assert act.printed_title == ["ผู้อำนวยการกองคลัง รักษาราชการแทน", "หัวหน้าสำนักปลัด"]
        assert act.legal_basis.startswith("คำสั่งที่")
        lines = memo_text(act).splitlines()
        name = lines.index("(นางสุดา บัญชีตรง)")
        assert lines[name + 1 : name + 3] == ["ผู้อำนวยการกองคลัง รักษาราชการแทน", "หัวหน้าสำนักปลัด"]

    @pytest.mark.parametrize(
        ("starts", "ends", "may"),
        [(0, 0, True), (1, None, False), (-9, -1, False), (-9, 0, True), (0, None, True)],
    )
    def test_an_order_holds_from_its_first_to_its_last_day(
        self, home: Authority, starts: int, ends: int | None, may: bool
    ) -> None:
        report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
        day = thai.today()
        until = None if ends is None else day + datetime.timedelta(ends)
        home.stand_in("deputy_clerk", "clerk", starts=day + datetime.timedelta(starts), ends=until)
        sentence = permissions.may_decide(home.actor("deputy_clerk"), approval_of(home, report))
        assert (sentence == "") is may

    def test_a_delegation_whose_scope_leaves_memos_out_does_not_sign(self, home: Authority) -> None:
        report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
        home.stand_in(
            "deputy_clerk",
            "clerk",
            capacity=Appointment.Capacity.DELEGATED,
            scope="การอนุญาตการลา",
            covers_memos=False,
        )
        assert permissions.may_decide(home.actor("deputy_clerk"), approval_of(home, report))

    def test_a_deactivated_user_decides_nothing(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        head = home.people["section_head"]
        head.is_active = False
        head.save(update_fields=["is_active"])
        assert permissions.may_decide(home.actor("section_head"), approval_of(home, report))

    def test_a_vacant_post_blocks_with_a_sentence_that_says_whom_to_appoint(self, home: Authority) -> None:
        vacate(home, "mayor")
        report = reports.begin(home)
        with pytest.raises(NotAllowed, match="นายกองค์การบริหารส่วนตำบลหนองตัวอย่างว่าง ยังไม่มีผู้รักษาราชการแทน"):
            reports.submit(home, report)
        home.stand_in("clerk", "mayor", capacity="performing_duty_of", legal_basis="มาตรา 48 เตรส")
        reports.submit(home, report)

    def test_a_post_that_falls_vacant_on_the_way_makes_the_step_wait(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        vacate(home, "mayor")
        assert "ว่าง" in permissions.may_decide(home.actor("mayor"), approval_of(home, report))

    def test_hand_over_is_an_act_once_it_was_submitted(self, home: Authority) -> None:
        receiver = home.people["second_legal_officer"]
        draft = reports.begin(home)
        assert actions.hand_over(home.actor("legal_officer"), draft.pk, to_user_id=receiver.pk) is None
        report = reports.in_state(home, reports.RETURNED)
        act = actions.hand_over(home.actor("org_admin"), report.pk, to_user_id=receiver.pk)
        assert act is not None and act.kind == "hand_over"
        reports.submit(home, report, by="second_legal_officer")
        other = reports.begin(home)
        with pytest.raises(BadInput):
            actions.hand_over(home.actor("legal_officer"), other.pk, to_user_id=home.people["reader"].pk)


class TestEndings:
    @pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
    def test_an_ended_report_makes_room_for_another_of_its_year(self, home: Authority, state: str) -> None:
        ended = reports.in_state(home, state)
        copy = drafts.copy_as_new(home.actor("legal_officer"), ended)
        assert copy.fiscal_year == ended.fiscal_year
        assert [m.cells for s in copy.sections.all() for m in s.measures.all()] == [
            m.cells for s in ended.sections.all() for m in s.measures.all()
        ]
        with pytest.raises(Conflict, match="มีรายงานของปีงบประมาณ"):
            drafts.copy_as_new(home.actor("legal_officer"), ended)

    def test_differing_and_forwarding_is_printed(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        act = actions.endorse(
            home.actor("section_head"),
            report.pk,
            step=step,
            content=content,
            opinion="ควรเพิ่มหลักฐาน",
            stance="differs",
        )
        assert (act.stance, act.state_after) == ("differs", State.SECTION_HEAD_REVIEWED)
        assert "เห็นต่าง แล้วเสนอต่อ" in memo_text(act)

    def test_what_is_needed_and_missing_is_said(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        step, content = reports.shown(home, report)
        mayor = home.actor("mayor")
        for act, words in (
            (actions.endorse, {"opinion": "  "}),
            (actions.send_back, {"reason": ""}),
            (actions.refuse, {"reason": "\n"}),
            (actions.endorse, {"opinion": "เห็นชอบ", "stance": "perhaps"}),
            (actions.endorse, {"opinion": "ก\x00ข"}),
        ):
            with pytest.raises(BadInput):
                act(mayor, report.pk, step=step, content=content, **words)
        assert approval_of(home, report).state == State.DEPUTY_APPROVED

    def test_another_authoritys_report_does_not_exist(self, home: Authority, stranger: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        intruder = Actor(stranger.people["section_head"], stranger.organisation)
        with pytest.raises(NotAllowed, match="ไม่พบเรื่องนี้"):
            actions.withdraw(intruder, report.pk, reason="x")


def test_every_role_that_drafts_may_begin(home: Authority) -> None:
    drafting = {key for key in home.people if not permissions.may_draft(home.actor(key))}
    roles = {appointment.post.role for key in drafting for appointment in home.actor(key).appointments}
    assert Role.MAYOR not in roles and Role.READER not in roles
    assert {"legal_officer", "second_legal_officer", "section_head"} <= drafting
