"""Groups in the editor: counted within their section, moved with it, deleted with it; and the cover."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from memos import content, editing, parts
from memos.models import FormVersion, Report, Section
from tests import reports
from tests.memos.editor_forms import as_person, form_of, fresh, memo_url
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def report(home: Authority) -> Report:
    """ก (ก๑, ก๒), ข, ค (ค๑): three sections, two of them with groups."""
    made = reports.begin(home)
    form = made.sections.all()[0].form
    made.sections.all().delete()
    for position, (heading, is_group) in enumerate(
        [("ก", False), ("ก1", True), ("ก2", True), ("ข", False), ("ค", False), ("ค1", True)]
    ):
        Section(report=made, form=form, position=position, heading=heading, is_group=is_group).save()
    return made


@pytest.fixture
def client(home: Authority) -> Client:
    return as_person(home)


def list_url(report: Report) -> str:
    return reverse("memos:sections", args=[report.organisation.slug, report.pk])


def order(report: Report) -> str:
    """ก(ก1 ก2) ข ค(ค1)"""
    families = parts.families(report.sections.all())
    return " ".join(
        family[0].heading + (f"({' '.join(group.heading for group in family[1:])})" if family[1:] else "")
        for family in families
    )


def row(report: Report, heading: str) -> Section:
    return report.sections.get(heading=heading)


def press(client: Client, report: Report, do: str, **more: str) -> int:
    typed = {"revision": str(fresh(report).revision), "do": do, **more}
    return client.post(list_url(report), typed).status_code


@pytest.mark.parametrize(
    ("verb", "heading", "expected"),
    [
        ("down", "ก", "ข ก(ก1 ก2) ค(ค1)"),
        ("up", "ก", "ก(ก1 ก2) ข ค(ค1)"),
        ("up", "ข", "ข ก(ก1 ก2) ค(ค1)"),
        ("up", "ค", "ก(ก1 ก2) ค(ค1) ข"),
        ("down", "ค", "ก(ก1 ก2) ข ค(ค1)"),
        ("down", "ก1", "ก(ก2 ก1) ข ค(ค1)"),
        ("up", "ก1", "ก(ก1 ก2) ข ค(ค1)"),
        ("down", "ก2", "ก(ก1 ก2) ข ค(ค1)"),
        ("up", "ค1", "ก(ก1 ก2) ข ค(ค1)"),
        ("section", "ก1", "ก ก1(ก2) ข ค(ค1)"),
        ("group", "ข", "ก(ก1 ก2 ข) ค(ค1)"),
        ("group", "ค", "ก(ก1 ก2) ข(ค ค1)"),
    ],
)
def test_a_section_moves_with_its_groups_and_a_group_within_its_section(
    verb: str, heading: str, expected: str, client: Client, report: Report
) -> None:
    assert order(report) == "ก(ก1 ก2) ข ค(ค1)"
    assert press(client, report, f"{verb}-{row(report, heading).pk}") == 302
    assert order(report) == expected
    assert [section.position for section in report.sections.all()] == list(range(6))


def test_the_first_section_is_never_a_group(client: Client, report: Report) -> None:
    answer = client.post(
        list_url(report),
        {"revision": str(fresh(report).revision), "do": f"group-{row(report, 'ก').pk}"},
    )
    assert answer.status_code == 409
    assert "ส่วนแรกของรายงานเป็นกลุ่มย่อยไม่ได้" in answer.content.decode()
    assert order(report) == "ก(ก1 ก2) ข ค(ค1)"
    # Whatever a row says of itself, nothing stands before the first.
    Section.objects.of(report.organisation).filter(heading="ก").update(is_group=True)
    assert order(report) == "ก(ก1 ก2) ข ค(ค1)"
    press(client, report, f"down-{row(report, 'ก').pk}")
    assert order(report) == "ข ก(ก1 ก2) ค(ค1)"


def test_a_group_is_added_at_the_end_of_its_section(client: Client, report: Report) -> None:
    section = row(report, "ก")
    page = client.get(f"{list_url(report)}?under={section.pk}").content.decode()
    assert re.search(rf'<option value="{section.pk}" selected>กลุ่มย่อยของส่วนที่ ๑ ก</option>', page)
    assert re.search(rf'name="form" value="{section.form_id}"[^>]* checked', page)
    assert press(client, report, "add", heading="ก3", under=str(section.pk), form=str(section.form_id)) == 302
    assert order(report) == "ก(ก1 ก2 ก3) ข ค(ค1)"
    assert row(report, "ก3").measures.count() == 1


def test_a_group_of_no_section_is_refused_in_words(client: Client, report: Report) -> None:
    group, form = row(report, "ก1"), row(report, "ก").form_id
    for under in (str(group.pk), "999999", "x", "9" * 40):
        assert press(client, report, "add", heading="ใหม่", under=under, form=str(form)) == 400
    assert report.sections.count() == 6


def test_an_unwritten_table_makes_room_for_groups_and_a_written_one_stays(home: Authority) -> None:
    report = reports.begin(home)
    membership = home.membership("legal_officer")
    written, form = report.sections.all()[0], FormVersion.objects.get(organisation=None, slug="weakness")
    editing.add_section(membership, report.pk, 0, form, "กลุ่ม", under=written.pk)
    assert written.measures.count() == 1
    empty = editing.add_section(membership, report.pk, 1, form, "ส่วนใหม่")
    assert empty.measures.count() == 1
    editing.add_section(membership, report.pk, 2, form, "กลุ่ม", under=empty.pk)
    assert empty.measures.count() == 0


def test_a_section_is_deleted_with_its_groups_and_says_so_first(client: Client, report: Report) -> None:
    section = row(report, "ก")
    url = reverse("memos:delete_section", args=[report.organisation.slug, report.pk, section.pk])
    page = client.get(url).content.decode()
    assert "กลุ่มย่อย ซึ่งจะถูกลบไปด้วยทั้งหมด" in page
    assert "ส่วนที่ ๑ กลุ่มที่ ๒" in page
    client.post(url, {"revision": str(fresh(report).revision)})
    assert order(report) == "ข ค(ค1)"
    group = row(report, "ค1")
    url = reverse("memos:delete_section", args=[report.organisation.slug, report.pk, group.pk])
    assert "ซึ่งจะถูกลบไปด้วย" not in client.get(url).content.decode()
    client.post(url, {"revision": str(fresh(report).revision)})
    assert order(report) == "ข ค"


def test_sections_and_groups_are_counted_as_a_reader_does(report: Report) -> None:
    assert [name for _section, name in parts.named(report.sections.all())] == [
        "ส่วนที่ ๑",
        "ส่วนที่ ๑ กลุ่มที่ ๑",
        "ส่วนที่ ๑ กลุ่มที่ ๒",
        "ส่วนที่ ๒",
        "ส่วนที่ ๓",
        "ส่วนที่ ๓ กลุ่มที่ ๑",
    ]


def test_groups_are_read_under_their_section_whose_empty_table_is_left_out(report: Report) -> None:
    page = render_to_string("memos/_content.html", {"content": content.snapshot(report)})
    assert re.findall(r"<(h[45]) id=[^>]*>([^<]*)</h[45]>", page) == [
        ("h4", "ก"), ("h5", "ก๑"), ("h5", "ก๒"), ("h4", "ข"), ("h4", "ค"), ("h5", "ค๑"),
    ]  # fmt: skip
    named = re.findall(r'aria-label="ตาราง([^"]*) เลื่อนซ้ายขวาได้"', page)
    assert named == ["ส่วนที่ ๑ กลุ่มที่ ๑", "ส่วนที่ ๑ กลุ่มที่ ๒", "ส่วนที่ ๒", "ส่วนที่ ๓ กลุ่มที่ ๑"]


def test_the_cover_is_written_with_the_reports_facts(client: Client, report: Report) -> None:
    assert fresh(report).cover == ""
    assert "paper-cover" not in render_to_string("memos/_content.html", {"content": content.snapshot(report)})
    typed = form_of(client, memo_url(report))
    client.post(memo_url(report), typed | {"cover": "รายงานผล ปี 2565\n\nอบต.หนองตัวอย่าง", "do": "save"})
    saved = fresh(report)
    assert saved.cover == "รายงานผล ปี 2565\n\nอบต.หนองตัวอย่าง"
    frozen = content.snapshot(saved)
    assert frozen.report.cover == ("รายงานผล ปี 2565", "", "อบต.หนองตัวอย่าง")
    page = render_to_string("memos/_content.html", {"content": frozen})
    assert "<p>รายงานผล ปี ๒๕๖๕</p><p></p><p>อบต.หนองตัวอย่าง</p>" in page


def test_a_cover_that_paper_cannot_carry_comes_back_as_typed(client: Client, report: Report) -> None:
    typed = form_of(client, memo_url(report))
    answer = client.post(memo_url(report), typed | {"cover": "ปก\u202eกลับ", "do": "save"})
    assert answer.status_code == 400
    assert "ปก\u202eกลับ" in answer.content.decode()
    assert fresh(report).cover == ""
