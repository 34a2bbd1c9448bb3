"""The pack of a publication: what an officer uploads to the authority's main website, and the words to paste.

Made of the public data and the public PDF alone, so nothing stands in it that is not published. The same publication,
with the same posted address, gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from memos import archive
from memos.docx.package import as_is, deflated, write_zip
from memos.exchange import guarded
from workflows import explaining, public_tables
from workflows.published import Publication
from workflows.refusals import NoPaper

BOM: Final = "\ufeff"
EVIDENCE_KEYS: Final = ("section", "measure", "activity", "field", "evidence", "link")
# Up to a space or what closes a quotation; a full stop or a bracket at the end belongs to the sentence.
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"“”'|]+[^\s<>\"“”'|.,;:!?)\]]")


def data_of(publication: Publication) -> dict[str, Any]:
    """The published data. NoPaper when its file is missing or altered."""
    try:
        data: dict[str, Any] = json.loads(archive.read(publication.data))
    except archive.FileFault as fault:
        raise NoPaper(_("ไฟล์ในคลังเสียหายหรือหายไป โปรดแจ้งผู้ดูแลระบบ")) from fault
    return data


def name(publication: Publication) -> str:
    return f"ชุดเผยแพร่-{publication.fiscal_year}-{publication.slug}-{publication.version}.zip"


def of(publication: Publication, posted: str = "") -> bytes:
    """The .zip; ``posted`` is the address on the main website, once somebody has pasted it back."""
    data = data_of(publication)
    try:
        pdf, plain = archive.read(publication.pdf), archive.read(publication.data)
    except archive.FileFault as fault:
        raise NoPaper(_("ไฟล์ในคลังเสียหายหรือหายไป โปรดแจ้งผู้ดูแลระบบ")) from fault
    links = list(evidence(data))
    texts = {
        "data.json": plain,
        "data.csv": public_tables.as_csv(data),
        "evidence.csv": _as_csv(links),
        "explain.txt": _text(explaining.explanation(publication, data, [row.link for row in links], posted)),
        "README.txt": _text(explaining.steps(publication, data)),
    }
    tables = as_is(public_tables.as_xlsx(data))
    packed = {name: deflated(content) for name, content in texts.items()}
    return write_zip({"report.pdf": as_is(pdf), "tables.xlsx": tables, **packed})


def _text(words: str) -> bytes:
    """As Notepad opens it: marked as UTF-8, lines ending as on Windows."""
    return (BOM + words.replace("\n", "\r\n")).encode()


# --- the evidence that the tables name


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of a cell that names evidence: in words, by a link, or both. Numbers count from 1; 0 is the measure's."""

    section: int
    measure: int
    activity: int
    field: str
    text: str
    link: str


def evidence(data: dict[str, Any]) -> Iterator[Evidence]:
    """Every line of the column of evidence, and every link elsewhere, in the order of the report."""
    for number, section in enumerate(data["sections"], 1):
        for m, measure in enumerate(section["measures"], 1):
            rows = [measure, *measure["activities"]]
            for a, row in enumerate(rows):
                for field, cell in row["cells"].items():
                    for line in cell.split("\n"):
                        yield from _in_line(number, m, a, field, line.strip())


def _in_line(section: int, measure: int, activity: int, field: str, line: str) -> Iterator[Evidence]:
    links = links_in(line)
    if not links and field == "evidence" and line:
        links = [""]
    for link in links:
        yield Evidence(section, measure, activity, field, line, link)


def links_in(text: str) -> list[str]:
    found = [match[0] for match in _LINK.finditer(text)]
    return [link if "://" in link else f"http://{link}" for link in found]


def _as_csv(rows: list[Evidence]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(EVIDENCE_KEYS)
    for row in rows:
        place = (row.section, row.measure, row.activity or "")
        writer.writerow([*place, row.field, guarded(row.text), guarded(row.link)])
    return (BOM + out.getvalue()).encode()
