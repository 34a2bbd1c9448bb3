"""Thai text on its way in, in store and on its way out; dates as officials write them."""

from __future__ import annotations

import time
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ita_core import thai
from ita_core.thai import NBSP, ThaiDate

# Letters, marks and signs that the rules are about, far more often than chance would bring them.
TRICKY = st.text(
    st.sampled_from("กนำาเแพศ.ํ่้๊๋์ิีึืฺุู็ั๎ 0123456789๐๑๒๙AZaz._/@:-+()?=\n\r\t\u00a0\u200b\u0301\u0323\u00e9\u212b“"),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        ["พ.ศ.", " ", "2565", "๒๕๖๕", "https://a.go.th/", "www.", "x1@b2.go.th", "O19", "0 7738 1234", "081-234",
         "5678", "2.", "E-Service", "\n", "__", "(", "+66", "\u00a0", "และ", "?id=5"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), TRICKY, PIECES)


def plain(text: str) -> str:
    """The text without what `printed` may change: Arabic digits, plain spaces."""
    return thai.to_arabic_digits(text).replace(NBSP, " ")


def test_it_maps_every_digit_there_and_back() -> None:
    assert thai.to_thai_digits("0123456789 ข้อ 7") == "๐๑๒๓๔๕๖๗๘๙ ข้อ ๗"
    assert thai.to_arabic_digits("๐๑๒๓๔๕๖๗๘๙ ข้อ ๗") == "0123456789 ข้อ 7"
    assert thai.to_thai_digits(2565) == "๒๕๖๕"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ประจำปี ๒๕๖๕", "ประจำปี 2565"),
        ("ท\u0e4dา", "ทำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("นำ\u0e49", "น้ำ"),
        ("เเก้ง", "แก้ง"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ผ\u0e39\u0e49\u0e49", "ผู้"),
        ("อย\u0e48\u0e39", "อยู่"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("ก\r\nข\rค\u2028ง", "ก\nข\nค\nง"),
        ("ก\t\tข", "ก ข"),
        ("ก  \nข\u00a0\n  ค ", "ก\nข\n  ค"),
        ("cafe\u0301", "caf\u00e9"),
        ("½ ① ﬁ", "½ ① ﬁ"),  # compatibility forms stay: NFKC would take ำ apart with them
        ("กั\u200bน 👨‍👩‍👧", "กั\u200bน 👨‍👩‍👧"),
        ("", ""),
    ],
)
def test_it_normalises_what_is_typed(typed: str, stored: str) -> None:
    assert thai.normalise(typed) == stored


@given(TEXTS)
@example("\u0301\u0e4c\u0e3a")
@example("ก\u0e33\u0e49\u0e33\u0e49")
@example("\u0e38\u0e4c\u0323\u0e3a\u0e48")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = thai.normalise(text)
    assert thai.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\r\t๐๑๒๓๔๕๖๗๘๙")


@given(st.text(st.sampled_from("กขคงจฉนมยรลวสหอะาไใโแ 123\n"), max_size=80))
def test_normalising_loses_no_letter(text: str) -> None:
    assert thai.normalise(text).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("ก\x00", "อักขระควบคุม", "บรรทัดที่ ๑ ตัวอักษรที่ ๒ "),
        ("ก\nข\n\x0bค", "อักขระควบคุม", "บรรทัดที่ ๓ ตัวอักษรที่ ๑ "),
        ("\x7f", "อักขระควบคุม", "U+007F"),
        ("\x85", "อักขระควบคุม", "U+0085"),
        ("\r", "อักขระควบคุม", "U+000D"),
        ("ก\ud83d", "เสียหาย", "U+D83D"),
        ("\udfff", "เสียหาย", "U+DFFF"),
        ("\ufffe", "ไม่ใช่ตัวอักษร", "U+FFFE"),
        ("\ufdd0", "ไม่ใช่ตัวอักษร", "U+FDD0"),
        ("\U0001ffff", "ไม่ใช่ตัวอักษร", "U+1FFFF"),
        ("\U0010ffff", "ไม่ใช่ตัวอักษร", "U+10FFFF"),
        ("ก\uf70a", "เฉพาะของแบบอักษร", "U+F70A"),
        ("\U000f0000", "เฉพาะของแบบอักษร", "U+F0000"),
        ("ก\u202eข", "ทิศทาง", "U+202E"),
        ("\u200f", "ทิศทาง", "U+200F"),
        ("\u2066", "ทิศทาง", "U+2066"),
        ("ก" * 20_001, "ยาว ๒๐,๐๐๑ ตัวอักษร", "๒๐,๐๐๐"),
    ],
)
def test_it_names_what_cannot_be_printed_and_where(text: str, what: str, where: str) -> None:
    sentence = thai.problem_in(text)
    assert sentence is not None
    assert what in sentence
    assert where in sentence
    sentence.encode()  # the sentence itself can always be shown


@pytest.mark.parametrize(
    "text",
    ["", "ก\n\tข", "a & b <w:t> ]]> {{ x }} {% y %}", "ก\u200bข\u200cค\u200d", "👩🏽‍⚖️🇹🇭", "ก้้้้ิิิ", "ก" * 20_000],
)
def test_it_lets_pass_what_prints(text: str) -> None:
    assert thai.problem_in(text) is None


def test_its_limit_is_the_callers() -> None:
    assert thai.problem_in("ก" * 11, limit=10) is not None
    assert thai.problem_in("ก" * 10, limit=10) is None


@given(TEXTS)
def test_what_has_no_problem_can_be_written_as_xml(text: str) -> None:
    if thai.problem_in(text) is None:
        assert all(char in "\n\t" or ord(char) >= 0x20 for char in text)
        text.encode("utf-8")
    else:
        assert any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Cf"} for char in text)


@pytest.mark.parametrize(
    ("stored", "paper"),
    [
        ("ประจำปีงบประมาณ พ.ศ. 2565", "ประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๕"),
        ("พ.ศ.2565", "พ.ศ.๒๕๖๕"),
        ("พ.ศ. ....", "พ.ศ. ...."),
        ("1. ข้อ (2) 3) - 85.20%", "๑. ข้อ (๒) ๓) - ๘๕.๒๐%"),
        ("O19 A4 ITA2565 E-Service COVID-19 ไฟล์ report_2565.pdf", "O19 A4 ITA2565 E-Service COVID-19 ไฟล์ report_2565.pdf"),
        ("ข้อ O19 รอบ 6 เดือน", "ข้อ O19 รอบ ๖ เดือน"),
        ("I1–I30 และ 1–30", "I1–I30 และ ๑–๓๐"),
        ("3.E-Service", "๓.E-Service"),
        ("__3.E-Service__ 2565", "__๓.E-Service__ ๒๕๖๕"),
        ("ดู https://www.x.go.th/2565?id=7&p=๘ หน้า 9", "ดู https://www.x.go.th/2565?id=7&p=๘ หน้า ๙"),
        ("https://x.go.th/ประกาศ/2565 ข้อ 1", "https://x.go.th/ประกาศ/2565 ข้อ ๑"),
        ("www.x.go.th/2565 1", "www.x.go.th/2565 ๑"),
        ("nakratham.go.th/x?id=5 6", "nakratham.go.th/x?id=5 ๖"),
        ("มีอักขระ (U+0000) 2 ตัว U+1F600", "มีอักขระ (U+0000) ๒ ตัว U+1F600"),
        ("1+2 ก+3 A4+", "๑+๒ ก+๓ A4+"),
        ("1234@x1.go.th 5", "1234@x1.go.th ๕"),
        ("เลข 1234@", "เลข ๑๒๓๔@"),
        ("โทร. 0 7738 1234 ต่อ 12", "โทร. ๐\u00a0๗๗๓๘\u00a0๑๒๓๔ ต่อ ๑๒"),
        ("โทร. 081-234 5678", "โทร. ๐๘๑-๒๓๔\u00a0๕๖๗๘"),
        ("+66 77 381 234", "+๖๖\u00a0๗๗\u00a0๓๘๑\u00a0๒๓๔"),
        ("1 เมษายน 2565 เวลา 08.30 น.", "๑ เมษายน ๒๕๖๕ เวลา ๐๘.๓๐ น."),
        ("ที่ สฎ 72701/123", "ที่ สฎ ๗๒๗๐๑/๑๒๓"),
        ("ไม่มีตัวเลข __ขีดเส้น__", "ไม่มีตัวเลข __ขีดเส้น__"),
    ],
)  # fmt: skip
def test_it_prints(stored: str, paper: str) -> None:
    assert thai.printed(stored) == paper


@given(st.text(st.sampled_from("กé\u0301\u0323\u0344\u0e38\u0e3a\u0e48\u0e4c"), min_size=32, max_size=80))
def test_long_stacks_of_marks_are_ordered_as_nfc_orders_them(text: str) -> None:
    ordered = thai._STACKS.sub(thai._sorted_stacks, text)
    assert unicodedata.normalize("NFC", ordered) == unicodedata.normalize("NFC", text)


@given(TEXTS)
def test_printing_changes_digits_and_spaces_alone(text: str) -> None:
    paper = thai.printed(text)
    assert len(paper) == len(text)
    assert plain(paper) == plain(text)
    assert thai.printed(paper) == paper


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=80))
def test_text_without_digits_prints_as_it_is(text: str) -> None:
    assert thai.printed(text) == text


@given(st.text(st.sampled_from("กขคำ่ 0123456789,()%:\n"), max_size=80))
def test_thai_text_keeps_no_arabic_digit(text: str) -> None:
    assert not set(thai.printed(text)) & set("0123456789")


@given(st.from_regex(r"https?://[a-z0-9.]{1,20}/[A-Za-z0-9/?=&%._-]{0,30}", fullmatch=True))
def test_an_address_is_never_touched(address: str) -> None:
    assert thai.printed(f"ที่ 1 {address} 2") == f"ที่ ๑ {address} ๒"


@pytest.mark.parametrize(
    "unit",
    ["1", "1+", "a+", "a+1 ", "1.", "1.@", "a1-", "_", "พ.ศ. ", "0 123 ", "1 ", "www.", "a1.", "ำ้", "ํา", "่ํา", "์ุ",
     "\u0301\u0e4c\u0e3a", "\u0301\u0323", "\u0e48\u0e38", "เ", " ", " 1.\n"],
)  # fmt: skip
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "1"
    began = time.perf_counter()
    thai.printed(text)
    thai.normalise(text)
    assert time.perf_counter() - began < 2  # tens of milliseconds; a quadratic rule takes minutes


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("พ.ศ.\u00a0๒๕๖๕", "พ.ศ. 2565"),
        ("E-Service", "e-service"),
        ("กา\u200bร\ufeff", "การ"),
        ("ท\u200b\u0e4dา", "ทำ"),
    ],
)
def test_it_folds_for_search(text: str, folded: str) -> None:
    assert thai.searchable(text) == folded


@given(TEXTS)
def test_search_finds_what_is_printed(text: str) -> None:
    stored = thai.normalise(text)
    assert thai.searchable(thai.printed(stored)) == thai.searchable(stored)


@given(st.dates(date(1900, 1, 1), date(2150, 12, 31)))
def test_a_date_is_read_back_from_every_spelling(day: date) -> None:
    written = ThaiDate(day)
    for spelt in (written.long, written.short, written.long_data, written.short_data):
        assert ThaiDate.parse(spelt) == written
    assert ThaiDate.from_fields(day.day, day.month, day.year + 543) == written


@pytest.mark.parametrize(
    "spelt",
    ["๑ เมษายน ๒๕๖๕", "1 เม.ย. 2565", "๑ เม.ย. ๖๕", "1 เมษายน พ.ศ. 2565", "1 เมษายน พ.ศ.\u00a02565", "01 เม.ย.65",
     "วันที่ ๑ เดือนเมษายน พ.ศ. ๒๕๖๕", " ๑  เม. ย.\n๒๕๖๕ "],
)  # fmt: skip
def test_it_reads_a_date(spelt: str) -> None:
    assert ThaiDate.parse(spelt).date == date(2022, 4, 1)


def test_it_writes_a_date() -> None:
    day = ThaiDate(date(2022, 4, 1))
    assert (day.long, day.short) == ("๑ เมษายน ๒๕๖๕", "๑ เม.ย. ๒๕๖๕")
    assert (day.long_data, day.short_data) == ("1 เมษายน 2565", "1 เม.ย. 2565")
    assert str(day) == day.long


@pytest.mark.parametrize(
    ("spelt", "sentence"),
    [
        ("๓๑ เมษายน ๒๕๖๕", "ไม่มีอยู่ในปฏิทิน"),
        ("1 เมษายน 2022", "พ.ศ. ๒๐๒๒ ไม่ถูกต้อง"),
        ("เมษายน ๒๕๖๕", "ไม่ออก"),
        ("2022-04-01", "ไม่ออก"),
        ("", "ไม่ออก"),
    ],
)
def test_it_says_why_a_date_cannot_be_read(spelt: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ThaiDate.parse(spelt)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ((29, 2, 2566), "วันที่ ๒๙ กุมภาพันธ์ ๒๕๖๖ ไม่มีอยู่ในปฏิทิน"),
        ((1, 13, 2565), "เดือนที่ ๑๓"),
        ((0, 1, 2565), "วันที่ ๐"),
        ((1, 1, 2022), "๒๐๒๒"),
        ((1, 1, -1), "พ.ศ."),
    ],
)
def test_it_says_which_field_is_wrong(fields: tuple[int, int, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        ThaiDate.from_fields(*fields)


def test_every_month_has_two_spellings() -> None:
    for number, names in enumerate(zip(thai.MONTHS, thai.SHORT_MONTHS, strict=True), start=1):
        assert [thai.month_number(name) for name in names] == [number, number]
    with pytest.raises(ValueError, match="ไม่รู้จักชื่อเดือน"):
        thai.month_number("เมษา")


def test_the_day_changes_at_midnight_in_bangkok() -> None:
    assert thai.bangkok_date(datetime(2022, 3, 31, 16, 59, 59, tzinfo=UTC)) == date(2022, 3, 31)
    assert thai.bangkok_date(datetime(2022, 3, 31, 17, 0, tzinfo=UTC)) == date(2022, 4, 1)
    with pytest.raises(ValueError, match="time zone"):
        thai.bangkok_date(datetime(2022, 4, 1))  # noqa: DTZ001 - the missing zone is the case


def test_today_is_the_date_in_bangkok() -> None:
    before = thai.bangkok_date(datetime.now(UTC))
    assert before <= thai.today() <= thai.bangkok_date(datetime.now(UTC))
