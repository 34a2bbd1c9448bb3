"""What a sealed PDF holds, and whether its seal does: read anew from its bytes, believing nothing else."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

# What is looked at again and again is kept: a day's verification asks for each file once, a test for few many times.
_KEPT = 64


@dataclass(frozen=True)
class Seen:
    """``fault`` is "" when the seal is whole. ``attached`` are the bytes by name."""

    fault: str
    certificate_sha256: str = ""
    certificate: str = ""
    attached: Mapping[str, bytes] = field(default_factory=dict)


_seen: dict[str, Seen] = {}


def look(pdf: bytes) -> Seen:
    sha256 = hashlib.sha256(pdf).hexdigest()
    if sha256 not in _seen:
        if len(_seen) >= _KEPT:
            _seen.clear()
        _seen[sha256] = _look(pdf)
    return _seen[sha256]


def _look(pdf: bytes) -> Seen:
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if len(signatures) != 1:
            return Seen(f"it bears {len(signatures)} seals, not one")
        fault = _fault_of(signatures[0])
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
            attached = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}
        certificate = signatures[0].signer_cert
        name = str(certificate.subject.human_friendly)
        return Seen(fault, hashlib.sha256(certificate.dump()).hexdigest(), name, attached)
    except Exception as error:  # noqa: BLE001  # Both libraries raise of every kind over a PDF made to harm.
        return Seen(f"it cannot be read as a sealed PDF: {type(error).__name__}: {error}"[:300])


def _fault_of(signature: EmbeddedPdfSignature) -> str:
    """Whether the seal holds mathematically and covers every byte; whom to trust is the reader's own question."""
    context = ValidationContext(
        trust_roots=[signature.signer_cert],
        moment=signature.self_reported_timestamp,
        allow_fetching=False,
    )
    status = validate_pdf_signature(signature, context)
    if not status.intact:
        return "it was changed after it was sealed"
    if not status.valid:
        return "its seal is not one of the key that it names"
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "its seal does not cover all of it"
    return ""
