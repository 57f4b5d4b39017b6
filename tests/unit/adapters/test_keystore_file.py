"""The node's keystore: what is in it comes back, and nothing opens it but its own passphrase or unlock file."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest
from armslength.adapters import keystore_file, keystore_locked
from armslength.adapters.keystore_locked import COST, COST_DEMONSTRATION, COST_MAX, Passphrase, UnlockKey, read_label
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.realm import Realm
from world.keys import SeededRng

if TYPE_CHECKING:
    from pathlib import Path

WORDS = Passphrase("cork brass field lamp")
PURPOSES = ("sign", "seal", "log", "witness", "witness-pq")


@pytest.fixture
def rng() -> SeededRng:
    return SeededRng("keystore")


def _create(path: Path, secret: Passphrase | UnlockKey, rng: SeededRng, **options: Any) -> keystore_file.FileKeys:
    return keystore_file.create(path, "EUCOM", secret, rng, **{"realm": Realm.EXERCISE, **options})


def _everything(keys: keystore_file.FileKeys) -> list[Any]:
    publics = [keys.public(purpose) for purpose in PURPOSES]
    return [*publics, keys.storage_key, keys.tls_identity, keys.label]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_created_with_a_passphrase_is_loaded_with_it(tmp_path: Path, rng: SeededRng) -> None:
    path = tmp_path / "home" / "node.keys"
    created = _create(path, WORDS, rng)
    loaded = keystore_file.load(path, Passphrase(WORDS.text), rng)
    assert _everything(loaded) == _everything(created)
    assert (loaded.label.holder, loaded.realm, loaded.label.demonstration) == ("EUCOM", Realm.EXERCISE, False)
    assert len(loaded.storage_key) == 32


def test_an_unlock_file_opens_the_keystore_without_a_person(tmp_path: Path, rng: SeededRng) -> None:
    secret = keystore_file.create_unlock_file(tmp_path / "home" / "node.unlock", rng)
    created = _create(tmp_path / "home" / "node.keys", secret, rng)
    again = keystore_file.read_unlock_file(tmp_path / "home" / "node.unlock")
    assert again == secret
    assert _everything(keystore_file.load(tmp_path / "home" / "node.keys", again, rng)) == _everything(created)


def test_files_and_folder_are_the_owners_alone(tmp_path: Path, rng: SeededRng) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    secret = keystore_file.create_unlock_file(home / "node.unlock", rng)
    _create(home / "node.keys", secret, rng)
    assert [_mode(each) for each in (home, home / "node.keys", home / "node.unlock")] == [0o700, 0o600, 0o600]
    assert sorted(each.name for each in home.iterdir()) == ["node.keys", "node.unlock"]


def test_no_secret_lies_in_clear_in_the_file(tmp_path: Path, rng: SeededRng) -> None:
    keys = _create(tmp_path / "node.keys", WORDS, rng)
    data = (tmp_path / "node.keys").read_bytes()
    assert keys.storage_key not in data
    assert b"PRIVATE KEY" not in data
    assert WORDS.material not in data
    assert b"EUCOM" in data  # the clear part says whose it is


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


def test_a_file_is_never_overwritten(tmp_path: Path, rng: SeededRng) -> None:
    _create(tmp_path / "node.keys", WORDS, rng, demonstration=True)
    before = (tmp_path / "node.keys").read_bytes()
    with pytest.raises(LocalError, match="KEYSTORE-EXISTS"):
        _create(tmp_path / "node.keys", WORDS, rng, demonstration=True)
    assert (tmp_path / "node.keys").read_bytes() == before


def test_a_file_that_others_may_read_is_refused(tmp_path: Path, rng: SeededRng) -> None:
    secret = keystore_file.create_unlock_file(tmp_path / "node.unlock", rng)
    _create(tmp_path / "node.keys", secret, rng)
    for name in ("node.unlock", "node.keys"):
        (tmp_path / name).chmod(0o640)
    with pytest.raises(LocalError, match="KEYSTORE-MODE"):
        keystore_file.read_unlock_file(tmp_path / "node.unlock")
    with pytest.raises(LocalError, match="KEYSTORE-MODE"):
        keystore_file.load(tmp_path / "node.keys", secret, rng)


@pytest.mark.parametrize(
    "content", [b"", b"armslength-unlock-1", b"armslength-unlock-1 zz\n", b"armslength-unlock-2 " + b"00" * 32, b"\xff"]
)
def test_a_damaged_unlock_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "node.unlock"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LocalError, match="KEYSTORE-MALFORMED"):
        keystore_file.read_unlock_file(path)


def test_missing_and_unwritable_places_are_named(tmp_path: Path, rng: SeededRng) -> None:
    with pytest.raises(LocalError, match="KEYSTORE-MISSING"):
        keystore_file.load(tmp_path / "none", WORDS, rng)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LocalError, match="KEYSTORE-WRITE"):
        _create(tmp_path / "file" / "node.keys", WORDS, rng, demonstration=True)


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
def test_a_changed_clear_part_opens_nothing(
    tmp_path: Path, rng: SeededRng, change: dict[str, Any], code: str
) -> None:
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


@pytest.mark.parametrize("missing", [*PURPOSES, "storage", "tls-certificate", "tls-key"])
def test_a_keystore_without_one_of_its_keys_is_refused(tmp_path: Path, rng: SeededRng, missing: str) -> None:
    path, secret = tmp_path / "node.keys", UnlockKey(rng.bytes(32))
    keys = _create(path, secret, rng)
    _, plaintext = keystore_locked.unlock(path.read_bytes(), secret, kind="node")
    secrets = cbor.decode(plaintext)
    assert isinstance(secrets, dict)
    for content in (cbor.encode({k: v for k, v in secrets.items() if k != missing}), cbor.encode([]), b"\xff"):
        path.unlink()
        keystore_locked.write_private(path, keystore_locked.lock(keys.label, secret, content, rng))
        with pytest.raises(ArmslengthError, match="KEYSTORE-MALFORMED"):
            keystore_file.load(path, secret, rng)
