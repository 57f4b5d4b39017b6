"""What the desk may rely on in any implementation of the Keys port: the keystore and the world's stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from armslength.adapters import keystore_file
from armslength.adapters.keystore_locked import UnlockKey
from armslength.core.cbor import encode
from armslength.core.cose import ED25519, ML_DSA_44, raw_verify
from armslength.core.cose_encrypt import HPKE_9_KE
from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.core.keys import PUBLIC_BYTES, PublicKey
from armslength.core.realm import Realm, domain
from armslength.line.manifest import NODE_PURPOSES
from world.keys import SeededKeys, SeededRng, stand_in_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from armslength.desk.ports import Keys

PURPOSES = {"sign": ED25519, "log": ED25519, "witness": ED25519, "witness-pq": ML_DSA_44}
EXERCISE = domain(Realm.EXERCISE, "transport")
HEADER = {-70001: 1, -70002: "EXERCISE", -70003: bytes(16), 4: b"k" * 16}
PLAINTEXT = b"Return fire suspended at the training building until 0600."


class Two(NamedTuple):
    """The keys of two nodes."""

    ours: Keys
    theirs: Keys


@pytest.fixture(params=["keystore", "seeded"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Two]:
    if request.param == "seeded":
        with stand_in_signatures():
            yield Two(SeededKeys("EUCOM"), SeededKeys("NDMC"))
        return
    rng = SeededRng(1)

    def keys(party: str) -> Keys:
        secret = UnlockKey(rng.bytes(32))
        return keystore_file.create(tmp_path / party / "node.keys", party, secret, rng, realm=Realm.EXERCISE)

    yield Two(keys("EUCOM"), keys("NDMC"))


@pytest.mark.parametrize(("purpose", "alg"), PURPOSES.items())
def test_a_signature_verifies_under_the_public_key_of_its_purpose(two: Two, purpose: str, alg: int) -> None:
    key = two.ours.public(purpose)
    assert key.alg == alg
    raw_verify(key.verifier(), two.ours.sign(purpose, PLAINTEXT), PLAINTEXT)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_signature_holds_for_no_other_message_and_no_other_node(two: Two, purpose: str) -> None:
    signature = two.ours.sign(purpose, PLAINTEXT)
    for key, message in ((two.ours.public(purpose), PLAINTEXT + b"."), (two.theirs.public(purpose), PLAINTEXT)):
        with pytest.raises(VerificationError, match="COSE-SIGNATURE"):
            raw_verify(key.verifier(), signature, message)


def test_no_two_purposes_or_nodes_share_a_key(two: Two) -> None:
    publics = [keys.public(purpose).public for keys in two for purpose in (*PURPOSES, "seal", "tls")]
    assert len(set(publics)) == len(publics) == 12


@pytest.mark.parametrize("purpose", ["seal", "storage", "tls", "officer", ""])
def test_only_signing_purposes_sign(two: Two, purpose: str) -> None:
    with pytest.raises(LocalError, match="KEY-PURPOSE"):
        two.ours.sign(purpose, PLAINTEXT)


@pytest.mark.parametrize("plaintext", [b"", PLAINTEXT, bytes(100_000)], ids=["empty", "text", "long"])
def test_what_is_sealed_to_a_node_opens_there_with_its_header(two: Two, plaintext: bytes) -> None:
    sealing = two.theirs.public("seal")
    assert sealing.alg == HPKE_9_KE
    header, opened = two.theirs.open(two.ours.seal(plaintext, sealing, HEADER, EXERCISE), EXERCISE)
    assert opened == plaintext
    assert header == {1: 3, **HEADER}


def test_sealing_the_same_twice_gives_different_bytes(two: Two) -> None:
    sealing = two.theirs.public("seal")
    assert two.ours.seal(PLAINTEXT, sealing, HEADER, EXERCISE) != two.ours.seal(PLAINTEXT, sealing, HEADER, EXERCISE)


@pytest.mark.parametrize("other", [domain(Realm.REAL, "transport"), domain(Realm.EXERCISE, "record"), b""])
def test_another_domain_does_not_open(two: Two, other: bytes) -> None:
    transport = two.ours.seal(PLAINTEXT, two.theirs.public("seal"), HEADER, EXERCISE)
    with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
        two.theirs.open(transport, other)


def test_another_node_does_not_open(two: Two) -> None:
    transport = two.ours.seal(PLAINTEXT, two.theirs.public("seal"), HEADER, EXERCISE)
    with pytest.raises(PeerError, match="COSE-RECIPIENT"):
        two.ours.open(transport, EXERCISE)


def test_no_changed_byte_opens(two: Two) -> None:
    transport = two.ours.seal(b"x", two.theirs.public("seal"), HEADER, EXERCISE)
    for at in [*range(0, len(transport), 37), len(transport) - 1]:
        changed = bytearray(transport)
        changed[at] ^= 1
        with pytest.raises(ArmslengthError) as refused:
            two.theirs.open(bytes(changed), EXERCISE)
        assert isinstance(refused.value, PeerError | VerificationError)


@pytest.mark.parametrize("garbage", [b"", b"\xff", encode([1, 2, 3]), b"\xd8\x60\x84\x40\xa0\x40\x80", bytes(1000)])
def test_what_is_no_sealed_message_is_the_peers_error(two: Two, garbage: bytes) -> None:
    with pytest.raises(PeerError):
        two.theirs.open(garbage, EXERCISE)


def test_every_public_key_is_one_that_a_manifest_takes(two: Two) -> None:
    for purpose in NODE_PURPOSES:
        key = two.ours.public(purpose)
        assert len(key.public) == PUBLIC_BYTES[key.alg]
        assert key.kid == two.ours.public(purpose).kid != two.theirs.public(purpose).kid


def test_only_a_sealing_key_is_sealed_to(two: Two) -> None:
    with pytest.raises(LocalError, match="KEY-ALGORITHM"):
        two.ours.seal(PLAINTEXT, two.theirs.public("sign"), HEADER, EXERCISE)
    with pytest.raises(PeerError, match="COSE-SEALING-KEY"):
        two.ours.seal(PLAINTEXT, PublicKey(HPKE_9_KE, bytes(32)), HEADER, EXERCISE)


def test_the_seeded_keys_repeat_bit_for_bit() -> None:
    def run() -> list[bytes]:
        ours, theirs = SeededKeys(7), SeededKeys(8)
        sealed = [ours.seal(PLAINTEXT, theirs.public("seal"), HEADER, EXERCISE) for _ in range(2)]
        return [*sealed, *(ours.sign(purpose, PLAINTEXT) for purpose in PURPOSES)]

    assert run() == run()
