"""The codebook's table: enough entries, in their groups, and answers that exist."""

from __future__ import annotations

import pytest

from armslength.language.codebook_table import ENTRIES, FIRST, LAST, ArgumentKind
from armslength.line.forms_phrases import SERVICE_CODES

SEED = (1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 33, 40, 50, 51, 60, 61, 90)
SEED_ANSWERS = {1: 2, 10: 11, 12: 20, 20: 11, 21: 22, 30: 31, 33: 11, 40: 22, 50: 51, 60: 61, 90: 22}


def test_there_are_at_least_120_entries_with_numbers_and_meanings_of_their_own() -> None:
    assert len(ENTRIES) >= 120
    assert list(ENTRIES) == sorted(ENTRIES)
    assert (min(ENTRIES), max(ENTRIES)) == (FIRST, LAST)
    assert len({entry.meaning for entry in ENTRIES.values()}) == len(ENTRIES)
    assert {number // 10 for number in ENTRIES} == set(range(15))


def test_the_seed_is_in_it_with_its_answers() -> None:
    assert set(SEED) <= set(ENTRIES)
    assert {number: first for number, first in SEED_ANSWERS.items() if first not in ENTRIES[number].answers} == {}


def test_every_expected_answer_is_an_entry_and_no_phrase_answers_itself() -> None:
    for entry in ENTRIES.values():
        assert set(entry.answers) <= set(ENTRIES), entry.number
        assert entry.number not in entry.answers
        assert len(set(entry.answers)) == len(entry.answers)


def test_every_chain_of_answers_can_end() -> None:
    ends = {number for number, entry in ENTRIES.items() if not entry.answers}
    reached = set(ends)
    while True:
        more = {number for number, entry in ENTRIES.items() if set(entry.answers) & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(ENTRIES)


def test_arguments_have_different_names_and_at_most_one_site() -> None:
    for entry in ENTRIES.values():
        names = [argument.name for argument in entry.arguments]
        assert len(set(names)) == len(names) <= 6
        sites = [argument for argument in entry.arguments if argument.kind is ArgumentKind.FACILITY]
        assert [argument.name for argument in sites] in ([], ["facility"])


@pytest.mark.parametrize("number", [1, 2, 45, 60, 65, 92, 109])
def test_what_is_about_the_line_is_no_use_of_it(number: int) -> None:
    assert any(number in codes for codes in SERVICE_CODES)


@pytest.mark.parametrize("number", [10, 12, 20, 21, 30, 50, 80, 110, 120, 140])
def test_what_is_about_a_matter_is_a_use(number: int) -> None:
    assert not any(number in codes for codes in SERVICE_CODES)
