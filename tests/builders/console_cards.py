"""A smart card for a test: an officer's certificate and key as files, and the authority that issued it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True)
class Card:
    """What a test holds in its hand."""

    authority: bytes
    certificate: bytes
    certificate_file: Path
    key_file: Path


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def make_card(folder: Path, officer: str, now: datetime) -> Card:
    """Return a card of an officer, valid for a day around ``now``."""
    issuer_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def signed(subject: str, public: Any, *, ca: bool) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name("cards of the site"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        ).sign(issuer_key, SHA256())

    held = signed(officer, key.public_key(), ca=False)
    card = Card(
        authority=signed("cards of the site", issuer_key.public_key(), ca=True).public_bytes(Encoding.PEM),
        certificate=held.public_bytes(Encoding.DER),
        certificate_file=folder / "card.pem",
        key_file=folder / "card.key",
    )
    card.certificate_file.write_bytes(held.public_bytes(Encoding.PEM))
    card.key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return card
