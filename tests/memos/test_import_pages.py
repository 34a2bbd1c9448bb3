"""What comes in by file or clipboard is looked at first; what cannot be read is a sentence and the page stays."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from memos import content, exporting
from memos.models import ImportDraft, Report
from tests.memos.editor_forms import cells, fresh
from tests.memos.import_steps import (
    HEAD,
    ROWS,
    client,
    fields_of,
    mapping_of,
    paste,
    place,
    report,
    tsv,
    upload,
)

__all__ = ["client", "report"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestReading:
    @pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
    def test_our_own_files_become_the_same_tables(self, client: Client, report: Report, ending: str) -> None:
        before = content.snapshot(report)
        write = {"xlsx": exporting.as_xlsx, "csv": exporting.as_csv, "json": exporting.as_json}[ending]
        url = upload(client, report, f"ตาราง.{ending}", write(before))["Location"]
        answer = client.post(
            url, fields_of(client.get(url).content.decode()) | {"mode": "replace", "do": "import"}
        )
        assert answer.status_code == 302
        after = content.snapshot(fresh(report))
        assert after.sections == before.sections
        assert exporting.as_json(after) == exporting.as_json(before)

    def test_a_pasted_table_is_matched_shown_and_taken_over(self, client: Client, report: Report) -> None:
        url = mapping_of(client, report)
        page = client.get(url).content.decode()
        assert "ตรงกัน" in page and "๒ มาตรการ" in page and "๒ กิจกรรม" in page
        assert report.sections.count() == 2
        answer = client.post(url, fields_of(page) | {"mode": "append", "do": "import"}, follow=True)
        assert "นำเข้าแล้ว ๑ ส่วน ๒ มาตรการ ๒ กิจกรรม" in answer.content.decode()
        assert report.sections.count() == 3
        taken = cells(report, 2)
        assert [measure["measure"] for measure, _rows in taken] == ["1. มาตรการหนึ่ง", "2. มาตรการสอง"]
        assert taken[1][1][0]["result"] == "ประชุม 2 ครั้ง"
        assert ImportDraft.objects.of(report.organisation).count() == 0

    def test_html_of_the_clipboard_goes_before_the_text(self, client: Client, report: Report) -> None:
        rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in [HEAD, *ROWS])
        answer = paste(client, report, "อะไรก็ตาม", html=f"<table>{rows}</table>")
        assert "๒ มาตรการ" in client.get(answer["Location"]).content.decode()

    def test_an_excel_sheet_of_ones_own(self, client: Client, report: Report) -> None:
        book, out = Workbook(), io.BytesIO()
        for row in [HEAD, *ROWS]:
            book.worksheets[0].append(row)
        book.save(out)
        answer = upload(client, report, "ปีก่อน.xlsx", out.getvalue())
        page = client.get(answer["Location"]).content.decode()
        assert "ปีก่อน.xlsx" in page and "๒ มาตรการ" in page

    def test_a_name_or_text_with_what_a_database_refuses(self, client: Client, report: Report) -> None:
        text = ("\ufeff" + tsv().replace("\t", ",").replace("ทำแล้ว", "ทำ\0แล้ว" + "ก" * 5000)).encode()
        answer = upload(client, report, "ก\udcff\0.csv".encode("utf-8", "replace").decode(), text)
        assert answer.status_code == 400 or "๒ มาตรการ" in client.get(answer["Location"]).content.decode()
        assert "\0" not in str(ImportDraft.objects.of(report.organisation).values_list("tables", "source"))

    def test_one_import_waits_for_each_person_and_report(self, client: Client, report: Report) -> None:
        first, second = mapping_of(client, report), mapping_of(client, report)
        assert client.get(first).status_code == 404
        assert client.get(second).status_code == 200
        assert ImportDraft.objects.of(report.organisation).filter(report=report).count() == 1
        assert second in client.get(place(report)).content.decode()


def _zip(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("ว่าง.docx", b""),
            ("ภาพ.png", b"\x89PNG\r\n\x1a\n"),
            ("ตาราง.docx", b"PK\x03\x04 not a zip"),
            ("ตาราง.xlsx", _zip(readme="x")),
            ("เก่า.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
            ("อื่น.json", b'{"format": "else"}'),
            ("ลึก.json", b"[" * 200_000),
            ("ไม่มี.csv", "ข้อความ".encode()),
            ("\u202e.exe", b"MZ"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_a_sentence(
        self, client: Client, report: Report, name: str, data: bytes
    ) -> None:
        answer = upload(client, report, name, data)
        page = answer.content.decode()
        if answer.status_code == 302:  # a table without a known heading is read, and says so
            page = client.get(answer["Location"]).content.decode()
            assert "ไม่มีแถวที่จะนำเข้า" in page
            return
        assert answer.status_code == 400
        assert 'class="fault"' in page and 'role="alert"' in page
        assert ImportDraft.objects.of(report.organisation).count() == 0

    def test_too_large_a_file(self, client: Client, report: Report) -> None:
        answer = upload(client, report, "ใหญ่.csv", b"a,b\n" * (3 * 1024**2))
        assert answer.status_code == 400
        assert "๑๐ เมกะไบต์" in answer.content.decode()

    @pytest.mark.parametrize("text", ["", "  ", "ไม่มีตาราง", "\x00", "<table></table>"])
    def test_pasted_text_without_a_table_comes_back(self, client: Client, report: Report, text: str) -> None:
        answer = paste(client, report, text)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
        if text.strip("\x00 "):
            assert unescape(answer.content.decode()).count(text) >= 1

    def test_both_at_once(self, client: Client, report: Report) -> None:
        file = SimpleUploadedFile("ก.csv", tsv().encode())
        answer = client.post(place(report), {"file": file, "pasted": tsv()})
        assert answer.status_code == 400
        assert "โปรดเลือกอย่างเดียว" in answer.content.decode()
        assert "มาตรการหนึ่ง" in answer.content.decode()
