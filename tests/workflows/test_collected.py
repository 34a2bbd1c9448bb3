"""Evidence that units gave: who may download it, whether links answer, and what a disposal leaves of it: nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ita_core.outbox import Job
from ita_core.telling_models import Notification
from memos import archive, collecting_filling
from memos.collecting_words import Words
from memos.models import (
    CoDrafter,
    CollectedEntry,
    CollectedFile,
    CollectedLink,
    CollectedRow,
    Collection,
    Report,
    StoredFile,
)
from tests import reports
from tests.memos.collecting_hand import PDF, ask, given, rows, save, sent
from tests.memos.editor_forms import as_person
from tests.personas import Authority, Personas
from tests.workflows import disposed
from workflows import destroying, evidence_links, fetching, verification
from workflows.addresses import AddressCheck
from workflows.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Problem = AddressCheck.Problem


def file_url(home: Authority, file: CollectedFile) -> str:
    return reverse("workflows:collected_file", args=[home.organisation.slug, file.pk])


def statuses(home: Authority, url: str) -> dict[int, set[str]]:
    """Every person of the authority by what the file's address answers him."""
    found: dict[int, set[str]] = {}
    for key in home.people:
        found.setdefault(as_person(home, key).get(url).status_code, set()).add(key)
    return found


def test_until_it_is_taken_a_file_is_there_for_the_unit_and_who_collects_alone(home: Authority) -> None:
    """Also when the report is everybody's to read: what was not taken is no part of it."""
    report = reports.begin(home)
    _found, file = given(home, report)
    CoDrafter(organisation=home.organisation, report=report, user=home.people["second_legal_officer"]).save()
    theirs = {"acting_head", "legal_officer", "second_legal_officer"}
    for _round in ("a draft", "submitted"):
        found = statuses(home, file_url(home, file))
        assert found.pop(200) == theirs
        assert found == {404: set(home.people) - theirs}
        if _round == "a draft":
            reports.submit(home, report)


def test_a_file_that_was_taken_is_for_the_unit_and_for_whoever_may_read_the_report(
    personas: Personas,
) -> None:
    home, stranger = personas.home, personas.stranger
    report = reports.begin(home)
    _found, file = given(home, report)
    taken = {"report": report, "unit": file.unit, "row": file.row, "by": report.drafter}
    CollectedEntry(
        kind=CollectedEntry.Kind.ACCEPTED, at=timezone.now(), content={"files": [file.pk]}, **taken
    ).save()
    url = file_url(home, file)
    expected = {
        "acting_head": 200,
        "legal_officer": 200,
        "org_admin": 200,
        "mayor": 403,
        "expired_acting": 403,
    }
    assert {key: as_person(home, key).get(url).status_code for key in expected} == expected
    answer = as_person(home, "acting_head").get(url)
    assert answer.content == archive.read(file.file) and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith(
        "attachment"
    )
    assert as_person(stranger, "legal_officer").get(url).status_code == 404
    own = url.replace(home.organisation.slug, stranger.organisation.slug)
    assert as_person(stranger, "legal_officer").get(own).status_code == 404
    assert Client().get(url).status_code == 302
    reports.submit(home, report)
    assert as_person(home, "mayor").get(url).status_code == 200


def test_a_file_that_was_taken_out_before_it_was_sent_is_gone(home: Authority) -> None:
    report = reports.begin(home)
    _found, file = given(home, report)
    CollectedFile.objects.of(home.organisation).filter(pk=file.pk).update(removed_at=timezone.now())
    for key in ("acting_head", "legal_officer"):
        assert as_person(home, key).get(file_url(home, file)).status_code == 404


def test_the_worker_says_which_links_answer(home: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.begin(home)
    row = rows(report)[0]
    ask(home, report, {row: "finance"})
    names = {"good": None, "slow": Problem.SLOW, "inside": Problem.PRIVATE, "large": Problem.LARGE}
    links = tuple(f"https://{name}.example.go.th/a" for name in names)
    save(home, report, "finance", {row: Words(result="x", links=links)})

    def get(url: str) -> fetching.Fetched:
        problem = names[url.removeprefix("https://").partition(".")[0]]
        if problem is not None:
            raise fetching.Unreached(problem)
        return fetching.Fetched(url, 200, "text/html", b"")

    monkeypatch.setattr(fetching, "get", get)
    jobs = list(Job.objects.filter(kind=collecting_filling.CHECK))
    assert len(jobs) == 4
    for job in jobs:
        evidence_links.look(job.payload)
    found = {link.url: link.reach for link in CollectedLink.objects.of(home.organisation)}
    assert [found[link] for link in links] == ["reached", "unreached", "unreached", "reached"]
    page = as_person(home, "acting_head").get(
        reverse("memos:fill", args=[home.organisation.slug, report.pk, home.units["finance"].pk])
    )
    assert page.content.decode().count("เปิดไม่ได้") == 2


def test_an_address_of_this_machine_is_never_asked(home: Authority) -> None:
    report = reports.begin(home)
    link = CollectedLink(report=report, url="http://127.0.0.1/")
    link.save()
    evidence_links.look({"organisation": home.organisation.pk, "link": link.pk})
    assert CollectedLink.objects.of(home.organisation).get().problem == Problem.PRIVATE
    evidence_links.look({"organisation": home.organisation.pk, "link": 0})


def test_a_disposal_leaves_nothing_of_what_was_collected(home: Authority) -> None:
    report = reports.begin(home)
    given(home, report)
    words = Words(result="ข้อความที่ต้องหายไป", links=("https://www.example.go.th/a",))
    save(home, report, "finance", {rows(report)[0]: words})
    ask(home, report, {rows(report)[1]: "works"})
    sent(home, report, "works")
    reports.submit(home, report)
    for key in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, key)
    stored = StoredFile.objects.of(home.organisation).get(
        sha256=archive.sha256(PDF + str(report.pk).encode())
    )
    signed = Report.objects.of(home.organisation).select_related("approval").get(pk=report.pk)
    disposed.destroyed(home, disposed.past(home, signed))
    assert disposed.approval_of(home, report).state == State.DISPOSED
    for model in (CollectedEntry, CollectedFile, CollectedLink, CollectedRow, Collection):
        assert not model.objects.of(home.organisation).filter(report=report).exists(), model
    assert not StoredFile.objects.of(home.organisation).filter(pk=stored.pk).exists()
    for job in Job.objects.filter(kind=destroying.KIND, done_at=None):
        destroying.remove_files(job.payload)
    assert stored.sha256 not in {found.file for found in archive.storage().listed()}
    notices = Notification.objects.of(home.organisation).filter(report=report.pk)
    assert notices.exists() and set(notices.values_list("title", "text")) == {("", "")}
    found = [f"{fault.place}: {fault.what}" for fault in verification.faults([home.organisation])]
    assert [one for one in found if "/retention/" not in one] == []
