"""verify finds what is wrong with a final file: its row, its seal, what it holds, and that it is gone."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.db import connection, models
from django.utils import timezone

from ita_core.outbox import Job
from memos import archive
from memos.models import FinalFile, Report, StoredFile
from memos.sealing import joining, keys, seal
from tests import reports
from tests.faults import alterations
from tests.faults.conftest import BuiltOnce
from tests.faults.test_verify import places_named, sql
from tests.memos.sealing import instant
from tests.personas import Authority, Personas
from workflows import sealed

UNTOLD = {"id"}


@pytest.fixture
def final(built_once: BuiltOnce, monkeypatch: pytest.MonkeyPatch) -> FinalFile:
    """Of two authorities with a sealed report each; the guards are gone."""
    instant.put_in_place(monkeypatch)
    return built_once(_final)  # type: ignore[no-any-return]


def _final(personas: Personas) -> FinalFile:
    for authority in (personas.home, personas.stranger):
        reports.in_state(authority, "mayor_signed")
    for job in Job.objects.filter(kind=sealed.KIND):
        sealed.make(job.payload)
    Job.objects.update(done_at=timezone.now())
    alterations.drop_guards()
    return FinalFile.objects.of(personas.home.organisation).get()


def _place(final: FinalFile) -> str:
    return f"{final.organisation.slug}/final_file/{final.pk}"


def _is_named(final: FinalFile) -> bool:
    """By its own place, by that of all final files when the row cannot be read, or by the act whose file is missed."""
    places = places_named()
    slug = final.organisation.slug
    return any(
        place in (_place(final), f"{slug}/final_file") or place.endswith("/final_file") for place in places
    )


def test_it_is_green_when_nobody_touched_anything(final: FinalFile) -> None:
    assert places_named() == []


@pytest.mark.parametrize(
    "field", [f for f in FinalFile._meta.concrete_fields if f.name not in UNTOLD], ids=str
)
def test_every_column_counts(final: FinalFile, field: models.Field) -> None:  # type: ignore[type-arg]
    chance = random.Random(field.name)
    others: dict[str, Callable[[], Any]] = {
        "organisation": lambda: (
            FinalFile.objects.across_organisations().exclude(pk=final.pk)[0].organisation_id
        ),
        "document_set": lambda: final.document_set_id - 1,
        "pdf": lambda: final.pdf_id - 1,
        "evidence": lambda: {**final.evidence, "code": "0000-0000-0000-0000-0000"},
    }
    other = others.get(field.name, lambda: alterations._other(chance, getattr(final, field.attname), field))
    change = alterations.Alteration(final, field, field.get_db_prep_save(other(), connection))
    assert change.apply() == 1
    assert _is_named(final), change


def test_a_row_that_is_gone_is_missed(final: FinalFile) -> None:
    act = final.document_set.acts.get()
    sql(f'DELETE FROM "{FinalFile._meta.db_table}" WHERE id = %s', final.pk)
    assert places_named() == [f"{final.organisation.slug}/act/{act.sequence}/final_file"]


def test_a_pdf_that_is_gone_is_named(final: FinalFile) -> None:
    alterations.path_of(final.pdf).unlink()
    assert places_named() == [f"{final.organisation.slug}/file/{final.pdf_id}"]


def _replaced(final: FinalFile, pdf: bytes) -> list[str]:
    """Another file under the same row, with hash and size put right."""
    path = alterations.path_of(final.pdf)
    path.unlink()
    table = StoredFile._meta.db_table
    sql(
        f'UPDATE "{table}" SET sha256 = %s, size = %s WHERE id = %s',
        archive.sha256(pdf),
        len(pdf),
        final.pdf_id,
    )
    alterations.path_of(StoredFile.objects.across_organisations().get(pk=final.pdf_id)).write_bytes(pdf)
    return places_named()


def _flipped_in_the_middle(pdf: bytes) -> bytes:
    return pdf[:600] + bytes([pdf[600] ^ 1]) + pdf[601:]


def _with_words_behind_the_seal(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n"


def _with_a_page_added(pdf: bytes) -> bytes:
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        opened.add_blank_page()
        written = io.BytesIO()
        opened.save(written)
    return written.getvalue()


def _without_a_seal(pdf: bytes) -> bytes:
    return instant.page(9)


def _no_pdf(pdf: bytes) -> bytes:
    return b"no PDF"


@pytest.mark.parametrize(
    "harm",
    [_flipped_in_the_middle, _with_words_behind_the_seal, _with_a_page_added, _without_a_seal, _no_pdf],
)
def test_another_pdf_in_its_place_is_named(final: FinalFile, harm: Callable[[bytes], bytes]) -> None:
    assert _place(final) in _replaced(final, harm(archive.read(final.pdf)))


def test_sealed_anew_with_the_same_key_it_is_still_named(final: FinalFile) -> None:
    """Whoever has the key can seal anything; what the acts carry he cannot change."""
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    forged = joining.joined(
        [instant.page(1)],
        [joining.Attachment("memo.docx", b"other", "application/octet-stream", "Source", "")],
        "อื่น",
        moment,
    )
    pdf = seal.sealed(forged, keys.current(), "อื่น", "")
    assert _replaced(final, pdf).count(_place(final)) >= 4


def test_every_byte_of_it_counts(final: FinalFile, walked_bytes: random.Random) -> None:
    path, whole = alterations.path_of(final.pdf), archive.read(final.pdf)
    for _change in range(50):
        path.write_bytes(alterations.flipped(walked_bytes, whole))
        assert places_named() == [f"{final.organisation.slug}/file/{final.pdf_id}"]
    path.write_bytes(whole)
    assert places_named() == []


@pytest.fixture
def walked_bytes() -> random.Random:
    return random.Random(1922)


def test_a_file_of_another_report_is_named(
    final: FinalFile, home: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant.put_in_place(monkeypatch)
    other: Report = reports.in_state(home, "mayor_signed")
    issued = other.approval.document_set
    assert issued is not None
    sealed.make({"organisation": home.organisation.pk, "set": issued.pk})
    theirs = FinalFile.objects.of(home.organisation).get(document_set=issued)
    table = FinalFile._meta.db_table
    sql(f'UPDATE "{table}" SET pdf_id = %s WHERE id = %s', theirs.pdf_id, final.pk)
    assert _place(final) in places_named()
