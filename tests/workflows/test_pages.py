"""Pages of the process: the new report, its page, the check before it goes up, and the pages that ask once more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core.models import AssessmentItem
from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority, Personas
from tests.workflows.visiting import Go, state_of, text
from workflows import actions
from workflows.models import Act, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# A new report


def facts(**changed: Any) -> dict[str, Any]:
    item = AssessmentItem.objects.order_by("-assessment_year", "code")[0]
    usual = {"fiscal_year": "๒๕๖๕", "period": "twelve_months", "assessed_year": "2564", "item": item.pk}
    return {**usual, "title": "", "subject": "", **changed}


def test_a_new_report_takes_its_words_from_the_years(go: Go, home: Authority) -> None:
    answer = go("legal_officer", "new", data=facts())
    report = Report.objects.of(home.organisation).get()
    assert answer.url == reverse("memos:edit_memo", kwargs={"org": home.organisation.slug, "pk": report.pk})
    assert (report.fiscal_year, report.assessed_year) == (2565, 2564)
    assert report.title.splitlines()[-1] == "ประจำปีงบประมาณ พ.ศ. 2565"
    assert "พ.ศ. 2565" in report.memo.subject


def test_the_forms_first_values_are_valid(go: Go, home: Authority) -> None:
    first = go("legal_officer", "new").context["form"].initial
    assert go("legal_officer", "new", data={**first, "title": "", "subject": ""}).status_code == 302


def test_a_second_report_of_a_year_is_refused_with_a_way_to_the_first(go: Go, home: Authority) -> None:
    go("legal_officer", "new", data=facts())
    first = Report.objects.of(home.organisation).get()
    answer = go("legal_officer", "new", data=facts(subject="เรื่องที่พิมพ์ไว้แล้ว"))
    assert answer.status_code == 409
    assert "มีรายงานของปีงบประมาณ ข้อ และรอบนี้อยู่แล้ว" in text(answer)
    assert reverse("workflows:report", kwargs={"org": home.organisation.slug, "pk": first.pk}) in text(answer)
    assert "เรื่องที่พิมพ์ไว้แล้ว" in text(answer)
    assert Report.objects.of(home.organisation).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"fiscal_year": "abc"}, {"fiscal_year": ""}, {"title": "a\x00b"}, {"item": "0"}]
)
def test_what_cannot_be_read_is_said_and_kept(go: Go, home: Authority, wrong: dict[str, Any]) -> None:
    answer = go("legal_officer", "new", data=facts(subject="พิมพ์ไว้แล้ว", **wrong))
    assert answer.status_code == 400
    assert "พิมพ์ไว้แล้ว" in text(answer)
    assert not Report.objects.of(home.organisation).exists()


def test_who_drafts_nothing_begins_nothing(go: Go) -> None:
    for key in ("mayor", "reader", "registrar"):
        assert go(key, "new").status_code == 403
        assert go(key, "new", data=facts()).status_code == 403


# The report's page


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_the_report_page_opens_in_every_state(go: Go, home: Authority, state: str) -> None:
    report = reports.in_state(home, state)
    for key in ("legal_officer", "section_head", "mayor", "org_admin"):
        expected = 403 if state == State.WRITING and key in ("section_head", "mayor") else 200
        assert go(key, "report", report).status_code == expected


def test_a_draft_is_its_drafters_and_the_administrators(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.WRITING)
    assert "เรื่องนี้ยังเป็นร่างของผู้จัดทำ" in text(go("section_head", "report", report))
    assert go("org_admin", "report", report).status_code == 200


def test_a_submitted_report_is_the_whole_authoritys(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    for key in ("reader", "registrar", "two_hats", "mayor"):
        page = go(key, "report", report)
        assert page.status_code == 200
        assert "เสนอแล้ว รอหัวหน้าสำนักปลัด" in text(page)
    assert go("former", "report", report).status_code == 404


def test_strangers_get_404(personas: Personas, client: Client) -> None:
    report = reports.in_state(personas.home, State.MAYOR_SIGNED)
    log_in(client, personas.stranger.people["mayor"])
    for slug in (personas.home.organisation.slug, personas.stranger.organisation.slug):
        for name in ("check", "decide", "recall", "withdraw", "copy", "hand_over", "discard"):
            address = reverse(f"workflows:{name}", kwargs={"org": slug, "pk": report.pk})
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404


def test_corrections_under_way_are_not_shown_to_others(go: Go, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    report.memo.subject = "ฉบับที่กำลังแก้ไข"
    report.memo.save()
    assert "ฉบับที่กำลังแก้ไข" not in text(go("clerk", "report", report))
    assert "ฉบับที่กำลังแก้ไข" in text(go("legal_officer", "report", report))


def test_a_button_that_may_not_be_pressed_says_why(go: Go, home: Authority) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    offers = {
        offer.address: offer.why_not for offer in go("legal_officer", "report", report).context["offers"]
    }
    assert offers["workflows:recall"].startswith("ดึงเรื่องกลับไม่ได้")
    assert offers["workflows:withdraw"] == ""
    assert "workflows:decide" not in offers
    mayors = {offer.address: offer.why_not for offer in go("mayor", "report", report).context["offers"]}
    assert mayors["workflows:decide"].startswith("ขั้นนี้เป็นของ")
    refused = go("legal_officer", "recall", report)
    assert refused.status_code == 409
    assert offers["workflows:recall"] in text(refused)


def test_a_report_has_one_main_button_and_what_may_not_be_pressed_comes_last(go: Go, home: Authority) -> None:
    for key, state in [
        ("legal_officer", reports.RETURNED),
        ("legal_officer", State.SECTION_HEAD_REVIEWED),
        ("clerk", State.DRAFTED),
    ]:
        page = go(key, "report", reports.in_state(home, state))
        refused = [bool(offer.why_not) for offer in page.context["offers"]]
        assert refused == sorted(refused), f"{key}, {state}"
        main = page.content.decode().count('class="btn btn-primary"')
        assert main == (1 if state == reports.RETURNED else 0), f"{key}, {state}: {main}"


def test_the_history_tells_rounds_opinions_and_reasons(go: Go, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    reports.submit(home, report)
    reports.forward(home, report, "acting_head", "เห็นควร <b>เสนอ</b> & ทราบ")
    page = go("mayor", "report", report)
    assert [(one.number, one.is_latest) for one in page.context["rounds"]] == [(2, True), (1, False)]
    assert "ข้อมูลไม่ครบถ้วน" in text(page)
    assert "เห็นควร &lt;b&gt;เสนอ&lt;/b&gt; &amp; ทราบ" in text(page)
    assert "ผู้อำนวยการกองคลัง รักษาราชการแทน" in text(page)


# Check answers


def test_checked_and_submitted(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    page = go("legal_officer", "check", report)
    assert page.status_code == 200
    answer = go("legal_officer", "check", report, data={"revision": page.context["report"].revision})
    assert answer.status_code == 302
    assert state_of(report) == State.DRAFTED


def test_an_edit_after_the_check_is_noticed(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    stale = go("legal_officer", "check", report).context["report"].revision
    Report.objects.of(home.organisation).filter(pk=report.pk).update(revision=stale + 1)
    answer = go("legal_officer", "check", report, data={"revision": stale})
    assert answer.status_code == 409
    assert f'name="revision" value="{stale + 1}"' in text(answer)
    assert state_of(report) == State.WRITING


def test_without_a_revision_nothing_is_submitted(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    assert go("legal_officer", "check", report, data={}).status_code == 409
    assert state_of(report) == State.WRITING


def test_pressed_twice_it_is_submitted_once(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    data = {"revision": report.revision}
    go("legal_officer", "check", report, data=data)
    assert go("legal_officer", "check", report, data=data).status_code == 409
    assert Act.objects.of(home.organisation).filter(kind=Act.Kind.SUBMIT).count() == 1


def test_a_vacant_post_disables_the_button_with_its_sentence(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    home.posts["clerk"].appointments.update(covers_memos=False)
    page = go("legal_officer", "check", report)
    assert home.posts["clerk"].title in page.context["why_not"]
    assert "disabled" in text(page)
    assert go("legal_officer", "check", report, data={"revision": report.revision}).status_code == 403


def test_a_skipped_step_wants_its_reason(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    assert go("section_head", "check", report).context["skipped"] == ["ความเห็นของหัวหน้าสำนักปลัด"]
    data = {"revision": report.revision, "skip_reason": ""}
    assert go("section_head", "check", report, data=data).status_code == 400
    assert go("section_head", "check", report, data={**data, "skip_reason": "จัดทำเอง"}).status_code == 302


def test_only_the_drafter_checks(go: Go, home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    assert go("second_legal_officer", "check", report).status_code == 403
    assert go("second_legal_officer", "check", report, data={"revision": 0}).status_code == 403


def test_an_unknown_report_is_404_for_everyone(go: Go, home: Authority) -> None:
    report = reports.begin(home)
    ghost = Report(pk=report.pk + 1_000)
    for name in ("report", "check", "decide", "copy", "discard"):
        assert go("legal_officer", name, ghost).status_code == 404


def test_nobody_is_let_in_without_login(home: Authority, client: Client) -> None:
    report = reports.in_state(home, State.DRAFTED)
    address = reverse("workflows:report", kwargs={"org": home.organisation.slug, "pk": report.pk})
    assert client.get(address).status_code == 302


def test_an_act_of_another_hand_is_not_a_500(go: Go, home: Authority) -> None:
    """The page was open when the drafter was changed: whatever is refused is a page."""
    report = reports.in_state(home, State.DRAFTED)
    actions.recall(home.actor("legal_officer"), report.pk)
    receiver = home.people["second_legal_officer"].pk
    actions.hand_over(home.actor("legal_officer"), report.pk, to_user_id=receiver)
    assert go("legal_officer", "check", report, data={"revision": 0}).status_code == 403
