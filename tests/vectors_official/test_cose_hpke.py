"""Vectors of draft-ietf-cose-hpke: HPKE-4-KE opens; every other vector is excluded by a named reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import cbor2
import pytest

from armslength.core.cose_encrypt import (
    A256GCM,
    CHACHA20_POLY1305,
    HPKE_4_KE,
    SealingPrivateKey,
    open_encrypt,
    parse_encrypt,
)
from armslength.core.errors import PeerError, VerificationError

FILE = Path(__file__).parent.parent / "vectors" / "cose-hpke" / "testvectors.txt"
PLAINTEXT = b"hpke test payload"
AAD = {"default": b"", "external": b"external-aad"}
INFO = {"default": b"", "external": b"external-info"}
OPEN = frozenset({A256GCM, CHACHA20_POLY1305})


class Vector(NamedTuple):
    suite: str
    title: str
    data: bytes


def _read() -> tuple[dict[str, bytes], list[Vector]]:
    text = FILE.read_text()
    found = re.findall(r"^(HPKE-\S+) COSE_Key::? ([0-9a-f]+)$", text, re.MULTILINE)
    keys = {suite: bytes.fromhex(raw) for suite, raw in found}
    rows = re.findall(r"^(HPKE-\S+) (.*)\n\nCiphertext: ([0-9a-f]+)$", text, re.MULTILINE)
    return keys, [Vector(suite, title, bytes.fromhex(raw)) for suite, title, raw in rows]


KEYS, VECTORS = _read()

EXCLUDED = {
    "integrated": "the integrated mode needs HPKE's aad, which the library's public interface does not have",
    "curve": "suites on NIST curves and X448, and HPKE-3 with AES-128, are not ours",
    "psk": "the wire has no pre-shared keys",
    "hpke aad": "an aad at the recipient is not part of the profile (the draft: SHOULD be empty)",
}


def excluded(vector: Vector) -> str:
    """Return the key of the reason, or nothing when the vector is checked."""
    if "PSK" in vector.title:
        return "psk"
    if not vector.suite.endswith("-KE"):
        return "integrated"
    if vector.suite != "HPKE-4-KE":
        return "curve"
    return "hpke aad" if "external hpke aad" in vector.title else ""


def opener() -> SealingPrivateKey:
    key = cbor2.loads(KEYS["HPKE-4-KE"])
    made = SealingPrivateKey(HPKE_4_KE, key[-4], kid=key[2])
    assert made.public == key[-2]
    return made


def test_every_vector_is_checked_or_excluded() -> None:
    counts: dict[str, int] = {}
    for vector in VECTORS:
        counts[excluded(vector)] = counts.get(excluded(vector), 0) + 1
    assert set(counts) == {"", *EXCLUDED}
    assert len(VECTORS) == FILE.read_text().count("Ciphertext:")
    assert counts[""] == 4
    assert counts["hpke aad"] == 4


@pytest.mark.parametrize("vector", [v for v in VECTORS if not excluded(v)], ids=lambda v: v.title)
def test_opens(vector: Vector) -> None:
    aad, info = re.match(r"with (\w+) aad, (\w+) info", vector.title).groups()  # type: ignore[union-attr]
    message = parse_encrypt(vector.data, size_max=4096, content_algs=OPEN)
    assert open_encrypt(message, opener(), AAD[aad], INFO[info]) == PLAINTEXT
    for wrong_aad, wrong_info in ((AAD[aad] + b"x", INFO[info]), (AAD[aad], INFO[info] + b"x")):
        with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
            open_encrypt(message, opener(), wrong_aad, wrong_info)


@pytest.mark.parametrize("vector", [v for v in VECTORS if excluded(v) == "hpke aad"], ids=lambda v: v.title)
def test_aad_at_the_recipient_does_not_open(vector: Vector) -> None:
    aad, info = re.match(r"with (\w+) aad, (\w+) info", vector.title).groups()  # type: ignore[union-attr]
    message = parse_encrypt(vector.data, size_max=4096, content_algs=OPEN)
    with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
        open_encrypt(message, opener(), AAD[aad], INFO[info])


@pytest.mark.parametrize("vector", [v for v in VECTORS if excluded(v)], ids=lambda v: f"{v.suite} {v.title}")
def test_strict_profile_refuses(vector: Vector) -> None:
    with pytest.raises(PeerError):
        parse_encrypt(vector.data, size_max=4096)
