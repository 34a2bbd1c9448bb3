"""What is typed too long, or shows nothing: a sentence beside its field, on either database, and nothing happened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from ita_core.unprintable import is_blank
from memos import checks
from memos.enclosures import LIMITS
from memos.forms import MemoForm
from memos.models import Enclosure, Memo, Report
from tests import reports
from tests.memos.editor_forms import as_person, form_of, memo_url
from tests.personas import Authority
from tests.workflows.visiting import Go, state_of, text
from workflows import acting, actions
from workflows.models import Act, ApprovalStep, RouteStep, State
from workflows.refusals import BadInput

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BLANK = ["", " ", "\u200b", "\ufeff", "\u00ad", "\u00a0", "\u2060 \u200b\n\u3000", "\u3164\ufe0f"]
TOO_LONG = "เกินกว่าที่รับได้"
OWN_STEP = "โปรดระบุเหตุผลที่ข้ามขั้นตอนซึ่งเป็นตำแหน่งของท่านเอง"


def words_of(memo: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(memo)).read("word/document.xml").decode()


# Too long


@pytest.mark.parametrize("length", [501, acting.LIMIT])
def test_a_long_skip_reason_is_taken_whole(go: Go, home: Authority, length: int) -> None:
    report = reports.begin(home, by="section_head")
    data = {"revision": report.revision, "skip_reason": "ก" * length}
    assert go("section_head", "check", report, data=data).status_code == 302
    step = ApprovalStep.objects.of(home.organisation).exclude(skip_reason="").get()
    assert step.skip_reason == "ก" * length


def test_a_longer_one_is_refused_beside_its_field_and_kept(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    data = {"revision": report.revision, "skip_reason": "ข" * (acting.LIMIT + 1)}
    answer = go("section_head", "check", report, data=data)
    assert (answer.status_code, state_of(report)) == (400, State.WRITING)
    assert TOO_LONG in str(answer.context["form"].errors["skip_reason"])
    assert 'id="id_skip_reason_error"' in text(answer)
    assert str(data["skip_reason"]) in text(answer)


@pytest.mark.parametrize(
    ("field", "decision"), [("opinion", "forward"), ("reason", "send_back"), ("refusal_reason", "refuse")]
)
def test_a_longer_opinion_is_refused_beside_its_field(
    go: Go, home: Authority, field: str, decision: str
) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    step, content = reports.shown(home, report)
    data = {"decision": decision, "step": step, "content": content, "confirmed": "on", "opinion": "ทราบ"}
    answer = go("mayor", "decide", report, data={**data, field: "ค" * (acting.LIMIT + 1)})
    assert (answer.status_code, state_of(report)) == (400, State.DEPUTY_APPROVED)
    assert TOO_LONG in text(answer).split(f'id="{field}-fault"')[1].split("</div>")[0]


@pytest.mark.parametrize("name", ["recall", "withdraw"])
def test_a_longer_reason_of_the_drafter_too(go: Go, home: Authority, name: str) -> None:
    report = reports.in_state(home, State.DRAFTED)
    answer = go("legal_officer", name, report, data={"reason": "ง" * (acting.LIMIT + 1)})
    assert (answer.status_code, state_of(report)) == (400, State.DRAFTED)
    assert TOO_LONG in str(answer.context["form"].errors["reason"])


@pytest.mark.parametrize(("field", "longest"), [("office", 300), ("e0.title", 500), ("e0.quantity", 60)])
def test_the_memos_short_fields_say_so(home: Authority, field: str, longest: int) -> None:
    report, officer = reports.begin(home), as_person(home)
    posted = form_of(officer, memo_url(report))
    assert officer.post(memo_url(report), {**posted, field: "จ" * (longest + 1)}).status_code == 400
    answer = officer.post(memo_url(report), {**posted, field: "จ" * (longest + 1)})
    assert TOO_LONG in text(answer)
    assert officer.post(memo_url(report), {**posted, field: "จ" * longest}).status_code in (200, 302)


def length_of(model: type[models.Model], name: str) -> int:
    field = model._meta.get_field(name)
    assert isinstance(field, models.CharField)
    assert field.max_length is not None
    return field.max_length


def test_no_form_takes_more_than_its_column() -> None:
    assert {name: length_of(Enclosure, name) for name in LIMITS} == LIMITS
    office: Any = MemoForm.base_fields["office"]
    with pytest.raises(ValidationError, match=TOO_LONG):
        office.clean("ฉ" * (length_of(Memo, "office") + 1))


def test_what_an_act_copies_fits_its_columns() -> None:
    """From a person, an appointment and a route step into the act: never a longer column into a shorter one."""
    copied = [
        ("ita_core.User", "full_name", "printed_name"),
        ("ita_core.Appointment", "legal_basis", "legal_basis"),
        ("ita_core.Appointment", "capacity", "capacity"),
        ("workflows.RouteStep", "heading", "step_heading"),
    ]
    for source, name, column in copied:
        assert length_of(apps.get_model(source), name) <= length_of(Act, column)
    for name in ("heading", "addresses", "reaches"):
        assert length_of(RouteStep, name) <= length_of(ApprovalStep, name)


def test_the_longest_names_of_an_authority_still_begin_a_report(home: Authority) -> None:
    home.organisation.name = home.organisation.district = home.organisation.province = "ช" * 120
    home.organisation.save()
    report = reports.begin(home)
    assert len(report.memo.office) == length_of(Memo, "office")


# What shows nothing


@pytest.mark.parametrize("typed", BLANK)
def test_what_shows_nothing_is_no_reason_and_no_opinion(home: Authority, typed: str) -> None:
    assert is_blank(typed)
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    step, content = reports.shown(home, report)
    mayor, drafter = home.actor("mayor"), home.actor("legal_officer")
    deeds: list[Callable[[], Act]] = [
        lambda: actions.endorse(mayor, report.pk, step=step, content=content, opinion=typed),
        lambda: actions.send_back(mayor, report.pk, step=step, content=content, reason=typed),
        lambda: actions.refuse(mayor, report.pk, step=step, content=content, reason=typed),
        lambda: actions.withdraw(drafter, report.pk, reason=typed),
    ]
    for act in deeds:
        with pytest.raises(BadInput):
            act()
    assert state_of(report) == State.DEPUTY_APPROVED


@pytest.mark.parametrize("typed", ["ก", "\u200bก", "-", "1", "\U0001f600"])
def test_what_shows_something_is_not_blank(typed: str) -> None:
    assert not is_blank(typed)
    assert acting.text(typed, "required") == typed


@pytest.mark.parametrize("typed", BLANK)
def test_a_memo_that_shows_nothing_is_not_submitted(home: Authority, typed: str) -> None:
    report = reports.begin(home)
    report.memo.subject = report.memo.body = typed
    report.memo.recipients = [typed]
    report.memo.save()
    places = {found.url.partition("#")[2] for found in checks.blocking(report)}
    assert places == {"id_subject", "id_recipients", "id_body"}


def test_a_new_report_with_an_invisible_title_takes_the_usual_words(go: Go, home: Authority) -> None:
    first = go("legal_officer", "new").context["form"].initial
    data = {**first, "title": "\u200b", "subject": "\ufeff"}
    assert go("legal_officer", "new", data=data).status_code == 302
    report = Report.objects.of(home.organisation).get()
    assert not is_blank(report.title)
    assert not is_blank(report.memo.subject)


# Words that say what is missing


def test_the_reason_for_skipping_is_not_called_optional(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    label = text(go("section_head", "check", report)).split('for="id_skip_reason">')[1].split("</label>")[0]
    assert "ไม่บังคับ" not in label
    answer = go("section_head", "check", report, data={"revision": report.revision, "skip_reason": "\u200b"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["skip_reason"] == [OWN_STEP]


@pytest.mark.parametrize("decision", [{}, {"decision": ""}, {"decision": "dance"}])
def test_a_decision_without_a_button_says_so(go: Go, home: Authority, decision: dict[str, str]) -> None:
    report = reports.in_state(home, State.DRAFTED)
    step, content = reports.shown(home, report)
    data = {"step": step, "content": content, "opinion": "พิมพ์ไว้แล้ว", **decision}
    answer = go("section_head", "decide", report, data=data)
    assert answer.status_code == 400
    assert answer.context["sentence"] == "โปรดเลือกปุ่มว่าจะดำเนินการอย่างไร"
    assert "พิมพ์ไว้แล้ว" in text(answer)
    assert go("section_head", "decide", report, data={}).status_code == 400


# The preview of who skips his own step


def test_the_preview_shows_the_step_that_will_be_skipped(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    page = go("section_head", "check", report)
    assert [step.state for step in page.context["steps"]] == ["skipped", "waiting", "waiting"]
    address = f"/o/{home.organisation.slug}/reports/{report.pk}/"
    client = as_person(home, "section_head")
    found = next(part for part in text(page).split('"') if part.startswith(address) and "memo" in part)
    assert "ข้ามขั้นตอนนี้ เนื่องจาก……" in words_of(client.get(found).content)
    typed = words_of(client.get(found, {"skip_reason": "จัดทำรายงานเอง"}).content)
    assert "ข้ามขั้นตอนนี้ เนื่องจากจัดทำรายงานเอง" in typed
    assert "……" not in typed


def test_a_reason_typed_and_refused_reaches_the_preview(go: Go, home: Authority) -> None:
    report = reports.begin(home, by="section_head")
    page = go("section_head", "check", report, data={"revision": 10_000, "skip_reason": "ทำเอง & เร็ว"})
    assert page.status_code == 409
    assert "?skip_reason=%E0%B8%97%E0%B8%B3%E0%B9%80%E0%B8%AD%E0%B8%87%20%26%20" in text(page)


def test_a_draft_of_another_skips_nothing_in_its_preview(home: Authority) -> None:
    report = reports.begin(home)
    client = as_person(home)
    page = text(client.get(f"/o/{home.organisation.slug}/reports/{report.pk}/check/"))
    found = next(part for part in page.split('"') if "preview" in part and "memo" in part and "/" in part)
    assert "ข้ามขั้นตอนนี้" not in words_of(client.get(found).content)
