"""Certificates, pins and contexts, without a network: handshakes run in memory."""

from __future__ import annotations

import ssl
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from armslength.adapters.bearer_https_tls import (
    PeerTrust,
    TlsIdentity,
    client_context,
    make_identity,
    server_context,
    spki_pin,
)
from armslength.core.errors import LocalError, PeerError
from world.keys import SeededRng

RNG = SeededRng("tls")
EUCOM, NDMC, STRANGER = make_identity(RNG), make_identity(RNG), make_identity(RNG)


def _trusting(*peers: TlsIdentity) -> PeerTrust:
    trust = PeerTrust()
    for peer in peers:
        trust.add(peer.certificate, peer.pin)
    return trust


def _handshake(client: ssl.SSLContext, server: ssl.SSLContext) -> tuple[ssl.SSLObject, ssl.SSLObject]:
    """Run a handshake and one record each way through buffers; an alert arrives with the first read (TLS 1.3)."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [ours, theirs]
    while waiting:
        for side in tuple(waiting):
            try:
                side.do_handshake()
                waiting.remove(side)
            except ssl.SSLWantReadError:
                pass
    return ours, theirs


def test_both_sides_know_each_other_by_pin() -> None:
    server = server_context(NDMC, _trusting(EUCOM), RNG)
    ours, theirs = _handshake(client_context(EUCOM, NDMC.certificate, RNG), server)
    assert (ours.version(), theirs.version()) == ("TLSv1.3", "TLSv1.3")
    assert spki_pin(ours.getpeercert(binary_form=True) or b"") == NDMC.pin
    assert spki_pin(theirs.getpeercert(binary_form=True) or b"") == EUCOM.pin


def test_a_strangers_client_certificate_fails_the_handshake() -> None:
    server = server_context(NDMC, _trusting(EUCOM), RNG)
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(client_context(STRANGER, NDMC.certificate, RNG), server)


def test_a_server_with_another_key_fails_the_handshake() -> None:
    server = server_context(STRANGER, _trusting(EUCOM), RNG)
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(client_context(EUCOM, NDMC.certificate, RNG), server)


def test_a_client_without_certificate_fails_the_handshake() -> None:
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.load_verify_locations(cadata=NDMC.certificate)
    with pytest.raises(ssl.SSLError):
        _handshake(client, server_context(NDMC, _trusting(EUCOM), RNG))


def test_tls_1_2_is_not_spoken() -> None:
    client = client_context(EUCOM, NDMC.certificate, RNG)
    client.minimum_version = ssl.TLSVersion.TLSv1_2
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        _handshake(client, server_context(NDMC, _trusting(EUCOM), RNG))


def test_a_peer_is_added_to_a_context_that_is_already_serving() -> None:
    trust = _trusting(EUCOM)
    server = server_context(NDMC, trust, RNG)
    client = client_context(STRANGER, NDMC.certificate, RNG)
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(client, server)
    trust.add(STRANGER.certificate, STRANGER.pin)
    trust.add(STRANGER.certificate, STRANGER.pin)
    _handshake(client, server)
    assert STRANGER.pin in trust
    assert trust.certificate(STRANGER.pin) == STRANGER.certificate
    trust.remove(STRANGER.pin)
    trust.remove(STRANGER.pin)
    assert STRANGER.pin not in trust
    assert trust.certificate(STRANGER.pin) is None


def test_a_certificate_names_nobody_and_has_no_end() -> None:
    certificate = x509.load_der_x509_certificate(EUCOM.certificate)
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert EUCOM.pin == sha256(spki).digest()
    assert certificate.subject.rfc4514_string() == f"CN={EUCOM.pin.hex()}"
    assert certificate.issuer == certificate.subject
    assert certificate.not_valid_after_utc.year == 9999
    assert 0 < certificate.serial_number < 2**127
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_same_seed_gives_the_same_key_and_another_seed_another() -> None:
    assert make_identity(SeededRng(1)).pin == make_identity(SeededRng(1)).pin
    assert len({EUCOM.pin, NDMC.pin, STRANGER.pin}) == 3


@pytest.mark.parametrize(
    "certificate", [b"", b"\x30\x00", EUCOM.certificate[:-1], EUCOM.certificate + b"x", bytes(5000)]
)
def test_what_is_no_certificate_is_not_trusted(certificate: bytes) -> None:
    with pytest.raises(PeerError, match="BEARER-CERTIFICATE"):
        PeerTrust().add(certificate, EUCOM.pin)


def test_a_certificate_under_another_pin_is_not_trusted() -> None:
    trust = PeerTrust()
    with pytest.raises(PeerError, match="BEARER-CERTIFICATE"):
        trust.add(EUCOM.certificate, NDMC.pin)
    assert EUCOM.pin not in trust


def test_the_key_is_never_written_in_clear_and_the_files_are_gone_afterwards() -> None:
    with EUCOM.files(RNG) as files:
        assert b"ENCRYPTED PRIVATE KEY" in files.key.read_bytes()
        assert files.key.parent.stat().st_mode & 0o077 == 0
    assert not files.key.parent.exists()
    assert "PRIVATE" not in repr(EUCOM)


def test_a_key_of_another_certificate_is_named_as_our_own_fault() -> None:
    mixed = TlsIdentity(certificate=EUCOM.certificate, key_pem=NDMC.key_pem)
    with pytest.raises(LocalError, match="TLS-IDENTITY"):
        client_context(mixed, NDMC.certificate, RNG)
