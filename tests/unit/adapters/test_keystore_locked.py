"""Locked files: only their own secret opens them, and only exactly as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters import keystore_file, keystore_locked
from armslength.adapters.keystore_locked import COST, COST_DEMONSTRATION, COST_MAX, Passphrase, UnlockKey, read_label
from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from world.keys import SeededRng

if TYPE_CHECKING:
    from pathlib import Path

WORDS = Passphrase("cork brass field lamp")
PURPOSES = ("sign", "seal", "log", "witness", "witness-pq", "tls")
SECRETS = ("sign", "seal", "log", "witness", "witness-pq", "storage", "tls-certificate", "tls-key")


@pytest.fixture
def rng() -> SeededRng:
    return SeededRng("keystore")


def _create(path: Path, secret: Passphrase | UnlockKey, rng: SeededRng, **options: Any) -> keystore_file.FileKeys:
    return keystore_file.create(path, "EUCOM", secret, rng, **{"realm": Realm.EXERCISE, **options})


def test_every_changed_byte_and_every_cut_is_refused(tmp_path: Path, rng: SeededRng) -> None:
    secret = UnlockKey(rng.bytes(32))
    _create(tmp_path / "node.keys", secret, rng)
    data = (tmp_path / "node.keys").read_bytes()
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        for broken in (bytes(changed), data[:at]):
            with pytest.raises(LocalError, match="KEYSTORE-"):
                keystore_locked.unlock(broken, secret, kind="node")


def test_the_composed_and_the_decomposed_passphrase_are_one(tmp_path: Path, rng: SeededRng) -> None:
    _create(tmp_path / "node.keys", Passphrase("caf\u00e9 \u0407\u0436\u0430"), rng, demonstration=True)
    keystore_file.load(tmp_path / "node.keys", Passphrase("cafe\u0301 \u0406\u0308\u0436\u0430"), rng)


@pytest.mark.parametrize(
    "secret",
    [Passphrase("cork brass field lamq"), Passphrase(""), Passphrase("x" * 5000), UnlockKey(bytes(32))],
    ids=["one letter", "empty", "very long", "unlock key"],
)
def test_a_wrong_secret_is_refused(tmp_path: Path, rng: SeededRng, secret: Passphrase | UnlockKey) -> None:
    _create(tmp_path / "node.keys", WORDS, rng)
    with pytest.raises(LocalError, match="KEYSTORE-LOCKED"):
        keystore_file.load(tmp_path / "node.keys", secret, rng)


@pytest.mark.parametrize("text", ["", "short", "elevenchars", "x" * 1025])
def test_a_weak_passphrase_locks_nothing(tmp_path: Path, rng: SeededRng, text: str) -> None:
    with pytest.raises(LocalError, match="PASSPHRASE-WEAK"):
        _create(tmp_path / "node.keys", Passphrase(text), rng)
    assert not (tmp_path / "node.keys").exists()


def test_a_demonstration_says_so_and_is_never_real(tmp_path: Path, rng: SeededRng) -> None:
    with pytest.raises(LocalError, match="KEYSTORE-DEMONSTRATION"):
        _create(tmp_path / "node.keys", WORDS, rng, realm=Realm.REAL, demonstration=True)
    _create(tmp_path / "node.keys", Passphrase("demo"), rng, demonstration=True)
    data = (tmp_path / "node.keys").read_bytes()
    assert b"DEMONSTRATION" in data
    assert read_label(data).demonstration
    assert keystore_file.load(tmp_path / "node.keys", Passphrase("demo"), rng).label.demonstration


def _with(data: bytes, **fields: Any) -> bytes:
    value = cbor.decode(data)
    assert isinstance(value, dict)
    return cbor.encode(value | {int(name[1:]): new for name, new in fields.items()})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"_4": "REAL"}, "KEYSTORE-DEMONSTRATION"),
        ({"_4": "REAL", "_6": None}, "KEYSTORE-MALFORMED"),  # a cost that protects nothing, without the word
        ({"_5": "NDMC"}, "KEYSTORE-LOCKED"),
        ({"_3": "officer"}, "KEYSTORE-OTHER"),
        ({"_4": "real"}, "KEYSTORE-MALFORMED"),
        ({"_2": 2}, "KEYSTORE-MALFORMED"),
        ({"_7": "none"}, "KEYSTORE-LOCKED"),
        ({"_8": (COST_MAX.memory_kib + 1, 1, 1)}, "KEYSTORE-MALFORMED"),
        ({"_8": (64, 1, 16)}, "KEYSTORE-MALFORMED"),  # fewer KiB than the lanes need
        ({"_8": (64, 10**9, 1)}, "KEYSTORE-MALFORMED"),
        ({"_8": (0, 0, 0)}, "KEYSTORE-MALFORMED"),
        ({"_8": (True, True, True)}, "KEYSTORE-MALFORMED"),
        ({"_8": "cheap"}, "KEYSTORE-MALFORMED"),
        ({"_9": b"salt"}, "KEYSTORE-MALFORMED"),
        ({"_11": b""}, "KEYSTORE-LOCKED"),
    ],
)
def test_a_changed_clear_part_opens_nothing(tmp_path: Path, rng: SeededRng, change: dict[str, Any], code: str) -> None:
    path = tmp_path / "node.keys"
    _create(path, Passphrase("demo"), rng, demonstration=True)
    changed = _with(path.read_bytes(), **change)
    with pytest.raises(LocalError, match=code):
        keystore_locked.unlock(changed, Passphrase("demo"), kind="node")


def test_a_real_keystore_costs_its_thief_what_rfc_9106_says(tmp_path: Path, rng: SeededRng) -> None:
    _create(tmp_path / "node.keys", WORDS, rng, realm=Realm.REAL)
    value = cbor.decode((tmp_path / "node.keys").read_bytes())
    assert isinstance(value, dict)
    assert value[7] == "argon2id"
    assert value[8] == tuple(COST) == (65_536, 3, 4)
    assert COST_DEMONSTRATION < COST
