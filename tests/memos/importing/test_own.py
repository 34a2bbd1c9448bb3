"""Our own files where they do not fit: forms of another authority, rows that were damaged."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from memos import exchange, exporting
from memos.importing import own
from memos.importing.grids import Cell, Grid, Source
from tests.memos.sample import CONTENT
from tests.memos.test_exporting import content, filled, offered, plain


def test_another_authoritys_form_is_replaced_and_said() -> None:
    source = plain(exporting.as_csv(content(filled(["ก"]))))
    found = own.recognise(source, offered(CONTENT))
    assert found.sections[0].form in {"plan", "result"}
    assert [finding.kind for finding in found.findings] == ["doubtful", "doubtful"]
    assert "budget" in found.findings[1].sentence
    assert own.recognise(source, offered(CONTENT), {0: "plan"}).sections[0].form == "plan"


ODD_CELLS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "x",
        "\v",
        exchange.FORMAT,
        "section",
        "group",
        "plan",
        "heading",
        "fields",
        "closing",
        "measure",
        "'=1",
    ]
)


@settings(max_examples=200)
@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(ODD_CELLS, min_size=width, max_size=width), max_size=6)
    )
)
def test_a_damaged_file_of_ours_is_read_as_far_as_it_goes(rows: list[list[str]]) -> None:
    width = len(rows[0]) if rows else 4
    sheet = [[exchange.FORMAT, "1", "section", "plan", *([""] * 6)][:width], *rows]
    whole = [[*exchange.CSV_KEYS, *(["measure"] * width)], *([*row, *([""] * 8)] for row in rows)]
    for lines in (sheet, whole):
        grid = Grid([[Cell(text) for text in line] for line in lines])
        found = own.recognise(Source("csv", [grid]), offered(CONTENT))
        assert len(found.sections) <= len(lines)
