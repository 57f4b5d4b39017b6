"""The folder of a node: the console's settings, and files that nobody else reads."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.home import Home, Settings, check_console, write_private
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

NAME = "floor.eucom.example"


def settings(**more: Any) -> Settings:
    return Settings(party="EUCOM", realm="EXERCISE", **more)


@pytest.mark.parametrize(
    ("more", "taken", "origin"),
    [
        ({}, None, ""),
        ({"console_port": 0}, None, ""),
        ({"console_port": 0}, 40_001, "http://localhost:40001"),
        ({"console_port": 7481}, None, "http://localhost:7481"),
        ({"console_port": 80}, None, "http://localhost"),
        ({"console_port": 7481, "console_name": NAME}, None, f"https://{NAME}:7481"),
        ({"console_port": 443, "console_name": NAME}, None, f"https://{NAME}"),
    ],
)
def test_the_origin_is_as_browsers_write_it(more: dict[str, Any], taken: int | None, origin: str) -> None:
    assert settings(**more).console_origin(taken) == origin


def test_the_manifest_names_a_console_with_a_fixed_port_only() -> None:
    named = settings(console_port=7481, console_name=NAME)
    assert named.relying_parties() == ((sha256(NAME.encode()).digest(), f"https://{NAME}:7481"),)
    assert settings().relying_parties() == settings(console_port=0).relying_parties() == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"console_port": 7481}, ""),
        ({"console_port": 0}, ""),
        ({"console_port": 65_535, "console_host": "::1"}, ""),
        ({"console_port": 7481, "console_host": "0.0.0.0", "console_name": NAME}, ""),  # noqa: S104 - may be set
        ({"console_port": None, "console_name": "?"}, ""),
        ({"console_port": 7481, "console_host": "0.0.0.0"}, "CONSOLE-PLAIN"),  # noqa: S104 - may be set
        ({"console_port": 7481, "console_host": "10.0.0.5"}, "CONSOLE-PLAIN"),
        ({"console_port": -1}, "CONSOLE-PORT"),
        ({"console_port": 65_536}, "CONSOLE-PORT"),
        ({"console_port": "7481"}, "CONSOLE-PORT"),
        ({"console_port": 7481, "console_name": "floor"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": "127.0.0.1"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": "Floor.Example"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": "floor.example:7481"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": "-a.example"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": f"{'a' * 64}.example"}, "CONSOLE-NAME"),
        ({"console_port": 7481, "console_name": "a.example\n"}, "CONSOLE-NAME"),
    ],
)
def test_a_console_under_which_nobody_signs_in_safely_is_refused(more: dict[str, Any], code: str) -> None:
    if not code:
        check_console(settings(**more))
        return
    with pytest.raises(LocalError) as caught:
        check_console(settings(**more))
    assert caught.value.code == code


def test_a_home_of_before_the_console_goes_on_without_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write_settings(settings(console_port=7481))
    raw = json.loads(home.settings_file.read_text(encoding="utf-8"))
    kept = {name: value for name, value in raw.items() if not name.startswith("console_")}
    home.settings_file.write_text(json.dumps(kept), encoding="utf-8")
    assert home.settings() == settings()
    assert home.settings().console_port is None


def test_a_private_file_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_private(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
