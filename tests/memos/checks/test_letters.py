"""Names nearly right, digits of two kinds, letters where they cannot stand, dots, numbers of persons."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ita_core import thai
from memos.checks.names import distance, near_misses, odd_kinds
from memos.checks.offices import names_office
from memos.checks.privacy import holds_landline, holds_mobile, holds_national_id, is_national_id
from tests.memos.checks.views import organisation, places, said, view

SAO = ("ตำบล", "อบต.")
WORD = st.text(alphabet="กขคงพวมรนตาะ่", max_size=12)


@given(WORD, WORD, WORD)
def test_distance_is_a_distance(one: str, two: str, three: str) -> None:
    assert distance(one, two) == distance(two, one)
    assert (distance(one, two) == 0) is (one == two)
    assert distance(one, three) <= distance(one, two) + distance(two, three)
    assert abs(len(one) - len(two)) <= distance(one, two) <= max(len(one), len(two))


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("องค์การบริหารส่วนตำบลพ่วงพรมคร", "พ่วงพรมคร", []),
        ("องค์การบริหารส่วนตำบล\nพ่วง พรมคร", "พ่วงพรมคร", []),
        ("องค์การบริหารส่วนตำบลพ่วงพรมนคร", "พ่วงพรมคร", ["พ่วงพรมนคร"]),
        ("อบต. พ่วงพรมนคร และอบต.พ่วงพรมคร", "พ่วงพรมคร", ["พ่วงพรมนคร"]),
        ("องค์การบริหารส่วนตำบลนาคะตามครบตามองค์ประกอบ", "นากระตาม", ["นาคะตาม"]),
        ("องค์การบริหารส่วนตำบลและเข้าใจวิธีปฏิบัติ", "พ่วงพรมคร", []),
        ("ตำบลอื่นในอำเภอ", "พ่วงพรมคร", []),
        ("ตำบลบาง", "บก", []),
    ],
)
def test_near_misses_of_the_authoritys_name(text: str, name: str, found: list[str]) -> None:
    assert near_misses("".join(text.split()), name, SAO) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ขององค์การบริหารส่วนตำบลควนกรด", []),
        ("นายกองค้การบริหารส่วนตำบล", ["องค้การบริหารส่วนตำบล"]),
        ("นายกองการบริหารส่วนตำบล", ["องการบริหารส่วนตำบล"]),
        ("องค์กรบริหารส่วนตำบล", ["องค์กรบริหารส่วนตำบล"]),
        ("องค์กรปกครองส่วนท้องถิ่น และ อปท. อบจ.", []),
        ("สำนักปลัด อปต.", ["อปต."]),
        ("โครงการ อบรม. พบประชาชน", ["อบรม."]),
        ("โครงการอบรมคุณธรรม", []),
    ],
)
def test_near_misses_of_what_the_authority_is(text: str, found: list[str]) -> None:
    bare = "".join(text.split())
    assert odd_kinds(text, bare, organisation()) == found
    assert odd_kinds(text, bare, organisation(kind="tambon_muni")) == []


def test_district_and_province_belong_to_the_name() -> None:
    seen = view(office="สำนักปลัด อบต.บ้านสมมติสุข อำเภอเมืองตัวอย่าง จังหวัดนครสมมตธานี", body="อำเภอเมีองตัวอย่าง")
    assert places("name-spelled-differently", seen) == ["id_office", "id_body"]


@given(st.text(alphabet="0123456789 กขค/.-", max_size=30))
def test_one_kind_of_digits_is_never_mixed(text: str) -> None:
    assert not said("mixed-digits", result=text)
    assert not said("mixed-digits", result=thai.to_thai_digits(text))


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("ปี ๒๕๖๕ จำนวน 3 ครั้ง", True),
        ("ปี ๒๕๖๕ ดูที่ https://example.go.th/2565", False),
        ("ข้อ O19 ปี ๒๕๖๕", False),
        ("E๑๒ ปี ๒๕๖๕", False),
    ],
)
def test_two_kinds_of_digits(text: str, mixed: bool) -> None:
    assert said("mixed-digits", result=text) is mixed


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("การสรรหาคandidateคนเก่ง", True),
        ("คำว่าກົດໝາຍในข้อความ", True),
        ("จัดทำсайтของหน่วยงาน", True),
        ("ผ่านทางfacebookของหน่วยงาน", False),
        ("ระบบ E-Service ของหน่วยงาน", False),
        ("ทำQR Codeให้สแกน", False),
        ("งดรับ “No Gift Policy” ทุกชนิด", False),
    ],
)
def test_foreign_letters_inside_a_thai_word(text: str, foreign: bool) -> None:
    assert said("foreign-letters", result=text) is foreign


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("เจ้าหน้าที่ได้กำชับเพราะเกาะแก้วฤๅษี ณ ศูนย์ฯ ทั้งนี้ ๆ", False),
        ("น้ำ ทำ ขั้น สรรค์ พันธุ์ สิทธิ์ บริสุทธิ์ ก็ เห็น เป็น เล่น ผู้ ปฏิญญา", False),
        (" ิเริ่มงาน", True),
        ("ผูู้บริหาร", False),  # the same mark twice is stored once
        ("กิีจกรรม", True),
        ("ก่้อน", True),
        ("เ กี่ยวข้อง", True),
        ("ะบบงาน", True),
    ],
)
def test_marks_without_a_base(text: str, broken: bool) -> None:
    assert said("broken-marks", result=text) is broken


@pytest.mark.parametrize(
    ("text", "unfilled", "left"),
    [
        ("จำนวน.......แห่ง", True, False),
        ("จำนวน..๔...ช่องทาง", False, True),
        ("จำนวน ..4.. ช่องทาง จาก........แห่ง", True, False),
        ("ลงวันที่ ____________", True, False),
        ("__ตัวชี้วัด__ เป็นต้น ฯลฯ ... ต.ค. พ.ศ. 2565", False, False),
    ],
)
def test_dots_to_be_filled(text: str, unfilled: bool, left: bool) -> None:
    assert said("unfilled-dots", result=text) is unfilled
    assert said("dots-left", result=text) is left


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True))
def test_one_check_digit_makes_a_national_id(twelve: str) -> None:
    right = [last for last in "0123456789" if is_national_id(twelve + last)]
    assert len(right) == 1
    number = twelve + right[0]
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    assert holds_national_id(f"เลข {number} ของ") and holds_national_id(dashed)
    assert said("national-id", result=thai.to_thai_digits(dashed.replace("-", " ")))


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True), st.integers(1, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(twelve: str, place: int, more: int) -> None:
    """Except where the number itself cannot: the third digit has the weight 11, and sums of 0 and 10 give one check digit."""
    changed = twelve[:place] + str((int(twelve[place]) + more) % 10) + twelve[place + 1 :]
    sums = {sum(int(digit) * (13 - n) for n, digit in enumerate(number)) % 11 for number in (twelve, changed)}
    assume(place != 2 and sums != {0, 10})
    (last,) = (digit for digit in "0123456789" if is_national_id(twelve + digit))
    assert not is_national_id(changed + last)


@pytest.mark.parametrize("digits", ["1101700230703", "0105536000001", "9101700230705", "110170023070", ""])
def test_what_is_no_persons_number(digits: str) -> None:
    assert not is_national_id(digits)


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("081-234-5678", True),
        ("0812345678", True),
        ("081 234 5678", True),
        ("08 1234 5678", True),
        ("+66 81 234 5678", True),
        ("081234567", False),
        ("08123456789", False),
        ("พ.ศ. 2565 0812", False),
    ],
)
def test_mobile_numbers(number: str, mobile: bool) -> None:
    assert holds_mobile(f"โทร {number}") is mobile


@pytest.mark.parametrize(
    ("number", "landline"),
    [
        ("0 7738 1234", True),
        ("077-381-234", True),
        ("02-123-4567", True),
        ("021234567", True),
        ("1 ตุลาคม 2565 – 30 กันยายน 2566", False),
        ("งบประมาณ 1,234,567.89 บาท", False),
        ("เลขที่ 65/2565", False),
    ],
)
def test_landlines(number: str, landline: bool) -> None:
    assert holds_landline(number) is landline


def test_the_offices_own_number_is_no_secret() -> None:
    assert places("phone-number", view(office="สำนักปลัด โทร. 0 7738 1234", body="โทร. 0 7738 1234")) == []
    assert places("phone-number", view(body="ติดต่อ 081-234-5678")) == ["id_body"]
    assert said("phone-number", result="ติดต่อ 0 7738 1234")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("สำนักปลัด", True),
        ("กองช่าง กองคลัง สำนักปลัด", True),
        ("งานพัสดุ กองคลัง", True),
        ("นิติกร สำนักปลัด อบต.", True),
        ("นักทรัพยากรบุคคล", True),
        ("ทุกส่วนงาน", True),
        ("ทุก ส่วน/กอง", True),
        ("เจ้าพนักงาน พัสดุ", True),
        ("หมวดรักษาความสะอาด", True),
        ("นายสมชาย งานดี", False),
        ("นางสาวมาลี กองแก้ว", False),
        ("นายสมชาย งานดี นิติกร", True),
        ("ผู้เกี่ยวข้องทุกคน", False),
        ("-", False),
    ],
)
def test_who_is_responsible(text: str, named: bool) -> None:
    assert names_office(text, ("หมวดรักษาความสะอาด",)) is named
