"""English pages: no Thai of their own, readable dates; and the same paper as from Thai pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import translation

from ita_core import fiscal, language, thai
from ita_core.models import AssessmentItem
from memos import archive
from memos.models import Report
from tests import chrome, reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.test_access import addresses
from tests.volumes import volume
from workflows.models import Act, Approval, State

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def thai_before_and_after() -> Iterator[None]:
    """A page leaves its language behind in the thread."""
    with translation.override("th"):
        yield


def reader(user: Any, code: str) -> Client:
    client = Client()
    log_in(client, user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    return client


# Pages


# A sample asks every other one of them, in turn from state to state.
PEOPLE = ("legal_officer", "section_head", "clerk", "mayor", "org_admin", "reader", "former")


@pytest.mark.sampled
@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_pages_say_nothing_in_thai_of_their_own(state: str, home: Authority) -> None:
    report = reports.in_state(home, state)
    pages = addresses(home, report)  # before the texts of the database are read: it leaves some there
    known = chrome.data()
    found: dict[str, str] = {}
    turns = volume(2, 1)
    for key in PEOPLE[reports.EVERY_STATE.index(state) % turns :: turns]:
        client = reader(home.people[key], "en")
        for name, address in pages.items():
            answer = client.get(address)
            if answer.headers["Content-Type"].startswith("text/html") and answer.content:
                texts = chrome.words_of(answer.content)
                found |= dict.fromkeys(chrome.left_over(texts, known), f"{name} × {key}")
    assert not found, "\n".join(f"{place}: {text}" for text, place in found.items())


ACCOUNT = ("login/", "logout/", "password/reset/", "password/reset/done/", "password/change/", "signup/")


@pytest.mark.parametrize(
    "page", [f"/accounts/{name}" for name in ACCOUNT] + ["/accounts/reauthenticate/", "/no/"]
)
def test_pages_of_the_account_are_english(page: str, home: Authority) -> None:
    known = chrome.data()
    someone = reader(home.people["reader"], "en")
    nobody = Client()
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    wrong = {
        "login": "x",
        "password": "y",
        "oldpassword": "z",
        "password1": "1",
        "password2": "2",
        "email": "q",
    }
    for client in (someone, nobody):
        for answer in (client.get(page, follow=True), client.post(page, wrong, follow=True)):
            texts = chrome.words_of(answer.content) if answer.content else []  # some pages take no POST
            assert not chrome.left_over(texts, known)


def test_the_search_for_thai_words_finds_them(home: Authority) -> None:
    page = '<p aria-label="ลบแถว">Delete <b>นิติกรชำนาญการ</b></p><button lang="th">ภาษาไทย</button>'
    texts = chrome.words_of(page.encode())
    assert chrome.left_over(texts, chrome.data()) == {"ลบแถว"}


def test_what_is_refused_is_refused_in_english(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    client = reader(home.people["section_head"], "en")
    address = addresses(home, report)["workflows:decide"]
    step, content = reports.shown(home, report)
    for typed in (
        {"decision": "send_back"},
        {"decision": "forward", "opinion": "a\u0007b"},
        {"decision": "?"},
    ):
        answer = client.post(address, {"step": step, "content": content, **typed})
        assert answer.status_code in {400, 403}, typed
        assert not chrome.left_over(chrome.words_of(answer.content), chrome.data()), typed


def test_the_administration_opens_in_english(home: Authority) -> None:
    boss = home.people["clerk"]
    boss.is_staff = boss.is_superuser = True
    boss.save()
    known = chrome.data()
    client = reader(boss, "en")
    for address in (
        "/admin/",
        "/admin/workflows/act/",
        "/admin/ita_core/appointment/add/",
        "/admin/memos/report/",
    ):
        assert not chrome.left_over(chrome.words_of(client.get(address).content), known), address


# Dates, numbers, sentences


def test_dates_and_numbers_follow_the_language() -> None:
    moment = datetime.datetime(2022, 4, 1, 6, 30, tzinfo=datetime.UTC)
    day = moment.date()
    with translation.override("en"):
        english = (language.day(day), language.short_day(day), language.clock(moment), language.shown(12))
    assert english == ("1 April 2565", "1 Apr 2565", "13:30", "12")
    assert (language.day(day), language.short_day(day)) == ("๑ เมษายน ๒๕๖๕", "๑ เม.ย. ๒๕๖๕")
    assert (language.clock(moment), language.shown(12)) == ("๑๓.๓๐ น.", "๑๒")


def test_months_to_choose_from_follow_the_language() -> None:
    with translation.override("en"):
        assert language.month_names()[3] == "April"
    assert language.month_names() == list(thai.MONTHS)


def test_sentences_of_pure_modules_follow_the_language() -> None:
    with translation.override("en"):
        problem = thai.problem_in("ก" * 20_001)
        with pytest.raises(fiscal.PeriodError, match="cannot be read"):
            fiscal.Period.parse("เมื่อไรก็ได้")
        with pytest.raises(ValueError, match="The year 2022 is not possible"):
            thai.ce_year(2022)
    assert problem is not None
    assert "20,001 characters" in problem


# Paper


def _issued(home: Authority, code: str) -> list[bytes]:
    """What a report leaves on paper when everybody's pages are in this language; nothing of it stays."""
    try:
        with transaction.atomic():
            papers = _carry(home, code)
            raise InterruptedError
    except InterruptedError:
        return papers


def _carry(home: Authority, code: str) -> list[bytes]:
    item = AssessmentItem.objects.order_by("-assessment_year", "code")[0]
    years = {"fiscal_year": "2565", "assessed_year": "2564", "period": "six_months", "item": item.pk}
    drafter = reader(
        home.people["section_head"], code
    )  # Holds a step's post, so one is skipped with its words.
    place = f"/o/{home.organisation.slug}/reports/"
    assert drafter.post(f"{place}new/", {**years, "title": "", "subject": ""}).status_code == 302
    report = Report.objects.of(home.organisation).get()
    reports.fill(report)
    checked = {"revision": report.revision, "skip_reason": "เป็นผู้จัดทำเอง"}
    assert drafter.post(f"{place}{report.pk}/check/", checked).status_code == 302
    for key, opinion in (("deputy_clerk", "เห็นควรทราบ"), ("mayor", "ทราบ")):
        step, content = reports.shown(home, report)
        said = {"decision": "forward", "step": step, "content": content, "opinion": opinion}
        answer = reader(home.people[key], code).post(f"{place}{report.pk}/decide/", said)
        assert answer.status_code == 302, answer.content.decode()
    assert Approval.objects.of(home.organisation).get(report=report).state == State.MAYOR_SIGNED
    acts = Act.objects.of(home.organisation).filter(document_set__isnull=False).order_by("sequence")
    return [
        archive.read(file) for act in acts if act.document_set for file in act.document_set.files().values()
    ]


def test_paper_is_the_same_from_english_pages(home: Authority) -> None:
    home.stand_in("deputy_clerk", "clerk")
    english, thai_pages = _issued(home, "en"), _issued(home, "th")
    assert len(english) >= 6
    assert english == thai_pages
