"""The decision page through a return and further rounds: changes, remarks, confirming, prepared decisions, views."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ita_core import thai
from memos.models import Activity, Measure, Report, Section
from tests import reports
from tests.personas import Authority
from tests.workflows.papers import approval_of
from tests.workflows.visiting import Go, text
from workflows import actions
from workflows.models import Act, Comment, Look, State
from workflows.pinning import Remark

pytestmark = pytest.mark.django_db
RESULT = "s1.m0.a0.result"


def rows_of(report: Report) -> list[Activity]:
    """Activities of the second table, in order."""
    section = report.sections.order_by("position")[1]
    rows = Activity.objects.of(report.organisation).filter(measure__section=section)
    return list(rows.order_by("measure__position", "position"))


def write(report: Report, words: str, row: int = 0) -> None:
    activity = rows_of(report)[row]
    activity.cells = {**activity.cells, "result": words}
    activity.save()


def add(section: Section, position: int, words: str) -> None:
    """A measure with an activity of the same words."""
    measure = Measure(section=section, position=position, cells={"measure": words})
    measure.save()
    Activity(measure=measure, position=1, cells={"method": words}).save()


def returned_by(home: Authority, report: Report, key: str, *remarks: Remark) -> None:
    step, content = reports.shown(home, report)
    actions.send_back(
        home.actor(key), report.pk, step=step, content=content, reason="โปรดแก้ไข", remarks=remarks
    )


def answered(home: Authority, report: Report) -> None:
    for comment in Comment.objects.of(home.organisation).filter(resolved_at__isnull=True):
        actions.resolve_comment(
            home.actor("legal_officer"), report.pk, comment=comment.pk, answer="แก้ไขตามนั้นแล้ว"
        )


@pytest.fixture
def second_round(home: Authority, go: Go) -> Report:
    """The head read and endorsed, the clerk sent back, one cell was corrected and it was submitted again."""
    report = reports.in_state(home, State.DRAFTED)
    go("section_head", "decide", report)
    reports.forward(home, report, "section_head", "เพื่อโปรดพิจารณา")
    go("clerk", "decide", report)
    returned_by(home, report, "clerk", Remark(RESULT, "เมื่อใด"))
    write(report, "(1) ดำเนินการแล้ว เมื่อเดือนเมษายน 2565")
    answered(home, report)
    reports.submit(home, report)
    return report


def words(page: Any, kind: str) -> list[str]:
    """What the page shows as put in (``ins``) or taken out (``del``)."""
    found = re.findall(
        rf"<{kind}>(?:<span class=\"visually-hidden\">[^<]*</span>)?([^<]*)</{kind}>", text(page)
    )
    return [thai.to_arabic_digits(one) for one in found]


def press(go: Go, home: Authority, key: str, report: Report, **typed: Any) -> Any:
    step, content = reports.shown(home, report)
    return go(key, "decide", report, data={"step": step, "content": content, **typed})


def test_the_first_round_has_nothing_to_compare(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    assert "สิ่งที่เปลี่ยนแปลง" not in text(go("clerk", "decide", report))


def test_an_earlier_signer_reads_the_changed_words_and_confirms(
    home: Authority, go: Go, second_round: Report
) -> None:
    page = go("section_head", "decide", second_round)
    assert "มีนาคม" in "".join(words(page, "del"))
    assert "เมษายน" in "".join(words(page, "ins"))
    assert text(page).count('class="change change-') == 1
    assert "ความเห็นเดิมของท่านในรอบที่ ๑" in text(page)
    assert "แก้ไขตามนั้นแล้ว" in text(page), "the remark and its answer"
    assert press(go, home, "section_head", second_round, decision="confirm").status_code == 302
    act = approval_of(home, second_round).acts.order_by("-sequence")[0]
    assert (act.kind, act.opinion.splitlines()[-1]) == (Act.Kind.CONFIRM, "เพื่อโปรดพิจารณา")


def test_who_has_no_earlier_opinion_sees_the_changes_without_confirming(
    home: Authority, go: Go, second_round: Report
) -> None:
    reports.forward(home, second_round, "section_head")
    page = text(go("clerk", "decide", second_round))
    assert "สิ่งที่เปลี่ยนแปลง" in page
    assert 'value="confirm"' not in page
    assert press(go, home, "clerk", second_round, decision="confirm").status_code == 403


def test_a_confirmation_does_not_swallow_new_words(home: Authority, go: Go, second_round: Report) -> None:
    answer = press(go, home, "section_head", second_round, decision="confirm", opinion="ความเห็นใหม่")
    assert answer.status_code == 400
    assert "ความเห็นใหม่" in text(answer)
    assert approval_of(home, second_round).state == State.DRAFTED


def test_what_was_prepared_does_not_hinder_a_confirmation(
    home: Authority, go: Go, second_round: Report
) -> None:
    step, content = reports.shown(home, second_round)
    actions.prepare(
        home.actor("registrar"),
        second_round.pk,
        step=step,
        content=content,
        decision="forward",
        opinion="เห็นควรเสนอ",
    )
    typed = {"decision": "confirm", "opinion": "เห็นควรเสนอ"}
    assert press(go, home, "section_head", second_round, **typed).status_code == 302


def test_a_third_round_is_told_against_what_was_seen_last(
    home: Authority, go: Go, second_round: Report
) -> None:
    """The head read round two without acting, and the acting head sent it back."""
    go("section_head", "decide", second_round)
    returned_by(home, second_round, "acting_head")
    write(second_round, "(2) เผยแพร่แล้ว เมื่อเดือนพฤษภาคม 2565", row=1)
    reports.submit(home, second_round)
    page = go("section_head", "decide", second_round)
    assert "เทียบกับเนื้อหาของรอบที่ ๑" in text(page), "what he may confirm was said of round one"
    assert text(page).count('class="change change-') == 2
    look = go("section_head", "decide", second_round, since="look")
    assert text(look).count('class="change change-') == 1
    assert "พฤษภาคม" in "".join(words(look, "ins"))
    assert "พฤษภาคม" in "".join(words(go("section_head", "decide", second_round, since="2"), "ins"))
    unknown = go("section_head", "decide", second_round, since="99'")
    assert text(unknown).count('class="change change-') == 2


def test_opening_the_page_twice_does_not_forget_what_was_seen_before(
    home: Authority, go: Go, second_round: Report
) -> None:
    for _time in range(3):
        page = go("section_head", "decide", second_round, since="look")
        assert text(page).count('class="change change-') == 1
    assert Look.objects.of(home.organisation).filter(user=home.people["section_head"]).count() == 1


def test_rows_that_come_go_and_move(home: Authority, go: Go, second_round: Report) -> None:
    returned_by(home, second_round, "section_head")
    first, second = rows_of(second_round)
    first.position, second.position = 9, 8
    first.save()
    second.save()
    section = second_round.sections.order_by("position")[1]
    add(section, 9, "2. มาตรการที่เพิ่มใหม่")
    reports.submit(home, second_round)
    page = text(go("section_head", "decide", second_round, since="2"))
    assert "เพิ่มใหม่" in page
    assert "ย้ายที่" in page
    assert "ลบออก" not in page


def test_an_opinion_on_these_very_words_says_so(home: Authority, go: Go, second_round: Report) -> None:
    """The drafter took the correction back: round three says what round one said."""
    returned_by(home, second_round, "acting_head")
    write(second_round, f"(1) ดำเนินการแล้ว เมื่อเดือนมีนาคม {second_round.fiscal_year}")
    reports.submit(home, second_round)
    page = text(go("section_head", "decide", second_round))
    assert "เนื้อหารอบนี้เหมือนกับที่ท่านลงความเห็นไว้ทุกแห่ง" in page
    assert 'value="confirm"' in page


def test_sent_up_again_without_any_change(home: Authority, go: Go) -> None:
    report = reports.in_state(home, State.SECTION_HEAD_REVIEWED)
    returned_by(home, report, "clerk")
    reports.submit(home, report)
    page = text(go("section_head", "decide", report))
    assert "เนื้อหารอบนี้เหมือนกับที่ท่านลงความเห็นไว้ทุกแห่ง" in page
    assert 'class="change ' not in page
    assert 'value="confirm"' in page


def test_many_changes_are_told_in_two_helpings(home: Authority, go: Go, second_round: Report) -> None:
    returned_by(home, second_round, "section_head")
    section = second_round.sections.order_by("position")[1]
    for number in range(45):
        add(section, 10 + number, f"มาตรการเพิ่มที่ {number} {'ก' * number}")
    reports.submit(home, second_round)
    page = text(go("section_head", "decide", second_round, since="2"))
    assert page.count('class="change change-') == 40
    assert "แสดงอีก ๕ แห่ง" in page
    everything = text(go("section_head", "decide", second_round, since="2", changes="all"))
    assert everything.count('class="change change-') == 45
