"""A set of documents as one .zip: the same files give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from memos.models import Report

_TIME = (1980, 1, 1, 0, 0, 0)


def of(files: Mapping[str, bytes]) -> bytes:
    """The files under their names, in the order given. Stored, not deflated: .docx is compressed already."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in files.items():
            bundle.writestr(zipfile.ZipInfo(name, _TIME), data)
    return target.getvalue()


def name(report: Report, number: int) -> str:
    return f"ชุดเอกสาร-{report.fiscal_year}-{number}.zip"
