"""Where a website sends the check of an address on to: to Thai names as they are, never to what is no address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.workflows import web_server
from tests.workflows.web_server import Website, raw, says, sends_on
from workflows import fetching
from workflows.fetching import Unreached

QUOTED = "/%E0%B9%84%E0%B8%9F%E0%B8%A5%E0%B9%8C%201.pdf"


@pytest.fixture
def site(settings: Any) -> Iterator[Website]:
    with web_server.website() as found:
        settings.ADDRESS_CHECK_HOSTS = frozenset({found.place})
        yield found


@pytest.mark.parametrize("sent", ["/ไฟล์ 1.pdf".encode(), QUOTED.encode()])
def test_to_a_thai_name(site: Website, sent: bytes) -> None:
    site.pages["/"] = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + sent + b"\r\n\r\n")
    site.pages[QUOTED] = says(b"the file")
    found = fetching.get(site.url("/"))
    assert (found.body, found.url) == (b"the file", site.url(QUOTED))


@pytest.mark.parametrize("sent", ["http://[bad/", "http://[::1]:x/", "file:///etc/passwd", "http://a:b@c/"])
def test_to_no_address(site: Website, sent: str) -> None:
    site.pages["/"] = sends_on(sent)
    with pytest.raises(Unreached) as refused:
        fetching.get(site.url("/"))
    assert refused.value.problem == fetching.Problem.ADDRESS
