"""What the acts beside the decision do: views, prepared decisions, confirming, orders; twice, too late, unseen."""

from __future__ import annotations

import pytest

from memos.models import Report
from tests import reports
from tests.faults.soundness import assert_green, assert_sound
from tests.personas import Authority
from tests.workflows.asked import approval_of, ask_view, assign, decider, errand_of, view_of
from tests.workflows.papers import memo_text
from workflows import actions, permissions
from workflows.models import Act, Preparation, State, View
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


class TestViews:
    def test_asking_leaves_everything_where_it_is(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        before = approval_of(home, report)
        view = ask_view(home, report, "ผลการดำเนินการตรงกับข้อเท็จจริงหรือไม่")
        after = approval_of(home, report)
        assert (after.state, after.document_set_id, after.changed_at) == (
            before.state,
            before.document_set_id,
            before.changed_at,
        )
        assert view.asked.kind == Act.Kind.ASK_VIEW
        assert view.asked.step_position == 1
        assert home.people["deputy_mayor"].full_name in view.asked.reason
        assert_sound(home, report)
        assert_green(home.organisation)

    def test_the_answer_is_an_act_in_ones_own_name(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = ask_view(home, report)
        act = actions.give_view(home.actor("deputy_mayor"), report.pk, view=view.pk, text="ตรงกัน")
        view.refresh_from_db()
        assert (act.opinion, act.printed_name) == ("ตรงกัน", home.people["deputy_mayor"].full_name)
        assert (view.given, view.closed_at) == (act, act.acted_at)
        assert "ตรงกัน" not in memo_text(reports.forward(home, report, "section_head"))
        assert_green(home.organisation)

    def test_nobody_is_asked_twice_or_answers_twice(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = ask_view(home, report)
        with pytest.raises(Conflict, match="ยังรอคำตอบ"):
            ask_view(home, report)
        deputy = home.actor("deputy_mayor")
        actions.give_view(deputy, report.pk, view=view.pk, text="ตรงกัน")
        with pytest.raises(Conflict, match="ให้ความเห็นนี้แล้ว"):
            actions.give_view(deputy, report.pk, view=view.pk, text="ตรงกัน")
        assert ask_view(home, report, "แล้วปีงบประมาณเล่า").pk != view.pk

    @pytest.mark.parametrize("end", ["forward", "send_back", "recall", "withdraw"])
    def test_an_open_view_ends_with_its_step(self, home: Authority, end: str) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = ask_view(home, report)
        {
            "forward": lambda: reports.forward(home, report, "section_head"),
            "send_back": lambda: reports.send_back(home, report, "section_head"),
            "recall": lambda: actions.recall(home.actor("legal_officer"), report.pk),
            "withdraw": lambda: actions.withdraw(home.actor("legal_officer"), report.pk, reason="จัดทำใหม่"),
        }[end]()
        view.refresh_from_db()
        assert view.closed_at is not None and view.given is None
        with pytest.raises(Conflict, match="สิ้นสุดแล้ว"):
            actions.give_view(home.actor("deputy_mayor"), report.pk, view=view.pk, text="ตรงกัน")

    def test_the_drafter_may_recall_although_a_view_was_asked_and_given(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = ask_view(home, report)
        actions.give_view(home.actor("deputy_mayor"), report.pk, view=view.pk, text="ตรงกัน")
        assert actions.recall(home.actor("legal_officer"), report.pk).kind == Act.Kind.RECALL

    def test_who_was_faster_is_told_of_the_decision_not_of_the_view(self, home: Authority) -> None:
        home.stand_in("deputy_clerk", "clerk")
        report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
        step, content = reports.shown(home, report)
        reports.forward(home, report, "clerk")
        view = ask_view(home, report)
        actions.give_view(home.actor("deputy_mayor"), report.pk, view=view.pk, text="ตรงกัน")
        with pytest.raises(Conflict, match="นายสมนึก มั่นวินัย"):
            actions.endorse(
                home.actor("deputy_clerk"), report.pk, step=step, content=content, opinion="เห็นควร"
            )

    def test_only_people_who_serve_here_today_are_asked(self, home: Authority, stranger: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        head = home.actor("section_head")
        outsiders = (stranger.people["clerk"].pk, home.people["former"].pk, 987654321)
        for of in (*outsiders, head.user.pk):
            with pytest.raises(BadInput):
                actions.ask_view(head, report.pk, step=step, content=content, of=of, question="ตรงไหม")
        for question in ("", "  ", "ก\x00ข", "ก" * 5000):
            with pytest.raises(BadInput):
                actions.ask_view(
                    head, report.pk, step=step, content=content, of=home.people["clerk"].pk, question=question
                )
        with pytest.raises(Conflict, match="เนื้อหามีการแก้ไข"):
            actions.ask_view(
                head, report.pk, step=step, content="0" * 64, of=home.people["clerk"].pk, question="ตรงไหม"
            )
        assert not View.objects.of(home.organisation).exists()


class TestPreparing:
    def prepare(self, home: Authority, report: Report, by: str = "registrar", **words: str) -> Act:
        step, content = reports.shown(home, report)
        facts = {"decision": "forward", "opinion": "เห็นควรเสนอ", **words}
        return actions.prepare(home.actor(by), report.pk, step=step, content=content, **facts)

    def test_a_prepared_decision_is_replaced_by_the_next(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        self.prepare(home, report, opinion="ทราบ", note="เอกสารครบแล้ว")
        act = self.prepare(home, report, "expired_acting", opinion="ทราบ ให้เผยแพร่")
        ready = Preparation.objects.of(home.organisation).get()
        assert (ready.opinion, ready.act, ready.stance, ready.note) == ("ทราบ ให้เผยแพร่", act, "agrees", "")
        assert approval_of(home, report).state == State.DEPUTY_APPROVED
        signed = reports.forward(home, report, "mayor", ready.opinion)
        assert "เอกสารครบแล้ว" not in memo_text(signed)
        assert_green(home.organisation)

    @pytest.mark.parametrize(
        "words",
        [
            {"decision": "approve"},
            {"decision": "forward", "opinion": " "},
            {"decision": "send_back", "opinion": "", "reason": ""},
            {"decision": "refuse", "reason": "ไม่เห็นด้วย"},
            {"stance": "perhaps"},
            {"note": "ก\x00ข"},
        ],
    )
    def test_it_must_be_complete_and_possible(self, home: Authority, words: dict[str, str]) -> None:
        report = reports.in_state(home, State.DRAFTED)
        with pytest.raises(BadInput):
            self.prepare(home, report, **words)
        assert not Preparation.objects.of(home.organisation).exists()

    def test_a_refusal_is_prepared_for_the_last_step_only(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        act = self.prepare(home, report, decision="refuse", opinion="", reason="ขัดต่อระเบียบ")
        assert act.reason.splitlines() == ["เสนอให้ไม่อนุมัติ", "ขัดต่อระเบียบ"]

    def test_the_drafter_prepares_no_decision_on_his_own_report(self, home: Authority) -> None:
        report = reports.begin(home, by="expired_acting")
        reports.submit(home, report, by="expired_acting")
        with pytest.raises(NotAllowed, match="ผู้จัดทำ"):
            self.prepare(home, report, "expired_acting")


class TestConfirming:
    def test_the_same_words_again_with_todays_date_and_the_new_content(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        first = reports.forward(home, report, "section_head", "ควรเพิ่มหลักฐาน 2 รายการ")
        reports.send_back(home, report, "clerk")
        report.memo.subject += " (ฉบับแก้ไข)"
        report.memo.save(update_fields=["subject"])
        reports.submit(home, report)
        step, content = reports.shown(home, report)
        again = actions.confirm(home.actor("section_head"), report.pk, step=step, content=content)
        assert (again.kind, again.opinion, again.stance) == ("confirm", first.opinion, first.stance)
        assert again.content_sha256 == content != first.content_sha256
        assert again.state_after == State.SECTION_HEAD_REVIEWED
        assert "ควรเพิ่มหลักฐาน ๒ รายการ" in memo_text(again)
        assert memo_text(again).count("เรียน ปลัดองค์การบริหารส่วนตำบลหนองตัวอย่าง") == 1
        assert "(นางวารี รักระเบียบ)" in memo_text(reports.forward(home, report, "clerk"))
        assert_sound(home, report)
        assert_green(home.organisation)

    def test_a_third_round_confirms_what_was_confirmed(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        first = reports.forward(home, report, "section_head", "เห็นควรด้วยเหตุผลหนึ่งข้อ")
        for _round in range(2):
            reports.send_back(home, report, "clerk")
            reports.submit(home, report)
            step, content = reports.shown(home, report)
            again = actions.confirm(home.actor("section_head"), report.pk, step=step, content=content)
            assert again.opinion == first.opinion
        assert approval_of(home, report).round == 3
        assert_green(home.organisation)

    def test_nobody_confirms_for_another_or_what_he_never_said(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        step, content = reports.shown(home, report)
        with pytest.raises(NotAllowed, match="ยังไม่เคยลงความเห็น"):
            actions.confirm(home.actor("section_head"), report.pk, step=step, content=content)
        reports.forward(home, report, "section_head")
        reports.send_back(home, report, "clerk")
        reports.submit(home, report)
        step, content = reports.shown(home, report)
        with pytest.raises(NotAllowed, match="ยังไม่เคยลงความเห็น"):
            actions.confirm(home.actor("acting_head"), report.pk, step=step, content=content)

    def test_a_confirmation_is_for_the_content_that_was_shown(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        reports.forward(home, report, "section_head")
        reports.send_back(home, report, "clerk")
        reports.submit(home, report)
        step, _content = reports.shown(home, report)
        with pytest.raises(Conflict, match="เนื้อหามีการแก้ไข"):
            actions.confirm(home.actor("section_head"), report.pk, step=step, content="0" * 64)

    def test_a_step_whose_posts_changed_is_another_step(self, home: Authority) -> None:
        home.set_route(
            ("ความเห็นของรองนายก", ["deputy_mayor"], ""),
            ("คำสั่งของนายก", ["mayor"], State.MAYOR_SIGNED),
        )
        report = reports.in_state(home, State.DRAFTED)
        for _round in range(2):
            reports.forward(home, report, "deputy_mayor")
            reports.send_back(home, report, "mayor")
            reports.submit(home, report)
        deputy = home.actor("deputy_mayor")
        assert not permissions.may_confirm(deputy, approval_of(home, report))
        actions.recall(home.actor("legal_officer"), report.pk)
        home.organisation.route.order_by("position")[0].posts.add(home.posts["deputy_clerk"])
        reports.submit(home, report)
        assert "ยังไม่เคยลงความเห็น" in permissions.may_confirm(deputy, approval_of(home, report))


class TestAfterTheSignature:
    def test_an_order_goes_to_each_once_and_each_acknowledges_once(self, home: Authority) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        before = approval_of(home, report)
        people = [home.people[key].pk for key in ("legal_officer", "reader", "reader")]
        act = actions.assign(home.actor("clerk"), report.pk, to=people, order="เผยแพร่ภายใน 7 วัน")
        assert [errand.to_id for errand in act.errands.all()] == people[:2]
        errand = act.errands.get(to=people[1])
        taken = actions.acknowledge(home.actor("reader"), report.pk, errand=errand.pk)
        assert (taken.kind, taken.opinion) == (Act.Kind.ACKNOWLEDGE, "")
        with pytest.raises(Conflict, match="รับทราบเรื่องนี้แล้ว"):
            actions.acknowledge(home.actor("reader"), report.pk, errand=errand.pk)
        after = approval_of(home, report)
        assert (after.state, after.changed_at, after.document_set) == (
            before.state,
            before.changed_at,
            before.document_set,
        )
        assert_green(home.organisation)

    def test_a_double_click_sends_nothing_twice(self, home: Authority) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        errand = assign(home, report)
        with pytest.raises(Conflict, match="ยังรอการรับทราบ"):
            assign(home, report)
        assert assign(home, report, order="รายงานผลภายในเดือนหน้า").act_id != errand.act_id
        actions.acknowledge(home.actor("reader"), report.pk, errand=errand.pk)
        assert assign(home, report).pk

    def test_what_is_needed_and_missing_is_said(self, home: Authority, stranger: Authority) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        mayor, reader = home.actor("mayor"), home.people["reader"].pk
        wrong: list[tuple[list[int], str]] = [
            ([], "ดำเนินการ"),
            ([reader], " "),
            ([reader, stranger.people["reader"].pk], "ดำเนินการ"),
            ([home.people["former"].pk], "ดำเนินการ"),
            (list(range(1, 200)), "ดำเนินการ"),
        ]
        for to, order in wrong:
            with pytest.raises(BadInput):
                actions.assign(mayor, report.pk, to=to, order=order)
        actions.circulate(mayor, report.pk, to=[reader])

    def test_nothing_is_assigned_before_the_signature(self, home: Authority) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        with pytest.raises(Conflict, match="เมื่อลงนามแล้ว"):
            assign(home, report)


def test_another_reports_rows_are_not_found(home: Authority) -> None:
    one, two = reports.in_state(home, State.DRAFTED), reports.in_state(home, State.DRAFTED)
    view = view_of(home, one)
    assert view is not None and decider(home, one) == "section_head"
    with pytest.raises(NotAllowed, match="ไม่พบ"):
        actions.give_view(home.actor("deputy_mayor"), two.pk, view=view.pk, text="ตรงกัน")
    signed, other = (reports.in_state(home, State.MAYOR_SIGNED) for _number in range(2))
    errand = errand_of(home, signed)
    assert errand is not None
    with pytest.raises(NotAllowed, match="ไม่พบ"):
        actions.acknowledge(home.actor("reader"), other.pk, errand=errand.pk)
