"""The decision page: every button, every refusal, and nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from memos.models import Report
from tests import reports
from tests.logging_in import log_in
from tests.personas import Authority
from workflows import actions
from workflows.models import Act, Approval, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Desk:
    """One officer before the decision page of one report."""

    def __init__(self, client: Client, home: Authority, report: Report) -> None:
        self.client, self.home, self.report = client, home, report

    def open(self, key: str) -> Any:
        log_in(self.client, self.home.people[key])
        return self.client.get(self.address)

    @property
    def address(self) -> str:
        return reverse("workflows:decide", kwargs={"org": self.home.organisation.slug, "pk": self.report.pk})

    def press(self, key: str, decision: str, **typed: Any) -> Any:
        """As shown a moment ago, unless ``step`` and ``content`` are given."""
        if "step" not in typed:
            typed["step"], typed["content"] = reports.shown(self.home, self.report)
        log_in(self.client, self.home.people[key])
        return self.client.post(self.address, {"decision": decision, **typed})

    @property
    def approval(self) -> Approval:
        return Approval.objects.of(self.home.organisation).get(report=self.report)

    def last(self) -> Act:
        act = self.approval.acts.order_by("-sequence").first()
        assert act is not None
        return act


@pytest.fixture
def desk(client: Client, home: Authority) -> Desk:
    return Desk(client, home, reports.in_state(home, State.DRAFTED))


def text(response: Any) -> str:
    return str(response.content.decode())


def test_three_officers_decide_in_sequence(desk: Desk) -> None:
    assert "ลงความเห็นและเสนอต่อ" in text(desk.open("section_head"))
    assert desk.press("section_head", "forward", opinion="เพื่อโปรดพิจารณา").status_code == 302
    assert desk.press("clerk", "forward", opinion="เห็นควรทราบ").status_code == 302
    page = text(desk.open("mayor"))
    assert 'value="forward">ลงนาม<' in page
    assert "เห็นควรทราบ" in page
    desk.press("mayor", "forward", opinion="ทราบ")
    assert desk.approval.state == State.MAYOR_SIGNED


def test_the_page_shows_content_documents_and_history(desk: Desk) -> None:
    page = text(desk.open("section_head"))
    assert "ดำเนินการแล้ว เมื่อเดือนมีนาคม" in page
    act = desk.last()
    for kind in ("memo", "measures"):
        kwargs = {"org": desk.home.organisation.slug, "pk": desk.report.pk, "act": act.pk, "kind": kind}
        assert reverse("workflows:document", kwargs=kwargs) in page
    assert "ท่านลงความเห็นในฐานะ หัวหน้าสำนักปลัด" in page


def test_an_acting_officer_reads_in_which_capacity(desk: Desk) -> None:
    assert "ผู้อำนวยการกองคลัง รักษาราชการแทน หัวหน้าสำนักปลัด" in text(desk.open("acting_head"))


def test_ready_words_serve_without_scripts(desk: Desk) -> None:
    desk.press("section_head", "forward", preset="เพื่อโปรดพิจารณา", opinion="")
    assert desk.last().opinion.splitlines()[-1] == "เพื่อโปรดพิจารณา"
    desk.press("clerk", "forward", preset="เห็นควรเผยแพร่ทางเว็บไซต์หลัก", opinion="ตรวจแล้ว\r\nถูกต้อง")
    assert desk.last().opinion.splitlines()[-3:] == ["เห็นควรเผยแพร่ทางเว็บไซต์หลัก", "ตรวจแล้ว", "ถูกต้อง"]
    desk.press("mayor", "forward", preset="ทราบ", opinion="ทราบ ให้เผยแพร่")
    assert desk.last().opinion == "ทราบ ให้เผยแพร่"


@pytest.mark.parametrize("pressed", [{"decision": "differ"}, {"decision": "forward", "stance": "differs"}])
def test_differing_forwards_all_the_same(desk: Desk, pressed: dict[str, str]) -> None:
    desk.press("section_head", opinion="ไม่เห็นด้วยกับมาตรการที่หนึ่ง", **pressed)
    assert desk.last().stance == Act.Stance.DIFFERS
    assert desk.approval.state == State.SECTION_HEAD_REVIEWED
    assert "เห็นต่าง แล้วเสนอต่อ" in text(desk.open("clerk"))


def test_sent_back_with_picked_and_typed_reasons(desk: Desk) -> None:
    reasons = ["ข้อมูลไม่ครบถ้วน", "ขาดหลักฐาน/ลิงก์"]
    desk.press("section_head", "send_back", reasons=reasons, reason="ตารางที่ 2", opinion="โปรดแก้ไข")
    assert desk.last().reason.splitlines() == [*reasons, "ตารางที่ 2"]
    assert desk.last().opinion == "โปรดแก้ไข"
    assert desk.approval.state == State.WRITING


def test_a_return_wants_a_reason_and_keeps_the_opinion(desk: Desk) -> None:
    answer = desk.press("section_head", "send_back", opinion="ความเห็นที่พิมพ์ไว้", reason="  ")
    assert answer.status_code == 400
    assert "โปรดระบุเหตุผลที่ส่งคืน" in text(answer)
    assert "ความเห็นที่พิมพ์ไว้" in text(answer)
    assert desk.approval.state == State.DRAFTED


def test_an_opinion_is_wanted(desk: Desk) -> None:
    answer = desk.press("section_head", "forward", opinion="")
    assert answer.status_code == 400
    assert "โปรดเลือกหรือพิมพ์ความเห็น" in text(answer)


def at_the_mayor(desk: Desk) -> None:
    reports.forward(desk.home, desk.report, "section_head")
    reports.forward(desk.home, desk.report, "clerk")


def test_the_mayor_refuses_with_reason_and_confirmation(desk: Desk) -> None:
    at_the_mayor(desk)
    unsure = desk.press("mayor", "refuse", refusal_reason="งบประมาณไม่พอ")
    assert unsure.status_code == 400
    assert "โปรดทำเครื่องหมายยืนยันว่าไม่อนุมัติ" in text(unsure)
    assert "งบประมาณไม่พอ" in text(unsure)
    assert desk.press("mayor", "refuse", refusal_reason="", confirmed="on").status_code == 400
    desk.press("mayor", "refuse", refusal_reason="งบประมาณไม่พอ", confirmed="on")
    assert (desk.approval.state, desk.last().reason) == (State.REFUSED, "งบประมาณไม่พอ")


def test_nobody_else_refuses(desk: Desk) -> None:
    assert 'value="refuse"' not in text(desk.open("section_head"))
    answer = desk.press("section_head", "refuse", refusal_reason="ไม่เห็นด้วย", confirmed="on")
    assert answer.status_code == 403
    assert desk.approval.state == State.DRAFTED


def test_who_was_slower_reads_who_was_faster_and_keeps_his_words(desk: Desk) -> None:
    step, content = reports.shown(desk.home, desk.report)
    reports.forward(desk.home, desk.report, "section_head")
    answer = desk.press("acting_head", "forward", step=step, content=content, opinion="ความเห็นที่พิมพ์ไว้ <ยาว>")
    assert answer.status_code == 409
    assert "เรื่องนี้มีผู้พิจารณาแล้วโดยนางวารี รักระเบียบ" in text(answer)
    assert "ความเห็นที่พิมพ์ไว้ &lt;ยาว&gt;" in text(answer)
    assert "readonly" in text(answer)
    assert 'name="decision"' not in text(answer)
    assert desk.approval.acts.filter(kind=Act.Kind.ENDORSE).count() == 1


def test_a_form_of_an_earlier_round_is_shown_the_new_content(desk: Desk) -> None:
    step, content = reports.shown(desk.home, desk.report)
    actions.recall(desk.home.actor("legal_officer"), desk.report.pk)
    desk.report.memo.subject = "เรื่องที่แก้แล้ว"
    desk.report.memo.save()
    reports.submit(desk.home, desk.report)
    answer = desk.press("section_head", "forward", step=step, content=content, opinion="ความเห็นเดิม")
    assert answer.status_code == 409
    fresh_step, fresh_content = reports.shown(desk.home, desk.report)
    assert f'name="step" value="{fresh_step}"' in text(answer)
    assert fresh_content in text(answer)
    assert "เรื่องที่แก้แล้ว" in text(answer)
    assert "ความเห็นเดิม" in text(answer)


def test_content_that_the_page_did_not_show_is_not_decided(desk: Desk) -> None:
    step, _content = reports.shown(desk.home, desk.report)
    answer = desk.press("section_head", "forward", step=step, content="0" * 64, opinion="ทราบ")
    assert answer.status_code == 409
    assert "เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน" in text(answer)


def test_pressed_twice_it_is_decided_once(desk: Desk) -> None:
    step, content = reports.shown(desk.home, desk.report)
    for status in (302, 409):
        assert (
            desk.press("section_head", "forward", step=step, content=content, opinion="ทราบ").status_code
            == status
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"step": "x"},
        {"step": ""},
        {"content": ""},
        {"decision": "sign"},
        {"stance": "maybe"},
        {"opinion": "ก\x07ข"},
    ],
)
def test_what_cannot_be_read_decides_nothing(desk: Desk, broken: dict[str, str]) -> None:
    step, content = reports.shown(desk.home, desk.report)
    data = {
        "decision": "forward",
        "step": step,
        "content": content,
        "opinion": "ทราบ",
        "reason": "คำที่พิมพ์ไว้",
        **broken,
    }
    log_in(desk.client, desk.home.people["section_head"])
    answer = desk.client.post(desk.address, data)
    assert answer.status_code == 400
    assert "คำที่พิมพ์ไว้" in text(answer)
    assert desk.approval.state == State.DRAFTED


def test_whose_turn_it_is_not_is_told(desk: Desk) -> None:
    for key in ("clerk", "mayor", "reader", "legal_officer", "expired_acting"):
        assert desk.open(key).status_code == 403
        assert desk.press(key, "forward", opinion="ทราบ").status_code == 403
    assert desk.approval.acts.count() == 1


def test_what_is_finished_is_decided_no_more(desk: Desk) -> None:
    at_the_mayor(desk)
    step, content = reports.shown(desk.home, desk.report)
    reports.forward(desk.home, desk.report, "mayor")
    assert desk.open("mayor").status_code == 409
    for decision in ("forward", "send_back", "refuse"):
        typed = {"opinion": "ทราบ", "reason": "x", "refusal_reason": "x", "confirmed": "on"}
        assert desk.press("mayor", decision, step=step, content=content, **typed).status_code == 409


def test_a_document_that_cannot_be_made_keeps_the_opinion(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("memos.storing.ArchiveStorage.put", full)
    answer = desk.press("section_head", "forward", opinion="ความเห็นที่พิมพ์ไว้")
    assert answer.status_code == 503
    assert "ความเห็นที่พิมพ์ไว้" in text(answer)
    assert 'value="forward"' in text(answer)
    assert desk.approval.state == State.DRAFTED
