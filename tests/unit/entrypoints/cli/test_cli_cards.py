"""Certificates of cards by the command line: entered, listed, removed, for one officer each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.cli_homes import command, done
from builders.client_certificates import client_certificate

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_a_card_is_entered_listed_and_removed(pair: Pair, tmp_path: Path) -> None:
    home = str(pair.eucom)
    card = client_certificate("CN=Watch One,O=EUCOM")
    (tmp_path / "card.pem").write_bytes(card.pem)
    (tmp_path / "card.der").write_bytes(card.der)
    given = ("--home", home, "officer", "certificate")
    assert done(*given, "list").out == "No certificate is entered: nobody signs in by card.\n"
    said = done(*given, "add", "watch-1", str(tmp_path / "card.pem"))
    assert said.out.startswith("EXERCISE  certificate entered\nofficer      eucom-watch-1\n")
    assert done(*given, "add", "watch-1", str(tmp_path / "card.der"), "--json").json["by"] == "fingerprint"
    rows = done(*given, "list", "--json").json
    assert [(one["officer"], one["subject"]) for one in rows] == [("eucom-watch-1", "CN=Watch One,O=EUCOM")]
    other = command(*given, "add", "watch-2", str(tmp_path / "card.pem"))
    assert "CERTIFICATE-ENTERED" in other.err
    (tmp_path / "no.pem").write_bytes(b"no certificate")
    assert "CERTIFICATE-MALFORMED" in command(*given, "add", "watch-2", str(tmp_path / "no.pem")).err
    assert "CERTIFICATE-UNKNOWN" in command(*given, "remove", "ff00ff00").err
    assert "certificate removed" in done(*given, "remove", rows[0]["fingerprint"][:12]).out
    assert done(*given, "list", "--json").json == []
