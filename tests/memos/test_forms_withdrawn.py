"""A form that an authority no longer offers: nothing that uses it changes, and it can be brought back."""

from __future__ import annotations

import pytest
from django.test import Client

from memos import shipped
from memos.models import FormVersion, Section
from tests import reports
from tests.memos.editor_forms import as_person
from tests.memos.test_forms_page import BUDGET, NEW, RESULT, edit, own, typed
from tests.personas import Authority, Personas

pytestmark = pytest.mark.django_db
LIST = "/o/nong-tua-yang/settings/forms/"


@pytest.fixture
def admin(home: Authority) -> Client:
    return as_person(home, "org_admin")


@pytest.fixture
def form(admin: Client, home: Authority) -> FormVersion:
    admin.post(NEW, typed({}, RESULT, BUDGET))
    return own(home)[0]


def withdraw(client: Client, form: FormVersion) -> int:
    return client.post(f"{LIST}{form.pk}/withdraw/").status_code


def test_it_is_offered_no_longer_and_reports_keep_it(
    admin: Client, form: FormVersion, home: Authority
) -> None:
    report = reports.begin(home)
    Section(report=report, form=form, position=9).save()
    assert withdraw(admin, form) == 302
    assert form not in shipped.available_forms(home.organisation)
    assert report.sections.get(position=9).form == form
    page = admin.get(LIST).content.decode()
    assert "แบบของหน่วยงานที่เลิกเสนอแล้ว" in page
    assert "ใช้ในรายงาน ๑ ฉบับ" in page
    assert "นำกลับมาเสนอ" in admin.get(f"{LIST}{form.pk}/").content.decode()
    # A report copied into another year still finds the form by its name.
    assert shipped.current_form(home.organisation, form.slug) == form


def test_it_is_withdrawn_once_however_often_the_button_is_pressed(
    admin: Client, form: FormVersion, home: Authority
) -> None:
    assert {withdraw(admin, form), withdraw(admin, form)} == {302}
    assert [version.number for version in own(home)] == [1, 2]
    empty = own(home)[1]
    for page in ("", "edit/", "empty-table.docx"):
        assert admin.get(f"{LIST}{empty.pk}/{page}").status_code == 404


def test_the_next_version_brings_it_back(admin: Client, form: FormVersion, home: Authority) -> None:
    withdraw(admin, form)
    assert admin.get(edit(form)).status_code == 200
    again = [{}, RESULT, {**BUDGET, "field1": "budget"}]
    assert admin.post(edit(form), typed(*again, base="1")).status_code == 409
    assert admin.post(edit(form), typed(*again, base="2")).status_code == 302
    newest = own(home)[-1]
    assert (newest.number, newest.columns) == (3, form.columns)
    assert newest in shipped.available_forms(home.organisation)


def test_the_shipped_form_stands_again(admin: Client, home: Authority) -> None:
    ready_made = shipped.current_form(home.organisation, "result")
    admin.post(edit(ready_made), typed({}, RESULT, title="แบบผลของเรา"))
    withdraw(admin, own(home)[0])
    assert shipped.current_form(home.organisation, "result") == ready_made
    assert ready_made in shipped.available_forms(home.organisation)
    assert [form.slug for form in shipped.usual_forms(home.organisation)] == ["plan", "result"]


def test_shipped_forms_and_other_authorities_forms_stay(personas: Personas, form: FormVersion) -> None:
    admin = as_person(personas.home, "org_admin")
    ready_made = shipped.current_form(personas.home.organisation, "plan")
    answer = admin.post(f"{LIST}{ready_made.pk}/withdraw/")
    assert answer.status_code == 409
    assert "แบบมาตรฐานของระบบเลิกเสนอไม่ได้" in answer.content.decode()
    theirs = as_person(personas.stranger, "org_admin")
    assert theirs.post(f"/o/ban-sommut/settings/forms/{form.pk}/withdraw/").status_code == 404
    assert form in shipped.available_forms(personas.home.organisation)
