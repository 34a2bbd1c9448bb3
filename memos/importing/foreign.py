"""The only door for files from outside: they are read in a child process, which may die without hurting anybody.

The child has 512 MB, 10 s of CPU, no network where the system allows that, no settings, no database and no secrets in
its environment; it is given 10 s by the clock and is killed with everything it started. What it says is bounded JSON.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ita_core import language
from memos.archives_in import Suspect, names_in

SECONDS = 10.0
MOST_SAID = 16 * 1024**2
"""Bytes of JSON; three million Thai letters take nine."""
_ROOT = Path(__file__).resolve().parents[2]
_LANES = threading.BoundedSemaphore(2)
_ZIPPED = ("word", "excel", "template-")
_BROKEN = gettext_noop("ไฟล์เสียหายหรือดาวน์โหลดมาไม่ครบ จึงอ่านไม่ได้ โปรดเปิดด้วยโปรแกรมเดิม บันทึกใหม่ แล้วส่งอีกครั้ง")
_BOMB = gettext_noop("ไฟล์นี้ขยายแล้วใหญ่ผิดปกติ จึงไม่อ่าน")
_TOO_MUCH = gettext_noop("ไฟล์นี้ซับซ้อนหรือใหญ่เกินกว่าจะอ่านได้ โปรดคัดเฉพาะตารางไปไว้ในไฟล์ใหม่แล้วส่งไฟล์นั้น")
# Whatever may be wrong with a file, by the code that the child or the look at the directory gives.
SENTENCES = {
    "empty": gettext_noop("ไฟล์ว่างเปล่า"),
    "too-large": gettext_noop("ไฟล์ใหญ่เกิน 10 เมกะไบต์"),
    "broken": _BROKEN,
    "bomb": _BOMB,
    "nested": gettext_noop("ไฟล์นี้มีไฟล์หรือวัตถุจากโปรแกรมอื่นฝังอยู่ โปรดลบออกแล้วบันทึกใหม่"),
    "encrypted": gettext_noop("ไฟล์นี้ตั้งรหัสผ่านไว้ โปรดบันทึกใหม่โดยไม่ตั้งรหัสผ่าน"),
    "compound": gettext_noop(
        "ไฟล์นี้เป็นรูปแบบเก่า (.doc .xls) หรือตั้งรหัสผ่านไว้ โปรดบันทึกใหม่เป็น .docx หรือ .xlsx โดยไม่ตั้งรหัสผ่าน"
    ),
    "macros": gettext_noop("ไฟล์นี้มีมาโคร โปรดบันทึกใหม่เป็น .docx หรือ .xlsx ที่ไม่มีมาโคร"),
    "embedded": gettext_noop("ไฟล์นี้มีไฟล์หรือวัตถุจากโปรแกรมอื่นฝังอยู่ โปรดลบออกแล้วบันทึกใหม่"),
    "external": gettext_noop("ไฟล์นี้อ้างถึงสิ่งที่อยู่นอกไฟล์ เช่น ภาพหรือแม่แบบที่ลิงก์ไว้ โปรดลบลิงก์นั้นแล้วบันทึกใหม่"),
    "entities": gettext_noop("ไฟล์นี้มีคำสั่งภายในที่ไม่ปลอดภัย จึงไม่อ่าน โปรดเปิดด้วย Word หรือ Excel แล้วบันทึกใหม่"),
    "not-this-kind": gettext_noop("นี่ไม่ใช่ไฟล์ Word (.docx) Excel (.xlsx) หรือ .csv หรือนามสกุลของไฟล์ไม่ตรงกับเนื้อหา"),
    "not-ours": gettext_noop("ไฟล์ .json นี้ไม่ใช่ไฟล์ตารางที่ส่งออกจากระบบนี้ จึงอ่านไม่ได้"),
    "no-table": gettext_noop("ไม่พบตารางในไฟล์นี้"),
    "too-many-tables": gettext_noop("ไฟล์นี้มีตารางมากเกินไป โปรดแบ่งเป็นหลายไฟล์"),
    "too-many-rows": gettext_noop("ตารางในไฟล์นี้มีแถวมากเกินไป (เกิน 3,000 แถว) โปรดแบ่งเป็นหลายไฟล์"),
    "too-many-pages": gettext_noop("ไฟล์นี้มีหน้ามากเกินไป (เกิน 60 หน้า)"),
    "too-many-columns": gettext_noop("ตารางในไฟล์นี้มีคอลัมน์มากเกินไป (เกิน 60 คอลัมน์)"),
    "cell-too-long": gettext_noop("ช่องหนึ่งในตารางหรือย่อหน้าหนึ่งมีข้อความยาวเกิน 20,000 ตัวอักษร โปรดย่อหรือแบ่งข้อความ"),
    "open-quote": gettext_noop(
        'ไฟล์นี้มีเครื่องหมายคำพูด (") ที่เปิดไว้แต่ไม่มีตัวปิด แถวที่ตามมาจึงรวมเป็นช่องเดียว โปรดแก้ในไฟล์แล้วส่งใหม่'
    ),
    "too-much-text": gettext_noop("ไฟล์นี้มีข้อความมากเกินไป โปรดแบ่งเป็นหลายไฟล์"),
    "coding": gettext_noop("อ่านตัวอักษรในไฟล์ไม่ได้ โปรดบันทึกใหม่เป็น CSV UTF-8"),
    "too-much": _TOO_MUCH,
    "busy": gettext_noop("ระบบกำลังอ่านไฟล์อื่นอยู่ โปรดลองใหม่ในอีกสักครู่"),
}


class ForeignFile(Exception):
    """It cannot be taken; ``sentence`` says why, in the reader's language. ``code`` is a key of SENTENCES."""

    def __init__(self, code: str) -> None:
        self.code = code if code in SENTENCES else "broken"
        self.sentence = language.shown(_(SENTENCES[self.code]))
        super().__init__(self.sentence)


def run(reader: str, data: bytes, seconds: float = SECONDS) -> Any:
    """What the child's reader of that name found in ``data``, as plain JSON. ForeignFile when it cannot be read.

    Zipped kinds (word, excel, template-…) are judged by their directory first, here, where a refusal costs nothing.
    """
    if not data:
        raise ForeignFile("empty")
    if reader.startswith(_ZIPPED):
        try:
            names_in(data)
        except Suspect as suspect:
            raise ForeignFile(suspect.reason) from suspect
    deadline = time.monotonic() + seconds
    if not _LANES.acquire(timeout=seconds):
        raise ForeignFile("busy")
    try:
        return _answer(_said(reader, data, max(deadline - time.monotonic(), 1.0)))
    finally:
        _LANES.release()


def _answer(said: bytes) -> Any:
    try:
        answer = json.loads(said)
    except ValueError as error:  # Killed for memory or time, or by its own parser: it ended in the middle.
        raise ForeignFile("too-much") from error
    if not isinstance(answer, dict) or "found" not in answer:
        raise ForeignFile(str(answer.get("problem")) if isinstance(answer, dict) else "broken")
    return answer["found"]


def _said(reader: str, data: bytes, seconds: float) -> bytes:
    """What the child wrote, at most MOST_SAID bytes; ForeignFile when it took too long or said too much."""
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        with _child(reader, given) as process:
            assert process.stdout is not None
            return _read_until(process.stdout.fileno(), time.monotonic() + seconds)


@contextmanager
def _child(reader: str, given: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The running child; gone with its whole process group when the block ends."""
    command = [sys.executable, "-m", "memos.importing.child", reader]
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603  # our own module; the reader's name is ours too
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _read_until(stream: int, deadline: float) -> bytes:
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(max(deadline - time.monotonic(), 0)):
                raise ForeignFile("too-much")
            piece = os.read(stream, 64 * 1024)
            if not piece:
                return bytes(said)
            said += piece
            if len(said) > MOST_SAID:
                raise ForeignFile("too-much-text")
