"""Phrases on paper: numbers with check digits, and every value comes back."""

from __future__ import annotations

import pytest
from hypothesis import given

from armslength.adapters.format_fluent import LOCALES, load_renderer
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.language.paper import PaperMessage, parse_paper, to_paper
from armslength.language.paper_phrases import read_phrases, write_phrases
from armslength.language.paper_values import Codes
from armslength.line.vocabularies import VOCABULARIES
from unit.line.message_values import _PHRASES, NOON, example

CODES = Codes(numbers={name: table.codes for name, table in VOCABULARIES.items()}, say=lambda _, code: code)


def message(values: dict[int, object]) -> PaperMessage:
    return PaperMessage(
        realm=Realm.EXERCISE,
        author="EUCOM",
        addressees=("NDMC",),
        number=3,
        stated_at=NOON,
        values=values,  # type: ignore[arg-type]  # what the example holds
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sheet_of_phrases_comes_back_and_its_numbers_are_the_same_in_every_language(locale: str) -> None:
    renderer, values = load_renderer(), example("PHRASE")
    sheet = to_paper(renderer, locale, message(values))
    assert parse_paper(renderer.catalogue, sheet).values == values
    lines = [line for line in sheet.splitlines() if line.startswith("(")]
    english = to_paper(renderer, "en", message(values))
    assert lines == [line for line in english.splitlines() if line.startswith("(")]
    assert lines[1].startswith("(2) 013; P 47.5122000 N 034.5858000 E 10 M /")
    assert lines[3].startswith("(4) 021; F 01 uk Запорізька АЕС /")
    assert "X M-14[U+003B] northern part" in lines[4]


@given(_PHRASES)
def test_whatever_the_line_lets_through_comes_back_from_paper(value: object) -> None:
    written = write_phrases(value, CODES)  # type: ignore[arg-type]  # as drawn
    assert written is not None
    assert read_phrases(written, CODES) == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        (1, "x"),
        ("1", "x", ()),
        (1, "", ()),
        (1, "x", 5),
        (1, "x", ((),)),
        (1, "x", ((10, None),)),
        (1, "x", ((10, ""),)),
        (1, "x", ((10, (1,)),)),
        (1, "x", ((1000,),)),
        (1, "x", ((10, -5),)),
        (1, "x", ((10, ()),)),
    ],
)
def test_what_does_not_fit_has_no_lines(value: object) -> None:
    assert write_phrases(value, CODES) is None  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    "lines",
    [
        ["x"],
        ["1 f1bff53e", "10"],
        ["1 f1bff53e", "010; Q 5"],
        ["1 f1bff53e", "010; N x"],
        ["1 f1bff53e", "010; T noon"],
        ["1 f1bff53e", "010; P here"],
        ["1 f1bff53e", "010; F 99 uk x"],
        ["1 f1bff53e", "010; X [U+110000]"],
    ],
)
def test_a_line_that_was_misheard_is_refused(lines: list[str]) -> None:
    with pytest.raises(LocalError, match="PAPER-LINE"):
        read_phrases(lines, CODES)


def test_two_lines_exchanged_are_found() -> None:
    renderer = load_renderer()
    lines = to_paper(renderer, "en", message(example("PHRASE"))).splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("(2)"))
    lines[first], lines[first + 1] = (
        lines[first + 1].replace("(3)", "(2)"),
        lines[first].replace("(2)", "(3)"),
    )
    with pytest.raises(LocalError, match="PAPER-CHECK-DIGITS"):
        parse_paper(renderer.catalogue, "\n".join(lines))
