"""Our pages from servers as in the Makefile, asked over HTTP by somebody who is logged in."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.test import Client

from ita_core.models import User
from tests.logging_in import log_in

WORKERS, THREADS = 2, 4


def session_of(person: User) -> str:
    """The Cookie header of a person who has just logged in."""
    client = Client()
    log_in(client, person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextlib.contextmanager
def served() -> Iterator[int]:
    """The port of gunicorn with the pages of the database that DATABASE_URL names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DEBUG": "0", "INSECURE_HTTP": "1", "SECRET_KEY": settings.SECRET_KEY}
    command = [
        sys.executable, "-W", "ignore", "-m", "gunicorn", "ita_core.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--access-logfile", "/dev/null",
        "--log-level", "error", "--no-control-socket",
    ]  # fmt: skip
    with subprocess.Popen(command, env=environment) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _attempt in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("gunicorn did not start")


class Reader:
    """Opens pages on one connection, as a browser does."""

    def __init__(self, port: int, cookie: str) -> None:
        self._headers = {"Cookie": cookie, "Host": "127.0.0.1"}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def milliseconds(self, pages: Mapping[str, str], rounds: int, pause: float) -> dict[str, list[float]]:
        """Of each page, in turns, with a pause in seconds after every one."""
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _round in range(rounds):
            for name, address in pages.items():
                times[name].append(self._open(address))
                time.sleep(pause)
        return times

    def _open(self, address: str) -> float:
        started = time.perf_counter()
        try:
            self._connection.request("GET", address, headers=self._headers)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:
            # It was idle for longer than the server keeps it.
            self._connection.close()
            return self._open(address)
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise AssertionError(f"{address}: {answer.status}")
        return (time.perf_counter() - started) * 1000
