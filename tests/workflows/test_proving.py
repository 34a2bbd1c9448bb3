"""What anybody may learn of a code or a file: the four verdicts, for every state, and nothing of unsigned words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfWriter

from ita_core.outbox import Job
from memos import archive
from memos.importing import pdf_codes
from memos.models import Report
from memos.rendering import office
from tests import reports
from tests.faults import alterations
from tests.faults.test_verify import sql
from tests.personas import Authority
from tests.workflows import numbered
from workflows import actions, proofs, proving, sealed
from workflows.models import UNDER_WAY, Act, State

pytestmark = pytest.mark.django_db


def issued(report: Report) -> list[Act]:
    return list(report.approval.acts.filter(document_set__isnull=False).order_by("sequence"))


def verdicts(report: Report) -> list[str]:
    return [proving.of_code(proofs.code_of(act)).verdict for act in issued(report)]


@pytest.mark.parametrize("state", reports.EVERY_STATE)
def test_the_verdict_on_every_set_of_a_report_in_every_state(home: Authority, state: str) -> None:
    found = verdicts(reports.in_state(home, state))
    stands = state in (State.MAYOR_SIGNED, *UNDER_WAY)
    assert all(verdict == proving.SUPERSEDED for verdict in found[:-1])
    assert found[-1:] == (
        [] if state == State.WRITING else [proving.GENUINE if stands else proving.SUPERSEDED]
    )


def test_only_a_signed_report_says_what_it_is_about(home: Authority) -> None:
    for state in reports.EVERY_STATE:
        report = reports.in_state(home, state)
        for act in issued(report):
            found = proving.of_code(proofs.code_of(act))
            assert found.is_signed == (state == State.MAYOR_SIGNED)
            assert bool(found.subject) == found.is_signed
            assert found.is_final == (found.is_signed and act == issued(report)[-1])


def test_a_classified_report_keeps_its_subject(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    report.memo.secrecy = "secret"
    report.memo.save()
    assert proving.of_act(issued(report)[-1]).subject == ""


def test_who_signed_in_which_capacity(home: Authority) -> None:
    report = reports.begin(home)
    reports.submit(home, report)
    reports.forward(home, report, "acting_head")
    first, second = (proving.of_act(act) for act in issued(report))
    assert [act.user for act in first.signers] == [home.people["legal_officer"]]
    assert [act.user for act in second.signers] == [home.people["legal_officer"], home.people["acting_head"]]
    assert second.signers[-1].capacity == "acting_for"
    assert "รักษาราชการแทน" in second.signers[-1].printed_title[0]


def test_signers_of_an_earlier_round_are_not_on_later_paper(home: Authority) -> None:
    report = reports.in_state(home, reports.RETURNED)
    reports.submit(home, report)
    assert [act.kind for act in proving.of_act(issued(report)[-1]).signers] == [Act.Kind.SUBMIT]


def test_what_was_superseded_leads_to_what_stands(home: Authority) -> None:
    signed = issued(reports.in_state(home, State.MAYOR_SIGNED))
    assert {proving.of_act(act).newer_code for act in signed[:-1]} == {proofs.code_of(signed[-1])}
    assert proving.of_act(signed[-1]).newer_code == ""
    under_way = issued(reports.in_state(home, State.DEPUTY_APPROVED))
    assert {proving.of_act(act).newer_code for act in under_way} == {""}, (
        "its code stands on nobody's paper yet"
    )


def test_what_was_recalled_does_not_stand(home: Authority) -> None:
    report = reports.in_state(home, State.DRAFTED)
    actions.recall(home.actor("legal_officer"), report.pk)
    assert verdicts(report) == [proving.SUPERSEDED]


# What was changed behind the archive's back


@pytest.mark.parametrize("kind", ["memo", "measures"])
def test_a_damaged_file_is_not_called_genuine(home: Authority, kind: str) -> None:
    act = issued(reports.in_state(home, State.MAYOR_SIGNED))[-1]
    assert act.document_set is not None
    path = alterations.path_of(act.document_set.files()[kind])
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert proving.of_code(proofs.code_of(act)).verdict == proving.ALTERED
    path.unlink()
    assert proving.of_code(proofs.code_of(act)).verdict == proving.ALTERED


CHANGES = ["opinion = 'x'", "memo_sha256 = 'x'", "payload = memo_sha256", "document_set_id = {other}"]
if connection.vendor == "sqlite":  # PostgreSQL refuses what is no date.
    CHANGES.append("acted_at = 'x'")


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_act_is_not_called_genuine(home: Authority, change: str) -> None:
    first, *_between, act = issued(reports.in_state(home, State.MAYOR_SIGNED))
    code = proofs.code_of(act)
    alterations.drop_guards()
    payload = "payload = convert_to(memo_sha256, 'UTF8')"
    change = change.format(other=first.document_set_id)
    if connection.vendor == "postgresql":
        change = change.replace("payload = memo_sha256", payload)
    sql(f'UPDATE "{Act._meta.db_table}" SET {change} WHERE hash = %s', act.hash)
    assert proving.of_code(code).verdict == proving.ALTERED


# By the file


def ask(data: bytes) -> proving.Finding:
    return proving.of_file(archive.sha256(data), lambda: data, data[:8])


def test_every_file_of_every_set_is_known_and_one_byte_makes_another(
    home: Authority, stranger: Authority
) -> None:
    reports.in_state(stranger, State.MAYOR_SIGNED)
    sets = issued(reports.in_state(home, State.MAYOR_SIGNED))
    last = sets[-1]
    for act in sets:
        assert act.document_set is not None
        memo, measures = (archive.read(stored) for stored in act.document_set.files().values())
        assert (ask(memo).act, ask(memo).matched) == (act, "memo")
        assert ask(memo).verdict == (proving.GENUINE if act == last else proving.SUPERSEDED)
        assert (ask(measures).act, ask(measures).verdict) == (last, proving.GENUINE), "one file for the round"
        assert ask(memo + b" ").verdict == proving.UNKNOWN
    assert ask(b"").verdict == proving.UNKNOWN


def test_a_file_that_no_set_names_is_unknown(home: Authority) -> None:
    """Pictures of signatures and garudas are in the archive too: nobody learns that."""
    archive.store(home.organisation, b"a picture")
    assert ask(b"a picture").verdict == proving.UNKNOWN


def pdf_with(text: str) -> bytes:
    """A page with that line of words."""
    writer = PdfWriter()
    page = writer.add_blank_page(9_000, 200)
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(names)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_number_stands_on_paper_until_it_is_taken_away(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    signed = issued(report)[-1]
    act = numbered.number(home, report, "7")
    found = proving.of_act(act)
    assert (found.is_final, found.number, found.number_is_void) == (True, act.number, False)
    assert (proving.of_act(signed).verdict, proving.of_act(signed).number) == (proving.SUPERSEDED, "")
    actions.void_number(home.actor("registrar"), report.pk, reason="ออกเลขผิดเล่ม")
    found = proving.of_act(Act.objects.of(home.organisation).get(pk=act.pk))
    assert found.number_is_void or found.verdict == proving.SUPERSEDED


@pytest.mark.rendering
def test_the_final_file_is_known_and_a_changed_one_told_by_its_code(home: Authority) -> None:
    report = reports.in_state(home, State.MAYOR_SIGNED)
    sealed.make(Job.objects.get(kind=sealed.KIND).payload)
    office.of_this_process().close()
    act = issued(report)[-1]
    final = sealed.final_of(act)
    assert final is not None
    pdf = archive.read(final.pdf)
    assert (ask(pdf).verdict, ask(pdf).act, ask(pdf).matched) == (proving.GENUINE, act, "final")
    assert (ask(pdf + b"\n").verdict, ask(pdf + b"\n").act) == (proving.ALTERED, act)


@pytest.mark.rendering
def test_a_pdf_with_our_code_and_another_hash_was_altered(home: Authority) -> None:
    act = issued(reports.in_state(home, State.MAYOR_SIGNED))[-1]
    code = proofs.code_of(act)
    found = ask(pdf_with(f"Code {code}."))
    assert (found.verdict, found.act) == (proving.ALTERED, act)
    assert ask(pdf_with("Code 0000-0000-0000-0000-0000")).verdict == proving.UNKNOWN
    assert ask(pdf_with(f"First 0000-0000-0000-0000-0000 then {code}")).act == act
    assert ask(pdf_with("nothing")).verdict == proving.UNKNOWN
    assert ask(b"%PDF-1.7 broken").verdict == proving.UNKNOWN
    assert ask(b"%PDF-" + b"\0" * 100_000).verdict == proving.UNKNOWN


@pytest.mark.rendering
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("0F3A-91C0-77D2-4BE8-A651", ["0F3A-91C0-77D2-4BE8-A651"]),
        ("0F3A-91C0-77D2-4BE8-A651-0000", []),
        ("X 0F3A-91C0-77D2-4BE8-A651, 0F3A-91C0-77D2-4BE8-A651", ["0F3A-91C0-77D2-4BE8-A651"]),
        ("10F3A-91C0-77D2-4BE8-A651", []),
        (" ".join(f"0000-0000-0000-0000-{n:04d}" for n in range(30)), 20),
    ],
)
def test_codes_in_the_words_of_a_pdf(text: str, codes: Any) -> None:
    found = pdf_codes.read_codes(pdf_with(text))
    assert (len(found) if isinstance(codes, int) else found) == codes
