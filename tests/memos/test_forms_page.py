"""The page on which an authority's administrator makes a form: nothing typed is lost, nothing wrong is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from memos import own_fields, shipped
from memos.form_draft import MOST_COLUMNS, FormDraft
from memos.forms_data import validate_columns
from memos.models import FormVersion, Section
from tests import reports
from tests.memos.editor_forms import as_person
from tests.personas import Authority, Personas

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW = "/o/nong-tua-yang/settings/forms/new/"
COLUMN = {
    "heading": "มาตรการ", "group": "", "field1": "measure", "name1": "", "field2": "", "name2": "",
    "width": "20", "level": "measure", "required": "on",
}  # fmt: skip


def typed(*columns: dict[str, str], **more: str) -> dict[str, str]:
    """What the page posts: each column as COLUMN with what differs."""
    made = {"title": "แบบทดลอง", "orientation": "landscape", "base": "0", "do": "save"}
    for n, column in enumerate(columns):
        made |= {f"c{n}.{part}": text for part, text in {**COLUMN, **column}.items()}
    return made | more


RESULT = {"heading": "ผล", "field1": "result", "level": "activity"}
BUDGET = {"heading": "งบประมาณ (บาท)", "field1": "+", "name1": "งบประมาณ", "level": "activity"}


@pytest.fixture
def admin(home: Authority) -> Client:
    return as_person(home, "org_admin")


def own(home: Authority) -> list[FormVersion]:
    return list(home.organisation.form_versions.order_by("pk"))


def edit(version: FormVersion) -> str:
    return f"/o/nong-tua-yang/settings/forms/{version.pk}/edit/"


def value_of(page: str, name: str) -> str:
    tag = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    assert tag is not None, name
    found = re.search(r'value="([^"]*)"', tag[0])
    return found[1] if found else ""


def test_a_form_is_kept_with_a_name_and_keys_that_nobody_typed(admin: Client, home: Authority) -> None:
    answer = admin.post(NEW, typed({}, RESULT, BUDGET))
    (form,) = own(home)
    assert answer.status_code == 302
    assert (form.slug, form.number, form.title) == ("own-1", 1, "แบบทดลอง")
    assert [column["fields"] for column in form.columns] == [["measure"], ["result"], ["budget"]]
    assert form.columns[2]["labels"] == ["งบประมาณ"]
    assert form in shipped.available_forms(home.organisation)
    admin.post(NEW, typed({}, RESULT, title="อีกแบบ"))
    assert own(home)[1].slug == "own-2"


def test_the_next_version_keeps_keys_whatever_its_fields_are_called(admin: Client, home: Authority) -> None:
    admin.post(NEW, typed({}, BUDGET))
    first = own(home)[0]
    page = admin.get(edit(first)).content.decode()
    assert value_of(page, "base") == "1"
    assert re.search(r'<option value="budget" lang="th" selected>งบประมาณ</option>', page)
    renamed = {**BUDGET, "field1": "budget", "name1": "วงเงิน"}
    admin.post(edit(first), typed({}, renamed, base="1"))
    second = own(home)[1]
    assert (second.slug, second.number) == (first.slug, 2)
    assert second.columns[1]["fields"] == ["budget"]
    assert own_fields.known_to(home.organisation) == {"budget": "วงเงิน"}
    # Gone from the form, the key is not given to another field.
    admin.post(edit(second), typed({}, base="2"))
    admin.post(edit(second), typed({}, {**BUDGET, "name1": "งบประมาณ"}, base="3"))
    assert own(home)[3].columns[1]["fields"] == ["own_1"]


def test_a_form_without_a_column_of_the_measure_is_refused(admin: Client, home: Authority) -> None:
    """Nobody could tell which activities belong together."""
    answer = admin.post(NEW, typed({"level": "activity"}, RESULT))
    assert (answer.status_code, own(home)) == (400, [])
    assert "ต้องมีคอลัมน์ระดับมาตรการอย่างน้อยหนึ่งคอลัมน์" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "warned"), [("measure", False), ("issue", False), ("topic", False), ("+", True)]
)
def test_a_form_that_does_not_name_its_measures_may_be_right_but_is_warned_of(
    admin: Client, home: Authority, field: str, warned: bool
) -> None:
    named = {"heading": "โครงการ", "field1": field, "name1": "โครงการ" if field == "+" else ""}
    page = admin.post(NEW, typed(named, RESULT), follow=True).content.decode()
    assert len(own(home)) == 1
    assert ("ไม่มีช่องข้อมูลที่บอกชื่อมาตรการ" in page) == warned


def test_equal_words_make_no_version(admin: Client, home: Authority) -> None:
    admin.post(NEW, typed({}, RESULT))
    form = own(home)[0]
    answer = admin.post(edit(form), typed({}, RESULT, base="1"), follow=True)
    assert own(home) == [form]
    assert "ไม่มีอะไรเปลี่ยน" in answer.content.decode()


def test_a_shipped_form_edited_takes_its_place_here_alone(personas: Personas) -> None:
    home, stranger = personas.home, personas.stranger
    ready_made = shipped.current_form(home.organisation, "result")
    admin = as_person(home, "org_admin")
    columns = [{"heading": "มาตรการของเรา"}, RESULT]
    admin.post(edit(ready_made), typed(*columns, title="แบบผลของเรา"))
    (form,) = own(home)
    assert (form.slug, form.number) == ("result", 1)
    assert shipped.current_form(home.organisation, "result") == form
    assert shipped.current_form(stranger.organisation, "result") == ready_made
    # The address of the shipped one leads on to the version in force.
    assert admin.get(edit(ready_made))["Location"] == edit(form)
    assert "หน่วยงานใช้แบบของตนเองแทน" in admin.get("/o/nong-tua-yang/settings/forms/").content.decode()


def test_a_copy_is_a_form_of_its_own(admin: Client, home: Authority) -> None:
    seven = FormVersion.objects.get(organisation=None, slug="seven")
    page = admin.get(f"{NEW}?source={seven.pk}").content.decode()
    assert value_of(page, "c0.heading") == "มาตรการ/กิจกรรมที่ดำเนินการ"
    assert value_of(page, "title").endswith("ของหน่วยงาน")
    assert admin.get(f"{NEW}?source=999999").status_code == 404
    assert admin.get(f"{NEW}?source={'9' * 40}").status_code == 200


def test_reports_in_use_keep_their_version(admin: Client, home: Authority) -> None:
    report = reports.begin(home)
    section = report.sections.all()[1]
    admin.post(edit(section.form), typed({}, RESULT))
    assert Section.objects.of(home.organisation).get(pk=section.pk).form == section.form
    assert reports.begin(home).sections.all()[1].form == own(home)[0]
    page = admin.get(f"/o/nong-tua-yang/settings/forms/{section.form_id}/").content.decode()
    assert "ใช้ในรายงาน ๑ ฉบับ" in page


FAULTS: list[tuple[list[dict[str, str]], dict[str, str], str, str]] = [
    ([{"heading": " \u200b"}], {}, "c0-heading", "โปรดใส่หัวคอลัมน์"),
    ([{"heading": "ก\u202eข"}], {}, "c0-heading", "พิมพ์ลงกระดาษไม่ได้"),
    ([{"heading": "ก" * 201}], {}, "c0-heading", "เกินกว่าที่รับได้"),
    ([{"group": "\u200b"}], {}, "c0-group", "มองไม่เห็นบนกระดาษ"),
    ([{"width": "0"}], {}, "c0-width", "๑ ถึง ๑๐๐"),
    ([{"width": "กว้าง"}], {}, "c0-width", "๑ ถึง ๑๐๐"),
    ([{"width": "๙๙๙"}], {}, "c0-width", "๑ ถึง ๑๐๐"),
    ([{"field1": ""}], {}, "c0-field1", "โปรดเลือกช่องข้อมูล"),
    ([{"field1": "forged"}], {}, "c0-field1", "ไม่มีช่องข้อมูลนี้"),
    ([{}, RESULT, {**RESULT, "heading": "ผลอีก"}], {}, "c2-field1", "เลือกได้เพียงครั้งเดียว"),
    ([{"field2": "measure"}], {}, "c0-field2", "เลือกได้เพียงครั้งเดียว"),
    ([{"field2": "+"}], {}, "c0-name2", "โปรดตั้งชื่อช่องข้อมูลใหม่"),
    ([{"field1": "+", "name1": "ผลการดำเนินการ"}], {}, "c0-name1", "อยู่แล้ว โปรดเลือกจากรายการ"),
    ([{"field1": "+"}, {"field1": "+"}], {}, "c1-name1", "ชื่อซ้ำกัน"),
    ([RESULT, {}], {}, "c1-level", "ต้องอยู่ก่อนคอลัมน์ระดับกิจกรรม"),
    ([{}], {"title": ""}, "form-title", "โปรดตั้งชื่อแบบตาราง"),
    ([{}], {"title": "ก" * 201}, "form-title", "เกินกว่าที่รับได้"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "more", "anchor", "sentence"), FAULTS)
def test_what_is_wrong_is_said_beside_its_place(
    columns: list[dict[str, str]],
    more: dict[str, str],
    anchor: str,
    sentence: str,
    admin: Client,
    home: Authority,
) -> None:
    answer = admin.post(NEW, typed(*columns, **more))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert not own(home)
    beside = re.search(rf'id="{anchor}-fault">([^<]*)<', page)
    assert beside is not None
    assert sentence in beside[1]
    assert re.search(rf'<li><a href="#{anchor}">[^<]*{re.escape(sentence)}', page)
    for n, column in enumerate(columns):
        if "heading" in column and column["heading"].strip(" \u200b"):
            assert value_of(page, f"c{n}.heading") == column["heading"]


def test_a_form_without_columns_or_with_too_many(admin: Client, home: Authority) -> None:
    assert "อย่างน้อยหนึ่งคอลัมน์" in admin.post(NEW, typed()).content.decode()
    many = [{"heading": f"ช่อง {n}", "field1": "+", "level": "activity"} for n in range(MOST_COLUMNS + 1)]
    many[0]["level"] = "measure"
    answer = admin.post(NEW, typed(*many))
    assert answer.status_code == 400
    assert "ไม่เกิน ๑๒ คอลัมน์" in answer.content.decode()
    assert admin.post(NEW, typed(*many[:-1])).status_code == 302
    assert [column["key"] for column in own(home)[0].columns][-1] == f"own_{MOST_COLUMNS}"


@pytest.mark.parametrize("more", ["", " ", "\u200b"])
def test_the_name_of_another_form_is_refused_and_what_was_typed_stays(
    more: str, admin: Client, home: Authority
) -> None:
    """Nor one that only looks like it."""
    title = shipped.current_form(home.organisation, "plan").title
    answer = admin.post(NEW, typed({}, RESULT, title=f"{title[:5]}{more}{title[5:]}"))
    assert answer.status_code == 409
    assert not own(home)
    assert "โปรดตั้งชื่ออื่น" in answer.content.decode()
    assert value_of(answer.content.decode(), "c1.heading") == "ผล"


def test_a_version_kept_meanwhile_is_noticed(admin: Client, home: Authority) -> None:
    admin.post(NEW, typed({}, RESULT))
    form = own(home)[0]
    admin.post(edit(form), typed({}, {**RESULT, "heading": "ผลหนึ่ง"}, base="1"))
    late = admin.post(edit(form), typed({}, {**RESULT, "heading": "ผลสอง"}, base="1"))
    page = late.content.decode()
    assert late.status_code == 409
    assert "รุ่นที่ ๒ แล้วหลังจากที่ท่านเปิดหน้านี้" in page
    assert value_of(page, "c1.heading") == "ผลสอง"
    admin.post(edit(form), typed({}, {**RESULT, "heading": "ผลสอง"}, base=value_of(page, "base")))
    assert [version.columns[1]["heading"] for version in own(home)] == ["ผล", "ผลหนึ่ง", "ผลสอง"]


def test_columns_come_go_move_and_return(admin: Client, home: Authority) -> None:
    columns = [{}, RESULT, BUDGET]
    moved = admin.post(NEW, typed(*columns, do="column-up-2")).content.decode()
    assert [value_of(moved, f"c{n}.heading") for n in range(3)] == ["มาตรการ", "งบประมาณ (บาท)", "ผล"]
    gone = admin.post(NEW, typed(*columns, do="column-delete-1")).content.decode()
    assert value_of(gone, "c1.heading") == "งบประมาณ (บาท)"
    kept = {name: value_of(gone, name) for name in re.findall(r'name="(gone\.[a-z0-9]+)"', gone)}
    back = admin.post(NEW, typed({}, BUDGET, do="undo", **kept)).content.decode()
    assert [value_of(back, f"c{n}.heading") for n in range(3)] == ["มาตรการ", "ผล", "งบประมาณ (บาท)"]
    assert "gone.place" not in back
    assert not own(home)


@pytest.mark.parametrize(
    "action",
    [
        "column-up-0",
        "column-down-2",
        "column-up-9",
        "column-delete-99",
        "undo",
        "column-add-x",
        "",
        "nonsense",
    ],
)
def test_what_cannot_be_done_changes_nothing(action: str, admin: Client) -> None:
    answer = admin.post(NEW, typed({}, RESULT, BUDGET, do=action))
    assert answer.status_code == 200
    headings = [value_of(answer.content.decode(), f"c{n}.heading") for n in range(3)]
    assert headings == ["มาตรการ", "ผล", "งบประมาณ (บาท)"]


def test_only_what_was_pressed_last_keeps_anything(admin: Client, home: Authority) -> None:
    answer = admin.post(NEW, typed({}, RESULT, do="preview"))
    assert answer.status_code == 200
    assert not own(home)


@pytest.mark.parametrize("slug", ["plan", "seven", "complete", "weakness"])
def test_every_shipped_form_passes_through_the_page_unchanged(slug: str) -> None:
    form = FormVersion.objects.get(organisation=None, slug=slug)
    columns = FormDraft.of(form).columns(lambda name: f"new_{name}", {})
    # A column's own key only tells columns apart.
    assert [{**column, "key": ""} for column in columns] == [{**column, "key": ""} for column in form.columns]
    validate_columns(columns)


# --- whose forms


def test_another_authoritys_form_does_not_exist_here(personas: Personas) -> None:
    theirs: Any = as_person(personas.stranger, "org_admin")
    theirs.post("/o/ban-sommut/settings/forms/new/", typed({}, RESULT))
    form = own(personas.stranger)[0]
    ours = as_person(personas.home, "org_admin")
    for page in ("", "edit/", "empty-table.docx"):
        assert ours.get(f"/o/nong-tua-yang/settings/forms/{form.pk}/{page}").status_code == 404
    assert ours.get(f"{NEW}?source={form.pk}").status_code == 404
    assert ours.post(edit(form), typed({}, RESULT, base="1")).status_code == 404
    assert "แบบทดลอง" not in ours.get("/o/nong-tua-yang/settings/forms/").content.decode()


def test_the_link_to_the_settings_is_the_administrators(home: Authority) -> None:
    link = 'href="/o/nong-tua-yang/settings/"'
    assert link in as_person(home, "org_admin").get("/o/nong-tua-yang/").content.decode()
    assert link not in as_person(home, "clerk").get("/o/nong-tua-yang/").content.decode()
