"""An address is pasted back, looked at by the worker at once, and again later; and the receipt says what was found."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from ita_core import outbox, thai
from ita_core.models import AssessmentYear
from ita_core.outbox import Job
from memos import archive
from tests.personas import Authority
from tests.workflows import made_public, web_server
from tests.workflows.web_server import Website, says
from workflows import addressing, proofs, receipts
from workflows.addresses import FIRST, AddressCheck, PostedAddress
from workflows.addressing import Place
from workflows.models import Publication
from workflows.refusals import BadInput, Conflict, NotAllowed

pytestmark = pytest.mark.django_db
Problem = AddressCheck.Problem


@pytest.fixture
def published(home: Authority) -> Publication:
    return made_public.published(home)


@pytest.fixture
def site(settings: Any) -> Iterator[Website]:
    """The authority's main website; our own stands at an address where nobody answers."""
    settings.SITE_URL = "http://127.0.0.1:9"
    with web_server.website() as found:
        settings.ADDRESS_CHECK_HOSTS = frozenset({found.place})
        yield found


def post(home: Authority, publication: Publication, url: str, by: str = "legal_officer") -> PostedAddress:
    return addressing.post(home.actor(by), publication.pk, url)


def work() -> list[AddressCheck]:
    """What the worker does with everything that is ordered now."""
    done = []
    for job in Job.objects.still_open().filter(kind=addressing.KIND, not_before__lte=timezone.now()):
        outbox.handlers[addressing.KIND].do(job.payload)
        Job.objects.filter(pk=job.pk).update(done_at=timezone.now())
        done.append(AddressCheck.objects.of(job.payload["organisation"]).latest("pk"))
    return done


def test_the_same_file_at_the_address(home: Authority, published: Publication, site: Website) -> None:
    site.pages["/o43.pdf"] = says(archive.read(published.pdf))
    posted = post(home, published, site.url("/o43.pdf"))
    assert (posted.sequence, posted.previous, posted.hash) == (1, FIRST, posted.digest())
    (check,) = work()
    assert (check.reached, check.same, check.problem, check.address) == (True, True, "", posted)
    made = receipts.of(published)
    assert [line.result for line in made.posted] == ["เปิดได้ เป็นไฟล์เดียวกัน"]
    told = receipts.as_json(made)
    assert told["pdf"]["sha256"] == told["posted"][0]["check"]["sha256"] == published.pdf.sha256
    assert told["posted"][0]["address"] == site.url("/o43.pdf")
    assert told["code"] == proofs.code_of(published.act.approval.acts.get(kind="sign"))


@pytest.mark.parametrize(
    ("answer", "problem", "words"),
    [
        (says(b"%PDF other"), Problem.OTHER, "เปิดได้ แต่ไม่ใช่ไฟล์ที่เผยแพร่"),
        (says(b"gone", "text/html", 404), Problem.STATUS, "เปิดไม่ได้"),
        (web_server.page("<p>ไม่มีไฟล์</p>"), Problem.NO_FILE, "เปิดได้ แต่ไม่ใช่ไฟล์ที่เผยแพร่"),
    ],
)
def test_what_is_not_the_file(
    home: Authority,
    published: Publication,
    site: Website,
    answer: web_server.Answer,
    problem: str,
    words: str,
) -> None:
    site.pages["/o43.pdf"] = answer
    post(home, published, site.url("/o43.pdf"))
    (check,) = work()
    assert (check.same, check.problem) == (False, problem)
    (line,) = receipts.of(published).posted
    assert line.result == words
    assert str(check.get_problem_display()) in line.why
    assert line.advice, "the officer reads what to do"


def test_our_own_page_is_looked_at_too(home: Authority, published: Publication, settings: Any) -> None:
    """Wherever our own site runs; an address that somebody posts there is not let through for that."""
    with web_server.website() as ours:
        settings.SITE_URL, settings.ADDRESS_CHECK_HOSTS = ours.url("").rstrip("/"), frozenset()
        path = f"/p/{home.organisation.slug}/{published.fiscal_year}/{published.slug}/1/report.pdf"
        ours.pages[path] = says(archive.read(published.pdf))
        assert addressing.look_at(Place(published, None)).same
        posted = PostedAddress(organisation=home.organisation, publication=published, url=ours.url(path))
        posted.posted_by, posted.posted_at, posted.sequence = home.people["registrar"], timezone.now(), 1
        posted.save()
        assert addressing.look_at(Place(published, posted)).problem in (Problem.PRIVATE, Problem.ADDRESS)


# Who may post what


def test_addresses_of_an_authority_are_in_one_row(
    home: Authority, published: Publication, site: Website
) -> None:
    first = post(home, published, site.url("/1.pdf"))
    assert post(home, published, site.url("/1.pdf"), by="registrar").pk == first.pk, (
        "the same again is the same"
    )
    second = post(home, published, site.url("/2.pdf"), by="registrar")
    assert (second.sequence, second.previous) == (2, first.hash)
    assert [line.url for line in receipts.of(published).posted] == [second.url, first.url]


@pytest.mark.parametrize(
    "url", ["www.example.go.th/a.pdf", "http://192.168.1.5/a.pdf", "https://a.th:8443/", "http://[/"]
)
def test_an_address_that_nobody_could_open_is_refused(
    home: Authority, published: Publication, url: str
) -> None:
    with pytest.raises(BadInput):
        post(home, published, url)
    assert not Job.objects.filter(kind=addressing.KIND).exists()


def test_who_publishes_posts_addresses(home: Authority, stranger: Authority, published: Publication) -> None:
    for by in ("mayor", "clerk", "reader"):
        with pytest.raises(NotAllowed):
            post(home, published, "https://www.example.go.th/a.pdf", by=by)
    with pytest.raises(Conflict):
        addressing.post(stranger.actor("legal_officer"), published.pk, "https://www.example.go.th/a.pdf")


def test_nothing_is_posted_for_what_no_longer_stands(home: Authority, published: Publication) -> None:
    report = published.act.approval.report
    made_public.published(home, report)
    with pytest.raises(Conflict):
        post(home, published, "https://www.example.go.th/a.pdf")
    made_public.withdrawn(home, report)
    newer = Publication.objects.of(home.organisation).get(version=2)
    with pytest.raises(Conflict):
        post(home, newer, "https://www.example.go.th/a.pdf")
    assert addressing.places_of(home.organisation) == []


def test_another_host_than_before_is_told(home: Authority, published: Publication) -> None:
    first = post(home, published, "https://www.example.go.th/a.pdf")
    assert addressing.other_host(Place(published, first)) == ""
    second = post(home, published, "https://drive.example.com/a.pdf")
    assert addressing.other_host(Place(published, second)) == "www.example.go.th"


# Later


Checked = Callable[..., AddressCheck]


@pytest.fixture
def checked(home: Authority, published: Publication) -> Checked:
    """Our own page was looked at so many days ago."""

    def check(days: int, same: bool = True) -> AddressCheck:
        row = AddressCheck(
            organisation=home.organisation, publication=published, reached=same, same=same,
            checked_at=timezone.now() - datetime.timedelta(days=days), problem="" if same else Problem.NAME,
        )  # fmt: skip
        row.save()
        return row

    return check


def test_once_a_week(home: Authority, checked: Checked) -> None:
    assert [place.key for place in addressing.due()] != [], "it was never looked at"
    checked(8)
    assert len(list(addressing.due())) == 1
    checked(6)
    assert list(addressing.due()) == []


def test_once_a_day_while_data_are_collected(
    home: Authority, published: Publication, checked: Checked
) -> None:
    filed = AssessmentYear.objects.filter(year=published.act.approval.report.filed_year)
    today = thai.today()
    filed.update(window_start=today, window_end=today)
    checked(1)
    assert len(list(addressing.due())) == 1
    checked(0)
    assert list(addressing.due()) == []
    filed.update(window_end=today - datetime.timedelta(days=1))
    checked(1)
    assert list(addressing.due()) == []


def test_what_did_not_answer_is_asked_again_the_next_day(checked: Checked) -> None:
    checked(1, same=False)
    assert len(list(addressing.due())) == 1
    checked(0, same=False)
    assert list(addressing.due()) == []


def test_a_day_orders_what_is_due_for_the_night(
    home: Authority, published: Publication, site: Website
) -> None:
    posted = post(home, published, site.url("/a.pdf"))
    work()
    before = Job.objects.count()
    addressing.daily({})
    assert Job.objects.count() == before + 1, "our own page; the posted one was looked at today"
    AddressCheck.objects.of(home.organisation).delete()
    for _twice in range(2):
        addressing.daily({})
    jobs = Job.objects.filter(key__endswith="/night")
    assert {job.key for job in jobs} == {f"own-{published.pk}/night", f"{posted.pk}/night"}
    assert all(job.not_before > timezone.now() for job in jobs)


def test_a_check_of_what_is_gone_does_nothing(home: Authority) -> None:
    addressing.look({"organisation": home.organisation.pk, "publication": 0, "address": None})
    assert not AddressCheck.objects.of(home.organisation).exists()


def test_few_questions_for_many_publications(
    home: Authority, published: Publication, site: Website, django_assert_max_num_queries: Any
) -> None:
    for _more in range(3):
        post(home, made_public.published(home), site.url("/a.pdf"))
    with django_assert_max_num_queries(12):
        places = addressing.places_of(home.organisation)
        lines = receipts.lines(places)
        assert all(line.place.publication.act.approval.report.item.code for line in lines)
    assert len(lines) == 7
