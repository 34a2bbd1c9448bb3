"""One LibreOffice kept warm, run by the system's own Python: ``lane.py FOLDER`` (standard library and UNO only).

UNO's module belongs to the distribution's Python, so nothing of ours can be imported here. FOLDER holds profile and
temporary files. On stdin come requests: 4 bytes length, 1 byte flags, then a .docx; on stdout go answers: 1 byte (0 a
PDF, 1 a sentence why there is none), 4 bytes length, the bytes. The first answer, an empty PDF, says it is ready.
Ends with everything it started when stdin ends. Exit status 3: UNO is not installed.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO

THAI_PAGE_NUMBERS, FOR_THE_ARCHIVE = 1, 2
_REQUEST, _ANSWER = struct.Struct(">IB"), struct.Struct(">BI")
_START = 60.0  # seconds
_MEMORY = 4 << 30  # bytes of addresses; LibreOffice reserves 0.7 GB idle
_NO_UNO = 3


def main(folder: str) -> int:
    try:
        uno = importlib.import_module("uno")
    except ImportError:
        return _NO_UNO
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What LibreOffice prints is no answer.
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    pipe = f"lane-{os.path.basename(folder)}"
    with subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
         f"-env:UserInstallation=file://{folder}/profile", f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
    ) as office:  # fmt: skip
        threading.Thread(target=_end_with_the_worker, args=(folder, office), daemon=True).start()
        remote = _connect(uno, pipe, office)
        _answer(answers, 0, b"")
        _serve(uno, remote, requests, answers)
        _end(folder, office)
    return 0


def _end_with_the_worker(folder: str, office: subprocess.Popen[bytes]) -> None:
    """Its pipe hangs up when it is killed; who waits for a LibreOffice that hangs would never read that."""
    watched = select.poll()
    watched.register(sys.stdin.fileno(), 0)  # a hang-up is told without being asked for
    watched.poll()
    _end(folder, office)
    os._exit(0)


def _end(folder: str, office: subprocess.Popen[bytes]) -> None:
    """With everything that was started: ending the script would leave soffice.bin behind, writing its profile."""
    if os.getpid() == 1:
        # The first process of a namespace: all others in it are ours, and it ends with this one.
        os.kill(-1, signal.SIGKILL)
        office.wait()
        shutil.rmtree(folder, ignore_errors=True)
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _connect(uno: Any, pipe: str, office: subprocess.Popen[bytes]) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + _START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if office.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _serve(uno: Any, remote: Any, requests: BinaryIO, answers: BinaryIO) -> None:
    while len(head := requests.read(_REQUEST.size)) == _REQUEST.size:
        length, flags = _REQUEST.unpack(head)
        document = requests.read(length)
        try:
            pdf = _to_pdf(uno, remote, document, flags)
        except Exception as error:  # noqa: BLE001 – UNO's have no base of their own; the other side reads it
            if not _lives(remote):
                return
            _answer(answers, 1, f"{type(error).__name__}: {error}".encode())
        else:
            _answer(answers, 0, pdf)


def _lives(remote: Any) -> bool:
    """Whether the fault was the document's and not the end of LibreOffice."""
    try:
        remote.ServiceManager.getAvailableServiceNames()
    except Exception:  # noqa: BLE001
        return False
    return True


def _answer(answers: BinaryIO, status: int, data: bytes) -> None:
    answers.write(_ANSWER.pack(status, len(data)) + data)
    answers.flush()


def _to_pdf(uno: Any, remote: Any, document: bytes, flags: int) -> bytes:
    def create(service: str) -> Any:
        return remote.ServiceManager.createInstanceWithContext(service, remote)

    source = create("com.sun.star.io.SequenceInputStream")
    source.initialize((uno.ByteSequence(document),))
    desktop = create("com.sun.star.frame.Desktop")
    never = 0  # neither macros nor links
    loaded = desktop.loadComponentFromURL(
        "private:stream", "_blank", 0,
        _properties(uno, InputStream=source, FilterName="MS Word 2007 XML", Hidden=True,
                    MacroExecutionMode=never, UpdateDocMode=never),
    )  # fmt: skip
    if loaded is None:
        raise ValueError("LibreOffice did not open it")
    try:
        if flags & THAI_PAGE_NUMBERS:
            _number_in_thai(uno, loaded)
        return _stored(uno, create, loaded, bool(flags & FOR_THE_ARCHIVE))
    finally:
        with contextlib.suppress(Exception):
            loaded.close(True)


def _stored(uno: Any, create: Callable[[str], Any], loaded: Any, for_archive: bool) -> bytes:
    file = create("com.sun.star.io.TempFile")
    wanted = {"OutputStream": file.OutputStream, "FilterName": "writer_pdf_Export"}
    if for_archive:
        # Pictures as they are: seals, signatures and codes would be blurred as photographs.
        pdf_a_3b = _properties(uno, SelectPdfVersion=3, UseLosslessCompression=True)
        wanted["FilterData"] = uno.Any("[]com.sun.star.beans.PropertyValue", pdf_a_3b)
    loaded.storeToURL("private:stream", _properties(uno, **wanted))
    file.seek(0)
    _count, data = file.readBytes(None, file.getLength())
    return bytes(data.value)


def _number_in_thai(uno: Any, loaded: Any) -> None:
    """Arabic page numbers become those of the language, and their language Thai."""
    arabic, native = 4, uno.Any("short", 12)  # com.sun.star.style.NumberingType
    styles = loaded.StyleFamilies.getByName("PageStyles")
    for index in range(styles.Count):
        style = styles.getByIndex(index)
        if style.NumberingType == arabic:
            uno.invoke(style, "setPropertyValue", ("NumberingType", native))
    thai = uno.createUnoStruct("com.sun.star.lang.Locale")
    thai.Language, thai.Country = "th", "TH"
    fields = loaded.TextFields.createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.TextField.PageNumber"):
            field.Anchor.CharLocale = thai


def _properties(uno: Any, **values: Any) -> tuple[Any, ...]:
    made = []
    for name, value in values.items():
        entry = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        entry.Name, entry.Value = name, value
        made.append(entry)
    return tuple(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
