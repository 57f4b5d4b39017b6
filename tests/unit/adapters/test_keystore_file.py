"""The node's keystore: what is in it comes back, and nothing opens it but its own passphrase or unlock file."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters import keystore_file, keystore_locked
from armslength.adapters.keystore_locked import Passphrase, UnlockKey
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
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


@pytest.mark.parametrize("missing", SECRETS)
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
