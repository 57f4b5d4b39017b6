"""Officers at the command line: proposed, approved by a second person, signed by the root, told to the peer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from builders.cli_homes import Pair, Said

WHY = ("--reason", "as told")


def at(pair: Pair, *words: str) -> Said:
    return pair.at(pair.eucom, "officer", *words)


def fails(pair: Pair, *words: str) -> str:
    said = command("officer", *words, "--home", str(pair.eucom))
    assert said.status != 0
    return said.err.split(":")[0].split()[0]


def change(pair: Pair, *words: str) -> str:
    return str(at(pair, *words, *WHY, "--json").json["change"])


def test_who_leaves_is_blocked_and_the_peer_is_told(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One path: a second administrator, a removal, the root on another machine, and what each side then refuses."""
    first = change(pair, "roles", "legal-1", "legal-adviser,administrator")
    assert fails(pair, "approve", first, "--officer", "custodian-1", *WHY) == "OFFICER-TWO-PERSONS"
    assert "approved by eucom-principal-1" in at(pair, "approve", first, *WHY).out
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    assert fails(pair, "sign") == "ANSWER-NEEDED"
    assert "is in force from journal entry" in at(pair, "sign", "--yes").out
    assert "Nothing to sign" in at(pair, "sign").out

    removed = change(pair, "remove", "watch-2")
    assert "armslength officer approve" in at(pair, "changes").out
    at(pair, "approve", removed, "--officer", "legal-1", *WHY)
    assert "BLOCKED" in at(pair, "list").out
    logged = command("log", "add", "late", "--officer", "watch-2", "--home", str(pair.eucom))
    assert logged.err.startswith("ROLE-REFUSED")

    asked, root, signed = tmp_path / "asked", pair.eucom / "offline" / "root.key", tmp_path / "signed"
    at(pair, "sign", "--export", str(asked))
    elsewhere = command(
        "officer",
        "sign",
        "--request",
        str(asked),
        "--root",
        str(root),
        "--to",
        str(signed),
        "--yes",
        "--home",
        str(tmp_path),
    )
    assert elsewhere.status == 0, elsewhere.err
    assert "LEAVES" in elsewhere.out
    at(pair, "sign", "--import", str(signed))
    assert fails(pair, "sign", "--import", str(signed)) == "MANIFEST-ENTERED"
    statuses = {one["change"]: one["status"] for one in at(pair, "changes", "--json").json}
    assert statuses == {first: "IN-FORCE", removed: "IN-FORCE"}
    assert "eucom-watch-2" not in at(pair, "list").out
    pair.carry(lambda node: node.service.look(lambda books: books.manifest("EUCOM").sequence) == 3)


def test_keys_come_and_go(pair: Pair) -> None:
    new = pair.eucom / "officers" / "eucom-watch-1.new.key"
    number = change(pair, "key-add", "watch-1")
    assert new.exists()
    at(pair, "approve", number, "--officer", "custodian-1", *WHY)
    at(pair, "sign", "--yes")
    (one,) = [one for one in at(pair, "list", "--json").json if one["officer"] == "eucom-watch-1"]
    assert len(one["keys"]) == 2
    lost = change(pair, "key-remove", "watch-1", one["keys"][0]["key_id"][:12])
    assert fails(pair, "key-remove", "watch-1", "zz", *WHY) == "OFFICER-KEY-UNKNOWN"
    at(pair, "approve", lost, *WHY)
    undone = change(pair, "undo", lost)
    at(pair, "approve", undone, "--refuse", *WHY)
    replaced = change(pair, "recover", "linguist-1")
    at(pair, "approve", replaced, *WHY)
    joined = change(pair, "add", "eucom-watch-3", "--name", "Lt Three", "--roles", "watch-officer")
    at(pair, "approve", joined, *WHY)
    at(pair, "sign", "--yes")
    assert (pair.eucom / "officers" / "eucom-watch-3.key").exists()
    assert "Token of eucom-watch-3" in at(pair, "token", "eucom-watch-3").out
    logged = command("log", "add", "first watch", "--officer", "watch-3", "--home", str(pair.eucom))
    assert logged.status == 0, logged.err


def test_a_code_is_shown_once(pair: Pair) -> None:
    out = at(pair, "code", "watch-1", *WHY).out
    assert "Hand it over in person" in out
    (row,) = at(pair, "changes", "--json").json
    assert row["status"] == "CODE"
    assert fails(pair, "approve", row["change"], *WHY) == "OFFICER-CHANGE-DECIDED"
    assert fails(pair, "undo", "OC-1999-000001", *WHY) == "OFFICER-CHANGE-UNKNOWN"
