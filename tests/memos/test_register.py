"""Whatever is done to a register in whatever order: no number twice, no gap, void stays void; and numbers as typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_core import fiscal, thai
from memos import register
from memos.models import Register, RegisterEntry
from memos.register import Line, NumberTaken, RegisterProblem
from memos.registers import LARGEST
from tests.personas import Authority

DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.just(0)),
        st.tuples(st.just("reserve"), st.integers(1, 4)),
        st.tuples(st.just("use"), st.integers(0, 8)),
        st.tuples(st.just("void"), st.integers(0, 12)),
        st.tuples(st.just("days"), st.integers(1, 200)),
    ),
    max_size=25,
)


@pytest.mark.django_db
@pytest.mark.parametrize("year", list(Register.Year.values))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_any_order_of_deeds(year: str, deeds: list[tuple[str, int]], home: Authority) -> None:
    today = datetime.date(2026, 6, 1)
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        book = Register(organisation=home.organisation, kind="outgoing", numbering="here", year=year)
        book.save()
        standing: dict[tuple[int, int], str] = {}
        for deed, amount in deeds:
            if deed == "days":
                today += datetime.timedelta(days=amount)
            patch.setattr(thai, "today", lambda today=today: today)
            _do(home, book, deed, amount, standing, register.year_of(book, today))
        _check(home, standing)
        transaction.set_rollback(True)


def _do(
    home: Authority, book: Register, deed: str, amount: int, standing: dict[tuple[int, int], str], year: int
) -> None:
    """The deed, and what it should come to: ``standing`` by year and number."""
    line, person = Line(dated=thai.today(), subject="เรื่อง"), home.people["registrar"]
    following = max((number for its, number in standing if its == year), default=0) + 1
    entries = list(RegisterEntry.objects.of(home.organisation).order_by("pk"))
    kept = [entry for entry in entries if entry.standing == "reserved"]
    if deed == "take":
        assert register.take(book, person, line).number == following
        standing[year, following] = "used"
    elif deed == "reserve":
        made = register.reserve(book, person, amount, "ประชุม")
        assert [entry.number for entry in made] == list(range(following, following + amount))
        standing.update({(year, entry.number): "reserved" for entry in made})
    elif deed == "use" and kept:
        entry = register.take(book, person, line, reserved=kept[amount % len(kept)].pk)
        standing[entry.year, entry.number] = "used"
    elif deed == "void" and entries:
        entry = entries[amount % len(entries)]
        if standing[entry.year, entry.number] == "void":
            with pytest.raises(NumberTaken):
                register.void(entry, "อีกครั้ง")
            with pytest.raises(NumberTaken):
                register.take(book, person, line, reserved=entry.pk)
        else:
            register.void(entry, "ไม่ใช้")
            standing[entry.year, entry.number] = "void"


def _check(home: Authority, standing: dict[tuple[int, int], str]) -> None:
    rows = RegisterEntry.objects.of(home.organisation)
    assert {(row.year, row.number): row.standing for row in rows} == standing
    for year in {year for year, _number in standing}:
        numbers = sorted(number for its, number in standing if its == year)
        assert numbers == list(range(1, len(numbers) + 1))


@given(
    number=st.integers(1, LARGEST),
    zeros=st.sampled_from(["", "0"]),
    prefix=st.sampled_from(["", "สม 71001/", "สม ๗๑๐๐๑ / ", "ที่ กท 1/2/"]),
    thai_digits=st.booleans(),
)
def test_a_number_is_read_however_it_is_typed(
    number: int, zeros: str, prefix: str, thai_digits: bool
) -> None:
    typed = f" {prefix}{number} " if number > LARGEST // 10 else f" {prefix}{zeros}{number} "
    assert register.read_number(thai.to_thai_digits(typed) if thai_digits else typed) == number


@given(st.text(max_size=30))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    number, sentence = _read(text)
    if sentence:
        assert "เลขทะเบียน" in sentence
    else:
        assert 1 <= number <= LARGEST
        assert str(number) in thai.to_arabic_digits(text)


def _read(text: str) -> tuple[int, str]:
    try:
        return register.read_number(text), ""
    except RegisterProblem as problem:
        return 0, problem.sentence


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31)))
def test_a_day_is_of_one_year(day: datetime.date) -> None:
    calendar = register.year_of(Register(year="calendar"), day)
    its: Any = fiscal.FiscalYear(register.year_of(Register(year="fiscal"), day))
    assert calendar == day.year + thai.BE_OFFSET
    assert day in its


def test_the_new_year_begins_on_its_first_day() -> None:
    for year, last in (("calendar", datetime.date(2026, 12, 31)), ("fiscal", datetime.date(2026, 9, 30))):
        book = Register(year=year)
        first = last + datetime.timedelta(days=1)
        assert register.year_of(book, first) == register.year_of(book, last) + 1
