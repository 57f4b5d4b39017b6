"""Certificates: read in both writings, and whatever else is given is refused by its code."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.certificates import PEM_BYTES_MAX, read_certificate
from armslength.core.errors import LocalError
from builders.client_certificates import client_certificate

CARD = client_certificate("CN=Watch One,O=EUCOM")


def test_der_and_pem_are_the_same_certificate() -> None:
    assert read_certificate(CARD.der) == read_certificate(CARD.pem) == read_certificate(b"Subject: x\n" + CARD.pem)
    found = read_certificate(CARD.der)
    assert (found.fingerprint, found.subject) == (sha256(CARD.der).digest(), "CN=Watch One,O=EUCOM")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no certificate",
        CARD.der[:-1],
        CARD.der + b"x",
        CARD.pem + CARD.pem,
        b"-----BEGIN CERTIFICATE-----\n",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        b"x" * (PEM_BYTES_MAX + 1),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(LocalError) as caught:
        read_certificate(data)
    assert caught.value.code == "CERTIFICATE-MALFORMED"


@given(st.integers(0, len(CARD.der) - 1), st.integers(1, 255))
def test_a_changed_byte_is_read_or_refused_and_never_the_same_one(place: int, change: int) -> None:
    data = bytearray(CARD.der)
    data[place] ^= change
    try:
        found = read_certificate(bytes(data))
    except LocalError as error:
        assert error.code == "CERTIFICATE-MALFORMED"  # noqa: PT017 - either way out is right
    else:
        assert found.fingerprint != CARD.read.fingerprint
