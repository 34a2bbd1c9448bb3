"""Fetches an address that somebody typed, without being led to what only this machine can reach.

http and https, ports 80 and 443, public hosts alone: every address that a name resolves to has to be public, the
connection goes to the one that was looked at, and a redirect begins anew. No cookies, no proxy, no password. What is
taken is bounded in bytes and in time. Hosts in ADDRESS_CHECK_HOSTS are let through; an intranet's own site is one.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import math
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from workflows.addresses import AddressCheck

Problem = AddressCheck.Problem

SECONDS: Final = 10.0
"""For one request, from the name to the last byte."""
MOST_BYTES: Final = 30 * 1024 * 1024
MOST_REDIRECTS: Final = 3
_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE: Final = 64 * 1024
_HEADERS: Final = {
    "User-Agent": "ita-memos (checks that a published report still answers)",
    "Accept": "application/pdf,text/html;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
# Whatever stands in an address and is not sent as it is; what is quoted already stays.
_AS_THEY_ARE: Final = "%/:=&?~#+!$,;'@()*[]"
_NAME: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?")
_WITHIN: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreached(Exception):
    """Nothing came: ``problem`` says why, ``status`` is the site's own answer where it gave one."""

    def __init__(self, problem: AddressCheck.Problem, status: int | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.status = problem, status


@dataclass(frozen=True, slots=True)
class Fetched:
    """``url`` is the last one, after redirects; ``kind`` the media type without its parameters."""

    url: str
    status: int
    kind: str
    body: bytes


def get(url: str, trusted: frozenset[str] = frozenset(), until: float = math.inf) -> Fetched:
    """The body at the address. ``trusted`` are further ``host:port`` that may be private. Unreached says why not.

    ``until`` ends it earlier, on the clock of ``time.monotonic``.
    """
    for _hop in range(MOST_REDIRECTS + 1):
        found = _one(url, trusted, min(time.monotonic() + SECONDS, until))
        if isinstance(found, Fetched):
            return found
        url = found
    raise Unreached(Problem.REDIRECTS)


def place_of(url: str) -> str:
    """``host:port`` of an address that can be fetched. Unreached for any other."""
    _plain, host, port = _parts(url)
    return f"{host}:{port}"


def check_shape(url: str, trusted: frozenset[str] = frozenset()) -> None:
    """What can be said of an address without asking anybody: Unreached for what would never be fetched."""
    _plain, host, port = _parts(url)
    if _is_let_through(host, port, trusted):
        return
    if port not in _PORTS.values():
        raise Unreached(Problem.ADDRESS)
    try:
        if not is_public(ipaddress.ip_address(host)):
            raise Unreached(Problem.PRIVATE)
    except ValueError:
        _check_name(host)


def _check_name(host: str) -> None:
    """Names without a dot are of this machine or its network; 2130706433 and 0x7f.1 are addresses in disguise."""
    if not _NAME.fullmatch(host):
        raise Unreached(Problem.ADDRESS)
    if "." not in host or host.endswith(_WITHIN):
        raise Unreached(Problem.PRIVATE)


def leads_inside(url: str) -> bool:
    """Whether an address names this machine or a private one, as far as that can be said without asking anybody."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        return host == "localhost"


def is_public(address: Address) -> bool:
    """Whether anybody in the internet would reach the same machine; an address within another one counts as that."""
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _parts(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode().lower()
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError) as fault:
        raise Unreached(Problem.ADDRESS) from fault
    if parts.scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        raise Unreached(Problem.ADDRESS)
    return parts, host, port


def _is_let_through(host: str, port: int, trusted: frozenset[str]) -> bool:
    return f"{host}:{port}" in trusted or f"{host}:{port}" in settings.ADDRESS_CHECK_HOSTS


def _one(url: str, trusted: frozenset[str], deadline: float) -> Fetched | str:
    """One request: what came, or the address that it was sent on to."""
    parts, host, port = _parts(url)
    check_shape(url, trusted)
    with _faults_told(deadline), contextlib.ExitStack() as stack:
        sock = stack.enter_context(_reached(_resolved(host, port, trusted), port, deadline))
        if parts.scheme == "https":
            context = ssl.create_default_context()
            sock = stack.enter_context(context.wrap_socket(sock, server_hostname=host))
        stack.enter_context(_shut_at(deadline, sock))
        connection = http.client.HTTPConnection(host, port)
        connection.default_port = _PORTS[parts.scheme]  # Else the Host header of https names it.
        # Connected already: the name is not resolved again behind the addresses that were looked at.
        connection.sock = sock
        connection.request("GET", _target(parts), headers=_HEADERS)
        answer = stack.enter_context(connection.getresponse())
        _left(deadline)  # What was cut off by the clock looks like a whole answer.
        if answer.status in _REDIRECTS and (onward := answer.getheader("Location")):
            return _onward(url, onward.strip())
        if answer.status != http.HTTPStatus.OK:
            raise Unreached(Problem.STATUS, answer.status)
        kind = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
        body = _body(answer)
        _left(deadline)
        return Fetched(url, answer.status, kind, body)


def _onward(url: str, location: str) -> str:
    """Header values come as Latin-1: a site that sends Thai as it is means its bytes."""
    try:
        return urljoin(url, quote(location.encode("latin-1"), safe=_AS_THEY_ARE))
    except ValueError as fault:
        raise Unreached(Problem.ADDRESS) from fault


def _target(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_AS_THEY_ARE)}" if parts.query else ""
    return quote(parts.path or "/", safe=_AS_THEY_ARE) + query


@contextlib.contextmanager
def _faults_told(deadline: float) -> Iterator[None]:
    """The network's faults as problems; the order is from what says most to what says least."""
    try:
        yield
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        # Whatever came of a connection that was shut when its time was over.
        late = time.monotonic() >= deadline or isinstance(fault, TimeoutError)
        raise Unreached(Problem.SLOW if late else _problem_of(fault)) from fault


def _problem_of(fault: Exception) -> AddressCheck.Problem:
    if isinstance(fault, ssl.SSLError):
        return Problem.SECURITY
    if isinstance(fault, socket.gaierror):
        return Problem.NAME
    if isinstance(fault, UnicodeError):
        return Problem.ADDRESS
    return Problem.BROKEN if isinstance(fault, http.client.HTTPException) else Problem.REFUSED


@contextlib.contextmanager
def _shut_at(deadline: float, sock: socket.socket) -> Iterator[None]:
    """A site that sends a byte a second never times out by itself."""

    def shut() -> None:
        with contextlib.suppress(OSError):
            # Not the method of a TLS socket, which would forget its state under the reader's hands.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(_left(deadline), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _resolved(host: str, port: int, trusted: frozenset[str]) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not _is_let_through(host, port, trusted) and not all(
        is_public(ipaddress.ip_address(address.partition("%")[0])) for address in addresses
    ):
        raise Unreached(Problem.PRIVATE)
    return addresses


def _reached(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """The first that answers; the fault of the last when none does."""
    fault: OSError = ConnectionError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=_left(deadline))
        except OSError as problem:
            fault = problem
    raise fault


def _body(answer: http.client.HTTPResponse) -> bytes:
    pieces, size = [], 0
    if (answer.length or 0) > MOST_BYTES:
        raise Unreached(Problem.LARGE, answer.status)
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise Unreached(Problem.LARGE, answer.status)
        pieces.append(piece)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _left(deadline: float) -> float:
    """Seconds; TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
