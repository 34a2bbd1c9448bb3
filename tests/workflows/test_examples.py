"""The example of the main job: its memo, its people; loading it twice changes nothing. Its tables: test_examples_samples.py."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from ita_core import thai
from ita_core.models import Appointment, Organisation, OrgUnit, Post, User
from ita_core.pictures import validate_picture
from memos.models import Activity, Report
from tests.samples import scans
from tests.samples.scans import letters
from workflows import examples, permissions
from workflows.examples import loading, signatures
from workflows.models import RouteStep
from workflows.permissions import Actor

NAME = "phuang-phrom-khon"


@pytest.fixture
def loaded(db: None) -> Report:
    loading.load(NAME)
    return Report.objects.across_organisations().select_related("organisation", "drafter").get()


@pytest.mark.parametrize("form", ["plan", "result"])
def test_a_table_has_two_measures_of_five_and_one_activities(loaded: Report, form: str) -> None:
    section = loaded.sections.get(form__slug=form)
    assert [measure.activities.count() for measure in section.measures.all()] == [5, 1]


def test_the_memo_and_the_words_before_the_tables_are_the_samples(loaded: Report) -> None:
    sample = scans.scan("002").around()
    memo, enclosure = loaded.memo, loaded.memo.enclosures.get()
    texts = [memo.office, memo.subject, *memo.recipients, enclosure.title, enclosure.quantity, loaded.title]
    texts += memo.body.splitlines()
    texts += [text for section in loaded.sections.all() for text in (section.heading, section.preamble)]
    assert [text for text in texts if letters(text) not in sample] == []
    assert str(memo.date) == "2022-04-01"


def test_the_three_years_of_the_report_are_three_facts(loaded: Report) -> None:
    facts = (loaded.assessed_year, loaded.fiscal_year, loaded.filed_year, loaded.item.code)
    assert facts == (2564, 2565, 2565, "O43")


def test_every_text_is_stored_as_officers_text_is(loaded: Report) -> None:
    texts = [loaded.title, loaded.memo.body]
    for activity in Activity.objects.of(loaded.organisation):
        texts += activity.cells.values()
    assert [text for text in texts if thai.normalise(text) != text or thai.problem_in(text)] == []


def test_the_example_can_be_submitted_by_its_drafter(loaded: Report) -> None:
    actor = Actor(loaded.drafter, loaded.organisation)
    assert permissions.may_submit(actor, loaded.approval) == ""


def _everything() -> list[Any]:
    models = (User, Organisation, OrgUnit, Post, Appointment, RouteStep, Report, Activity)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def test_loading_again_changes_nothing(loaded: Report) -> None:
    before = _everything()
    loading.load(NAME)
    assert _everything() == before


def test_what_somebody_changed_stays(loaded: Report) -> None:
    loaded.memo.subject = "เรื่องที่แก้ไขแล้ว"
    loaded.memo.save()
    mayor = User.objects.get(username="ppk-mayor")
    mayor.set_password("another-long-password")
    mayor.full_name = "นางสาวคนใหม่ สมมติ"
    mayor.save()
    Organisation.objects.filter(slug=NAME).update(district="อำเภอที่แก้ไข")
    before = _everything()
    logins = {login.username: login for login in loading.load(NAME)}
    assert _everything() == before
    assert logins["ppk-mayor"].password == ""


def test_a_real_superuser_is_not_joined_by_one_with_a_public_password(db: None) -> None:
    User.objects.create_superuser("root", password="known-to-nobody-else", full_name="ผู้ดูแล")
    assert "superuser" not in {login.username for login in loading.load(NAME)}
    assert not User.objects.filter(username="superuser").exists()


def test_every_persona_has_a_login_that_works(loaded: Report) -> None:
    output = io.StringIO()
    call_command("load_examples", NAME, "--json", "--on-a-live-site", stdout=output)
    for login in json.loads(output.getvalue()):
        user = User.objects.get(username=login["username"])
        assert user.check_password(login["password"]), login
        validate_password(login["password"], user)
    roles = set(Appointment.objects.of(loaded.organisation).values_list("post__role", flat=True))
    assert roles >= {
        "legal_officer", "section_head", "clerk", "deputy_clerk", "mayor", "deputy_mayor",
        "registrar", "org_admin", "reader",
    }  # fmt: skip


def test_the_table_of_logins_names_everyone_once(db: None) -> None:
    output = io.StringIO()
    call_command("load_examples", "--on-a-live-site", stdout=output)
    names = [line.split()[0] for line in output.getvalue().splitlines()[1:]]
    assert sorted(names) == sorted(User.objects.values_list("username", flat=True))


def test_one_person_serves_both_authorities_and_one_acts_by_an_order(loaded: Report) -> None:
    both = Appointment.objects.across_organisations().filter(user__username="two-authorities")
    assert both.values("post__organisation").distinct().count() == 2
    acting = Appointment.objects.of(loaded.organisation).get(capacity=Appointment.Capacity.ACTING_FOR)
    assert acting.title_lines == ("นักจัดการงานทั่วไปชำนาญการ รักษาราชการแทน", "หัวหน้าสำนักปลัด")
    assert acting.ends is None
    assert acting.legal_basis


def test_an_unknown_example_is_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match=NAME):
        call_command("load_examples", "nowhere", "--on-a-live-site")


def test_signatures_are_pictures_and_the_same_each_time() -> None:
    pictures = [signatures.draw(number) for number in (1, 2)]
    assert pictures[0] != pictures[1]
    assert pictures == [signatures.draw(number) for number in (1, 2)]
    for picture in pictures:
        validate_picture(picture)


def test_a_route_that_breaks_the_rules_is_not_loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = examples.read

    def broken(name: str, part: str) -> dict[str, Any]:
        data = whole(name, part)
        if part == "people":
            data["authorities"][0]["route"].pop()
        return data

    monkeypatch.setattr(examples, "read", broken)
    with pytest.raises(ValidationError):
        loading.load(NAME)
    assert not Organisation.objects.filter(slug=NAME).exists()


def test_public_passwords_do_not_reach_a_live_site_by_accident() -> None:
    with pytest.raises(CommandError, match="--on-a-live-site"):
        call_command("load_examples")
