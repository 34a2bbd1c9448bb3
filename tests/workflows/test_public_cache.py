"""Pages of the public site are made once and kept while nothing is done; what is withdrawn is gone from every process."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ita_core.models import Organisation
from memos.models import Report
from tests.databases.committed import CommittedDatabase
from tests.personas import Authority
from tests.workflows import made_public
from tests.workflows.test_public_site import root_of
from workflows import public_cache
from workflows.models import Publication

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def published(home: Authority) -> Publication:
    return made_public.published(home)


def of(publication: Publication) -> Report:
    rows = Report.objects.of(publication.organisation).select_related("approval")
    return rows.get(pk=publication.act.approval.report_id)


def test_a_kept_page_asks_the_database_nothing(published: Publication, client: Client) -> None:
    first = client.get(root_of(published))
    with CaptureQueriesContext(connection) as asked:
        again = client.get(root_of(published))
    assert not asked.captured_queries
    assert again.content == first.content
    assert {**again.headers} == {**first.headers}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["%00", "%00/x", "ก", "a b", "%ff", "..%2f"])
def test_what_cannot_name_an_authority_is_asked_of_no_database(name: str, client: Client) -> None:
    """PostgreSQL refuses a NUL, which would be an error of ours."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/p/{name}/").status_code == 404
    assert not asked.captured_queries


def test_after_a_second_one_row_is_looked_at(
    published: Publication, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(root_of(published))
    monkeypatch.setattr(public_cache, "LOOK", 0)
    with CaptureQueriesContext(connection) as asked:
        client.get(root_of(published))
    assert len(asked.captured_queries) == 1


def test_an_act_makes_a_page_anew(
    published: Publication, home: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)
    monkeypatch.setattr(public_cache, "OF_ALL", 1e-9)
    assert client.get(root_of(published)).status_code == 200
    assert home.organisation.full_name in client.get("/p/").content.decode()
    made_public.withdrawn(home, of(published))
    assert client.get(root_of(published)).status_code == 410
    assert home.organisation.full_name not in client.get("/p/").content.decode()


def test_who_publishes_stands_on_the_first_page_at_once(
    home: Authority, stranger: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)
    for authority in (home, stranger):
        assert authority.organisation.full_name not in client.get("/p/").content.decode()
        made_public.published(authority)
        assert authority.organisation.full_name in client.get("/p/").content.decode()


def test_a_page_grows_old_without_acts_too(
    published: Publication, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority's province is no act."""
    client.get("/p/")
    Organisation.objects.filter(pk=published.organisation_id).update(province="ชุมพร")
    assert "ชุมพร" not in client.get("/p/").content.decode()
    later = time.monotonic() + public_cache.LONGEST
    monkeypatch.setattr("workflows.public_cache.time.monotonic", lambda: later)
    assert "ชุมพร" in client.get("/p/").content.decode()


def test_the_same_page_is_not_sent_twice(published: Publication, client: Client) -> None:
    root = root_of(published)
    for address in (
        root,
        f"{root}1/report.pdf",
        f"{root}data.csv",
        f"/p/{published.organisation.slug}/feed.json",
    ):
        for accepted in ({}, GZIP):
            first = client.get(address, headers=accepted)
            assert first["Cache-Control"].startswith("public")
            assert first["Last-Modified"]
            same = client.get(address, headers={**accepted, "If-None-Match": first["ETag"]})
            assert (same.status_code, same.content) == (304, b"")
            assert same["ETag"] == first["ETag"]
            since = client.get(address, headers={**accepted, "If-Modified-Since": first["Last-Modified"]})
            assert since.status_code == 304
            other = client.get(address, headers={**accepted, "If-None-Match": '"other"'})
            assert other.status_code == 200


def test_words_are_compressed_and_files_are_not(published: Publication, client: Client) -> None:
    root = root_of(published)
    plain, zipped = client.get(root), client.get(root, headers=GZIP)
    assert zipped["Content-Encoding"] == "gzip"
    assert zipped["ETag"] != plain["ETag"]
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < len(plain.content) / 3
    assert plain["Vary"] == zipped["Vary"] == "Accept-Encoding"
    pdf = client.get(f"{root}report.pdf", headers=GZIP)
    assert "Content-Encoding" not in pdf
    for answer in (plain, zipped, pdf):
        assert answer["Content-Length"] == str(len(answer.content))
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_files_of_one_version_are_for_good(published: Publication, client: Client) -> None:
    root = root_of(published)
    for name in ("report.pdf", "data.json", "data.csv"):
        assert "immutable" in client.get(f"{root}{published.version}/{name}")["Cache-Control"]
        assert "immutable" not in client.get(f"{root}{name}")["Cache-Control"]
    assert "immutable" not in client.get(f"{root}{published.version}/")["Cache-Control"]


def test_head_says_what_get_would(published: Publication, client: Client) -> None:
    root = root_of(published)
    for _kept in range(2):
        head, got = client.head(root), client.get(root)
        assert head.content == b""
        assert head["Content-Length"] == got["Content-Length"]
        assert head["ETag"] == got["ETag"]
        public_cache.clear()


def test_closed_pages_are_closed_here_too(
    published: Publication, client: Client, settings: Any, tmp_path: Any
) -> None:
    assert client.get(root_of(published)).status_code == 200
    settings.MAINTENANCE_FILE = tmp_path / "closed"
    settings.MAINTENANCE_FILE.touch()
    assert client.get(root_of(published)).status_code == 503


def test_kept_pages_outlast_a_database_that_is_away(
    published: Publication, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(root_of(published))

    def away(slug: str) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(public_cache, "LOOK", 0)
    monkeypatch.setattr(public_cache, "_stamp", away)
    assert client.get(root_of(published)).content == first.content
    with pytest.raises(OperationalError):
        client.get("/p/")


def test_invented_words_fill_nothing(published: Publication, client: Client) -> None:
    root = root_of(published)
    client.get(root)
    before = len(public_cache._shelf._kept)
    for word in range(5):
        assert client.get(f"{root}?x={word}&lang=xx{word}").status_code == 200
        assert client.get(f"/p/made-up-{word}/").status_code == 404
        assert client.get(f"/p/?province=made-up-{word}").status_code == 404
    assert len(public_cache._shelf._kept) == before
    assert set(public_cache._stamps._seen) <= {"", published.organisation.slug}


def test_the_shelf_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = public_cache._Shelf(250)
    for name in ("a", "b", "c"):
        kept = public_cache.Kept("s", 0, 200, (), None, name, b"x" * 100, None)
        shelf.put((name, "th", ""), kept)
    assert [shelf.find((name, "th", "")) is None for name in ("a", "b", "c")] == [True, False, False]


# Every process


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def two_servers(committed_db: CommittedDatabase) -> Iterator[list[int]]:
    """Two processes as `make demo` starts them, each with pages of its own."""
    ports = [_free_port(), _free_port()]
    environment = {**os.environ, "DATABASE_URL": committed_db.url}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "ita_core.wsgi",
        "--no-control-socket",
        "--log-level",
        "critical",
    ]
    servers = [
        subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}", "--threads", "2"], env=environment)
        for port in ports
    ]
    yield ports
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(timeout=20)


def _status(port: int, address: str) -> int:
    ask = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        ask.request("GET", address)
        return ask.getresponse().status
    except ConnectionRefusedError:
        return 0
    finally:
        ask.close()


def _until(port: int, address: str, status: int, seconds: float) -> float:
    """After how many seconds the server answers that."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if _status(port, address) == status:
            return time.monotonic() - begun
        time.sleep(0.05)
    raise AssertionError(f"{address} on {port} does not answer {status} within {seconds} s")


def test_what_is_withdrawn_is_gone_from_every_process(two_servers: list[int], home: Authority) -> None:
    published = made_public.published(home)
    root = root_of(published)
    addresses = (root, f"{root}1/report.pdf")
    for port in two_servers:
        for address in addresses:
            _until(port, address, 200, 30)
    made_public.withdrawn(home, of(published))
    for port in two_servers:
        for address in addresses:
            assert _until(port, address, 410, 10) < 2
