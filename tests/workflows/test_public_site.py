"""The public site by HTTP: what was published and nothing else, in the assessment's order, without cookies."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from lxml import html

from ita_core import thai
from ita_core.models import AssessmentItem, Organisation
from memos import archive
from memos.models import Activity, Report
from tests import chrome, reports
from tests.logging_in import log_in
from tests.personas import Authority
from tests.workflows import made_public
from workflows import public_cache, public_site
from workflows.models import Publication

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)


@pytest.fixture
def published(home: Authority) -> Publication:
    return made_public.published(home)


def root_of(publication: Publication) -> str:
    return f"/p/{publication.organisation.slug}/{publication.fiscal_year}/{publication.slug}/"


def words(answer: Any) -> str:
    page = html.fromstring(answer.content.decode())
    return " ".join(page.find(".//main").text_content().replace("\u00a0", " ").split())


def test_from_the_first_page_to_the_report(published: Publication, client: Client) -> None:
    address = "/p/"
    for kind in ("site", "report"):
        page = html.fromstring(client.get(address).content)
        page.make_links_absolute("http://testserver")
        links = [link.get("href") for link in page.findall(".//main//a")]
        slug = published.organisation.slug
        wanted = f"/p/{slug}/" if kind == "site" else root_of(published)
        assert f"http://testserver{wanted}" in links
        address = wanted
    answer = client.get(address)
    told = words(answer)
    assert answer.status_code == 200
    assert json.loads(archive.read(published.data))["code"] in told
    assert published.pdf.sha256 in told


def test_many_authorities_are_found_by_province(
    home: Authority, stranger: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_site, "MANY", 1)
    Organisation.objects.filter(pk=stranger.organisation.pk).update(province="เชียงใหม่")
    for authority in (home, stranger):
        made_public.published(authority)
    names = [one.organisation.full_name for one in (home, stranger)]
    first = client.get("/p/")
    assert not any(name in words(first) for name in names)
    links = [link.get("href") for link in html.fromstring(first.content.decode()).findall(".//main//li/a")]
    assert len(links) == 2
    # เชียงใหม่ stands under ช, before สมมติ.
    assert [[name in words(client.get(link)) for name in names] for link in links] == [
        [False, True],
        [True, False],
    ]
    assert client.get("/p/?province=ไม่มี").status_code == 404


def test_a_year_in_the_order_and_the_words_of_the_assessment(home: Authority, client: Client) -> None:
    """By the codes of the year in which they were filed: the plan before the report, six months before the year."""
    items = {item.key: item for item in AssessmentItem.objects.filter(assessment_year=2565)}
    for key, period in (("report", "twelve_months"), ("report", "six_months"), ("measures", "twelve_months")):
        report = reports.begin(home)
        report.item, report.period, report.fiscal_year = items[key], period, 2565
        report.save(update_fields=["item", "period", "fiscal_year"])
        reports.submit(home, report)
        for officer in ("section_head", "clerk", "mayor"):
            reports.forward(home, report, officer)
        rows = Report.objects.of(home.organisation).select_related("approval")
        made_public.published(home, rows.get(pk=report.pk))
    page = html.fromstring(client.get(f"/p/{home.organisation.slug}/2565/").content.decode())
    links = [link.get("href").rsplit("/", 2)[1] for link in page.findall(".//main//li/a")]
    assert links == ["measures", "report-6m", "report"]


def test_the_tables_have_headings_for_every_cell(published: Publication, client: Client) -> None:
    page = html.fromstring(client.get(root_of(published)).content.decode())
    table = page.find(".//table")
    data = json.loads(archive.read(published.data))["sections"][0]
    assert len(table.findall(".//tbody")) == len(data["measures"])
    assert len(table.findall(".//th[@scope='rowgroup']")) == len(data["measures"])
    [measure, *_others] = table.findall(".//th[@scope='rowgroup']")
    assert measure.get("rowspan") == str(len(data["measures"][0]["activities"])) == "2"
    assert thai.printed(next(iter(data["measures"][0]["cells"].values()))) in measure.text_content()


def test_evidence_is_a_click_away(home: Authority, client: Client) -> None:
    report = reports.begin(home)
    row = Activity.objects.of(home.organisation).filter(measure__section__report=report).earliest("pk")
    key = next(iter(row.cells))
    row.cells[key] = "ดูที่ https://www.example.go.th/2565/a_b.pdf และ <b>ที่อื่น</b>"
    row.save(update_fields=["cells"])
    reports.submit(home, report)
    for officer in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, officer)
    rows = Report.objects.of(home.organisation).select_related("approval")
    root = root_of(made_public.published(home, rows.get(pk=report.pk)))
    page = html.fromstring(client.get(root).content.decode())
    assert [link.get("href") for link in page.findall(".//table//a")] == [
        "https://www.example.go.th/2565/a_b.pdf"
    ]
    assert page.find(".//table//b") is None


def test_files_are_what_was_published(published: Publication, client: Client) -> None:
    for root in (root_of(published), f"{root_of(published)}{published.version}/"):
        assert client.get(f"{root}report.pdf").content == archive.read(published.pdf)
        assert client.get(f"{root}data.json").content == archive.read(published.data)
        table = client.get(f"{root}data.csv").content
        assert table.startswith("\ufeff".encode())
        rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
        data = json.loads(archive.read(published.data))
        activities = [row for s in data["sections"] for m in s["measures"] for row in m["activities"]]
        assert len(rows) == len(activities)


def test_the_catalogue(published: Publication, client: Client) -> None:
    told = json.loads(client.get(f"/p/{published.organisation.slug}/feed.json").content)
    [dataset] = told["dataset"]
    assert told["license"]
    assert dataset["version"] == published.version
    files = {one["title"]: one for one in dataset["distribution"]}
    assert files["report.pdf"]["checksum"]["checksumValue"] == published.pdf.sha256
    for one in files.values():
        path = one["downloadURL"].split("/p/", 1)[1]
        body = client.get(f"/p/{path}").content
        assert archive.sha256(body) == one["checksum"]["checksumValue"]
        assert len(body) == one["byteSize"]


def test_what_was_not_published_cannot_be_reached(
    home: Authority, stranger: Authority, client: Client
) -> None:
    """Every state, a copy that is only prepared, and another authority's address."""
    made = reports.in_every_state(home)
    signed = made["mayor_signed"]
    made_public.prepared(home, signed)
    slug, year = home.organisation.slug, signed.fiscal_year
    assert "ยังไม่มีรายงานที่เผยแพร่" in words(client.get(f"/p/{slug}/"))
    assert client.get(f"/p/{slug}/{year}/").status_code == 404
    assert home.organisation.full_name not in words(client.get("/p/"))
    root = f"/p/{slug}/{year}/report/"
    for name in ("", "report.pdf", "data.json", "data.csv", "1/", "1/report.pdf"):
        assert client.get(f"{root}{name}").status_code == 404, name
    published = made_public.published(home, signed)
    assert client.get(root_of(published)).status_code == 200
    theirs = root_of(published).replace(slug, stranger.organisation.slug)
    assert client.get(theirs).status_code == 404


def test_no_cookie_is_read_or_set(published: Publication, home: Authority) -> None:
    """A person who is logged in and reads English elsewhere gets the very page that anybody gets."""
    nobody, officer = Client(), Client()
    log_in(officer, home.people["mayor"])
    officer.cookies["django_language"] = "en"
    slug = published.organisation.slug
    root = root_of(published)
    for address in ("/p/", f"/p/{slug}/", root, f"{root}report.pdf", f"/p/{slug}/embed/", "/p/nowhere/"):
        answers = []
        for client in (officer, nobody):
            public_cache.clear()
            answers.append(client.get(address))
        assert answers[0].content == answers[1].content, address
        for answer in answers:
            assert "Set-Cookie" not in str(answer.headers) and not answer.cookies, address
            assert "cookie" not in answer.get("Vary", "").lower(), address


def test_english_by_address(published: Publication, client: Client) -> None:
    page = client.get(f"{root_of(published)}?lang=en")
    assert page["Content-Language"] == "en"
    tree = html.fromstring(page.content.decode())
    assert tree.get("lang") == "en"
    inner = [link.get("href") for link in tree.findall(".//nav//a")]
    assert inner and all(link.endswith("?lang=en") for link in inner)
    assert client.get(root_of(published))["Content-Language"] == "th"


def test_english_says_nothing_in_thai_of_its_own(home: Authority, client: Client) -> None:
    """What is Thai is the authority's, and says so; on pages of what was withdrawn and of what never was, too."""
    root = root_of(made_public.published(home))
    report = reports.in_state(home, "mayor_signed")
    withdrawn = root_of(made_public.published(home, report))
    made_public.withdrawn(home, report)
    slug = home.organisation.slug
    pages = (
        "/p/",
        f"/p/{slug}/",
        root.rsplit("/", 2)[0] + "/",
        root,
        withdrawn,
        f"/p/{slug}/embed/",
        "/p/nowhere/",
    )
    known = chrome.data()
    for page in pages:
        texts = chrome.words_of(client.get(f"{page}?lang=en").content)
        assert not chrome.left_over(texts, known), page


def test_the_list_alone_may_be_framed(published: Publication, client: Client) -> None:
    slug = published.organisation.slug
    framed = client.get(f"/p/{slug}/embed/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for address in ("/p/", f"/p/{slug}/", root_of(published), f"{root_of(published)}report.pdf"):
        answer = client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a_forgotten_slash(published: Publication, client: Client) -> None:
    answer = client.get(root_of(published).rstrip("/"))
    assert answer.status_code == 301
    assert answer["Location"] == root_of(published)
    assert client.get("/p/nowhere/at/all").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_here(published: Publication, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(root_of(published))
    assert answer.status_code == 405
    assert not answer.cookies
