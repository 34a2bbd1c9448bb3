"""``python -m memos.importing.child READER``: one foreign file on standard input, one JSON object on standard output.

Limits first, imports after: what parses the file is loaded when nothing can grow any more. No Django here. ``found`` is
the Source as JSON; ``problem`` a code that the parent words (foreign.SENTENCES).
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from typing import Any

MEMORY = 512 * 1024**2
CPU_SECONDS = 10
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


def limit_myself() -> bool:
    """Memory, CPU, no files, no dumps, no network. False where the system forbids the last (see confined.py)."""
    alone = _without_network()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return alone


def _without_network() -> bool:
    """A network of its own, with nothing in it; an ordinary user needs a user namespace for that."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "unshare"):
        return False
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def probed(alone: bool) -> dict[str, bool]:
    """What confined.py asks: is the network gone, and does a way out exist? No packet is sent for that."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        return {"alone": alone, "reaches": way.connect_ex(("192.0.2.1", 9)) == 0}


def read(reader: str, data: bytes) -> Any:
    """Readers are imported by name: each brings only what it needs."""
    if reader == "word":
        from memos.importing.word import read_word

        return read_word(data).to_json()
    if reader == "excel":
        from memos.importing.excel import read_excel

        return read_excel(data).to_json()
    if reader == "excel-rows":
        from memos.importing.excel import read_rows

        return read_rows(data)
    if reader == "csv":
        from memos.importing.csv_text import read_csv

        return read_csv(data).to_json()
    if reader == "json":
        from memos.importing.own_json import read_json

        return read_json(data).to_json()
    if reader == "pasted":
        from memos.importing.pasted import read_pasted

        return read_pasted(data.decode("utf-8", "replace")).to_json()
    if reader == "pdf-codes":
        from memos.importing.pdf_codes import read_codes

        return read_codes(data)
    if reader == "scan":
        from memos.sealing.marks import read_scan

        return read_scan(data)
    if reader.startswith("template-"):
        from memos.importing.template import read_template

        _template, kind, language = reader.split("-", 2)
        return read_template(data, kind, language)
    raise ValueError(reader)


def main() -> None:
    from memos.archives_in import Suspect
    from memos.importing.grids import Unreadable

    alone, reader = limit_myself(), sys.argv[1]
    try:
        answer = {"found": probed(alone) if reader == "probe" else read(reader, sys.stdin.buffer.read())}
    except Unreadable as problem:
        answer = {"problem": problem.code}
    except Suspect as problem:
        answer = {"problem": problem.reason}
    except (MemoryError, RecursionError):
        answer = {"problem": "too-much"}
    except Exception:  # noqa: BLE001  # A parser may raise anything on a broken file; the parent has a sentence for it.
        answer = {"problem": "broken"}
    said = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
