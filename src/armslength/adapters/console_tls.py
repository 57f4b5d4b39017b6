"""The console's certificate: from a small authority of this node's own, or from the site's.

Browsers give passkeys, sound permissions and workers only to a name with a certificate that they trust. A node without
a site authority makes its own, which can vouch for this one name and for no other (name constraints, RFC 5280
4.2.1.10): a floor PC that trusts it gives nothing else away. Where the site has an authority, the node writes a request
and installs the answer, and its own authority does not exist.
"""

from __future__ import annotations

import itertools
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from armslength.adapters.home import write_private
from armslength.core.errors import LocalError
from armslength.core.instants import Instant

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.desk.ports import Rng

HOST_DAYS: Final = 397
"""Browsers refuse a longer life (CA/Browser Forum baseline requirements 6.3.2, before the shorter lives of 2026)."""

AUTHORITY_DAYS: Final = 3_650
"""Ten years: changing it means going to every floor PC."""

RENEW_DAYS: Final = 30
"""A certificate with less is made anew at the next start; the doctor warns of one that this node cannot make."""

PEM_BYTES_MAX: Final = 256 * 1024
"""A chain has some 10 KiB; a site's list of smart card authorities some 100."""

CHAIN_MAX: Final = 64
"""Certificates in one file; more is not a chain, nor a site's authorities."""

_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SCALAR_BYTES: Final = 40
"""64 bits more than the order, so that the remainder is as good as uniform (FIPS 186-5, A.2.1)."""
_SERIAL_BYTES: Final = 16
_SLACK: Final = timedelta(hours=1)
"""Floor PCs have clocks of their own."""


class Issuer(Enum):
    """Who vouches for the console."""

    NODE = "this node's own authority"
    SITE = "the site's authority"
    NOBODY = "nobody yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the console's certificate stands.

    Args:
        name: the console's name.
        issuer: who vouches for it.
        until: when it ends; None without one.
        fingerprint: SHA-256 of the authority to be trusted, or of the certificate where the site vouches; hex.
        requested: a request was written and not answered.
        clients: how many authorities vouch for smart cards.
    """

    name: str
    issuer: Issuer
    until: Instant | None
    fingerprint: str
    requested: bool
    clients: int

    @property
    def renewed_here(self) -> bool:
        """Whether this node makes the next one by itself."""
        return self.issuer is Issuer.NODE


class ConsoleTls:
    """The certificate files of one console, all in the node's home.

    Args:
        folder: the home.
        name: the console's host name.
        rng: makes keys and serial numbers.
    """

    def __init__(self, folder: Path, name: str, rng: Rng) -> None:
        self.name = name
        self.authority_file = folder / "console-ca.pem"
        self.authority_key_file = folder / "console-ca.key"
        self.certificate_file = folder / "console.pem"
        self.key_file = folder / "console.key"
        self.request_file = folder / "console.csr"
        self.clients_file = folder / "console-clients.pem"
        self._rng = rng

    # --- made here ----------------------------------------------------------------------------------------------------

    def ensure(self, now: Instant) -> None:
        """Make what is missing, and make anew what has under `RENEW_DAYS`, where this node is who makes it.

        Raises:
            LocalError: CONSOLE-CERTIFICATE-AWAITED, CONSOLE-CERTIFICATE-REFUSED, CONSOLE-FILES.
        """
        held = self._held()
        if held is None and self.request_file.exists():
            raise LocalError("CONSOLE-CERTIFICATE-AWAITED", file=self.request_file.name)
        if held is not None and self._issuer(held) is Issuer.SITE:
            _check_name(held, self.name)
            return
        fresh = held is not None and _names(held) == {self.name} and _days(held, now) >= RENEW_DAYS
        if held is None or not fresh or not self.key_file.exists():
            self._make_certificate(now)

    def _make_certificate(self, now: Instant) -> None:
        authority, authority_key = self._authority(now)
        key = self._key()
        built = _builder(self.name, authority.subject, key.public_key(), _serial(self._rng), now, HOST_DAYS)
        for extension, critical in (
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(signs_certificates=False), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.SubjectAlternativeName([x509.DNSName(self.name)]), False),
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
            (_issued_by(authority_key.public_key()), False),
        ):
            built = built.add_extension(extension, critical=critical)
        certificate = built.sign(authority_key, SHA256())
        self._write(self.certificate_file, certificate.public_bytes(Encoding.PEM))

    def _authority(self, now: Instant) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """Return the node's own authority; a new one when there is none, or one for another name, or an old one."""
        if self.authority_file.exists() and self.authority_key_file.exists():
            found = _certificates(self._read(self.authority_file))[0]
            if _common_name(found) == _authority_name(self.name) and _days(found, now) > HOST_DAYS:
                return found, _private(self._read(self.authority_key_file))
        key = _new_key(self._rng)
        title = _authority_name(self.name)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
        built = _builder(title, subject, key.public_key(), _serial(self._rng), now, AUTHORITY_DAYS)
        only = x509.NameConstraints(permitted_subtrees=[x509.DNSName(self.name)], excluded_subtrees=None)
        for extension, critical in (
            (x509.BasicConstraints(ca=True, path_length=0), True),
            (_usage(signs_certificates=True), True),
            (only, True),
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        ):
            built = built.add_extension(extension, critical=critical)
        made = built.sign(key, SHA256())
        self._write(self.authority_key_file, _private_pem(key))
        self._write(self.authority_file, made.public_bytes(Encoding.PEM))
        return made, key

    # --- the site's own authority -------------------------------------------------------------------------------------

    def request(self) -> bytes:
        """Write a request for a certificate over the console's key, and return it (PKCS 10, PEM).

        Raises:
            LocalError: CONSOLE-FILES.
        """
        key = self._key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name[:64])])
        asked = x509.CertificateSigningRequestBuilder().subject_name(subject)
        asked = asked.add_extension(x509.SubjectAlternativeName([x509.DNSName(self.name)]), critical=False)
        data = asked.sign(key, SHA256()).public_bytes(Encoding.PEM)
        self._write(self.request_file, data)
        return data

    def install(self, data: bytes, now: Instant) -> None:
        """Install the answer to the request, once it is for our key, for our name, and in date.

        Args:
            data: PEM; the certificate first, its chain after it.
            now: it must hold now.

        Raises:
            LocalError: CONSOLE-CERTIFICATE-MALFORMED, CONSOLE-CERTIFICATE-REFUSED, CONSOLE-FILES.
        """
        chain = _certificates(data)
        leaf = chain[0]
        if _spki(leaf.public_key()) != _spki(self._key().public_key()):
            raise LocalError("CONSOLE-CERTIFICATE-REFUSED", because="it is for another key than console.key")
        _check_name(leaf, self.name)
        if not leaf.not_valid_before_utc - _SLACK <= _moment(now) < leaf.not_valid_after_utc:
            raise LocalError("CONSOLE-CERTIFICATE-REFUSED", because="it does not hold now")
        for lower, upper in itertools.pairwise(chain):
            _check_issued(lower, upper)
        self._write(self.certificate_file, b"".join(one.public_bytes(Encoding.PEM) for one in chain))
        self.request_file.unlink(missing_ok=True)

    def accept_clients(self, data: bytes) -> int:
        """Keep the authorities that vouch for officers' smart cards; return how many there are.

        Raises:
            LocalError: CONSOLE-CERTIFICATE-MALFORMED, CONSOLE-CERTIFICATE-REFUSED.
        """
        found = _certificates(data)
        if not all(_may_issue(one) for one in found):
            raise LocalError("CONSOLE-CERTIFICATE-REFUSED", because="one of them is not an authority's")
        self._write(self.clients_file, b"".join(one.public_bytes(Encoding.PEM) for one in found))
        return len(found)

    # --- what there is ------------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """Return how the certificate stands.

        Raises:
            LocalError: CONSOLE-CERTIFICATE-MALFORMED, CONSOLE-FILES.
        """
        held = self._held()
        issuer = Issuer.NOBODY if held is None else self._issuer(held)
        trusted = _certificates(self._read(self.authority_file))[0] if issuer is Issuer.NODE else held
        clients = _certificates(self._read(self.clients_file)) if self.clients_file.exists() else ()
        return Standing(
            name=self.name,
            issuer=issuer,
            until=None if held is None else Instant(int(held.not_valid_after_utc.timestamp()) * 1_000_000),
            fingerprint="" if trusted is None else trusted.fingerprint(SHA256()).hex(),
            requested=self.request_file.exists(),
            clients=len(clients),
        )

    def server_context(self) -> ssl.SSLContext:
        """Return the context of the listener; a browser may show a smart card's certificate and need not.

        Raises:
            LocalError: CONSOLE-FILES.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        # A resumed session shows no card anew: what a card said stays with one connection.
        context.num_tickets = 0
        context.options |= ssl.OP_NO_TICKET
        try:
            context.load_cert_chain(self.certificate_file, self.key_file)
            if self.clients_file.exists():
                context.load_verify_locations(self.clients_file)
                context.verify_mode = ssl.CERT_OPTIONAL
        except (OSError, ssl.SSLError) as error:
            raise LocalError("CONSOLE-FILES", because=getattr(error, "strerror", None) or str(error)) from None
        return context

    def _held(self) -> x509.Certificate | None:
        return _certificates(self._read(self.certificate_file))[0] if self.certificate_file.exists() else None

    def _issuer(self, held: x509.Certificate) -> Issuer:
        if not self.authority_file.exists():
            return Issuer.SITE
        try:
            held.verify_directly_issued_by(_certificates(self._read(self.authority_file))[0])
        except Exception:  # noqa: BLE001 - the library says in several classes that it was somebody else
            return Issuer.SITE
        return Issuer.NODE

    def _key(self) -> ec.EllipticCurvePrivateKey:
        if self.key_file.exists():
            return _private(self._read(self.key_file))
        key = _new_key(self._rng)
        self._write(self.key_file, _private_pem(key))
        return key

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise LocalError("CONSOLE-FILES", file=path.name, because=error.strerror) from None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_private(path, data)
        except OSError as error:
            raise LocalError("CONSOLE-FILES", file=path.name, because=error.strerror) from None


# --- keys and certificates --------------------------------------------------------------------------------------------


def _new_key(rng: Rng) -> ec.EllipticCurvePrivateKey:
    scalar = int.from_bytes(rng.bytes(_SCALAR_BYTES), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(scalar, _CURVE)


def _serial(rng: Rng) -> int:
    # The top bit is cleared and the lowest set: a serial number is positive and fits 20 bytes (RFC 5280, 4.1.2.2).
    return int.from_bytes(rng.bytes(_SERIAL_BYTES), "big") >> 1 | 1


def _private(data: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(data, None)
    except Exception:  # noqa: BLE001 - the library has several classes for a file that is no key
        raise LocalError("CONSOLE-FILES", because="a key file holds no private key") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise LocalError("CONSOLE-FILES", because="a key file holds a key of another kind than P-256")
    return key


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _spki(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return b""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _authority_name(name: str) -> str:
    # A common name has at most 64 characters (RFC 5280, appendix A.1); the constraint below it holds the whole name.
    return f"Arm's Length console {name}"[:64]


def _builder(
    title: str, issuer: x509.Name, public: ec.EllipticCurvePublicKey, serial: int, now: Instant, days: int
) -> x509.CertificateBuilder:
    begins = _moment(now) - _SLACK
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _issued_by(public: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(public)


def _certificates(data: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file, at least one."""
    if len(data) > PEM_BYTES_MAX:
        raise LocalError("CONSOLE-CERTIFICATE-MALFORMED", expected=f"at most {PEM_BYTES_MAX} bytes", got=len(data))
    try:
        found = x509.load_pem_x509_certificates(data)
    except Exception:  # noqa: BLE001 - the library has a dozen classes for bytes that are no certificate
        raise LocalError("CONSOLE-CERTIFICATE-MALFORMED", expected="certificates in PEM") from None
    if not 0 < len(found) <= CHAIN_MAX:
        raise LocalError("CONSOLE-CERTIFICATE-MALFORMED", expected=f"1 to {CHAIN_MAX} certificates", got=len(found))
    return found


def _names(certificate: x509.Certificate) -> set[str]:
    try:
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return {name.lower() for name in named.get_values_for_type(x509.DNSName)}
    except Exception:  # noqa: BLE001 - without the extension, or with one that cannot be read, it names nobody
        return set()


def _check_name(certificate: x509.Certificate, name: str) -> None:
    """Refuse a certificate for another name; browsers read the subject alternative names only (RFC 9525, 2)."""
    names = _names(certificate)
    if name not in names and f"*.{name.partition('.')[2]}" not in names:
        raise LocalError("CONSOLE-CERTIFICATE-REFUSED", because="it is for another name", expected=name)


def _check_issued(lower: x509.Certificate, upper: x509.Certificate) -> None:
    try:
        lower.verify_directly_issued_by(upper)
    except Exception:  # noqa: BLE001 - the library says in several classes that it was somebody else
        because = "its chain is not in order: each certificate must be followed by its issuer's"
        raise LocalError("CONSOLE-CERTIFICATE-REFUSED", because=because) from None


def _may_issue(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except Exception:  # noqa: BLE001 - without the extension it is no authority's
        return False


def _common_name(certificate: x509.Certificate) -> str:
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _moment(now: Instant) -> datetime:
    return datetime.fromtimestamp(now // 1_000_000, UTC)


def _days(certificate: x509.Certificate, now: Instant) -> int:
    return (certificate.not_valid_after_utc - _moment(now)).days
