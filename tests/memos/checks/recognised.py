"""The five samples as recognition left them, saved as reports: which physical row is what is written down by hand.

Words are stored as recognised, with Thai digits and every fault. 002 brings its own memo; the others get a plain one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ita_core.models import AssessmentItem, Organisation, User
from memos.models import Activity, Enclosure, FormVersion, Measure, Memo, Report, Section

FOLDER = Path(__file__).resolve().parents[2] / "samples" / "recognised"
Rows = list[list[str]]


@dataclass(frozen=True)
class Part:
    """A section: its texts as numbers of the sample's paragraphs, its rows as numbers of physical rows (from 0).

    ``joined``: go on with the row before. ``below``: further activities of the measure before. ``split``: physical
    rows that hold so many activities.
    """

    form: str
    heading: int | None
    preamble: int | None
    rows: range
    closing: int | None = None
    joined: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    split: tuple[tuple[int, int], ...] = ()
    is_group: bool = False


@dataclass(frozen=True)
class Sample:
    kind: str
    name: str
    district: str
    province: str
    years: tuple[int, int, int]
    title: tuple[int, ...]
    cover: tuple[int, ...]
    parts: tuple[Part, ...]


SAMPLES = {
    "000": Sample(
        "sao", "ควนกรด", "ทุ่งสง", "นครศรีธรรมราช", (2566, 2567, 2568), (2,), (0, 1),
        (Part("measure-outcome", None, 3, range(15)),),
    ),
    "001": Sample(
        "sao", "แก้งสนามนาง", "แก้งสนามนาง", "นครราชสีมา", (2565, 2566, 2567), (0, 1), (0, 1, 2, 3),
        (
            Part("weakness", 4, 5, range(0)),
            Part("weakness", 6, None, range(5), joined=(4,), is_group=True),
            Part("weakness", 7, None, range(5, 6), is_group=True),
            Part("weakness", 8, None, range(6, 7), is_group=True),
        ),
    ),
    "002": Sample(
        "sao", "พ่วงพรมคร", "เคียนซา", "สุราษฎร์ธานี", (2564, 2565, 2565), (19,), (),
        (
            Part("plan", 20, 21, range(5), below=(1, 2, 3), split=((3, 2),)),
            Part("result", 25, 26, range(5, 8), below=(6,), split=((5, 2), (6, 3))),
        ),
    ),
    "003": Sample(
        "tambon_muni", "บ่อพลอย", "บ่อพลอย", "กาญจนบุรี", (2565, 2566, 2567), (2,), (0, 1),
        (Part("topic", None, None, range(8), joined=(6,)),),
    ),
    "004": Sample(
        "sao", "นากระตาม", "ท่าแซะ", "ชุมพร", (2565, 2566, 2567), (2,), (0, 1),
        (Part("seven", None, 3, range(12), closing=5, below=(11,)),),
    ),
}  # fmt: skip


def save(number: str) -> Report:
    """The sample as a report of a new authority."""
    sample = SAMPLES[number]
    pages = json.loads((FOLDER / f"{number}.json").read_text(encoding="utf-8"))
    blocks = [block for page in pages for block in page]
    paragraphs = [block for block in blocks if isinstance(block, str)]
    rows = [row for block in blocks if not isinstance(block, str) for row in block[1:]]
    assessed, reported, filed = sample.years
    report = Report(
        organisation=_authority(sample, number),
        drafter=User.objects.create_user(f"drafter-{number}", full_name="นางสาวพิมพ์ใจ ใฝ่สุจริต"),
        assessed_year=assessed,
        fiscal_year=reported,
        item=AssessmentItem.objects.get(assessment_year=filed, key="report"),
        title="\n".join(paragraphs[place] for place in sample.title),
        cover="\n\n".join(paragraphs[place] for place in sample.cover),
    )
    report.save()
    _save_memo(report, paragraphs if number == "002" else [])
    for position, part in enumerate(sample.parts):
        _save_part(report, part, position, paragraphs, rows)
    return Report.objects.of(report.organisation).select_related("item", "organisation").get(pk=report.pk)


def _authority(sample: Sample, number: str) -> Organisation:
    organisation = Organisation(
        slug=f"sample-{number}",
        kind=sample.kind,
        name=sample.name,
        district=sample.district,
        province=sample.province,
    )
    organisation.save()
    return organisation


def _save_memo(report: Report, scan: list[str]) -> None:
    organisation = report.organisation
    memo = Memo(
        report=report,
        office=organisation.clerk_office_name,
        subject="รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใส",
        recipients=[organisation.mayor_title],
        body="ขอรายงานผลการดำเนินการ รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย\nจึงเรียนมาเพื่อโปรดทราบและพิจารณา",
    )
    if scan:
        memo.office = scan[1].split("\n")[0].removeprefix("ส่วนราชการ ")
        memo.subject = scan[2].removeprefix("เรื่อง ")
        memo.recipients = [scan[3].removeprefix("เรียน ")]
        memo.body = "\n".join(scan[5:8])
    memo.save()
    if scan:
        Enclosure(memo=memo, title=scan[4].removeprefix("สิ่งที่ส่งมาด้วย ")).save()


def _save_part(report: Report, part: Part, position: int, paragraphs: list[str], rows: Rows) -> None:
    form = FormVersion.objects.filter(slug=part.form, organisation=None).latest("number")
    words = {
        name: "" if place is None else paragraphs[place]
        for name, place in (("heading", part.heading), ("preamble", part.preamble), ("closing", part.closing))
    }
    section = Section(report=report, form=form, position=position, is_group=part.is_group, **words)
    section.save()
    for place, (level_cells, activities) in enumerate(_measures(form, part, rows)):
        measure = Measure(section=section, position=place, cells=level_cells)
        measure.save()
        for turn, cells in enumerate(activities):
            Activity(measure=measure, position=turn, cells=cells).save()


def _measures(
    form: FormVersion, part: Part, rows: Rows
) -> Iterator[tuple[dict[str, str], list[dict[str, str]]]]:
    found: list[tuple[dict[str, str], list[dict[str, str]]]] = []
    split = dict(part.split)
    for number in (place for place in part.rows if any(rows[place])):
        values = _cells(form, rows[number])
        of_measure = {key: values.pop(key) for key in _fields(form, "measure")}
        if number in part.joined:
            _go_on(found[-1][0], of_measure)
            _go_on(found[-1][1][-1], values)
            continue
        if number not in part.below:
            found.append((of_measure, []))
        found[-1][1].extend(_split(values, split.get(number, 1)))
    yield from found


def _fields(form: FormVersion, level: str) -> list[str]:
    return [key for column in form.columns if column["level"] == level for key in column["fields"]]


def _cells(form: FormVersion, row: list[str]) -> dict[str, str]:
    """A column of two fields: the first line and the rest, in 004 what stands before and after หัวข้อ."""
    cells: dict[str, str] = {}
    for column, text in zip(form.columns, row, strict=True):
        first, *others = column["fields"]
        cells[first] = text
        for other in others:
            head, gap, rest = (
                re.split(r"(\s*__หัวข้อ__\s*|\n+)", text, maxsplit=1) if "\n" in text else (text, "", "")
            )
            cells[first], cells[other] = (head, gap.strip() + rest) if rest else (text, "")
    return cells


def _go_on(cells: dict[str, str], more: dict[str, str]) -> None:
    """The same row on the next page; a label that is shown once more is not said twice."""
    for key, text in more.items():
        label = re.sub(r"\s+", "", cells[key])
        if text and re.sub(r"\s+", "", text) != label:
            cells[key] = "\n".join(filter(None, (cells[key], text)))


def _split(values: dict[str, str], into: int) -> list[dict[str, str]]:
    columns = {key: _shares(text, into) for key, text in values.items()}
    return [{key: shares[place] for key, shares in columns.items()} for place in range(into)]


def _shares(text: str, into: int) -> list[str]:
    """By numbers, by empty lines, or the lines in equal shares."""
    for by in (r"\n(?=[๐-๙]{1,2}\.)", r"\n\n"):
        if len(shares := re.split(by, text)) == into:
            return shares
    lines = text.split("\n")
    each, left = divmod(len(lines), into)
    assert not left, text
    return ["\n".join(lines[each * place : each * (place + 1)]) for place in range(into)]
