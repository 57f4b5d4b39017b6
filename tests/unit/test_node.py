from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength import node as nodes
from armslength.core.attestation import Kind
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.line import manifest
from armslength.node import DEFAULT_OFFICERS, Home, Settings, init_home, load_officer, lock_home, open_node

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(
    party="EUCOM",
    realm="EXERCISE",
    listen_port=0,
    address="https://127.0.0.1:7443",
    time_zone="Europe/Berlin",
    languages=("en", "uk"),
    demonstration=True,
)


def passphrase(name: str) -> str:
    return f"four short words for {name}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("homes") / "eucom"
    init_home(path, SETTINGS, passphrase_for=passphrase)
    return path


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(LocalError) as caught:
        do(*arguments, **named)
    return caught.value.code


def test_a_new_home_has_a_manifest_that_its_offline_root_signed(made: Path) -> None:
    data = Home(made).introduction_file("EUCOM").read_bytes()
    [first], _ = manifest.verify_introduction(data, Realm.EXERCISE)
    assert (first.party, first.sequence, first.time_zone, first.languages) == (
        "EUCOM",
        1,
        "Europe/Berlin",
        ("en", "uk"),
    )
    assert {officer.split("-", 1)[1] for officer in first.officers} == {end for end, _ in DEFAULT_OFFICERS}
    assert {key.kind for officer in first.officers.values() for key in officer.keys} == {Kind.RAW_KEY}
    assert first.bearers[0].address == SETTINGS.address


def test_no_secret_lies_open(made: Path) -> None:
    home = Home(made)
    for path in (home.officers, home.offline):
        assert path.stat().st_mode & 0o077 == 0
    for path in (home.keys_file, home.unlock_file, *home.officers.iterdir(), *home.offline.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path.name
    assert "words" not in home.settings_file.read_text(encoding="utf-8")


def test_settings_are_read_as_they_were_written(made: Path) -> None:
    home = Home(made)
    assert home.settings() == SETTINGS
    home.write_settings(replace(SETTINGS, alarm_hook=("/bin/true", "x")))
    assert home.settings().alarm_hook == ("/bin/true", "x")
    home.write_settings(SETTINGS)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", json.dumps({"party": "X"}), '{"languages": 1}'])
def test_settings_that_cannot_be_read_are_a_typed_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    assert refusal(Home(tmp_path).settings) == "SETTINGS-MALFORMED"


def test_a_folder_without_node_is_none(tmp_path: Path) -> None:
    assert refusal(Home(tmp_path).settings) == "NODE-NOT-INITIALISED"
    assert refusal(open_node, tmp_path) == "NODE-NOT-INITIALISED"
    assert refusal(lock_home, tmp_path) == "NODE-NOT-INITIALISED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"party": "eucom"}, "PARTY-CODE"),
        ({"time_zone": "Mars/Base"}, "TIME-ZONE-UNKNOWN"),
    ],
)
def test_a_node_is_not_made_of_what_does_not_exist(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    path = tmp_path / "node"
    assert refusal(init_home, path, replace(SETTINGS, **changes), passphrase_for=passphrase) == code
    assert not path.exists()


def test_a_home_is_made_once(made: Path) -> None:
    before = {path.name: path.read_bytes() for path in made.iterdir() if path.is_file()}
    assert refusal(init_home, made, SETTINGS, passphrase_for=passphrase) == "NODE-ALREADY-INITIALISED"
    for name, data in before.items():
        assert (made / name).read_bytes() == data


def test_a_node_is_alone_in_its_home(made: Path) -> None:
    first = open_node(made)
    try:
        assert refusal(open_node, made) == "NODE-RUNNING"
        assert lock_home(made) is None
    finally:
        first.close()
    open_node(made).close()


def test_an_officers_key_opens_with_the_officers_passphrase_only(made: Path) -> None:
    officer = "eucom-watch-1"
    key = load_officer(made, officer, passphrase(officer))
    assert len(key.sign(bytes(32))) == 64
    assert refusal(load_officer, made, officer, "another passphrase entirely").startswith("KEYSTORE-")


def test_each_officer_has_a_token_and_the_node_keeps_only_its_hash(made: Path) -> None:
    home = Home(made)
    token = home.token_file("eucom-watch-1").read_text(encoding="utf-8").strip()
    node = open_node(made)
    try:
        assert node.officer_of(token) == "eucom-watch-1"
        assert node.officer_of(token[:-1] + "x") is None
        assert node.officer_of("") is None
    finally:
        node.close()
    assert token.encode() not in home.journal_file.read_bytes()


def test_a_node_of_one_realm_does_not_open_as_the_other(made: Path) -> None:
    home = Home(made)
    home.write_settings(replace(SETTINGS, realm="REAL"))
    try:
        assert refusal(open_node, made) == "KEYSTORE-OTHER"
    finally:
        home.write_settings(SETTINGS)
    open_node(made).close()


def test_a_node_listens_receives_nothing_from_strangers_and_stops(made: Path) -> None:
    async def story() -> None:
        node = open_node(made)
        try:
            port = await node.start()
            assert port > 0
            await node.stop()
        finally:
            node.close()

    asyncio.run(story())
    assert (made / "journal.db").exists()


def test_a_fingerprint_is_eleven_words() -> None:
    words = nodes.fingerprint_words(bytes(range(11)), "en").split()
    assert len(words) == 11
    assert words == nodes.fingerprint_words(bytes(range(11)), "en").split()
