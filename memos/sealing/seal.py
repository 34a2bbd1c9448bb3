"""A PAdES seal on a PDF: whoever changes a byte of it afterwards is told of by every reader of PDF."""

from __future__ import annotations

import io

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

from memos.sealing.keys import Key

FIELD = "Seal"
# Room for the signature with its certificates, in hexadecimal digits; a time-stamp brings those of its authority along.
_ROOM, _ROOM_WITH_TIME = 24_576, 49_152
_SECONDS_FOR_TIME = 15


def sealed(pdf: bytes, key: Key, authority: str, reason: str) -> bytes:
    """``pdf`` with the seal over all of it: level B-B, or B-T where a time-stamp authority is set.

    What a token, a time-stamp authority or the network refuses is raised as they raise it.
    """
    timestamper = _timestamper()
    claim = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=authority,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    target = io.BytesIO()
    signers.PdfSigner(claim, key.signer, timestamper=timestamper).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        output=target,
        bytes_reserved=_ROOM_WITH_TIME if timestamper else _ROOM,
    )
    return target.getvalue()


def _timestamper() -> TimeStamper | None:
    if not settings.SEAL_TSA_URL:
        return None
    return HTTPTimeStamper(settings.SEAL_TSA_URL, timeout=_SECONDS_FOR_TIME)
