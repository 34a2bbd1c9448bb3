"""Several decisions on one page: each recorded on its own, one that fails leaves the others standing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows.visiting import state_of, text
from workflows.models import Act, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(home: Authority) -> list[Report]:
    return [reports.in_state(home, State.DRAFTED) for _number in range(3)]


def address(home: Authority) -> str:
    return reverse("workflows:decide_many", kwargs={"org": home.organisation.slug})


def opened(client: Client, home: Authority, *chosen: Report, by: str = "section_head") -> Any:
    log_in(client, home.people[by])
    return client.get(address(home), {"report": [report.pk for report in chosen]})


def typed(home: Authority, report: Report, **fields: str) -> dict[str, Any]:
    """What the page sends for one report."""
    step, content = reports.shown(home, report)
    shown = {"step": step, "content": content, "opinion": "", **fields}
    return {f"r{report.pk}-{name}": value for name, value in shown.items()}


def press(client: Client, home: Authority, parts: dict[int, dict[str, Any]], by: str = "section_head") -> Any:
    log_in(client, home.people[by])
    data = {"report": list(parts)} | {name: value for part in parts.values() for name, value in part.items()}
    return client.post(address(home), data)


def test_each_is_shown_with_what_matters(client: Client, home: Authority, three: list[Report]) -> None:
    page = text(opened(client, home, *three[:2]))
    assert page.count("ลงความเห็นเห็นชอบและเสนอเรื่องนี้ต่อ") == 2
    assert "ข้อตรวจ" in page
    assert f'name="r{three[2].pk}-step"' not in page


def test_without_a_choice_the_longest_waiting_are_shown(
    client: Client, home: Authority, three: list[Report]
) -> None:
    page = text(opened(client, home))
    assert all(f'name="r{report.pk}-step"' in page for report in three)
    assert "ไม่มีเรื่องรอท่านพิจารณา" in text(opened(client, home, by="mayor"))


def test_every_marked_one_gets_its_own_opinion(client: Client, home: Authority, three: list[Report]) -> None:
    first, second, third = three
    answer = press(
        client,
        home,
        {
            first.pk: typed(home, first, include="on", preset="เพื่อโปรดพิจารณา"),
            second.pk: typed(home, second, include="on", opinion="เห็นควรเร่งรัด"),
            third.pk: typed(home, third, opinion="ยังไม่ได้ทำเครื่องหมาย"),
        },
    )
    assert answer.status_code == 302
    states = [state_of(report) for report in three]
    assert states == [State.SECTION_HEAD_REVIEWED, State.SECTION_HEAD_REVIEWED, State.DRAFTED]
    said = Act.objects.of(home.organisation).filter(kind=Act.Kind.ENDORSE).order_by("sequence")
    assert [act.opinion.splitlines()[-1] for act in said] == ["เพื่อโปรดพิจารณา", "เห็นควรเร่งรัด"]


def test_one_that_fails_leaves_the_others_standing(
    client: Client, home: Authority, three: list[Report]
) -> None:
    """Somebody was faster with the first; the second has no opinion; the third is recorded."""
    first, second, third = three
    parts = {
        first.pk: typed(home, first, include="on", opinion="ความเห็นที่หนึ่ง"),
        second.pk: typed(home, second, include="on"),
        third.pk: typed(home, third, include="on", opinion="ความเห็นที่สาม"),
    }
    reports.forward(home, first, "acting_head")
    answer = press(client, home, parts)
    assert answer.status_code == 409
    page = text(answer)
    assert "เรื่องนี้มีผู้พิจารณาแล้วโดย" in page
    assert "ความเห็นที่หนึ่ง" in page, "what was typed stays to be copied"
    assert "โปรดเลือกหรือพิมพ์ความเห็น" in page
    assert [state_of(second), state_of(third)] == [State.DRAFTED, State.SECTION_HEAD_REVIEWED]
    assert f'name="r{third.pk}-step"' not in page, "what is done is not offered again"
    assert f'name="r{second.pk}-step"' in page


def test_nothing_marked_is_nothing_done(client: Client, home: Authority, three: list[Report]) -> None:
    answer = press(client, home, {three[0].pk: typed(home, three[0], opinion="คำที่พิมพ์ไว้")})
    assert answer.status_code == 400
    assert "คำที่พิมพ์ไว้" in text(answer)
    assert state_of(three[0]) == State.DRAFTED


def test_what_cannot_be_read_decides_nothing(client: Client, home: Authority, three: list[Report]) -> None:
    for broken in ({"step": "x"}, {"content": ""}, {"opinion": "ก\x07ข"}):
        part = typed(home, three[0], include="on", **({"opinion": "ทราบ"} | broken))
        assert press(client, home, {three[0].pk: part}).status_code == 400
    assert state_of(three[0]) == State.DRAFTED


def test_others_reports_and_odd_numbers_are_left_out(
    client: Client, home: Authority, stranger: Authority, three: list[Report]
) -> None:
    theirs = reports.in_state(stranger, State.DRAFTED)
    log_in(client, home.people["section_head"])
    numbers = [str(theirs.pk), "x", "9" * 30, "-1", str(three[0].pk)]
    page = text(client.get(address(home), {"report": numbers}))
    assert page.count('name="report"') == 1
    many = [str(number) for number in range(1, 12)]
    assert client.get(address(home), {"report": many}).status_code == 400


def test_whose_turn_it_is_not_reads_why(client: Client, home: Authority, three: list[Report]) -> None:
    page = text(opened(client, home, three[0], by="clerk"))
    assert "ขั้นนี้เป็นของ" in page
    assert f'name="r{three[0].pk}-step"' not in page


def test_the_list_offers_it_and_what_comes_next(client: Client, home: Authority, three: list[Report]) -> None:
    log_in(client, home.people["section_head"])
    inbox = reverse("workflows:inbox", kwargs={"org": home.organisation.slug})
    page = text(client.get(inbox))
    assert f'action="{address(home)}"' in page
    assert page.count('name="report"') == 3
    assert "เรื่องถัดไป" not in page
    assert text(client.get(f"{inbox}?next=1")).count("เรื่องถัดไป") == 1
