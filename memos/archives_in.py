"""Looks at the directory of a zip that came from outside, before anything in it is unpacked. Pure.

Word and Excel files are zips. The limits are those of a report or a template, not of Word: 10 MB packed, 50 MB
unpacked (as declared, and as counted while unpacking), 1,000 parts, ratio 100. Who asks words the sentence.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Literal

PACKED, UNPACKED, PARTS, RATIO = 10 * 1024**2, 50 * 1024**2, 1000, 100
_SMALL = 64 * 1024  # a tiny part may shrink by more than RATIO without being a bomb
_CHUNK = 64 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zX")
_PICTURES = (".emz", ".wmz")  # gzip by nature, and Word's own

Reason = Literal["too-large", "broken", "bomb", "encrypted", "nested"]
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


class Suspect(Exception):
    """Not a zip to be opened: ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def names_in(data: bytes) -> list[str]:
    """The parts' names, from the directory alone: nothing is unpacked. Suspect when the directory is beyond the limits."""
    with _opened(data) as archive:
        return [info.filename for info in _checked(archive)]


def unpacked(data: bytes) -> dict[str, bytes]:
    """Every part by its name, in the file's order. Suspect when it is no zip, or one beyond the limits."""
    with _opened(data) as archive:
        return _read_all(archive, _checked(archive))


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    if len(data) > PACKED:
        raise Suspect("too-large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except _BROKEN as error:
        raise Suspect("broken") from error


def _checked(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _check_directory(infos)
    return infos


def _check_directory(infos: Sequence[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise Suspect("encrypted")
    bomb = any(info.file_size > _SMALL and info.file_size > RATIO * info.compress_size for info in infos)
    if bomb or len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED or _overlapping(infos):
        raise Suspect("bomb")
    if len(set(names)) != len(names) or any(_climbs(name) for name in names):
        raise Suspect("broken")


def _overlapping(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Entries that share bytes of the file, by which a small zip says more than it holds."""
    places = sorted((info.header_offset, info.compress_size) for info in infos)
    ends = [offset + _LOCAL_HEADER + size for offset, size in places]
    return any(end > offset for end, (offset, _size) in zip(ends, places[1:], strict=False))


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _read_all(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Counts what comes out: a directory may lie about sizes."""
    parts: dict[str, bytes] = {}
    room = UNPACKED
    for info in infos:
        pieces = []
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                room -= len(piece)
                if room < 0:
                    raise Suspect("bomb")
                pieces.append(piece)
        parts[info.filename] = b"".join(pieces)
        if parts[info.filename].startswith(_ARCHIVES) and not info.filename.endswith(_PICTURES):
            raise Suspect("nested")
    return parts
