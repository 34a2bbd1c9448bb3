"""The tables of published data: as sections that pages show, and as files that spreadsheets open. Pure.

``data`` is a publication's JSON (public_data.py), already masked; nothing here looks at the report itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memos import exporting
from memos.frozen import (
    Activity,
    Column,
    Form,
    FrozenContent,
    Measure,
    MemoHead,
    OrganisationFacts,
    ReportFacts,
    Section,
    Templates,
)

Data = Mapping[str, Any]


def sections(data: Data) -> tuple[Section, ...]:
    """As they were frozen, but for what stays inside: which version of which form."""
    return tuple(_section(row) for row in data["sections"])


def as_csv(data: Data) -> bytes:
    """One row for each activity under English keys; what a spreadsheet would calculate has an apostrophe before it."""
    return exporting.as_csv(content(data))


def as_xlsx(data: Data) -> bytes:
    """A sheet for each table, as on paper; the same data give the same bytes."""
    return exporting.as_xlsx(content(data))


def content(data: Data) -> FrozenContent:
    """What the writers of tables take: whose, of which year, and the tables. The memo is not among them."""
    authority, item = data["authority"], data["item"]
    return FrozenContent(
        organisation=OrganisationFacts(authority["name"], authority["kind"]),
        report=ReportFacts(tuple(data["title"]), data["fiscal_year_be"], item=item["code"]),
        memo=MemoHead("", "", data["subject"], ()),
        templates=Templates("", ""),
        sections=sections(data),
    )


def _section(row: Data) -> Section:
    columns = tuple(_column(column) for column in row["columns"])
    measures = tuple(
        Measure(measure["cells"], tuple(Activity(activity["cells"]) for activity in measure["activities"]))
        for measure in row["measures"]
    )
    form = Form(slug="", number=0, title="", columns=columns)
    return Section(row["heading"], row["preamble"], row["closing"], form, measures, row["is_group"])


def _column(row: Data) -> Column:
    return Column(
        key=row["key"],
        heading=row["heading"],
        fields=tuple(row["fields"]),
        width=row.get("width", 1),
        level=row["level"],
        required=False,
        group=row.get("group", ""),
        labels=tuple(row.get("labels", ())),
    )
