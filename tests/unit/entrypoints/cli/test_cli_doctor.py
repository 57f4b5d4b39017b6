"""The fault screen: every line OK or FAULT, and a fault says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair


def screen(pair: Pair) -> dict[str, Any]:
    said = command("doctor", "--json", "--home", str(pair.eucom))
    found = {row["check"]: row for row in said.json["findings"]}
    assert said.status == (0 if all(row["holds"] for row in found.values()) else 2)
    assert all(row["next_step"] for row in found.values() if not row["holds"])
    return found


def test_a_stopped_node_is_a_fault_and_its_journal_is_hashed_again(pair: Pair) -> None:
    found = screen(pair)
    holds = {check: row["holds"] for check, row in found.items()}
    assert {
        name for name in ("clock", "key files", "root key", "keys", "NDMC: charter", "journal") if not holds[name]
    } == set()
    assert {name for name in ("node", "alarm hook", "NDMC: address") if holds[name]} == set()
    assert "entries hashed again" in found["journal"]["says"]


def test_key_files_that_others_can_read_are_a_fault(pair: Pair) -> None:
    (pair.eucom / "officers" / "eucom-watch-1.key").chmod(0o644)
    assert "eucom-watch-1.key" in screen(pair)["key files"]["says"]


def test_a_lost_keystore_is_told_and_nothing_breaks(pair: Pair) -> None:
    (pair.eucom / "node.keys").unlink()
    found = screen(pair)
    assert "node.keys" in found["key files"]["says"]
    assert found["node"]["says"].startswith("KEYSTORE-MISSING")


def test_a_damaged_journal_is_told(pair: Pair) -> None:
    journal = pair.eucom / "journal.db"
    data = bytearray(journal.read_bytes())
    at = data.rfind(b"genesis")
    assert at > 0
    data[at] ^= 1
    journal.write_bytes(data)
    found = screen(pair)
    assert not found.get("journal", found["node"])["holds"]


def test_the_screen_is_for_people(pair: Pair) -> None:
    out = command("doctor", "--home", str(pair.eucom)).out
    assert out.startswith("EXERCISE  ")
    assert "FAULT  node" in out
    assert "Next: Start it: armslength run\n" in out
