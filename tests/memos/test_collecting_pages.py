"""The pages of collecting: a unit sees its rows and nothing else; what was typed is never lost; forms without scripts."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from memos import collecting_rows
from memos.collecting_words import Words
from memos.models import Activity, CollectedFile, MainWebsite, Report
from tests import reports
from tests.memos.collecting_hand import PDF, ask, in_days, rows, save, send, sent, stored
from tests.memos.editor_forms import as_person
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


def fill_url(home: Authority, report: Report, unit: str = "finance") -> str:
    return reverse("memos:fill", args=[home.organisation.slug, report.pk, home.units[unit].pk])


def unit_url(home: Authority, report: Report, unit: str = "finance") -> str:
    return reverse("memos:collect_unit", args=[home.organisation.slug, report.pk, home.units[unit].pk])


def report_url(report: Report) -> str:
    return reverse("memos:collect_report", args=[report.organisation.slug, report.pk])


def typed(home: Authority, report: Report, row: str, **boxes: Any) -> dict[str, Any]:
    turn = stored(home, report)[row].turn
    return {f"{row}.turn": turn, **{f"{row}.{name}": value for name, value in boxes.items()}, "do": "save"}


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def test_a_unit_sees_its_rows_and_nothing_else_of_the_draft(home: Authority, report: Report) -> None:
    first, second = rows(report)[:2]
    for row, words in ((first, "จัดทำแผนของกองคลัง"), (second, "ลับเฉพาะของกองช่าง")):
        found = Activity.objects.of(home.organisation).filter(pk=int(row.partition("-")[2]))
        found.update(cells={"method": words, "result": f"ผลที่ผู้จัดทำร่างไว้ {words}"})
    ask(home, report, {first: "finance", second: "works"}, in_days(5))
    officer = as_person(home, "acting_head")
    listed = officer.get(reverse("memos:collect", args=[home.organisation.slug]))
    page = officer.get(fill_url(home, report))
    assert "กรอกผลการดำเนินการของกองคลัง" in listed.content.decode()
    text = page.content.decode()
    assert page.status_code == 200 and "จัดทำแผนของกองคลัง" in text
    for hidden in ("ลับเฉพาะ", "ผลที่ผู้จัดทำร่างไว้", report.title.split("\n")[0], report.memo.body[:40]):
        assert hidden not in text and hidden not in listed.content.decode()
    assert "og:" not in text and 'name="description"' not in text
    assert officer.get(fill_url(home, report, "works")).status_code == 403
    assert (
        officer.get(reverse("workflows:report", args=[home.organisation.slug, report.pk])).status_code == 403
    )


def test_a_link_opened_without_login_shows_the_login_alone(home: Authority, report: Report) -> None:
    ask(home, report, {rows(report)[0]: "finance"}, in_days(5))
    answer = Client().get(fill_url(home, report), follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith("/accounts/login/?next=")
    assert "กองคลัง" not in text and "og:" not in text and "รายงานผล" not in text


def test_rows_are_given_by_one_form_a_whole_measure_at_once_and_by_what_is_proposed(
    home: Authority, report: Report
) -> None:
    first, second = rows(report)
    places = collecting_rows.by_name(report)
    one = Activity.objects.of(home.organisation).filter(pk=int(second.partition("-")[2]))
    one.update(cells={"responsible": "กองช่าง"})
    drafter = as_person(home)
    page = drafter.get(report_url(report)).content.decode()
    assert "เสนอแนะ กองช่าง" in page
    finance = home.units["finance"].pk
    form = {f"was-{row}": "" for row in (first, second)} | {
        f"unit-{first}": "",
        f"all-{places[first].measure.pk}": finance,
        "due_on_day": "", "due_on_month": "", "due_on_year": "",
    }  # fmt: skip
    assert drafter.post(report_url(report), form).status_code == 302
    assert {row: found.collection.unit.pk for row, found in stored(home, report).items()} == {
        first: finance,
        second: finance,
    }
    page = drafter.get(report_url(report)).content.decode()
    assert "กองคลัง" in page and "รอกรอก" in page


def test_a_unit_or_a_day_that_is_none_leaves_the_page_as_it_was(home: Authority, report: Report) -> None:
    row, drafter = rows(report)[0], as_person(home)
    for unit in ("9" * 30, "x", "0", "-1"):
        answer = drafter.post(report_url(report), {f"was-{row}": "", f"unit-{row}": unit})
        assert answer.status_code == 400 and "โปรดเลือกกอง" in answer.content.decode()
    form = {f"was-{row}": "", f"unit-{row}": home.units["finance"].pk, "due_on_day": "99"}
    assert drafter.post(report_url(report), form).status_code == 400
    assert not stored(home, report)


def test_a_draft_with_links_and_files_is_sent_and_taken(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    MainWebsite(organisation=home.organisation, host="nong.go.th").save()
    officer, url = as_person(home, "acting_head"), fill_url(home, report)
    form = typed(
        home, report, row, result="ตรวจรับครบ", links="https://www.nong.go.th/a\nhttps://drive.example.com/b"
    )
    form |= {f"{row}.files": [upload("บันทึกตรวจรับ.PDF", PDF), upload("ภาพ", b"\x89PNG\r\n\x1a\n1")]}
    assert officer.post(url, form).status_code == 302
    page = officer.get(url).content.decode()
    assert page.count("ต่างโดเมน") == 1 and "บันทึกตรวจรับ.PDF" in page and "ภาพ.png" in page
    first = CollectedFile.objects.of(home.organisation).get(ending="pdf")
    assert officer.post(url, typed(home, report, row, result="ตรวจรับครบ", drop=first.pk)).status_code == 302
    assert len(stored(home, report)[row].draft["files"]) == 1
    assert officer.post(url, typed(home, report, row, result="ตรวจรับครบ") | {"do": "send"}).status_code == 302
    assert "ส่งผลแล้ว" in officer.get(url).content.decode()
    drafter, review = as_person(home), unit_url(home, report)
    page = drafter.get(review).content.decode()
    assert "ตรวจรับครบ" in page and "ในตารางตอนนี้" in page
    was = Activity.objects.of(home.organisation).get(pk=int(row.partition("-")[2])).cells["result"]
    taken = {"do": "accept", "row": row, f"was-{row}.result": was}
    assert drafter.post(review, taken | {f"was-{row}.result": "อื่น"}).status_code == 409
    assert drafter.post(review, taken).status_code == 302
    assert stored(home, report)[row].standing == "accepted"


def test_what_cannot_be_stored_comes_back_as_it_was_typed(home: Authority, report: Report) -> None:
    first, second = rows(report)[:2]
    ask(home, report, {first: "finance", second: "finance"})
    form = typed(home, report, first, result="ผลที่พิมพ์ไว้", links="ไม่ใช่ลิงก์") | typed(
        home, report, second, result="แถวที่ดี"
    )
    answer = as_person(home, "acting_head").post(fill_url(home, report), form)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "ผลที่พิมพ์ไว้" in text and "ไม่ใช่ที่อยู่เว็บที่ครบถ้วน" in text
    assert stored(home, report)[first].draft == {}
    assert stored(home, report)[second].draft["result"] == "แถวที่ดี"


FILES = [
    ("แมโคร.docm", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "มีมาโคร"),
    ("สคริปต์.pdf", b"<script>alert(1)</script>", "ไม่ใช่ PDF"),
    ("ภาพ.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ไม่ใช่ PDF"),
    ("ไฟล์.zip", packed("a.txt"), "ไม่ใช่ PDF"),
    ("ว่าง.pdf", b"", "ว่างเปล่า"),
    ("ใหญ่.pdf", b"%PDF-1.7" + b"0" * (10 * 1024**2), "ใหญ่เกิน"),
]


def test_files_that_are_not_taken_say_why_and_the_text_is_kept(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    officer = as_person(home, "acting_head")
    for number, (name, data, sentence) in enumerate(FILES):
        form = typed(home, report, row, result=f"ผลครั้งที่ {number}") | {f"{row}.files": upload(name, data)}
        answer = officer.post(fill_url(home, report), form)
        assert answer.status_code == 400 and sentence in answer.content.decode(), name
        assert stored(home, report)[row].draft["result"] == f"ผลครั้งที่ {number}"
    good = {"ตาราง.xlsx": packed("[Content_Types].xml", "xl/workbook.xml"), "ภาพ.jpeg": b"\xff\xd8\xff\xe0"}
    form = typed(home, report, row, result="ดี") | {f"{row}.files": [upload(n, d) for n, d in good.items()]}
    assert officer.post(fill_url(home, report), form).status_code == 302
    assert {one.name for one in CollectedFile.objects.of(home.organisation)} == set(good)


def test_what_is_missing_is_said_at_its_box_and_nothing_is_sent(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    form = typed(home, report, row, why="ยังไม่มีงบประมาณ") | {"do": "send"}
    answer = as_person(home, "acting_head").post(fill_url(home, report), form)
    text = answer.content.decode()
    assert answer.status_code == 400 and f'id="{row}.result-fault"' in text and "ยังไม่มีงบประมาณ" in text
    assert stored(home, report)[row].standing == "waiting"


def test_a_closed_report_is_read_and_what_comes_late_is_given_back(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    form = typed(home, report, row, result="มาช้าไป")
    reports.submit(home, report)
    officer = as_person(home, "acting_head")
    assert "ปิดรับผลแล้ว" in officer.get(fill_url(home, report)).content.decode()
    answer = officer.post(fill_url(home, report), form)
    assert answer.status_code == 409 and "มาช้าไป" in answer.content.decode()
    drafter = as_person(home)
    assert "ปิดรับผลแล้ว" in drafter.get(report_url(report)).content.decode()
    late = {"do": "hand-back", "row": row, "reason": "เหตุผลที่พิมพ์"}
    answer = drafter.post(unit_url(home, report), late)
    assert answer.status_code == 409 and "เหตุผลที่พิมพ์" in answer.content.decode()


def test_rows_that_were_taken_away_while_somebody_typed(home: Authority, report: Report) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    form = typed(home, report, row, result="พิมพ์ค้างไว้")
    ask(home, report, {row: None})
    officer = as_person(home, "acting_head")
    answer = officer.post(fill_url(home, report), form)
    assert answer.status_code == 409 and "พิมพ์ค้างไว้" in answer.content.decode()
    assert officer.get(fill_url(home, report)).status_code == 404


def test_forged_forms_break_nothing(home: Authority, report: Report) -> None:
    row, foreign = rows(report)[0], "activity-999999999999999999"
    ask(home, report, {row: "finance"})
    officer, drafter = as_person(home, "acting_head"), as_person(home)
    forged: list[dict[str, Any]] = [
        {"do": "save", f"{foreign}.turn": "0", f"{foreign}.result": "x"},
        {"do": "save", f"{row}.turn": "9" * 40, f"{row}.result": "x", f"{row}.drop": "abc"},
        {"do": "save", "memo.turn": "0", "section-1.turn": "", "x.turn": "1"},
        {"do": "send"},
    ]
    for form in forged:
        assert officer.post(fill_url(home, report), form).status_code in (302, 400, 409), form
    for form in (
        {},
        {"do": "accept", "row": foreign},
        {"do": "hand-back", "row": row, "reason": "x"},
        {"do": "due", "due_on_day": "31", "due_on_month": "2", "due_on_year": "2569"},
        {"do": "due", "due_on_day": "1", "due_on_month": "1", "due_on_year": "2560"},
    ):
        assert drafter.post(unit_url(home, report), form).status_code in (400, 409), form
    assert stored(home, report)[row].draft == {}


def test_the_drafter_reads_who_wrote_what_but_not_the_units_own_draft(
    home: Authority, report: Report
) -> None:
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    sent(home, report, "finance", result="ที่ส่งครั้งแรก")
    drafter, url = as_person(home), unit_url(home, report)
    assert drafter.post(url, {"do": "hand-back", "row": row, "reason": "ขอวันที่"}).status_code == 302
    save(home, report, "finance", {row: Words(result="ยังร่างอยู่")})
    page = drafter.get(url).content.decode()
    assert "ที่ส่งครั้งแรก" in page and "ขอวันที่" in page and "ยังร่างอยู่" not in page
    assert "ขอวันที่" in as_person(home, "acting_head").get(fill_url(home, report)).content.decode()
    send(home, report, "finance")
    assert "ยังร่างอยู่" in drafter.get(url).content.decode()
    assert drafter.post(url, {"do": "remind"}).status_code == 400, "nothing is open any more"


def test_pages_cost_the_same_for_many_rows(
    home: Authority, report: Report, django_assert_max_num_queries: Any
) -> None:
    ask(home, report, dict.fromkeys(rows(report), "finance"), in_days(5))
    sent(home, report, "finance")
    officer, drafter = as_person(home, "acting_head"), as_person(home)
    for client, url, most in (
        (officer, reverse("memos:collect", args=[home.organisation.slug]), 14),
        (officer, fill_url(home, report), 25),
        (drafter, report_url(report), 30),
        (drafter, unit_url(home, report), 40),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


def test_the_main_website_is_kept_as_its_host(home: Authority) -> None:
    url = reverse("memos:main_website", args=[home.organisation.slug])
    admin = as_person(home, "org_admin")
    for text, host in (
        ("https://www.Nong.go.th/index.php", "nong.go.th"),
        ("nong2.go.th", "nong2.go.th"),
        ("", ""),
    ):
        assert admin.post(url, {"address": text}).status_code == 302
        found = MainWebsite.objects.of(home.organisation).first()
        assert (found.host if found else "") == host
    for text in ("ไม่ใช่", "http://", "a b.com", "x" * 300):
        answer = admin.post(url, {"address": text})
        assert answer.status_code == 400 and text[:50] in answer.content.decode()
