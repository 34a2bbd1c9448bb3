"""A report's number: typed from the office's book or given here, on paper from then on, never given twice."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ita_core import thai
from ita_core.immutable import ImmutableRow
from memos.docx.saying import words_of
from memos.models import Register, RegisterEntry, Report
from tests import reports
from tests.personas import Authority
from tests.workflows import numbered
from tests.workflows.numbered import PAPER, lines, number, says
from workflows import actions, numbering, previewing, verification
from workflows.models import Act, Approval, State
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def _approval(home: Authority, report: Report) -> Approval:
    return Approval.objects.of(home.organisation).get(report=report)


class TestFromTheOfficesBook:
    @pytest.mark.parametrize("typed", ["12", "๑๒", " สม ๗๑๐๐๑/๑๒ ", "012"])
    def test_either_digits_alone_or_with_the_prefix(self, typed: str, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        act = number(home, report, typed)
        assert (act.number, lines(home)[0].number, act.kind) == ("สม 71001/12", 12, Act.Kind.NUMBER)
        assert says(act, "สม 71001/12")

    @pytest.mark.parametrize("typed", ["", "0", "-3", "สิบสอง", "12.5", "9" * 8, "²", "1 2"])
    def test_what_is_no_number_is_refused_in_words(self, typed: str, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        with pytest.raises(BadInput, match="เลขทะเบียน"):
            number(home, report, typed)
        assert lines(home) == []

    def test_a_double_is_refused_and_says_who_has_it(self, home: Authority) -> None:
        first, second = (reports.in_state(home, State.DRAFTED) for _ in range(2))
        number(home, first, "7")
        with pytest.raises(Conflict) as refusal:
            number(home, second, "๗")
        assert "นางสาวมาลี เก็บครบ" in refusal.value.sentence
        assert thai.printed(first.memo.subject) in thai.printed(refusal.value.sentence)

    def test_the_same_number_of_another_year_is_free(self, home: Authority) -> None:
        first, second = (reports.in_state(home, State.MAYOR_SIGNED) for _ in range(2))
        number(home, first, "7", dated=datetime.date(2025, 12, 31))
        number(home, second, "7", dated=datetime.date(2026, 1, 1))
        assert [(line.year, line.number) for line in lines(home)] == [(2568, 7), (2569, 7)]

    def test_a_fiscal_years_book_begins_anew_in_october(self, home: Authority) -> None:
        numbered.book(home, year=Register.Year.FISCAL)
        first, second = (reports.in_state(home, State.MAYOR_SIGNED) for _ in range(2))
        number(home, first, "7", dated=datetime.date(2026, 9, 30))
        number(home, second, "7", dated=datetime.date(2026, 10, 1))
        assert [line.year for line in lines(home)] == [2569, 2570]

    def test_no_paper_of_tomorrow(self, home: Authority) -> None:
        tomorrow = thai.today() + datetime.timedelta(days=1)
        with pytest.raises(BadInput, match="อนาคต"):
            number(home, reports.in_state(home, State.DRAFTED), "7", dated=tomorrow)

    def test_papers_that_are_no_reports_stand_in_the_same_book(self, home: Authority) -> None:
        book = numbered.book(home)
        numbering.enter(home.actor("registrar"), book=book.pk, line=PAPER, typed="7")
        with pytest.raises(Conflict, match="ขออนุมัติจัดซื้อ"):
            number(home, reports.in_state(home, State.DRAFTED), "7")

    def test_nothing_can_be_reserved_in_a_book_of_paper(self, home: Authority) -> None:
        with pytest.raises(BadInput, match="จอง"):
            numbering.reserve(home.actor("registrar"), book=numbered.book(home).pk, count=2, reason="ประชุม")


class TestGivenHere:
    def test_one_after_the_other_whatever_is_typed(self, home: Authority) -> None:
        numbered.here(home)
        given = [
            number(home, reports.in_state(home, State.DRAFTED), typed).number for typed in ("", "99", "")
        ]
        assert given == ["สม 71001/1", "สม 71001/2", "สม 71001/3"]

    def test_a_void_number_is_never_given_again(self, home: Authority) -> None:
        numbered.here(home)
        report = reports.in_state(home, State.DRAFTED)
        number(home, report)
        actions.void_number(home.actor("registrar"), report.pk, reason="พิมพ์ผิด")
        assert number(home, report).number == "สม 71001/2"
        assert [(line.number, line.standing, line.reason) for line in lines(home)] == [
            (1, "void", "พิมพ์ผิด"),
            (2, "used", ""),
        ]

    def test_reserved_numbers_wait_and_keep_their_day(self, home: Authority) -> None:
        book = numbered.here(home)
        kept = numbering.reserve(home.actor("registrar"), book=book.pk, count=3, reason="คำสั่งด่วน")
        assert number(home, reports.in_state(home, State.DRAFTED)).number == "สม 71001/4"
        report = reports.in_state(home, State.DRAFTED)
        RegisterEntry.objects.of(home.organisation).filter(pk=kept[1].pk).update(dated="2026-01-05")
        assert number(home, report, reserved=kept[1].pk).number == "สม 71001/2"
        assert lines(home)[1].dated == datetime.date(2026, 1, 5)
        with pytest.raises(Conflict, match="๒"):
            number(home, reports.in_state(home, State.DRAFTED), reserved=kept[1].pk)

    def test_a_reserved_number_may_become_void(self, home: Authority) -> None:
        book = numbered.here(home)
        (kept,) = numbering.reserve(home.actor("registrar"), book=book.pk, count=1, reason="คำสั่งด่วน")
        numbering.void_entry(home.actor("registrar"), book=book.pk, entry=kept.pk, reason="ไม่ใช้แล้ว")
        with pytest.raises(Conflict, match="ยกเลิก"):
            number(home, reports.in_state(home, State.DRAFTED), reserved=kept.pk)
        assert number(home, reports.in_state(home, State.DRAFTED)).number == "สม 71001/2"

    @pytest.mark.parametrize("count", [0, -1, 51])
    def test_not_any_count_is_reserved(self, count: int, home: Authority) -> None:
        with pytest.raises(BadInput, match="๕๐"):
            numbering.reserve(home.actor("registrar"), book=numbered.here(home).pk, count=count, reason="ก")

    @pytest.mark.parametrize(
        ("year", "before", "after", "years"),
        [
            ("calendar", (2026, 12, 31), (2027, 1, 1), (2569, 2570)),
            ("fiscal", (2026, 9, 30), (2026, 10, 1), (2569, 2570)),
            ("calendar", (2026, 9, 30), (2026, 10, 1), (2569, 2569)),
        ],
    )
    def test_the_year_changes_at_midnight_in_thailand(
        self,
        year: str,
        before: tuple[int, int, int],
        after: tuple[int, int, int],
        years: tuple[int, int],
        home: Authority,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        numbered.here(home, year=year)
        two = [reports.in_state(home, State.DRAFTED) for _ in range(2)]
        for report, (y, m, d) in zip(two, (before, after), strict=True):
            # The one clock: thai.today is the date in Thailand, wherever the machine stands.
            monkeypatch.setattr(thai, "today", lambda y=y, m=m, d=d: datetime.date(y, m, d))
            number(home, report)
        assert [(line.year, line.number) for line in lines(home)] == [
            (years[0], 1),
            (years[1], 1 if years[0] != years[1] else 2),
        ]

    def test_the_registers_own_prefix_is_printed(self, home: Authority) -> None:
        numbered.here(home, prefix="สม 71001.2")
        act = number(home, reports.in_state(home, State.DRAFTED))
        assert act.number == "สม 71001.2/1"
        assert says(act, "สม 71001.2/1")


class TestTheNumberOfAReport:
    def test_later_sets_print_it_and_the_state_stays(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        before = _approval(home, report)
        act = number(home, report, "12")
        after = _approval(home, report)
        assert (after.state, after.round, after.content_id) == (before.state, before.round, before.content_id)
        assert (after.document_set_id, act.measures_sha256) == (
            act.document_set_id,
            before.document_set.measures.sha256 if before.document_set else "",
        )
        for by in ("section_head", "clerk", "mayor"):
            assert says(reports.forward(home, report, by), "สม 71001/12"), by

    def test_after_the_signature_a_further_set_has_every_block_and_the_number(self, home: Authority) -> None:
        report = reports.in_state(home, State.MAYOR_SIGNED)
        words = numbered.memo_of(number(home, report, "12"))
        assert thai.printed("สม 71001/12") in words
        for key in ("legal_officer", "section_head", "clerk", "mayor"):
            assert home.people[key].full_name in words

    def test_it_stays_when_the_report_comes_back_and_goes_up_again(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        number(home, report, "12")
        reports.send_back(home, report, "section_head")
        with pytest.raises(Conflict, match="ผู้จัดทำ"):
            number(home, report, "13")
        pair = previewing.pair(_approval(home, report), home.actor("legal_officer"))
        assert thai.printed("สม 71001/12") in words_of(pair.memo)
        assert says(reports.submit(home, report), "สม 71001/12")
        assert len(lines(home)) == 1

    def test_void_before_the_signature_and_later_sets_are_without(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        number(home, report, "12")
        act = actions.void_number(home.actor("registrar"), report.pk, reason="ลงทะเบียนผิดเล่ม")
        assert (act.number, act.reason, act.document_set) == ("สม 71001/12", "ลงทะเบียนผิดเล่ม", None)
        assert not says(reports.forward(home, report, "section_head"), "สม 71001/12")

    def test_it_has_one_number_at_a_time(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        number(home, report, "12")
        with pytest.raises(Conflict, match="สม ๗๑๐๐๑/๑๒"):
            number(home, report, "13")
        actions.void_number(home.actor("registrar"), report.pk, reason="ผิด")
        with pytest.raises(Conflict, match="ไม่มีเลข"):
            actions.void_number(home.actor("registrar"), report.pk, reason="ผิด")

    def test_a_recall_is_still_the_drafters_and_a_trial_has_no_number(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        number(home, report, "12")
        actions.recall(home.actor("legal_officer"), report.pk)
        trial = reports.in_state(home, State.DRAFTED)
        Report.objects.of(home.organisation).filter(pk=trial.pk).update(is_trial=True)
        with pytest.raises(Conflict, match="ทดลอง"):
            number(home, trial, "13")

    @pytest.mark.parametrize(
        ("moment", "refused_in"), [("before", State.MAYOR_SIGNED), ("after", State.DEPUTY_APPROVED)]
    )
    def test_the_offices_setting_says_when(self, moment: str, refused_in: State, home: Authority) -> None:
        numbered.book(home, moment=moment)
        other = {State.MAYOR_SIGNED, State.DEPUTY_APPROVED} - {refused_in}
        with pytest.raises(Conflict, match="ลงนาม"):
            number(home, reports.in_state(home, refused_in), "12")
        assert number(home, reports.in_state(home, other.pop()), "12").number

    def test_a_reason_is_needed_to_take_it_away(self, home: Authority) -> None:
        report = reports.in_state(home, State.DRAFTED)
        number(home, report, "12")
        with pytest.raises(BadInput, match="เหตุผล"):
            actions.void_number(home.actor("registrar"), report.pk, reason=" \u200b")

    def test_a_register_of_another_authority_is_not_found(self, home: Authority, stranger: Authority) -> None:
        theirs = numbered.book(stranger)
        with pytest.raises(NotAllowed, match="ไม่พบ"):
            actions.number(
                home.actor("registrar"), reports.in_state(home, State.DRAFTED).pk, book=theirs.pk, typed="1"
            )


class TestKept:
    def test_a_line_is_never_removed(self, home: Authority) -> None:
        number(home, reports.in_state(home, State.DRAFTED), "12")
        (line,) = lines(home)
        with pytest.raises(ImmutableRow):
            line.delete()
        table = RegisterEntry._meta.db_table
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')
        assert len(lines(home)) == 1

    def test_verify_is_content_with_everything_that_acts_do(self, home: Authority) -> None:
        book = numbered.here(home)
        clerk = home.actor("registrar")
        kept = numbering.reserve(clerk, book=book.pk, count=2, reason="คำสั่งด่วน")
        first, second = (reports.in_state(home, State.DRAFTED) for _ in range(2))
        number(home, first)
        actions.void_number(clerk, first.pk, reason="ผิดเล่ม")
        number(home, first, reserved=kept[0].pk)
        number(home, second)
        numbering.enter(clerk, book=book.pk, line=PAPER)
        numbering.void_entry(clerk, book=book.pk, entry=kept[1].pk, reason="ไม่ใช้")
        reports.send_back(home, first, "section_head")
        reports.submit(home, first)
        assert list(verification.faults([home.organisation])) == []
