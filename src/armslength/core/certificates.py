"""Client certificates of officers' cards: who one names, and its fingerprint.

Nothing is verified here: TLS has seen that the card holds the key and that the site's authority signed the certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from armslength.core.errors import LocalError
from armslength.core.limits import CERTIFICATE_BYTES_MAX

PEM_BYTES_MAX = 2 * CERTIFICATE_BYTES_MAX
"""PEM is a third longer than DER, with its lines and what people write around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """What is looked at of a certificate: SHA-256 of its DER, and its subject as RFC 4514 writes it."""

    fingerprint: bytes
    subject: str


def read_certificate(data: bytes) -> ClientCertificate:
    """Read one certificate, DER or PEM.

    Raises:
        LocalError: CERTIFICATE-MALFORMED.
    """
    if len(data) > PEM_BYTES_MAX:
        raise LocalError("CERTIFICATE-MALFORMED", limit=PEM_BYTES_MAX, got=len(data))
    try:
        found = _load(data)
        return ClientCertificate(
            fingerprint=sha256(found.public_bytes(Encoding.DER)).digest(), subject=found.subject.rfc4514_string()
        )
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise LocalError("CERTIFICATE-MALFORMED", because=type(error).__name__) from error


def _load(data: bytes) -> x509.Certificate:
    if b"-----BEGIN" not in data:
        return x509.load_der_x509_certificate(data)
    found = x509.load_pem_x509_certificates(data)
    if len(found) != 1:
        raise LocalError("CERTIFICATE-MALFORMED", expected="one certificate", got=len(found))
    return found[0]
