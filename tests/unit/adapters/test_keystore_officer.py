"""Key files of persons: each under its own passphrase, for one realm, and never a node's."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from armslength.adapters import keystore_file, keystore_locked
from armslength.adapters.keystore_locked import Label, Passphrase
from armslength.adapters.keystore_officer import (
    create_officer_key,
    create_root_key,
    load_officer_key,
    load_root_key,
)
from armslength.core.cose import ED25519, raw_verify
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from world.keys import SeededRng

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = "cork brass field lamp"
KINDS = {"officer": (create_officer_key, load_officer_key), "root": (create_root_key, load_root_key)}


@pytest.fixture
def rng() -> SeededRng:
    return SeededRng("officer")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("realm", Realm)
def test_a_persons_key_signs_under_the_public_key_that_was_given_out(
    tmp_path: Path, rng: SeededRng, kind: str, realm: Realm
) -> None:
    create, load = KINDS[kind]
    path = tmp_path / "keys" / "watch.key"
    public = create(path, "watch-1", WORDS, rng, realm=realm)
    key = load(path, WORDS)
    assert (key.officer, key.realm, key.public, key.demonstration) == ("watch-1", realm, public, False)
    assert public.alg == ED25519
    raw_verify(public.verifier(), key.sign(b"statement"), b"statement")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "_private" not in repr(key)


def test_every_officer_has_a_key_and_a_lock_of_their_own(tmp_path: Path, rng: SeededRng) -> None:
    one = create_officer_key(tmp_path / "1.key", "watch-1", WORDS, rng, realm=Realm.EXERCISE)
    two = create_officer_key(tmp_path / "2.key", "watch-2", "other words, as long", rng, realm=Realm.EXERCISE)
    assert one.public != two.public
    with pytest.raises(LocalError, match="KEYSTORE-LOCKED"):
        load_officer_key(tmp_path / "2.key", WORDS)


@pytest.mark.parametrize(("kind", "load"), [("officer", load_root_key), ("root", load_officer_key)])
def test_one_kind_is_never_taken_for_another(
    tmp_path: Path, rng: SeededRng, kind: str, load: Callable[[Path, str], object]
) -> None:
    path = tmp_path / "person.key"
    KINDS[kind][0](path, "EUCOM", WORDS, rng, realm=Realm.EXERCISE, demonstration=True)
    with pytest.raises(LocalError, match="KEYSTORE-OTHER"):
        load(path, WORDS)
    with pytest.raises(LocalError, match="KEYSTORE-OTHER"):
        keystore_file.load(path, Passphrase(WORDS), rng)


def test_a_demonstration_key_is_quick_marked_and_never_real(tmp_path: Path, rng: SeededRng) -> None:
    path = tmp_path / "watch.key"
    with pytest.raises(LocalError, match="KEYSTORE-DEMONSTRATION"):
        create_officer_key(path, "watch-1", "demo", rng, realm=Realm.REAL, demonstration=True)
    create_officer_key(path, "watch-1", "demo", rng, realm=Realm.EXERCISE, demonstration=True)
    assert b"DEMONSTRATION" in path.read_bytes()
    assert load_officer_key(path, "demo").demonstration
    path.write_bytes(path.read_bytes().replace(b"hEXERCISE", b"dREAL"))
    with pytest.raises(LocalError, match="KEYSTORE-DEMONSTRATION"):
        load_officer_key(path, "demo")


def test_a_stick_without_file_modes_is_read(tmp_path: Path, rng: SeededRng) -> None:
    path = tmp_path / "watch.key"
    create_officer_key(path, "watch-1", "demo", rng, realm=Realm.EXERCISE, demonstration=True)
    path.chmod(0o755)
    assert load_officer_key(path, "demo").officer == "watch-1"


def test_a_seed_of_another_length_is_no_key(tmp_path: Path, rng: SeededRng) -> None:
    label = Label(kind="officer", realm=Realm.EXERCISE, holder="watch-1", demonstration=True)
    (tmp_path / "watch.key").write_bytes(keystore_locked.lock(label, Passphrase("demo"), b"short", rng))
    with pytest.raises(LocalError, match="KEYSTORE-MALFORMED"):
        load_officer_key(tmp_path / "watch.key", "demo")


def test_a_weak_passphrase_makes_no_file(tmp_path: Path, rng: SeededRng) -> None:
    with pytest.raises(LocalError, match="PASSPHRASE-WEAK"):
        create_officer_key(tmp_path / "watch.key", "watch-1", "demo", rng, realm=Realm.EXERCISE)
    assert list(tmp_path.iterdir()) == []
