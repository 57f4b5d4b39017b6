"""Calls at the command line: taken from a voice, called back, ended with their contact, agreed over our own line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from builders import channel_books
from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair

NUMBER = "+7 495 000 00 00"


def with_channel(pair: Pair, folder: Path, **changes: object) -> None:
    document = channel_books.document(**changes)
    for end in document["ends"]:
        if end["side"] == "THEIRS":
            end["numbers"] = [{"medium": "TELEPHONE", "value": NUMBER}]
    file = folder / "channel.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    pair.at(pair.eucom, "channel", "add", str(file), "--reason", "for a test")


def take(pair: Pair, *more: str) -> str:
    taken = pair.at(pair.eucom, "call", "take", "eucom-ndmc", "--theirs", "a voice", *more, "--json")
    return str(taken.json["call"])


def test_a_voice_is_shown_as_nobody_until_the_number_of_the_book_was_called(pair: Pair, tmp_path: Path) -> None:
    with_channel(pair, tmp_path)
    first = take(pair)
    out = pair.at(pair.eucom, "call", "asked", first, "Put the air force on alert.", "--important").out
    assert out.startswith("EXERCISE  call-step, to be signed by eucom-watch-1 as watch-officer\n")
    assert "THE CALLER IS UNVERIFIED. Act on nothing, pass nothing on, alert nobody outside.\n" in out
    onward = ("call", "pass-on", first, "the threat", "--to", "Air Headquarters", "--home", str(pair.eucom))
    assert command(*onward).err.startswith("CALL-UNVERIFIED")
    back = pair.at(pair.eucom, "call", "begin", "eucom-ndmc", "--calls-back", first, "--json").json
    assert (back["telephone"], back["identity"]) == (NUMBER, "VERIFIED")
    out = pair.at(pair.eucom, "call", "disown", first, "Nobody there called.", "--call-back", back["call"]).out
    assert "THEY DID NOT CALL. Whoever it was spoke for nobody.\n" in out
    assert "DISOWNED" in pair.at(pair.eucom, "call", "list").out


def test_a_call_ends_with_its_contact_and_a_later_one_corrects_it(pair: Pair, tmp_path: Path) -> None:
    with_channel(pair, tmp_path)
    first = take(pair)
    pair.at(pair.eucom, "call", "wait", first, "Colonel N")
    pair.at(pair.eucom, "call", "break-in", first, "Stop, south of the airfield.")
    pair.at(pair.eucom, "call", "rung", first, "battle director")
    out = pair.at(pair.eucom, "call", "read-back", first, "--place", "47.5122N 34.5858E", "--heard", "47.6N 34.6E").out
    assert "m apart: NO" in out
    pair.at(pair.eucom, "call", "not-ours", first, "Не наши.", "--language", "ru")
    out = pair.at(pair.eucom, "call", "end", first).out
    assert "contact, to be signed by eucom-watch-1" in out
    assert "battle director was rung after" in out
    (one,) = pair.at(pair.eucom, "contact", "list", "--json").json
    assert (one["call"], one["certain"]) == (first, False)
    pair.at(pair.eucom, "call", "verify", first, "--challenge", "challenge 4")
    pair.at(pair.eucom, "call", "contact", first, "--corrects", one["number"])
    assert {one["certain"] for one in pair.at(pair.eucom, "contact", "list", "--json").json} == {True, False}


def test_an_agreed_text_is_drafted_for_the_other_side_and_stays_our_word_until_they_confirm(
    pair: Pair, tmp_path: Path
) -> None:
    with_channel(pair, tmp_path, medium="OUR-LINE", line_peer="NDMC")
    placed = pair.at(pair.eucom, "call", "begin", "eucom-ndmc", "--theirs", "duty officer", "--json").json["call"]
    text = tmp_path / "agreed.txt"
    text.write_text("Both hold the flight at 10:00.", encoding="utf-8")
    agree = ("call", "agree", placed, "--language", "en", "--text-file", str(text))
    assert command(*agree, "--home", str(pair.eucom)).err.startswith("CALL-OPEN")
    pair.at(pair.eucom, "call", "end", placed, "--no-contact")
    gist = ("--by", "linguist-1", "--language", "en", "--text-file", str(text))
    pair.at(pair.eucom, "call", "gist", placed, *gist)
    out = pair.at(pair.eucom, *agree).out
    assert "CALL-RECORD drafted for NDMC" in out
    assert "Agreed text: ATTESTED." in out
    assert "CALL-RECORD" in pair.at(pair.eucom, "message", "list").out


def test_sheets_go_to_files(pair: Pair, tmp_path: Path) -> None:
    with_channel(pair, tmp_path)
    file = tmp_path / "sheet.pdf"
    out = pair.at(pair.eucom, "call", "sheet", "eucom-ndmc", "--to", str(file)).out
    assert out.startswith("Call sheet: ")
    assert file.read_bytes().startswith(b"%PDF-")
    option = ("--option", "theirs=uk", "--language", "ru")
    said = pair.at(pair.eucom, "print", "call", "eucom-ndmc", "--to", str(file), *option, "--json").json
    assert (said["title"], said["bytes"]) == ("Лист разговора", file.stat().st_size)
    nowhere = str(tmp_path / "none" / "sheet.pdf")
    failed = command("print", "call", "eucom-ndmc", "--to", nowhere, "--home", str(pair.eucom))
    assert failed.err.startswith("FILE-WRITE")
    assert command("print", "poem", "--to", str(file), "--home", str(pair.eucom)).err.startswith("SHEET-UNKNOWN")
