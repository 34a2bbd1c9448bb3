"""Keys that seal: from a file, made for a demo, and what is said when there is none."""

from __future__ import annotations

import asyncio
import datetime
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from memos.sealing import installed, keys, looking, seal
from tests.memos.sealing import instant

PASSWORD = "กุญแจลับ"
NOW = datetime.datetime.now(datetime.UTC)


def _file(folder: Path, key: Any, name: str = "Authority", until: datetime.datetime | None = None) -> Path:
    """A PKCS#12 file with a certificate of its own, under PASSWORD."""
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - datetime.timedelta(days=30))
        .not_valid_after(until or NOW + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.p12"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, encryption))
    return path


def test_the_check_tells_of_the_demo_key_and_of_a_file_that_is_not_there(
    settings: Any, tmp_path: Path
) -> None:
    assert [one.id for one in installed.seals()] == ["memos.I005"]
    settings.SEAL_KEY_FILE = str(tmp_path / "none.p12")
    assert [one.id for one in installed.seals()] == ["memos.E005"]
    (tmp_path / "none.p12").touch()
    assert installed.seals() == []
    settings.SEAL_KEY_FILE, settings.SEAL_PKCS11_MODULE = "", "/usr/lib/token.so"
    assert installed.seals() == []


@pytest.mark.parametrize("kind", ["RSA", "EC"])
def test_a_key_from_a_file_seals(tmp_path: Path, settings: Any, kind: str) -> None:
    key = rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1())
    settings.SEAL_KEY_FILE = str(_file(tmp_path, key, kind))
    settings.SEAL_KEY_PASSWORD = PASSWORD
    found = keys.current()
    assert (found.subject, found.is_demo) == (f"CN={kind}", False)
    assert keys.current() is found
    seen = looking.look(seal.sealed(instant.page(), found, "อบต.", "ลงนาม"))
    assert (seen.fault, seen.certificate_sha256) == ("", found.sha256)


def test_a_wrong_password_a_missing_file_and_a_stranger_file_are_said(tmp_path: Path, settings: Any) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    settings.SEAL_KEY_FILE = str(_file(tmp_path, key))
    settings.SEAL_KEY_PASSWORD = "ผิด"
    with pytest.raises(keys.NoKey, match="อ่านกุญแจ"):
        keys.current()
    settings.SEAL_KEY_FILE = str(tmp_path / "none.p12")
    with pytest.raises(keys.NoKey, match="อ่านกุญแจ"):
        keys.current()
    (tmp_path / "other.p12").write_bytes(b"not a key")
    settings.SEAL_KEY_FILE = str(tmp_path / "other.p12")
    with pytest.raises(keys.NoKey, match="อ่านกุญแจ"):
        keys.current()


def test_an_expired_certificate_seals_nothing(tmp_path: Path, settings: Any) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    settings.SEAL_KEY_FILE = str(_file(tmp_path, key, "Old", NOW - datetime.timedelta(days=1)))
    settings.SEAL_KEY_PASSWORD = PASSWORD
    with pytest.raises(keys.NoKey, match="หมดอายุ"):
        keys.current()


def test_the_demo_key_is_made_once_says_what_it_is_and_is_kept_from_others(
    tmp_path: Path, settings: Any
) -> None:
    settings.SEAL_DEMO_FILE = tmp_path / "new" / "demo.p12"
    found = keys.current()
    assert found.is_demo
    assert found.subject == "CN=DEMO SEAL - vouches for no authority"
    assert settings.SEAL_DEMO_FILE.stat().st_mode & 0o077 == 0
    written = settings.SEAL_DEMO_FILE.read_bytes()
    assert keys._demo(settings.SEAL_DEMO_FILE).read_bytes() == written
    assert [path.name for path in settings.SEAL_DEMO_FILE.parent.iterdir()] == ["demo.p12"]


def test_a_token_that_is_not_there_is_said(settings: Any) -> None:
    settings.SEAL_PKCS11_MODULE = "/nowhere/pkcs11.so"
    with pytest.raises(keys.NoKey):
        keys.current()


@pytest.fixture
def authority_of_time() -> Iterator[tuple[str, asn1.Certificate]]:
    """An authority that answers as RFC 3161 says: its address, and the certificate that vouches for its key."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TSA")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(NOW - datetime.timedelta(days=1)).not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(usage, critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    vouching = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
    stamper = DummyTimeStamper(vouching, asn1_keys.PrivateKeyInfo.load(der))

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *told: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/tsa", vouching
        server.shutdown()


def test_a_time_stamp_is_within(authority_of_time: tuple[str, asn1.Certificate], settings: Any) -> None:
    settings.SEAL_TSA_URL, vouching = authority_of_time
    pdf = seal.sealed(instant.page(), keys.current(), "อบต.", "ลงนาม")
    assert looking.look(pdf).fault == ""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    trusted = ValidationContext(trust_roots=[vouching])
    status = validate_pdf_signature(signature, trusted).timestamp_validity
    assert status is not None
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert abs((status.timestamp - datetime.datetime.now(datetime.UTC)).total_seconds()) < 60
    settings.SEAL_TSA_URL = "http://127.0.0.1:9/tsa"
    with pytest.raises(Exception, match=r"127\.0\.0\.1|[Tt]imestamp"):
        seal.sealed(instant.page(), keys.current(), "อบต.", "")
