"""The other end of lane.py: a LibreOffice that is started when first wanted and killed when it hangs."""

from __future__ import annotations

import contextlib
import functools
import os
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from pathlib import Path

from memos.rendering import fonts, lane
from memos.rendering.pdf_copy import PdfCopy

SYSTEM_PYTHON = "/usr/bin/python3"
# For one document; a thousand pages take about ten. One that hangs is found out early: others wait behind it.
SECONDS = 20.0
_STARTING = 60.0
# It keeps a little of every document that it has opened.
DOCUMENTS_UNTIL_RESTART = 200
_REQUEST, _ANSWER = struct.Struct(">IB"), struct.Struct(">BI")
_LARGEST_ANSWER = 200 << 20  # bytes
# Links in a document would be fetched while it is converted. A namespace of processes dies with its first one.
_ALONE = ("unshare", "--net", "--pid", "--fork", "--kill-child=KILL")
_ALONE_WITHOUT_ROOT = (*_ALONE, "--map-root-user")


class OfficeAbsent(Exception):
    """LibreOffice or its UNO module is not installed, or does not start."""


class OfficeHung(Exception):
    """No answer in time, or it died over the document. The next one finds a new LibreOffice."""


class Unreadable(Exception):
    """LibreOffice opened the file and refused it; the message is what it said."""


@functools.cache
def isolation() -> tuple[str, ...]:
    """The command that keeps LibreOffice off the network; () where this system forbids it."""
    for command in (_ALONE, _ALONE_WITHOUT_ROOT):
        if shutil.which(command[0]):
            tried = subprocess.run([*command, "true"], check=False, capture_output=True, timeout=10)
            if tried.returncode == 0:
                return command
    return ()


class Office:
    """One lane with its folder. Not for threads; a worker's process has one."""

    def __init__(self) -> None:
        self._lane: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        self._made = 0

    def pdf(self, copy: PdfCopy, seconds: float = SECONDS, *, for_archive: bool = False) -> bytes:
        """``for_archive``: as PDF/A-3b, with its fonts and colours described. OfficeAbsent, OfficeHung, Unreadable."""
        if self._made >= DOCUMENTS_UNTIL_RESTART:
            self.close()
        self._made += 1
        flags = (lane.THAI_PAGE_NUMBERS * copy.thai_page_numbers) | (lane.FOR_THE_ARCHIVE * for_archive)
        try:
            if self._lane is None:
                self._start()
            deadline = time.monotonic() + seconds
            self._send(_REQUEST.pack(len(copy.docx), flags) + copy.docx, deadline)
            status, answer = self._answer(deadline)
        except BaseException:
            # An alarm of the worker too: what is half said cannot be gone on with.
            self.close()
            raise
        if status:
            raise Unreadable(answer.decode("utf-8", "replace"))
        return answer

    def close(self) -> None:
        """The lane with everything it started, at once, and its folder."""
        running, self._lane, self._made = self._lane, None, 0
        if running is None:
            return
        _kill_group(running)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
            raise OfficeAbsent("soffice or the system's Python is missing")
        self._folder = Path(tempfile.mkdtemp(prefix="rendering-"))
        self._lane = subprocess.Popen(
            [*isolation(), SYSTEM_PYTHON, "-I", lane.__file__, str(self._folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=fonts.environment(self._folder), cwd=self._folder, start_new_session=True, bufsize=0,
        )  # fmt: skip
        assert self._lane.stdin is not None
        os.set_blocking(self._lane.stdin.fileno(), False)
        try:
            self._answer(time.monotonic() + _STARTING)
        except OfficeHung as hung:
            raise OfficeAbsent("LibreOffice or python3-uno does not start") from hung

    def _send(self, data: bytes, deadline: float) -> None:
        assert self._lane is not None
        assert self._lane.stdin is not None
        pipe, rest = self._lane.stdin.fileno(), memoryview(data)
        while rest:
            _ready, writable, _none = select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))
            if not writable:
                raise OfficeHung("LibreOffice does not read")
            try:
                rest = rest[os.write(pipe, rest) :]
            except BrokenPipeError as gone:
                raise OfficeHung("LibreOffice has ended") from gone

    def _answer(self, deadline: float) -> tuple[int, bytes]:
        status, length = _ANSWER.unpack(self._read(_ANSWER.size, deadline))
        if length > _LARGEST_ANSWER:
            raise OfficeHung("the answer is too long")
        return status, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self._lane is not None
        assert self._lane.stdout is not None
        pipe, data = self._lane.stdout.fileno(), bytearray()
        while len(data) < length:
            readable, _none, _nothing = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not readable:
                raise OfficeHung("LibreOffice took too long")
            read = os.read(pipe, min(length - len(data), 1 << 20))
            if not read:
                raise OfficeHung("LibreOffice has ended")
            data += read
        return bytes(data)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


@functools.cache
def of_this_process() -> Office:
    """The one that a worker keeps warm; it ends when the process does, because its stdin ends."""
    return Office()
