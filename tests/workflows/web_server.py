"""A real website on this machine, with whatever a website may answer."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Whoever serves an address writes the answer himself.
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Website:
    """``pages`` by path; ``asked`` are the paths that were asked for, with their headers."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


def says(body: bytes, kind: str = "application/pdf", status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def page(html: str) -> Answer:
    return says(html.encode(), "text/html; charset=utf-8")


def sends_on(url: str, status: int = 302) -> Answer:
    return says(b"", "text/html", status, Location=url)


def late(seconds: float) -> Answer:
    return lambda handler: time.sleep(seconds)


def drips(seconds: float, head: bool = False) -> Answer:
    """A byte now and then, each well within any limit of its own: of the body, or of a header."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: " if head else b"HTTP/1.0 200 OK\r\n\r\n")
        until = time.monotonic() + seconds
        with contextlib.suppress(OSError):
            while time.monotonic() < until:
                handler.wfile.write(b"x")
                time.sleep(0.05)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    """More than anybody takes, and without saying so beforehand."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
    with contextlib.suppress(OSError):
        while True:
            handler.wfile.write(b"%PDF" * 4096)


def raw(data: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)

    return answer


@contextlib.contextmanager
def website(wrapped: Callable[[Any], Any] | None = None) -> Iterator[Website]:
    """``wrapped`` makes another socket of the listening one, as for TLS."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            site.pages.get(self.path, says(b"", "text/plain", 404))(self)

        def log_message(self, *args: Any, **more: Any) -> None:
            """Nobody reads it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Readers here hang up in the middle."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if wrapped is not None:
            server.socket = wrapped(server.socket)
        site = Website(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
