"""The pages served from this process, as Django's own live tests do, but without their wait at the end of each."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread


class _Server(ThreadedWSGIServer):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answering: list[threading.Thread] = []

    def serve_forever(self, poll_interval: float = 0.02) -> None:
        """Looks that often (seconds) whether it is to end; half a second after each test adds up to a minute."""
        super().serve_forever(poll_interval)

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        self.answering.append(thread)
        thread.start()

    def server_close(self) -> None:
        """What is being answered is answered: the test's database is gone afterwards."""
        super().server_close()
        for thread in self.answering:
            thread.join(timeout=2)


class _Thread(LiveServerThread):
    server_class = _Server


@contextlib.contextmanager
def served(handler: type[StaticFilesHandler]) -> Iterator[str]:
    """The address of the server, without a slash at its end."""
    server = _Thread("127.0.0.1", handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
