"""A mail server and a stand-in of LINE's push API on this machine, each of which can be in any of several moods.

Both keep what they took by its number (Message-ID, X-Line-Retry-Key), as the real ones do, and know one that comes again.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
import socketserver
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

WELL, DOWN, SLOW, BROKEN, TAKES_AND_GOES, REFUSES = (
    "well",
    "down",
    "slow",
    "broken",
    "takes and goes",
    "refuses",
)
MOODS = [WELL, DOWN, SLOW, BROKEN, TAKES_AND_GOES]
PATIENCE = 0.5  # seconds that the sender waits; the slow ones take longer


class Provider:
    """``taken``: number → the different texts that came under it. ``asked`` counts every attempt that got so far."""

    server: socketserver.TCPServer

    def __init__(self) -> None:
        self.mood = WELL
        self.taken: dict[str, set[str]] = defaultdict(set)
        self.asked: Counter[str] = Counter()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def take(self, number: str, text: str) -> bool:
        """True when it was there before."""
        known = number in self.taken
        self.asked[number] += 1
        if self.mood not in (DOWN, BROKEN, REFUSES):
            self.taken[number].add(text)
        return known


class _MailHandler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        post: Provider = self.server.provider  # type: ignore[attr-defined]
        if post.mood == DOWN:
            return
        with contextlib.suppress(OSError):
            self._say(220, "here")
            while line := self.rfile.readline():
                word = line.split(b" ")[0].strip().upper()
                if word == b"RCPT" and post.mood == REFUSES:
                    self._say(550, "no such person")
                elif word == b"DATA":
                    self._say(354, "go on")
                    if not self._take(post):
                        return
                elif word == b"QUIT":
                    self._say(221, "bye")
                    return
                else:
                    self._say(250, "well")

    def _take(self, post: Provider) -> bool:
        lines = []
        while (line := self.rfile.readline()).strip(b"\r\n") != b"." and line:
            lines.append(line)
        read = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        body = read.get_body()
        post.take(
            str(read["Message-ID"]), f"{read['To']}\n{read['Subject']}\n{body.get_content() if body else ''}"
        )
        if post.mood == TAKES_AND_GOES:
            return False
        if post.mood == SLOW:
            time.sleep(PATIENCE * 1.6)
        self._say(451 if post.mood == BROKEN else 250, "later" if post.mood == BROKEN else "taken")
        return True

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


class _LineHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        line: Provider = self.server.provider  # type: ignore[attr-defined]
        if line.mood == DOWN:
            return
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v2/bot/message/push" or self.headers["Authorization"] != "Bearer of-a-test":
            self._answer(401)
            return
        text = f"{asked['to']}\n{asked['messages'][0]['text']}"
        known = line.take(self.headers["X-Line-Retry-Key"], text)
        if line.mood == TAKES_AND_GOES:
            return
        if line.mood == SLOW:
            time.sleep(PATIENCE * 1.6)
        status = {BROKEN: 500, REFUSES: 400}.get(line.mood, 409 if known else 200)
        with contextlib.suppress(OSError):
            self._answer(status)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: Any) -> None:
        """Nothing: its words would stand among the test's."""


class _MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


class _LineServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextlib.contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[Provider]:
    provider = Provider()
    provider.server = server
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def both(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Provider, Provider]]:
    """A mail server and LINE, set up for this process and for those that it starts."""
    mail = _serving(_MailServer(("127.0.0.1", 0), _MailHandler))
    push = _serving(_LineServer(("127.0.0.1", 0), _LineHandler))
    with mail as post, push as line:
        values = {
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": post.port, "LINE_CHANNEL_TOKEN": "of-a-test",
            "LINE_API_URL": f"http://127.0.0.1:{line.port}",
        }  # fmt: skip
        for name, value in values.items():
            setattr(settings, name, value)
            monkeypatch.setenv(name, str(value))
        monkeypatch.setenv("SENDING_SECONDS", str(PATIENCE))
        settings.EMAIL_TIMEOUT, settings.NOTICES_BY_MAIL = PATIENCE, True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield post, line
