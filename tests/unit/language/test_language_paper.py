"""The sheet for telephone, fax and courier: it comes back as it was sent, or the wrong line is named."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import LOCALES, load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.realm import Realm
from armslength.language.paper import PaperMessage, parse_paper, to_paper
from armslength.line import fields as no
from armslength.line.forms import FORMS
from unit.line.message_values import HASH, ZNPP, example, messages

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

CATALOGUE = load_renderer().catalogue
SPEC = Path(__file__).parents[3] / "docs" / "spec" / "forms.md"
STOP_SHEET = {no.PLACE: ZNPP, 100: "PROTECTED-SITE-UNDER-FIRE", no.FREE_TEXT: "Stop now."}


def message(code: str, values: dict[int, CborValue] | None = None, realm: Realm = Realm.EXERCISE) -> PaperMessage:
    return PaperMessage(
        realm=realm,
        author="EUCOM",
        addressees=("NDMC",),
        number=7,
        stated_at=parse_rfc3339("2022-11-20T09:15:00Z"),
        values=example(code) | (values or {}),
    )


def sheet(code: str = "CONCERN", locale: str = "en", values: dict[int, CborValue] | None = None) -> str:
    return to_paper(load_renderer(), locale, message(code, values))


@pytest.mark.parametrize("realm", Realm)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", FORMS)
def test_every_form_comes_back_from_paper_in_every_language(code: str, locale: str, realm: Realm) -> None:
    sent = message(code, realm=realm)
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), locale, sent)) == sent


def test_the_sheet_of_the_specification_is_the_one_that_is_made() -> None:
    section = SPEC.read_text(encoding="utf-8").partition("## Paper and voice\n\n")[2].partition("\n## ")[0]
    lines = [line[4:] for line in section.split("\n") if line.startswith("    ")]
    assert "\n".join(lines) + "\n" == sheet("STOP", values=STOP_SHEET)
    assert parse_paper(CATALOGUE, "\n".join(lines)) == message("STOP", STOP_SHEET)


def test_every_field_line_ends_with_two_check_digits() -> None:
    _, *lines, _ = sheet("CONCERN", values={no.ACTION_ADDRESSEES: ("NDMC ground",)}).splitlines()
    headings = [line for line in lines if re.fullmatch(r"[456]\. [A-Z ]+:", line)]
    assert len(headings) == 3
    assert all(re.search(r" /[0-9]{2}$", line) for line in lines if line not in headings)


def test_the_digits_and_values_are_the_same_in_every_language() -> None:
    sheets = [sheet(locale=locale).splitlines() for locale in LOCALES]
    digits = [[line[-3:] for line in lines if line[-3:-2] == "/"] for lines in sheets]
    assert digits[0] == digits[1] == digits[2]
    assert len(set(map(tuple, sheets))) == 3


def test_numbers_and_letters_stand_as_on_a_notification() -> None:
    lines = sheet("CONCERN", "ru").splitlines()
    assert lines[1].startswith("СРОЧНОСТЬ: 2 (НЕМЕДЛЕННАЯ, IMMEDIATE) /")
    assert [line.partition(" ")[0] for line in lines[5:11]] == ["1.", "2.", "3.", "4.", "5.", "A."]
    assert "I. 103 Опасность: 01 (выброс радиоактивных веществ) /" in "\n".join(lines)


@pytest.mark.parametrize("code", FORMS)
def test_a_wrong_digit_in_any_line_is_refused_by_naming_the_line(code: str) -> None:
    lines = sheet(code).splitlines()
    for place, line in enumerate(lines, start=1):
        if not re.search(r" /[0-9]{2}$", line):
            continue
        wrong = f"{line[:-1]}{(int(line[-1]) + 1) % 10}"
        with pytest.raises(LocalError, match="PAPER-CHECK-DIGITS") as caught:
            parse_paper(CATALOGUE, "\n".join([*lines[: place - 1], wrong, *lines[place:]]))
        assert caught.value.details["line"] == place


def test_a_misheard_value_is_refused_by_naming_the_line() -> None:
    lines = sheet().splitlines()
    place = next(n for n, line in enumerate(lines) if "47.5122000 N" in line)
    lines[place] = lines[place].replace("47.5122000 N", "41.5122000 N", 1)
    with pytest.raises(LocalError, match="PAPER-CHECK-DIGITS") as caught:
        parse_paper(CATALOGUE, "\n".join(lines))
    assert caught.value.details["line"] == place + 1


@pytest.mark.parametrize("code", FORMS)
def test_a_line_left_out_said_twice_or_exchanged_is_found(code: str) -> None:
    lines = sheet(code, values={no.FREE_TEXT: "First paragraph.\nSecond one."}).splitlines()
    checked = [n for n, line in enumerate(lines) if re.search(r" /[0-9]{2}$", line)]
    for one, two in pairwise(checked):
        exchanged = list(lines)
        exchanged[one], exchanged[two] = lines[two], lines[one]
        for changed in ([*lines[:one], *lines[one + 1 :]], [*lines[:one], lines[one], *lines[one:]], exchanged):
            with pytest.raises(LocalError, match="PAPER-"):
                parse_paper(CATALOGUE, "\n".join(changed))


def test_a_line_of_another_sheet_is_found() -> None:
    """Right by itself, and still not of this message: the last line's digits cover all the others."""
    one = sheet("STOP", values={no.FACILITY_ID: "UA-ZNPP"}).splitlines()
    two = sheet("STOP", values={no.FACILITY_ID: "UA-KHNPP"}).splitlines()
    place = next(n for n, line in enumerate(one) if "UA-ZNPP" in line)
    with pytest.raises(LocalError, match="PAPER-CHECK-DIGITS") as caught:
        parse_paper(CATALOGUE, "\n".join([*one[:place], two[place], *one[place + 1 :]]))
    assert caught.value.details["line"] == len(one) - 1


def test_handwriting_may_space_its_lines_as_it_likes() -> None:
    loose = "\r\n\n".join(f"   {line}  " for line in sheet().splitlines())
    assert parse_paper(CATALOGUE, loose) == message("CONCERN")


def test_labels_and_glosses_do_not_count_and_values_do() -> None:
    text = sheet().replace("(artillery shelling)", "(обстрел)").replace("Activity:", "Деятельность:")
    assert parse_paper(CATALOGUE, text) == message("CONCERN")


def test_an_exercise_that_lost_a_mark_is_neither_exercise_nor_real() -> None:
    lines = sheet("STOP").splitlines()
    for changed in (lines[1:], lines[:-1], lines[1:-1], [*lines[1:-1], "REAL"]):
        with pytest.raises(LocalError, match="PAPER-"):
            parse_paper(CATALOGUE, "\n".join(changed))


def test_a_real_sheet_never_says_exercise_and_cannot_be_marked_as_one() -> None:
    real = to_paper(load_renderer(), "en", message("STOP", realm=Realm.REAL))
    assert "EXERCISE" not in real
    with pytest.raises(LocalError, match=r"PAPER-INCOMPLETE|PAPER-LINE"):
        parse_paper(CATALOGUE, f"EXERCISE\n{real}EXERCISE\n")


def test_a_message_of_a_newer_node_crosses_paper_too() -> None:
    newer = message("STOP", {no.FORM_CODE: "WEATHER-NOTICE", 100: 5, 250: {1: ("x", None)}, 251: b"\xff"})
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), "uk", newer)) == newer
    odd = message("STOP", {no.PLACE: "somewhere", 250: -(2**63)})
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), "ru", odd)) == odd


def test_a_draft_without_number_and_addressees_comes_back() -> None:
    draft = replace(message("STOP"), number=None, addressees=())
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), "en", draft)) == draft


@pytest.mark.parametrize(
    "values",
    [
        {no.PRECEDENCE: 4},
        {no.PRECEDENCE: None},
        {no.FORM_CODE: ""},
        {no.FORM_VERSION: -1},
        {no.LANGUAGE: 7},
        {no.FACILITY_ID: "\ud800"},
        {70_000: 1},
        dict.fromkeys(range(200, 340), 0),
    ],
)
def test_what_the_sheet_could_not_give_back_is_not_written(values: dict[int, CborValue]) -> None:
    written: str | None = None
    with contextlib.suppress(LocalError):
        written = sheet("STOP", values=values)
    assert written is None or parse_paper(CATALOGUE, written) == message("STOP", values)
    if set(values) != {no.FACILITY_ID}:
        assert written is None


@pytest.mark.parametrize("party", ["", "eucom", "EU COM", "EUCOM/1"])
def test_a_party_that_is_none_is_not_written(party: str) -> None:
    with pytest.raises(LocalError, match="PAPER-VALUE"):
        to_paper(load_renderer(), "en", replace(message("STOP"), author=party))


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "EXERCISE", "hello", "hello /17", "7. END: 1 /20", "A" * 600_000, "/00\n" * 9, "4. X:\n5. X:\n6. X:"],
)
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="PAPER-"):
        parse_paper(CATALOGUE, text)


# --- digits that fit, content that does not ---------------------------------------------------------------------------

ANY_DIGITS = patch("armslength.language.paper.line_digits", return_value="17")
"""Whoever writes a sheet can write digits that fit, so that they protect nothing below them."""


def forged(old: str, new: str) -> str:
    """A sheet with one thing changed and digits that fit."""
    text = sheet("CONCERN", values={no.ACTION_ADDRESSEES: ("NDMC ground",), 250: 1})
    assert old in text
    return re.sub(r"/[0-9]{2}\n", "/17\n", text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("PRECEDENCE: 2", "PRECEDENCE: 7", "PAPER-LINE"),
        ("PRECEDENCE: 2", "PRECEDENCE: two", "PAPER-LINE"),
        ("PRECEDENCE: 2", "PRECEDENCE 2", "PAPER-LINE"),
        ("FROM: EUCOM", "FROM: eucom", "PAPER-LINE"),
        ("EXERCISE CONCERN 1", "REAL CONCERN 1", "PAPER-LINE"),
        ("EXERCISE CONCERN 1", "CONCERN 1", "PAPER-LINE"),
        ("EXERCISE CONCERN 1", "EXERCISE [U+FFFFFF] 1", "PAPER-LINE"),
        ("EXERCISE CONCERN 1", "EXERCISE CONCERN 2", "PAPER-LINE"),
        ("NUMBER: 7", "NUMBER: seven", "PAPER-LINE"),
        ("2022-11-20 09:15Z", "2022-11-31 09:15Z", "PAPER-LINE"),
        ("LANGUAGE: en", "LANGUAGE: [U+110000]", "PAPER-LINE"),
        ("A. 25", "B. 25", "PAPER-INCOMPLETE"),
        ("A. 25", "A. 5X", "PAPER-LINE"),
        ("A. 25", "A. 99999X", "PAPER-LINE"),
        ("A. 25", "A. 99", "PAPER-LINE"),
        ("A. 25", "A. 23", "PAPER-INCOMPLETE"),
        ("A. 25", "A. 33", "PAPER-INCOMPLETE"),
        ("A. 25", "25", "PAPER-LINE"),
        ("A. 25", "A. 25X", "PAPER-LINE"),
        ("101 Activity: 01", "101 Activity: 99", "PAPER-LINE"),
        ("36 Action requested of: 1", "36 Action requested of: 0", "PAPER-INCOMPLETE"),
        ("36 Action requested of: 1", "36 Action requested of: 2", "PAPER-INCOMPLETE"),
        ("36 Action requested of: 1", "32 Topic: 1", "PAPER-INCOMPLETE"),
        ("(1) NDMC ground", "(2) NDMC ground", "PAPER-INCOMPLETE"),
        ("(1) NDMC ground", "(one) NDMC ground", "PAPER-INCOMPLETE"),
        ("(1) NDMC ground", "(1+) NDMC ground", "PAPER-INCOMPLETE"),
        ("(1) NDMC ground", "(1) [U+110000]", "PAPER-LINE"),
        ("250X Field 250: 01", "250X Field 250: FF", "PAPER-LINE"),
        ("250X Field 250: 01", "250X Field 250: 0", "PAPER-LINE"),
        ("250X Field 250: 01", "250 Field 250: 01", "PAPER-LINE"),
        ("NUMBER OF LINES: 2", "NUMBER OF LINES: 3", "PAPER-INCOMPLETE"),
        ("NUMBER OF LINES: ", "NUMBER OF LINES ", "PAPER-INCOMPLETE"),
    ],
)
def test_a_sheet_whose_digits_fit_is_still_refused_by_what_it_says(old: str, new: str, expected: str) -> None:
    with ANY_DIGITS, pytest.raises(LocalError, match=expected) as caught:
        parse_paper(CATALOGUE, forged(old, new))
    if expected == "PAPER-LINE":
        assert "line" in caught.value.details


def test_a_text_that_announces_no_lines_is_refused() -> None:
    """Its value and the number of its lines agree, and it is still no text."""
    text = re.sub(r"\n\(1\) NDMC ground /17", "", forged("36 Action requested of: 1", "36 Action requested of: 0"))
    count = int(text.rpartition("LINES: ")[2].split(" ")[0])
    with ANY_DIGITS, pytest.raises(LocalError, match=r"PAPER-INCOMPLETE.*0 lines below"):
        parse_paper(CATALOGUE, text.replace(f"LINES: {count} ", f"LINES: {count - 1} "))


@given(st.data())
def test_whatever_a_sheet_with_fitting_digits_says_it_is_refused_or_read(data: st.DataObject) -> None:
    text = forged("A. 25", "A. 25")
    marks = ["X", "0", " (", ": ", "\n", "; ", "[U+", " > ", "=", "/17\n"]
    pieces = st.one_of(st.text(max_size=3), st.sampled_from(marks))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(pieces) + text[place + data.draw(st.integers(0, 5)) :]
    with ANY_DIGITS, contextlib.suppress(LocalError):
        parse_paper(CATALOGUE, text)


# --- any message, any text --------------------------------------------------------------------------------------------


@given(messages(), st.sampled_from(LOCALES), st.sampled_from(Realm))
def test_any_valid_message_comes_back_from_paper(
    case: tuple[object, dict[int, CborValue]], locale: str, realm: Realm
) -> None:
    sent = replace(message("STOP", realm=realm), values=case[1])
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), locale, sent)) == sent


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64 - 1), st.binary(max_size=40), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple), st.dictionaries(st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(FORMS)),
    st.dictionaries(st.one_of(st.integers(24, 37), st.integers(100, 112), st.just(999)), JUNK, max_size=6),
)
def test_any_value_at_all_comes_back_from_paper(code: str, junk: dict[int, CborValue]) -> None:
    sent = message(code, junk)
    assert parse_paper(CATALOGUE, to_paper(load_renderer(), "ru", sent)) == sent


@given(st.data())
def test_a_spoilt_sheet_is_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    text = sheet("CONCERN", values={no.RELATION: ("updates", HASH), 250: (1, "x")})
    place = data.draw(st.integers(0, len(text)))
    spoilt = text[:place] + data.draw(st.text(max_size=3)) + text[place + data.draw(st.integers(0, 40)) :]
    with contextlib.suppress(LocalError):
        parse_paper(CATALOGUE, spoilt)


@given(st.text(max_size=300))
def test_any_text_at_all_is_refused_or_read(text: str) -> None:
    with contextlib.suppress(LocalError):
        parse_paper(CATALOGUE, text)
