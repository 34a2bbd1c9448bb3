"""Several PDF/A of LibreOffice as one PDF/A-3b, with the files it was made of attached.

What each of them says of itself (metadata, colours, structure for readers who listen) is said once for the whole.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf

from memos.sealing import structure

PRODUCER = "ita-memos"


@dataclass(frozen=True)
class Attachment:
    """``relation`` is PDF's AFRelationship: Source for what the pages were made of, Data for what they rest on."""

    name: str
    data: bytes
    kind: str
    relation: str
    description: str


def joined(
    pdfs: Sequence[bytes], attachments: Sequence[Attachment], title: str, moment: datetime.datetime
) -> bytes:
    """One PDF/A-3b of all pages. Equal bytes give equal bytes; ``moment`` is the date that it bears.

    pikepdf.PdfError for a PDF that cannot be read.
    """
    with ExitStack() as opened, Pdf.new() as whole:
        sources = [opened.enter_context(Pdf.open(io.BytesIO(data))) for data in pdfs]
        for source in sources:
            whole.pages.extend(source.pages)
        structure.merge(whole, sources)
        intents = sources[0].Root.OutputIntents
        whole.Root.OutputIntents = whole.copy_foreign(sources[0].make_indirect(intents))
        whole.Root.Lang = pikepdf.String("th-TH")
        whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if attachments:
            _attach(whole, attachments, moment)
        _describe(whole, title, moment)
        return written_down(whole)


def written_down(whole: Pdf) -> bytes:
    """Equal documents give equal bytes."""
    written = io.BytesIO()
    whole.save(
        written, min_version="1.7", deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )  # fmt: skip
    return written.getvalue()


def _attach(whole: Pdf, attachments: Sequence[Attachment], moment: datetime.datetime) -> None:
    date = moment.astimezone(datetime.UTC).strftime("D:%Y%m%d%H%M%SZ")
    specifications = []
    for one in attachments:
        specification = AttachedFileSpec(
            whole, one.data, filename=one.name, description=one.description, mime_type=one.kind,
            creation_date=date, mod_date=date,
        )  # fmt: skip
        specification.obj.AFRelationship = Name(f"/{one.relation}")
        whole.attachments[one.name] = specification
        specifications.append(specification.obj)
    whole.Root.AF = Array(specifications)


def _describe(whole: Pdf, title: str, moment: datetime.datetime) -> None:
    with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "3"
        metadata["pdfaid:conformance"] = "B"
        metadata["dc:title"] = title
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = moment.isoformat(timespec="seconds")
        metadata["xmp:CreatorTool"] = PRODUCER
        metadata["pdf:Producer"] = PRODUCER
