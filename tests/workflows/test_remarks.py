"""Remarks of a return: where they are pinned, how they go along with their rows, and what they keep from happening."""

from __future__ import annotations

import json

import pytest

from ita_core import thai
from memos import content as contents
from memos import editing
from memos.models import Activity, Measure, Report, Section
from memos.passing import CoDrafter
from memos.table import Table
from tests import reports
from tests.faults.soundness import assert_green, assert_sound
from tests.personas import Authority
from tests.workflows.asked import approval_of, sent_back
from workflows import actions, permissions, pinning
from workflows.models import Comment, State
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db
METHOD = "s0.m0.a1.method"


def submitted(home: Authority) -> Report:
    """A report whose first section has one measure of two activities."""
    return reports.in_state(home, State.DRAFTED)


def rows(report: Report) -> tuple[Section, Measure, list[Activity]]:
    section = report.sections.earliest("position")
    measure = section.measures.earliest("position")
    return section, measure, list(measure.activities.all())


def save(home: Authority, report: Report, section: Section, table: Table) -> None:
    membership = home.membership("legal_officer")
    revision = Report.objects.of(home.organisation).get(pk=report.pk).revision
    words = {"heading": section.heading, "preamble": section.preamble, "closing": section.closing}
    editing.save_section(membership, report.pk, revision, section.pk, words, table)


def boxes(report: Report) -> dict[str, list[str]]:
    return {box: [one.text for one in found] for box, found in pinning.for_editor(report).items()}


class TestPlaces:
    def test_every_place_is_told_once_and_leads_to_a_row_or_the_memo(self, home: Authority) -> None:
        report = submitted(home)
        content = approval_of(home, report).content
        assert content is not None
        pins = pinning.places(contents.load(content))
        assert len({pin.place for pin in pins}) == len(pins)
        assert len({pin.label for pin in pins}) == len(pins)
        for pin in pins:
            level, row = pinning.row_of(report, pin.place)
            assert level == "memo" if row is None else level in ("section", "measure", "activity"), pin
            assert pin.label == thai.normalise(pin.label)

    def test_a_label_says_where_in_words(self, home: Authority) -> None:
        report = submitted(home)
        content = approval_of(home, report).content
        assert content is not None
        pins = pinning.by_place(contents.load(content))
        assert pins["memo.subject"].label == "บันทึกข้อความ – เรื่อง"
        assert pins["memo.body.0"].text == report.memo.body.split("\n")[0]
        _section, _measure, activities = rows(report)
        assert pins[METHOD].text == activities[1].cells["method"]
        assert "มาตรการที่ 1 กิจกรรมที่ 2 – " in pins[METHOD].label

    @pytest.mark.parametrize(
        "place", ["", "s0", "s9.heading", "s0.m7.measure", "s0.m0.a9.method", "x.y", "s0.m0.a0.a0.x", "๑"]
    )
    def test_what_is_no_place_leads_nowhere(self, home: Authority, place: str) -> None:
        assert pinning.row_of(submitted(home), place) == ("", None)


class TestSendingBack:
    def test_the_reason_holds_every_remark_and_the_rows_keep_the_words(self, home: Authority) -> None:
        report = submitted(home)
        comments = sent_back(
            home, report, ("memo.subject", "ระบุปีงบประมาณ"), (METHOD, "ยังไม่บอกจำนวนคน\nและวันที่")
        )
        reason = comments[0].act.reason.splitlines()
        assert reason[0] == "แก้ไขตามข้อสังเกต"
        assert reason[1] == "บันทึกข้อความ – เรื่อง: ระบุปีงบประมาณ"
        assert reason[2].endswith(": ยังไม่บอกจำนวนคน และวันที่")
        _section, _measure, activities = rows(report)
        told = comments[1]
        assert (told.row_level, told.row_id) == ("activity", activities[1].pk)
        assert (told.quote, told.text) == (activities[1].cells["method"], "ยังไม่บอกจำนวนคน\nและวันที่")
        assert_sound(home, report)
        assert_green(home.organisation)

    def test_a_remark_is_reason_enough_and_an_empty_row_of_the_form_is_none(self, home: Authority) -> None:
        report = submitted(home)
        step, content = reports.shown(home, report)
        remarks = [actions.Remark("", " "), actions.Remark("memo.subject", "ระบุปี"), actions.Remark("", "")]
        act = actions.send_back(
            home.actor("section_head"), report.pk, step=step, content=content, reason="", remarks=remarks
        )
        assert act.reason == "บันทึกข้อความ – เรื่อง: ระบุปี"
        assert act.comments.count() == 1

    @pytest.mark.parametrize(
        "remark",
        [
            ("memo.subject", ""),
            ("", "ไม่ได้เลือกตำแหน่ง"),
            ("s9.m0.measure", "แถวที่ไม่มี"),
            ("memo.subject", "ก\x00ข"),
            ("memo.subject", "ก" * 1001),
        ],
    )
    def test_a_remark_that_cannot_be_kept_stops_the_return(
        self, home: Authority, remark: tuple[str, str]
    ) -> None:
        report = submitted(home)
        with pytest.raises(BadInput):
            sent_back(home, report, ("memo.subject", "ข้อนี้ถูกต้อง"), remark)
        assert approval_of(home, report).state == State.DRAFTED
        assert not Comment.objects.of(home.organisation).exists()

    def test_there_is_a_most_of_remarks(self, home: Authority) -> None:
        report = submitted(home)
        with pytest.raises(BadInput, match="ไม่เกิน"):
            sent_back(home, report, *[("memo.subject", "แก้ไข")] * 61)


class TestAnswering:
    def test_submitting_waits_for_every_remark(self, home: Authority) -> None:
        report = submitted(home)
        first, second = sent_back(home, report, ("memo.subject", "ระบุปี"), (METHOD, "บอกจำนวน"))
        with pytest.raises(Conflict, match="๒ ข้อ"):
            reports.submit(home, report)
        drafter = home.actor("legal_officer")
        answered = actions.resolve_comment(drafter, report.pk, comment=first.pk, answer="เพิ่มปีแล้ว")
        assert (answered.answer, answered.resolved_by) == ("เพิ่มปีแล้ว", drafter.user)
        assert "๑ ข้อ" in permissions.may_submit(drafter, approval_of(home, report))
        actions.resolve_comment(drafter, report.pk, comment=second.pk)
        actions.reopen_comment(drafter, report.pk, comment=first.pk)
        with pytest.raises(Conflict, match="๑ ข้อ"):
            reports.submit(home, report)
        actions.resolve_comment(drafter, report.pk, comment=first.pk, answer="เพิ่มแล้วทั้งสองแห่ง")
        reports.submit(home, report)
        acts = approval_of(home, report).acts.values_list("kind", flat=True)
        assert list(acts.order_by("sequence")) == ["submit", "send_back", "submit"], "answers are no acts"

    def test_a_second_click_changes_nothing_and_another_answer_is_told_who_was_faster(
        self, home: Authority
    ) -> None:
        report = submitted(home)
        (comment,) = sent_back(home, report, ("memo.subject", "ระบุปี"))
        CoDrafter.objects.create(
            organisation=home.organisation, report=report, user=home.people["second_legal_officer"]
        )
        drafter, other = home.actor("legal_officer"), home.actor("second_legal_officer")
        first = actions.resolve_comment(drafter, report.pk, comment=comment.pk, answer="แก้แล้ว")
        again = actions.resolve_comment(drafter, report.pk, comment=comment.pk, answer="แก้แล้ว")
        assert again.resolved_at == first.resolved_at
        with pytest.raises(Conflict, match="นางสาวพิมพ์ใจ ใฝ่สุจริต"):
            actions.resolve_comment(other, report.pk, comment=comment.pk, answer="ของข้าพเจ้า")
        comment.refresh_from_db()
        assert comment.answer == "แก้แล้ว"

    def test_nothing_is_answered_after_it_was_submitted(self, home: Authority) -> None:
        report = submitted(home)
        (comment,) = sent_back(home, report, ("memo.subject", "ระบุปี"))
        drafter = home.actor("legal_officer")
        actions.resolve_comment(drafter, report.pk, comment=comment.pk)
        reports.submit(home, report)
        for deed in (actions.resolve_comment, actions.reopen_comment):
            with pytest.raises(Conflict, match="ไม่ได้อยู่ระหว่างแก้ไข"):
                deed(drafter, report.pk, comment=comment.pk)
        with pytest.raises(NotAllowed):
            actions.resolve_comment(home.actor("clerk"), report.pk, comment=comment.pk)

    def test_rounds_have_their_own_remarks_and_the_editor_shows_the_last(self, home: Authority) -> None:
        report = submitted(home)
        drafter = home.actor("legal_officer")
        for number in (1, 2, 3):
            (comment,) = sent_back(home, report, ("memo.subject", f"รอบที่ {number}"))
            assert boxes(report) == {"id_subject": [f"รอบที่ {number}"]}
            assert comment.act.round == number
            actions.resolve_comment(drafter, report.pk, comment=comment.pk, answer=f"แก้รอบที่ {number}")
            reports.submit(home, report)
        assert Comment.objects.of(home.organisation).count() == 3
        assert_green(home.organisation)

    def test_a_recall_between_leaves_the_answers(self, home: Authority) -> None:
        report = submitted(home)
        (comment,) = sent_back(home, report, ("memo.subject", "ระบุปี"))
        drafter = home.actor("legal_officer")
        actions.resolve_comment(drafter, report.pk, comment=comment.pk)
        reports.submit(home, report)
        actions.recall(drafter, report.pk)
        assert boxes(report) == {"id_subject": ["ระบุปี"]}
        reports.submit(home, report)


class TestRows:
    """What becomes of a remark when its row is moved, copied, deleted, put back."""

    @pytest.fixture
    def report(self, home: Authority) -> Report:
        report = submitted(home)
        sent_back(home, report, (METHOD, "บอกจำนวน"), ("s0.m0.measure", "ตัดเลขข้อ"), ("s0.closing", "เพิ่มท้าย"))
        return report

    def box(self, activity: Activity) -> str:
        return f"activity-{activity.pk}-method"

    def test_each_stands_beside_its_box(self, report: Report) -> None:
        section, measure, activities = rows(report)
        assert boxes(report) == {
            self.box(activities[1]): ["บอกจำนวน"],
            f"measure-{measure.pk}-measure": ["ตัดเลขข้อ"],
            f"section-{section.pk}-closing": ["เพิ่มท้าย"],
        }

    def test_it_goes_along_with_a_row_that_is_moved(self, home: Authority, report: Report) -> None:
        section, _measure, activities = rows(report)
        table = Table.of(section)
        table.measures[0].activities.reverse()
        save(home, report, section, table)
        assert [activity.pk for activity in rows(report)[2]] == [activities[1].pk, activities[0].pk]
        assert boxes(report)[self.box(activities[1])] == ["บอกจำนวน"]

    def test_it_stays_with_the_row_that_was_copied(self, home: Authority, report: Report) -> None:
        section, _measure, activities = rows(report)
        table = Table.of(section)
        copy = Table.of(section).measures[0].activities[1]
        copy.pk = None
        table.measures[0].activities.append(copy)
        save(home, report, section, table)
        assert len(rows(report)[2]) == 3
        assert boxes(report)[self.box(activities[1])] == ["บอกจำนวน"]
        assert sum(len(found) for found in boxes(report).values()) == 3

    def test_of_a_deleted_row_it_stands_on_top_and_can_be_answered(
        self, home: Authority, report: Report
    ) -> None:
        section, _measure, activities = rows(report)
        table = Table.of(section)
        del table.measures[0].activities[1]
        save(home, report, section, table)
        found = pinning.for_editor(report)
        assert [one.text for one in found[""]] == ["บอกจำนวน"]
        (orphan,) = found[""]
        assert orphan.quote == activities[1].cells["method"]
        assert pinning.address_of(report, orphan) == ""
        actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=orphan.pk, answer="ตัดแถวนี้ออก")

    def test_of_a_row_that_is_put_back_under_its_number_it_is_there_again(
        self, home: Authority, report: Report
    ) -> None:
        _section, measure, activities = rows(report)
        gone = activities[1]
        pk, cells = gone.pk, json.loads(json.dumps(gone.cells))
        gone.delete()
        assert "" in boxes(report)
        Activity(pk=pk, measure=measure, position=9, cells=cells).save()
        assert boxes(report)[f"activity-{pk}-method"] == ["บอกจำนวน"]
        assert "" not in boxes(report)

    def test_a_whole_section_deleted_keeps_its_remarks(self, home: Authority, report: Report) -> None:
        section, _measure, _activities = rows(report)
        revision = Report.objects.of(home.organisation).get(pk=report.pk).revision
        editing.delete_section(home.membership("legal_officer"), report.pk, revision, section.pk)
        assert boxes(report) == {"": ["บอกจำนวน", "ตัดเลขข้อ", "เพิ่มท้าย"]}


def test_another_reports_remark_is_not_found(home: Authority) -> None:
    one, two = submitted(home), submitted(home)
    (comment,) = sent_back(home, one, ("memo.subject", "ระบุปี"))
    sent_back(home, two, ("memo.subject", "ระบุปี"))
    with pytest.raises(NotAllowed, match="ไม่พบข้อสังเกต"):
        actions.resolve_comment(home.actor("legal_officer"), two.pk, comment=comment.pk)
