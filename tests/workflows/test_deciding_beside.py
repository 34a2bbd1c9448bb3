"""Beside the decision: remarks that grow by a button, prepared decisions, views, an officer's own words, what comes next."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests import reports
from tests.personas import Authority
from tests.workflows.papers import approval_of
from tests.workflows.visiting import Go, text
from workflows import actions
from workflows.models import Comment, State

pytestmark = pytest.mark.django_db
RESULT = "s1.m0.a0.result"


def press(go: Go, home: Authority, key: str, report: Report, **typed: Any) -> Any:
    step, content = reports.shown(home, report)
    return go(key, "decide", report, data={"step": step, "content": content, **typed})


def test_remarks_grow_by_a_button_and_nothing_is_lost(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.DRAFTED)
    answer = press(go, home, "section_head", report, decision="remark", reason="เหตุผลที่พิมพ์ไว้")
    assert answer.status_code == 200
    page = text(answer)
    assert 'name="remark-1-place"' in page
    assert f'<option value="{RESULT}">' in page
    assert "เหตุผลที่พิมพ์ไว้" in page
    pinned = {
        "remark-1-place": RESULT,
        "remark-1-text": "เมื่อใด",
        "remark-2-place": "",
        "remark-2-text": "ลอย",
    }
    again = press(go, home, "section_head", report, decision="send_back", **pinned)
    assert again.status_code == 400
    assert "โปรดเลือกตำแหน่งในเนื้อหาของข้อสังเกต" in text(again)
    assert {"เมื่อใด", "ลอย"} <= set(re.findall(r">\n([^<]+)</textarea>", text(again)))
    assert f'name="remark-1-place" value="{RESULT}"' in text(again), "a place once chosen stays"
    pinned["remark-2-place"] = "memo.subject"
    assert press(go, home, "section_head", report, decision="send_back", **pinned).status_code == 302
    assert list(Comment.objects.of(home.organisation).values_list("place", "text")) == [
        (RESULT, "เมื่อใด"),
        ("memo.subject", "ลอย"),
    ]


def test_an_empty_remark_is_none(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.DRAFTED)
    typed = {"remark-1-place": RESULT, "remark-1-text": "  ", "remark-0-text": "", "remark-x-text": "x"}
    answer = press(go, home, "section_head", report, decision="send_back", reason="โปรดแก้ไข", **typed)
    assert answer.status_code == 302
    assert not Comment.objects.of(home.organisation).exists()


def test_remarks_of_who_was_slower_are_shown_to_copy(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.DRAFTED)
    step, content = reports.shown(home, report)
    reports.forward(home, report, "acting_head")
    typed = {"step": step, "content": content, "decision": "send_back", "reason": "x"}
    typed |= {"remark-1-place": RESULT, "remark-1-text": "ข้อสังเกตที่พิมพ์ไว้"}
    answer = go("section_head", "decide", report, data=typed)
    assert answer.status_code == 409
    assert "ข้อสังเกตที่พิมพ์ไว้" in text(answer)


def test_a_prepared_decision_fills_the_form(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.DEPUTY_APPROVED)
    step, content = reports.shown(home, report)
    actions.prepare(
        home.actor("registrar"), report.pk, step=step, content=content,
        decision="refuse", reason="งบประมาณไม่พอ", note="ดูหน้า 2",
    )  # fmt: skip
    page = text(go("mayor", "decide", report))
    assert "เสนอให้ไม่อนุมัติ" in page
    assert "ดูหน้า ๒" in page
    assert "งบประมาณไม่พอ</textarea>" in page
    assert approval_of(home, report).state == State.DEPUTY_APPROVED, "he decides himself"


def test_views_are_read_where_they_were_asked(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.DRAFTED)
    step, content = reports.shown(home, report)
    asked = actions.ask_view(
        home.actor("section_head"), report.pk, step=step, content=content,
        of=home.people["deputy_clerk"].pk, question="เหมาะสมหรือไม่",
    )  # fmt: skip
    assert "รอคำตอบ" in text(go("section_head", "decide", report))
    view = approval_of(home, report).views.get(asked=asked)
    actions.give_view(home.actor("deputy_clerk"), report.pk, view=view.pk, text="เหมาะสมแล้ว")
    page = text(go("section_head", "decide", report))
    assert "ตอบแล้ว" in page
    assert "เหมาะสมแล้ว" in page
    assert reverse("workflows:ask_view", kwargs={"org": home.organisation.slug, "pk": report.pk}) in page


def test_words_that_an_officer_keeps_writing_are_offered_to_him(home: Authority, go: Go) -> None:
    for _time in range(2):
        reports.forward(home, reports.in_state(home, State.DRAFTED), "section_head", "ตรวจแล้ว เห็นพ้องด้วย")
    report = reports.in_state(home, State.DRAFTED)
    assert 'value="ตรวจแล้ว เห็นพ้องด้วย"' in text(go("section_head", "decide", report))
    assert 'value="ตรวจแล้ว เห็นพ้องด้วย"' not in text(go("acting_head", "decide", report)), "his own alone"


def test_after_a_decision_the_list_offers_the_next(home: Authority, client: Client, go: Go) -> None:
    report, other = (reports.in_state(home, State.DRAFTED) for _number in range(2))
    answer = press(go, home, "section_head", report, decision="forward", opinion="เพื่อโปรดพิจารณา")
    page = text(client.get(answer.url))
    assert "เรื่องถัดไป" in page
    assert reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": other.pk}) in page
