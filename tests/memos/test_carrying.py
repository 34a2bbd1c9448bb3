"""New year from last year, twelve months from six: what moves, what stays and is said, what is emptied."""

from __future__ import annotations

import pytest

from ita_core.fiscal import Period, Style
from ita_core.thai import MONTHS
from memos import copying
from memos.carrying import Carrying
from memos.models import FormVersion, Report
from tests import reports
from tests.personas import Authority
from workflows import drafts
from workflows.models import Approval, State
from workflows.starting import next_of


def next_year(**more: object) -> Carrying:
    values: dict[str, object] = {"by": 1, "years": frozenset({2564, 2565})}
    return Carrying(**{**values, **more})  # type: ignore[arg-type]


class TestPeriods:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("ตุลาคม 2566 – กันยายน 2567", "ตุลาคม 2567 – กันยายน 2568"),
            ("กุมภาพันธ์ 67", "กุมภาพันธ์ 68"),
            ("กุมภาพันธ์-มีนาคม 2567", "กุมภาพันธ์-มีนาคม 2568"),
            ("ต.ค. 64 - เม.ย. 65", "ต.ค. 65 - เม.ย. 66"),
            ("ต.ค. 64\n-\nก.ย. 65", "ต.ค. 65\n-\nก.ย. 66"),
            ("ต.ค. 2565 ถึง ก.ย. 2566", "ต.ค. 2566 ถึง ก.ย. 2567"),
            ("3 ม.ค. 2566", "3 ม.ค. 2567"),
            ("26 - 27 กุมภาพันธ์ 2567", "26 - 27 กุมภาพันธ์ 2568"),
            ("1 ตุลาคม 2565 – 30 กันยายน 2566", "1 ตุลาคม 2566 – 30 กันยายน 2567"),
            ("ต.ค. – มี.ค. พ.ศ. 2566", "ต.ค. – มี.ค. พ.ศ. 2567"),
            ("มกราคม 2565\nมีนาคม 2565", "มกราคม 2566\nมีนาคม 2566"),
            ("ตลอดปีงบประมาณ 2565", "ตลอดปีงบประมาณ 2566"),
        ],
    )
    def test_years_move_and_the_spelling_stays(self, before: str, after: str) -> None:
        carrying = next_year()
        assert carrying.cells({"period": before}, "ที่นี่") == {"period": after}
        assert carrying.left == []
        assert [(change.place, change.field) for change in carrying.moved] == [("ที่นี่", "ระยะเวลา")]

    @pytest.mark.parametrize(
        "text",
        [
            "ตลอดทั้งปี",
            "ไตรมาส 1",
            "มกราคม 2565\nและตามความเหมาะสม",
            "29 กุมภาพันธ์ 2567",
            "2565",
            "ธ.ค. 99",
            "ต.ค. 64 - ต.ค. 63",
        ],
    )
    def test_what_cannot_be_read_or_would_be_no_day_stays_and_is_listed(self, text: str) -> None:
        carrying = next_year()
        assert carrying.cells({"period": text}, "ที่นี่") == {"period": text}
        assert [left.text for left in carrying.left] == [" ".join(text.split())]
        assert carrying.left[0].why

    def test_an_empty_one_is_nothing_to_speak_of(self) -> None:
        carrying = next_year()
        carrying.cells({"period": ""}, "")
        assert (carrying.moved, carrying.left) == ([], [])

    @pytest.mark.parametrize("style", ["long", "short"])
    def test_every_printed_period_moves_by_whole_years(self, style: Style) -> None:
        for by in (-2, 1, 5):
            for month in range(1, 13):
                period = Period.parse(f"5 {MONTHS[month - 1]} 2565 - 6 {MONTHS[month - 1]} 2566")
                moved = next_year(by=by).period(period.printed(style), "")
                later = Period.parse(moved)
                assert later.start == period.start.replace(year=period.start.year + by)
                assert later.end == period.end.replace(year=period.end.year + by)


class TestWords:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("ประจำปีงบประมาณ พ.ศ. 2565", "ประจำปีงบประมาณ พ.ศ. 2566"),
            ("ปีงบประมาณ 2564 และปี 2565", "ปีงบประมาณ 2565 และปี 2566"),
            ("ของปีการประเมิน พ.ศ.2564", "ของปีการประเมิน พ.ศ.2565"),
            ("พ.ศ. 2565", "พ.ศ. 2566"),
            ("(เดือนตุลาคม 2564 - กันยายน 2565)", "(เดือนตุลาคม 2565 - กันยายน 2566)"),
            (
                "ตั้งแต่วันที่ 1 ตุลาคม 2564 – 31 มีนาคม 2565",
                "ตั้งแต่วันที่ 1 ตุลาคม 2565 – 31 มีนาคม 2566",
            ),
            ("1 ต.ค. 2564 ถึงวันที่ 30 ก.ย. 2565 นั้น", "1 ต.ค. 2565 ถึงวันที่ 30 ก.ย. 2566 นั้น"),
            ("ปีงบประมาณ\u00a0พ.ศ.\u00a02565", "ปีงบประมาณ\u00a0พ.ศ.\u00a02566"),
        ],
    )
    def test_years_of_the_report_move(self, before: str, after: str) -> None:
        carrying = next_year()
        assert carrying.words(before, "") == after
        assert carrying.moved and not carrying.left

    @pytest.mark.parametrize(
        "text",
        [
            "พระราชบัญญัติวิธีปฏิบัติราชการ พ.ศ. 2565",
            "ระเบียบ (ฉบับที่ 4) พ.ศ. 2564",
            "ปีงบประมาณ พ.ศ. 2570",
            "แผนพัฒนา (พ.ศ. 2565 - 2570)",
            "เมื่อวันที่ 1 เมษายน 2565",
            "เมื่อวันที่ 1 เมษายน พ.ศ. 2565",
        ],
    )
    def test_other_years_stay_and_are_listed_once(self, text: str) -> None:
        carrying = next_year()
        assert carrying.words(text, "ที่นี่") == text
        assert len(carrying.left) == 1
        assert carrying.left[0].why

    def test_a_span_that_is_not_the_reports_own_stays(self) -> None:
        carrying = next_year()
        text = "อบรม 5 - 6 มกราคม 2565 และ ตุลาคม 2559 - กันยายน 2560"
        assert carrying.words(text, "") == text
        assert len(carrying.left) == 3

    @pytest.mark.parametrize("text", ["หนังสือ ที่ มท 2565/1", "โทร 0 2565 1234", "งบ 2565 บาท", "O2565"])
    def test_numbers_that_are_no_years_are_no_business_of_ours(self, text: str) -> None:
        carrying = next_year()
        assert carrying.words(text, "") == text
        assert carrying.left == []

    def test_the_round_moves_with_its_spelling(self) -> None:
        carrying = Carrying(months=12)
        text = "รอบ 6 เดือน\nรอบระยะเวลา 6 เดือน ปีงบประมาณ 2565"
        assert carrying.words(text, "") == "รอบ 12 เดือน\nรอบระยะเวลา 12 เดือน ปีงบประมาณ 2565"
        assert len(carrying.moved) == 2

    def test_nothing_moves_in_a_plain_copy(self) -> None:
        carrying = Carrying(years=frozenset({2565}))
        cells = {"period": "ต.ค. 65", "result": "ผล ปีงบประมาณ 2565"}
        assert carrying.cells(cells, "") == cells
        assert carrying.words("ปีงบประมาณ 2565 รอบ 6 เดือน", "") == "ปีงบประมาณ 2565 รอบ 6 เดือน"


class TestCells:
    def test_results_are_emptied_or_kept(self) -> None:
        cells = {
            "measure": "ม",
            "result": "ผล",
            "outcome": " ",
            "suggestion": "ส",
            "evidence": "ห",
            "budget": "9",
        }
        emptied = next_year(keep_results=False)
        assert emptied.cells(cells, "") == cells | dict.fromkeys(
            ["result", "outcome", "suggestion", "evidence"], ""
        )
        assert emptied.emptied == 3
        assert next_year().cells(cells, "") == cells

    def test_a_year_in_a_measure_stays_and_is_said(self) -> None:
        carrying = next_year(keep_results=False)
        cells = {"measure": "จัดทำแผน ปีงบประมาณ พ.ศ. 2565", "method": "แผน พ.ศ. 2580", "result": "ปี 2565"}
        assert carrying.cells(cells, "")["measure"] == cells["measure"]
        assert [left.text for left in carrying.left] == ["จัดทำแผน ปีงบประมาณ พ.ศ. 2565"]


@pytest.fixture
def report(home: Authority) -> Report:
    """Signed, of 2565, with periods."""
    report = reports.begin(home, fiscal_year=2565)
    for section in report.sections.all():
        for measure in section.measures.all():
            measure.activities.update(
                cells={
                    "method": "วิธี ตามแผนปี 2565",
                    "period": "ต.ค. 64 - ก.ย. 65",
                    "result": "ทำแล้ว",
                    "monitoring": "ติดตาม",
                }
            )
    reports.submit(home, report)
    for who in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, who)
    return Report.objects.of(home.organisation).get(pk=report.pk)


def cells_of(report: Report) -> list[dict[str, str]]:
    return [
        activity.cells
        for section in report.sections.all()
        for measure in section.measures.all()
        for activity in measure.activities.all()
    ]


@pytest.mark.django_db
class TestNewReports:
    def test_next_year_from_last_year(self, home: Authority, report: Report) -> None:
        new = drafts.copy_as_new(home.actor("legal_officer"), report, fiscal_year=2566, keep_results=False)
        assert (new.fiscal_year, new.assessed_year, new.period) == (
            2566,
            report.assessed_year + 1,
            report.period,
        )
        assert "พ.ศ. 2566" in new.title and "2565" not in new.title
        assert "2566" in new.memo.subject
        assert "2565" in new.memo.body and "2564" not in new.memo.body  # the assessed year moved too
        assert new.memo.date is None
        assert {cells["period"] for cells in cells_of(new)} == {"ต.ค. 65 - ก.ย. 66"}
        assert {cells["result"] for cells in cells_of(new)} == {""}
        assert {cells["monitoring"] for cells in cells_of(new)} == {"ติดตาม"}
        assert Approval.objects.of(home.organisation).get(report=new).state == State.WRITING
        assert {cells["result"] for cells in cells_of(report)} == {"ทำแล้ว"}

    def test_twelve_months_from_six_keep_year_periods_and_results(
        self, home: Authority, report: Report
    ) -> None:
        Report.objects.of(home.organisation).filter(pk=report.pk).update(
            period=Report.Period.SIX_MONTHS, title="รายงาน รอบ 6 เดือน\nประจำปีงบประมาณ พ.ศ. 2565"
        )
        report.refresh_from_db()
        usual = next_of(report)
        assert (usual["fiscal_year"], usual["period"], usual["results"]) == (2565, "twelve_months", "keep")
        new = drafts.copy_as_new(
            home.actor("legal_officer"), report, fiscal_year=2565, period="twelve_months"
        )
        assert new.title == "รายงาน รอบ 12 เดือน\nประจำปีงบประมาณ พ.ศ. 2565"
        assert cells_of(new) == cells_of(report)
        assert new.memo.body == report.memo.body

    def test_a_newer_form_is_taken_when_its_columns_fit(self, home: Authority, report: Report) -> None:
        old = report.sections.all()[0].form
        more = {
            "key": "budget",
            "heading": "งบประมาณ",
            "fields": ["budget"],
            "width": 9,
            "level": "activity",
            "required": False,
        }
        fits = FormVersion(
            organisation=home.organisation, slug=old.slug, number=1, title="ใหม่", columns=[*old.columns, more]
        )
        fits.save()
        other = report.sections.all()[1].form
        less = FormVersion(
            organisation=home.organisation,
            slug=other.slug,
            number=1,
            title="น้อยลง",
            columns=other.columns[:-1],
        )
        less.save()
        plan = copying.plan(report, report.drafter, fiscal_year=2566, period=report.period, keep_results=True)
        assert [section.form for section, _rows in plan.sections] == [fits, other]
        assert plan.forms == [(old, fits)]

    def test_planning_writes_nothing(self, home: Authority, report: Report) -> None:
        before = Report.objects.of(home.organisation).count()
        copying.plan(report, report.drafter, fiscal_year=2566, period=report.period, keep_results=False)
        assert Report.objects.of(home.organisation).count() == before
