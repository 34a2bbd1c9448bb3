"""Pages of the public site from gunicorn, as `make demo` serves them, over connections that stay open.

Answers a second of a page that is kept: whole, compressed, to a reader who has it already (304), and the PDF; beside them
what the same page costs when it is made anew. The readers are threads of this process, on the same processors.
"""

from __future__ import annotations

import re
import socket
import statistics
import threading
import time
from collections.abc import Iterator

from django.test import Client

from memos.models import Report
from tests.benchmarks import approving, serving
from tests.benchmarks.measuring import Row
from tests.memos.sealing import instant
from workflows import actions, drafts, permissions, public_cache, public_making, public_places
from workflows.models import Approval, Publication

HEADING = "Public site, gunicorn (2 processes × 4 threads)"
CONNECTIONS = 8
GOAL = "≥ 1,000"
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


def measure(rounds: int) -> Iterator[Row]:
    published = _published(approving.sample())
    page = public_places.path(published.organisation.slug, published.fiscal_year, published.slug)
    seconds = min(max(rounds / 25, 0.5), 8)
    tag = Client().get(page, headers={"Accept-Encoding": "gzip"})["ETag"]
    cases = {
        "a report's page, compressed": (page, "Accept-Encoding: gzip"),
        "the same, not compressed": (page, ""),
        "the same, unchanged (304)": (page, f"Accept-Encoding: gzip\r\nIf-None-Match: {tag}"),
        "a year's page, compressed": (page.rsplit("/", 2)[0] + "/", "Accept-Encoding: gzip"),
        "the report's PDF": (f"{page}report.pdf", ""),
    }
    with serving.served() as port:
        for name, (address, header) in cases.items():
            answers, size = _hammer(port, address, header, seconds)
            yield Row(HEADING, name, "/s", answers / seconds, GOAL)
            yield Row(HEADING, name, "kB", size / 1024)
    yield Row(HEADING, "the report's page made anew", "ms", _anew(page, max(rounds // 10, 5)))


def _published(report: Report) -> Publication:
    """A copy of the report, signed and made public by its drafter; nobody looks at its PDF."""
    drafter = approving._actor(report.drafter, report.approval)
    copy = drafts.copy_as_new(drafter, report, fiscal_year=2580)
    actions.submit(drafter, copy.pk, revision=copy.revision)
    for _step in range(approving.STEPS):
        approval = Approval.objects.of(report.organisation).select_related("content").get(report=copy)
        step = permissions.current_step(approval)
        assert step is not None
        approving.approve(approving._actor(permissions.officers(step)[0].user, approval), approval, step)
    draft = actions.prepare_public(drafter, copy.pk, revision=0)
    public_making.finish(draft, public_making.masked_source(draft), instant.page())
    act = actions.publish(drafter, copy.pk, revision=draft.revision)
    return Publication.objects.of(report.organisation).select_related("organisation").get(act=act)


def _hammer(port: int, address: str, header: str, seconds: float) -> tuple[int, int]:
    """Answers that came within the time on all connections together, and the size of one with its head."""
    request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}".rstrip().encode() + b"\r\n\r\n"
    counts, sizes = [0] * CONNECTIONS, [0] * CONNECTIONS

    def read(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port), 30) as line:
            sizes[number] = _ask(line, request)  # each process makes the page once, which is not counted
            begun.wait()
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                _ask(line, request)
                counts[number] += 1

    begun = threading.Barrier(CONNECTIONS)
    readers = [threading.Thread(target=read, args=(number,)) for number in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts), max(sizes)


def _ask(line: socket.socket, request: bytes) -> int:
    """The bytes of one whole answer. AssertionError for any but 200 and 304."""
    line.sendall(request)
    got = line.recv(1 << 16)
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += line.recv(1 << 16)
    status = got[9:12]
    assert status in (b"200", b"304"), got[:200]
    length = _LENGTH.search(got, 0, end + 2)
    whole = end + 4 + (int(length[1]) if length and status == b"200" else 0)
    have = len(got)
    while have < whole:
        have += len(line.recv(1 << 18))
    return have


def _anew(address: str, rounds: int) -> float:
    client, times = Client(), []
    for _round in range(rounds):
        public_cache.clear()
        started = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)
