"""The registers' pages: lines, filters, the sheet, papers of other offices, and a report numbered from its page."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from ita_core import thai
from memos import register
from memos.models import Register, RegisterEntry
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows import numbered
from tests.workflows.numbered import lines
from workflows import waiting_numbers
from workflows.models import Approval, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAPER = {
    "sender": "กองคลัง",
    "recipient": "นายก",
    "subject": "=SUM(A1) ขออนุมัติจัดซื้อ",
    "action": "",
    "note": "+ด่วน",
}


def day(date: Any = None) -> dict[str, str]:
    date = date or thai.today()
    year = date.year + thai.BE_OFFSET
    return {
        "dated_day": thai.to_thai_digits(date.day),
        "dated_month": str(date.month),
        "dated_year": str(year),
    }


@pytest.fixture
def registrar(home: Authority) -> Client:
    client = Client()
    log_in(client, home.people["registrar"])
    return client


def url(home: Authority, name: str, **rows: int) -> str:
    return reverse(f"workflows:{name}", kwargs={"org": home.organisation.slug, **rows})


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_report_is_numbered_from_its_page(home: Authority, registrar: Client) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    place = url(home, "number", pk=report.pk)
    shown = url(home, "report", pk=report.pk)
    assert place in words(registrar.get(shown))
    assert place in words(registrar.get(url(home, "register")))
    answer = registrar.post(place, {"typed": "๑๒", **day()}, follow=True)
    assert "ออกเลข สม ๗๑๐๐๑/๑๒ แล้ว" in words(answer)
    assert "ที่ สม ๗๑๐๐๑/๑๒" in words(answer)
    assert place not in words(registrar.get(url(home, "register")))
    void = url(home, "void_number", pk=report.pk)
    assert void in words(answer)
    assert "ยกเลิกเลขแล้ว" in words(registrar.post(void, {"reason": "ผิดเล่ม"}, follow=True))
    page = words(registrar.get(url(home, "register")))
    assert "ผิดเล่ม" in page and place in page


def test_what_was_typed_stays_when_it_is_refused(home: Authority, registrar: Client) -> None:
    first, second = (reports.in_state(home, State.MAYOR_SIGNED) for _ in range(2))
    numbered.number(home, first, "12")
    answer = registrar.post(url(home, "number", pk=second.pk), {"typed": "12 ", **day()})
    assert answer.status_code == 409
    assert 'value="12 "' in words(answer) or 'value="12"' in words(answer)
    assert "นางสาวมาลี" in words(answer)
    book = numbered.book(home)
    for typed, status in (({"typed": "x", **day(), **PAPER}, 400), ({"typed": "12", **day(), **PAPER}, 409)):
        answer = registrar.post(url(home, "register_enter", register=book.pk), typed)
        assert (answer.status_code, "ขออนุมัติจัดซื้อ" in words(answer)) == (status, True)
    assert [line.number for line in lines(home)] == [12]


@pytest.mark.parametrize("missing", ["typed", "dated_day", "sender", "recipient", "subject"])
def test_nothing_that_is_needed_may_be_left_out(missing: str, home: Authority, registrar: Client) -> None:
    typed = {"typed": "12", **day(), **PAPER, missing: ""}
    if missing == "dated_day":
        typed |= {"dated_month": "", "dated_year": ""}
    answer = registrar.post(url(home, "register_enter", register=numbered.book(home).pk), typed)
    assert (answer.status_code, lines(home)) == (400, [])


def test_papers_reservations_void_ones_and_remarks(home: Authority, registrar: Client) -> None:
    book = numbered.here(home)
    said = registrar.post(url(home, "register_enter", register=book.pk), PAPER, follow=True)
    assert "สม ๗๑๐๐๑/๑" in words(said)
    reserve = url(home, "register_reserve", register=book.pk)
    assert "สม ๗๑๐๐๑/๔" in words(registrar.post(reserve, {"count": "๓", "reason": "ประชุม"}, follow=True))
    assert registrar.post(reserve, {"count": "51", "reason": "ประชุม"}).status_code == 400
    kept = lines(home)[2]
    void = url(home, "register_void", register=book.pk, entry=kept.pk)
    assert registrar.post(void, {"reason": ""}).status_code == 400
    registrar.post(void, {"reason": "ไม่ใช้"})
    assert registrar.post(void, {"reason": "อีกครั้ง"}).status_code == 409
    remark = url(home, "register_remark", register=book.pk, entry=lines(home)[0].pk)
    registrar.post(remark, {"action": "ส่งแล้ว", "note": ""})
    first, _second, third, _fourth = lines(home)
    assert (first.action, first.note, third.standing, third.reason) == ("ส่งแล้ว", "", "void", "ไม่ใช้")
    report = reports.in_state(home, State.DRAFTED)
    place = url(home, "number", pk=report.pk)
    assert "จองเมื่อ" in words(registrar.get(place))
    registrar.post(place, {"reserved": str(lines(home)[1].pk)})
    assert lines(home)[1].report == report
    assert (
        registrar.get(url(home, "register_void", register=book.pk, entry=lines(home)[1].pk)).status_code
        == 409
    )


def test_filters_and_years(home: Authority, registrar: Client) -> None:
    book = numbered.book(home)
    for number, subject in enumerate(("จัดซื้อกระดาษ", "จ้างเหมา", "อบรมปี 2565"), 1):
        typed = {"typed": str(number), **day(), **PAPER, "subject": subject}
        registrar.post(url(home, "register_enter", register=book.pk), typed)
    RegisterEntry.objects.of(home.organisation).filter(number=2).update(year=2560)
    place = url(home, "register_of", register=book.pk)
    for asked, found in (
        ({}, {"จัดซื้อกระดาษ", "อบรมปี ๒๕๖๕"}),
        ({"year": "2560"}, {"จ้างเหมา"}),
        ({"text": "๒๕๖๕"}, {"อบรมปี ๒๕๖๕"}),
        ({"text": "71001/1"}, {"จัดซื้อกระดาษ"}),
        ({"standing": "void"}, set()),
        ({"year": "x", "standing": "y", "page": "z"}, {"จัดซื้อกระดาษ", "อบรมปี ๒๕๖๕"}),
        ({"all": "1"}, {"จัดซื้อกระดาษ", "อบรมปี ๒๕๖๕"}),
    ):
        page = words(registrar.get(place, asked))
        assert {s for s in ("จัดซื้อกระดาษ", "จ้างเหมา", "อบรมปี ๒๕๖๕") if s in page} == found, asked


def test_the_sheet_has_eight_columns_of_text(home: Authority, registrar: Client) -> None:
    book = numbered.here(home)
    registrar.post(url(home, "register_enter", register=book.pk), PAPER)
    registrar.post(url(home, "register_reserve", register=book.pk), {"count": "1", "reason": "@ประชุม"})
    answer = registrar.get(url(home, "register_sheet", register=book.pk))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heading, first, second = list(sheet.iter_rows(min_row=2, values_only=True))
    assert heading == ("เลขทะเบียนส่ง", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
    assert (first[0], first[1], first[5], first[7]) == (
        "๑",
        "สม ๗๑๐๐๑/๑",
        PAPER["subject"],
        "+ด่วน",
    )
    assert second[7] == "จองไว้: @ประชุม"
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}


def test_who_is_no_registrar_reads_and_writes_nothing(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    client = Client()
    log_in(client, home.people["legal_officer"])
    page = words(client.get(url(home, "register")))
    assert "ลงทะเบียนหนังสืออื่น" not in page and url(home, "number", pk=report.pk) not in page
    assert url(home, "number", pk=report.pk) not in words(client.get(url(home, "report", pk=report.pk)))
    book = numbered.here(home)
    posts: tuple[tuple[str, dict[str, str]], ...] = (
        (url(home, "number", pk=report.pk), {}),
        (url(home, "register_enter", register=book.pk), PAPER),
        (url(home, "register_reserve", register=book.pk), {"count": "1", "reason": "ก"}),
    )
    for place, typed in posts:
        assert client.post(place, typed).status_code in (403, 409)
    assert lines(home) == []


def test_another_authoritys_books_and_lines_are_not_found(
    home: Authority, stranger: Authority, registrar: Client
) -> None:
    theirs = numbered.here(stranger)
    mine = numbered.here(home)
    (line,) = register.reserve(theirs, stranger.people["registrar"], 1, "ประชุม")
    for name in ("register_of", "register_sheet", "register_enter", "register_reserve"):
        assert registrar.get(url(home, name, register=theirs.pk)).status_code == 404, name
    for name in ("register_void", "register_remark"):
        assert (
            registrar.post(url(home, name, register=mine.pk, entry=line.pk), {"reason": "ก"}).status_code
            == 404
        )
    report = reports.in_state(home, State.DRAFTED)
    numbered_here = registrar.post(url(home, "number", pk=report.pk), {"reserved": str(line.pk)})
    assert numbered_here.status_code == 400
    assert [entry.standing for entry in lines(stranger)] == ["reserved"]


def test_the_administrator_sets_how_a_book_numbers(home: Authority) -> None:
    client = Client()
    log_in(client, home.people["org_admin"])
    book = numbered.book(home)
    place = reverse("memos:edit_register", args=[home.organisation.slug, book.pk])
    typed = {
        "kind": "memo",
        "office": "",
        "number_prefix": "สม 71001.9",
        "numbering": "here",
        "year": "fiscal",
        "moment": "after",
    }
    assert client.get(place).status_code == 200
    assert client.post(place, typed).status_code == 302
    now = Register.objects.of(home.organisation).get(pk=book.pk)
    assert (now.prefix, now.numbering, now.year, now.moment) == ("สม 71001.9", "here", "fiscal", "after")
    new = reverse("memos:new_register", args=[home.organisation.slug])
    twice = client.post(new, typed)
    assert (twice.status_code, "มีทะเบียนชนิดนี้แล้ว" in words(twice)) == (400, True)
    unit = home.units["finance"].pk
    assert client.post(new, {**typed, "office": str(unit)}).status_code == 302
    assert client.post(new, {**typed, "office": str(unit)}).status_code == 400
    assert client.post(new, {**typed, "office": "999999"}).status_code == 400
    assert "กองคลัง" in words(client.get(reverse("memos:registers", args=[home.organisation.slug])))


def test_a_book_with_lines_keeps_its_name(home: Authority) -> None:
    book = numbered.here(home)
    register.reserve(book, home.people["registrar"], 1, "ประชุม")
    client = Client()
    log_in(client, home.people["org_admin"])
    typed = {
        "kind": "outgoing",
        "office": "",
        "number_prefix": "",
        "numbering": "here",
        "year": "calendar",
        "moment": "either",
    }
    client.post(reverse("memos:edit_register", args=[home.organisation.slug, book.pk]), typed)
    assert Register.objects.of(home.organisation).get(pk=book.pk).kind == "memo"


def test_reports_wait_for_a_number_as_the_setting_has_it(home: Authority) -> None:
    signed = reports.in_state(home, State.MAYOR_SIGNED)
    under_way = reports.in_state(home, State.DRAFTED)
    reports.in_state(home, State.WITHDRAWN)

    def waits(moment: str) -> set[int]:
        books = [numbered.book(home, moment=moment)]
        return {row.report_id for row in waiting_numbers.reports(home.organisation, books)}

    assert waits("either") == waits("after") == {signed.pk}
    assert waits("before") == {under_way.pk}
    numbered.book(home, moment="either")
    numbered.number(home, signed, "1")
    assert waits("either") == set()
    assert Approval.objects.of(home.organisation).count() == 3
