"""Is what lies at an address the file that was published? The file itself, or a page that links to it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from memos import archive
from workflows import fetching
from workflows.addresses import AddressCheck
from workflows.fetching import Fetched, Unreached

Problem = AddressCheck.Problem

MOST_LINKS: Final = 5
"""Links of one page that are followed."""
SECONDS: Final = 60.0
"""For an address with all the links of its page."""
_LONGEST_PAGE: Final = 2 * 1024 * 1024  # bytes of HTML that are read for links
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_LINKS: Final = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What AddressCheck keeps of one look; its columns say what each is."""

    reached: bool
    same: bool
    problem: str = ""
    status: int | None = None
    sha256: str = ""
    seen_url: str = ""


def look(url: str, sha256: str, trusted: frozenset[str] = frozenset()) -> Finding:
    """Compares by SHA-256 alone: a file that was saved anew or stamped is another file."""
    until = time.monotonic() + SECONDS
    try:
        found = fetching.get(url, trusted, until)
    except Unreached as fault:
        return Finding(reached=False, same=False, problem=fault.problem, status=fault.status)
    digest = archive.sha256(found.body)
    if digest == sha256:
        return _of(found, digest, "")
    if not _is_page(found):
        return _of(found, digest, Problem.OTHER)
    return _linked(found, sha256, trusted, until)


def _of(found: Fetched, digest: str, problem: str) -> Finding:
    return Finding(True, not problem, problem, found.status, digest, found.url)


def _is_page(found: Fetched) -> bool:
    """By what the site says it is; many sites say it of every address, so a file that is a PDF is none."""
    return found.kind in _PAGES and not found.body.startswith(b"%PDF")


def _linked(page: Fetched, sha256: str, trusted: frozenset[str], until: float) -> Finding:
    """The first linked file that is the one; else what the first of them was."""
    others: list[Finding] = []
    for link in links(page):
        try:
            found = fetching.get(link, trusted, until)
        except Unreached:
            continue
        digest = archive.sha256(found.body)
        if digest == sha256:
            return _of(found, digest, "")
        others.append(_of(found, digest, Problem.OTHER))
    nothing = Finding(True, False, Problem.NO_FILE, page.status, "", page.url)
    return others[0] if others else nothing


def links(page: Fetched) -> list[str]:
    """Addresses of .pdf files on the page's own host, in the page's order, the first few."""
    parser = _Links()
    parser.feed(page.body[:_LONGEST_PAGE].decode("utf-8", "replace"))
    base = urljoin(page.url, parser.base)
    found = []
    for typed in parser.found:
        try:
            link = urljoin(base, typed.strip())
            parts = urlsplit(link)
            if parts.path.lower().endswith(".pdf") and parts.hostname == urlsplit(page.url).hostname:
                found.append(parts._replace(fragment="").geturl())
        except ValueError:
            continue
    return list(dict.fromkeys(found))[:MOST_LINKS]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base, self.found = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "base":
            self.base = self.base or values.get("href") or ""
        elif (name := _LINKS.get(tag)) and (link := values.get(name)):
            self.found.append(link)
