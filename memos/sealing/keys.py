"""The key that seals: from a PKCS#12 file, from a token (PKCS#11), or a demo key that this installation makes itself.

Loaded once in a process and kept in memory: reading and checking it costs ten times as much as a signature.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

# At most 64 bytes in a name, 21 Thai letters; and it must be plain to any reader.
_DEMO_NAME = "DEMO SEAL - vouches for no authority"
_DEMO_YEARS, _DEMO_BITS = 20, 3072


class NoKey(Exception):
    """There is no key to seal with; the message is for the administrator."""


@dataclass(frozen=True)
class Key:
    """``subject`` and ``issuer`` as the certificate has them, ``until`` its last day."""

    signer: Signer
    subject: str
    issuer: str
    sha256: str
    until: datetime.datetime
    is_demo: bool


class _Kept(Signer):
    """A key in memory. pyHanko's own loads and checks it anew for every signature."""

    def __init__(self, key: Any, certificate: asn1.Certificate, others: list[asn1.Certificate]) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(others)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(digest))
        return cast(rsa.RSAPrivateKey, self._key).sign(data, padding.PKCS1v15(), digest)


def current() -> Key:
    """What the settings name. NoKey when it cannot be read or is no longer valid."""
    if settings.SEAL_PKCS11_MODULE:
        key = _from_token(settings.SEAL_PKCS11_MODULE, settings.SEAL_PKCS11_TOKEN, settings.SEAL_PKCS11_LABEL)
    elif settings.SEAL_KEY_FILE:
        key = _from_file(Path(settings.SEAL_KEY_FILE), settings.SEAL_KEY_PASSWORD)
    else:
        key = _from_file(_demo(Path(settings.SEAL_DEMO_FILE)), "")
    if key.until < datetime.datetime.now(datetime.UTC):
        raise NoKey(_("ใบรับรองสำหรับประทับตราหมดอายุแล้ว โปรดติดตั้งใบรับรองใหม่"))
    return key


@functools.lru_cache(maxsize=4)
def _from_file(path: Path, password: str) -> Key:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            path.read_bytes(), password.encode() if password else None
        )
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise NoKey(_("อ่านกุญแจสำหรับประทับตราไม่ได้: %(why)s") % {"why": error}) from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NoKey(_("ไฟล์กุญแจสำหรับประทับตราต้องมีกุญแจ RSA หรือ EC พร้อมใบรับรอง"))
    own, *further = (
        asn1.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in (certificate, *others)
    )
    return _described(_Kept(key, own, further), certificate)


@functools.lru_cache(maxsize=1)
def _from_token(module: str, token: str, label: str) -> Key:
    """A session that stays open; the worker opens it in the process that seals."""
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as missing:
        raise NoKey(_("ยังไม่ได้ติดตั้งส่วนเสริมสำหรับกุญแจในอุปกรณ์ (pyhanko[pkcs11])")) from missing
    try:
        session = open_pkcs11_session(
            module, token_criteria=TokenCriteria(label=token) if token else None,
            user_pin=settings.SEAL_PKCS11_PIN or None,
        )  # fmt: skip
        signer = PKCS11Signer(session, cert_label=label)
        certificate = x509.load_der_x509_certificate(signer.signing_cert.dump())
    except Exception as error:  # Whatever a vendor's library says.
        raise NoKey(_("อ่านกุญแจสำหรับประทับตราไม่ได้: %(why)s") % {"why": error}) from error
    return _described(signer, certificate)


def _described(signer: Signer, certificate: x509.Certificate) -> Key:
    return Key(
        signer,
        certificate.subject.rfc4514_string(),
        certificate.issuer.rfc4514_string(),
        hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest(),
        certificate.not_valid_after_utc,
        _DEMO_NAME in certificate.subject.rfc4514_string(),
    )


def _demo(path: Path) -> Path:
    """The demo key's file, made when it is not there. Of several workers that make one at once, one is the first."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_new_demo())
            with contextlib.suppress(FileExistsError):
                os.link(temporary, path)
        finally:
            Path(temporary).unlink()
    return path


def _new_demo() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_DEMO_BITS)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _DEMO_NAME)])
    now = datetime.datetime.now(datetime.UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * _DEMO_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"demo", key, certificate, None, serialization.NoEncryption()
    )
