"""Writes the zip of a Word file itself: fixed dates and order, so that the same parts give the same bytes.

Python's zipfile would deflate every part again; a template's unchanged parts are kept deflated (StoredPart).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_DATE, _TIME = (1 << 5) | 1, 0  # 1 January 1980, the first day a zip can name
_VERSION, _UTF8_NAMES, _STORED, _DEFLATED, _LEVEL = 20, 0x800, 0, 8, 6


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One part as it lies in the zip."""

    data: bytes
    crc: int
    size: int
    method: int


def deflated(data: bytes) -> StoredPart:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return StoredPart(compressor.compress(data) + compressor.flush(), zlib.crc32(data), len(data), _DEFLATED)


def as_is(data: bytes) -> StoredPart:
    """For pictures, which are packed already."""
    return StoredPart(data, zlib.crc32(data), len(data), _STORED)


def write_zip(parts: Mapping[str, StoredPart]) -> bytes:
    """A zip of the parts in the mapping's order."""
    out: list[bytes] = []
    directory, offset = [], 0
    for name, part in parts.items():
        raw = name.encode("utf-8")
        facts = (_UTF8_NAMES, part.method, _TIME, _DATE, part.crc, len(part.data), part.size, len(raw), 0)
        header = _LOCAL.pack(b"PK\3\4", _VERSION, *facts)
        directory.append(_CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *facts, 0, 0, 0, 0, offset) + raw)
        out += (header, raw, part.data)
        offset += len(header) + len(raw) + len(part.data)
    central = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(central), offset, 0)
    return b"".join((*out, central, end))
