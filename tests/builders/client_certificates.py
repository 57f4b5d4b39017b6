"""Certificates of officers' cards as a site's authority makes them; signed by themselves, as no TLS looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding

from armslength.core.certificates import ClientCertificate, read_certificate


@dataclass(frozen=True)
class Card:
    """A certificate in both of its writings."""

    der: bytes
    pem: bytes

    @cached_property
    def read(self) -> ClientCertificate:
        """What is looked at of it."""
        return read_certificate(self.der)


@lru_cache(maxsize=16)
def client_certificate(subject: str, serial: int = 1) -> Card:
    """Return a certificate of a subject (RFC 4514); another serial is the next card of the same person."""
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes((serial,)) * 32)
    name = x509.Name.from_rfc4514_string(subject)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(datetime(2022, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2032, 1, 1, tzinfo=UTC))
        .sign(key, None)
    )
    return Card(made.public_bytes(Encoding.DER), made.public_bytes(Encoding.PEM))
