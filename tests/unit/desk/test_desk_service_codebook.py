"""What faces read of the codebook: phrases, sounds, signatures, and the printed table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_fluent import load_renderer
from armslength.core.errors import LocalError
from armslength.desk import phrasing
from armslength.desk.call_sheet import Words
from armslength.desk.printing import Table
from armslength.desk.service_codebook import (
    MAKERS,
    codebook_of,
    make_sheet,
    read_code,
    read_codebook,
    read_codes,
)
from armslength.language.codebook_table import DIGEST, ENTRIES, VERSION
from armslength.language.direction import unmarked
from armslength.language.rendering import Renderer
from builders import pseudo_arabic, two_nodes
from builders.three_nodes import by_officer
from builders.two_nodes import LINGUIST

if TYPE_CHECKING:
    from pathlib import Path

    from builders.two_nodes import Party


@pytest.fixture(scope="module")
def party() -> Party:
    made = two_nodes.strangers().eucom
    officer = made.officer(LINGUIST)
    for kind, given in (
        ("codebook", {}),
        ("codebook-sign", {"what": "SIGN", "languages": ["en", "ru"], "first": "010", "last": "012"}),
        ("codebook-sign", {"what": "SIGN", "languages": ["uk"], "first": "010", "native": True}),
        ("codebook-sign", {"what": "REVIEW", "languages": ["ru"], "first": "010", "note": "better: Прекратить огонь."}),
    ):
        refused = by_officer(
            made,
            "record",
            lambda books, kind=kind, given=given: MAKERS[kind](books, officer, given),  # type: ignore[misc]  # the defaults bind the loop's values
            phrasing.submit,
            LINGUIST,
        )
        assert refused == ""
    return made


def test_the_version_is_told_without_any_peer(party: Party) -> None:
    with party.read() as books:
        found = read_codebook(books)
    assert (found["version"], found["digest"], found["lines"]) == (VERSION, DIGEST.hex(), [])
    assert found["drafts"] == len(ENTRIES) - 3
    assert found["adopted_by"] == party.officer(LINGUIST)


ASKED = ("humanitarian law", "гуманитарного", "гуманітарного права", "010", "10", "nothing like it", "ЗАВЕРЕНИЕ")


def test_entries_are_listed_found_by_words_of_any_language_and_by_group(party: Party) -> None:
    with party.read() as books:
        every = read_codes(books, load_renderer(), {})
        assert len(every) == len(ENTRIES)
        numbers = {
            asked: [one["number"] for one in read_codes(books, load_renderer(), {"find": asked})]
            for asked in (
                "humanitarian law",
                "гуманитарного",
                "гуманітарного права",
                "010",
                "10",
                "nothing like it",
                "ЗАВЕРЕНИЕ",
            )
        }
        group = [one["number"] for one in read_codes(books, load_renderer(), {"group": "030"})]
    assert numbers["humanitarian law"] == numbers["гуманитарного"] == numbers["гуманітарного права"] == ["010"]
    assert numbers["010"] == numbers["10"] == ["010"]
    assert numbers["nothing like it"] == []
    assert numbers["ЗАВЕРЕНИЕ"] == ["031", "037"]
    assert group == [f"{number:03}" for number in range(30, 40)]
    assert [one["number"] for one in every if one["status"] == "SIGNED"] == ["010", "011", "012"]
    assert [one["not_native"] for one in every[9:11]] == [["en", "ru"], ["en", "ru", "uk"]]


def test_one_entry_tells_how_it_sounds_was_read_back_and_who_signed(party: Party) -> None:
    with party.read() as books:
        one = read_code(books, load_renderer(), "010")
    assert one["phrases"]["ru"].startswith("Прекратите огонь.")
    assert {(sound["language"], sound["reader"]) for sound in one["pronunciation"]} == {
        ("en", "ru"),
        ("en", "uk"),
        ("ru", "en"),
        ("uk", "en"),
    }
    assert [reading["language"] for reading in one["readings"]] == ["ru", "uk"]
    assert one["signed"]["uk"] == [party.officer(LINGUIST)]
    assert [(step["what"], step["language"]) for step in one["steps"]] == [
        ("SIGN", "en"),
        ("SIGN", "ru"),
        ("REVIEW", "ru"),
        ("SIGN", "uk"),
    ]


def test_an_unknown_number_is_refused(party: Party) -> None:
    with party.read() as books, pytest.raises(LocalError, match="CODE-UNKNOWN"):
        read_code(books, load_renderer(), "999")
    with pytest.raises(LocalError, match="CODEBOOK-UNKNOWN"):
        codebook_of(Renderer({}, load_renderer().catalogue))


def test_the_printed_table_has_every_phrase_with_its_marks(party: Party) -> None:
    words = Words(renderer=load_renderer(), scripts={})
    with party.read() as books:
        sheet = make_sheet(books, words, "all", {})
        part = make_sheet(books, words, "010", {"language": "ru", "theirs": "en"})
    table = next(one for one in sheet.parts if isinstance(one, Table))
    assert sheet.landscape
    assert table.head == ("No.", "EN", "RU", "UK", "RU aloud", "Answer")
    assert len(table.rows) == len(ENTRIES)
    assert len(table.widths) == len(table.head) == len(table.rows[0])
    assert [row[0] for row in table.rows[:10]] == [*(f"{number:03} D" for number in range(1, 10)), "010"]
    short = next(one for one in part.parts if isinstance(one, Table))
    assert (short.head[:3], short.head[-2]) == (("No.", "RU", "EN"), "EN aloud")
    assert short.rows[0][4].startswith("Сис файэр.")


def test_a_right_to_left_sheet_isolates_what_is_written_left_to_right(party: Party, tmp_path: Path) -> None:
    pseudo_arabic.write(tmp_path / "languages")
    renderer = load_renderer(tmp_path / "languages")
    with party.read() as books:
        sheet = make_sheet(books, Words(renderer=renderer, scripts={}), "103", {"language": "ar", "theirs": "en"})
    table = next(one for one in sheet.parts if isinstance(one, Table))
    row = next(one for one in table.rows if one[0].startswith("103"))
    assert sheet.language == "ar"
    assert "\u2066UTC\u2069" in row[1]
    assert "\u2066" not in row[2]
    book = codebook_of(renderer)
    assert unmarked(row[1]) == book.pattern(103, "ar")
    with party.read() as books, pytest.raises(LocalError, match="LOCALE-UNKNOWN"):
        make_sheet(books, Words(renderer=renderer, scripts={}), "all", {"language": "tlh"})
