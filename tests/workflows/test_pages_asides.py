"""The pages of the acts beside the decision: what they show, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from memos.models import Report
from memos.passing import CoDrafter
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.asked import approval_of, ask_view, assign, sent_back, view_of
from tests.workflows.visiting import Go, text
from workflows import actions, inbox
from workflows.models import Act, Errand, Preparation, State, View

pytestmark = pytest.mark.django_db
LONG = "ขอให้ตรวจสอบตัวเลขในมาตรการที่ 1"


@pytest.fixture
def visit(client: Client, home: Authority) -> Go:
    """``visit("clerk", "give_view", report, view=1)``: a page that names a row; ``data=…`` posts."""

    def visit(key: str, name: str, report: Report, data: dict[str, Any] | None = None, **row: int) -> Any:
        log_in(client, home.people[key])
        place = {"org": home.organisation.slug, "pk": report.pk, **row}
        address = reverse(f"workflows:{name}", kwargs=place)
        return client.get(address) if data is None else client.post(address, data)

    return visit


def shown(home: Authority, report: Report) -> dict[str, Any]:
    step, content = reports.shown(home, report)
    return {"step": step, "content": content}


class TestViews:
    def test_a_view_is_asked_and_given_through_the_pages(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DRAFTED)
        page = visit("section_head", "ask_view", report)
        assert home.people["deputy_mayor"].full_name in text(page)
        assert home.people["section_head"].full_name not in [
            label for _pk, label in page.context["form"].fields["of"].choices
        ]
        typed = {**shown(home, report), "of": home.people["deputy_mayor"].pk, "question": LONG}
        assert visit("section_head", "ask_view", report, typed).status_code == 302
        view = View.objects.of(home.organisation).get()
        listed = text(visit("deputy_mayor", "report", report))
        assert reverse("workflows:give_view", args=[home.organisation.slug, report.pk, view.pk]) in listed
        asking = text(visit("deputy_mayor", "give_view", report, view=view.pk))
        assert "มาตรการที่ ๑" in asking and "นางวารี รักระเบียบ" in asking
        assert visit("deputy_mayor", "give_view", report, {"text": "ถูกต้อง"}, view=view.pk).status_code == 302
        assert Act.objects.of(home.organisation).get(kind="give_view").opinion == "ถูกต้อง"

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"of": ""}, 400),
            ({"of": "x"}, 400),
            ({"of": "99999999999999999999"}, 400),
            ({"step": ""}, 409),
            ({"step": "0"}, 409),
            ({"step": "99999999999999999999"}, 409),
            ({"content": "0" * 64}, 409),
            ({"content": "0" * 65}, 409),
            ({"question": "ก\x00ข" + LONG}, 400),
        ],
    )
    def test_a_refusal_keeps_what_was_typed(
        self, home: Authority, visit: Go, change: dict[str, str], status: int
    ) -> None:
        report = reports.in_state(home, State.DRAFTED)
        typed = {**shown(home, report), "of": home.people["clerk"].pk, "question": LONG, **change}
        answer = visit("section_head", "ask_view", report, typed)
        assert answer.status_code == status
        assert LONG in text(answer)
        assert not View.objects.of(home.organisation).exists()

    def test_too_late_is_said_and_the_words_stay(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = ask_view(home, report)
        reports.forward(home, report, "section_head")
        answer = visit("deputy_mayor", "give_view", report, {"text": LONG}, view=view.pk)
        assert answer.status_code == 409
        assert LONG in text(answer) and "สิ้นสุดแล้ว" in text(answer)

    def test_nobody_else_answers(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DRAFTED)
        view = view_of(home, report)
        assert view is not None
        assert visit("clerk", "give_view", report, {"text": "ถูก"}, view=view.pk).status_code == 403
        other = reports.in_state(home, State.DRAFTED)
        assert visit("deputy_mayor", "give_view", other, view=view.pk).status_code == 404


class TestPreparing:
    def test_the_form_is_filled_with_what_was_prepared_last(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DEPUTY_APPROVED)
        typed = {**shown(home, report), "decision": "forward", "preset": "ทราบ", "note": LONG}
        assert visit("registrar", "prepare", report, typed).status_code == 302
        ready = Preparation.objects.of(home.organisation).get()
        assert (ready.decision, ready.opinion, ready.note) == ("forward", "ทราบ", LONG)
        again = text(visit("expired_acting", "prepare", report))
        assert LONG in again and "นางสาวมาลี เก็บครบ" in again

    def test_a_refusal_is_offered_at_the_last_step_only(self, home: Authority, visit: Go) -> None:
        first, last = reports.in_state(home, State.DRAFTED), reports.in_state(home, State.DEPUTY_APPROVED)
        offered = [
            {
                key
                for key, _label in visit("registrar", "prepare", one)
                .context["form"]
                .fields["decision"]
                .choices
            }
            for one in (first, last)
        ]
        assert offered == [{"forward", "differ", "send_back"}, {"forward", "send_back", "refuse"}]
        typed = {**shown(home, first), "decision": "refuse", "reason": LONG}
        answer = visit("registrar", "prepare", first, typed)
        assert (answer.status_code, LONG in text(answer)) == (400, True)

    def test_a_step_decided_meanwhile_is_told_with_the_words(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DRAFTED)
        typed = {**shown(home, report), "decision": "forward", "opinion": LONG}
        reports.forward(home, report, "section_head")
        answer = visit("registrar", "prepare", report, typed)
        assert answer.status_code == 409
        assert LONG in text(answer) and "นางวารี รักระเบียบ" in text(answer)
        assert (
            visit("registrar", "prepare", reports.in_state(home, State.MAYOR_SIGNED), typed).status_code
            == 409
        )

    def test_the_officer_of_the_step_reads_it_and_decides_himself(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.DRAFTED)
        typed = {**shown(home, report), "decision": "forward", "opinion": "ตรวจสอบแล้วตามที่เตรียม"}
        visit("registrar", "prepare", report, typed)
        assert "ตรวจสอบแล้วตามที่เตรียม" in text(visit("section_head", "decide", report))
        assert approval_of(home, report).state == State.DRAFTED


class TestErrands:
    def test_the_order_stands_in_the_form_and_goes_to_everybody_chosen(
        self, home: Authority, visit: Go
    ) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        page = visit("legal_officer", "assign", report)
        assert page.context["form"]["order"].value() == "ทราบ"
        to = [home.people[key].pk for key in ("legal_officer", "reader")]
        assert visit("legal_officer", "assign", report, {"to": to, "order": LONG}).status_code == 302
        assert set(Errand.objects.of(home.organisation).values_list("to", flat=True)) == set(to)

    def test_a_refusal_keeps_people_and_words(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        reader = home.people["reader"].pk
        for data in ({"order": LONG}, {"to": [reader, 0], "order": LONG}):
            answer = visit("mayor", "assign", report, data)
            assert (answer.status_code, LONG in text(answer)) == (400, True)
        kept = visit("mayor", "assign", report, {"to": [reader], "order": " "})
        assert kept.status_code == 400
        assert f'value="{reader}" id="id_to_' in text(kept).replace("\n", "") or "checked" in text(kept)

    def test_whom_it_reached_acknowledges_by_one_button(self, home: Authority, visit: Go) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        errand = assign(home, report, order=LONG)
        assert "มาตรการที่ ๑" in text(visit("reader", "acknowledge", report, errand=errand.pk))
        assert visit("reader", "acknowledge", report, {}, errand=errand.pk).status_code == 302
        assert visit("reader", "acknowledge", report, {}, errand=errand.pk).status_code == 409
        assert visit("clerk", "acknowledge", report, {}, errand=errand.pk).status_code == 403


class TestRemarks:
    @pytest.fixture
    def report(self, home: Authority) -> Report:
        report = reports.in_state(home, State.DRAFTED)
        sent_back(home, report, ("memo.subject", "ระบุปีงบประมาณ"), ("s0.m0.a1.method", "บอกจำนวนคน"))
        return report

    def test_each_is_answered_on_one_page(self, home: Authority, visit: Go, report: Report) -> None:
        first, second = approval_of(home, report).comments.order_by("pk")
        page = text(visit("legal_officer", "comments", report))
        assert "ยังไม่ได้แก้ไข ๒ ข้อ" in page and "มาตรการที่ ๑ กิจกรรมที่ ๒" in page
        assert f"#activity-{second.row_id}-method" in page and "#id_subject" in page
        done = visit("legal_officer", "comment", report, {"answer": "เพิ่มแล้ว"}, comment=first.pk)
        assert done["Location"].endswith(f"#remark-{first.pk}")
        assert "ยังไม่ได้แก้ไข ๑ ข้อ" in text(visit("legal_officer", "comments", report))
        visit("legal_officer", "comment", report, {"do": "reopen"}, comment=first.pk)
        assert "ยังไม่ได้แก้ไข ๒ ข้อ" in text(visit("legal_officer", "comments", report))
        back = visit("legal_officer", "comment", report, {"back": "editor"}, comment=second.pk)
        assert back["Location"].endswith(f"#activity-{second.row_id}-method")

    def test_an_answer_that_cannot_be_kept_comes_back(
        self, home: Authority, visit: Go, report: Report
    ) -> None:
        first = approval_of(home, report).comments.earliest("pk")
        answer = visit("legal_officer", "comment", report, {"answer": LONG + "\x07"}, comment=first.pk)
        assert (answer.status_code, LONG in text(answer)) == (400, True)
        first.refresh_from_db()
        assert first.resolved_at is None

    def test_only_who_writes_answers_and_only_what_is_of_this_report(
        self, home: Authority, visit: Go, report: Report
    ) -> None:
        first = approval_of(home, report).comments.earliest("pk")
        assert visit("clerk", "comment", report, {"answer": "x"}, comment=first.pk).status_code == 403
        assert visit("second_legal_officer", "comments", report).status_code == 403
        other = reports.in_state(home, reports.RETURNED)
        assert visit("legal_officer", "comment", other, {}, comment=first.pk).status_code == 404
        CoDrafter.objects.create(
            organisation=home.organisation, report=report, user=home.people["second_legal_officer"]
        )
        assert visit("second_legal_officer", "comment", report, {}, comment=first.pk).status_code == 302

    def test_the_report_and_the_check_page_lead_there(
        self, home: Authority, visit: Go, report: Report
    ) -> None:
        there = reverse("workflows:comments", args=[home.organisation.slug, report.pk])
        assert there in text(visit("legal_officer", "report", report))
        check = text(visit("legal_officer", "check", report))
        assert there in check and "ยังมีข้อสังเกตที่ยังไม่ได้แก้ไข ๒ ข้อ" in check


class TestMyWork:
    def test_what_is_asked_of_me_is_one_list(self, home: Authority, visit: Go, go: Go) -> None:
        asked, signed = reports.in_state(home, State.DRAFTED), reports.in_state(home, State.MAYOR_SIGNED)
        view = ask_view(home, asked, of="reader")
        errand = assign(home, signed, order=LONG)
        assert inbox.counts(home.membership("reader"))["asked"] == 2
        page = text(go("reader", "inbox"))
        org = home.organisation.slug
        assert reverse("workflows:give_view", args=[org, asked.pk, view.pk]) in page
        assert reverse("workflows:acknowledge", args=[org, signed.pk, errand.pk]) in page
        actions.give_view(home.actor("reader"), asked.pk, view=view.pk, text="ตรงกัน")
        actions.acknowledge(home.actor("reader"), signed.pk, errand=errand.pk)
        assert inbox.counts(home.membership("reader"))["asked"] == 0

    def test_who_writes_along_has_a_list_of_it(self, home: Authority, go: Go) -> None:
        report = reports.begin(home)
        assert "ร่วมจัดทำ" not in text(go("second_legal_officer", "inbox"))
        CoDrafter.objects.create(
            organisation=home.organisation, report=report, user=home.people["second_legal_officer"]
        )
        assert "เรื่องที่ร่วมจัดทำ" in text(go("second_legal_officer", "inbox"))
        listed = text(go("second_legal_officer", "inbox", tab="shared"))
        assert reverse("memos:edit_memo", args=[home.organisation.slug, report.pk]) in listed
        reports.submit(home, report)
        assert inbox.counts(home.membership("second_legal_officer"))["shared"] == 0


def test_no_act_costs_more_than_forty_queries(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    reports.forward(home, report, "section_head")
    remarks = [("memo.subject", "ระบุปี")] + [(f"s{n}.m0.a1.method", "บอกจำนวน") for n in (0, 1)]
    costs: dict[str, int] = {}

    def count(name: str, deed: Any) -> Any:
        with CaptureQueriesContext(connection) as queries:
            value = deed()
        costs[name] = sum("SAVEPOINT" not in query["sql"] for query in queries)
        return value

    comments = count("send back", lambda: sent_back(home, report, *remarks))
    drafter = home.actor("legal_officer")
    for comment in comments:
        pk = comment.pk
        count("resolve", lambda pk=pk: actions.resolve_comment(drafter, report.pk, comment=pk))
    count("submit", lambda: actions.submit(drafter, report.pk, revision=report.revision))
    view = count("ask a view", lambda: ask_view(home, report))
    deputy = home.actor("deputy_mayor")
    count("give a view", lambda: actions.give_view(deputy, report.pk, view=view.pk, text="ตรงกัน"))
    words = shown(home, report)
    registrar, head = home.actor("registrar"), home.actor("section_head")
    count(
        "prepare",
        lambda: actions.prepare(registrar, report.pk, decision="forward", opinion="เห็นควร", **words),
    )
    count("confirm", lambda: actions.confirm(head, report.pk, **words))
    for key in ("clerk", "mayor"):
        actor, words = home.actor(key), shown(home, report)
        count(
            key, lambda actor=actor, words=words: actions.endorse(actor, report.pk, opinion="ทราบ", **words)
        )
    errand = count("assign", lambda: assign(home, report))
    count(
        "acknowledge",
        lambda: actions.acknowledge(home.actor("reader"), report.pk, errand=errand.pk),
    )
    assert max(costs.values()) <= 40, costs
