"""The pack of a publication: what is in it, that it is the same each time, and the words to paste."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from memos import archive
from memos.models import Activity
from tests import reports
from tests.faults import alterations
from tests.personas import Authority
from tests.workflows import made_public
from workflows import explaining, packing
from workflows.models import Publication
from workflows.refusals import NoPaper

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CELL = "ประกาศแล้ว ที่ www.example.go.th/a.pdf, และ (https://www.example.go.th/ข่าว?id=1).\n=HYPERLINK(1)"


@pytest.fixture
def published(home: Authority) -> Publication:
    report = reports.begin(home)
    activity = Activity.objects.of(home.organisation).filter(measure__section__report=report).latest("pk")
    activity.cells |= {"result": CELL}
    activity.save()
    reports.submit(home, report)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, key)
    return made_public.published(home, report)


def unpacked(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def test_what_is_in_it(published: Publication) -> None:
    files = unpacked(packing.of(published))
    assert set(files) == {
        "report.pdf", "data.json", "data.csv", "tables.xlsx", "evidence.csv", "explain.txt", "README.txt",
    }  # fmt: skip
    assert files["report.pdf"] == archive.read(published.pdf)
    assert json.loads(files["data.json"]) == packing.data_of(published)
    assert load_workbook(io.BytesIO(files["tables.xlsx"])).sheetnames
    assert files["data.csv"].startswith("\ufeffsection-number".encode())


def test_the_same_each_time(published: Publication) -> None:
    assert packing.of(published) == packing.of(published)
    assert packing.of(published, "https://a.th/1.pdf") != packing.of(published)


def test_every_link_stands_with_its_measure(published: Publication) -> None:
    text = unpacked(packing.of(published))["evidence.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["link"] for row in rows] == [
        "http://www.example.go.th/a.pdf",
        "https://www.example.go.th/ข่าว?id=1",
    ]
    assert {(row["field"], row["activity"]) for row in rows} == {("result", "2")}
    assert all(row["measure"] == "1" and row["evidence"].startswith("ประกาศแล้ว") for row in rows)


def test_evidence_in_words_and_what_would_calculate() -> None:
    cells = {"evidence": "=1+1\n\nภาพถ่าย", "result": "ไม่มีลิงก์"}
    data: dict[str, Any] = {"sections": [{"measures": [{"cells": {}, "activities": [{"cells": cells}]}]}]}
    rows = list(packing.evidence(data))
    assert [(row.text, row.link) for row in rows] == [("=1+1", ""), ("ภาพถ่าย", "")]
    assert "'=1+1" in packing._as_csv(rows).decode("utf-8-sig")


def test_the_words_to_paste(published: Publication, settings: Any) -> None:
    settings.SITE_URL = "https://ita.example.go.th"
    data = packing.data_of(published)
    assert "ผลลัพธ์หรือความสำเร็จ" not in explaining.explanation(published, data, [], ""), "no column says it"
    data["sections"][0]["columns"][-1] |= {"fields": ["result", "outcome"], "heading": "ผล 2 อย่าง"}
    words = explaining.explanation(published, data, [], "")
    report = published.act.approval.report
    assert words.startswith(f"ข้อ {report.item.code} {report.item.title}")
    assert explaining.own_address(published) in words
    assert explaining.own_address(published).startswith("https://ita.example.go.th/p/")
    assert f"https://ita.example.go.th/v/{data['code']}" in words
    assert published.pdf.sha256 in words
    for asked in (
        "มาตรการ",
        "สรุปผลการดำเนินการ",
        "ผลลัพธ์หรือความสำเร็จ: คอลัมน์ “ผล ๒ อย่าง”",
        "วางที่อยู่ที่ได้หลังอัปโหลด",
    ):
        assert asked in words
    posted = explaining.explanation(published, data, ["https://b.th/1"], "https://a.th/1.pdf")
    assert "https://a.th/1.pdf" in posted
    assert "- https://b.th/1" in posted
    assert "ตารางที่ ๑: ๑ มาตรการ ๒ กิจกรรม" in posted


@pytest.mark.parametrize("site", ["http://127.0.0.1:8000", "http://localhost", "https://192.168.1.9"])
def test_addresses_within_the_house_are_not_pasted(published: Publication, settings: Any, site: str) -> None:
    settings.SITE_URL = site
    data = packing.data_of(published)
    words = explaining.explanation(published, data, [], "https://a.th/1.pdf")
    assert site not in words
    assert data["code"] in words


def test_the_steps_name_every_file(published: Publication) -> None:
    files = unpacked(packing.of(published))
    steps = files["README.txt"].decode("utf-8-sig")
    assert all(name in steps for name in files if name != "README.txt")
    assert f"/o/{published.organisation.slug}/publications/{published.pk}/" in steps


def test_a_file_that_is_gone_is_said(published: Publication) -> None:
    alterations.path_of(published.pdf).unlink()
    with pytest.raises(NoPaper):
        packing.of(published)
