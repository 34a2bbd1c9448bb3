"""Lists of reports to be destroyed, by their pages alone; and every page of a report that was destroyed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ita_core import thai
from memos import archive
from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority, Personas
from tests.test_access import addresses
from tests.workflows import disposed, numbered
from tests.workflows.visiting import text
from workflows import disposing, proofs, retention
from workflows.disposed import Disposal, DisposalList, DisposalOpinion
from workflows.models import Act, Retention, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ask(home: Authority, key: str, name: str, found: DisposalList | None = None, data: Any = None) -> Any:
    client = Client()
    log_in(client, home.people[key])
    kwargs: dict[str, Any] = {"org": home.organisation.slug} | ({"pk": found.pk} if found else {})
    address = reverse(f"workflows:{name}", kwargs=kwargs)
    return client.get(address) if data is None else client.post(address, data)


def test_a_list_from_draft_to_destruction(home: Authority) -> None:
    first, second = disposed.past(home), disposed.past(home)
    people = dict(zip(("member1", "member2", "member3"), disposed.COMMITTEE, strict=True))
    typed: dict[str, Any] = {name: home.people[key].pk for name, key in people.items()}
    typed["reports"] = [first.pk, second.pk]
    assert "จัดทำบัญชี" in text(ask(home, "registrar", "new_disposal"))
    wrong = ask(home, "registrar", "new_disposal", data={**typed, "member2": typed["member1"]})
    assert wrong.status_code == 400
    assert "ไม่ซ้ำกัน" in text(wrong)
    assert ask(home, "registrar", "new_disposal", data=typed).status_code == 302
    found = DisposalList.objects.of(home.organisation).get()
    lines = list(found.lines.order_by("position"))
    for number, key in enumerate(disposed.COMMITTEE):
        said = {f"line{line.pk}": "destroy" for line in lines}
        if number == 1:
            said[f"line{lines[0].pk}"] = "keep"
            refused = ask(home, key, "disposal_judge", found, said)
            assert refused.status_code == 400
            assert "โปรดระบุเหตุผลของทุกรายการ" in text(refused)
            said[f"reason{lines[0].pk}"] = "ยังใช้อ้างอิง"
        assert ask(home, key, "disposal_judge", found, said).status_code == 302
    assert (
        DisposalOpinion.objects.filter(line__list=found, line__list__organisation=home.organisation).count()
        == 6
    )
    today = thai.today()
    letter = {
        "number": "นร 0405/12",
        "dated_day": today.day,
        "dated_month": today.month,
        "dated_year": today.year + 543,
    }
    assert ask(home, "registrar", "disposal_answer", found, {**letter, "number": ""}).status_code == 400
    assert ask(home, "registrar", "disposal_answer", found, letter).status_code == 302
    page = ask(home, "mayor", "disposal", found)
    assert "ยังใช้อ้างอิง" in text(page)
    shown = page.context["form"].initial["shown"]
    assert ask(home, "mayor", "disposal_approve", found, {"shown": shown}).status_code == 400
    assert ask(home, "mayor", "disposal_approve", found, {"shown": "x", "sure": "on"}).status_code == 409
    assert ask(home, "clerk", "disposal_approve", found, {"shown": shown, "sure": "on"}).status_code == 403
    assert ask(home, "mayor", "disposal_approve", found, {"shown": shown, "sure": "on"}).status_code == 302
    states = [disposed.approval_of(home, report).state for report in (first, second)]
    assert states == [State.MAYOR_SIGNED, State.DISPOSED]
    done = ask(home, "reader", "disposal", found)
    made = Disposal.objects.of(home.organisation).get()
    assert made.sha256 in text(done)
    assert json.loads(ask(home, "reader", "disposal_list", found).content)["list"] == str(found)
    assert str(found.year)[-2:] in text(ask(home, "reader", "disposals")) or text(
        ask(home, "reader", "disposals")
    )


def test_a_list_is_dropped_with_a_reason(home: Authority) -> None:
    found = disposed.draw_up(home, disposed.past(home))
    assert ask(home, "registrar", "disposal_drop", found, {"reason": " "}).status_code == 400
    assert ask(home, "registrar", "disposal_drop", found, {"reason": "ตั้งกรรมการใหม่"}).status_code == 302
    assert "ตั้งกรรมการใหม่" in text(ask(home, "reader", "disposal", found))


def test_the_archives_letter_is_kept_with_its_scan(home: Authority) -> None:
    found = disposed.draw_up(home, disposed.past(home))
    disposed.judge(home, found)
    assert ask(home, "reader", "disposal_answer_scan", found).status_code == 404
    disposing.note_answer(
        home.actor("registrar"), found.pk, number=disposed.ANSWER, dated=thai.today(), scan=b"%PDF-1.4 letter"
    )
    answer = ask(home, "reader", "disposal_answer_scan", found)
    assert b"".join(answer) == b"%PDF-1.4 letter"
    assert "answer.pdf" in text(ask(home, "reader", "disposal", found))
    made = disposed.approve(home, found)
    assert archive.sha256(b"%PDF-1.4 letter") == json.loads(bytes(made.canonical))["archives"]["scan"]


def test_another_authority_gets_404(personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    found = disposed.draw_up(home, disposed.past(home))
    for name in ("disposal", "disposal_judge", "disposal_answer", "disposal_drop", "disposal_list"):
        assert ask(stranger, "org_admin", name, found).status_code == 404


def test_no_page_of_a_destroyed_report_fails_or_says_a_word_of_it(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    numbered.number(home, report, "12")
    pages = addresses(home, report)
    act = report.approval.acts.filter(kind=Act.Kind.SIGN).get()
    words = "ดำเนินการแล้ว เมื่อเดือนมีนาคม"
    disposed.destroyed(home, disposed.past(home, report))
    for key in ("mayor", "legal_officer", "registrar", "reader"):
        client = Client()
        log_in(client, home.people[key])
        for name, address in pages.items():
            if f"/reports/{report.pk}/" in address:
                answer = client.get(address)
                assert answer.status_code in (200, 302, 403, 404, 405, 409), (
                    f"{name} × {key}: {answer.status_code}"
                )
                assert thai.printed(words) not in text(answer), name
    page = text(ask_report(home, report))
    assert "บัญชีหนังสือขอทำลายที่" in page
    verdict = text(Client().get(f"/v/{proofs.code_of(act)}"))
    assert "ทำลายแล้ว" in verdict


def ask_report(home: Authority, report: Report) -> Any:
    client = Client()
    log_in(client, home.people["reader"])
    return client.get(f"/o/{home.organisation.slug}/reports/{report.pk}/")


def test_the_archive_finds_what_is_due_and_what_is_held(home: Authority) -> None:
    due, held, young = disposed.past(home), disposed.past(home), reports.in_state(home, State.MAYOR_SIGNED)
    retention.hold(home.actor("registrar"), held.pk, reason="คดี")
    client = Client()
    log_in(client, home.people["reader"])
    for kept, expected in (("due", due), ("held", held)):
        answer = client.get(f"/o/{home.organisation.slug}/archive/", {"kept": kept})
        assert [row.report_id for row in answer.context["rows"]] == [expected.pk]
    assert young.pk not in {due.pk, held.pk}


def test_an_administrator_changes_the_classes(home: Authority) -> None:
    client = Client()
    log_in(client, home.people["org_admin"])
    usual = next(one for one in retention.classes(home.organisation) if one.is_default)
    here = f"/o/{home.organisation.slug}/settings/retention/"
    assert "ข้อ 57" in text(client.get(here)) or "๕๗" in text(client.get(here))
    facts = {"title": "ทั่วไป", "source": "คำสั่ง 1/2569"}
    for years in ("9", "สิบ", "101"):
        assert client.post(f"{here}{usual.pk}/", {**facts, "years": years}).status_code == 400
    assert client.post(f"{here}{usual.pk}/", {**facts, "years": "๑๕"}).status_code == 302
    report = reports.in_state(home, State.MAYOR_SIGNED)
    row = Retention.objects.of(home.organisation).get(approval__report=report)
    assert row.until is not None and row.until.year == thai.today().year + 15
    assert client.post(f"{here}new/", {**facts, "years": "", "is_default": "on"}).status_code == 302
    assert [one.years for one in retention.classes(home.organisation) if one.is_default] == [None]
