"""Fiscal years, and periods in every spelling that the samples and the domain know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ita_core.fiscal import FiscalYear, Period, PeriodError

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))
YEARS = st.integers(FiscalYear.FIRST, FiscalYear.LAST).map(FiscalYear)


def months(first: date, last: date) -> Period:
    """Whole months, from the month of one day to the month of the other."""
    after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(first.replace(day=1), after - timedelta(days=1), "month")


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(DAYS), draw(st.one_of(DAYS, st.just(date(2022, 4, 1))))))
    return months(first, last) if draw(st.booleans()) else Period(first, last, "day")


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    year = FiscalYear(2565)
    assert (year.start, year.end) == (date(2021, 10, 1), date(2022, 9, 30))
    assert (str(year), year.printed()) == ("2565", "๒๕๖๕")


@given(YEARS)
def test_its_days_and_no_others_belong_to_it(year: FiscalYear) -> None:
    assert year.start in year
    assert year.end in year
    assert year.start - timedelta(days=1) not in year
    assert year.end + timedelta(days=1) not in year


@given(DAYS)
def test_a_day_belongs_to_the_year_that_contains_it(day: date) -> None:
    assume(FiscalYear.FIRST <= day.year + 543 < FiscalYear.LAST)
    assert day in FiscalYear.containing(day)


def test_a_moment_has_no_fiscal_year() -> None:
    with pytest.raises(TypeError):
        FiscalYear.containing(datetime(2022, 9, 30, 20, tzinfo=UTC))


def test_fiscal_years_have_an_order_and_can_be_keys() -> None:
    assert FiscalYear(2564) < FiscalYear(2565)
    assert len({FiscalYear(2565), FiscalYear(2565)}) == 1


@pytest.mark.parametrize("be", [2539, 2641, 2022, 65, 0, -1])
def test_a_year_outside_the_range_is_refused_in_words(be: int) -> None:
    with pytest.raises(ValueError, match="ระหว่าง ๒๕๔๐ ถึง ๒๖๔๐"):
        FiscalYear(be)


# Every period cell of the five samples, and the spellings that officers use besides.
SPELLINGS: list[tuple[str, str, str, Literal["month", "day"]]] = [
    ("กันยายน - ธันวาคม ๒๕๖๗", "2024-09-01", "2024-12-31", "month"),
    ("ตุลาคม ๒๕๖๖ – กันยายน ๒๕๖๗", "2023-10-01", "2024-09-30", "month"),
    ("กุมภาพันธ์ ๖๗", "2024-02-01", "2024-02-29", "month"),
    ("กุมภาพันธ์-มีนาคม ๒๕๖๗", "2024-02-01", "2024-03-31", "month"),
    ("ตุลาคม ๒๕๖๗", "2024-10-01", "2024-10-31", "month"),
    ("ธันวาคม ๒๕๖๗", "2024-12-01", "2024-12-31", "month"),
    ("๒๖ - ๒๗ กุมภาพันธ์ ๒๕๖๗", "2024-02-26", "2024-02-27", "day"),
    ("เดือนตุลาคม ๒๕๖๕ - กันยายน ๒๕๖๖", "2022-10-01", "2023-09-30", "month"),
    ("ระหว่างเดือนมกราคม-กุมภาพันธ์ ๒๕๖๖", "2023-01-01", "2023-02-28", "month"),
    ("ภายในเดือนตุลาคม ๒๕๖๕", "2022-10-01", "2022-10-31", "month"),
    ("วันที่ ๑๕ ธันวาคม ๒๕๖๕", "2022-12-15", "2022-12-15", "day"),
    ("ต.ค. ๖๔\n-\nเม.ย. ๖๕", "2021-10-01", "2022-04-30", "month"),
    ("ต.ค. ๖๔\n-\nก.ย. ๖๕", "2021-10-01", "2022-09-30", "month"),
    ("ต.ค. ๖๔ - เม.ย. ๖๕", "2021-10-01", "2022-04-30", "month"),
    ("ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖", "2022-10-01", "2023-09-30", "day"),
    ("๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖", "2022-10-01", "2023-09-30", "day"),
    ("มี.ค. - เม.ย. ๒๕๖๖", "2023-03-01", "2023-04-30", "month"),
    ("มี.ค. – เม.ย. ๒๕๖๖", "2023-03-01", "2023-04-30", "month"),
    ("มี.ค. – มิ.ย. ๒๕๖๖", "2023-03-01", "2023-06-30", "month"),
    ("ต.ค. ๒๕๖๕ ถึง ก.ย. ๒๕๖๖", "2022-10-01", "2023-09-30", "month"),
    ("๓ ม.ค. ๒๕๖๖", "2023-01-03", "2023-01-03", "day"),
    ("ต.ค. – มี.ค. ๒๕๖๖", "2022-10-01", "2023-03-31", "month"),
    ("1 ต.ค. — 31 มี.ค. 65", "2021-10-01", "2022-03-31", "day"),
    ("ต.ค.64-ก.ย.65", "2021-10-01", "2022-09-30", "month"),
    ("ต.ค. พ.ศ.\u00a0๒๕๖๔ จนถึง ก.ย. พ.ศ. ๒๕๖๕", "2021-10-01", "2022-09-30", "month"),
    ("มี.\u200bค. ๒๕๖๖", "2023-03-01", "2023-03-31", "month"),
    ("๑๕ มีนาคม – เมษายน ๒๕๖๖", "2023-03-15", "2023-04-30", "day"),
]


@pytest.mark.parametrize(("spelt", "start", "end", "precision"), SPELLINGS)
def test_it_reads_every_spelling(
    spelt: str, start: str, end: str, precision: Literal["month", "day"]
) -> None:
    assert Period.parse(spelt) == Period(date.fromisoformat(start), date.fromisoformat(end), precision)


@pytest.mark.parametrize(
    ("spelt", "long", "short"),
    [
        ("ต.ค. ๖๔ - เม.ย. ๖๕", "ตุลาคม ๒๕๖๔ – เมษายน ๒๕๖๕", "ต.ค. ๒๕๖๔ – เม.ย. ๒๕๖๕"),
        ("กุมภาพันธ์-มีนาคม ๒๕๖๗", "กุมภาพันธ์ – มีนาคม ๒๕๖๗", "ก.พ. – มี.ค. ๒๕๖๗"),
        ("กุมภาพันธ์ ๖๗", "กุมภาพันธ์ ๒๕๖๗", "ก.พ. ๒๕๖๗"),
        ("๒๖ - ๒๗ ก.พ. ๖๗", "๒๖ – ๒๗ กุมภาพันธ์ ๒๕๖๗", "๒๖ – ๒๗ ก.พ. ๒๕๖๗"),
        ("๓ ม.ค. ๒๕๖๖", "๓ มกราคม ๒๕๖๖", "๓ ม.ค. ๒๕๖๖"),
        ("1 มี.ค. - 30 เม.ย. 65", "๑ มีนาคม – ๓๐ เมษายน ๒๕๖๕", "๑ มี.ค. – ๓๐ เม.ย. ๒๕๖๕"),
    ],
)
def test_it_prints_what_both_ends_share_once(spelt: str, long: str, short: str) -> None:
    period = Period.parse(spelt)
    assert (period.printed(), period.printed("long"), period.printed("short")) == (long, long, short)
    assert str(period) == long


@given(periods())
def test_what_is_printed_reads_back(period: Period) -> None:
    assert Period.parse(period.printed("long")) == period
    assert Period.parse(period.printed("short")) == period
    assert not set(period.printed()) & set("0123456789")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        period = Period.parse(text)
    except PeriodError as refused:
        assert str(refused)  # noqa: PT017 - both ways are right, a crash is not
    else:
        assert period.start <= period.end


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "ไม่ออก"),
        ("-", "ไม่ออก"),
        ("ทุกเดือน", "ไม่ออก"),
        ("ต.ค.", "ไม่มีปี พ.ศ."),
        ("ต.ค. ๖๔ - ก.ย.", "ไม่มีปี พ.ศ."),
        ("๑ - ๑๕", "ไม่มีเดือน"),
        ("๕ - มี.ค. ๖๕", "ขาดเดือนเริ่มต้น"),
        ("๓๑ ก.พ. ๖๕", "ไม่มีอยู่ในปฏิทิน"),
        ("ม.ค. ๖๕ - ธ.ค. ๖๔", "มาก่อนเริ่มต้น"),
        ("๑๕ - ๑๐ มี.ค. ๖๕", "มาก่อนเริ่มต้น"),
        ("ม.ค. - ก.พ. - มี.ค. ๖๕", "มากกว่าหนึ่งแห่ง"),
        ("ต.ค. 2022", "พ.ศ. ๒๐๒๒ ไม่ถูกต้อง"),
    ],
)
def test_it_says_why_a_period_cannot_be_read(text: str, sentence: str) -> None:
    with pytest.raises(PeriodError, match=sentence):
        Period.parse(text)


def test_month_precision_means_whole_months() -> None:
    with pytest.raises(PeriodError, match="ระยะเวลาเป็นเดือน"):
        Period(date(2022, 4, 2), date(2022, 4, 30), "month")


@pytest.mark.parametrize(
    ("spelt", "year", "inside"),
    [
        ("ตุลาคม ๒๕๖๖ – กันยายน ๒๕๖๗", 2567, True),
        ("ตุลาคม ๒๕๖๗", 2567, False),
        ("กันยายน - ธันวาคม ๒๕๖๗", 2567, False),
        ("ก.ย. ๒๕๖๖ – ก.ย. ๒๕๖๗", 2567, False),
        ("๓๐ กันยายน ๒๕๖๗", 2567, True),
    ],
)
def test_it_knows_whether_it_lies_within_a_fiscal_year(spelt: str, year: int, inside: bool) -> None:
    assert Period.parse(spelt).within(FiscalYear(year)) is inside
