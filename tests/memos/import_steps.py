"""Steps through the import pages, as a browser would take them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from memos.importing.grids import Cell, Grid, Source
from memos.models import ImportDraft, Report
from tests import reports
from tests.memos.editor_forms import as_person
from tests.personas import Authority

HEAD = ["มาตรการ/แนวทาง", "วิธีการดำเนินงาน", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"]
ROWS = [
    ["1. มาตรการหนึ่ง", "1. วิธีหนึ่ง", "สำนักปลัด", "ต.ค. 64 - ก.ย. 65", "ทำแล้ว", "-"],
    ["2. มาตรการสอง", "2. วิธีสอง", "กองคลัง", "มกราคม 2565", "ประชุม 2 ครั้ง", "ควรทำต่อ"],
]


@pytest.fixture
def report(home: Authority) -> Report:
    return reports.begin(home, fiscal_year=2565)


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


def place(report: Report) -> str:
    return reverse("memos:import", args=[report.organisation.slug, report.pk])


def tsv(rows: list[list[str]] | None = None, head: list[str] | None = None) -> str:
    return "\n".join("\t".join(row) for row in [head or HEAD, *(rows or ROWS)])


def upload(client: Client, report: Report, name: str, data: bytes) -> Any:
    return client.post(place(report), {"file": SimpleUploadedFile(name, data)})


def paste(client: Client, report: Report, text: str, **more: str) -> Any:
    return client.post(place(report), {"pasted": text, **more})


def mapping_of(client: Client, report: Report, text: str = "") -> str:
    """The address of the page after a paste."""
    answer = paste(client, report, text or tsv())
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send from the mapping page."""
    found = {"revision": re.search(r'name="revision" value="(\d+)"', html)[1]}  # type: ignore[index]
    for name, options in re.findall(r'<select[^>]*?name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"(?: lang="th")? selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    mode = re.search(r'name="mode"[^>]*value="(\w+)" checked', html)
    return found | {"mode": mode[1] if mode else ""}


def left_waiting(report: Report) -> ImportDraft:
    """What the drafter left waiting."""
    source = Source("csv", [Grid([[Cell("มาตรการ")], [Cell("หนึ่ง")]])])
    facts = {"tables": source.to_json(), "mapping": {"match": {"tables": []}}, "source": "tables.csv"}
    waiting, _made = ImportDraft.objects.of(report.organisation).get_or_create(
        report=report, user=report.drafter, defaults={"organisation": report.organisation, **facts}
    )
    return waiting
