"""TLS between two nodes: self-signed certificates, each pinned, and no authority that could vouch for a third.

Every peer's certificate is a trust anchor of its own, so the handshake itself refuses a stranger before one byte of a
request is sent; the pin (SHA-256 of SubjectPublicKeyInfo, as the manifest's `tls` key) is checked in the application
as well. Certificates carry no names and do not expire: the manifest that lists the pin says who it is and how long it
holds (docs/spec/manifest.md), and a node with a dead clock must still reach its peer.
"""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from armslength.core.errors import LocalError, PeerError
from armslength.core.limits import CERTIFICATE_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.desk.ports import Rng

PINS_CACHED: Final = 16_384
"""Pins kept computed: a hub has some ten thousand peers, and a pin costs reading a certificate."""

_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SCALAR_BYTES: Final = 40
"""64 bits more than the order, so that the remainder is as good as uniform (FIPS 186-5, A.2.1)."""
_SERIAL_BYTES: Final = 16
_PASSWORD_BYTES: Final = 32
_NOT_BEFORE: Final = datetime(2020, 1, 1, tzinfo=UTC)
_NOT_AFTER: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""RFC 5280, 4.1.2.5: the value for a certificate that has no well-defined end."""


class TlsFiles(NamedTuple):
    """What `ssl.SSLContext.load_cert_chain` takes: two files and the password of the second."""

    certificate: Path
    key: Path
    password: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsIdentity:
    """A node's TLS certificate (DER) and private key (PEM, PKCS 8, not encrypted: keep it in the keystore)."""

    certificate: bytes
    key_pem: bytes

    def __repr__(self) -> str:
        return f"TlsIdentity(pin={self.pin.hex()})"

    @property
    def pin(self) -> bytes:
        """SHA-256 of the certificate's SubjectPublicKeyInfo."""
        return spki_pin(self.certificate)

    @contextmanager
    def files(self, rng: Rng) -> Iterator[TlsFiles]:
        """Give certificate and key as files for as long as the context lasts.

        Python's ssl reads keys from files only; so the key is written under a password that lives in memory alone, and
        what a crash leaves behind opens for nobody.
        """
        password = rng.bytes(_PASSWORD_BYTES).hex().encode()
        try:
            key = load_pem_private_key(self.key_pem, None)
        except (ValueError, TypeError):
            raise LocalError("TLS-IDENTITY", expected="a private key") from None
        with TemporaryDirectory(prefix="armslength-") as folder:
            files = TlsFiles(Path(folder, "certificate.pem"), Path(folder, "key.pem"), password)
            files.certificate.write_text(ssl.DER_cert_to_PEM_cert(self.certificate), encoding="ascii")
            files.key.write_bytes(
                key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
            )
            yield files


class PeerTrust:
    """The peers that may connect and be connected to: certificates by pin, changed while the node runs.

    A certificate can be added to a live server context but not taken out of it; so a peer that is removed still
    completes the handshake, and is then refused by its pin before its request is read.
    """

    def __init__(self) -> None:
        self._certificates: dict[bytes, bytes] = {}
        self._servers: list[ssl.SSLContext] = []

    def __contains__(self, pin: object) -> bool:
        return pin in self._certificates

    def add(self, certificate: bytes, pin: bytes) -> None:
        """Trust a peer's certificate (DER) from now on, without a restart.

        Raises:
            PeerError: BEARER-CERTIFICATE, no certificate or not the one that the pin names.
        """
        if spki_pin(certificate) != pin:
            raise PeerError("BEARER-CERTIFICATE", expected=pin, got=spki_pin(certificate))
        if self._certificates.get(pin) == certificate:
            return
        for context in self._servers:
            _add_anchor(context, certificate)
        self._certificates[pin] = certificate

    def remove(self, pin: bytes) -> None:
        """Refuse a peer from now on; nothing happens when it is unknown."""
        self._certificates.pop(pin, None)

    def certificate(self, pin: bytes) -> bytes | None:
        """Return the certificate (DER) that has this pin, or None."""
        return self._certificates.get(pin)

    def serve(self, context: ssl.SSLContext) -> None:
        """Trust the same peers in a server context, those of later too."""
        for certificate in self._certificates.values():
            _add_anchor(context, certificate)
        self._servers.append(context)


def make_identity(rng: Rng) -> TlsIdentity:
    """Return a new self-signed certificate with its key (ECDSA P-256, which every TLS 1.3 stack has).

    Its only name is the hash of its own key: what a listener sees of it says nothing about the party.
    """
    scalar = int.from_bytes(rng.bytes(_SCALAR_BYTES), "big") % (_ORDER - 1) + 1
    key = ec.derive_private_key(scalar, _CURVE)
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, sha256(spki).hexdigest())])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        # The top bit is cleared and the lowest set: a serial number is positive and fits 20 bytes (RFC 5280, 4.1.2.2).
        .serial_number(int.from_bytes(rng.bytes(_SERIAL_BYTES), "big") >> 1 | 1)
        .not_valid_before(_NOT_BEFORE)
        .not_valid_after(_NOT_AFTER)
    )
    for extension, critical in _extensions(key.public_key()):
        builder = builder.add_extension(extension, critical=critical)
    return TlsIdentity(
        certificate=builder.sign(key, SHA256()).public_bytes(Encoding.DER),
        key_pem=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _extensions(public: ec.EllipticCurvePublicKey) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    """The extensions of an end entity that is client and server at once (RFC 5280, 4.2.1)."""
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    return (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (usage, True),
        (both, False),
        (x509.SubjectKeyIdentifier.from_public_key(public), False),
    )


@lru_cache(maxsize=PINS_CACHED)
def spki_pin(certificate: bytes) -> bytes:
    """Return SHA-256 of the SubjectPublicKeyInfo of a certificate (DER).

    Raises:
        PeerError: BEARER-CERTIFICATE, the bytes are no certificate.
    """
    if len(certificate) > CERTIFICATE_BYTES_MAX:
        raise PeerError("BEARER-CERTIFICATE", expected=f"at most {CERTIFICATE_BYTES_MAX} bytes", got=len(certificate))
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except Exception:  # noqa: BLE001 - the library has a dozen classes for bytes that are no certificate
        raise PeerError("BEARER-CERTIFICATE", expected="an X.509 certificate") from None
    return sha256(spki).digest()


def server_context(identity: TlsIdentity, trust: PeerTrust, rng: Rng) -> ssl.SSLContext:
    """Return a context for a server: TLS 1.3 only, and only a client with a certificate of `trust` gets in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _harden(context, identity, rng)
    # A resumed session would keep a peer in whose certificate is no longer asked for.
    context.num_tickets = 0
    trust.serve(context)
    return context


def client_context(identity: TlsIdentity, certificate: bytes, rng: Rng) -> ssl.SSLContext:
    """Return a context for connecting to the one server that has this certificate (DER)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The certificate itself is the anchor, so its name says nothing more and addresses may change.
    context.check_hostname = False
    _harden(context, identity, rng)
    _add_anchor(context, certificate)
    return context


def _harden(context: ssl.SSLContext, identity: TlsIdentity, rng: Rng) -> None:
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["http/1.1"])
    with identity.files(rng) as files:
        try:
            context.load_cert_chain(files.certificate, files.key, files.password)
        except ssl.SSLError:
            raise LocalError("TLS-IDENTITY") from None


def _add_anchor(context: ssl.SSLContext, certificate: bytes) -> None:
    try:
        context.load_verify_locations(cadata=certificate)
    except ssl.SSLError:
        raise PeerError("BEARER-CERTIFICATE", expected="a certificate that TLS can use") from None
