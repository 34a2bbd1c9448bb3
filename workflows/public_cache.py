"""The public site's pages are the same for everybody: made once in each process, and kept while nothing is done there.

Every act moves the head of its authority's chain, so that one row says whether a page still holds; it is looked at once
in ``LOOK`` seconds at most. A copy that was withdrawn is gone from every process within that time. A page is known by its
address and language; cookies are taken off before anything reads them, so no page can depend on who asks, and none is set.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag

from ita_core import maintenance
from workflows.models import ChainHead, Publication

PREFIX = "/p/"
LOOK = 1.0
"""Seconds for which a head counts as the newest."""
LONGEST = 300.0
"""Seconds that a page is kept at most: an authority's name and province change without an act."""
OF_ALL = 15.0
"""Seconds for which the list of all authorities stands unless one publishes: a withdrawal changes but a count there, and to
make it anew at every act in the country would cost more than the list is worth."""
MOST_BYTES, LARGEST = 64 * 1024**2, 4 * 1024**2
"""Of all kept bodies together in one process, and of one; a larger file is read from the archive each time."""
_COMPRESSED = ("text/", "application/json", "application/xml")
_WORTH_IT = 400  # bytes; what is smaller grows
_PASSED_ON = ("Content-Type", "Content-Disposition", "Content-Language", "Cache-Control", "Last-Modified",
    "Content-Security-Policy", "X-Robots-Tag", "Access-Control-Allow-Origin", "X-Frame-Options")  # fmt: skip

_SLUG = re.compile("[-a-zA-Z0-9_]*")

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent: plain and, where that is shorter, compressed."""

    stamp: Hashable
    until: float
    status: int
    headers: tuple[tuple[str, str], ...]
    modified: int | None
    tag: str
    plain: bytes
    zipped: bytes | None

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.zipped or b"")

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        zipped = self.zipped is not None and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        body = self.zipped if zipped and self.zipped is not None else self.plain
        response = HttpResponse(body if request.method == "GET" else b"", status=self.status)
        for name, value in self.headers:
            response.headers[name] = value
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Content-Length"] = str(len(body))
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        if self.status != 200:
            return response
        tag = quote_etag(f"{self.tag}-gzip" if zipped else self.tag)
        response.headers["ETag"] = tag
        return get_conditional_response(request, tag, self.modified, response) or response


class _Shelf:
    """Answers by address and language; the one that was not asked for the longest time goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._bytes += kept.size
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        self._bytes -= gone.size if gone is not None else 0

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0


class _Stamps:
    """What was done last, by authority; "" is what was published last anywhere."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[float, Hashable]] = {}

    def of(self, slug: str) -> Hashable:
        looked, stamp = self._seen.get(slug, (0.0, None))
        now = time.monotonic()
        if looked and now - looked < LOOK:
            return stamp
        try:
            stamp = _stamp(slug)
        except DatabaseError:
            if not looked:
                raise
            return stamp  # While the database is away nothing is withdrawn; what is kept stays readable.
        if stamp is not None:  # made-up addresses would fill the memory
            self._seen[slug] = (now, stamp)
        return stamp

    def clear(self) -> None:
        self._seen.clear()


def _stamp(slug: str) -> Hashable:
    if slug:
        heads = ChainHead.objects.across_organisations().filter(organisation__slug=slug)
        return heads.values_list("hash", flat=True).first()
    newest = Publication.objects.across_organisations().aggregate(Max("pk"))["pk__max"]
    return newest, int(time.monotonic() // OF_ALL)


_shelf, _stamps = _Shelf(MOST_BYTES), _Stamps()


def clear() -> None:
    """Forgets every page, as a process that begins."""
    _shelf.clear()
    _stamps.clear()


def language_of(request: HttpRequest) -> str:
    """By the address alone (``?lang=en``): what a cookie or a browser wishes would make one address several pages."""
    if not request.META.get("QUERY_STRING"):
        return settings.LANGUAGE_CODE
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def public_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(
                ["GET", "HEAD"]
            )  # no form leads here, and our page for it sets a cookie
        request.META.pop("HTTP_COOKIE", None)
        if maintenance.is_closed():
            return get_response(request)
        slug = request.path_info.split("/", 3)[2]
        if not _SLUG.fullmatch(slug):
            return get_response(request)  # PostgreSQL may not even be asked for some of these
        key, stamp = _key(request), _stamps.of(slug)
        kept = _shelf.find(key)
        if kept is not None and kept.stamp == stamp and time.monotonic() < kept.until:
            return kept.answer(request)
        return _made(request, get_response(request), key, stamp)

    return middleware


def _key(request: HttpRequest) -> Key:
    """Only what a page depends on: other words behind the question mark would fill the shelf with copies."""
    province = request.GET.get("province", "") if request.META.get("QUERY_STRING") else ""
    return request.path_info, language_of(request), province if request.path_info == PREFIX else ""


def _made(request: HttpRequest, response: HttpResponseBase, key: Key, stamp: Hashable) -> HttpResponseBase:
    """Keeps what its view calls public. The stamp is from before it was made, so that no act is missed in between."""
    public = response.get("Cache-Control", "").startswith("public")
    if not public or not isinstance(response, HttpResponse) or response.cookies:
        return response
    body = response.content
    kind = response.get("Content-Type", "")
    zipped = (
        gzip.compress(body, 6, mtime=0) if kind.startswith(_COMPRESSED) and len(body) > _WORTH_IT else None
    )
    modified = response.get("Last-Modified")
    kept = Kept(
        stamp=stamp,
        until=time.monotonic() + LONGEST,
        status=response.status_code,
        headers=tuple((name, response[name]) for name in _PASSED_ON if name in response),
        modified=parse_http_date_safe(modified) if modified else None,
        tag=hashlib.sha256(body).hexdigest()[:32],
        plain=body,
        zipped=zipped,
    )
    if kept.size <= LARGEST and stamp is not None:
        _shelf.put(key, kept)
    return kept.answer(request)
