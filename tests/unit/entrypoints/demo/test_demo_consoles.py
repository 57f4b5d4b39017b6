"""What a visitor is told of the consoles, and when a browser is opened."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from armslength.entrypoints.demo import consoles
from armslength.node import DEFAULT_OFFICERS, Home

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def player(party: str, home: Path) -> Any:
    officers = {f"{party.lower()}-{end}": SimpleNamespace(roles=frozenset(roles)) for end, roles in DEFAULT_OFFICERS}
    books = SimpleNamespace(roster=lambda: SimpleNamespace(officers=officers))
    node = SimpleNamespace(home=Home(home), service=SimpleNamespace(look=lambda job: job(books)))
    return SimpleNamespace(party=party, node=node)


def test_every_officer_is_named_with_what_he_does_and_where_his_key_is(tmp_path: Path) -> None:
    said = {
        "EUCOM": {"console": "http://localhost:7481"},
        "NDMC": {"console_problem": {"code": "CONSOLE-LISTEN", "sentence": "It cannot.", "next_step": "Stop it."}},
    }
    text = consoles.served([player(party, tmp_path / party) for party in said], said)
    assert "http://localhost:7481" in text
    assert str(tmp_path / "EUCOM" / "officers" / "NAME.key") in text
    for end, _ in DEFAULT_OFFICERS:
        [line] = [one for one in text.splitlines() if one.strip().startswith(f"eucom-{end} ")]
        assert len(line.split(None, 1)[1]) > 20
    assert "Console of NDMC: NOT SERVED. CONSOLE-LISTEN: It cannot." in text
    assert "'demonstration'" in text


def test_every_role_of_the_demonstration_is_told() -> None:
    assert {role for _, roles in DEFAULT_OFFICERS for role in roles} == set(consoles.DOES)


def test_a_browser_is_opened_where_somebody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(consoles.webbrowser, "open", opened.append)
    monkeypatch.setattr(consoles.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    consoles.open_browser(["http://localhost:1"])
    assert opened == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    consoles.open_browser(["http://localhost:1", "http://localhost:2"])
    assert opened == ["http://localhost:1", "http://localhost:2"]
