"""A converter that needs no LibreOffice: one page of the words it is asked for, as small as PDF/A gets."""

from __future__ import annotations

import functools
import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from memos.rendering import office


@functools.cache
def page(number: int = 1) -> bytes:
    """A blank page with the description of colours that LibreOffice writes; ``number`` makes it another one."""
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842 + number))
        profile = pdf.make_stream(b"profile", N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB",
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = Array([intent])
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


class Instant:
    """Counts what it converted; ``fails`` is raised instead, once for each that is in it."""

    def __init__(self, fails: list[Exception] | None = None) -> None:
        self.made = 0
        self.fails = fails or []

    def pdf(self, copy: Any, seconds: float = 0, *, for_archive: bool = False) -> bytes:
        if self.fails:
            raise self.fails.pop(0)
        assert for_archive
        self.made += 1
        return page(self.made)


def put_in_place(monkeypatch: pytest.MonkeyPatch, *fails: Exception) -> Instant:
    converter = Instant(list(fails))
    monkeypatch.setattr(office, "of_this_process", lambda: converter)
    return converter
