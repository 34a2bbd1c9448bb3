"""What somebody typed is fetched from a real server here, and nothing that only this machine can reach."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from memos import archive
from tests.workflows import web_server
from tests.workflows.web_server import Website, drips, endless, late, page, raw, says, sends_on
from workflows import fetching, looking_up
from workflows.addresses import AddressCheck
from workflows.looking_up import Finding

Problem = AddressCheck.Problem
PDF = b"%PDF-1.7 the very file"
OTHER = b"%PDF-1.7 another file"
SHA256 = archive.sha256(PDF)


@pytest.fixture
def site(settings: Any) -> Iterator[Website]:
    with web_server.website() as found:
        settings.ADDRESS_CHECK_HOSTS = frozenset({found.place})
        yield found


def look(url: str) -> Finding:
    return looking_up.look(url, SHA256)


def problem(url: str) -> str:
    found = look(url)
    assert not found.same
    assert found.reached == (found.problem in (Problem.OTHER, Problem.NO_FILE))
    return found.problem


def test_the_file_itself(site: Website) -> None:
    site.pages["/report.pdf"] = says(PDF)
    found = look(site.url("/report.pdf"))
    assert found == Finding(True, True, "", 200, SHA256, site.url("/report.pdf"))
    (_path, headers) = site.asked[0]
    assert headers["Host"] == site.place
    assert "Cookie" not in headers and "Authorization" not in headers


def test_another_file(site: Website) -> None:
    site.pages["/report.pdf"] = says(OTHER)
    assert look(site.url("/report.pdf")) == Finding(
        True, False, Problem.OTHER, 200, archive.sha256(OTHER), site.url("/report.pdf")
    )


def test_thai_and_spaces_in_the_address(site: Website) -> None:
    """As a browser's address bar gives them, or quoted already."""
    quoted = "/%E0%B9%84%E0%B8%9F%E0%B8%A5%E0%B9%8C%201.pdf?%E0%B8%82=1"
    site.pages[quoted] = says(PDF)
    assert look(site.url("/ไฟล์ 1.pdf?ข=1")).same
    assert look(site.url(quoted)).same


def test_a_file_that_comes_in_chunks(site: Website) -> None:
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PDF[:9], PDF[9:])) + b"0\r\n\r\n"
    site.pages["/c"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces)
    assert look(site.url("/c")).same


def test_a_page_that_links_to_it(site: Website) -> None:
    site.pages["/o43"] = page('<p><a href="files/old.pdf">1</a> <iframe src="/files/new%20one.PDF#page=1">')
    site.pages["/files/old.pdf"] = says(OTHER)
    site.pages["/files/new%20one.PDF"] = says(PDF)
    assert look(site.url("/o43")).seen_url == site.url("/files/new%20one.PDF")
    site.pages["/files/new%20one.PDF"] = says(OTHER)
    found = look(site.url("/o43"))
    assert (found.problem, found.sha256, found.reached) == (Problem.OTHER, archive.sha256(OTHER), True)


def test_a_page_without_our_file(site: Website) -> None:
    site.pages["/"] = page(
        '<a href="https://www.example.org/far.pdf">a</a> <a href="/x.doc">b</a> <a href="http://[">'
    )
    assert problem(site.url("/")) == Problem.NO_FILE
    assert site.paths == ["/"], "only files of the page's own host are fetched"


def test_no_more_than_a_few_links_are_followed(site: Website) -> None:
    site.pages["/"] = page("".join(f'<a href="{number}.pdf">.</a>' for number in range(50)))
    assert problem(site.url("/")) == Problem.NO_FILE
    assert len(site.asked) == 1 + looking_up.MOST_LINKS


def test_redirects(site: Website) -> None:
    site.pages["/report.pdf"] = says(PDF)
    site.pages["/1"], site.pages["/2"], site.pages["/3"] = (
        sends_on("/2", 301),
        sends_on("3"),
        sends_on("report.pdf", 307),
    )
    assert look(site.url("/1")).seen_url == site.url("/report.pdf")
    site.pages["/0"] = sends_on("/1")
    assert problem(site.url("/0")) == Problem.REDIRECTS


@pytest.mark.parametrize("status", [404, 403, 500, 503, 204])
def test_what_a_site_refuses(site: Website, status: int) -> None:
    site.pages["/"] = says(b"" if status == 204 else b"no", "text/html", status)
    assert look(site.url("/")) == Finding(False, False, Problem.STATUS, status)


@pytest.mark.parametrize("slow", [late(2), drips(2), drips(2, head=True)], ids=["silent", "body", "header"])
def test_a_site_that_takes_its_time(
    site: Website, slow: web_server.Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    site.pages["/"] = slow
    began = time.monotonic()
    assert problem(site.url("/")) == Problem.SLOW
    assert time.monotonic() - began < 1.5


def test_more_than_is_taken(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1 << 20)
    site.pages["/endless"] = endless
    assert problem(site.url("/endless")) == Problem.LARGE
    site.pages["/said"] = raw(b"HTTP/1.0 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
    assert problem(site.url("/said")) == Problem.LARGE


@pytest.mark.parametrize(
    "answer",
    [b"", b"hello", b"HTTP/1.0 200 OK\r\nContent-Length: 50\r\n\r\nshort", b"HTTP/1.0 9999 OK\r\n\r\n"],
)
def test_what_is_no_answer(site: Website, answer: bytes) -> None:
    site.pages["/"] = raw(answer)
    assert problem(site.url("/")) in (Problem.BROKEN, Problem.REFUSED)


def test_nobody_there(settings: Any) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{sock.getsockname()[1]}"
    settings.ADDRESS_CHECK_HOSTS = frozenset({place})
    assert problem(f"http://{place}/") == Problem.REFUSED


def _resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(host: str, port: int, **more: Any) -> list[Any]:
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_a_name_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving(monkeypatch)
    assert problem("https://www.nowhere.go.th/report.pdf") == Problem.NAME


# What only this machine can reach


def _refuse_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"connected to {args}")

    monkeypatch.setattr(socket, "create_connection", connect)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::",
        "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::1",
    ],
)  # fmt: skip
def test_private_addresses(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed as they are, and as what a public name resolves to, also beside a public one."""
    _refuse_to_connect(monkeypatch)
    assert not fetching.is_public(ipaddress.ip_address(address))
    typed = f"[{address}]" if ":" in address else address
    assert problem(f"http://{typed}/") == Problem.PRIVATE
    _resolving(monkeypatch, "8.8.8.8", address)
    assert problem("https://www.example.org/") == Problem.PRIVATE


@pytest.mark.parametrize("address", ["8.8.8.8", "203.150.1.1", "2404:6800:4001::1", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert fetching.is_public(ipaddress.ip_address(address))


LOCAL = ["localhost", "LOCALHOST.", "１２７.0.0.1", "intranet", "nas.local"]


@pytest.mark.parametrize("host", [*LOCAL, "2130706433", "0x7f.1", "127.1", "exa mple.go.th", "a\\b.go.th"])
def test_what_is_refused_before_anybody_is_asked(host: str) -> None:
    """Other spellings of this machine, names of its network, and what is no name."""
    with pytest.raises(fetching.Unreached) as refused:
        fetching.check_shape(f"http://{host}/")
    assert refused.value.problem == (Problem.PRIVATE if host in LOCAL else Problem.ADDRESS)


def test_a_redirect_to_this_machine(site: Website, settings: Any) -> None:
    """The first host is let through; where it sends on to is not."""
    with web_server.website() as inner:
        inner.pages["/secret"] = says(PDF)
        site.pages["/"] = sends_on(inner.url("/secret"))
        assert problem(site.url("/")) in (Problem.PRIVATE, Problem.ADDRESS)
        site.pages["/"] = sends_on("http://localhost/secret")
        assert problem(site.url("/")) == Problem.PRIVATE
        site.pages["/"] = page(f'<a href="{inner.url("/x.pdf")}">.</a>')
        assert not look(site.url("/")).same
        assert inner.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "", "report.pdf", "www.example.org", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)",
        "http://", "https:///a", "http://user:pass@example.org/", "http://example.org:8080/", "http://example.org:22/",
        "http://example.org:99999/", "http://[::1/", "gopher://example.org/", "http://a..b/",
    ],
)  # fmt: skip
def test_what_is_no_address_for_us(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse_to_connect(monkeypatch)
    assert problem(url) == Problem.ADDRESS


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves otherwise the second time (DNS rebinding) is not asked a second time."""
    asked: list[Any] = []

    def connect(address: Any, timeout: float) -> Any:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    _resolving(monkeypatch, "203.150.1.1", "203.150.1.2")
    assert problem("http://www.example.org/") == Problem.REFUSED
    assert asked == [("203.150.1.1", 80), ("203.150.1.2", 80)]


# TLS


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "tls.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_https(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that nobody vouches for is refused; one that is trusted is enough."""
    file = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with web_server.website(lambda sock: context.wrap_socket(sock, server_side=True)) as site:
        settings.ADDRESS_CHECK_HOSTS = frozenset({site.place})
        site.pages["/report.pdf"], site.pages["/slow"] = says(PDF), drips(2)
        url = f"https://{site.place}/report.pdf"
        assert problem(url) == Problem.SECURITY
        trusting = ssl.create_default_context(cafile=str(file))
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        assert look(url).same
        monkeypatch.setattr(fetching, "SECONDS", 0.5)
        assert problem(f"https://{site.place}/slow") == Problem.SLOW
